"""What steps of a social criticism change: the draft, the points, what was taken up of them."""

from __future__ import annotations

from typing import cast

from django.utils.translation import gettext as _

from dongthuan.core import clock
from dongthuan.core.clock import noon
from dongthuan.core.matters.duties import duty_broken
from dongthuan.core.matters.errors import MatterError
from dongthuan.core.matters.kinds import StepContext
from dongthuan.core.matters.models import DutyState, Projection
from dongthuan.core.text import clean
from dongthuan.work.recommendations import rules
from dongthuan.work.recommendations.models import Criticism, Point
from dongthuan.work.recommendations.paragraphs import paragraphs_of

BEFORE = "mttq.criticism.draft_before"
MOST_POINTS = 200


def _row(context: StepContext) -> Criticism:
    return cast(Criticism, context.matter)


def send(context: StepContext) -> None:
    row = _row(context)
    if clock.today() > row.submits_on:
        raise MatterError(_("The day of submission has passed; put it off first."))
    row.document, row.sent_on = clean(context.data["document"]), clock.today()


def opine(context: StepContext) -> None:
    """Each paragraph is a point that must be answered; none: there is no objection."""
    row, data = _row(context), context.data
    row.form = data["form"]
    row.opinion = rules.said(data["opinion"], "opinion", most=5000)
    row.opinion_document, row.opined_on = clean(data["document"]), clock.today()
    points = paragraphs_of(data.get("points", ""))
    if len(points) > MOST_POINTS:
        raise MatterError(_("At most 200 points."), field="points")
    texts = [rules.said(text, "points", most=3000) for text in points]
    Point.objects.bulk_create(
        Point(criticism=row, number=number, text=text) for number, text in enumerate(texts, start=1)
    )
    row.has_points = bool(points)
    context.facts["points_count"] = len(points)
    if not points:
        context.target = "agreed"


def answer(context: StepContext) -> None:
    """Nothing is left open: every point is answered, and what is refused has its reason."""
    row = _row(context)
    for point in row.points.all():
        if not point.taken:
            raise MatterError(
                _("Point %(n)d is not answered yet.") % {"n": point.number}, field="document"
            )
    row.reply_document, row.answered_on = clean(context.data["document"]), clock.today()
    row.decided_at = context.now
    taken = [point.taken for point in row.points.all()]
    context.facts |= {
        "taken": taken.count(Point.Taken.YES),
        "taken_partly": taken.count(Point.Taken.PARTLY),
        "not_taken": taken.count(Point.Taken.NO),
    }
    Projection.objects.filter(pk=row.pk).update(
        answer="\n".join(f"{p.number}. {p.get_taken_display()}" for p in row.points.all())
    )


def move(context: StepContext) -> None:
    """A later submission gives a later day for the draft; a day already missed stays missed."""
    row, day = _row(context), context.data["submits_on"]
    rules.said(context.data["reason"], "reason", most=2000)
    if day <= row.submits_on:
        raise MatterError(_("The new day must lie after the old one."), field="submits_on")
    context.facts["due_before"] = row.submits_on.isoformat()
    row.submits_on = day
    for duty in context.duties:
        if duty.rule == BEFORE:
            late = duty_broken(duty, context.now)
            duty.state = DutyState.LATE if late else DutyState.WAIVED
            duty.closed_at, duty.reason = context.now, str(context.data["reason"])[:300]
    if row.state == "planned":
        context.opens.append((BEFORE, "event", noon(day)))


def drop(context: StepContext) -> None:
    rules.said(context.data["reason"], "reason", most=2000)
