"""Working days by lookup: one sorted list of day numbers, searched by bisection."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from dataclasses import dataclass
from datetime import date, datetime
from functools import lru_cache
from typing import Any

from dongthuan.core.calendar.errors import CalendarError
from dongthuan.core.calendar.files import (
    DayOff,
    Source,
    Statute,
    Swap,
    YearFile,
    english,
    read_statute,
    read_years,
)
from dongthuan.core.calendar.proposals import LAST_PROPOSAL, propose_year

__all__ = [
    "Calendar",
    "Day",
    "DayOff",
    "Source",
    "Swap",
    "YearInfo",
    "load_calendar",
]

_WEEKDAY_EN = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
_WEEKDAY_VI = ("thứ Hai", "thứ Ba", "thứ Tư", "thứ Năm", "thứ Sáu", "thứ Bảy", "Chủ nhật")


@dataclass(frozen=True, slots=True)
class Day:
    """One day; the reason and source are None on ordinary working days.

    `source` is the Vietnamese name of the document, `source_en` its English rendering.
    """

    date: date
    working: bool
    reason_vi: str | None
    reason_en: str | None
    source: str | None
    signed_off: bool
    source_en: str | None = None

    @property
    def weekday_vi(self) -> str:
        return _WEEKDAY_VI[self.date.weekday()]

    @property
    def weekday_en(self) -> str:
        return _WEEKDAY_EN[self.date.weekday()]


@dataclass(frozen=True, slots=True)
class YearInfo:
    """A year at a glance, for `dongthuan calendar YEAR`."""

    year: int
    signed_off: bool
    working_days: int
    days_off: tuple[DayOff, ...]
    swaps: tuple[Swap, ...]
    sources: tuple[Source, ...]
    notes_vi: tuple[str, ...]
    notes_en: tuple[str, ...]

    @property
    def status_vi(self) -> str:
        return "đã ký duyệt" if self.signed_off else "lịch dự kiến, chưa ký duyệt"

    @property
    def status_en(self) -> str:
        return "signed off" if self.signed_off else "proposed calendar, not signed off"

    def as_json(self) -> dict[str, Any]:
        """The year as plain JSON values, dates in ISO form."""
        return {
            "year": self.year,
            "signed_off": self.signed_off,
            "status_vi": self.status_vi,
            "status_en": self.status_en,
            "working_days": self.working_days,
            "days_off": [
                {
                    "date": day.date.isoformat(),
                    "kind": day.kind,
                    "name_vi": day.name_vi,
                    "name_en": day.name_en,
                    "source": day.source_vi,
                    "source_en": day.source_en,
                    "instead_of": day.instead_of and day.instead_of.isoformat(),
                }
                for day in self.days_off
            ],
            "swaps": [
                {
                    "off": swap.off.isoformat(),
                    "work": swap.work.isoformat(),
                    "source": swap.source_vi,
                    "source_en": swap.source_en,
                }
                for swap in self.swaps
            ],
            "sources": [
                {
                    "document": source.document_vi,
                    "document_en": source.document_en,
                    "about_vi": source.about_vi,
                    "about_en": source.about_en,
                    "evidence": source.evidence,
                }
                for source in self.sources
            ],
            "notes_vi": list(self.notes_vi),
            "notes_en": list(self.notes_en),
        }


class _Table:
    """The searchable form of consecutive years."""

    def __init__(self, years: dict[int, YearFile], statute: Statute) -> None:
        self.years = years
        self.first = date(min(years), 1, 1).toordinal()
        self.last = date(max(years), 12, 31).toordinal()
        self.off = {d.date.toordinal(): d for y in years.values() for d in y.days_off}
        self.worked = {s.work.toordinal(): s for y in years.values() for s in y.swaps}
        weekend = statute.weekend.days
        self.working = [
            day
            for day in range(self.first, self.last + 1)
            # Ordinal 1 is a Monday, so (day - 1) % 7 is the weekday.
            if day in self.worked or (day not in self.off and (day - 1) % 7 not in weekend)
        ]


class Calendar:
    """Working days of state agencies. Every method takes plain dates, or raises CalendarError.

    The proposal years are added to the table only when a question reaches them.
    """

    def __init__(self, years: dict[int, YearFile], statute: Statute) -> None:
        self._statute = statute
        self._filed = max(years)
        self._table = _Table(years, statute)

    @property
    def first_year(self) -> int:
        return min(self._table.years)

    @property
    def last_year(self) -> int:
        return max(LAST_PROPOSAL, self._filed)

    def day(self, day: date) -> Day:
        """What kind of day it is, why, and by which document."""
        number, table = self._place(day)
        signed_off = table.years[day.year].signed_off
        if swap := table.worked.get(number):
            return Day(
                day,
                True,
                f"Làm bù cho ngày nghỉ hoán đổi {swap.off:%d/%m/%Y}",
                f"Worked for the swapped day off {english(swap.off)}",
                swap.source_vi,
                signed_off,
                swap.source_en,
            )
        if off := table.off.get(number):
            return Day(
                day, False, off.name_vi, off.name_en, off.source_vi, signed_off, off.source_en
            )
        weekend = self._statute.weekend
        if day.weekday() in weekend.days:
            return Day(
                day,
                False,
                weekend.name_vi,
                weekend.name_en,
                weekend.basis_vi,
                signed_off,
                weekend.basis_en,
            )
        return Day(day, True, None, None, None, signed_off)

    def is_working_day(self, day: date) -> bool:
        number, table = self._place(day)
        at = bisect_left(table.working, number)
        return at < len(table.working) and table.working[at] == number

    def is_signed_off(self, year: int) -> bool:
        """Whether the year's decision is established; years outside the range are not."""
        file = self._table.years.get(year)
        return file is not None and file.signed_off

    def add_working_days(self, start: date, n: int) -> date:
        """The n-th working day after `start`, which is not counted; n = 0 gives `start`."""
        number, table = self._place(start)
        if _count(n) == 0:
            return start
        at = bisect_right(table.working, number) + n - 1
        if at >= len(table.working):
            table = self._extended(self.last_year)
            if at >= len(table.working):
                raise self._beyond()
        return date.fromordinal(table.working[at])

    def subtract_working_days(self, end: date, n: int) -> date:
        """The n-th working day before `end`, which is not counted; n = 0 gives `end`."""
        number, table = self._place(end)
        if _count(n) == 0:
            return end
        at = bisect_left(table.working, number) - n
        if at < 0:
            raise self._beyond()
        return date.fromordinal(table.working[at])

    def working_days_between(self, a: date, b: date) -> int:
        """How many working days d have a < d <= b, so that it undoes add_working_days."""
        last, table = self._place(b)
        first, _ = self._place(a)
        if first > last:
            raise CalendarError(
                "Ngày kết thúc đứng trước ngày bắt đầu.", "The end is before the start."
            )
        return bisect_right(table.working, last) - bisect_right(table.working, first)

    def next_working_day(self, day: date) -> date:
        """The first working day strictly after the given day."""
        return self.add_working_days(day, 1)

    def previous_working_day(self, day: date) -> date:
        """The last working day strictly before the given day."""
        return self.subtract_working_days(day, 1)

    def roll_forward(self, day: date) -> date:
        """The day itself if it is worked, else the next working day (Civil Code, Art. 148.5)."""
        return day if self.is_working_day(day) else self.next_working_day(day)

    def roll_back(self, day: date) -> date:
        """The day itself if it is worked, else the previous working day."""
        return day if self.is_working_day(day) else self.previous_working_day(day)

    def year(self, year: int) -> YearInfo:
        if not isinstance(year, int) or isinstance(year, bool):
            raise CalendarError("Năm phải là một số nguyên.", "The year must be a whole number.")
        if not self.first_year <= year <= self.last_year:
            raise self._outside(year)
        table = self._extended(year)
        file = table.years[year]
        new_year = date(year, 1, 1).toordinal()
        eve = date(year, 12, 31).toordinal()
        return YearInfo(
            year=year,
            signed_off=file.signed_off,
            working_days=bisect_right(table.working, eve) - bisect_left(table.working, new_year),
            days_off=file.days_off,
            swaps=file.swaps,
            sources=file.sources,
            notes_vi=tuple(vi for vi, _ in file.notes),
            notes_en=tuple(en for _, en in file.notes),
        )

    def _place(self, day: date) -> tuple[int, _Table]:
        if isinstance(day, datetime) or not isinstance(day, date):
            raise CalendarError("Cần một ngày (không kèm giờ).", "A plain date is needed.")
        number, table = day.toordinal(), self._table
        if table.first <= number <= table.last:
            return number, table
        if number < table.first or day.year > self.last_year:
            raise self._outside(day.year)
        return number, self._extended(day.year)

    def _extended(self, year: int) -> _Table:
        """The table reaching at least the given year; replaced whole, so threads never see half."""
        table = self._table
        if year not in table.years:
            missing = range(max(table.years) + 1, year + 1)
            years = table.years | {y: propose_year(y) for y in missing}
            self._table = table = _Table(years, self._statute)
        return table

    def _outside(self, year: int) -> CalendarError:
        first, last = self.first_year, self.last_year
        return CalendarError(
            f"Lịch làm việc chỉ có từ năm {first} đến năm {last}, không có năm {year}.",
            f"The working calendar covers {first} to {last}, not {year}.",
        )

    def _beyond(self) -> CalendarError:
        first, last = self.first_year, self.last_year
        return CalendarError(
            f"Ngày cần tính nằm ngoài lịch làm việc {first}-{last}.",
            f"The day asked for lies outside the working calendar {first}-{last}.",
        )


def _count(n: int) -> int:
    if not isinstance(n, int) or isinstance(n, bool) or n < 0:
        raise CalendarError(
            "Số ngày làm việc phải là số nguyên không âm.",
            "The number of working days must be a whole number, zero or more.",
        )
    return n


@lru_cache(maxsize=1)
def load_calendar() -> Calendar:
    """The calendar of the shipped data files, read and checked once for each process."""
    statute = read_statute()
    return Calendar(read_years(statute), statute)
