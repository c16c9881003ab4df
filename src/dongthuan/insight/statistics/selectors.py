"""The scoreboard of promises: what was due, what was kept, with every denominator in the open.

How it is counted ("cách tính"), the same on every page, in the CSV and in the API:

* A promise is a Duty. It belongs to the unit that owed it when it ended (a hand-over takes what
  still runs to the successor), and to every area above that unit.
* `due` is the denominator: duties whose last day lies in the period and before today, and that
  are not waived, handed over, or paused. A duty whose last day is today or later is not counted
  yet, even if it is done: otherwise a unit could look better by doing the easy ones early.
* `kept` of them were fulfilled in time. `late` are the others: fulfilled late, or still owed.
  So `due = kept + late`, always.
* The on-time rate is `kept / due`; there is none when nothing was due.
* `median_days` is the median of calendar days from the anchor to the fulfilment, over those of
  `due` that have been fulfilled, in time or late.
* `open` and `overdue` do not depend on the period: all that is owed now (paused ones too), and
  what of it has passed its last day while its clock was running.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Aggregate, Count, FloatField, Func, Q, QuerySet
from django.db.models.functions import TruncDate, TruncMonth
from django.utils import timezone

from dongthuan.core import clock
from dongthuan.core.matters.kinds import case_kinds
from dongthuan.core.matters.models import Duty, DutyState, Level, Projection
from dongthuan.core.units.models import Tier, Unit
from dongthuan.core.units.selectors import units_in_force

# Fewer cases than this in one cell could tell whose case it is.
SMALL = 3


@dataclass(frozen=True)
class Tally:
    """Promises of one month, one rule or one unit. `label` is its key: '2026-11', 'kn.accept'."""

    label: str
    kept: int = 0
    late: int = 0

    @property
    def due(self) -> int:
        return self.kept + self.late

    @property
    def rate(self) -> float | None:
        return self.kept / self.due if self.due else None

    def as_json(self) -> dict[str, Any]:
        return {"due": self.due, "kept": self.kept, "late": self.late}


@dataclass(frozen=True)
class Scoreboard:
    """Promises of a unit and all below it, over a period; see the head of this module."""

    unit: Unit
    since: dt.date
    until: dt.date
    kept: int
    late: int
    open: int
    overdue: int
    median_days: float | None
    months: list[Tally] = field(default_factory=list)
    rules: list[Tally] = field(default_factory=list)

    @property
    def due(self) -> int:
        return self.kept + self.late

    @property
    def rate(self) -> float | None:
        return self.kept / self.due if self.due else None

    def as_json(self) -> dict[str, Any]:
        """For the API; `value` is rounded to four places, days to one."""
        return {
            "unit": {"code": self.unit.code, "name": self.unit.name},
            "period": {"since": self.since.isoformat(), "until": self.until.isoformat()},
            "due": self.due,
            "kept": self.kept,
            "late": self.late,
            "open": self.open,
            "overdue": self.overdue,
            "on_time_rate": {
                "numerator": self.kept,
                "denominator": self.due,
                "value": None if self.rate is None else round(self.rate, 4),
            },
            "median_days": None if self.median_days is None else round(self.median_days, 1),
            "months": [{"month": month.label, **month.as_json()} for month in self.months],
        }


class _Median(Aggregate):
    function = "percentile_cont"
    template = "percentile_cont(0.5) WITHIN GROUP (ORDER BY %(expressions)s)"
    output_field = FloatField()


def _days(begins: str, ends: str) -> Func:
    """Calendar days in Viet Nam between two moments."""
    here = timezone.get_default_timezone()
    return Func(
        TruncDate(ends, tzinfo=here),
        TruncDate(begins, tzinfo=here),
        template="(%(expressions)s)",
        arg_joiner=" - ",
        output_field=FloatField(),
    )


_KEPT = Count("id", filter=Q(state=DutyState.FULFILLED))
_LATE = Count("id", filter=Q(state__in=[DutyState.LATE, DutyState.OPEN]))


def scoreboard(*, unit: Unit, since: dt.date, until: dt.date) -> Scoreboard:
    """The promises of `unit` and all below it whose last day lies in [since, until].

    Three queries whatever the volume. Months without promises are there with zeros; rules come
    with most due first.
    """
    today = clock.today()
    counted = _counted(_open(Duty.objects.filter(path__startswith=unit.path)), since, until, today)
    cells: list[Any] = list(
        counted.annotate(month=TruncMonth("due_on"))
        .values("month", "rule")
        .annotate(kept=_KEPT, late=_LATE)
        .order_by()
    )
    median = counted.filter(closed_at__isnull=False).aggregate(
        days=_Median(_days("anchor_at", "closed_at"))
    )
    running = _open(
        Duty.objects.filter(
            path__startswith=unit.path, state__in=[DutyState.OPEN, DutyState.PAUSED]
        )
    ).aggregate(
        open=Count("id"), overdue=Count("id", filter=Q(state=DutyState.OPEN, due_on__lt=today))
    )
    return Scoreboard(
        unit=unit,
        since=since,
        until=until,
        kept=sum(cell["kept"] for cell in cells),
        late=sum(cell["late"] for cell in cells),
        open=running["open"],
        overdue=running["overdue"],
        median_days=median["days"],
        months=_months(cells, since, until),
        rules=sorted(
            _summed((cell["rule"], cell) for cell in cells), key=lambda t: (-t.due, t.label)
        ),
    )


def _open(duties: QuerySet[Duty]) -> QuerySet[Duty]:
    """Without those of restricted and sealed matters: their figures would tell of them."""
    return duties.filter(matter__level__lt=Level.RESTRICTED)


def _counted(
    duties: QuerySet[Duty], since: dt.date, until: dt.date, today: dt.date
) -> QuerySet[Duty]:
    """The denominator: past their last day, in the period, neither lifted nor standing still."""
    last = min(until, today - dt.timedelta(days=1))
    return duties.filter(
        due_on__gte=since,
        due_on__lte=last,
        state__in=[DutyState.FULFILLED, DutyState.LATE, DutyState.OPEN],
    )


def _summed(cells: Iterable[tuple[str, dict[str, Any]]]) -> list[Tally]:
    sums: dict[str, tuple[int, int]] = {}
    for label, cell in cells:
        kept, late = sums.get(label, (0, 0))
        sums[label] = (kept + cell["kept"], late + cell["late"])
    return [Tally(label, kept, late) for label, (kept, late) in sums.items()]


def _months(cells: list[dict[str, Any]], since: dt.date, until: dt.date) -> list[Tally]:
    found = {
        tally.label: tally for tally in _summed((f"{cell['month']:%Y-%m}", cell) for cell in cells)
    }
    labels = []
    year, month = since.year, since.month
    while (year, month) <= (until.year, until.month):
        labels.append(f"{year}-{month:02}")
        year, month = (year, month + 1) if month < 12 else (year + 1, 1)
    return [found.get(label, Tally(label)) for label in labels]


def year_until(today: dt.date) -> tuple[dt.date, dt.date]:
    """The twelve calendar months that end with the present one, as (since, until)."""
    year, month = (today.year, 1) if today.month == 12 else (today.year - 1, today.month + 1)
    return dt.date(year, month, 1), today


# -- many units beside each other -----------------------------------------------------------------


@dataclass(frozen=True)
class UnitRow:
    """One unit in a list: its tally over the period, and what it owes now."""

    unit: Unit
    tally: Tally
    open: int
    overdue: int


def units_compared(*, within: Unit, since: dt.date, until: dt.date) -> list[UnitRow]:
    """The communes within a unit beside each other, in dictionary order; two queries.

    Communes that have ended are left out: what they still owed was handed over to others.
    """
    today = clock.today()
    period = Q(due_on__gte=since, due_on__lte=min(until, today - dt.timedelta(days=1)))
    running = Q(state__in=[DutyState.OPEN, DutyState.PAUSED])
    paths = (
        _open(Duty.objects.filter(period | running, path__startswith=within.path))
        .values("path")
        .annotate(
            kept=Count("id", filter=period & Q(state=DutyState.FULFILLED)),
            late=Count("id", filter=period & Q(state__in=[DutyState.LATE, DutyState.OPEN])),
            open=Count("id", filter=running),
            overdue=Count("id", filter=Q(state=DutyState.OPEN, due_on__lt=today)),
        )
        .order_by()
    )
    sums: dict[str, list[int]] = {}
    row: Any
    for row in paths:
        for area in _areas(row["path"]):
            into = sums.setdefault(area, [0, 0, 0, 0])
            for place, name in enumerate(("kept", "late", "open", "overdue")):
                into[place] += row[name]
    rows: list[UnitRow] = []
    for unit in units_in_force(today, tier=Tier.COMMUNE, within=within):
        kept, late, open_, overdue = sums.get(unit.path, (0, 0, 0, 0))
        rows.append(UnitRow(unit, Tally(unit.code, kept, late), open_, overdue))
    return rows


def _areas(path: str) -> list[str]:
    """'vn.51.21439.ubnd.' -> ['vn.', 'vn.51.', 'vn.51.21439.', 'vn.51.21439.ubnd.']"""
    steps = path.rstrip(".").split(".")
    return [".".join(steps[:n]) + "." for n in range(1, len(steps) + 1)]


# -- what may be published of small numbers -------------------------------------------------------


@dataclass(frozen=True)
class Cell:
    """How many cases of one kind; None when there are too few to be told."""

    label: str
    count: int | None


def cases_by(
    column: str, *, unit: Unit, since: dt.date, until: dt.date, small: int = SMALL
) -> list[Cell]:
    """Cases received in the period by 'topic' or by 'kind', most first; one query.

    Counts the public projection, so sealed matters are in no cell, and of it the kinds that count
    as cases: no session of reception, refusal, promise or follow-up. A cell below `small` is
    suppressed; if only one would be, the next smallest is too, for otherwise whoever knows the
    sum could work it out.
    """
    if column not in ("topic", "kind"):
        raise ValueError(f"cases are counted by topic or kind, not by {column!r}")
    rows = (
        Projection.objects.filter(
            kind__in=case_kinds(),
            path__startswith=unit.path,
            opened_on__gte=since,
            opened_on__lte=until,
        )
        .values_list(column)
        .annotate(n=Count("pk"))
        .order_by("-n", column)
    )
    return suppressed(list(rows), small=small)


def suppressed(rows: Sequence[tuple[str, int]], *, small: int = SMALL) -> list[Cell]:
    """Rows (label, count), most first, with counts below `small` hidden, never one alone."""
    hidden = sum(1 for _label, count in rows if count < small)
    if hidden == 1 and len(rows) > 1:
        hidden = 2
    shown = len(rows) - hidden
    return [
        Cell(label, count if place < shown else None) for place, (label, count) in enumerate(rows)
    ]


def rules_grouped(rules: Sequence[Tally], *, small: int = SMALL) -> list[Tally]:
    """Tallies by rule with the rare ones in one row (label ''), so that none tells of one case.

    The group holds at least `small` promises unless there are fewer altogether; then there is
    nothing but the group.
    """
    ordered = sorted(rules, key=lambda tally: (-tally.due, tally.label))
    kept = [tally for tally in ordered if tally.due >= small]
    rare = [tally for tally in ordered if tally.due < small]
    while rare and kept and sum(tally.due for tally in rare) < small:
        rare.append(kept.pop())
    if rare:
        kept.append(Tally("", sum(t.kept for t in rare), sum(t.late for t in rare)))
    return kept
