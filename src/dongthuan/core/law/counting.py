"""Counting days: around pauses and days off, forwards, backwards and in hours.

How it counts is written at the head of `clock.py`; each thing done is said to the explanation.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from itertools import groupby

from dongthuan.core.calendar import Calendar, Day
from dongthuan.core.law.deadlines import Extension, Pause
from dongthuan.core.law.errors import RuleError
from dongthuan.core.law.explaining import Explanation
from dongthuan.core.law.rulebook import Rule
from dongthuan.core.law.terms import ZONE, Term, add_months, local

_DAY = timedelta(days=1)
_LAST = date.max.toordinal()


@dataclass(frozen=True, slots=True)
class Stop:
    """A pause in day numbers: first <= day < end."""

    first: int
    end: int
    pause: Pause


class Count:
    """Counts days from an anchor around the stops, and tells the explanation what it does."""

    def __init__(
        self, rule: Rule, anchor: date, stops: tuple[Stop, ...], calendar: Calendar
    ) -> None:
        self.rule = rule
        self.anchor = anchor
        self.stops = stops
        self.merged = _merged(stops)
        self.calendar = calendar
        self.told = Explanation(rule, anchor)

    def run(self, start: date, term: Term) -> date:
        """The last day of a term counted after `start`, around the stops."""
        amount, working = term.amount, term.unit == "wd"
        if term.in_months:
            end = add_months(start, term.months)
            self.told.months(start, end, term)
            amount = (end - start).days
        position = start.toordinal()
        for first, end_of_stop in self.merged:
            if end_of_stop <= position + 1:
                continue
            last = self._add(position, amount, working)
            if first > last:
                break
            if first > position + 1:
                self.counted(position + 1, first - 1, working)
                amount -= self._between(position, first - 1, working)
            self.paused(max(first, position + 1), end_of_stop)
            position = end_of_stop - 1
        last = self._add(position, amount, working)
        self.counted(position + 1, last, working)
        return date.fromordinal(last)

    def is_stopped(self, day: date) -> bool:
        number = day.toordinal()
        return any(first <= number < end for first, end in self.merged)

    def explain_skips(self, first: date, last: date) -> None:
        """A step for each run of days off (or stopped) with one reason."""
        for group in _grouped(self.calendar, first.toordinal(), last.toordinal()):
            if not self.is_stopped(group[0].date):
                self.told.skip(group)

    def counted(self, first: int, last: int, working: bool) -> None:
        if not working:
            self.told.count(_date(first), _date(last), last - first + 1)
            return
        for group in _grouped(self.calendar, first, last):
            if group[0].working:
                self.told.count(group[0].date, group[-1].date, len(group), group[0])
            else:
                self.told.skip(group)

    def paused(self, first: int, end: int) -> None:
        for stop in self.stops:
            if stop.first < end and stop.end > first and stop.end > stop.first:
                self.told.pause(stop.pause, _date(stop.first), _date(stop.end))

    def _add(self, position: int, amount: int, working: bool) -> int:
        if working:
            start = _date(position)
            return self.calendar.add_working_days(start, amount).toordinal()
        return _date(position + amount).toordinal()

    def _between(self, position: int, last: int, working: bool) -> int:
        if working:
            return self.calendar.working_days_between(_date(position), _date(last))
        return last - position


def forward(count: Count, term: Term, added: list[tuple[Extension, Term]]) -> date:
    """The nominal end with its extensions."""
    nominal = count.run(count.anchor, term)
    for extension, more in added:
        count.told.extend(extension, more, nominal)
        nominal = count.run(nominal, more)
    return nominal


def rolled(count: Count, nominal: date) -> date:
    """The nominal end, moved to the end of the next working day if it is a day off."""
    due = nominal
    while not count.calendar.is_working_day(due) or count.is_stopped(due):
        due += _DAY
    if due != nominal:
        count.told.roll(nominal, due)
        count.explain_skips(nominal, due - _DAY)
        for first, end in count.merged:
            if nominal.toordinal() < first < due.toordinal():
                count.paused(first, end)
    return due


def backward(count: Count, term: Term) -> tuple[date, date]:
    """The last day on which something due before an event can still be done.

    First as counted, then moved back to a working day.
    """
    calendar, event = count.calendar, count.anchor
    eve = event - _DAY
    if term.unit == "wd":
        nominal = calendar.subtract_working_days(event, term.amount)
        count.counted(nominal.toordinal(), eve.toordinal(), True)
    else:
        days = term.amount
        if term.in_months:
            days = (event - add_months(event, -term.months)).days
        nominal = _date(event.toordinal() - days)
        count.counted(nominal.toordinal(), eve.toordinal(), False)
    due = calendar.roll_back(nominal)
    if due != nominal:
        count.told.roll_back(nominal, due)
        count.explain_skips(due + _DAY, nominal)
    return nominal, due


def hours(
    count: Count, anchor: date | datetime, term: Term, added: list[tuple[Extension, Term]]
) -> datetime:
    """The moment at which a term in hours ends; pauses lengthen it by whole days."""
    if not isinstance(anchor, datetime):
        raise RuleError(
            "Thời hạn tính bằng giờ cần mốc có giờ, ví dụ 2026-08-28T09:30.",
            "A term in hours needs a moment such as 2026-08-28T09:30.",
        )
    moment = local(anchor)
    if count.rule.direction == "before":
        return moment - timedelta(hours=term.amount)
    amount = term.amount
    for extension, more in added:
        amount += more.amount
        count.told.extend_hours(extension, more)
    end = moment + timedelta(hours=amount)
    for first, stop in count.merged:
        start, resumed = _midnight(first), _midnight(stop)
        if resumed > moment and start < end:
            end += resumed - max(start, moment)
            count.paused(first, stop)
    return end


def close(count: Count, term: Term, nominal: date, due_on: date, due_at: datetime | None) -> bool:
    """Warnings at the end and the result; whether every calendar year used is signed off."""
    for stop in count.stops:
        count.told.pause_without_effect(stop.pause, _date(stop.first))
    first = count.anchor if term.unit == "wd" else nominal
    years = range(min(first, due_on).year, max(nominal, due_on).year + 1)
    by_calendar = term.unit == "wd" or (not due_at and count.rule.direction in ("after", "before"))
    unsigned = [y for y in years if by_calendar and not count.calendar.is_signed_off(y)]
    if unsigned:
        count.told.unsigned(unsigned, due_on)
    count.told.due(due_on, due_at)
    return not unsigned


def _merged(stops: tuple[Stop, ...]) -> list[tuple[int, int]]:
    merged: list[tuple[int, int]] = []
    for stop in stops:
        if merged and stop.first <= merged[-1][1]:
            merged[-1] = (merged[-1][0], max(merged[-1][1], stop.end))
        elif stop.end > stop.first:
            merged.append((stop.first, stop.end))
    return merged


def _grouped(calendar: Calendar, first: int, last: int) -> Iterator[list[Day]]:
    """Runs of days that are alike: worked or not, with the same reason and source."""
    days = (calendar.day(_date(number)) for number in range(first, last + 1))
    for _, group in groupby(days, key=lambda d: (d.working, d.reason_vi, d.source, d.signed_off)):
        yield list(group)


def _date(number: int) -> date:
    if not 1 <= number <= _LAST:
        raise RuleError("Thời hạn vượt quá lịch.", "The term runs beyond the calendar.")
    return date.fromordinal(number)


def _midnight(number: int) -> datetime:
    day = _date(number)
    return datetime(day.year, day.month, day.day, tzinfo=ZONE)
