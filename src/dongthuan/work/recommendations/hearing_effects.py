"""What steps of a hearing change: its day, its agenda, its minutes."""

from __future__ import annotations

from typing import cast

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from dongthuan.core import clock
from dongthuan.core.matters.duties import duty_close
from dongthuan.core.matters.errors import MatterError
from dongthuan.core.matters.kinds import StepContext, kind_of
from dongthuan.core.matters.models import Level, Projection
from dongthuan.core.people.actors import area_of
from dongthuan.core.text import clean
from dongthuan.work.recommendations import rules
from dongthuan.work.recommendations.models import (
    AgendaItem,
    BodyRecommendation,
    Hearing,
    Source,
)

# What the Front answers for: its own, that of its organisations, of the boards and of the voters.
HEARD = (
    Source.FRONT, Source.WOMEN, Source.YOUTH, Source.FARMERS, Source.VETERANS, Source.TRADE_UNION,
    Source.BOARD, Source.VOTERS,
)  # fmt: skip
MOST = 500


def _row(context: StepContext) -> Hearing:
    return cast(Hearing, context.matter)


def open_of(hearing: Hearing) -> QuerySet[BodyRecommendation]:
    """Open recommendations to the authorities of the place, the oldest first."""
    finals = kind_of("body_recommendation").final_states
    return (
        BodyRecommendation.objects.filter(
            path__startswith=area_of(hearing.path), source__in=HEARD, sent_on__isnull=False,
            level__lt=Level.RESTRICTED,
        )
        .exclude(state__in=finals)
        .order_by("sent_on", "pk")
    )  # fmt: skip


def agenda_assemble(hearing: Hearing) -> int:
    """Set the agenda from what is open today; returns how many items it has."""
    today = clock.today()
    hearing.agenda.all().delete()
    rows = open_of(hearing).values_list("pk", "state", "next_due_on")[:MOST]
    made = AgendaItem.objects.bulk_create(
        AgendaItem(
            hearing=hearing, recommendation_id=pk, number=number, state=state,
            was_late=due is not None and due < today,
        )
        for number, (pk, state, due) in enumerate(rows, start=1)
    )  # fmt: skip
    return len(made)


def convene(context: StepContext) -> None:
    _placed(context)
    context.facts["items"] = agenda_assemble(_row(context))


def refresh(context: StepContext) -> None:
    context.facts["items"] = agenda_assemble(_row(context))


def move(context: StepContext) -> None:
    rules.said(context.data["reason"], "reason", most=2000)
    _placed(context)


def _placed(context: StepContext) -> None:
    row = _row(context)
    row.on = context.data["on"]
    row.venue = rules.said(context.data["venue"], "venue", most=200)


def report(context: StepContext) -> None:
    _row(context).report = rules.said(context.data["report"], "report", most=20_000)


def hold(context: StepContext) -> None:
    row, data = _row(context), context.data
    if row.on is None or row.on > clock.today():
        raise MatterError(_("The day of the hearing has not come yet."))
    row.present = data["present"]
    row.minutes = rules.said(data["minutes"], "minutes", most=20_000)
    row.conclusion = rules.said(data["conclusion"], "conclusion", most=10_000)
    row.document = clean(data["document"])
    Projection.objects.filter(pk=row.pk).update(answer=row.conclusion)


def miss(context: StepContext) -> None:
    """Not held: the duty is broken, whatever the reason says; before its day it still is owed."""
    rules.said(context.data["reason"], "reason", most=2000)
    for duty in context.duties:
        if duty.due_on >= clock.today():
            raise MatterError(_("The half-year is not over; the hearing is still owed."))
        duty_close(duty=duty, now=context.now)
