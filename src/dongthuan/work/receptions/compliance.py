"""Whether a head receives as often as the law asks: counted by seat, never by person.

A week or month counts when it lies wholly in the asked period, in the term of the seat and of its
unit, and in the force of one version of the frequency. Days beyond what it asks fill no other one.
"""

from __future__ import annotations

import calendar
import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass, field

from django.db.models import Q

from dongthuan.core.calendar import CalendarError, load_calendar
from dongthuan.core.units.models import Position, Role, Unit
from dongthuan.work.receptions import rules
from dongthuan.work.receptions.models import Form, Receiver, Reception

_DAY = dt.timedelta(days=1)
_DAYS = {"day": 1, "week": 7}
_MONTHS = {"month": 1, "quarter": 3, "year": 12}


@dataclass(frozen=True)
class Span:
    """One week or month: days owed, and days held in it by the head and by a deputy."""

    first: dt.date
    last: dt.date
    owed: int
    held: int
    delegated: int

    @property
    def kept(self) -> int:
        return min(self.held, self.owed)


@dataclass
class Compliance:
    """A seat's account. `held`, `delegated`, `not_held`: all its days in the period."""

    position: Position
    since: dt.date
    until: dt.date
    spans: list[Span] = field(default_factory=list)
    held: int = 0
    delegated: int = 0
    not_held: int = 0
    bases: list[str] = field(default_factory=list)
    evidence: list[str] = field(default_factory=list)

    @property
    def owed(self) -> int:
        return sum(span.owed for span in self.spans)

    @property
    def kept(self) -> int:
        return sum(span.kept for span in self.spans)

    @property
    def kept_by_deputy(self) -> int:
        """Days that count as received for the head, though not in person."""
        return sum(min(span.delegated, span.owed - span.kept) for span in self.spans)

    @property
    def percent(self) -> int | None:
        """Share of the owed days that the head received in person, rounded down: 100 only when
        none is missing. None: no day was owed."""
        return 100 * self.kept // self.owed if self.owed else None


def compliance(*, unit: Unit, since: dt.date, until: dt.date) -> list[Compliance]:
    """Each head's seat of a unit and of the organs directly under it; two queries."""
    seats = list(
        Position.objects.filter(Q(unit=unit) | Q(unit__parent=unit), role=Role.HEAD)
        .select_related("unit__parent")
        .order_by("unit__sort_key", "code")
    )
    held: dict[int, dict[dt.date, str]] = {seat.pk: {} for seat in seats}
    rows = Reception.objects.filter(
        position__in=seats, form__in=[Form.HEAD, Form.ONLINE], held_on__range=(since, until)
    )
    missed: dict[int, int] = dict.fromkeys(held, 0)
    for seat, day, state, receiver in rows.values_list("position", "held_on", "state", "receiver"):
        if state == "not_held":
            missed[seat] += 1
        elif state in ("held", "concluded") and held[seat].get(day) != Receiver.SELF:
            # Received in person at one session of a day: the day is the head's own.
            held[seat][day] = receiver
    return [_account(seat, since, until, held[seat.pk], missed[seat.pk]) for seat in seats]


def recorded_since(*, unit: Unit, since: dt.date) -> dt.date | None:
    """From when the heads' days of a unit can be judged: the month of the first one recorded here.

    None where none ever was: an office that does not plan here is not counted as failing.
    """
    first = (
        Reception.objects.filter(Q(unit=unit) | Q(unit__parent=unit), form=Form.HEAD)
        .exclude(state="cancelled")
        .order_by("held_on")
        .values_list("held_on", flat=True)
        .first()
    )
    return max(since, first.replace(day=1)) if first else None


def _account(
    seat: Position, since: dt.date, until: dt.date, days: dict[dt.date, str], missed: int
) -> Compliance:
    account = Compliance(seat, since, until, not_held=missed)
    account.held = sum(receiver == Receiver.SELF for receiver in days.values())
    account.delegated = sum(receiver == Receiver.DELEGATE for receiver in days.values())
    for version in rules.frequencies(rules.role_kind_of(seat)):
        ends = [d for d in (until, version.until, seat.valid_to, seat.unit.valid_to) if d]
        first = max(since, version.since, seat.valid_from, seat.unit.valid_from)
        spans = [
            _span(a, b, version.days, days)
            for a, b in _whole(version.per, version.each, first, min(ends))
            if _has_working_day(a, b)
        ]
        if spans:
            account.spans += spans
            account.bases.append(version.basis)
            account.evidence.append(version.evidence)
    return account


def _span(first: dt.date, last: dt.date, owed: int, days: dict[dt.date, str]) -> Span:
    inside = [receiver for day, receiver in days.items() if first <= day <= last]
    return Span(first, last, owed, inside.count(Receiver.SELF), inside.count(Receiver.DELEGATE))


def _whole(
    per: str, each: int, since: dt.date, until: dt.date
) -> Iterator[tuple[dt.date, dt.date]]:
    """The days, weeks (Monday to Sunday), months, quarters or years that lie wholly between two
    days; with `each`, so many of them together, months counted from January."""
    day = since
    if per in _DAYS:
        if per == "week":
            day += dt.timedelta(days=-day.weekday() % 7)
        length = _DAYS[per] * each
        while (last := day + (length - 1) * _DAY) <= until:
            yield day, last
            day = last + _DAY
        return
    months = _MONTHS[per] * each
    if day.day > 1:
        day = _month_end(day, 1) + _DAY
    while (day.month - 1) % min(months, 12):
        day = _month_end(day, 1) + _DAY
    while (last := _month_end(day, months)) <= until:
        yield day, last
        day = last + _DAY


def _month_end(day: dt.date, months: int) -> dt.date:
    """The last day of the period of so many months that begins in the month of `day`."""
    years, month = divmod(day.month - 2 + months, 12)
    year = day.year + years
    return dt.date(year, month + 1, calendar.monthrange(year, month + 1)[1])


def _has_working_day(first: dt.date, last: dt.date) -> bool:
    """In the week of Tết nobody is owed a reception; days outside the calendar count as worked."""
    working = load_calendar()
    days = (first + n * _DAY for n in range((last - first).days + 1))
    try:
        return any(working.is_working_day(day) for day in days)
    except CalendarError:
        return True
