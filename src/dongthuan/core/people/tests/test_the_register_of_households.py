"""The village and its commune keep the list of households; the past of a household stays."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from dongthuan.core import clock
from dongthuan.core.people.households import (
    HouseholdError,
    Line,
    household_change,
    household_count,
    household_end,
    households_add,
    households_of,
)
from dongthuan.core.people.models import Household
from dongthuan.core.units.models import Unit

LINES = [Line("01", "Nguyễn Văn Một", "Tổ 1"), Line("02", "Trần Thị Hai", "Tổ 1")]
MAY = {"village_head", "intake", "handler", "handler2", "head", "sealed"}


@pytest.fixture
def village(people: Any) -> Unit:
    return Unit.objects.get(code="21439-t01")


def test_only_the_village_and_its_commune_keep_the_list(people: Any, village: Unit) -> None:
    for number, (name, actor) in enumerate(people.actors.items()):
        line = [Line(f"x{number}", "Ai Đó")]
        if name in MAY:
            households_add(acting=actor, village=village, lines=line)
        else:
            with pytest.raises(HouseholdError):
                households_add(acting=actor, village=village, lines=line)
    assert household_count(village=village) == len(MAY)


@pytest.mark.parametrize("bad", [Line("", "Ai"), Line("03", " "), Line("01", "Trùng số")])
def test_one_wrong_line_enters_nothing(people: Any, village: Unit, bad: Line) -> None:
    with pytest.raises(HouseholdError, match=r"3"):
        households_add(acting=people.village_head, village=village, lines=[*LINES, bad])
    assert not Household.objects.exists()


def test_a_new_representative_leaves_the_past_as_it_was(people: Any, village: Unit) -> None:
    with clock.at(dt.datetime(2026, 3, 1, 3, tzinfo=dt.UTC)):
        one, _two = households_add(acting=people.village_head, village=village, lines=LINES)
    household_change(acting=people.village_head, household=one, representative="Lê Thị Ba")
    now = households_of(village=village).values_list("representative", flat=True)
    then = households_of(village=village, on=dt.date(2026, 3, 2))
    assert set(now) == {"Trần Thị Hai", "Lê Thị Ba"}
    assert {row.representative for row in then} == {"Nguyễn Văn Một", "Trần Thị Hai"}


def test_a_household_ends_once(people: Any, village: Unit) -> None:
    one, _two = households_add(acting=people.head, village=village, lines=LINES)
    household_end(acting=people.head, household=one)
    with pytest.raises(HouseholdError):
        household_end(acting=people.head, household=one)
