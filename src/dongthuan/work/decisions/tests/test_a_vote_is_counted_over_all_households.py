"""Votes are closed and counted: whole numbers over all households of the roll."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Any

import pytest
from django.db import DatabaseError, transaction

from dongthuan.core import clock
from dongthuan.core.matters.errors import MatterError
from dongthuan.work.decisions import voting
from dongthuan.work.decisions.models import Station, Vote
from dongthuan.work.decisions.tests.conftest import BEGIN


@pytest.mark.parametrize(("yes", "carried"), [(8, True), (7, False)])
def test_two_thirds_of_twelve_are_eight(
    people: Any,
    households: Callable[..., Any],
    vote: Callable[..., Any],
    count_station: Callable[..., Any],
    yes: int,
    carried: bool,
) -> None:
    households(12)
    made = vote()
    station = Station.objects.get(roll__vote=made)
    with clock.at(BEGIN):
        assert count_station(station, 9, {"yes": yes, "no": 9 - yes}).outcome == "agreed"
        result = voting.vote_close(acting=people.village_head, vote=made)
    assert (result.all, result.voted, result.yes, result.carried) == (12, 9, yes, carried)
    held = voting.vote_result(Vote.objects.get(pk=made.pk))
    assert held == result


def test_a_closed_vote_never_changes(
    people: Any,
    households: Callable[..., Any],
    vote: Callable[..., Any],
    count_station: Callable[..., Any],
) -> None:
    households(3)
    made = vote()
    with clock.at(BEGIN):
        count_station(Station.objects.get(roll__vote=made), 3, {"yes": 3, "no": 0})
        voting.vote_close(acting=people.village_head, vote=made)
    with pytest.raises(DatabaseError), transaction.atomic():
        Vote.objects.filter(pk=made.pk).update(state="open", result=None)
    with pytest.raises(MatterError):
        voting.vote_close(acting=people.village_head, vote=made)


def test_an_online_vote_is_not_closed_before_its_time(
    people: Any, households: Callable[..., Any], vote: Callable[..., Any]
) -> None:
    households(3)
    made = vote(methods=["online"], threshold="dc.vote.other", options=voting.YES_NO_OTHER)
    (roll,) = made.rolls.all()
    with clock.at(BEGIN + dt.timedelta(hours=1)):
        codes = [code for _, code in voting.codes_issue(acting=people.village_head, roll=roll)]
        receipt = voting.ballot_cast(code=codes[0], choice="yes")
        assert voting.vote_result(Vote.objects.get(pk=made.pk)) is None
        with pytest.raises(MatterError):
            voting.vote_close(acting=people.village_head, vote=made)
        voting.ballot_cast(code=codes[1], choice="yes")
    with clock.at(BEGIN + dt.timedelta(days=3)):
        with pytest.raises(MatterError):
            voting.ballot_cast(code=codes[2], choice="no")
        result = voting.vote_close(acting=people.village_head, vote=made)
    assert (result.yes, result.all, result.carried) == (2, 3, True)
    assert f"{receipt},yes" in made.files.get(name="ballots.csv").body
