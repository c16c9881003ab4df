"""A group under ten joins its neighbours: not even subtraction shows it."""

from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from dongthuan.work.consultations.opinion_map.computing import merged


@given(
    st.lists(st.integers(-1, 4), min_size=1, max_size=120),
    st.lists(st.tuples(st.integers(-9, 9), st.integers(-9, 9)), min_size=5, max_size=5),
)
def test_every_published_group_has_ten_people_or_stands_alone(
    labels: list[int], centres: list[tuple[int, int]]
) -> None:
    before = np.array(labels)
    after = merged(before, np.array(centres, float))
    assert ((after == -1) == (before == -1)).all()
    sizes = np.bincount(after[after >= 0])
    assert len(sizes) <= 1 or sizes.min() >= 10
    assert list(sizes) == sorted(sizes, reverse=True)


def test_a_small_group_joins_the_nearest() -> None:
    labels = np.repeat([0, 1, 2], [20, 15, 4])
    after = merged(labels, np.array([[0.0, 0.0], [10.0, 0.0], [9.0, 1.0]]))
    assert np.bincount(after).tolist() == [20, 19]
