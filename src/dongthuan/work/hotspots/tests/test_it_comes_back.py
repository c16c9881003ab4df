"""Closing asks for everything; what comes back is open again and keeps its history."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from dongthuan.core import clock
from dongthuan.core.matters.errors import MatterError
from dongthuan.core.matters.models import Duty, Entry
from dongthuan.work.hotspots.contact import Raised, visit_record
from dongthuan.work.hotspots.indicators import resolved
from dongthuan.work.hotspots.tests.conftest import NOW, TODAY, act

LATER = NOW + dt.timedelta(days=170)


def closed(people: Any, spot: Any) -> Any:
    return act(people.head, spot, "close")


def figure(spot: Any) -> float | None:
    return resolved(spot.path, TODAY, TODAY + dt.timedelta(days=400)).value


def test_it_is_not_closed_while_a_condition_is_missing(people: Any, spot: Any) -> None:
    with pytest.raises(MatterError, match="đã thông báo kết quả"):
        act(people.head, spot, "close", criteria=["answered", "kept", "calm"])


def test_it_is_not_closed_while_a_concern_waits(people: Any, group: Any, areas: Any) -> None:
    visit_record(
        acting=people.dvan, hotspot=group.hotspot, group=group, area=areas[0], on=TODAY, turns=9,
        concerns=[Raised(topic="economy", text="Giá thuê chỗ bán bao nhiêu?")],
    )  # fmt: skip
    with pytest.raises(MatterError):
        closed(people, group.hotspot)


def test_reviews_are_owed_after_six_and_twelve_months(people: Any, spot: Any) -> None:
    spot = closed(people, spot)
    due = dict(Duty.objects.filter(matter=spot, state="open").values_list("rule", "due_on"))
    # 2 May 2027 is a Sunday that follows holidays; the clock goes on to the next working day.
    assert set(due) == {"hs.review6", "hs.review12"}
    assert dt.date(2027, 5, 2) <= due["hs.review6"] <= dt.date(2027, 5, 5)
    assert due["hs.review12"] == dt.date(2027, 11, 2)


def test_a_review_is_not_held_long_before_its_time(people: Any, spot: Any) -> None:
    spot = closed(people, spot)
    with pytest.raises(MatterError):
        act(people.head, spot, "review_first")
    with clock.at(LATER):
        spot = act(people.head, spot, "review_first")
    assert spot.state == "closed"
    with clock.at(LATER), pytest.raises(MatterError):
        act(people.head, spot, "review_last")


def test_a_relapse_opens_it_again_and_keeps_what_was(people: Any, spot: Any) -> None:
    spot = closed(people, spot)
    assert figure(spot) == 1
    entries = Entry.objects.filter(matter=spot).count()
    with clock.at(LATER):
        spot = act(people.head, spot, "relapse_hot")
    assert (spot.state, spot.relapses, spot.closed_on) == ("hot", 1, None)
    assert Entry.objects.filter(matter=spot).count() == entries + 1
    assert figure(spot) == 0
    states = dict(Duty.objects.filter(matter=spot).values_list("rule", "state"))
    assert states["hs.review6"] == states["hs.review12"] == "waived"
    assert states["hs.first.hot"] == "open"


def test_a_level_needs_its_criteria(people: Any, spot: Any) -> None:
    for criteria in (["people"], ["people", "repeated", "long"], ["khong-co", "crowd", "order"]):
        with pytest.raises(MatterError):
            act(people.head, spot, "declare_hot", criteria=criteria)
