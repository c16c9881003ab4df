"""A voice has one vote on each statement, the last one; the counters tell the votes."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from dongthuan.core import clock
from dongthuan.core.matters.errors import MatterError
from dongthuan.work.consultations.models import Participation, Proof, StatementVote
from dongthuan.work.consultations.statements.services import statement_vote
from dongthuan.work.consultations.tests.conftest import AFTER
from dongthuan.work.consultations.tests.statements import statements_in, voice_of
from dongthuan.work.consultations.voices import Voice, pseudonym


def counters(statement: Any) -> tuple[int, int, int]:
    statement.refresh_from_db()
    return statement.agreed, statement.passed, statement.disagreed


def test_the_last_vote_of_a_voice_counts(people: Any, opened: Any) -> None:
    matter = opened()
    statement = statements_in(people, matter, 1)[0]
    for value, expected in ((1, (1, 0, 0)), (-1, (0, 0, 1)), (-1, (0, 0, 1)), (0, (0, 1, 0))):
        statement_vote(
            consultation_id=matter.pk, voice=voice_of(matter, "0901"),
            statement_id=statement.pk, value=value,
        )  # fmt: skip
        assert counters(statement) == expected
    assert StatementVote.objects.get().value == 0
    assert Participation.objects.filter(consultation=matter, proof=Proof.PHONE).count() == 1


def test_without_a_voice_nothing_is_counted(people: Any, opened: Any) -> None:
    matter = opened()
    statement = statements_in(people, matter, 1)[0]
    with pytest.raises(MatterError, match=r"mã|điện thoại|code"):
        statement_vote(consultation_id=matter.pk, voice=Voice(), statement_id=statement.pk, value=1)
    assert not StatementVote.objects.exists()


@pytest.mark.parametrize("value", [2, -2, 7])
def test_a_vote_is_agree_pass_or_disagree(people: Any, opened: Any, value: int) -> None:
    matter = opened()
    statement = statements_in(people, matter, 1)[0]
    with pytest.raises(MatterError):
        statement_vote(
            consultation_id=matter.pk, voice=voice_of(matter, "0901"),
            statement_id=statement.pk, value=value,
        )  # fmt: skip
    assert counters(statement) == (0, 0, 0)


def test_after_the_last_day_no_vote_is_taken(people: Any, opened: Any) -> None:
    matter = opened()
    statement = statements_in(people, matter, 1)[0]
    with clock.at(AFTER + dt.timedelta(hours=1)), pytest.raises(MatterError):
        statement_vote(
            consultation_id=matter.pk, voice=voice_of(matter, "0901"),
            statement_id=statement.pk, value=1,
        )  # fmt: skip


def test_a_statement_of_another_consultation_cannot_be_voted_on(people: Any, opened: Any) -> None:
    one, other = opened(), opened()
    statement = statements_in(people, other, 1)[0]
    with pytest.raises(MatterError):
        statement_vote(
            consultation_id=one.pk, voice=voice_of(one, "0901"),
            statement_id=statement.pk, value=1,
        )  # fmt: skip


def test_a_person_has_another_pseudonym_in_every_consultation(opened: Any) -> None:
    one, other = opened(), opened()
    assert pseudonym(one, Proof.PHONE, "0901") != pseudonym(other, Proof.PHONE, "0901")
