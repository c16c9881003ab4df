"""Walks the table: each state allows just its steps, a step does what it says, for its roles."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from dongthuan.core import clock
from dongthuan.core.law import load_rulebook
from dongthuan.core.matters.errors import MatterError, NotAllowed
from dongthuan.core.matters.kinds import Step
from dongthuan.core.matters.models import Duty, Entry, Matter, Projection
from dongthuan.core.matters.services import step_exists
from dongthuan.work.hotspots.kinds import CLOSING, CRITERIA, HOTSPOT
from dongthuan.work.hotspots.models import Hotspot
from dongthuan.work.hotspots.selectors import COMPETENCE
from dongthuan.work.hotspots.tests.conftest import NOW, act, steer

WAYS: dict[str, tuple[str, ...]] = {
    "watch": (),
    "complex": ("declare_complex",),
    "hot": ("declare_hot",),
    "stabilised": ("declare_hot", "stabilise"),
    "closed": ("declare_hot", "stabilise", "close"),
    "settled": ("declare_hot", "stabilise", "close", "review_first", "review_last"),
}
MOMENTS = {
    "review_first": dt.datetime(2027, 5, 3, 9, tzinfo=NOW.tzinfo),
    "review_last": dt.datetime(2027, 11, 1, 9, tzinfo=NOW.tzinfo),
}
CASES = [(state, step) for state in WAYS for step in HOTSPOT.steps if state in step.source]


def take(actor: Any, spot: Hotspot, step: str) -> Hotspot:
    with clock.at(max(MOMENTS.get(step, NOW), clock.now())):
        return act(actor, spot, step)


def walked(people: Any, spot: Hotspot, state: str) -> Hotspot:
    for step in WAYS[state]:
        spot = take(people.head, spot, step)
    return spot


def picture(spot: Hotspot) -> Any:
    return (
        Matter.objects.filter(pk=spot.pk).values_list("state", "version").get(),
        list(Duty.objects.filter(matter=spot).order_by("id").values_list("rule", "state")),
        Entry.objects.filter(matter=spot).count(),
    )


def test_every_state_has_a_way() -> None:
    assert set(WAYS) == set(HOTSPOT.by_state)


@pytest.mark.parametrize("state", WAYS)
def test_a_state_refuses_what_is_not_declared_for_it(people: Any, spot: Any, state: str) -> None:
    spot = walked(people, spot, state)
    assert spot.state == state
    before = picture(spot)
    for step in HOTSPOT.steps:
        if state not in step.source or not step_exists(spot, step):
            with pytest.raises(MatterError):
                take(people.head, spot, step.name)
            assert picture(spot) == before


@pytest.mark.parametrize(("state", "step"), CASES, ids=lambda v: getattr(v, "name", v))
def test_a_declared_step_does_what_it_says(people: Any, spot: Any, state: str, step: Step) -> None:
    spot = walked(people, spot, state)
    if step.name == "review_last":
        spot = take(people.head, spot, "review_first")
    running = spot.running_rules
    done = take(people.head, spot, step.name)
    assert done.state == (step.target or state)
    assert bool(done.closed_at) == (done.state == "settled")
    after = set(Duty.objects.filter(matter=done, state="open").values_list("rule", flat=True))
    opened = {opens.rule for opens in step.opens}
    assert opened <= after
    reopened = {f"hs.report.{state}"} if step.name == "report" else set()
    assert not (set(step.closes) | set(step.waives)) & running & after - opened - reopened
    entry = Entry.objects.filter(matter=done).latest("id")
    assert (entry.act, entry.audience) == (f"hotspot.{step.name}", step.audience)
    assert not Projection.objects.filter(pk=done.pk).exists()


@pytest.mark.parametrize("step", HOTSPOT.steps, ids=lambda step: step.name)
def test_only_seated_people_of_the_declared_roles_take_a_step(
    people: Any, spot: Any, step: Step
) -> None:
    """The handler has opened it, the Party and two heads of partners are seated, nobody else."""
    state = next(state for state in WAYS if state in step.source)
    spot = steer(people, walked(people, spot, state))
    if step.name == "review_last":
        spot = take(people.head, spot, "review_first")
    before = picture(spot)
    seated = {"handler": "handler", "party": "party", "front_head": "partner_head",
              "dvan_head": "partner_head", "head": "head"}  # fmt: skip
    for name in ("handler", "party", "front_head", "dvan_head", "handler2", "intake", "front",
                 "dvan", "council", "inspector", "admin", "board", "village_head", "other_head",
                 "province"):  # fmt: skip
        if seated.get(name) in step.roles:
            continue
        with pytest.raises(NotAllowed):
            take(people.actors[name], spot, step.name)
        assert picture(spot) == before


def test_the_roles_of_a_step_are_those_that_the_rulebook_gives_it() -> None:
    """`commune.head` in the rulebook is the role head in the declaration, and the other way."""
    for step in HOTSPOT.steps:
        if key := COMPETENCE.get(step.name):
            codes = load_rulebook().value(key, on=clock.today()).codes
            assert {code.split(".")[1] for code in codes} == {str(role) for role in step.roles}


def test_the_lists_of_the_forms_are_those_of_the_rulebook() -> None:
    for key, declared in (("hs.criteria", CRITERIA), ("hs.closing", CLOSING)):
        codes = load_rulebook().value(key, on=clock.today()).codes
        assert codes == tuple(code for code, _label in declared)
