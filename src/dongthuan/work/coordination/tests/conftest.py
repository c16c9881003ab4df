"""Plans, tasks, meetings, inspections, reviews of phường Đức Phổ in any state.

The clock stands at 2 March 2026: quarters lie before and after, and all positions are held.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator
from decimal import Decimal
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from dongthuan.core import clock
from dongthuan.core.matters.services import matter_act
from dongthuan.core.papers.services import attachment_store
from dongthuan.core.papers.tests.conftest import picture
from dongthuan.core.units.models import Unit
from dongthuan.work.coordination.events import inspection_create
from dongthuan.work.coordination.listing import Given, line_add
from dongthuan.work.coordination.models import CoordinationPlan, PlanReview
from dongthuan.work.coordination.planning import clause_add, plan_create
from dongthuan.work.coordination.reviewing import review_create, review_edit
from dongthuan.work.coordination.text import digest_of, plan_lines

PARTNER, OFFICE, FRONT = "21439-xdd", "21439-ubnd", "21439-mttq"
NOW = clock.noon(dt.date(2026, 3, 2))


def unit_of(code: str) -> Unit:
    return Unit.objects.get(code=code)


@pytest.fixture(autouse=True)
def _standing_clock(settings: Any, tmp_path: Any) -> Iterator[None]:
    settings.MEDIA_ROOT = tmp_path / "files"
    with clock.at(NOW):
        yield


def evidence() -> Any:
    return attachment_store(upload=SimpleUploadedFile("anh.jpg", picture()))


def given(**fields: Any) -> Given:
    """A task of the office, typed, due at the end of April, unless told otherwise."""
    said: dict[str, Any] = {
        "content": 5, "title": "Đối thoại với Nhân dân tổ dân phố 1", "lead": unit_of(OFFICE),
        "due_on": dt.date(2026, 4, 30), "indicator": "Số cuộc đối thoại", "measure": "cuộc",
        "target": Decimal(1),
    }  # fmt: skip
    return Given(**(said | fields))


@pytest.fixture
def plan_of(people: Any) -> Callable[..., CoordinationPlan]:
    """A draft of 2026 with one content and the given tasks (one, if none is given)."""

    def plan_of(*tasks: Given, **fields: Any) -> CoordinationPlan:
        actor = fields.setdefault("acting", people.dvan)
        defaults = {"partner": unit_of(PARTNER), "year": 2026, "theme": "Năm gần dân, sát cơ sở"}
        plan = plan_create(**(defaults | fields))
        clause_add(acting=actor, plan=plan, section=3, content=5, text="Tiếp dân, đối thoại.")
        for one in tasks or (given(),):
            line_add(acting=actor, plan=plan, given=one)
        return CoordinationPlan.objects.get(pk=plan.pk)

    return plan_of


def digest(matter: Any) -> str:
    """The digest of the text that would be signed now."""
    fresh = type(matter).objects.get(pk=matter.pk)
    if isinstance(fresh, PlanReview):
        return digest_of(fresh.signed_text.split("\n"))
    return digest_of(plan_lines(fresh))


def answers(step: str, matter: Any) -> dict[str, Any]:
    """Something plausible for what a step asks."""
    reason = {"reason": "Có lý do chính đáng."}
    number = {"document": "12/TB"}
    today = clock.today()
    return {
        "sign": {"digest": digest(matter)} if step == "sign" else {},
        "rework": reason, "withdraw": reason, "end_ask": reason, "end_keep": reason,
        "end": number,
        "report": {"report": "Đã chuẩn bị xong."},
        "obstacle": {"obstacle": "Chưa có địa điểm."},
        "clear": {"report": "Đã mượn được nhà văn hóa."},
        "complete": {"report": "Đã đối thoại, có biên bản.", "value": Decimal(1)},
        "postpone": reason | number | {"until": dt.date(2026, 5, 30)},
        "carry": reason | {"until": dt.date(2027, 2, 1)},
        "drop": reason | number,
        "invite": {"on": today + dt.timedelta(days=7), "venue": "Hội trường", "agenda": "Quý I"},
        "hold": number | {"on": today, "present": "Hai bên", "minutes": "Đã bàn, đã kết luận."},
        "miss": reason, "inspect": {"on": today, "findings": "Niêm yết còn thiếu."},
        "result": number | {"report": "Đã nhắc bổ sung niêm yết."}, "cancel": reason,
        "discard": reason,
    }.get(step, {})  # fmt: skip


@pytest.fixture
def take() -> Callable[..., Any]:
    """Take one step with plausible answers, some given: take(actor, matter, "sign", …)."""

    def take(actor: Any, matter: Any, step: str, **given_: Any) -> Any:
        papers = [evidence()] if step == "complete" and "papers" not in given_ else []
        papers = given_.pop("papers", papers)
        return matter_act(
            acting=actor, matter_id=matter.pk, step_name=step, papers=papers,
            data=answers(step, matter) | given_,
        )  # fmt: skip

    return take


@pytest.fixture
def plan_in(people: Any, plan_of: Any, take: Any) -> Callable[..., CoordinationPlan]:
    """A plan in a state, on its declared way."""

    def plan_in(state: str, *tasks: Given, **fields: Any) -> CoordinationPlan:
        plan: CoordinationPlan = plan_of(*tasks, **fields)
        for actor, step in PLAN_WAYS[state]:
            if step == "end_ask":
                take(people.head, plan.tasks.get(), "drop")
            plan = take(people.actors[actor], plan, step)
        if state in ("midterm", "closed"):
            sort = "final" if state == "closed" else "midterm"
            review_adopt(people, take, plan, sort)
        return CoordinationPlan.objects.get(pk=plan.pk)

    return plan_in


AGREED = (("dvan", "exchange"), ("handler", "agree"), ("dvan", "agree"))
SIGNED = (*AGREED, ("dvan_head", "sign"), ("head", "sign"))
PLAN_WAYS: dict[str, tuple[tuple[str, str], ...]] = {
    "drafting": (),
    "exchanged": AGREED[:1],
    "agreed": AGREED,
    "half_signed": SIGNED[:-1],
    "in_force": SIGNED,
    "midterm": SIGNED,
    "closed": SIGNED,
    "ended": (*SIGNED, ("head", "end_ask"), ("dvan_head", "end")),
    "withdrawn": (("head", "withdraw"),),
}


def review_of(people: Any, plan: CoordinationPlan, sort: str = "midterm") -> PlanReview:
    """A draft review with its assessments."""
    made = review_create(acting=people.handler, plan=plan, sort=sort)
    return review_edit(
        acting=people.handler, review=made, results="Phối hợp chặt chẽ.", ahead="Làm tiếp."
    )


def review_adopt(people: Any, take: Any, plan: CoordinationPlan, sort: str) -> PlanReview:
    """The review signed by both heads."""
    made: PlanReview = take(people.handler, review_of(people, plan, sort), "settle")
    take(people.head, made, "sign")
    signed: PlanReview = take(people.dvan_head, made, "sign")
    return signed


def inspection_of(people: Any, plan: CoordinationPlan) -> Any:
    return inspection_create(
        acting=people.dvan, plan=plan, day=dt.date(2026, 3, 20), targets=[unit_of("21439-kt")],
        content="Niêm yết thủ tục hành chính.",
    )  # fmt: skip
