"""Codes printed again, ticks taken back, ticks after the end: in the record, without names."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Callable
from typing import Any

import pytest

from dongthuan.core import clock
from dongthuan.core.matters.errors import MatterError
from dongthuan.core.matters.models import Audience, Entry
from dongthuan.core.people.households import (
    HouseholdError,
    Line,
    household_change,
    household_count,
    household_end,
    households_add,
)
from dongthuan.work.decisions import voting
from dongthuan.work.decisions.models import Decision, Roll, Vote
from dongthuan.work.decisions.tests.conftest import BEGIN
from dongthuan.work.decisions.tests.paths import Walk

LATER = BEGIN + dt.timedelta(hours=2)


@pytest.fixture
def mixed(people: Any, households: Callable[..., Any], vote: Callable[..., Any]) -> Any:
    households(4)
    made = vote(methods=["online", "ballot"], threshold="dc.vote.other")
    (roll,) = made.rolls.all()
    with clock.at(LATER):
        codes = voting.codes_issue(acting=people.village_head, roll=roll)
    return roll, codes


def facts(act: str) -> list[dict[str, Any]]:
    rows = Entry.objects.filter(act=act, audience=Audience.PUBLIC).order_by("id")
    kept = list(rows.values_list("facts", flat=True))
    assert "Nguyễn" not in json.dumps(kept, ensure_ascii=False)
    return kept


def test_a_code_that_makes_another_worthless_is_counted_as_such(people: Any, mixed: Any) -> None:
    _roll, codes = mixed
    with clock.at(LATER):
        voting.code_reissue(acting=people.village_head, line=codes[0][0])
    assert facts("vote.codes") == [{"codes": 4, "replaced": 0}, {"codes": 1, "replaced": 1}]


def test_a_voice_that_is_free_again_is_in_the_record(people: Any, mixed: Any) -> None:
    roll, codes = mixed
    station, line = roll.stations.get(), codes[0][0]
    with clock.at(LATER):
        voting.voices_take(acting=people.village_head, station=station, lines=[line])
        voting.voice_return(acting=people.village_head, station=station, line=line)
    assert facts("vote.returned") == [{"method": "ballot", "returned": 1}]
    assert facts("vote.late") == []


def test_ticks_after_the_end_are_in_the_record_and_no_ballot_comes_in(
    people: Any, mixed: Any
) -> None:
    roll, codes = mixed
    with clock.at(BEGIN + dt.timedelta(days=2)):
        with pytest.raises(MatterError):
            voting.ballot_cast(code=codes[1][1], choice="yes")
        voting.voices_take(
            acting=people.village_head, station=roll.stations.get(), lines=[codes[0][0]]
        )
    assert facts("vote.late") == [{"method": "ballot", "ticked": 1}]


def test_an_online_vote_is_not_opened_after_its_time(
    people: Any, households: Callable[..., Any], vote: Callable[..., Any]
) -> None:
    households(2)
    made = vote(opened=False, methods=["online"], threshold="dc.vote.other")
    with clock.at(BEGIN + dt.timedelta(days=2)):
        voting.roll_freeze(acting=people.village_head, vote=made)
        with pytest.raises(MatterError):
            voting.vote_open(acting=people.village_head, vote=made)


def test_a_household_entered_today_and_changed_today_has_one_voice(
    people: Any, villages: Any, vote: Callable[..., Any]
) -> None:
    head = people.village_head
    with clock.at(BEGIN):
        one, two = households_add(
            acting=head, village=villages[0], lines=[Line("1a", "Một"), Line("2", "Hai")]
        )
        household_change(acting=head, household=one, representative="Người Khác")
        household_end(acting=head, household=two)
        with pytest.raises(HouseholdError):
            households_add(acting=head, village=villages[0], lines=[Line("1A", "Lại Một")])
        assert household_count(village=villages[0]) == 1
        (roll,) = vote().rolls.all()
    assert [line.representative for line in roll.lines.all()] == ["Người Khác"]


def test_commune_wide_nobody_chooses_the_villages_that_count(people: Any) -> None:
    decision = Walk(people).propose(item="2", commune=True)
    assert decision.villages.count() == len(decision.parties) - 1 > 2  # the Front is the other one


def test_a_decision_of_another_place_is_not_replaced(people: Any) -> None:
    walk = Walk(people)
    other = walk.propose(item="2", commune=True)
    Decision.objects.filter(pk=other.pk).update(state="in_force", place=other.unit)
    other.refresh_from_db()
    with pytest.raises(MatterError) as refused:
        walk.propose(item="2", commune=True, replaces=other)
    assert refused.value.field == "replaces"


def test_after_a_vote_without_a_count_another_one_is_set(
    people: Any, households: Callable[..., Any]
) -> None:
    households(3)
    walk = Walk(people)
    decision = walk.along(walk.propose(), "agree", "convene")
    vote = Vote.objects.get(matter=decision)
    with clock.at(BEGIN):
        with pytest.raises(MatterError):
            walk.take(decision, "set_again")
        voting.vote_void(acting=people.village_head, vote=vote, reason="Mưa bão, hoãn họp")
        decision = walk.take(decision, "set_again")
    assert walk.along(decision, "convene", "VOTE", "count").state == "carried"
    assert Roll.objects.filter(vote__matter=decision).count() == 2
