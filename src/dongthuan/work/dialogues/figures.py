"""What the system counts of dialogues: held, questions answered in time, promises kept."""

from __future__ import annotations

import datetime as dt

from django.db.models import F, OuterRef, Q, Subquery
from django.utils.translation import gettext_lazy as _

from dongthuan.core import clock
from dongthuan.core.matters.indicators import Figure, Indicator
from dongthuan.core.matters.models import Duty, DutyState, Matter
from dongthuan.core.matters.promises import RULE as KEEP
from dongthuan.work.dialogues import rules
from dongthuan.work.dialogues.models import HELD, Dialogue, Question

KINDS = ("dialogue", "yearly_dialogue")


def held(path: str, first: dt.date, last: dt.date) -> Figure:
    """Dialogues held in the days, by whoever led them."""
    rows = Dialogue.objects.filter(
        path__startswith=path, state__in=HELD, held_at__date__range=(first, last)
    )
    matters = Matter.objects.filter(pk__in=rows.values("pk"))
    return Figure(rows.count(), matters=matters, met=matters)


def answered(path: str, first: dt.date, last: dt.date) -> Figure:
    """Questions taken up at dialogues of the days that came to an end before the conclusion was
    due; what is still open and not yet due is not counted."""
    due = Duty.objects.filter(
        matter=OuterRef("dialogue"), rule__in=[rules.CONCLUDE, rules.CONCLUDE_LOCAL]
    ).order_by("-id")
    rows = Question.objects.filter(
        dialogue__path__startswith=path, dialogue__state__in=HELD,
        dialogue__held_at__date__range=(first, last), state=Question.State.SHOWN,
    ).annotate(due=Subquery(due.values("due_on")[:1]))  # fmt: skip
    ripe = rows.filter(~Q(outcome="") | Q(due__lt=clock.today()))
    met = ripe.exclude(outcome="").filter(settled_at__date__lte=F("due"))
    return Figure(
        met.count(), ripe.count(),
        matters=Matter.objects.filter(pk__in=ripe.values("dialogue")),
        met=Matter.objects.filter(pk__in=met.values("dialogue")),
    )  # fmt: skip


def kept(path: str, first: dt.date, last: dt.date) -> Figure:
    """Promises of dialogues due in the days; met: done on the day or before."""
    rows = Duty.objects.filter(
        Q(state__in=[DutyState.FULFILLED, DutyState.LATE])
        | Q(state=DutyState.OPEN, due_on__lt=clock.today()),
        rule=KEEP, path__startswith=path, due_on__range=(first, last),
        matter__kind="promise", matter__parent__kind__in=KINDS,
    )  # fmt: skip
    met = rows.filter(state=DutyState.FULFILLED)
    return Figure(
        met.count(), rows.count(),
        matters=Matter.objects.filter(pk__in=rows.values("matter")),
        met=Matter.objects.filter(pk__in=met.values("matter")),
    )  # fmt: skip


INDICATORS = (
    Indicator(
        "dialogues.held", _("dialogues of heads held"), "number",
        _("Dialogues whose meeting was recorded, by the day on which they were held."), held,
    ),
    Indicator(
        "dialogues.answered_in_time", _("questions at dialogues that came to their end in time"),
        "percent",
        _("Of the questions taken up: answered, promised, taken in or declined with a reason"
          " before the notice of conclusion was due."), answered,
    ),
    Indicator(
        "dialogues.promises_kept", _("promises of dialogues kept in time"), "percent",
        _("Of the promises given at dialogues whose day has come: done on that day or before."),
        kept,
    ),
)  # fmt: skip
