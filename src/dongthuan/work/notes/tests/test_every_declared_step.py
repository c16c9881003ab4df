"""Walks both tables: each state allows just its steps, for just its people."""

from __future__ import annotations

from typing import Any

import pytest

from dongthuan.core.matters.errors import MatterError, NotAllowed
from dongthuan.core.matters.kinds import Kind, Step
from dongthuan.core.matters.models import Duty, DutyState, Entry, Projection
from dongthuan.core.matters.selectors import matter_get, steps_for
from dongthuan.work.notes.kinds import NOTE, SITUATION
from dongthuan.work.notes.tests.conftest import BY_RECEIVER, NOTE_WAYS, SITUATION_WAYS, act

WAYS = {"information_note": NOTE_WAYS, "situation_note": SITUATION_WAYS}
KINDS = (NOTE, SITUATION)
STATES = [(kind, state.name) for kind in KINDS for state in kind.states]
OUTSIDERS = ("front", "council", "admin", "other_head", "village_head", "province", "inspector")


@pytest.fixture
def matter_of(note_in: Any, situation_in: Any) -> Any:
    makers = {"information_note": note_in, "situation_note": situation_in}
    return lambda kind, state: makers[kind.name](state)


def actor_of(people: Any, step: Step) -> Any:
    return people.intake if step.name in BY_RECEIVER else people.dvan_head


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.name)
def test_every_state_has_a_way(kind: Kind) -> None:
    assert set(WAYS[kind.name]) == {state.name for state in kind.states}


@pytest.mark.parametrize(("kind", "state"), STATES, ids=lambda one: getattr(one, "name", one))
def test_a_state_offers_and_does_just_the_declared_steps(
    people: Any, matter_of: Any, kind: Kind, state: str
) -> None:
    matter = matter_of(kind, state)
    assert matter.state == state and not Projection.objects.filter(pk=matter.pk).exists()
    for step in kind.steps:
        actor = actor_of(people, step)
        seen = matter_get(actor=actor, code=matter.code)
        offered = bool(seen) and step in steps_for(actor=actor, matter=seen)
        assert offered == (state in step.source), step.name
        if state not in step.source:
            with pytest.raises((MatterError, NotAllowed)):
                act(actor, matter, step.name)


@pytest.mark.parametrize(
    ("kind", "step"), [(kind, step) for kind in KINDS for step in kind.steps],
    ids=lambda one: one.name,
)  # fmt: skip
def test_a_step_does_what_it_declares(people: Any, matter_of: Any, kind: Kind, step: Step) -> None:
    matter = matter_of(kind, step.source[0])
    before = _running(matter)
    done = act(actor_of(people, step), matter, step.name)
    kept = set() if step.waives == ("*",) else before
    assert _running(done) == kept - set(step.closes)
    assert done.state == step.target
    assert Entry.objects.filter(matter=done).latest("id").act == f"{kind.name}.{step.name}"


def _running(matter: Any) -> set[str]:
    rows = Duty.objects.filter(matter=matter, state__in=[DutyState.OPEN, DutyState.PAUSED])
    return set(rows.values_list("rule", flat=True))


@pytest.mark.parametrize("name", OUTSIDERS)
def test_others_take_no_step(people: Any, note_in: Any, situation_in: Any, name: str) -> None:
    for kind, matter in ((NOTE, note_in("sent")), (SITUATION, situation_in("draft"))):
        for step in kind.steps_from(matter.state):
            with pytest.raises(NotAllowed):
                act(people.actors[name], matter, step.name)


def test_only_a_head_adopts(people: Any, situation_in: Any) -> None:
    with pytest.raises(NotAllowed):
        act(people.dvan, situation_in("draft"), "adopt")
