"""What is counted of recommendations: one table of measures for scoreboards, lists, indicators.

The number on a scoreboard and the list behind it come from the same condition, so they agree.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.db.models import Aggregate, Count, FloatField, Q, QuerySet
from django.utils.translation import gettext_lazy as _

from dongthuan.core import clock
from dongthuan.core.matters.indicators import Figure, Indicator
from dongthuan.core.matters.kinds import Text
from dongthuan.core.matters.models import Level, Matter
from dongthuan.work.recommendations.models import Answer, BodyRecommendation, Source

TAKEN_UP = Q(answer__in=[Answer.ACCEPTED, Answer.PARTLY])


@dataclass(frozen=True)
class Measure:
    """One column: `where` are the rows it counts."""

    name: str
    label: Text
    where: Q


def measures(today: dt.date) -> tuple[Measure, ...]:
    """The columns of a scoreboard on a day, left to right."""
    return (
        Measure("sent", _("sent to the authority"), Q()),
        Measure("in_time", _("answered in time"), Q(in_time=True)),
        Measure("late", _("answered late"), Q(in_time=False)),
        Measure("waiting", _("waits for the answer"), Q(state="sent")),
        Measure("accepted", _("accepted"), Q(answer=Answer.ACCEPTED)),
        Measure("partly", _("accepted in part"), Q(answer=Answer.PARTLY)),
        Measure("refused", _("not taken up"), Q(answer=Answer.REFUSED)),
        Measure(
            "doing",
            _("recommendation being carried out"),
            Q(state__in=["accepted", "partly", "doing"]),
        ),
        Measure("done", _("carried out"), Q(state__in=["done", "confirmed"])),
        Measure("confirmed", _("confirmed"), Q(state="confirmed")),
        Measure("overdue", _("overdue"), Q(closed_at=None, next_due_on__lt=today)),
    )


def measure(name: str) -> Measure | None:
    return next((one for one in measures(clock.today()) if one.name == name), None)


def told(rows: QuerySet[BodyRecommendation] | None = None) -> QuerySet[BodyRecommendation]:
    """What was sent and is no secret: the base of every figure. Withdrawn ones do not count."""
    rows = BodyRecommendation.objects.all() if rows is None else rows
    return rows.filter(sent_on__isnull=False, level__lt=Level.RESTRICTED).exclude(state="withdrawn")


class Median(Aggregate):
    """The middle value (percentile_cont 0.5); None where there is none."""

    function = "PERCENTILE_CONT"
    name = "median"
    template = "%(function)s(0.5) WITHIN GROUP (ORDER BY %(expressions)s)"
    output_field = FloatField()


@dataclass(frozen=True)
class Line:
    """A line of a scoreboard: whom it is about, the counts by measure, median days to answer."""

    key: str
    label: str
    counts: Mapping[str, int]
    days: float | None

    @property
    def cells(self) -> list[tuple[str, Text, int]]:
        """(name of the measure, its label, the count), left to right."""
        return [(one.name, one.label, self.counts[one.name]) for one in measures(clock.today())]


def _line(key: str, label: str, row: dict[str, Any], names: list[str]) -> Line:
    return Line(key, label, {name: row[name] for name in names}, row["days"])


def _counted(today: dt.date) -> dict[str, Any]:
    found: dict[str, Any] = {
        one.name: Count("pk", filter=one.where) if one.where else Count("pk")
        for one in measures(today)
    }
    return found | {"days": Median("answer_days")}


def by_unit(rows: QuerySet[BodyRecommendation]) -> list[Line]:
    """One line for each authority; one query."""
    found = (
        told(rows)
        .order_by()
        .values("unit__code", "unit__name")
        .annotate(**_renamed(clock.today()))
        .order_by("unit__name")
    )
    return [_line(r["unit__code"], r["unit__name"], _named(r), _names()) for r in found]


def by_source(rows: QuerySet[BodyRecommendation]) -> list[Line]:
    """One line for each source, in the order of the list; one query."""
    found = {
        r["source"]: r
        for r in told(rows).order_by().values("source").annotate(**_renamed(clock.today()))
    }
    return [
        _line(value, str(label), _named(found[value]), _names())
        for value, label in Source.choices
        if value in found
    ]


def totals(rows: QuerySet[BodyRecommendation]) -> Line:
    row = told(rows).aggregate(**_renamed(clock.today()))
    return _line("", "", _named(row), _names())


def _names() -> list[str]:
    return [one.name for one in measures(clock.today())]


def _renamed(today: dt.date) -> dict[str, Any]:
    """An annotation may not bear the name of a column."""
    return {f"n_{name}": what for name, what in _counted(today).items()}


def _named(row: Mapping[str, Any]) -> dict[str, Any]:
    return {name.removeprefix("n_"): value for name, value in row.items()}


# -- indicators -----------------------------------------------------------------------------------


def _rows_of(path: str, since: dt.date, until: dt.date) -> QuerySet[BodyRecommendation]:
    return told().filter(path__startswith=path, sent_on__range=(since, until))


def _matters(rows: QuerySet[BodyRecommendation]) -> QuerySet[Matter]:
    return Matter.objects.filter(pk__in=rows.values("pk"))


def _share(rows: QuerySet[BodyRecommendation], met: QuerySet[BodyRecommendation]) -> Figure:
    return Figure(
        numerator=met.count(), denominator=rows.count(), matters=_matters(rows), met=_matters(met)
    )


def _sent(path: str, since: dt.date, until: dt.date) -> Figure:
    rows = _rows_of(path, since, until)
    return Figure(numerator=rows.count(), matters=_matters(rows), met=_matters(rows))


def _in_time(path: str, since: dt.date, until: dt.date) -> Figure:
    """Of those answered, or whose day to be answered has passed without an answer."""
    rows = _rows_of(path, since, until).filter(
        Q(in_time__isnull=False) | Q(state="sent", next_due_on__lt=clock.today())
    )
    return _share(rows, rows.filter(in_time=True))


def _confirmed(path: str, since: dt.date, until: dt.date) -> Figure:
    rows = _rows_of(path, since, until).filter(TAKEN_UP)
    return _share(rows, rows.filter(state="confirmed"))


INDICATORS = (
    Indicator(
        "recommendations.sent",
        _("Recommendations of bodies sent"),
        "number",
        _("Recommendations sent to authorities within the period, without those withdrawn."),
        _sent,
    ),
    Indicator(
        "recommendations.in_time",
        _("Recommendations answered in time"),
        "percent",
        _("Answered in time, of those sent within the period whose answer came or is overdue."),
        _in_time,
    ),
    Indicator(
        "recommendations.confirmed",
        _("Accepted recommendations confirmed as done"),
        "percent",
        _("Confirmed by their source, of those sent within the period and accepted or partly so."),
        _confirmed,
    ),
)
