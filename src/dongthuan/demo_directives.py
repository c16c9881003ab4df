"""Directing documents, information notes and a situation note of the example; all invented.

Through the real services, with the clock standing at each day.
"""

from __future__ import annotations

import datetime as dt
from typing import Any

from dongthuan.core import clock
from dongthuan.core.clock import noon
from dongthuan.core.matters.services import matter_act
from dongthuan.core.people.actors import Actor
from dongthuan.core.units.models import Unit
from dongthuan.work.directives.models import Directive, Order
from dongthuan.work.directives.services import Ordered, Written, directive_create, directive_serve
from dongthuan.work.notes.models import InformationNote
from dongthuan.work.notes.services import Told, note_send
from dongthuan.work.notes.situation import situation_create, situation_edit

WARD = "21439"
# The number that the published account names; it is a reference and is added into nothing.
REFERENCE = (
    "Dữ liệu minh họa. Tham khảo: theo bài viết, Ủy ban nhân dân thị xã Đức Phổ đã ban hành 36 văn"
    " bản chỉ đạo về công tác dân vận; các văn bản đó không có trong sổ này."
)


def demo_directives_load(
    *, head: Actor, handler: Actor, village: Actor, front: Actor, mobilisation: Actor,
    party_head: Actor,
) -> int:  # fmt: skip
    """Four documents in several states; five notes; the situation note of last month."""
    office = Unit.objects.get(code=f"{WARD}-ubnd")
    first = _on_paper(head, handler, village, office)
    _issued_here(head, handler, office, first)
    _replaced(head, handler, office)
    _of_the_party(party_head)
    _notes(handler, front, mobilisation, office)
    _situation(mobilisation, party_head)
    return Directive.objects.filter(is_demo=True).count()


def _at(days_ago: int) -> dt.datetime:
    return noon(clock.today() - dt.timedelta(days=days_ago))


def _act(actor: Actor, matter: Any, name: str, **data: Any) -> Any:
    return matter_act(acting=actor, matter_id=matter.pk, step_name=name, data=data)


def _on_paper(head: Actor, handler: Actor, village: Actor, office: Unit) -> Directive:
    """Signed two months ago: one village has done its part, the others are late."""
    day = _at(60)
    signed = day.date()
    with clock.at(day):
        made = directive_create(
            acting=handler, issuer=office, is_demo=True,
            written=Written(
                type="CT", abstract="Về tăng cường công tác dân vận chính quyền, tiếp công dân",
                text=REFERENCE, signer_title="CHỦ TỊCH", symbol="05/CT-UBND", signed_on=signed,
                lines=[
                    Ordered(what="Niêm yết lịch tiếp công dân và đường dây tại nhà văn hóa.",
                            due_on=signed + dt.timedelta(days=21), lists=["villages"]),
                    Ordered(what="Rà soát các kiến nghị của cử tri chưa trả lời, lập danh sách gửi"
                            " UBND.", due_on=signed + dt.timedelta(days=80), lists=["organs"]),
                ],
            ),
        )  # fmt: skip
    order = Order.objects.get(parent=made, unit__code=f"{WARD}-t01")
    with clock.at(_at(58)):
        _act(village, order, "acknowledge")
    with clock.at(_at(45)):
        _act(
            village, order, "report", done_on=clock.today(),
            report="Đã niêm yết lịch tại nhà văn hóa tổ dân phố 1 và bảng tin đầu ngõ.",
        )  # fmt: skip
    with clock.at(_at(43)):
        _act(head, order, "confirm")
    late = Order.objects.filter(parent=made, state="sent", due_on__lt=clock.today()).first()
    if late is not None:
        with clock.at(_at(30)):
            _act(head, late, "remind", note="Đã quá hạn niêm yết, đề nghị làm ngay.")
            _act(head, late, "follow_up", document="112/UBND-VP")
    return made


def _issued_here(head: Actor, handler: Actor, office: Unit, serves: Directive) -> None:
    """Numbered by the system three weeks ago, still running; and a draft."""
    group = Unit.objects.get(code=f"{WARD}-t01")
    with clock.at(_at(20)):
        made = directive_create(
            acting=handler, issuer=office, is_demo=True,
            written=Written(
                type="KH", abstract="Tổ chức hội nghị đối thoại với Nhân dân (minh họa)",
                text="Căn cứ Luật Thực hiện dân chủ ở cơ sở ngày 10 tháng 11 năm 2022.",
                signer_title="CHỦ TỊCH", signer_name="Nguyễn Thị Lan (minh họa)",
                lines=[
                    Ordered(what="Thông báo thời gian, địa điểm đối thoại đến từng hộ.",
                            due_on=clock.today() + dt.timedelta(days=40), lists=["villages"]),
                    Ordered(what="Tổng hợp câu hỏi gửi trước của Nhân dân.", days=45,
                            units=[group]),
                ],
            ),
        )  # fmt: skip
        _act(head, made, "issue")
        directive_serve(acting=handler, directive=made, code=serves.code)
    with clock.at(_at(2)):
        directive_create(
            acting=handler, issuer=office, is_demo=True,
            written=Written(type="TB", abstract="Thông báo kết quả rà soát (dự thảo, minh họa)",
                            signer_title="CHỦ TỊCH"),
        )  # fmt: skip


def _replaced(head: Actor, handler: Actor, office: Unit) -> None:
    text = "Phân công theo dõi địa bàn (minh họa)"
    made = []
    for days_ago, symbol in ((100, "21/QĐ-UBND"), (40, "33/QĐ-UBND")):
        with clock.at(_at(days_ago)):
            made.append(
                directive_create(
                    acting=handler, issuer=office, is_demo=True,
                    written=Written(type="QĐ", abstract=text, signer_title="CHỦ TỊCH",
                                    symbol=symbol, signed_on=clock.today()),
                )
            )  # fmt: skip
    with clock.at(_at(39)):
        _act(head, made[0], "replace", newer=made[1].code)


def _of_the_party(party_head: Actor) -> None:
    organ = Unit.objects.get(code=f"{WARD}-xdd")
    office = Unit.objects.get(code=f"{WARD}-ubnd")
    with clock.at(_at(12)):
        directive_create(
            acting=party_head, issuer=organ, is_demo=True,
            written=Written(
                type="HD", abstract="Hướng dẫn trao đổi thông tin giữa các bên (minh họa)",
                signer_title="TRƯỞNG BAN", symbol="12-HD/BXDĐ", signed_on=clock.today(),
                is_public=False,
                lines=[Ordered(what="Cử đầu mối trao đổi thông tin hằng tháng.", days=40,
                               units=[office])],
            ),
        )  # fmt: skip


def _notes(handler: Actor, front: Actor, mobilisation: Actor, office: Unit) -> None:
    board = Unit.objects.get(code=f"{WARD}-xdd")
    assembly = Unit.objects.get(code=f"{WARD}-mttq")
    place = Unit.objects.get(code=f"{WARD}-t01")
    before = (clock.today().replace(day=1) - dt.timedelta(days=1)).replace(day=10)
    age = (clock.today() - before).days
    sent: list[InformationNote] = []
    for days_ago, acting, sender, topic, where, facts in (
        (age, mobilisation, board, "environment", place,
         "Rãnh thoát nước trước nhà văn hóa tắc từ đầu tháng, nước đọng sau mưa (minh họa)."),
        (age - 2, front, assembly, "economy", None,
         "Tiểu thương chợ cũ đề nghị lùi ngày dời chợ sau Tết, lo thiếu chỗ đỗ xe ở chợ mới"
         " (minh họa)."),
        (2, mobilisation, board, "land", place,
         "Nhiều hộ hỏi về tiến độ cấp đổi giấy chứng nhận sau dồn điền (minh họa)."),
    ):  # fmt: skip
        with clock.at(_at(days_ago)):
            told = Told(topic=topic, facts=facts, source="meeting", learnt_on=clock.today(),
                        place=where, proposal="Đề nghị UBND phường kiểm tra, thông báo kết quả.",
                        urgent=topic == "land")  # fmt: skip
            sent.append(
                note_send(acting=acting, sender=sender, receiver=office, told=told, is_demo=True,
                          copies=[assembly] if sender == board else [])
            )  # fmt: skip
    with clock.at(_at(age - 1)):
        _act(handler, sent[0], "acknowledge")
    with clock.at(_at(age - 4)):
        _act(handler, sent[0], "answer", handling="settles",
             reply="Đã giao đội công trình nạo vét, xong trong tuần (minh họa).")  # fmt: skip
    with clock.at(_at(age - 3)):
        _act(handler, sent[1], "acknowledge")


def _situation(mobilisation: Actor, party_head: Actor) -> None:
    board = Unit.objects.get(code=f"{WARD}-xdd")
    receivers = Unit.objects.filter(code__in=[f"{WARD}-ubnd", f"{WARD}-mttq"])
    before = clock.today().replace(day=1) - dt.timedelta(days=1)
    keys = ["notes.exchanged", "notes.acknowledged_on_time", "directives.orders_on_time"]
    fourth = min(noon(before + dt.timedelta(days=4)), clock.now())
    with clock.at(fourth):
        made = situation_create(
            acting=mobilisation, author=board, period="month", year=before.year,
            number=before.month, receivers=list(receivers), keys=keys, is_demo=True,
        )  # fmt: skip
        situation_edit(
            acting=mobilisation, note=made, version=None, keys=keys,
            assessment="Tình hình ổn định; nổi lên việc thoát nước và dời chợ (minh họa).",
            outlook="Mưa lũ tháng tới có thể làm nước đọng kéo dài.",
            proposals="Đề nghị công khai lịch nạo vét và phương án đỗ xe ở chợ mới.",
        )  # fmt: skip
        _act(party_head, made, "adopt")
        _act(mobilisation, made, "send", document="15-BC/BXDĐ")
