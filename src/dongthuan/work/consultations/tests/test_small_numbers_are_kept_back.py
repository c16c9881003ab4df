"""Published figures: n of N, no cell of 1 to 4 nor one computable, from ten people on."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dongthuan.core.units.models import Unit
from dongthuan.core.units.population import population_set
from dongthuan.work.consultations.figures import figures, suppressed, wilson
from dongthuan.work.consultations.models import Participation
from dongthuan.work.consultations.services import villages_of
from dongthuan.work.consultations.tests.conftest import TODAY


@given(st.lists(st.integers(0, 30), min_size=1, max_size=8))
def test_a_small_count_is_never_shown_nor_computable(counts: list[int]) -> None:
    shown = suppressed(counts)
    hidden = [n for n, s in zip(counts, shown, strict=True) if s is None]
    assert all(s is None or s == 0 or s >= 5 for s in shown)
    # With the total known, one hidden cell alone would be a subtraction away.
    if len(hidden) == 1:
        assert sum(1 for n in counts if n) == 1
    # Nor may the sum of several leave one choice only (1 + 1 = 2).
    if hidden and sum(hidden) < 5:
        assert not any(shown)
    assert all(s is None or s == n for n, s in zip(counts, shown, strict=True))


@pytest.mark.parametrize(
    ("count", "of", "low", "high"),
    [
        (0, 10, 0.0, 0.2775),
        (5, 10, 0.2366, 0.7634),
        (10, 10, 0.7225, 1.0),
        (50, 100, 0.4038, 0.5962),
    ],
)
def test_the_interval_is_wilsons(count: int, of: int, low: float, high: float) -> None:
    assert wilson(count, of) == pytest.approx((low, high), abs=1e-4)


@pytest.fixture
def counted(opened: Any) -> Any:
    """The villages t01 and t02 of 300 and 100 residents; sheets as asked."""
    matter = opened()
    villages = {code: Unit.objects.get(code=f"21439-{code}") for code in ("t01", "t02")}
    for code, half in (("t01", 150), ("t02", 50)):
        population_set(
            village=villages[code], on=TODAY.date(), source="thử",
            cells=[("30-44", "m", half), ("30-44", "f", half)],
        )  # fmt: skip

    def counted(sheets: list[tuple[str, str, int]]) -> Any:
        Participation.objects.bulk_create(
            Participation(
                consultation=matter, code=f"YK-{n:08d}", voice=f"{n}", proof="code",
                village=villages[code], band="30-44", sex=sex, answers={"q1": answer},
            )
            for n, (code, sex, answer) in enumerate(sheets)
        )  # fmt: skip
        return figures(matter=matter, villages=villages_of(matter))

    return counted


def test_under_ten_people_nothing_is_said(counted: Any) -> None:
    found = counted([("t01", "m", 0)] * 9)
    assert found.questions[0].n == 9 and found.questions[0].rows == []
    assert all(margin.rows == [] for margin in found.margins)
    assert found.raked is None


def test_raw_and_weighted_stand_side_by_side(counted: Any) -> None:
    """10 of t01 say yes, 10 of t02 no; three quarters of the residents live in t01."""
    sheets = [("t01", sex, 0) for sex in "mf" for _n in range(5)]
    sheets += [("t02", sex, 1) for sex in "mf" for _n in range(5)]
    found = counted(sheets)
    yes, no, other = found.questions[0].rows
    assert (yes.count, yes.share, no.share, other.count) == (10, 0.5, 0.5, 0)
    assert (yes.weighted, no.weighted) == (pytest.approx(0.75), pytest.approx(0.25))
    assert found.raked.effective == pytest.approx(20**2 / (10 * 1.5**2 + 10 * 0.5**2))


def test_a_small_answer_and_the_one_beside_it_are_kept_back(counted: Any) -> None:
    sheets = [("t01", "m", 0)] * 12 + [("t01", "f", 1)] * 6 + [("t02", "f", 2)] * 2
    rows = counted(sheets).questions[0].rows
    assert [row.count for row in rows] == [12, None, None]
    assert rows[1].weighted is None and rows[1].share is None


def test_who_took_part_stands_against_who_lives_there(counted: Any) -> None:
    found = counted([("t01", "m", 0)] * 12 + [("t02", "f", 1)] * 8)
    village = next(margin for margin in found.margins if margin.name == "village")
    shown = {row.label: row for row in village.rows}
    first = shown[Unit.objects.get(code="21439-t01").short_name]
    assert (first.count, first.residents, first.lives) == (12, 300, 0.75)


def test_figures_cost_the_same_for_ten_and_a_hundred(
    counted: Any, django_assert_num_queries: Any
) -> None:
    counted([("t01", "m", 0)] * 10)
    matter = Participation.objects.first().consultation
    villages = villages_of(matter)
    for more in (0, 90):
        Participation.objects.bulk_create(
            Participation(
                consultation=matter, code=f"YK-M{n:07d}", voice=f"m{n}", answers={"q1": 0}
            )
            for n in range(more)
        )
        with django_assert_num_queries(6):
            figures(matter=matter, villages=villages)
