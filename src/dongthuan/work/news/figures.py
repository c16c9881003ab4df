"""What can be counted of the news."""

from __future__ import annotations

import datetime as dt

from django.utils.translation import gettext_lazy as _

from dongthuan.core.clock import noon
from dongthuan.core.matters.indicators import Figure, Indicator, register_indicator
from dongthuan.core.matters.models import Matter
from dongthuan.work.news.models import Article


def articles(path: str, since: dt.date, until: dt.date) -> Figure:
    first, after = noon(since).replace(hour=0), noon(until + dt.timedelta(days=1)).replace(hour=0)
    rows = Article.objects.filter(
        path__startswith=path, published_at__gte=first, published_at__lt=after
    )
    matters = Matter.objects.filter(pk__in=rows.values("pk"))
    return Figure(numerator=rows.count(), matters=matters, met=matters)


def register_all() -> None:
    register_indicator(
        Indicator(
            "news.articles", _("Articles published"), "number",
            _("Articles that appeared in the period."), articles,
        )
    )  # fmt: skip
