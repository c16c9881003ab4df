"""Walks both tables: each state allows just its steps, for just its people."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from dongthuan.core import clock
from dongthuan.core.matters.errors import MatterError, NotAllowed
from dongthuan.core.matters.kinds import Kind, Step
from dongthuan.core.matters.models import Duty, DutyState, Entry, Matter, Projection
from dongthuan.core.matters.selectors import matter_get, steps_for
from dongthuan.core.matters.services import step_exists
from dongthuan.work.directives.kinds import DIRECTIVE, ORDER
from dongthuan.work.directives.tests.conftest import (
    ANSWERS,
    BY_ADDRESSEE,
    DIRECTIVE_WAYS,
    ORDER_WAYS,
    TODAY,
    act,
)

WAYS = {"directive": DIRECTIVE_WAYS, "directive_order": ORDER_WAYS}
KINDS = (DIRECTIVE, ORDER)
STATES = [(kind, state.name) for kind in KINDS for state in kind.states]
# Rules that an effect opens, beside those of the declaration.
ALSO = {"send_back": {"dir.order"}, "grant_time": {"dir.order"}}
LATER = dt.datetime.combine(TODAY + dt.timedelta(days=30), dt.time(2), dt.UTC)
# What must have happened before a step exists, and when it is then taken.
BEFORE = {"grant_time": ("ask_time",), "refuse_time": ("ask_time",), "explain": ("follow_up",)}
LATE = {"follow_up", "explain"}
OUTSIDERS = ("intake", "front", "dvan", "council", "admin", "other_head", "other_village_head")


@pytest.fixture
def matter_of(directive_in: Any, order_in: Any) -> Any:
    makers = {"directive": directive_in, "directive_order": order_in}
    return lambda kind, state: makers[kind.name](state)


def actor_of(people: Any, kind: Kind, step: Step) -> Any:
    ours = kind is ORDER and step.name in BY_ADDRESSEE
    return people.village_head if ours else people.head


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.name)
def test_every_state_has_a_way(kind: Kind) -> None:
    assert set(WAYS[kind.name]) == {state.name for state in kind.states}


@pytest.mark.parametrize(("kind", "state"), STATES, ids=lambda one: getattr(one, "name", one))
def test_a_state_offers_and_allows_just_the_declared_steps(
    people: Any, matter_of: Any, take: Any, kind: Kind, state: str
) -> None:
    matter = matter_of(kind, state)
    assert matter.state == state
    for step in kind.steps:
        actor = actor_of(people, kind, step)
        seen = matter_get(actor=actor, code=matter.code)
        offered = bool(seen) and step in steps_for(actor=actor, matter=seen)
        declared = state in step.source and step_exists(matter, step)
        assert offered == declared, step.name
        if not declared:
            with pytest.raises((MatterError, NotAllowed)):
                take(actor, matter, step.name)


CASES = [(kind, step) for kind in KINDS for step in kind.steps]


@pytest.mark.parametrize(("kind", "step"), CASES, ids=lambda one: one.name)
def test_a_step_does_what_it_declares(
    people: Any, matter_of: Any, take: Any, kind: Kind, step: Step
) -> None:
    matter = matter_of(kind, step.source[0])
    if step.name == "finish":
        for child in Matter.objects.filter(parent=matter):
            take(people.head, child, "withdraw")
    elif "acknowledged" in step.source and matter.state == "sent":
        take(people.village_head, matter, "acknowledge")
    with clock.at(LATER if step.name in LATE else clock.now()):
        for name in BEFORE.get(step.name, ()):
            take(actor_of(people, kind, kind.by_step[name]), matter, name)
        before = set(_running(matter))
        data = dict(ANSWERS.get(step.name, {}))
        if step.name == "replace":
            done = take(people.head, matter, "replace")
        else:
            done = act(actor_of(people, kind, step), matter, step.name, **data)
    opened = {opens.rule for opens in step.opens} | ALSO.get(step.name, set())
    kept = before if step.waives != ("*",) else set()
    assert set(_running(done)) == (kept - {*step.closes, *step.waives}) | opened
    assert done.state == (step.target or matter.state if step.target else done.state)
    entry = Entry.objects.filter(matter=done).latest("id")
    assert entry.act == f"{kind.name}.{step.name}" and entry.after == done.state
    row = Projection.objects.filter(pk=done.pk).first()
    assert row is None or row.state == done.state
    assert (done.closed_at is not None) == (done.state in kind.final_states)


def _running(matter: Matter) -> list[str]:
    rows = Duty.objects.filter(matter=matter, state__in=[DutyState.OPEN, DutyState.PAUSED])
    return list(rows.values_list("rule", flat=True))


@pytest.mark.parametrize("name", OUTSIDERS)
def test_nobody_else_takes_a_step_of_an_order(
    people: Any, order_in: Any, take: Any, name: str
) -> None:
    order = order_in("sent")
    allowed = {"intake": {"remind"}}.get(name, set())
    for step in ORDER.steps_from("sent"):
        if step_exists(order, step) and step.name not in allowed:
            with pytest.raises(NotAllowed):
                take(people.actors[name], order, step.name)


@pytest.mark.parametrize("name", ["handler", "intake", "front", "village_head", "other_head"])
def test_only_a_head_signs(people: Any, draft: Any, take: Any, name: str) -> None:
    with pytest.raises(NotAllowed):
        take(people.actors[name], draft(), "issue")
