"""Who has voted and what was chosen lie apart; nothing shows how a running vote stands."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Callable
from typing import Any

import pytest
from django.db import DatabaseError, connection, transaction

from dongthuan.core import clock
from dongthuan.core.matters.models import Entry
from dongthuan.work.decisions import voting
from dongthuan.work.decisions.models import AccessCode, Ballot, Cast, Vote
from dongthuan.work.decisions.tests.conftest import BEGIN

LATER = BEGIN + dt.timedelta(hours=2)


@pytest.fixture
def online(people: Any, households: Callable[..., Any], vote: Callable[..., Any]) -> Any:
    households(10)
    made = vote(methods=["online"], threshold="dc.vote.other", options=voting.YES_NO_OTHER)
    (roll,) = made.rolls.all()
    with clock.at(LATER):
        return made, voting.codes_issue(acting=people.village_head, roll=roll)


def test_no_column_of_a_ballot_names_time_household_or_order(online: Any) -> None:
    assert {field.name for field in Ballot._meta.fields} == {
        "id", "vote", "roll", "receipt", "choice",
    }  # fmt: skip
    assert {field.name for field in Cast._meta.fields} == {
        "id", "vote", "line", "method", "station",
    }  # fmt: skip


def test_the_rows_of_the_urn_share_one_transaction_and_lie_in_random_order(online: Any) -> None:
    _made, codes = online
    receipts = []
    with clock.at(LATER):
        for _line, code in codes:
            receipts.append(voting.ballot_cast(code=code, choice="yes"))
    with connection.cursor() as cursor:
        cursor.execute("SELECT receipt, xmin::text, id FROM decisions_ballot ORDER BY ctid")
        rows = cursor.fetchall()
    assert len({row[1] for row in rows}) == 1
    assert [row[2] for row in rows] == sorted(row[2] for row in rows)
    assert {row[0] for row in rows} == set(receipts)
    assert len(set(receipts)) == 10


def test_only_a_keyed_hash_of_a_code_is_kept(online: Any) -> None:
    _made, codes = online
    kept = json.dumps(list(AccessCode.objects.values_list("digest", flat=True)))
    kept += json.dumps(list(Entry.objects.values_list("facts", flat=True)))
    assert all(code not in kept and code.replace("-", "") not in kept for _line, code in codes)


def test_while_it_runs_there_is_turnout_and_nothing_else(people: Any, online: Any) -> None:
    made, codes = online
    with clock.at(LATER):
        voting.ballot_cast(code=codes[0][1], choice="yes")
        (turned_out,) = voting.turnout(made)
    assert (turned_out.voted, turned_out.all) == (1, 10)
    made = Vote.objects.get(pk=made.pk)
    assert made.result is None
    assert voting.vote_result(made) is None
    assert not made.files.exists()


def test_the_database_refuses_a_result_before_the_close_and_a_ballot_after(
    people: Any, online: Any
) -> None:
    made, codes = online
    with pytest.raises(DatabaseError), transaction.atomic():
        Vote.objects.filter(pk=made.pk).update(result={"yes": 1})
    with clock.at(LATER):
        voting.ballot_cast(code=codes[0][1], choice="no")
    with clock.at(BEGIN + dt.timedelta(days=3)):
        voting.vote_close(acting=people.village_head, vote=made)
    (roll,) = made.rolls.all()
    with pytest.raises(DatabaseError), transaction.atomic():
        Ballot.objects.create(vote=made, roll=roll, receipt="X", choice="yes")
    with pytest.raises(DatabaseError), transaction.atomic():
        Ballot.objects.update(choice="yes")
    with pytest.raises(DatabaseError), transaction.atomic():
        Cast.objects.create(vote=made, line=roll.lines.last(), method="online")


def test_the_published_list_holds_receipts_and_no_household(people: Any, online: Any) -> None:
    made, codes = online
    with clock.at(LATER):
        receipt = voting.ballot_cast(code=codes[0][1], choice="no")
    with clock.at(BEGIN + dt.timedelta(days=3)):
        voting.vote_close(acting=people.village_head, vote=made)
    files = {file.name: file.body for file in made.files.all()}
    assert files["ballots.csv"] == f"village,receipt,choice\n21439-t01,{receipt},no\n"
    assert not any("Nguyễn Thị Hộ" in body for body in files.values())
