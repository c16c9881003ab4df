"""Compliance by an independent count: weeks to June 2026, months from July, seats through time."""

from __future__ import annotations

import datetime as dt
from typing import Any

from dongthuan.work.receptions.compliance import compliance, recorded_since
from dongthuan.work.receptions.tests.conftest import session_on

SINCE, UNTIL = dt.date(2026, 5, 1), dt.date(2026, 9, 30)


def test_weeks_and_months_are_counted_apart(people: Any, office: Any, chair: Any) -> None:
    session_on(dt.date(2026, 5, 5), people, chair)  # week 4-10 May: kept
    session_on(dt.date(2026, 5, 12), people, chair, receiver="delegate", delegate="Phó Chủ tịch")
    session_on(dt.date(2026, 5, 19), people, chair, end="not_held")
    session_on(dt.date(2026, 7, 7), people, chair)  # July: two of two, and one more
    session_on(dt.date(2026, 7, 14), people, chair)
    session_on(dt.date(2026, 7, 21), people, chair)
    session_on(dt.date(2026, 8, 11), people, chair)  # August: one of two; September: none
    [account] = compliance(unit=office.parent, since=SINCE, until=UNTIL)
    # Whole weeks: Mondays 4, 11, 18, 25 May, 1, 8, 15, 22 June; that of 29 June is cut in two.
    assert len([span for span in account.spans if span.owed == 1]) == 8
    assert [(s.first.month, s.owed, s.kept) for s in account.spans if s.owed == 2] == [
        (7, 2, 2), (8, 2, 1), (9, 2, 0),
    ]  # fmt: skip
    assert (account.owed, account.kept) == (8 + 6, 1 + 2 + 1)
    assert (account.held, account.delegated, account.not_held) == (5, 1, 1)
    assert account.kept_by_deputy == 1
    assert account.percent == 100 * 4 // 14


def test_a_seat_owes_nothing_before_it_existed(office: Any) -> None:
    since, until = dt.date(2025, 1, 1), dt.date(2025, 7, 31)
    [account] = compliance(unit=office, since=since, until=until)
    # The seat begins on 1 July 2025, a Tuesday: whole weeks from 7, 14 and 21 July.
    assert [span.first for span in account.spans] == [
        dt.date(2025, 7, 7), dt.date(2025, 7, 14), dt.date(2025, 7, 21),
    ]  # fmt: skip


def test_the_week_of_tet_owes_nothing(office: Any) -> None:
    [account] = compliance(unit=office, since=dt.date(2026, 2, 9), until=dt.date(2026, 2, 28))
    assert dt.date(2026, 2, 16) not in [span.first for span in account.spans]
    assert account.owed == len(account.spans) == 1


def test_a_running_month_is_not_yet_owed(office: Any) -> None:
    [account] = compliance(unit=office, since=dt.date(2026, 10, 1), until=dt.date(2026, 11, 15))
    assert account.owed == 2
    assert account.percent == 0


def test_who_never_planned_here_is_not_judged(people: Any, office: Any, chair: Any) -> None:
    year = dt.date(2026, 1, 1)
    assert recorded_since(unit=office.parent, since=year) is None
    session_on(dt.date(2026, 8, 11), people, chair)
    assert recorded_since(unit=office.parent, since=year) == dt.date(2026, 8, 1)


def test_it_costs_two_queries(
    people: Any, office: Any, chair: Any, django_assert_num_queries: Any
) -> None:
    session_on(dt.date(2026, 8, 11), people, chair)
    area = office.parent
    with django_assert_num_queries(2):
        compliance(unit=area, since=SINCE, until=UNTIL)
