"""Walks the declared tables: every step of the two kinds, from every state, by every body."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from dongthuan.core import clock
from dongthuan.core.matters.errors import MatterError, NotAllowed
from dongthuan.core.matters.kinds import Step
from dongthuan.core.matters.models import Duty, Entry, Matter, Projection
from dongthuan.core.matters.selectors import matter_get, steps_for
from dongthuan.core.matters.services import matter_act
from dongthuan.core.units.models import Role
from dongthuan.work.dialogues.kinds import DIALOGUE, YEARLY_DIALOGUE
from dongthuan.work.dialogues.tests.conftest import (
    ANNOUNCED,
    CONCLUDED,
    HELD,
    MORNING,
    NEW_YEAR,
    WHEN,
)

KINDS = {"dialogue": DIALOGUE, "yearly_dialogue": YEARLY_DIALOGUE}
ANSWERS: dict[str, dict[str, Any]] = {
    "plan": WHEN, "announce": ANNOUNCED, "begin": {}, "hold": HELD, "conclude": CONCLUDED,
    "move": WHEN | {"on": dt.date(2026, 12, 15), "reason": "Bão"}, "cancel": {"reason": "Bão"},
    "miss": {"reason": "Bão lũ"},
}  # fmt: skip
WAY = ("announce", "begin", "hold", "conclude")
WAYS: dict[str, dict[str, tuple[str, ...]]] = {
    "dialogue": {"planned": (), "announced": WAY[:1], "open": WAY[:2], "held": WAY[:3],
                 "concluded": WAY, "cancelled": ("cancel",)},
    "yearly_dialogue": {"due": (), "planned": ("plan",), "announced": ("plan", *WAY[:1]),
                        "open": ("plan", *WAY[:2]), "held": ("plan", *WAY[:3]),
                        "concluded": ("plan", *WAY), "missed": ("miss",)},
}  # fmt: skip
MOMENTS = {"begin": MORNING, "hold": MORNING, "conclude": MORNING, "miss": NEW_YEAR}
STATES = [(name, state) for name, ways in WAYS.items() for state in ways]
CASES = [
    (name, state, step)
    for name, state in STATES
    for step in KINDS[name].steps
    if state in step.source
]
STEPS = [(name, step) for name, kind in KINDS.items() for step in kind.steps]
OTHERS = ("front", "front_head", "dvan", "dvan_head", "party", "council", "inspector", "admin",
          "board", "village_head", "other_head", "other_intake")  # fmt: skip


@pytest.fixture
def brought(request: Any, people: Any) -> Any:
    def brought(name: str, state: str) -> Any:
        made = request.getfixturevalue({"dialogue": "planned"}.get(name, "yearly"))
        for step in WAYS[name][state]:
            made = take(people.head, made, step)
        return made

    return brought


def take(actor: Any, matter: Any, step: str) -> Any:
    with clock.at(max(MOMENTS.get(step, clock.now()), clock.now())):
        matter_act(
            acting=actor, matter_id=matter.pk, step_name=step, data=dict(ANSWERS.get(step, {}))
        )
    return type(matter).objects.get(pk=matter.pk)


def picture(matter: Any) -> Any:
    return (
        Matter.objects.filter(pk=matter.pk).values_list("state", "version").get(),
        list(Duty.objects.filter(matter=matter).order_by("id").values_list("rule", "state")),
        Entry.objects.filter(matter=matter).count(),
    )


def test_every_state_has_a_way() -> None:
    assert {name: set(ways) for name, ways in WAYS.items()} == {
        name: set(kind.by_state) for name, kind in KINDS.items()
    }


@pytest.mark.parametrize(("name", "state"), STATES)
def test_a_state_refuses_what_is_not_declared_for_it(
    people: Any, brought: Any, name: str, state: str
) -> None:
    matter = brought(name, state)
    assert matter.state == state
    before = picture(matter)
    fresh: Any = matter_get(actor=people.head, code=matter.code)
    offered = {step.name for step in steps_for(actor=people.head, matter=fresh)}
    assert offered == {step.name for step in KINDS[name].steps if state in step.source}
    for step in KINDS[name].steps:
        if state not in step.source:
            with pytest.raises(MatterError):
                take(people.head, matter, step.name)
            assert picture(matter) == before


@pytest.mark.parametrize(("name", "state", "step"), CASES, ids=lambda v: getattr(v, "name", v))
def test_a_declared_step_does_what_it_says(
    people: Any, brought: Any, name: str, state: str, step: Step
) -> None:
    matter = brought(name, state)
    running = set(Duty.objects.filter(matter=matter, state="open").values_list("rule", flat=True))
    done = take(people.head, matter, step.name)
    assert done.state == (step.target or state)
    after = set(Duty.objects.filter(matter=done, state="open").values_list("rule", flat=True))
    opened = {opens.rule for opens in step.opens if not opens.when or getattr(done, opens.when)}
    assert opened <= after
    assert not set(step.closes) & running & after
    entry = Entry.objects.filter(matter=done).latest("id")
    assert (entry.act, entry.audience) == (f"{name}.{step.name}", step.audience)
    assert Projection.objects.get(pk=done.pk).state == done.state
    due = [d.due_on for d in Duty.objects.filter(matter=done, state="open")]
    assert Matter.objects.get(pk=done.pk).next_due_on == min(due, default=None)


@pytest.mark.parametrize(("name", "step"), STEPS, ids=lambda v: getattr(v, "name", v))
def test_only_those_of_the_body_take_a_step(
    people: Any, brought: Any, name: str, step: Step
) -> None:
    matter = brought(name, step.source[0])
    before = picture(matter)
    for other in OTHERS:
        with pytest.raises(NotAllowed):
            take(people.actors[other], matter, step.name)
        assert picture(matter) == before
    if step.roles == (Role.HEAD, Role.PARTY, Role.PARTNER_HEAD):
        with pytest.raises(NotAllowed):
            take(people.handler, matter, step.name)
