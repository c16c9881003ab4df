"""Which matters are to be reviewed (S15): declared thresholds, one query, reasons in words."""

from __future__ import annotations

import calendar
import datetime as dt
from collections.abc import Iterable
from typing import Any

from django.db.models import (
    BooleanField,
    Count,
    DateField,
    Exists,
    ExpressionWrapper,
    F,
    FloatField,
    Func,
    IntegerField,
    Max,
    Min,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    Value,
)
from django.db.models.functions import Coalesce, TruncDate
from django.utils import timezone

from dongthuan.core import clock
from dongthuan.core.law import load_rulebook
from dongthuan.core.law.values import Threshold
from dongthuan.core.matters.kinds import all_kinds, case_kinds
from dongthuan.core.matters.models import Duty, Entry, Level, Matter, Submission
from dongthuan.core.matters.repeating import repeated
from dongthuan.core.units.models import Role
from dongthuan.work.reviews.models import Reason

# Who finds what holds a matter up; whoever only receives petitions has no part in it.
REVIEWERS = (Role.HANDLER, Role.HEAD)
# What is no case anybody brought, yet runs after a promise or a recommendation.
FOLLOWED = ("promise", "finding", "body_recommendation")
# Steps that move a day without prolonging a term by the clock.
PROLONGING = ("extend", "verify_extend", "postpone")


def kinds_reviewed() -> list[str]:
    """Kinds whose matters can drag on: cases, promises, recommendations; no standing body."""
    known = {kind.name for kind in all_kinds()}
    return [*case_kinds(), *(name for name in FOLLOWED if name in known)]


def acts_prolonging() -> list[str]:
    """Acts of the record by which a day was moved further off, of whatever kind."""
    return [
        f"{kind.name}.{step.name}"
        for kind in all_kinds()
        for step in kind.steps
        if step.extends or step.name in PROLONGING
    ]


def acts_reopening() -> list[str]:
    """Acts by which what was closed was opened again: from a final state to one that is not."""
    return [
        f"{kind.name}.{step.name}"
        for kind in all_kinds()
        for step in kind.steps
        if set(step.source) & kind.final_states
        and step.target
        and step.target not in kind.final_states
    ]


def threshold(key: str, on: dt.date) -> Threshold:
    found = load_rulebook().value(key, on=on)
    assert isinstance(found, Threshold)  # the data file says so; its loader has checked it
    return found


def to_review(*, path: str, on: dt.date | None = None) -> QuerySet[Matter]:
    """Open matters below `path` that a declared rule puts under review; never restricted ones.

    Each row carries the figures behind its reasons: `age` (since its first term began, else since
    it was opened) and `main_term` in calendar days (the longest that a duty of it has had, with its
    extensions), `extended`,
    `reopened` (numbers), `second` (brought elsewhere too). `reasons_of` puts them into words.
    """
    on = on or clock.today()
    rows = Matter.objects.filter(
        path__startswith=path, closed_at=None, level__lt=Level.RESTRICTED, kind__in=kinds_reviewed()
    ).annotate(
        age=_days(Value(on, DateField()), Coalesce(Subquery(_first()), _day("opened_at"))),
        main_term=Coalesce(Subquery(_longest()), Value(0.0)),
        extended=_count(acts_prolonging()),
        reopened=_count(acts_reopening(), after_close=True),
        second=_second(),
    )
    return rows.filter(_any(on))


def _any(on: dt.date) -> Q:
    times, months = threshold("review.times_term", on), threshold("review.months", on)
    return (
        Q(main_term__gt=0, age__gt=F("main_term") * float(times.amount))
        | Q(age__gt=_days_of_months(on, int(months.amount)))
        | Q(extended__gte=int(threshold("review.extended", on).amount))
        | Q(reopened__gte=int(threshold("review.reopened", on).amount))
        | Q(second=True)
        | Q(person_count__gte=int(threshold("tcd.large_group", on).amount))
    )


def reasons_of(row: Any, on: dt.date | None = None) -> list[str]:
    """Codes of `Reason` of a row of `to_review`, in their order."""
    on = on or clock.today()
    times, months = threshold("review.times_term", on), threshold("review.months", on)
    holds = {
        Reason.TERM: row.main_term > 0 and row.age > row.main_term * float(times.amount),
        Reason.MONTHS: row.age > _days_of_months(on, int(months.amount)),
        Reason.EXTENDED: threshold("review.extended", on).met(row.extended),
        Reason.REOPENED: threshold("review.reopened", on).met(row.reopened),
        Reason.LEVELS: row.second,
        Reason.CROWD: threshold("tcd.large_group", on).met(row.person_count),
    }
    return [reason.value for reason, held in holds.items() if held]


def reasons_words(codes: Iterable[str]) -> str:
    return "; ".join(str(Reason(code).label) for code in codes if code in Reason.values)


def _days_of_months(on: dt.date, months: int) -> int:
    """Calendar days from the same day so many months before."""
    year, month = divmod(on.year * 12 + on.month - 1 - months, 12)
    last = calendar.monthrange(year, month + 1)[1]
    return (on - dt.date(year, month + 1, min(on.day, last))).days


def _day(name: str) -> TruncDate:
    return TruncDate(name, tzinfo=timezone.get_default_timezone())


def _days(later: Any, earlier: Any) -> Func:
    return Func(
        later, earlier, template="(%(expressions)s)", arg_joiner=" - ", output_field=FloatField()
    )


def _longest() -> Any:
    mine = Duty.objects.filter(matter=OuterRef("pk")).order_by().values("matter")
    return mine.annotate(n=Max(_days(F("due_on"), _day("anchor_at")))).values("n")


def _first() -> Any:
    """The day on which its first term began: what waits as a draft is no delay of the authority."""
    mine = Duty.objects.filter(matter=OuterRef("pk"), due_on__gt=_day("anchor_at")).order_by()
    return mine.values("matter").annotate(day=Min(_day("anchor_at"))).values("day")


def _count(acts: list[str], *, after_close: bool = False) -> Coalesce:
    found = Entry.objects.filter(matter=OuterRef("pk"), act__in=acts)
    if after_close:
        # A request that was turned down leaves the matter as it was.
        found = found.exclude(before=F("after"))
    grouped = found.order_by().values("matter").annotate(n=Count("pk")).values("n")
    return Coalesce(Subquery(grouped, output_field=IntegerField()), Value(0))


def _second() -> Any:
    """Brought to another body as well: the letter says so, or that body has sent it here beside
    what the sender brought; or a room knows of a second instance."""
    letters = Submission.objects.filter(matter=OuterRef("pk"))
    elsewhere = letters.exclude(also_sent_to="")
    forwarded = letters.exclude(forwarded_by="")
    both = Q(submission_count__gte=2) & Q(Exists(forwarded))
    return ExpressionWrapper(Q(Exists(elsewhere)) | both | repeated(), output_field=BooleanField())
