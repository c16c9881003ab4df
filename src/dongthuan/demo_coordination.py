"""Coordination in the Đức Phổ example: the ward's plan of this year, signed by both heads.

Every task, day and number is invented and labelled; years before the system are invented rows from
paper. What the published account reports stands beside them as its own numbers, added to nothing.
Through the real services, with the clock standing at each day.
"""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

from django.core.files.uploadedfile import SimpleUploadedFile

from dongthuan.core import clock
from dongthuan.core.clock import noon
from dongthuan.core.matters.services import matter_act
from dongthuan.core.papers.models import Attachment
from dongthuan.core.papers.services import attachment_store
from dongthuan.core.people.actors import Actor
from dongthuan.core.units.models import Unit
from dongthuan.work.coordination.events import event_promise, inspection_create
from dongthuan.work.coordination.history import paper_year_add
from dongthuan.work.coordination.listing import Given, line_add
from dongthuan.work.coordination.models import CoordinationPlan
from dongthuan.work.coordination.planning import (
    clause_add,
    clause_edit,
    comment_add,
    comment_answer,
    ground_add,
    plan_create,
)
from dongthuan.work.coordination.reviewing import review_create, review_edit
from dongthuan.work.coordination.text import digest_of, plan_lines

CONTENTS = (
    (2, "Mỗi tháng trao đổi tình hình Nhân dân về dự án trọng điểm và môi trường (minh họa)."),
    (4, "Công khai, lấy ý kiến, bàn và giám sát đúng Luật Thực hiện dân chủ ở cơ sở (minh họa)."),
    (5, "Người đứng đầu tiếp công dân đúng lịch; cam kết sau tiếp dân được thực hiện (minh họa)."),
    (6, "Vận động, đối thoại với hộ bị ảnh hưởng của dự án giao thông (minh họa)."),
)
COMMENT = "Đề nghị nêu rõ người đứng đầu tiếp công dân bao nhiêu ngày mỗi tháng (minh họa)."
CLEARER = (
    "Người đứng đầu tiếp công dân ít nhất hai ngày mỗi tháng, đúng lịch; cam kết sau tiếp dân được"
    " thực hiện (minh họa)."
)
PAPER_YEARS = ((2023, 14, 12, 4), (2024, 16, 15, 4))
SOURCE = "Báo cáo tổng kết năm {year} (minh họa, không có thật)"


def _tasks(ward: str, year: int) -> tuple[Given, ...]:
    def unit(step: str) -> Unit:
        return Unit.objects.get(code=f"{ward}-{step}")

    office, front, partner = unit("ubnd"), unit("mttq"), unit("xdd")
    return (
        Given(content=5, title="Giải quyết đơn đúng hạn từ 85 % (minh họa)", lead=office,
              supports=(partner,), due_on=dt.date(year, 12, 15), bound="petitions.on_time",
              baseline=Decimal(78), target=Decimal(85)),
        Given(content=5, title="Người đứng đầu tiếp công dân ít nhất 20 buổi (minh họa)",
              lead=office, due_on=dt.date(year, 12, 20), bound="receptions.heads",
              target=Decimal(20)),
        Given(content=4, title="Công khai đúng hạn mọi nội dung bắt buộc (minh họa)", lead=office,
              supports=(front,), due_on=dt.date(year, 12, 10), bound="disclosure.on_time",
              target=Decimal(95)),
        Given(content=6, title="Đối thoại với hộ bị ảnh hưởng đường tránh (minh họa)", lead=partner,
              supports=(office, front), due_on=dt.date(year, 5, 30), indicator="Số cuộc đối thoại",
              measure="cuộc", target=Decimal(3)),
        Given(content=9, title="Nhân rộng mô hình Dân vận khéo ở tổ 1 (minh họa)", lead=front,
              place=unit("t01"), due_on=dt.date(year, 10, 31), indicator="Số mô hình",
              measure="mô hình", target=Decimal(2)),
    )  # fmt: skip


def demo_coordination_load(
    *, officer: Actor, partner_head: Actor, handler: Actor, head: Actor, front: Actor,
    ward: str = "21439",
) -> int:  # fmt: skip
    """The plan of this year with its tasks, meetings, inspection and review; a draft of the next.

    Returns the number of plans.
    """
    today = clock.today()
    year = today.year
    partner = Unit.objects.get(code=f"{ward}-xdd")
    began = max(dt.date(year, 1, 12), today - dt.timedelta(days=330))
    with clock.at(noon(began)):
        plan = _drafted(officer, handler, partner, year)
    signed = began + dt.timedelta(days=20)
    if signed > today:
        return 1
    with clock.at(noon(signed)):
        _signed(plan, officer, handler, (partner_head, head))
    _worked(plan, today, officer, handler, head, front)
    _reviewed(plan, today, handler, (partner_head, head))
    for past, tasks, done, meetings in PAPER_YEARS:
        paper_year_add(
            acting=officer, unit=partner, year=past, source=SOURCE.format(year=past), tasks=tasks,
            done=done, meetings=meetings, is_demo=True,
        )  # fmt: skip
    if today.month >= 10:
        plan_create(
            acting=officer, partner=partner, year=year + 1, is_demo=True,
            theme="Chủ đề năm đang thảo luận (minh họa)",
        )  # fmt: skip
    return 2


def _drafted(officer: Actor, handler: Actor, partner: Unit, year: int) -> CoordinationPlan:
    plan = plan_create(
        acting=officer, partner=partner, year=year, is_demo=True,
        theme="Chính quyền gần dân, dân tin chính quyền (minh họa)",
        economic_plan="Nghị quyết về phát triển kinh tế – xã hội của phường (minh họa)",
    )  # fmt: skip
    ground_add(
        acting=officer, plan=plan, number="08-CT/TU", issued_on=dt.date(2021, 5, 25),
        issuer="Ban Thường vụ Tỉnh ủy Quảng Ngãi", title="Chỉ thị về công tác dân vận",
    )  # fmt: skip
    for content, text in CONTENTS:
        clause_add(acting=officer, plan=plan, section=3, content=content, text=text)
    for given in _tasks(partner.code.split("-")[0], year):
        line_add(acting=officer, plan=plan, given=given)
    matter_act(acting=officer, matter_id=plan.pk, step_name="exchange")
    clause = plan.clauses.get(content=5)
    comment = comment_add(acting=handler, clause=clause, text=COMMENT)
    clause_edit(acting=officer, clause=clause, text=CLEARER)
    comment_answer(acting=officer, comment=comment, outcome="taken", answer="Đã sửa (minh họa).")
    return plan


def _signed(
    plan: CoordinationPlan, officer: Actor, handler: Actor, heads: tuple[Actor, Actor]
) -> None:
    for actor in (officer, handler):
        matter_act(acting=actor, matter_id=plan.pk, step_name="agree")
    for actor in heads:
        plan.refresh_from_db()
        given = {"digest": digest_of(plan_lines(plan))}
        matter_act(acting=actor, matter_id=plan.pk, step_name="sign", data=given)


def _worked(
    plan: CoordinationPlan, today: dt.date, officer: Actor, handler: Actor, head: Actor,
    front: Actor,
) -> None:  # fmt: skip
    """Meetings of the quarters, one inspection with a promise, the dialogues done with evidence."""
    words = {
        "present": "Ban Xây dựng Đảng, UBND, Mặt trận",
        "minutes": "Đã bàn, đã kết luận (minh họa).",
        "document": "03-BB/BXDĐ (minh họa)",
    }  # fmt: skip
    office = plan.office
    for meeting in plan.meetings.order_by("period_to")[:3]:
        day = meeting.period_to - dt.timedelta(days=9)
        if day >= today:
            break
        with clock.at(noon(day)):
            matter_act(
                acting=officer, matter_id=meeting.pk, step_name="hold", data={"on": day, **words}
            )
            meeting.refresh_from_db()
            event_promise(
                acting=head, event=meeting, unit=office, document="04/TB-UBND (minh họa)",
                what=f"Rà soát việc tồn đọng của quý, tháng {day.month} (minh họa)",
                due_on=day + dt.timedelta(days=30),
            )  # fmt: skip
    _inspected(plan, today, officer)
    talks = plan.tasks.get(line__content=6)
    if talks.due_on < today:
        with clock.at(noon(talks.due_on - dt.timedelta(days=4))):
            matter_act(
                acting=officer, matter_id=talks.pk, step_name="complete",
                data={"report": "Ba cuộc đối thoại, có biên bản (minh họa).", "value": Decimal(3)},
                papers=[_evidence()],
            )  # fmt: skip
    models = plan.tasks.get(line__content=9)
    matter_act(
        acting=front, matter_id=models.pk, step_name="obstacle",
        data={"obstacle": "Chưa thống nhất tiêu chí chấm điểm mô hình (minh họa)."},
    )  # fmt: skip


def _inspected(plan: CoordinationPlan, today: dt.date, officer: Actor) -> None:
    day = dt.date(plan.year, 4, 16)
    plan.refresh_from_db()
    if day >= today or plan.in_force_on is None:
        return
    with clock.at(noon(max(day - dt.timedelta(days=10), dt.date(plan.year, 3, 1)))):
        made = inspection_create(
            acting=officer, plan=CoordinationPlan.objects.get(pk=plan.pk), day=day,
            targets=[Unit.objects.get(code=plan.unit.code.split("-")[0] + "-hcc")],
            content="Niêm yết thủ tục và thái độ phục vụ ở bộ phận một cửa (minh họa).",
        )  # fmt: skip
    with clock.at(noon(day)):
        said = {"on": day, "findings": "Niêm yết đủ; ghế chờ còn thiếu (minh họa)."}
        matter_act(acting=officer, matter_id=made.pk, step_name="inspect", data=said)
    with clock.at(noon(day + dt.timedelta(days=6))):
        report = {"report": "Đã bổ sung ghế chờ (minh họa).", "document": "05-BC/BXDĐ (minh họa)"}
        matter_act(acting=officer, matter_id=made.pk, step_name="result", data=report)


def _reviewed(
    plan: CoordinationPlan, today: dt.date, handler: Actor, heads: tuple[Actor, Actor]
) -> None:
    day = dt.date(plan.year, 7, 6)
    if day >= today:
        return
    with clock.at(noon(day)):
        plan.refresh_from_db()
        made = review_create(acting=handler, plan=plan, sort="midterm")
        review_edit(
            acting=handler, review=made, results="Đối thoại xong trước hạn (minh họa).",
            limits="Một số đơn còn trễ hạn (minh họa).", causes="Hồ sơ thiếu giấy tờ (minh họa).",
            ahead="Dồn sức giải quyết đơn đúng hạn (minh họa).",
        )  # fmt: skip
        matter_act(acting=handler, matter_id=made.pk, step_name="settle")
        for actor in heads:
            made.refresh_from_db()
            given = {"digest": digest_of(made.signed_text.split("\n"))}
            matter_act(acting=actor, matter_id=made.pk, step_name="sign", data=given)


def _evidence() -> Attachment:
    text = "Biên bản đối thoại (minh họa).".encode()
    return attachment_store(upload=SimpleUploadedFile("bien-ban.txt", text))
