"""The share of the law against counting it out, for all small villages and any large one."""

from __future__ import annotations

import datetime as dt
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dongthuan.work.decisions.voting import carries, least, share, villages_carry

ON = dt.date(2026, 11, 25)
CONTRIBUTION, OTHER = "dc.vote.contrib", "dc.vote.other"


def by_hand(key: str, yes: int, all_: int) -> bool:
    """Every household puts a stone on the table: are the yes-stones enough?"""
    if all_ == 0:
        return False
    if key == CONTRIBUTION:
        return Fraction(yes, all_) >= Fraction(2, 3)
    return Fraction(yes, all_) > Fraction(1, 2)


@pytest.mark.parametrize("key", [CONTRIBUTION, OTHER])
def test_every_village_of_up_to_twelve_households(key: str) -> None:
    asked = share(key, ON)
    for all_ in range(13):
        for yes in range(all_ + 1):
            assert carries(asked, yes, all_) == by_hand(key, yes, all_), (yes, all_)


@given(st.integers(1, 10**6), st.data())
def test_any_village_by_whole_numbers(all_: int, data: st.DataObject) -> None:
    yes = data.draw(st.integers(0, all_))
    assert carries(share(CONTRIBUTION, ON), yes, all_) == (3 * yes >= 2 * all_)
    assert carries(share(OTHER, ON), yes, all_) == (2 * yes > all_)


@given(st.integers(1, 10**6), st.sampled_from([CONTRIBUTION, OTHER]))
def test_the_least_number_carries_and_one_fewer_does_not(all_: int, key: str) -> None:
    asked = share(key, ON)
    needed = least(asked, all_)
    assert carries(asked, needed, all_)
    assert not carries(asked, needed - 1, all_)


@pytest.mark.parametrize(
    ("key", "all_", "needed"),
    [(CONTRIBUTION, 100, 67), (CONTRIBUTION, 99, 66), (OTHER, 100, 51), (OTHER, 101, 51)],
)
def test_the_cases_that_people_dispute(key: str, all_: int, needed: int) -> None:
    assert least(share(key, ON), all_) == needed


@given(st.lists(st.booleans(), max_size=12))
def test_two_thirds_of_the_villages(passed: list[bool]) -> None:
    asked = share("dc.vote.contrib_commune", ON)
    assert villages_carry(asked, passed) == (
        bool(passed) and Fraction(sum(passed), len(passed)) >= Fraction(2, 3)
    )
