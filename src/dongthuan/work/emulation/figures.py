"""What can be counted of the movement: figures that plans and the leadership page open."""

from __future__ import annotations

import datetime as dt

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from dongthuan.core.clock import noon
from dongthuan.core.matters.indicators import Figure, Indicator, register_indicator
from dongthuan.core.matters.models import Level, Matter
from dongthuan.work.emulation.models import EmulationModel


def _within(path: str) -> QuerySet[EmulationModel]:
    return EmulationModel.objects.filter(path__startswith=path, level__lt=Level.RESTRICTED)


def _opened(path: str, since: dt.date, until: dt.date) -> QuerySet[EmulationModel]:
    first, after = noon(since).replace(hour=0), noon(until + dt.timedelta(days=1)).replace(hour=0)
    found = _within(path).filter(opened_at__gte=first, opened_at__lt=after)
    return found.exclude(state="withdrawn")


def _figure(rows: QuerySet[EmulationModel]) -> Figure:
    matters = Matter.objects.filter(pk__in=rows.values("pk"))
    return Figure(numerator=rows.count(), matters=matters, met=matters)


def registered(path: str, since: dt.date, until: dt.date) -> Figure:
    return _figure(_opened(path, since, until))


def recognised(path: str, since: dt.date, until: dt.date) -> Figure:
    return _figure(_within(path).filter(awarded_on__gte=since, awarded_on__lte=until))


def copied(path: str, since: dt.date, until: dt.date) -> Figure:
    return _figure(_opened(path, since, until).exclude(copies=None))


def register_all() -> None:
    for key, label, how, count in (
        ("emulation.registered", _("Models registered"),
         _("Models registered in the period and not withdrawn."), registered),
        ("emulation.recognised", _("Models recognised"),
         _("Models whose latest decision of recognition was signed in the period."), recognised),
        ("emulation.copied", _("Models that copy another"),
         _("Models registered in the period that take over a recognised one."), copied),
    ):  # fmt: skip
        register_indicator(Indicator(key, label, "number", how, count))
