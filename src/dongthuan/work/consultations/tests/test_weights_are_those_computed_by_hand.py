"""Raking on margins: against sums by hand, against the definition, and where it cannot work."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dongthuan.work.consultations.weighting import CAP, rake


def person(village: str, sex: str) -> dict[str, str]:
    return {"village": village, "sex": sex}


def test_one_margin_is_a_quotient_of_shares() -> None:
    """3 of A and 1 of B take part where 50 live in each: 2/3 and 2."""
    people = [{"village": v} for v in "AAAB"]
    found = rake(people, {"village": {"A": 50, "B": 50}})
    assert found.weights == pytest.approx([2 / 3, 2 / 3, 2 / 3, 2])
    assert found.converged and found.capped == 0
    assert found.effective == pytest.approx(16 / (3 * 4 / 9 + 4))


def test_two_margins_as_computed_by_hand() -> None:
    """A: 2 m, 1 f; B: 1 m, 1 f; both margins half and half.

    With x the weight of Am, y Af, z Bm, w Bf: 2x + y = z + w, 2x + z = y + w, so y = z and w = 2x;
    raking keeps the odds ratio x·w / (y·z) = 1, so 2x² = y². With the sum 5: 4x + 2y = 5, so
    x = 5 / (4 + 2√2).
    """
    people = [person("A", "m"), person("A", "m"), person("A", "f"), person("B", "m"),
              person("B", "f")]  # fmt: skip
    found = rake(people, {"village": {"A": 1, "B": 1}, "sex": {"m": 1, "f": 1}})
    x = 5 / (4 + 2 * 2**0.5)
    assert found.weights == pytest.approx([x, x, x * 2**0.5, x * 2**0.5, 2 * x], abs=1e-7)
    assert found.deviation < 1e-8


def test_nobody_counts_more_than_four_times() -> None:
    people = [{"village": "A"}] * 99 + [{"village": "B"}]
    found = rake(people, {"village": {"A": 1, "B": 1}})
    assert max(found.weights) == pytest.approx(CAP)
    assert sum(found.weights) == pytest.approx(100)
    assert found.capped == 1 and found.deviation > 0.4


def test_a_village_from_which_nobody_came_is_named() -> None:
    people = [{"village": "A"}] * 2 + [{"village": "B"}] * 2
    found = rake(people, {"village": {"A": 1, "B": 3, "C": 4}})
    assert found.missing == [("village", "C")]
    assert found.weights == pytest.approx([0.5, 0.5, 1.5, 1.5])


def test_margins_that_contradict_each_other_do_not_converge() -> None:
    """Everybody of A is a man: no weights give A a half and men a third."""
    people = [person("A", "m")] * 5 + [person("B", "f")] * 5
    found = rake(people, {"village": {"A": 1, "B": 1}, "sex": {"m": 1, "f": 2}})
    assert not found.converged


def test_nobody_gives_nothing() -> None:
    assert rake([], {"village": {"A": 1}}).weights == []


@settings(max_examples=60, deadline=None)
@given(
    cells=st.lists(st.tuples(st.sampled_from("ABC"), st.sampled_from("mf")), min_size=6,
                   max_size=40),
    targets=st.tuples(*[st.integers(1, 100)] * 5),
)  # fmt: skip
def test_weights_are_the_same_whatever_the_order_and_keep_the_sum(
    cells: list[tuple[str, str]], targets: Any
) -> None:
    wanted = {"village": dict(zip("ABC", targets[:3], strict=True)),
              "sex": dict(zip("mf", targets[3:], strict=True))}  # fmt: skip
    people = [person(*cell) for cell in cells]
    found = rake(people, wanted)
    assert sum(found.weights) == pytest.approx(len(people))
    assert all(0 <= weight <= CAP + 1e-9 for weight in found.weights)
    turned = rake(people[::-1], wanted)
    assert turned.weights[::-1] == pytest.approx(found.weights)
