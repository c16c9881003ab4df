"""Plan and hot spots: known by the names of their kinds, absent where no room brings them."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from dongthuan.core.matters import kinds
from dongthuan.core.matters.kinds import Kind, State
from dongthuan.core.matters.models import Channel, Level, Matter
from dongthuan.core.units.models import Position, Unit
from dongthuan.insight.leadership.counting import matters_page, month_of
from dongthuan.insight.leadership.selectors import dashboard, matters_behind

STATES = (State("open", "đang làm", "đang làm", "active"), State("done", "xong", "xong", "good"))
NOVEMBER = month_of(dt.date(2026, 11, 2))


@pytest.fixture
def rooms(monkeypatch: Any) -> None:
    """The kinds as another room would register them, for the length of a test."""
    for name, level in (("coordination_task", Level.PARTNER), ("hotspot", Level.RESTRICTED)):
        kind = Kind(name, name, STATES, (), level, counts_as_case=False)
        monkeypatch.setitem(kinds._KINDS, name, kind)
        monkeypatch.setitem(kinds._MODELS, name, Matter)


@pytest.fixture
def ward(people: Any) -> Unit:
    return Unit.objects.get(code="21439")


def opened(kind: str, level: Level, number: int, **fields: Any) -> Matter:
    unit = Unit.objects.get(code="21439-ubnd")
    values = {"kind": kind, "level": level, "state": "open", "unit": unit, "path": unit.path,
              "title": f"{kind} {number}", "code": f"THU-{kind}-{number}"[:32],
              "channel": Channel.FORWARDED}  # fmt: skip
    return Matter.objects.create(**(values | fields))


def shown(people: Any, name: str, ward: Unit) -> Any:
    return dashboard(actor=people.actors[name], area=ward, period=NOVEMBER)


@pytest.mark.parametrize("known", [True, False])
def test_a_block_is_there_when_its_room_is(
    people: Any, ward: Unit, request: Any, known: bool, monkeypatch: Any
) -> None:
    if known:
        request.getfixturevalue("rooms")
    else:
        for name in ("coordination_plan", "coordination_task", "hotspot"):
            monkeypatch.delitem(kinds._KINDS, name, raising=False)
    found = shown(people, "head", ward)
    assert (found.plans is not None, found.hot is not None) == (known, known)


@pytest.mark.usefixtures("rooms")
def test_the_plan_is_counted_by_state_and_opens(people: Any, ward: Unit) -> None:
    opened("coordination_task", Level.PARTNER, 1, next_due_on=dt.date(2026, 11, 1))
    opened("coordination_task", Level.PARTNER, 2, next_due_on=dt.date(2026, 12, 1))
    opened("coordination_task", Level.PARTNER, 3, state="done")
    opened("coordination_task", Level.RESTRICTED, 4)
    found = shown(people, "party", ward)
    task = [row for row in found.plans if row.kind == "coordination_task"]
    assert [(row.state, row.count, row.late) for row in task] == [("open", 2, 1), ("done", 1, 0)]
    assert [matter.title[-1] for matter in found.coming] == ["1", "2"]
    behind = matters_behind(
        area=ward, period=NOVEMBER, dimension="state", key="coordination_task:open", figure="all"
    )
    assert behind is not None
    assert matters_page(actor=people.party, matters=behind).total == 2


@pytest.mark.usefixtures("rooms")
def test_a_hot_spot_is_there_for_its_members_and_the_head_alone(people: Any, ward: Unit) -> None:
    seat = Position.objects.get(code="21439-party")
    hot = opened("hotspot", Level.RESTRICTED, 1, restricted_to=[seat.pk])
    for name in ("head", "party", "front", "dvan", "council", "inspector"):
        found = shown(people, name, ward)
        assert (hot in found.hot) == (name in ("head", "party")), name
        assert not any(row.open or row.due for block in found.blocks for row in block.rows)
