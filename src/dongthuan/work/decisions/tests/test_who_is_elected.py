"""More than half of ALL households, the most votes first: against brute force."""

from __future__ import annotations

from itertools import combinations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dongthuan.work.decisions.elections.winners import winners


@pytest.mark.parametrize(
    ("votes", "seats", "all_", "won"),
    [
        ({1: 50, 2: 50}, 1, 100, set()),  # half is not more than half
        ({1: 51, 2: 49}, 1, 100, {1}),
        ({1: 50, 2: 40}, 1, 99, {1}),
        ({1: 5}, 1, 10, set()),
        ({1: 6}, 1, 10, {1}),
        ({1: 1}, 1, 1, {1}),
        ({1: 0}, 1, 0, set()),  # nobody's village elects nobody
        ({1: 60, 2: 60, 3: 70}, 2, 100, {3}),  # equal at the last seat: nobody can say who
        ({1: 60, 2: 55, 3: 51}, 2, 100, {1, 2}),
        ({1: 60, 2: 50}, 2, 100, {1}),
    ],
)
def test_half_is_not_enough(votes: dict[int, int], seats: int, all_: int, won: set[int]) -> None:
    assert winners(votes, seats=seats, all_=all_) == won


@given(st.lists(st.integers(0, 12), min_size=1, max_size=5), st.integers(1, 3), st.integers(0, 12))
def test_the_rule_agrees_with_trying_every_set(counts: list[int], seats: int, all_: int) -> None:
    """Elected is who is in every full choice of those who passed that leaves nobody better out."""
    votes = {number: min(count, all_) for number, count in enumerate(counts, 1)}
    passed = [n for n, count in votes.items() if 2 * count > all_]
    size = min(seats, len(passed))
    fair = [
        set(choice)
        for choice in combinations(passed, size)
        if all(votes[i] >= votes[o] for i in choice for o in set(passed) - set(choice))
    ]
    assert winners(votes, seats=seats, all_=all_) == set.intersection(*fair)
