"""Recommendations in the Đức Phổ example: invented and labelled, through the real services.

One in each state, a meeting's minutes brought in, a draft criticised, a hearing with a promise.
"""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.utils import timezone

from dongthuan.core import clock
from dongthuan.core.matters.models import Matter
from dongthuan.core.matters.services import matter_act
from dongthuan.core.people.actors import SYSTEM, Actor
from dongthuan.core.units.models import Unit
from dongthuan.work.recommendations.criticisms import criticism_answer, criticism_create
from dongthuan.work.recommendations.hearings import hearing_promise, hearings_open
from dongthuan.work.recommendations.importing import recommendations_import, text_lines
from dongthuan.work.recommendations.models import Criticism, Hearing
from dongthuan.work.recommendations.services import (
    Said,
    recommendation_create,
    recommendations_send,
)

WARD = "21439"
MINUTES = """1. Cử tri đề nghị sửa đoạn mương thoát nước sau chợ, mưa lớn là ngập (minh họa).
2. Cử tri đề nghị mở lại điểm thu phí nước sạch tại nhà văn hóa tổ 3 (minh họa).
3. Cử tri đề nghị cắm biển hạn chế xe tải giờ tan trường (minh họa)."""
TOLD = (
    ("front", "front", "Đề nghị niêm yết danh sách hộ được hỗ trợ tại cả sáu nhà văn hóa, "
     "không chỉ tại trụ sở (minh họa).", "Giám sát tháng trước: bốn tổ chưa niêm yết."),
    ("mobilisation", "mass_mobilisation", "Đề nghị bố trí người hướng dẫn nộp hồ sơ trực tuyến "
     "cho người cao tuổi hai buổi mỗi tuần (minh họa).", ""),
    ("front", "women", "Đề nghị lắp đèn chiếu sáng đoạn từ chợ đến trường (minh họa).", ""),
    ("board", "board", "Đề nghị công khai nhật ký thi công đường bê tông ngõ 12 (minh họa).", ""),
    ("front", "front", "Đề nghị hỗ trợ tiền di dời cho mọi sạp tại chợ cũ (minh họa).", ""),
    ("mobilisation", "mass_mobilisation", "Đề nghị tổ chức đối thoại với tiểu thương trước "
     "khi sắp xếp lại sạp (minh họa).", ""),
)  # fmt: skip


def demo_recommendations_load(
    *, head: Actor, front: Actor, mobilisation: Actor, council: Actor, board: Actor
) -> int:
    """How many recommendations were written."""
    people = {"front": front, "mobilisation": mobilisation, "board": board}
    rows = [_draft(people[who], source, what, why) for who, source, what, why in TOLD]
    confirmed, waiting, doing, late, refused, _kept_as_draft = rows
    _send(confirmed, front, 70)
    _answer(head, confirmed, 60, "accepted", 30)
    _act(head, confirmed, 40, "finish", report="Đã niêm yết tại sáu nhà văn hóa (minh họa).")
    _act(front, confirmed, 35, "confirm", verdict="Đã đi xem sáu nơi, đúng như báo cáo (minh họa).")
    _send(waiting, mobilisation, 4)
    _send(doing, front, 30)
    _answer(head, doing, 20, "partly", -40, reason="Đoạn ngõ nhỏ chưa có trụ điện (minh họa).")
    _act(head, doing, 15, "begin", plan="Phòng Kinh tế khảo sát, lắp 12 đèn (minh họa).")
    _send(late, board, 26)
    _send(refused, front, 50)
    _answer(head, refused, 30, "refused", None, reason="Sạp thuê theo năm không thuộc diện được hỗ "
            "trợ theo quy định hiện hành (minh họa).")  # fmt: skip
    voters = _minutes(council)
    _criticised(head, front)
    _heard(head, front)
    return len(rows) + voters


def _moment(days_ago: int, hour: int = 9) -> dt.datetime:
    day = clock.today() - dt.timedelta(days=days_ago)
    return dt.datetime.combine(day, dt.time(hour), timezone.get_default_timezone())


def _unit(step: str) -> Unit:
    return Unit.objects.select_related("parent").get(code=f"{WARD}-{step}")


STEPS = {"front": "mttq", "mass_mobilisation": "xdd", "women": "pn", "board": "ttnd"}


def _draft(actor: Actor, source: str, content: str, grounds: str) -> Matter:
    with clock.at(_moment(75)):
        said = Said(addressee=_unit("ubnd"), content=content, grounds=grounds, topic="service")
        return recommendation_create(
            acting=actor, body=_unit(STEPS[source]), source=source, said=said, is_demo=True
        )


def _act(actor: Actor, row: Matter, days_ago: int, step: str, **data: Any) -> None:
    with clock.at(_moment(days_ago)):
        matter_act(acting=actor, matter_id=row.pk, step_name=step, data=data)


def _send(row: Matter, actor: Actor, days_ago: int) -> None:
    _act(actor, row, days_ago, "send", document="15/CV (minh họa)")


def _answer(
    head: Actor, row: Matter, days_ago: int, answer: str, done_ago: int | None, reason: str = ""
) -> None:
    until = None if done_ago is None else clock.today() - dt.timedelta(days=done_ago)
    replies = {"accepted": "Tiếp thu toàn bộ", "partly": "Tiếp thu một phần",
               "refused": "Chưa tiếp thu"}  # fmt: skip
    _act(
        head, row, days_ago, "answer", answer=answer, reply=f"{replies[answer]} (minh họa).",
        reason=reason, until=until, document="88/UBND-VP (minh họa)",
    )  # fmt: skip


def _minutes(council: Actor) -> int:
    session = _moment(-15).date()
    with clock.at(_moment(12)):
        made = recommendations_import(
            acting=council, body=_unit("hdnd"), source="voters", addressee=_unit("ubnd"),
            meeting="Biên bản tiếp xúc cử tri trước kỳ họp cuối năm (minh họa)",
            meeting_on=clock.today(), lines=text_lines(MINUTES), is_demo=True,
        )  # fmt: skip
    with clock.at(_moment(11)):
        recommendations_send(
            acting=council, ids=[row.pk for row in made[:2]], document="09/HĐND-VP (minh họa)",
            session_on=session,
        )  # fmt: skip
    return len(made)


def _criticised(head: Actor, front: Actor) -> None:
    submitted, next_one = _moment(15).date(), _moment(-30).date()
    with clock.at(_moment(45)):
        made = criticism_create(
            acting=head, drafter=_unit("ubnd"), critic=_unit("mttq"),
            title="Dự thảo Quy chế quản lý chợ Đức Phổ (minh họa)",
            summary="Quy định sắp xếp sạp, giờ bán, phí và trách nhiệm giữ vệ sinh (minh họa).",
            submits_on=submitted, is_demo=True,
        )  # fmt: skip
    _act(head, made, 40, "send", document="70/UBND-VP (minh họa)")
    _act(
        front, made, 30, "opine", form="conference", document="21/MTTQ-BTT (minh họa)",
        opinion="Cơ bản nhất trí, đề nghị làm rõ hai điểm (minh họa).",
        points="1. Mức phí cần công khai cách tính.\n2. Giữ giờ bán sớm cho hàng cá.",
    )  # fmt: skip
    with clock.at(_moment(25)):
        row = Criticism.objects.get(pk=made.pk)
        criticism_answer(
            acting=head, criticism=row, version=row.version, document="75/UBND-VP (minh họa)",
            answers={1: ("yes", "Đã thêm phụ lục cách tính (minh họa)."),
                     2: ("partly", "Từ 3 giờ thay vì 2 giờ để giữ trật tự (minh họa).")},
        )  # fmt: skip
    with clock.at(_moment(5)):
        criticism_create(
            acting=head, drafter=_unit("ubnd"), critic=_unit("mttq"),
            title="Dự thảo Đề án phân loại rác tại nguồn (minh họa)",
            summary="Lộ trình phân loại, điểm tập kết, mức hỗ trợ thùng rác (minh họa).",
            submits_on=next_one, is_demo=True,
        )  # fmt: skip


def _heard(head: Actor, front: Actor) -> None:
    with clock.at(_moment(20)):
        made = hearings_open(acting=SYSTEM, area=Unit.objects.get(code=WARD), is_demo=True)
        hearing = next(row for row in made if row.unit.code == f"{WARD}-ubnd")
    _act(front, hearing, 19, "report", report="Đã giám sát năm nội dung, bốn nội dung đã trả lời "
         "(minh họa).")  # fmt: skip
    _act(head, hearing, 18, "convene", on=_moment(10).date(), venue="Hội trường UBND phường",
         document="60/GM-UBND (minh họa)")  # fmt: skip
    _act(head, hearing, 10, "hold", present=35, minutes="Mặt trận trình bày; các phòng giải trình "
         "(minh họa).", conclusion="Giao Phòng Kinh tế lắp đèn trước cuối năm (minh họa).",
         document="61/TB-UBND (minh họa)")  # fmt: skip
    due_on = _moment(-30).date()
    with clock.at(_moment(9)):
        hearing_promise(
            acting=head, hearing=Hearing.objects.get(pk=hearing.pk), unit=_unit("ubnd"),
            what="Lắp xong đèn chiếu sáng đoạn chợ – trường tiểu học (minh họa)",
            due_on=due_on,
        )  # fmt: skip
