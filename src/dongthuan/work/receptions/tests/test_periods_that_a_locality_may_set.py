"""A frequency of another period than week or month is counted by whole periods too."""

from __future__ import annotations

import datetime as dt

import pytest

from dongthuan.work.receptions.compliance import _whole

SINCE, UNTIL = dt.date(2026, 1, 15), dt.date(2027, 1, 10)


@pytest.mark.parametrize(
    ("per", "each", "first", "last", "count"),
    [
        ("day", 1, "2026-01-15", "2027-01-10", 361),
        ("week", 1, "2026-01-19", "2027-01-10", 51),
        ("week", 2, "2026-01-19", "2027-01-03", 25),
        ("month", 1, "2026-02-01", "2026-12-31", 11),
        ("month", 2, "2026-03-01", "2026-12-31", 5),
        ("quarter", 1, "2026-04-01", "2026-12-31", 3),
        ("month", 6, "2026-07-01", "2026-12-31", 1),
    ],
)
def test_only_whole_periods_count(per: str, each: int, first: str, last: str, count: int) -> None:
    found = list(_whole(per, each, SINCE, UNTIL))
    assert found[0][0] == dt.date.fromisoformat(first)
    assert found[-1][1] == dt.date.fromisoformat(last)
    assert len(found) == count


def test_a_year_that_is_not_whole_owes_nothing() -> None:
    assert list(_whole("year", 1, SINCE, UNTIL)) == []
