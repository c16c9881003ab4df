"""Working days of Viet Nam, 2019-2030: data that someone signed, never an algorithm alone.

One TOML file a year (`data/2026.toml`) holds what the yearly decision fixed: the days of Tết and
of National Day, the days off in lieu (Labour Code, Art. 111.3), the swapped days both off and
worked, each with its document. `data/statute.toml` holds what the statutes fix: which holidays
there are, since when, how many days, and the two-day weekend.

A year is `signed_off` when its decision could be established. The others (2020, 2027, and
2028-2030, which come from the `holidays` package) are proposals; every answer that leans on one
says so: "lịch dự kiến, chưa ký duyệt".

    calendar = load_calendar()
    calendar.is_working_day(date(2026, 1, 10))           # True: a Saturday worked for Friday 2 Jan
    calendar.add_working_days(date(2026, 8, 28), 7)      # the start is not counted
    calendar.day(date(2026, 11, 24)).reason_vi           # 'Ngày Văn hóa Việt Nam'

Pure Python: no Django, no database. Bad input raises CalendarError, one sentence in `.vi`, `.en`.
"""

from __future__ import annotations

from dongthuan.core.calendar.errors import CalendarError
from dongthuan.core.calendar.workdays import (
    Calendar,
    Day,
    DayOff,
    Source,
    Swap,
    YearInfo,
    load_calendar,
)

__all__ = [
    "Calendar",
    "CalendarError",
    "Day",
    "DayOff",
    "Source",
    "Swap",
    "YearInfo",
    "load_calendar",
]
