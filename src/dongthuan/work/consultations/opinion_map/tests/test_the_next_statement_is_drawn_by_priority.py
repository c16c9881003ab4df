"""The draw is by priority, the same for the same seed, and needs nobody's trust."""

from __future__ import annotations

from collections import Counter

import numpy as np
import pytest

from dongthuan.work.consultations.opinion_map.routing import draw, priority


def test_the_same_seed_draws_the_same_place() -> None:
    assert {draw([1.0, 2.0, 3.0], seed="voter/4") for _ in range(20)} == {
        draw([1.0, 2.0, 3.0], seed="voter/4")
    }


def test_places_come_in_proportion_to_their_priority() -> None:
    counts = Counter(draw([1.0, 0.0, 3.0], seed=str(n)) for n in range(4000))
    assert counts[1] == 0
    assert 2.6 < counts[2] / counts[0] < 3.4


def test_with_no_priority_at_all_every_place_is_drawn() -> None:
    assert {draw([0.0, 0.0, 0.0], seed=str(n)) for n in range(60)} == {0, 1, 2}


def test_nothing_cannot_be_drawn_from() -> None:
    with pytest.raises(ValueError, match="Nothing"):
        draw([], seed="x")


def test_new_statements_come_first_and_those_passed_on_last() -> None:
    fresh, agreed, passed = priority(
        agreed=np.array([0, 40, 2]),
        passed=np.array([0, 2, 40]),
        voted=np.array([0, 45, 45]),
        extremity=np.array([0.0, 1.0, 1.0]),
    )
    assert fresh > agreed > passed
