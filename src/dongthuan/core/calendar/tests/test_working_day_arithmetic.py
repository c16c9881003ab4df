"""Adding, subtracting and counting working days agree with walking day by day."""

from __future__ import annotations

from datetime import date, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from dongthuan.core.calendar import load_calendar

CALENDAR = load_calendar()
DAY = timedelta(days=1)
DAYS = st.dates(date(2019, 6, 1), date(2027, 6, 30))
AMOUNTS = st.integers(min_value=0, max_value=120)


def walk(start: date, n: int, step: timedelta) -> date:
    day = start
    while n:
        day += step
        n -= CALENDAR.day(day).working
    return day


@settings(max_examples=150, deadline=None)
@given(start=DAYS, n=AMOUNTS)
def test_adding_agrees_with_walking_forward(start: date, n: int) -> None:
    assert CALENDAR.add_working_days(start, n) == walk(start, n, DAY)


@settings(max_examples=150, deadline=None)
@given(end=DAYS, n=st.integers(min_value=0, max_value=80))
def test_subtracting_agrees_with_walking_back(end: date, n: int) -> None:
    assert CALENDAR.subtract_working_days(end, n) == walk(end, n, -DAY)


@settings(max_examples=150, deadline=None)
@given(start=DAYS, n=AMOUNTS)
def test_counting_between_undoes_adding(start: date, n: int) -> None:
    assert CALENDAR.working_days_between(start, CALENDAR.add_working_days(start, n)) == n


def test_the_start_is_not_counted_and_a_swapped_monday_is_skipped() -> None:
    assert CALENDAR.add_working_days(date(2026, 8, 28), 1) == date(2026, 9, 3)


def test_a_saturday_worked_counts() -> None:
    assert CALENDAR.add_working_days(date(2026, 1, 9), 1) == date(2026, 1, 10)
    assert CALENDAR.next_working_day(date(2026, 8, 21)) == date(2026, 8, 22)


def test_the_day_before_tet_is_followed_by_the_monday_after() -> None:
    assert CALENDAR.next_working_day(date(2026, 2, 13)) == date(2026, 2, 23)
    assert CALENDAR.previous_working_day(date(2026, 2, 23)) == date(2026, 2, 13)


def test_rolling_leaves_a_working_day_where_it_is() -> None:
    assert CALENDAR.roll_forward(date(2026, 8, 28)) == date(2026, 8, 28)
    assert CALENDAR.roll_forward(date(2026, 8, 29)) == date(2026, 9, 3)
    assert CALENDAR.roll_back(date(2026, 9, 2)) == date(2026, 8, 28)


def test_counting_can_run_from_the_files_into_the_proposed_years() -> None:
    assert CALENDAR.add_working_days(date(2027, 12, 31), 1) == date(2028, 1, 4)
