"""The early warning as a figure: how many topics rise at a place, and a line for each."""

from __future__ import annotations

import datetime as dt

from django.db.models import Q
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from dongthuan.core import clock
from dongthuan.core.matters.indicators import Figure, Indicator, Part
from dongthuan.core.matters.models import Matter
from dongthuan.core.ui.templatetags.ui import vnnumber
from dongthuan.core.units.models import Unit
from dongthuan.insight.radar.selectors import Signal, matters_behind, reading


def signals_at_end(path: str, since: dt.date, until: dt.date) -> Figure:
    """Signals of an area on the last day of the period, or today if that has not come."""
    area = Unit.objects.filter(path=path).first()
    if area is None:
        return Figure(0)
    signals = reading(area=area, until=min(until, clock.today())).signals
    behind = Matter.objects.none()
    if signals:
        counted = Q(pk__in=[])
        for signal in signals:
            counted |= Q(pk__in=matters_behind(area=area, signal=signal).values("pk"))
        behind = Matter.objects.filter(counted)
    return Figure(len(signals), matters=behind, met=behind, parts=tuple(map(part_of, signals)))


def part_of(signal: Signal) -> Part:
    """A signal as a line of a paper."""
    return Part(
        label=f"{signal.topic_label}, {signal.where}",
        value=str(signal.rise.now),
        how=_("matters from %(since)s to %(until)s; %(usual)s is usual for so many days")
        % {
            "since": f"{signal.since:%d/%m/%Y}",
            "until": f"{signal.until:%d/%m/%Y}",
            "usual": number(signal.rise.usual),
        },
    )


def number(value: float) -> str:
    """One digit after the comma, none where it is a whole number: 1,2 and 3.

    Two where it is so small that it would look like nothing: 0,02.
    """
    rounded = round(value, 1 if value >= 0.05 else 2)
    return vnnumber(int(rounded) if rounded == int(rounded) else rounded)


def sentence(signal: Signal) -> str:
    """What a signal says, as the first words of a note or of a hot spot."""
    rise = signal.rise
    return ngettext(
        "From %(since)s to %(until)s there is %(n)d matter on “%(topic)s” at %(place)s; %(usual)s"
        " is usual for so many days.",
        "From %(since)s to %(until)s there are %(n)d matters on “%(topic)s” at %(place)s; %(usual)s"
        " is usual for so many days.",
        rise.now,
    ) % {
        "since": f"{signal.since:%d/%m/%Y}", "until": f"{signal.until:%d/%m/%Y}", "n": rise.now,
        "topic": signal.topic_label, "place": signal.where, "usual": number(rise.usual),
    }  # fmt: skip


SIGNALS = Indicator(
    "radar.signals",
    gettext_lazy("Topics that rise at a place"),
    "number",
    gettext_lazy(
        "Topics of which clearly more matters came in at a place than is usual there and around it,"
        " on the last day of the period; topics and places, never persons."
    ),
    signals_at_end,
    better="down",
    aim=False,
)
