"""Whatever the calendar cannot answer is refused in one sentence, in two languages."""

from __future__ import annotations

import pickle
from collections.abc import Callable
from datetime import date, datetime
from typing import Any

import pytest

from dongthuan.core.calendar import CalendarError, load_calendar

CALENDAR = load_calendar()


@pytest.mark.parametrize(
    "ask",
    [
        lambda: CALENDAR.day(date(2018, 12, 31)),
        lambda: CALENDAR.day(date(2031, 1, 1)),
        lambda: CALENDAR.day(date.min),
        lambda: CALENDAR.day(date.max),
        lambda: CALENDAR.is_working_day(datetime(2026, 8, 28, 9)),
        lambda: CALENDAR.is_working_day("2026-08-28"),
        lambda: CALENDAR.add_working_days(date(2026, 8, 28), -1),
        lambda: CALENDAR.add_working_days(date(2026, 8, 28), 10**9),
        lambda: CALENDAR.add_working_days(date(2026, 8, 28), 1.5),
        lambda: CALENDAR.subtract_working_days(date(2019, 1, 2), 5),
        lambda: CALENDAR.working_days_between(date(2026, 8, 28), date(2026, 8, 27)),
        lambda: CALENDAR.year(2018),
        lambda: CALENDAR.year(9999),
        lambda: CALENDAR.year("2026"),
    ],
)
def test_it_is_refused_with_one_sentence_in_both_languages(ask: Callable[[], Any]) -> None:
    with pytest.raises(CalendarError) as refused:
        ask()
    assert refused.value.vi.endswith(".") and refused.value.en.endswith(".")
    assert "\n" not in refused.value.vi


def test_a_year_outside_the_data_is_named_with_the_years_that_are_there() -> None:
    with pytest.raises(CalendarError) as refused:
        CALENDAR.year(2040)
    assert refused.value.vi == "Lịch làm việc chỉ có từ năm 2019 đến năm 2030, không có năm 2040."
    assert str(refused.value) == "The working calendar covers 2019 to 2030, not 2040."


def test_the_error_survives_the_way_between_processes() -> None:
    error = pickle.loads(pickle.dumps(CalendarError("Sai.", "Wrong.")))
    assert (error.vi, error.en) == ("Sai.", "Wrong.")
