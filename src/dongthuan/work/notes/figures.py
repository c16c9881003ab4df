"""Figures of a situation note out of core's indicators, and what can be counted of notes."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.db.models import Q
from django.db.models.functions import TruncDate
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from dongthuan.core import clock
from dongthuan.core.matters.indicators import Figure, Indicator, all_indicators, indicator_of
from dongthuan.core.matters.models import Duty, DutyState, Matter
from dongthuan.core.people.actors import area_of
from dongthuan.work.notes.models import InformationNote, SituationNote

ACKNOWLEDGE = "note.acknowledge"


def indicator_choices() -> list[tuple[str, str]]:
    return [(one.key, str(one.label)) for one in all_indicators()]


def figures_count(note: SituationNote) -> list[dict[str, Any]]:
    """The chosen indicators over the area of the note's author in its period, as plain rows."""
    rows = []
    path = area_of(note.author.path)
    for key in note.keys:
        indicator = indicator_of(key)
        if indicator is None:
            continue
        figure = indicator.count(path, note.since, note.until)
        rows.append(
            {
                "key": key, "label": str(indicator.label), "measure": indicator.measure,
                "value": figure.value, "numerator": figure.numerator,
                "denominator": figure.denominator, "how": str(indicator.how),
                "source": "Đồng Thuận",
                "parts": [
                    {"label": part.label, "value": part.value, "how": part.how}
                    for part in figure.parts
                ],
            }
        )  # fmt: skip
    return rows


def acknowledged_on_time(path: str, since: dt.date, until: dt.date) -> Figure:
    """Of the notes to a body and all below it whose last day to acknowledge lies in the period and
    has come, or that were acknowledged before it: those acknowledged in time."""
    duties = Duty.objects.filter(
        rule=ACKNOWLEDGE, path__startswith=path, due_on__range=(since, until)
    ).filter(Q(due_on__lt=clock.today()) | ~Q(state=DutyState.OPEN))
    duties = duties.exclude(state=DutyState.WAIVED)
    met = duties.filter(state=DutyState.FULFILLED)
    return Figure(
        met.count(),
        duties.count(),
        matters=Matter.objects.filter(pk__in=duties.values("matter")),
        met=Matter.objects.filter(pk__in=met.values("matter")),
    )


def exchanged(path: str, since: dt.date, until: dt.date) -> Figure:
    """Notes that a body and all below it have sent in the period."""
    here = timezone.get_default_timezone()
    rows = (
        InformationNote.objects.filter(path__startswith=path)
        .annotate(on=TruncDate("opened_at", tzinfo=here))
        .filter(on__gte=since, on__lte=until)
        .exclude(state="withdrawn")
    )
    found = Matter.objects.filter(pk__in=rows.values("pk"))
    return Figure(rows.count(), matters=found, met=found)


INDICATORS = (
    Indicator(
        "notes.exchanged", _("Information notes sent"), "number",
        _("Notes that the bodies of the area have sent to each other in the period."), exchanged,
    ),
    Indicator(
        "notes.acknowledged_on_time", _("Information notes acknowledged in time"), "percent",
        _("Notes whose last day to acknowledge lies in the period, and that were acknowledged by"
          " then, of all such notes."),
        acknowledged_on_time,
    ),
)  # fmt: skip
