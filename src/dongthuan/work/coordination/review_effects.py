"""What steps of a review change: figures fixed, signed by each side, adopted."""

from __future__ import annotations

from typing import cast

from django.utils import timezone
from django.utils.translation import gettext as _

from dongthuan.core import clock
from dongthuan.core.matters.errors import MatterError
from dongthuan.core.matters.kinds import StepContext
from dongthuan.core.matters.models import Projection
from dongthuan.core.matters.services import matter_act
from dongthuan.work.coordination.models import CoordinationPlan, PlanReview
from dongthuan.work.coordination.papers import review_lines
from dongthuan.work.coordination.reviewing import last_day, review_figures
from dongthuan.work.coordination.sides import said
from dongthuan.work.coordination.signing import signature_add, signatures_void
from dongthuan.work.coordination.text import digest_of


def _review(context: StepContext) -> PlanReview:
    return cast(PlanReview, context.matter)


def settle(context: StepContext) -> None:
    """From here on the figures are facts of this day, whatever happens later."""
    review = _review(context)
    if not (review.results and review.ahead):
        raise MatterError(_("Write what was reached and what lies ahead first."))
    # The draft may have been begun before the period was over.
    review.until = last_day(review.plan, final=review.is_final)
    review.figures = review_figures(review.plan, since=review.since, until=review.until)
    review.settled_at = context.now
    lines = review_lines(review)
    review.signed_text = "\n".join(lines)
    tasks = review.figures["tasks"]
    context.facts |= {"digest": digest_of(lines), "tasks": tasks["all"], "done": tasks["done"]}


def sign(context: StepContext) -> None:
    review = _review(context)
    digest = digest_of(review.signed_text.split("\n"))
    if not signature_add(context, review, digest):
        return
    context.target, review.decided_at = "adopted", context.now
    _publish(review)
    _plan_moves(context, review)


def _publish(review: PlanReview) -> None:
    Projection.objects.update_or_create(
        matter_id=review.pk,
        defaults={
            "code": review.code, "kind": review.kind, "state": "adopted", "title": review.title,
            "body": review.results, "unit": review.unit, "path": review.path,
            "opened_on": timezone.localdate(review.opened_at), "listed": True,
            "is_demo": review.is_demo, "search_text": f"{review.code}\n{review.title}",
        },
    )  # fmt: skip


def _plan_moves(context: StepContext, review: PlanReview) -> None:
    """An adopted review moves its plan; whoever signed last takes that step as well."""
    name, column = ("finish", "final_on") if review.is_final else ("midterm", "midterm_on")
    CoordinationPlan.objects.filter(pk=review.plan_id).update(**{column: clock.today()})
    matter_act(acting=context.acting, matter_id=review.plan_id, step_name=name)


def rework(context: StepContext) -> None:
    review = _review(context)
    reason = said(context.data["reason"], "reason", most=1000)
    signatures_void(acting=context.acting, matter=review, reason=reason)
    review.figures, review.settled_at, review.signed_text = {}, None, ""
