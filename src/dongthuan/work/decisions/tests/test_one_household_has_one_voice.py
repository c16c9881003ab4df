"""One voice a household over all ways, whoever comes first, at once or one after the other."""

from __future__ import annotations

import datetime as dt
import threading
from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection

from dongthuan.core import clock
from dongthuan.core.matters.errors import MatterError
from dongthuan.work.decisions import voting
from dongthuan.work.decisions.models import Ballot, Cast, Station
from dongthuan.work.decisions.tests.conftest import BEGIN

LATER = BEGIN + dt.timedelta(hours=2)


@pytest.fixture
def mixed(people: Any, households: Callable[..., Any], vote: Callable[..., Any]) -> Any:
    households(4)
    made = vote(
        methods=["online", "ballot"], threshold="dc.vote.other", options=voting.YES_NO_OTHER
    )
    (roll,) = made.rolls.all()
    with clock.at(LATER):
        codes = voting.codes_issue(acting=people.village_head, roll=roll)
    return made, roll, codes


def test_who_voted_online_gets_no_paper(people: Any, mixed: Any) -> None:
    _made, roll, codes = mixed
    line, code = codes[0]
    with clock.at(LATER):
        voting.ballot_cast(code=code, choice="yes")
        with pytest.raises(MatterError) as refused:
            voting.voices_take(
                acting=people.village_head, station=roll.stations.get(), lines=[codes[1][0], line]
            )
    assert "001" in refused.value.message
    assert Cast.objects.count() == 1, "all or none: household 002 was not ticked either"


def test_who_has_a_paper_does_not_vote_online(people: Any, mixed: Any) -> None:
    _made, roll, codes = mixed
    line, code = codes[0]
    with clock.at(LATER):
        voting.voices_take(acting=people.village_head, station=roll.stations.get(), lines=[line])
        with pytest.raises(MatterError):
            voting.ballot_cast(code=code, choice="no")
    assert Ballot.objects.count() == 0


def test_a_new_code_makes_the_old_one_worthless(people: Any, mixed: Any) -> None:
    made, _roll, codes = mixed
    line, old = codes[0]
    with clock.at(LATER):
        new = voting.code_reissue(acting=people.village_head, line=line)
        with pytest.raises(MatterError):
            voting.ballot_cast(code=old, choice="yes")
        voting.ballot_cast(code=new.lower().replace("-", " "), choice="yes")
        with pytest.raises(MatterError):
            voting.ballot_cast(code=new, choice="yes")
    assert Ballot.objects.filter(vote=made).count() == 1


@pytest.mark.django_db(transaction=True)
def test_two_ways_at_once_and_one_stands(
    people: Any, households: Callable[..., Any], vote: Callable[..., Any]
) -> None:
    households(2)
    made = vote(
        methods=["online", "ballot"], threshold="dc.vote.other", options=voting.YES_NO_OTHER
    )
    (roll,) = made.rolls.all()
    with clock.at(LATER):
        line, code = voting.codes_issue(acting=people.village_head, roll=roll)[0]
    station = Station.objects.select_related("roll__vote").get(roll=roll)
    gate, said = threading.Barrier(4), []

    def run(act: Callable[[], Any]) -> None:
        try:
            with clock.at(LATER):
                gate.wait()
                act()
                said.append("stands")
        except MatterError as error:
            said.append(error.message)
        finally:
            connection.close()

    def online() -> None:
        voting.ballot_cast(code=code, choice="yes")

    def paper() -> None:
        voting.voices_take(acting=people.village_head, station=station, lines=[line])

    threads = [threading.Thread(target=run, args=(act,)) for act in (online, paper) * 2]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert said.count("stands") == 1
    assert len([text for text in said if "001" in text]) == 3
    assert Cast.objects.count() == 1
    assert Ballot.objects.count() == Cast.objects.filter(method="online").count()
