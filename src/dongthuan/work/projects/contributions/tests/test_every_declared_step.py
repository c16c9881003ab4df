"""Walks the table of a campaign: each state allows just its steps, for just its people."""

from __future__ import annotations

from typing import Any

import pytest

from dongthuan.core.matters.errors import MatterError, NotAllowed
from dongthuan.core.matters.kinds import Step
from dongthuan.core.matters.models import Duty, Entry, Projection
from dongthuan.core.matters.selectors import matter_get, steps_for
from dongthuan.work.projects.contributions.kinds import CAMPAIGN
from dongthuan.work.projects.contributions.models import Campaign

WAYS: dict[str, tuple[str, ...]] = {
    "drafted": (),
    "decided": ("decide",),
    "open": ("decide", "open"),
    "closed": ("decide", "open", "close"),
    "settled": ("decide", "open", "close", "settle"),
    "cancelled": ("cancel",),
}
RUNNING = {"open": {"contrib.close"}, "closed": {"contrib.settle"}}


def answers(giving: Any, name: str) -> dict[str, Any]:
    import datetime as dt

    match name:
        case "decide":
            return {"decision": giving.decided().code}
        case "extend":
            return {"until": dt.date(2027, 1, 31), "reason": "Mưa bão.", "document": "5/TB-TDP"}
        case "settle":
            return {"document": "7/BC-TDP"}
        case "cancel":
            return {"reason": "Không làm nữa."}
    return {}


def campaign_in(giving: Any, state: str) -> Campaign:
    campaign: Campaign = giving.draft()
    for name in WAYS[state]:
        campaign = giving.act(campaign, name, **answers(giving, name))
    return campaign


def test_every_state_has_a_way() -> None:
    assert set(WAYS) == {state.name for state in CAMPAIGN.states}


@pytest.mark.parametrize("state", WAYS)
def test_a_state_allows_just_the_declared_steps(giving: Any, state: str) -> None:
    campaign = campaign_in(giving, state)
    head = giving.people.head
    offered = steps_for(actor=head, matter=matter_get(actor=head, code=campaign.code))
    assert {step.name for step in offered} == {s.name for s in CAMPAIGN.steps_from(state)}
    for step in CAMPAIGN.steps:
        if state not in step.source:
            with pytest.raises(MatterError):
                giving.act(campaign, step.name, **answers(giving, step.name))


@pytest.mark.parametrize("step", CAMPAIGN.steps, ids=lambda step: step.name)
def test_a_step_does_what_it_declares(giving: Any, step: Step) -> None:
    campaign = campaign_in(giving, step.source[0])
    done = giving.act(campaign, step.name, **answers(giving, step.name))
    assert done.state == (step.target or step.source[0])
    running = set(Duty.objects.filter(matter=done, state="open").values_list("rule", flat=True))
    assert running == RUNNING.get(done.state, set())
    assert Entry.objects.filter(matter=done).latest("id").act == f"campaign.{step.name}"
    assert Projection.objects.get(pk=done.pk).state == done.state


@pytest.mark.parametrize("name", ["head", "handler", "village_head"])
@pytest.mark.parametrize("step", CAMPAIGN.steps, ids=lambda step: step.name)
def test_the_keepers_take_a_step(giving: Any, step: Step, name: str) -> None:
    campaign = campaign_in(giving, step.source[0])
    if name == "handler" and step.name == "cancel":
        with pytest.raises(NotAllowed):
            giving.act(campaign, step.name, by=name, **answers(giving, step.name))
        return
    giving.act(campaign, step.name, by=name, **answers(giving, step.name))


@pytest.mark.parametrize(
    "name", ["intake", "front", "village_front", "board", "dvan", "inspector", "admin",
             "other_village_head", "other_head", "citizen"],
)  # fmt: skip
def test_nobody_else_takes_a_step(giving: Any, name: str) -> None:
    campaign = campaign_in(giving, "drafted")
    with pytest.raises(NotAllowed):
        giving.act(campaign, "decide", by=name, **answers(giving, "decide"))
    with pytest.raises(NotAllowed):
        giving.draft(acting=giving.people.actors[name])


def test_a_campaign_of_several_villages_is_led_by_the_office(giving: Any) -> None:
    from dongthuan.core.units.models import Unit

    both = [giving.village, Unit.objects.get(code="21439-t02")]
    with pytest.raises(NotAllowed):
        giving.draft(acting=giving.people.village_head, villages=both)
    campaign = giving.draft(villages=both)
    with pytest.raises(NotAllowed):
        giving.act(campaign, "decide", by="village_head", **answers(giving, "decide"))
