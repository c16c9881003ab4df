"""Figures for heads and the Party's secretary alone: numbers without the matters behind them."""

from __future__ import annotations

import datetime as dt

from django.db.models import F, OuterRef, Q, Subquery, Sum
from django.db.models.functions import Coalesce
from django.utils.translation import gettext_lazy as _

from dongthuan.core.matters.indicators import Figure, Indicator
from dongthuan.work.hotspots.models import Hotspot, PlannedContact, Visit


def resolved(path: str, since: dt.date, until: dt.date) -> Figure:
    """Hot spots closed within the period, and not back since."""
    here = Hotspot.objects.filter(path__startswith=path, closed_on__range=(since, until))
    return Figure(here.filter(state__in=["closed", "settled"]).count())


def contact_kept(path: str, since: dt.date, until: dt.date) -> Figure:
    """Lines of contact plans whose period ends here: those with all their turns, of all."""
    done = (
        Visit.objects.filter(
            hotspot=OuterRef("hotspot"), group=OuterRef("group"), area=OuterRef("area"),
            on__gte=OuterRef("since"), on__lte=OuterRef("until"),
        )
        .order_by()
        .values("hotspot")
        .annotate(n=Sum("turns"))
        .values("n")
    )  # fmt: skip
    lines = PlannedContact.objects.filter(
        hotspot__path__startswith=path, until__range=(since, until)
    ).annotate(done=Coalesce(Subquery(done), 0))
    return Figure(lines.filter(Q(done__gte=F("turns"))).count(), lines.count())


RESOLVED = Indicator(
    "hotspots.resolved",
    _("Hot spots resolved"),
    "number",
    _("Closed within the period and not back since; for the leadership, without the matters."),
    resolved,
    inner=True,
)
CONTACT = Indicator(
    "hotspots.contact",
    _("Contact plans kept at hot spots"),
    "percent",
    _("Planned contacts that ended within the period with all their turns; without the matters."),
    contact_kept,
    inner=True,
)
