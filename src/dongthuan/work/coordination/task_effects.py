"""What steps of tasks, meetings and inspections change."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import cast

from django.utils.translation import gettext as _

from dongthuan.core import clock
from dongthuan.core.clock import noon
from dongthuan.core.matters.duties import duty_close
from dongthuan.core.matters.errors import MatterError
from dongthuan.core.matters.kinds import StepContext
from dongthuan.core.matters.models import DutyState
from dongthuan.work.coordination.carrying import line_carry, plan_for_carrying
from dongthuan.work.coordination.measuring import measured
from dongthuan.work.coordination.models import (
    CoordinationTask,
    JointInspection,
    PlanMeeting,
)
from dongthuan.work.coordination.opening import KEEP
from dongthuan.work.coordination.sides import said


def _task(context: StepContext) -> CoordinationTask:
    return cast(CoordinationTask, context.matter)


def _value(context: StepContext, task: CoordinationTask) -> Decimal | None:
    """A typed figure, with its evidence; one that the system counts is never typed."""
    value: Decimal | None = context.data.get("value")
    if value is None:
        return None
    if task.line.bound:
        raise MatterError(
            _("The system counts this figure itself; it cannot be typed."), field="value"
        )
    if not context.papers:
        raise MatterError(_("Attach the evidence for this figure."), field="papers")
    task.value, task.value_on = Decimal(value), clock.today()
    return value


def report(context: StepContext) -> None:
    task = _task(context)
    task.report = said(context.data["report"], "report", most=3000)
    _value(context, task)


def obstacle(context: StepContext) -> None:
    _task(context).blocked_by = said(context.data["obstacle"], "obstacle", most=1000)


def clear(context: StepContext) -> None:
    said(context.data["report"], "report", most=1000)
    _task(context).blocked_by = ""


def complete(context: StepContext) -> None:
    """Done is what has its evidence and, where there is a target, has reached it."""
    task = _task(context)
    task.report = said(context.data["report"], "report", most=3000)
    _value(context, task)
    if not context.papers:
        raise MatterError(_("A task is done with its evidence; attach it."), field="papers")
    reached = measured([task])[task.pk]
    if reached.missing:
        raise MatterError(reached.missing, field="value" if task.is_typed else "report")
    context.facts |= reached.facts
    task.done_on, task.blocked_by = clock.today(), ""


def postpone(context: StepContext) -> None:
    """The old day stands in the record; a day that has passed cannot be moved."""
    task, until = _task(context), cast(dt.date, context.data["until"])
    reason = said(context.data["reason"], "reason", most=1000)
    if task.due_on < clock.today():
        raise MatterError(_("The day has passed; the task can no longer be postponed."))
    if until <= task.due_on:
        raise MatterError(_("The new day must lie after the old one."), field="until")
    if until > task.plan.ends_on:
        raise MatterError(
            _("The plan ends before that day; carry the task into the next plan."), field="until"
        )
    context.facts["due_before"] = task.due_on.isoformat()
    for duty in context.duties:
        if duty.rule == KEEP and duty.is_running:
            duty_close(duty=duty, now=context.now, state=DutyState.WAIVED, reason=reason)
    task.due_on = until
    context.opens.append((KEEP, "promised", noon(until)))


def carry(context: StepContext) -> None:
    """What is not done goes into the draft of the next plan, with its new day and why."""
    task, until = _task(context), cast(dt.date, context.data["until"])
    reason = said(context.data["reason"], "reason", most=1000)
    plan = plan_for_carrying(context.acting, task, context.data["into"])
    line_carry(acting=context.acting, task=task, into=plan, due_on=until, reason=reason)
    for duty in context.duties:
        if duty.rule == KEEP and duty.is_running:
            duty_close(duty=duty, now=context.now, state=DutyState.TRANSFERRED, reason=reason)


def drop(context: StepContext) -> None:
    said(context.data["reason"], "reason", most=1000)


def reasoned(context: StepContext) -> None:
    said(context.data["reason"], "reason", most=1000)


# -- meetings and inspections ---------------------------------------------------------------------


def invite(context: StepContext) -> None:
    meeting = cast(PlanMeeting, context.matter)
    meeting.invited_for = context.data["on"]
    meeting.venue = said(context.data["venue"], "venue", most=200)
    meeting.agenda = said(context.data["agenda"], "agenda", most=3000)


def hold(context: StepContext) -> None:
    """A meeting counts for the period in which it was held."""
    meeting, on = cast(PlanMeeting, context.matter), cast(dt.date, context.data["on"])
    if on < meeting.period_from:
        raise MatterError(_("That day lies before the period of this meeting."), field="on")
    meeting.held_on = on
    meeting.present = said(context.data["present"], "present", most=500)
    meeting.minutes = said(context.data["minutes"], "minutes", most=10_000)
    meeting.document = said(context.data["document"], "document", most=80)


def inspect(context: StepContext) -> None:
    inspection = cast(JointInspection, context.matter)
    if context.data["on"] < inspection.plan.starts_on:
        raise MatterError(_("That day lies before the plan."), field="on")
    inspection.held_on = context.data["on"]
    inspection.findings = said(context.data["findings"], "findings", most=10_000)


def result(context: StepContext) -> None:
    cast(JointInspection, context.matter).report = said(
        context.data["report"], "report", most=10_000
    )
