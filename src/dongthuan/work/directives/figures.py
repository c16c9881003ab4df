"""What can be counted of directives: how many were signed, how many orders were done in time."""

from __future__ import annotations

import datetime as dt

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from dongthuan.core import clock
from dongthuan.core.matters.indicators import Figure, Indicator
from dongthuan.core.matters.models import Duty, DutyState, Level, Matter
from dongthuan.work.directives.models import Directive

UNSIGNED = ("draft", "dropped")


def issued(path: str, since: dt.date, until: dt.date) -> Figure:
    rows = Directive.objects.filter(
        path__startswith=path, signed_on__range=(since, until), level__lt=Level.RESTRICTED
    ).exclude(state__in=UNSIGNED)
    found = Matter.objects.filter(pk__in=rows.values("pk"))
    return Figure(rows.count(), matters=found, met=found)


def orders_on_time(path: str, since: dt.date, until: dt.date) -> Figure:
    """Of the orders to a body and all below it with a day in the period that has passed, or that
    were done before it: those that missed none. Counted by the promises, not by the day that the
    order has now: a later day given after a missed one mends nothing."""
    due = Duty.objects.filter(
        rule="dir.order", path__startswith=path, due_on__range=(since, until)
    ).exclude(state__in=[DutyState.WAIVED, DutyState.TRANSFERRED])
    due = due.filter(Q(due_on__lt=clock.today()) | ~Q(state=DutyState.OPEN))
    base = Matter.objects.filter(pk__in=due.values("matter"), level__lt=Level.RESTRICTED)
    met = base.exclude(pk__in=due.exclude(state=DutyState.FULFILLED).values("matter"))
    return Figure(met.count(), base.count(), matters=base, met=met)


INDICATORS = (
    Indicator(
        "directives.issued", _("Directing documents issued"), "number",
        _("Documents of the body and of those below it whose day lies in the period."), issued,
    ),
    Indicator(
        "directives.orders_on_time", _("Orders of directing documents done in time"), "percent",
        _("Orders whose day lies in the period and that were done by it, of all that were due."),
        orders_on_time,
    ),
)  # fmt: skip
