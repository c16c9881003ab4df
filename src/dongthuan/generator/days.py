"""When it happens: three years up to today, with the rhythm of the week and of Tết."""

from __future__ import annotations

import datetime as dt
from bisect import bisect_right
from functools import lru_cache
from itertools import accumulate
from random import Random

from dongthuan.core.calendar import load_calendar

YEARS = 3
WEEKDAYS = (1.2, 1.1, 1.05, 1.0, 1.0, 0.35, 0.3)


class Days:
    """The days of the trial period with their weights, and the working days to act on."""

    def __init__(self, today: dt.date) -> None:
        calendar = load_calendar()
        first = today.replace(year=today.year - YEARS) + dt.timedelta(days=1)
        self.days = [first + dt.timedelta(days=i) for i in range((today - first).days + 1)]
        self.cumulative = list(accumulate(self._weight(day) for day in self.days))
        self.land_rush = 21
        working = [first + dt.timedelta(days=i) for i in range((today - first).days + 400)]
        self.working = [day for day in working if calendar.is_working_day(day)]

    def _weight(self, day: dt.date) -> float:
        weight = WEEKDAYS[day.weekday()] * (0.85 + 0.3 * (day - self.days[0]).days / 1096)
        tet = _tet(day.year + (1 if day.month > 6 else 0))
        if tet and 0 < (tet - day).days <= 35:
            weight *= 1.8
        elif tet and 0 <= (day - tet).days < 7:
            weight *= 0.15
        return weight

    def draw(self, rng: Random, count: int) -> list[dt.date]:
        return rng.choices(self.days, cum_weights=self.cumulative, k=count)

    def between(self, start: dt.date, end: dt.date, share: float) -> dt.date:
        """A working day after `start` and not after `end`; the next one when there is none."""
        low, high = bisect_right(self.working, start), bisect_right(self.working, end) - 1
        return self.working[low + round(max(high - low, 0) * share)]

    def after(self, day: dt.date, count: int) -> dt.date:
        """The count-th working day after a day."""
        return self.working[min(bisect_right(self.working, day) + count - 1, len(self.working) - 1)]


@lru_cache
def _tet(year: int) -> dt.date | None:
    """The first of the days off for Tết."""
    off = [d.date for d in load_calendar().year(year).days_off if d.kind == "tet"]
    return min(off, default=None)


def moment_of(day: dt.date, seconds: int) -> dt.datetime:
    """A second of a day in Viet Nam, as UTC (Viet Nam keeps no summer time)."""
    return dt.datetime(day.year, day.month, day.day, tzinfo=dt.UTC) + dt.timedelta(
        seconds=seconds - 7 * 3600
    )
