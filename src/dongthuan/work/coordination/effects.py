"""What steps of a plan change: exchanged, agreed, signed by each side, in force."""

from __future__ import annotations

import datetime as dt
from typing import cast

from django.utils.translation import gettext as _

from dongthuan.core import clock
from dongthuan.core.clock import noon
from dongthuan.core.matters.duties import duty_close
from dongthuan.core.matters.errors import Conflict, MatterError
from dongthuan.core.matters.kinds import StepContext
from dongthuan.core.matters.models import LinkRole, MatterLink
from dongthuan.work.coordination import sealing
from dongthuan.work.coordination.models import ClauseComment, CoordinationPlan
from dongthuan.work.coordination.opening import (
    meetings_end,
    meetings_open,
    plan_publish,
    tasks_open,
)
from dongthuan.work.coordination.planning import held, text_unfreeze
from dongthuan.work.coordination.sides import said, side_needed
from dongthuan.work.coordination.signing import signature_add, signatures_void
from dongthuan.work.coordination.text import digest_of, plan_lines


def _plan(context: StepContext) -> CoordinationPlan:
    return cast(CoordinationPlan, context.matter)


def exchange(context: StepContext) -> None:
    plan = _plan(context)
    side, _scope = side_needed(context.acting, plan)
    if not plan.clauses.filter(removed=False, section=3).exists():
        raise MatterError(_("Write at least one content of coordination (section III) first."))
    if not plan.is_amendment and not plan.lines.filter(removed=False).exists():
        raise MatterError(_("Write at least one task first."))
    plan.sent_by = side


def agree(context: StepContext) -> None:
    """A side agrees to the text as it stands; with both agreements it can be signed."""
    plan = _plan(context)
    side, _scope = side_needed(context.acting, plan)
    waiting = ClauseComment.objects.filter(clause__plan=plan, outcome="open").count()
    if waiting:
        raise MatterError(
            _("%(n)d comments are not answered yet; the text is agreed after that.")
            % {"n": waiting}
        )
    digest = digest_of(plan_lines(plan))
    if getattr(plan, f"agreed_{side}") == digest:
        raise MatterError(_("Your side has agreed to this text already."))
    setattr(plan, f"agreed_{side}", digest)
    context.facts |= {"side": side, "digest": digest}
    for duty in context.duties:
        if duty.is_running and duty.path == plan.unit_of(side).path:
            duty_close(duty=duty, now=context.now)
    if plan.agreed_partner == plan.agreed_office:
        context.target = "agreed"


def sign(context: StepContext) -> None:
    """The first signature freezes the text; the second brings the plan into force."""
    plan = _plan(context)
    if plan.amends is not None:
        held(plan.amends)  # nobody ends the plan between this look and the tasks it takes on
        plan.amends.refresh_from_db()
        if not plan.amends.runs:
            raise MatterError(_("The plan that this amends is no longer in force."))
    lines = plan_lines(plan)
    digest = digest_of(lines)
    if {plan.agreed_partner, plan.agreed_office} != {digest}:
        # A body was renamed, say: what both sides agreed to is not what would be signed.
        raise Conflict(_("The text is no longer the one both sides agreed to; take it back first."))
    plan.signed_text = "\n".join(lines)
    both = signature_add(context, plan, digest)
    sealing.plan_seal(plan, lines=lines, side=context.facts["side"])
    if both:
        _enter(context, plan)


def _enter(context: StepContext, plan: CoordinationPlan) -> None:
    plan.in_force_on, plan.decided_at = clock.today(), context.now
    context.target = "joined" if plan.is_amendment else "in_force"
    plan_publish(plan, context.target)
    tasks_open(acting=context.acting, plan=plan, now=context.now)
    if plan.upper_id:
        MatterLink.objects.get_or_create(
            matter_id=plan.pk, other_id=plan.upper_id, role=LinkRole.BELONGS.value
        )
    if plan.is_amendment:
        return
    meetings_open(acting=context.acting, plan=plan, now=context.now)
    context.opens += review_rules(plan)


def review_rules(plan: CoordinationPlan) -> list[tuple[str, str, dt.datetime]]:
    """The reviews that a plan owes: at mid-year where that lies before it, and at its end."""
    middle = dt.date(plan.year, 6, 30)
    rules = [("coord.review.final", "event", noon(plan.ends_on))]
    if plan.starts_on <= middle and clock.today() <= middle < plan.ends_on:
        rules.append(("coord.review.midterm", "event", noon(middle)))
    return rules


def rework(context: StepContext) -> None:
    plan = _plan(context)
    reason = said(context.data["reason"], "reason", most=1000)
    signatures_void(acting=context.acting, matter=plan, reason=reason)
    text_unfreeze(plan)


def withdraw(context: StepContext) -> None:
    plan = _plan(context)
    reason = said(context.data["reason"], "reason", most=1000)
    if plan.tasks.filter(closed_at=None).exists():
        raise MatterError(_("This plan has taken over running tasks; it cannot be given up."))
    if plan.lines.filter(removed=False, carries__isnull=False).exists():
        raise MatterError(_("Tasks of an earlier plan go on in this one; it cannot be given up."))
    signatures_void(acting=context.acting, matter=plan, reason=reason)


def end_ask(context: StepContext) -> None:
    """What two have signed one alone does not end: the other side agrees, or it stays."""
    plan = _plan(context)
    side, _scope = side_needed(context.acting, plan, heads=True)
    _settled_check(plan)
    plan.ending, plan.ending_reason = side, said(context.data["reason"], "reason", most=1000)
    context.facts["side"] = side


def end_keep(context: StepContext) -> None:
    """The other side keeps the plan, or the one that proposed it takes that back."""
    plan = _plan(context)
    said(context.data["reason"], "reason", most=1000)
    context.facts["side"], _scope = side_needed(context.acting, plan, heads=True)
    plan.ending = plan.ending_reason = ""


def end(context: StepContext) -> None:
    """A plan ends early when both sides want it and nothing of it is left open."""
    plan = _plan(context)
    side, _scope = side_needed(context.acting, plan, heads=True)
    if side == plan.ending:
        raise MatterError(_("Your side has proposed it; now the other side agrees to it or not."))
    _settled_check(plan)
    context.facts["side"] = side
    meetings_end(
        acting=context.acting, plan=plan, reason=plan.ending_reason, now=context.now
    )  # fmt: skip


def _settled_check(plan: CoordinationPlan) -> None:
    """Tasks are done, carried on or dropped first."""
    if not plan.tasks_settled:
        raise MatterError(
            _("%(n)d tasks are still open; carry them on or drop them with a reason first.")
            % {"n": plan.tasks.filter(closed_at=None).count()}
        )
