from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from dongthuan.core.matters.models import Projection
from dongthuan.core.units.models import Unit
from dongthuan.insight.statistics.selectors import Cell, Tally, cases_by, rules_grouped, suppressed


def test_large_cells_are_told() -> None:
    assert suppressed([("land", 7), ("order", 3)]) == [Cell("land", 7), Cell("order", 3)]


def test_two_small_cells_hide_each_other() -> None:
    assert suppressed([("land", 7), ("order", 2), ("other", 1)]) == [
        Cell("land", 7),
        Cell("order", None),
        Cell("other", None),
    ]


def test_one_small_cell_takes_its_neighbour_along() -> None:
    assert suppressed([("land", 7), ("order", 3), ("other", 1)]) == [
        Cell("land", 7),
        Cell("order", None),
        Cell("other", None),
    ]


def test_a_single_cell_that_is_small_is_hidden() -> None:
    assert suppressed([("land", 1)]) == [Cell("land", None)]


def test_rare_rules_stand_in_one_row_that_is_large_enough() -> None:
    rules = [Tally("pa.answer", 8, 2), Tally("kn.accept", 2, 1), Tally("tc.initial", 1, 0)]
    assert rules_grouped(rules) == [Tally("pa.answer", 8, 2), Tally("", 3, 1)]


def test_few_promises_altogether_are_one_row() -> None:
    assert rules_grouped([Tally("tc.initial", 1, 0)]) == [Tally("", 1, 0)]


@pytest.mark.django_db
def test_sealed_matters_are_in_no_cell(submit: Any, denounce: Any) -> None:
    for number in range(3):
        submit(f"Đơn số {number} về việc đèn đường bị tắt")
        denounce(f"Tố cáo số {number} về hành vi vi phạm")
    cells = cases_by(
        "kind", unit=Unit.objects.get(code="21439"), since=dt.date(2020, 1, 1),
        until=dt.date(2100, 1, 1),
    )  # fmt: skip
    assert cells == [Cell("petition", 3)]
    assert Projection.objects.count() == 3


@pytest.mark.django_db
def test_only_topic_and_kind_are_counted(people: Any) -> None:
    with pytest.raises(ValueError):
        cases_by(
            "title", unit=Unit.objects.get(code="21439"), since=dt.date(2026, 1, 1),
            until=dt.date(2026, 1, 2),
        )  # fmt: skip
