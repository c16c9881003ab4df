"""Walks the declared table: every step of every kind, from every state, by every role."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from dongthuan.core.matters.errors import MatterError, NotAllowed
from dongthuan.core.matters.kinds import Kind, Step
from dongthuan.core.matters.models import Duty, DutyState, Entry, Matter, Projection
from dongthuan.core.matters.selectors import matter_get, steps_for
from dongthuan.core.matters.services import matter_act, step_exists, truth
from dongthuan.core.matters.tests.undoing import undone
from dongthuan.work.petitions.kinds import KINDS
from dongthuan.work.petitions.tests.paths import (
    READY,
    WAYS,
    answers,
    at_its_time,
    matter_in,
    walk_steps,
    worker_for,
)

ROLES = ("intake", "handler", "head", "front", "dvan", "inspector", "admin", "other_head")
# Those of the tests whose role and unit are not those of their name.
SEATS = {"other_head": ("head", "21478-ubnd")}


def reachable(kind: Kind) -> list[str]:
    """States to which a way of steps that the kind declares leads."""
    names = {step.name for step in kind.steps}
    needed = {
        "suspended": {"suspend"},
        "guided": {"guide"},
        "transferred": {"transfer"},
        "accepted": {"accept"},
        "transferring": {"take_over"},
        "disputed": {"assign_competence"},
        "contested": {"keep_closed"},
    }
    found = []
    for state in WAYS:
        if state not in kind.by_state or (state == "effective" and kind.name != "complaint"):
            continue
        if kind.name == "petition" and state not in (
            "received", "registered", "stored", "withdrawn", "split", "joined",
        ):  # fmt: skip
            continue
        if kind.name == "denunciation" and state == "joined":
            continue  # nothing sealed is joined
        if state in needed and not needed[state] <= names:
            continue
        if kind.name in ("complaint", "recommendation", "feedback") and state in (
            "received", "registered",
        ):  # fmt: skip
            continue  # nothing is of these kinds before it is classified
        found.append(state)
    return found


CASES = [(kind, state) for kind in KINDS for state in reachable(kind)]


@pytest.mark.parametrize(("kind", "state"), CASES, ids=lambda v: getattr(v, "name", v))
def test_a_state_allows_just_the_declared_steps(
    people: Any, submit: Any, kind: Kind, state: str
) -> None:
    """Each declared step that the facts allow can be taken; each other one is refused whole."""
    matter = matter_in(people, submit, kind.name, state)
    assert matter.kind == kind.name
    assert matter.state == state
    worker = worker_for(people, matter)
    before = _picture(matter)
    fresh = matter_get(actor=worker, code=matter.code)
    assert fresh is not None
    offered = steps_for(actor=worker, matter=fresh)
    for step in kind.steps:
        allowed = state in step.source and step_exists(fresh, step)
        assert (step in offered) == (allowed and "head" in step.roles)
        if not allowed:
            with pytest.raises(MatterError):
                _take(worker, fresh, step)
            assert _picture(matter) == before


# Where a step is first possible, if that is not the first state that it names.
PLACES: dict[str, tuple[str, tuple[str, ...]]] = {
    "close": ("decided", ("DUES", "publish")),
    "report_back": ("transferring", ("take_over", "examine", "accept", "DECIDE")),
    "refer_up": ("transferring", ("send_back",)),
    "second_level": ("decided", ()),
}
OUT = ("classified", ("EXAMINE_OUT",))


def place_of(kind: Kind, step: Step) -> tuple[str, tuple[str, ...]]:
    """The state, and what is done in it before, from which a step is taken in the walk."""
    place = READY.get((kind.name, step.name)) or PLACES.get(step.name)
    if place is None and step.when in ("out_of_competence", "guidable", "transferable"):
        place = OUT
    if place is None:
        place = next(state for state in step.source if state in reachable(kind)), ()
    return place


def places() -> Iterator[tuple[Kind, str, tuple[str, ...], list[Step]]]:
    for kind in KINDS:
        at: dict[tuple[str, tuple[str, ...]], list[Step]] = {}
        for step in kind.steps:
            at.setdefault(place_of(kind, step), []).append(step)
        for (state, before), steps in at.items():
            yield kind, state, before, steps


@pytest.mark.parametrize(
    ("kind", "state", "before", "steps"),
    list(places()),
    ids=lambda v: getattr(v, "name", v if isinstance(v, str) else ""),
)
def test_a_step_is_taken_by_its_roles_only_and_does_what_it_declares(
    people: Any, submit: Any, kind: Kind, state: str, before: tuple[str, ...], steps: list[Step]
) -> None:
    """Each step from the same matter, and undone again: who is refused, then what it does."""
    matter = walk_steps(people, matter_in(people, submit, kind.name, state), before, {})
    worker = worker_for(people, matter)
    for step in steps:
        with undone(step.name):
            fresh = matter_get(actor=worker, code=matter.code)
            assert fresh is not None
            with at_its_time(step.name, fresh):
                assert step_exists(fresh, step)
            _only_the_declared_roles(people, fresh, step)
            _it_does_what_it_declares(worker, fresh, step)


def _only_the_declared_roles(people: Any, matter: Matter, step: Step) -> None:
    before = _picture(matter)
    for name in ROLES:
        role, unit = SEATS.get(name, (name, "21439-ubnd"))
        own = role in step.roles and unit == matter.unit.code
        if own and not (name == "handler" and step.assigned_only):
            continue
        with pytest.raises(NotAllowed):
            _take(people.actors[name], matter, step)
    assert _picture(matter) == before


def _it_does_what_it_declares(worker: Any, matter: Matter, step: Step) -> None:
    """Taken once: its state, its duties, one entry for its audience, and a public row in step."""
    running = {d.rule for d in _running(matter)}
    entries = Entry.objects.filter(matter=matter).count()
    wanted = {opens.rule for opens in step.opens if not opens.when or truth(matter, opens.when)}
    with at_its_time(step.name, matter):
        done = _take(worker, matter, step)

    if step.target and step.name != "transfer":
        assert done.state == step.target
    after = {d.rule for d in _running(done)}
    assert wanted <= after
    assert not (set(step.closes) & running & after - wanted)
    for rule in set(step.closes) & running:
        closed = Duty.objects.filter(matter=done, rule=rule).latest("id")
        if closed.rule not in wanted:
            assert closed.state in (DutyState.FULFILLED, DutyState.LATE)
    entry = Entry.objects.filter(matter=matter).latest("id")
    assert Entry.objects.filter(matter=matter).count() == entries + 1
    assert entry.act.endswith(f".{step.name}")
    assert entry.audience == step.audience
    assert entry.actor_id == worker.account_id
    assert Projection.objects.get(pk=matter.pk).state == done.state
    if step.pauses:
        assert {d.state for d in _running(done) if d.rule in running} == {DutyState.PAUSED}
    next_due = min((d.due_on for d in _running(done) if d.state == DutyState.OPEN), default=None)
    assert Matter.objects.get(pk=matter.pk).next_due_on == next_due


def _take(actor: Any, matter: Matter, step: Step) -> Matter:
    return matter_act(
        acting=actor, matter_id=matter.pk, step_name=step.name, data=answers(step, matter)
    )


def _running(matter: Matter) -> list[Duty]:
    return list(Duty.objects.filter(matter=matter, state__in=["open", "paused"]))


def _picture(matter: Matter) -> tuple[Any, ...]:
    return (
        Matter.objects.filter(pk=matter.pk).values_list("state", "version", "kind").get(),
        list(Duty.objects.filter(matter=matter).values_list("rule", "state", "due_on")),
        Entry.objects.filter(matter=matter).count(),
    )
