"""Supervision in the Đức Phổ example: invented boards, findings, a conference; labelled so.

Through the real services, with the clock standing at each day.
"""

from __future__ import annotations

import datetime as dt
import io
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone
from PIL import Image, ImageDraw

from dongthuan.core import clock
from dongthuan.core.calendar import load_calendar
from dongthuan.core.matters.services import matter_act
from dongthuan.core.papers.services import attachment_store
from dongthuan.core.people.actors import Actor, Scope, area_of
from dongthuan.core.units.models import Position, Unit
from dongthuan.core.units.selectors import villages_of
from dongthuan.work.supervision.boards import (
    Elected,
    Project,
    board_create,
    leaf_add,
    member_add,
    seat_set,
)
from dongthuan.work.supervision.gatherings import (
    gatherings_open,
    point_add,
    point_answer,
)
from dongthuan.work.supervision.hints import hint_create
from dongthuan.work.supervision.inspections import (
    Seen,
    Shot,
    Spot,
    inspection_create,
    visit_record,
)
from dongthuan.work.supervision.models import Board, Finding, Gathering, Inspection

WARD = "21439"
NAMES = ("Nguyễn Văn An", "Trần Thị Bình", "Lê Văn Cảnh", "Phạm Thị Dung", "Võ Văn Đạt",
         "Bùi Thị Hà")  # fmt: skip
FINDINGS = (
    (Seen(what="Bê tông mặt đường đo tại hai vị trí dày 12 cm, thiết kế 16 cm (minh họa).",
          norm="Bản vẽ thi công số 07, mặt cắt 2-2", grade=3,
          recommendation="Khoan kiểm tra toàn tuyến, làm lại đoạn không đạt."),
     Spot(place="Ngõ 12, đoạn gần nhà văn hóa", latitude=14.81, longitude=108.95)),
    (Seen(what="Biển công khai công trình thiếu tên chủ đầu tư và số điện thoại (minh họa).",
          norm="Quyết định phê duyệt dự án, mục công khai", grade=2,
          recommendation="Bổ sung đủ thông tin trên biển."), Spot(place="Đầu ngõ 12")),
)  # fmt: skip


def demo_supervision_load(*, head: Actor, front: Actor, board: Actor) -> int:
    """Two boards, an inspection with two findings, conferences. How many findings."""
    people = _ward_board(front, _moment(80))
    _leaf(board, people)
    inspection = _inspection(board, people)
    _late(head, front, board, inspection)
    _confirmed(head, front, board, inspection)
    with clock.at(_moment(6)):
        hint_create(board=people, text="Rãnh nước ngõ 12 mới xây đã nứt, xin Ban xem (minh họa).")
    _project_board(front)
    _gatherings(head)
    return len(FINDINGS)


def _moment(days_ago: int, hour: int = 9) -> dt.datetime:
    day = clock.today() - dt.timedelta(days=days_ago)
    return dt.datetime.combine(day, dt.time(hour), timezone.get_default_timezone())


def _act(actor: Actor, matter: Any, name: str, **data: Any) -> None:
    matter_act(acting=actor, matter_id=matter.pk, step_name=name, data=data)


def _ward_board(front: Actor, at: dt.datetime) -> Board:
    with clock.at(at):
        organ = Unit.objects.get(code=f"{WARD}-mttq")
        made = board_create(
            acting=front, front=organ, sort="ttnd", size=len(NAMES), deputies=1, is_demo=True
        )
        villages = villages_of(Unit.objects.get(code=WARD), clock.today()).order_by("code")
        for name, village in zip(NAMES, villages, strict=True):
            _elected(front, made, name, stands="village", village=village)
        return _constituted(front, made)


def _elected(front: Actor, board: Board, name: str, **more: Any) -> None:
    elected = Elected(
        name=f"{name} (minh họa)", elected_on=clock.today() - dt.timedelta(days=10),
        document="01/BB-HN (minh họa)", **more,
    )  # fmt: skip
    member_add(acting=front, board=board, elected=elected, qualified=True)


def _constituted(front: Actor, board: Board, **more: Any) -> Board:
    _act(front, board, "recognise", document="12/QĐ-MTTQ (minh họa)", on=clock.today(), **more)
    first, second = board.members.order_by("id")[:2]
    seat_set(acting=front, member=first, seat="head")
    seat_set(acting=front, member=second, seat="deputy")
    _act(front, board, "constitute")
    return Board.objects.get(pk=board.pk)


def _leaf(board: Actor, people: Board) -> None:
    with clock.at(_moment(78)):
        leaf_add(
            acting=board, board=people, sort="plan", period="quarter", since=clock.today(),
            until=clock.today() + dt.timedelta(days=90), document="01/KH-TTND (minh họa)",
            text="Giám sát đường bê tông ngõ 12 và việc niêm yết tại nhà văn hóa (minh họa).",
        )  # fmt: skip


def _inspection(board: Actor, people: Board) -> Inspection:
    first = load_calendar().roll_back(clock.today() - dt.timedelta(days=55))
    with clock.at(_moment(75)):
        made = inspection_create(
            acting=board, board=people, target="Đường bê tông ngõ 12 (minh họa)",
            content="Chất lượng, khối lượng, việc công khai của công trình.", starts_on=first,
            ends_on=first + dt.timedelta(days=20), is_demo=True,
        )  # fmt: skip
        _act(board, made, "notify", document="02/KH-TTND (minh họa)")
    with clock.at(dt.datetime.combine(first, dt.time(16), timezone.get_default_timezone())):
        _act(board, made, "begin")
        who = list(people.members.order_by("id")[:3])
        for seen, spot in FINDINGS:
            visit_record(
                acting=board, inspection=made, at=clock.now() - dt.timedelta(hours=2), spot=spot,
                members=who, others="Chỉ huy trưởng công trường", finding=seen,
                seen="Đo, chụp ảnh, lập biên bản tại chỗ (minh họa).", shots=[Shot(_picture())],
            )  # fmt: skip
    return Inspection.objects.get(pk=made.pk)


def _picture() -> Any:
    """A drawn picture that says that it is none of a real place."""
    image = Image.new("RGB", (480, 300), "#c9b48a")
    pen = ImageDraw.Draw(image)
    pen.rectangle((0, 180, 480, 300), fill="#8c8c88")
    pen.line((60, 200, 130, 240, 210, 225, 320, 280), fill="#40403c", width=4)
    pen.text((160, 80), "ANH MINH HOA", fill="#40403c")
    data = io.BytesIO()
    image.save(data, "JPEG")
    upload: Any = SimpleUploadedFile("anh-minh-hoa.jpg", data.getvalue())
    return attachment_store(upload=upload)


def _sent(front: Actor, board: Actor, finding: Finding, days_ago: int) -> None:
    with clock.at(_moment(days_ago)):
        _act(board, finding, "submit")
        _act(front, finding, "certify", document="05/XN-MTTQ (minh họa)")
        _act(board, finding, "send")


def _late(head: Actor, front: Actor, board: Actor, inspection: Inspection) -> None:
    """Sent 50 days ago, answered after 27: late, and promised for next month."""
    finding = Finding.objects.filter(parent=inspection).order_by("id")[0]
    _sent(front, board, finding, 50)
    with clock.at(_moment(30)):
        _act(front, finding, "urge", document="07/MTTQ (minh họa)")
    with clock.at(_moment(23)):
        _act(head, finding, "answer", answer="accepted", document="118/UBND (minh họa)",
             reply="Đã yêu cầu nhà thầu khoan kiểm tra và làm lại đoạn không đạt (minh họa).",
             until=clock.today() + dt.timedelta(days=45))  # fmt: skip


def _confirmed(head: Actor, front: Actor, board: Actor, inspection: Inspection) -> None:
    finding = Finding.objects.filter(parent=inspection).order_by("id")[1]
    _sent(front, board, finding, 48)
    with clock.at(_moment(40)):
        _act(head, finding, "answer", answer="accepted", document="109/UBND (minh họa)",
             reply="Sẽ bổ sung biển công khai.",
             until=clock.today() + dt.timedelta(days=10))  # fmt: skip
    with clock.at(_moment(34)):
        _act(head, finding, "finish", report="Đã thay biển mới đủ thông tin (minh họa).")
    with clock.at(_moment(32)):
        _act(board, finding, "confirm", reason="Biển mới đã đủ thông tin.")


def _project_board(front: Actor) -> None:
    with clock.at(_moment(20)):
        organ = Unit.objects.get(code=f"{WARD}-mttq")
        project = Project(name="Kênh tiêu N2 (minh họa)", investor="Ban quản lý dự án (minh họa)")
        made = board_create(
            acting=front, front=organ, sort="gsdtcd", size=5, project=project, is_demo=True
        )
        _elected(front, made, "Hồ Văn Khánh", stands="front")
        _elected(front, made, "Trần Thị Bình", stands="ttnd")
        villages = villages_of(Unit.objects.get(code=WARD), clock.today()).order_by("code")
        for name, village in zip(("Đỗ Văn Lâm", "Cao Thị Mận", "Lý Văn Nam"), villages,
                                 strict=False):  # fmt: skip
            _elected(front, made, name, stands="village", village=village)
        _constituted(front, made, starts_on=clock.today() + dt.timedelta(days=60))
        _act(front, made, "notify_investor", document="15/TB-MTTQ (minh họa)")


# -- the year -------------------------------------------------------------------------------------


def _seat(code: str) -> Actor:
    """Whoever holds a seat of a village; the example needs no account for it."""
    seat = Position.objects.select_related("unit").get(code=code)
    path = seat.unit.path
    scope = Scope(seat.role, seat.unit_id, path, area_of(path), seat.title, seat.title_en)
    return Actor(mode="official", scopes=(scope,))


def _gatherings(head: Actor) -> None:
    with clock.at(_moment(30)):
        gatherings_open(
            acting=head, commune=Unit.objects.get(code=WARD), year=clock.today().year, is_demo=True
        )
    rows = Gathering.objects.filter(path__startswith=head.scopes[0].unit_path)
    _conference(rows.get(place__code=f"{WARD}-t01"), _seat(f"{WARD}-t01-head"), head)
    second, keeper = rows.get(place__code=f"{WARD}-t02"), _seat(f"{WARD}-t02-head")
    coming = load_calendar().roll_forward(clock.today() + dt.timedelta(days=12))
    _act(keeper, second, "plan", on=coming, time="19:00", venue="Nhà văn hóa (minh họa)",
         agenda="Tình hình cộng đồng dân cư; kết quả việc đã bàn, quyết định.")  # fmt: skip
    _act(keeper, second, "convene", means="loud")


def _conference(gathering: Gathering, keeper: Actor, head: Actor) -> None:
    day = (_moment(8) + dt.timedelta()).date()
    with clock.at(_moment(20)):
        _act(keeper, gathering, "plan", on=day, time="19:00", venue="Nhà văn hóa (minh họa)",
             agenda="Tình hình tổ dân phố; kết quả các khoản đóng góp; giám sát.")  # fmt: skip
        _act(keeper, gathering, "convene", means="written")
    with clock.at(_moment(7)):
        _act(keeper, gathering, "hold", households=182, present=131,
             report_head="Đã hoàn thành 200 m đường bê tông (minh họa).",
             report_front="Đã tổ chức ba cuộc họp dân (minh họa).",
             report_board="Hai kiến nghị đã gửi Ủy ban nhân dân (minh họa).",
             minutes="Biên bản minh họa.",
             conclusion="Thống nhất các báo cáo (minh họa).")  # fmt: skip
        point = point_add(acting=keeper, gathering=gathering,
                          text="Lắp thêm đèn đoạn từ ngã ba đến trạm y tế (minh họa).")  # fmt: skip
        point_answer(acting=head, point=point, answer="Sẽ lắp bốn bóng đèn (minh họa).",
                     due_on=clock.today() + dt.timedelta(days=60),
                     document="131/TB-UBND (minh họa)")  # fmt: skip
