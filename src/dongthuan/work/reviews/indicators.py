"""What can be counted of reviews."""

from __future__ import annotations

import datetime as dt

from django.utils.translation import gettext_lazy as _

from dongthuan.core.clock import noon
from dongthuan.core.matters.indicators import Figure, Indicator, register_indicator
from dongthuan.core.matters.models import Level, Matter


def concluded(path: str, since: dt.date, until: dt.date) -> Figure:
    """Of the reviews opened in the period, those that ended with measures."""
    half = dt.timedelta(hours=12)
    base = Matter.objects.filter(
        kind="case_review", path__startswith=path, level__lt=Level.RESTRICTED,
        opened_at__gte=noon(since) - half, opened_at__lt=noon(until) + half,
    )  # fmt: skip
    met = base.filter(state="concluded")
    return Figure(met.count(), base.count(), base, met)


def indicators_register() -> None:
    register_indicator(
        Indicator(
            key="reviews.concluded",
            label=_("Reviews of long-running matters concluded"),
            measure="percent",
            how=_("Reviews opened in the period that ended with measures, of all opened in it."),
            count=concluded,
        )
    )
