"""Walks the tables of the five kinds: each state allows just its steps, for just its people."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from dongthuan.core import clock
from dongthuan.core.matters.errors import MatterError, NotAllowed
from dongthuan.core.matters.kinds import Kind, Step
from dongthuan.core.matters.models import Duty, DutyState, Entry, Projection
from dongthuan.core.matters.selectors import matter_get, steps_for
from dongthuan.work.coordination.kinds import INSPECTION, MEETING, PLAN, REVIEW, TASK
from dongthuan.work.coordination.models import CoordinationPlan
from dongthuan.work.coordination.planning import amendment_create, clause_add, plan_create
from dongthuan.work.coordination.tests.conftest import PARTNER, inspection_of, review_of, unit_of

KINDS = (PLAN, TASK, MEETING, INSPECTION, REVIEW)
TASK_WAYS = {
    "planned": (), "doing": ("start",), "done": ("complete",), "carried": ("carry",),
    "dropped": ("drop",),
}  # fmt: skip
MEETING_WAYS = {"owed": (), "invited": ("invite",), "held": ("hold",), "missed": ("miss",)}
INSPECTION_WAYS = {
    "planned": (), "inspected": ("inspect",), "reported": ("inspect", "result"),
    "cancelled": ("cancel",),
}  # fmt: skip
REVIEW_WAYS = {
    "drafted": (), "settled": ("settle",), "half_signed": ("settle", "sign"),
    "adopted": ("settle", "sign", "sign"), "discarded": ("discard",),
}  # fmt: skip
AFTER_QUARTER = clock.noon(dt.date(2026, 4, 2))
# Rules that an effect opens or closes, beside those of the declaration.
OPENED = {("coordination_task", "postpone"): {"coord.task.keep"}}
CLOSED = {
    ("coordination_task", "carry"): {"coord.task.keep"},
    ("coordination_plan", "agree"): {"coord.plan.answer"},
}


@pytest.fixture
def matter_of(people: Any, plan_in: Any, take: Any) -> Any:
    """A matter of any kind in any state; an amendment is the plan that can be “joined”."""

    def matter_of(kind: Kind, state: str) -> Any:
        if kind is PLAN:
            return joined(people, plan_in, take) if state == "joined" else plan_in(state)
        plan = plan_in("in_force")
        if kind is TASK:
            return walked(plan.tasks.get(), TASK_WAYS[state], people, take)
        if kind is MEETING:
            return walked(plan.meetings.order_by("pk").first(), MEETING_WAYS[state], people, take)
        if kind is INSPECTION:
            return walked(inspection_of(people, plan), INSPECTION_WAYS[state], people, take)
        return walked(review_of(people, plan), REVIEW_WAYS[state], people, take)

    return matter_of


def walked(matter: Any, way: tuple[str, ...], people: Any, take: Any) -> Any:
    for number, step in enumerate(way):
        actor = people.dvan_head if step == "sign" and number == 2 else people.head
        matter = act(people, take, actor, matter, step)
    return matter


def act(people: Any, take: Any, actor: Any, matter: Any, name: str) -> Any:
    """One step, with the plan that takes a task on, or after the quarter, where it needs that."""
    if name == "carry":
        into = CoordinationPlan.objects.filter(year=2027).first() or plan_create(
            acting=people.dvan, partner=unit_of(PARTNER), year=2027
        )
        return take(actor, matter, name, into=into.code)
    if name == "miss":
        with clock.at(AFTER_QUARTER):
            return take(actor, matter, name)
    return take(actor, matter, name)


def joined(people: Any, plan_in: Any, take: Any) -> Any:
    made = amendment_create(acting=people.dvan, plan=plan_in("in_force"))
    clause_add(acting=people.dvan, plan=made, section=3, content=4, text="Bổ sung công khai.")
    for name, step in (
        ("dvan", "exchange"), ("handler", "agree"), ("dvan", "agree"), ("dvan_head", "sign"),
        ("head", "sign"),
    ):  # fmt: skip
        made = take(people.actors[name], made, step)
    return made


def actor_for(people: Any, kind: Kind, step: Step, state: str) -> Any:
    """The head, but the other head for the second signature and to agree to an end."""
    if step.name == "sign" and kind is REVIEW and state == "half_signed":
        return people.dvan_head
    if step.name == "end":
        return people.dvan_head
    return people.head


@pytest.mark.parametrize(
    ("kind", "ways"),
    [(TASK, TASK_WAYS), (MEETING, MEETING_WAYS), (INSPECTION, INSPECTION_WAYS),
     (REVIEW, REVIEW_WAYS)],
    ids=lambda one: getattr(one, "name", ""),
)  # fmt: skip
def test_every_state_has_a_way(kind: Kind, ways: dict[str, Any]) -> None:
    assert set(ways) == {state.name for state in kind.states}


@pytest.mark.parametrize(
    ("kind", "state"), [(kind, state.name) for kind in KINDS for state in kind.states],
    ids=lambda one: getattr(one, "name", one),
)  # fmt: skip
def test_a_state_offers_and_allows_just_the_declared_steps(
    people: Any, matter_of: Any, take: Any, kind: Kind, state: str
) -> None:
    matter = matter_of(kind, state)
    assert matter.state == state
    seen = matter_get(actor=people.head, code=matter.code)
    offered = steps_for(actor=people.head, matter=seen)
    for step in kind.steps:
        if state not in step.source:
            assert step not in offered
            with pytest.raises((MatterError, NotAllowed)):
                take(people.head, matter, step.name)
        elif not step.when and step.name in ("exchange", "agree", "sign", "carry", "invite"):
            assert step in offered


@pytest.mark.parametrize(
    ("kind", "step"),
    [(k, s) for k in KINDS for s in k.steps if s.name not in ("midterm", "finish")],
    ids=lambda one: one.name,
)
def test_a_step_does_what_it_declares(
    people: Any, matter_of: Any, take: Any, kind: Kind, step: Step
) -> None:
    state = step.source[0]
    matter = matter_of(kind, state)
    if step.name == "clear":
        take(people.head, matter, "obstacle")
    if step.name in ("end_ask", "end", "end_keep"):
        take(people.head, matter.tasks.get(), "drop")
    if step.name in ("end", "end_keep"):
        take(people.head, matter, "end_ask")
    before = running(matter)
    done = act(people, take, actor_for(people, kind, step, state), matter, step.name)
    assert done.state == (step.target or state)
    entry = Entry.objects.filter(matter=matter, act=f"{kind.name}.{step.name}").latest("id")
    assert entry.after == done.state
    key = (kind.name, step.name)
    ended = before if step.waives == ("*",) else {*step.closes, *step.waives, *CLOSED.get(key, ())}
    opened = {opens.rule for opens in step.opens} | OPENED.get(key, set())
    assert running(matter) == (before - ended) | opened
    row = Projection.objects.filter(pk=matter.pk).first()
    assert row is None or row.state == done.state


def running(matter: Any) -> set[str]:
    open_ = Duty.objects.filter(matter_id=matter.pk, state=DutyState.OPEN)
    return set(open_.values_list("rule", flat=True))


OTHERS = (
    "party", "council", "front", "front_head", "admin", "other_head", "village_head", "inspector",
)  # fmt: skip


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.name)
def test_others_take_no_step(people: Any, matter_of: Any, take: Any, kind: Kind) -> None:
    first = kind.states[0].name
    matter = matter_of(kind, first)
    for name in OTHERS:
        for step in kind.steps_from(first):
            if not step.when:
                with pytest.raises(NotAllowed):
                    take(people.actors[name], matter, step.name)
