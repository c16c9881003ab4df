"""A roll stands as it was frozen: the register may change, the roll may not."""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Callable
from typing import Any

import pytest
from django.db import DatabaseError, transaction

from dongthuan.core import clock
from dongthuan.core.matters.errors import MatterError, NotAllowed
from dongthuan.core.people.households import household_change, household_end
from dongthuan.work.decisions import voting
from dongthuan.work.decisions.models import Roll, RollLine
from dongthuan.work.decisions.tests.conftest import BEGIN


def test_the_hash_is_that_of_the_lines(
    people: Any, households: Callable[..., Any], vote: Callable[..., Any]
) -> None:
    households(3)
    (roll,) = vote().rolls.all()
    text = "21439-t01\t2026-10-05\n" + "".join(
        f"{n}\t00{n}\tNguyễn Thị Hộ {n}\tsố {n} đường Thử\n" for n in (1, 2, 3)
    )
    assert roll.count == 3
    assert roll.sha256 == hashlib.sha256(text.encode()).hexdigest()
    lines = roll.lines.all()
    assert voting.roll_hash(lines, village="21439-t01", on=dt.date(2026, 10, 5)) == roll.sha256


def test_the_register_changes_and_the_roll_stays(
    people: Any, households: Callable[..., Any], vote: Callable[..., Any]
) -> None:
    first, second, _third = households(3)
    (roll,) = vote().rolls.all()
    with clock.at(BEGIN + dt.timedelta(days=1)):
        household_change(acting=people.village_head, household=first, representative="Người Khác")
        household_end(acting=people.village_head, household=second)
    assert [line.representative for line in roll.lines.all()] == [
        "Nguyễn Thị Hộ 1", "Nguyễn Thị Hộ 2", "Nguyễn Thị Hộ 3",
    ]  # fmt: skip


def test_the_database_takes_no_change_of_a_frozen_roll(
    people: Any, households: Callable[..., Any], vote: Callable[..., Any]
) -> None:
    made = households(2)
    (roll,) = vote().rolls.all()
    line = roll.lines.first()
    with pytest.raises(DatabaseError), transaction.atomic():
        RollLine.objects.filter(pk=line.pk).update(representative="Người Khác")
    with pytest.raises(DatabaseError), transaction.atomic():
        line.delete()
    with pytest.raises(DatabaseError), transaction.atomic():
        RollLine.objects.create(
            roll=roll, position=9, number="9", representative="Thêm", household=made[0]
        )
    with pytest.raises(DatabaseError), transaction.atomic():
        Roll.objects.filter(pk=roll.pk).update(count=9)


def test_a_roll_is_frozen_once_and_never_empty(people: Any, vote: Callable[..., Any]) -> None:
    made = vote(opened=False)
    with clock.at(BEGIN), pytest.raises(MatterError) as refused:
        voting.roll_freeze(acting=people.village_head, vote=made)
    assert "chưa có hộ" in refused.value.message or "no households" in refused.value.message


def test_only_the_village_and_its_commune_freeze_it(
    people: Any, households: Callable[..., Any], vote: Callable[..., Any]
) -> None:
    households(2)
    made = vote(opened=False)
    for stranger in (people.other_village_head, people.other_intake, people.board, people.front):
        with pytest.raises(NotAllowed):
            voting.roll_freeze(acting=stranger, vote=made)
    with clock.at(BEGIN):
        voting.roll_freeze(acting=people.handler, vote=made)
