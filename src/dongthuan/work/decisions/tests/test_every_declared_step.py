"""Walks the declared table: each state allows just its steps, for just their people."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Any

import pytest
from django.db import transaction

from dongthuan.core import clock
from dongthuan.core.matters.errors import MatterError, NotAllowed
from dongthuan.core.matters.models import Duty, Entry, Matter, Projection
from dongthuan.core.matters.selectors import matter_get, steps_for
from dongthuan.core.matters.services import step_exists
from dongthuan.work.decisions.kinds import DECISION
from dongthuan.work.decisions.tests.paths import (
    AFTER,
    BEGIN,
    COMMUNE_ONLY,
    VILLAGE_ONLY,
    WAYS,
    Walk,
    way_to,
)

CASES = [
    (item, commune, state)
    for item, commune in (("1", False), ("6", False), ("2", True))
    for state in WAYS
    if not (state in COMMUNE_ONLY and not commune) and not (state in VILLAGE_ONLY and commune)
]


@pytest.fixture
def walk(people: Any, households: Callable[..., Any]) -> Walk:
    households(3)
    return Walk(people)


def picture(matter: Any) -> Any:
    return (
        Matter.objects.filter(pk=matter.pk).values_list("state", "version").get(),
        list(Duty.objects.filter(matter=matter).order_by("id").values_list("rule", "state")),
        Entry.objects.filter(matter=matter).count(),
    )


def test_every_state_has_a_way() -> None:
    assert set(WAYS) == {state.name for state in DECISION.states}


@pytest.mark.parametrize(("item", "commune", "state"), CASES)
def test_a_state_allows_just_the_declared_steps(
    walk: Walk, item: str, commune: bool, state: str
) -> None:
    decision = walk.along(walk.propose(item=item, commune=commune), *way_to(state, commune=commune))
    assert decision.state == state
    before = picture(decision)
    for step in DECISION.steps:
        moment = BEGIN if state in ("proposed", "agreed") else AFTER
        with clock.at(moment), transaction.atomic():
            check(walk, decision, step, before)
            transaction.set_rollback(True)


def check(walk: Walk, decision: Any, step: Any, before: Any) -> None:
    actor = walk.who(step.name, decision)
    fresh: Any = matter_get(actor=actor, code=decision.code)
    allowed = decision.state in step.source and step_exists(fresh, step)
    ready = not step.ready or getattr(fresh, step.ready)
    assert (step in steps_for(actor=actor, matter=fresh)) == allowed, step.name
    given: dict[str, Any] = {}
    if step.name == "convene":
        given["meeting_on"] = dt.date(2026, 10, 20)
    if not allowed or not ready:
        with pytest.raises(MatterError):
            walk.take(decision, step.name, **given)
        assert picture(decision) == before
        return
    if step.name in ("declare_short", "count") and decision.state == "convened":
        return  # which of the two depends on who came: other files
    running = fresh.running_rules
    done = walk.take(decision, step.name, **given)
    target = step.target
    if step.name == "send":
        target = "sent" if decision.is_commune else "in_force"
    assert done.state == (target or decision.state)
    after = set(Duty.objects.filter(matter=done, state="open").values_list("rule", flat=True))
    assert not set(step.closes) & running & after
    entry = Entry.objects.filter(matter=done, act=f"decision.{step.name}").latest("id")
    assert entry.audience == step.audience
    assert Projection.objects.get(pk=done.pk).state == done.state
    owed = {opens.rule for opens in step.opens if not opens.when or getattr(done, opens.when)}
    assert owed <= after


@pytest.mark.parametrize("step", DECISION.steps, ids=lambda step: step.name)
def test_only_the_declared_people_take_a_step(walk: Walk, step: Any) -> None:
    commune = step.name in ("recognise", "refuse", "report_council")
    item = "6" if "online" in step.name or "method" in step.name else "1"
    state = next(s for s in step.source if commune or s not in COMMUNE_ONLY)
    decision = walk.along(walk.propose(item=item, commune=commune), *way_to(state, commune=commune))
    before = picture(decision)
    mine = walk.who(step.name, decision)
    with clock.at(AFTER):
        for name in ("intake", "handler", "head", "front", "dvan", "inspector", "admin", "board",
                     "other_head", "village_head", "village_front", "other_village_head",
                     "citizen"):  # fmt: skip
            actor = walk.people.actors[name]
            if actor is mine or (name == "village_front" and "village_front" in step.roles):
                continue
            if step.by == ("convenor",) and commune and name in ("intake", "handler"):
                continue
            with pytest.raises(NotAllowed):
                walk.take(decision, step.name, by=actor)
            assert picture(decision) == before
