"""Figures on paper are entered by two people, each alone; what does not add up stays open."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from dongthuan.core import clock
from dongthuan.core.matters.errors import MatterError, NotAllowed
from dongthuan.work.decisions import voting
from dongthuan.work.decisions.models import RollLine, Station, Tally
from dongthuan.work.decisions.tests.conftest import BEGIN, scan
from dongthuan.work.decisions.voting import Figures

GOOD = {"issued": 6, "returned": 5, "missing": 1, "valid": 3, "blank": 1, "spoilt": 1}
COUNTS = {"yes": 2, "no": 1}


@pytest.fixture
def station(people: Any, households: Callable[..., Any], vote: Callable[..., Any]) -> Any:
    """A secret ballot at the meeting; six of nine households have a paper."""
    households(9)
    made = vote(methods=["paper"])
    station = Station.objects.get(roll__vote=made)
    lines = list(RollLine.objects.filter(roll=station.roll))
    with clock.at(BEGIN):
        voting.voices_take(acting=people.village_head, station=station, lines=lines[:6])
        voting.station_change(
            acting=people.village_head, station=station, witnesses=lines[:2],
            team=["Trần Văn Một", "Lê Thị Hai", "Phạm Văn Ba"],
        )  # fmt: skip
    return station


def enter(who: Any, station: Any, with_scan: bool = True, **figures: Any) -> Any:
    counts = figures.pop("counts", COUNTS)
    with clock.at(BEGIN):
        return voting.tally_enter(
            acting=who, station=station, figures=Figures(**(GOOD | figures), counts=counts),
            scan=scan() if with_scan else None,
        )  # fmt: skip


def close(people: Any, station: Any) -> Any:
    with clock.at(BEGIN):
        return voting.vote_close(acting=people.village_head, vote=station.roll.vote)


def test_alike_and_adding_up_they_are_agreed(people: Any, station: Any) -> None:
    assert enter(people.village_head, station).outcome == "waiting"
    assert enter(people.village_front, station).outcome == "agreed"
    result = close(people, station)
    assert (result.counts, result.blank, result.spoilt, result.missing) == (COUNTS, 1, 1, 1)


def test_one_person_does_not_enter_twice(people: Any, station: Any) -> None:
    enter(people.village_head, station)
    with pytest.raises(MatterError):
        enter(people.village_head, station)
    with pytest.raises(MatterError):
        close(people, station)


def test_unlike_figures_are_counted_again(people: Any, station: Any) -> None:
    enter(people.village_head, station)
    entered = enter(people.village_front, station, counts={"yes": 1, "no": 2})
    assert (entered.outcome, entered.fields) == ("differ", ("yes", "no"))
    with pytest.raises(MatterError):
        close(people, station)
    enter(people.village_head, station)
    assert enter(people.village_front, station).outcome == "agreed"
    assert Tally.objects.filter(station=station).count() == 4
    assert close(people, station).yes == 2


@pytest.mark.parametrize(
    ("figures", "named"),
    [
        ({"missing": 0}, ("6", "5", "0")),
        ({"spoilt": 2}, ("3", "1", "2", "5")),
        ({"counts": {"yes": 3, "no": 1}}, ("4", "3")),
    ],
)
def test_what_does_not_add_up_cannot_be_closed(
    people: Any, station: Any, figures: Any, named: tuple[str, ...]
) -> None:
    enter(people.village_head, station, **figures)
    entered = enter(people.village_front, station, **figures)
    assert entered.outcome == "wrong"
    assert all(number in entered.sentences[0] for number in named)
    with pytest.raises(MatterError) as refused:
        close(people, station)
    assert entered.sentences[0] in refused.value.message


def test_papers_issued_are_the_households_ticked(people: Any, station: Any) -> None:
    for who in (people.village_head, people.village_front):
        entered = enter(who, station, issued=7, missing=2)
    assert entered.outcome == "wrong"
    with pytest.raises(MatterError) as refused:
        close(people, station)
    assert "7" in refused.value.message and "6" in refused.value.message


def test_a_forgotten_tick_is_made_good_and_the_vote_is_closed(people: Any, station: Any) -> None:
    for who in (people.village_head, people.village_front):
        enter(who, station, issued=7, missing=2)
    late = RollLine.objects.filter(roll=station.roll)[6]
    with clock.at(BEGIN):
        voting.voices_take(acting=people.village_head, station=station, lines=[late])
    for who in (people.village_head, people.village_front):
        entered = enter(who, station, issued=7, missing=2)
    assert entered.outcome == "agreed"
    assert close(people, station).yes == 2


def test_the_second_person_brings_the_scan_that_the_first_forgot(people: Any, station: Any) -> None:
    enter(people.village_head, station, with_scan=False)
    with pytest.raises(MatterError) as refused:
        enter(people.village_front, station, with_scan=False)
    assert refused.value.field == "papers"
    assert enter(people.village_front, station).outcome == "agreed"
    assert close(people, station).yes == 2


def test_hands_that_do_not_add_up_are_named_as_hands(
    people: Any, households: Callable[..., Any], vote: Callable[..., Any]
) -> None:
    households(9)
    place = Station.objects.get(roll__vote=vote(methods=["hands"]))
    lines = list(RollLine.objects.filter(roll=place.roll)[:6])
    with clock.at(BEGIN):
        voting.voices_take(acting=people.village_head, station=place, lines=lines)
    for who in (people.village_head, people.village_front):
        entered = enter(who, place, returned=6, missing=0, valid=5, spoilt=0)
    assert entered.outcome == "wrong"
    assert all(number in entered.sentences[0] for number in ("3", "6", "1", "5"))


def test_strangers_enter_nothing(people: Any, station: Any) -> None:
    for stranger in (people.other_village_head, people.other_intake, people.front, people.citizen):
        with pytest.raises(NotAllowed):
            enter(stranger, station, with_scan=False)


def test_figures_are_whole_and_complete(people: Any, station: Any) -> None:
    for wrong in ({"valid": -1}, {"counts": {"yes": 2}}, {"issued": 10**9}):
        with pytest.raises(MatterError):
            enter(people.village_head, station, with_scan=False, **wrong)


def test_a_team_of_two_or_one_witness_is_refused(people: Any, station: Any) -> None:
    line = station.roll.lines.first()
    for wrong in ({"team": ["Một", "Hai"]}, {"witnesses": [line]}, {"witnesses": [line, line]}):
        with pytest.raises(MatterError):
            voting.station_change(acting=people.village_head, station=station, **wrong)


def test_a_small_village_meets_as_one_unless_its_houses_lie_apart(
    people: Any, station: Any
) -> None:
    values = {"acting": people.village_head, "roll": station.roll, "method": "paper",
              "name": "Cụm trên"}  # fmt: skip
    with pytest.raises(MatterError):
        voting.station_add(**values)
    assert voting.station_add(**values, dispersed=True).name == "Cụm trên"


def test_the_meeting_fixes_the_manner_by_more_than_half(
    people: Any, households: Callable[..., Any], vote: Callable[..., Any]
) -> None:
    households(4)
    made = vote(opened=False)
    for favour, present in ((2, 4), (5, 4)):
        with pytest.raises(MatterError):
            voting.method_fix(
                acting=people.village_head, roll=made.rolls.get(), method="paper",
                in_favour=favour, present=present,
            )  # fmt: skip
    fixed = voting.method_fix(
        acting=people.village_head, roll=made.rolls.get(), method="paper", in_favour=3, present=4
    )
    assert fixed.methods == ["paper"]
    assert Station.objects.get(roll__vote=made).method == "paper"
