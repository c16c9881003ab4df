"""What a plan in force opens: its public page, its tasks, the meetings that are owed."""

from __future__ import annotations

import datetime as dt

from django.utils import timezone

from dongthuan.core import clock
from dongthuan.core.clock import noon
from dongthuan.core.law import load_rulebook
from dongthuan.core.law.values import Frequency
from dongthuan.core.matters.creation import matter_create
from dongthuan.core.matters.duties import DUTY_COLUMNS, duty_close
from dongthuan.core.matters.entries import entry_append
from dongthuan.core.matters.models import (
    Audience,
    Duty,
    DutyState,
    LinkRole,
    MatterLink,
    Projection,
)
from dongthuan.core.matters.services import matter_settle, projection_sync
from dongthuan.core.people.actors import Actor
from dongthuan.work.coordination.models import (
    CoordinationPlan,
    CoordinationTask,
    PlanMeeting,
    TaskLine,
    quarter_ends,
)
from dongthuan.work.coordination.text import line_text

KEEP = "coord.task.keep"
MONTHS = {"month": 1, "quarter": 3, "year": 12}


def plan_publish(plan: CoordinationPlan, state: str) -> None:
    """From its second signature on a plan is public; before, nothing of it is."""
    Projection.objects.update_or_create(
        matter_id=plan.pk,
        defaults={
            "code": plan.code, "kind": plan.kind, "state": state, "title": plan.title,
            "body": plan.theme, "unit": plan.unit, "path": plan.path,
            "opened_on": timezone.localdate(plan.opened_at), "listed": True,
            "is_demo": plan.is_demo, "search_text": f"{plan.code}\n{plan.title}\n{plan.theme}",
        },
    )  # fmt: skip


def tasks_open(*, acting: Actor, plan: CoordinationPlan, now: dt.datetime) -> int:
    """Open a task for each line that has none yet; those of an amendment join the plan itself."""
    home = plan.amends or plan
    lines = (
        plan.lines.filter(removed=False, task=None)
        .select_related("lead", "place", "carries")
        .prefetch_related("supports")
    )
    rows = list(lines)
    for line in rows:
        task_open(acting=acting, plan=home, line=line, now=now)
    return len(rows)


def task_open(
    *, acting: Actor, plan: CoordinationPlan, line: TaskLine, now: dt.datetime
) -> CoordinationTask:
    """One task: the lead unit owes it on its day (coord.task.keep); others have a part in it."""
    parties = {plan.unit, plan.office, *line.supports.all()} - {line.lead}
    task = matter_create(
        acting=acting, model=CoordinationTask, kind="coordination_task", unit=line.lead,
        title=line.title, body=line_text(line), act="coordination_task.given", parent=plan,
        place=line.place, parties=sorted(parties, key=lambda unit: unit.path), now=now,
        rules=[(KEEP, "promised", noon(line.due_on))], is_demo=plan.is_demo,
        facts={"plan": plan.code, "until": line.due_on.isoformat()},
        plan=plan, line=line, due_on=line.due_on,
    )  # fmt: skip
    if line.carries_id:
        MatterLink.objects.get_or_create(
            matter_id=task.pk, other_id=line.carries_id, role=LinkRole.CARRIES_ON.value
        )
        entry_append(
            matter=task, act="coordination_task.carries_on", acting=acting,
            audience=Audience.PUBLIC, after=task.state, at=now,
            facts={"origin": line.carries.code if line.carries else ""},
        )  # fmt: skip
    return task


def meetings_open(*, acting: Actor, plan: CoordinationPlan, now: dt.datetime) -> int:
    """The meetings that the regulation owes in what is left of the plan's year, each on its own."""
    rate = load_rulebook().value("coord.meetings", on=clock.today())
    months = MONTHS[rate.unit] * rate.each if isinstance(rate, Frequency) else 3
    first = max(plan.starts_on, clock.today())
    periods = quarter_ends(dt.date(plan.year, 1, 1), plan.ends_on, months)
    periods = [(start, end) for start, end in periods if end >= first]
    for start, end in periods:
        meeting_open(acting=acting, plan=plan, since=start, until=end, now=now)
    return len(periods)


def meeting_open(
    *, acting: Actor, plan: CoordinationPlan, since: dt.date, until: dt.date, now: dt.datetime
) -> PlanMeeting:
    """A meeting owed by the last day of its period; a period without one is a broken duty."""
    title = f"Họp giao ban phối hợp {since:%m/%Y}–{until:%m/%Y}"
    return matter_create(
        acting=acting, model=PlanMeeting, kind="plan_meeting", unit=plan.unit, title=title,
        act="plan_meeting.owed", parent=plan, parties=[plan.office], listed=False, now=now,
        rules=[("coord.meeting.hold", "promised", noon(until))], is_demo=plan.is_demo,
        audience=Audience.PETITIONER, plan=plan, period_from=since, period_to=until,
    )  # fmt: skip


def meetings_end(*, acting: Actor, plan: CoordinationPlan, reason: str, now: dt.datetime) -> None:
    """A plan that ends early owes no more meetings; one that was missed before stays missed."""
    for meeting in plan.meetings.filter(closed_at=None).order_by("pk"):
        before = meeting.state
        duties = list(Duty.objects.filter(matter=meeting, state=DutyState.OPEN))
        for duty in duties:
            duty_close(duty=duty, now=now, state=DutyState.WAIVED, reason=reason)
        Duty.objects.bulk_update(duties, DUTY_COLUMNS)
        meeting.state, meeting.closed_at, meeting.version = "missed", now, meeting.version + 1
        meeting.save(update_fields=["state", "closed_at", "version"])
        entry_append(
            matter=meeting, act="plan_meeting.miss", acting=acting, audience=Audience.PETITIONER,
            before=before, after="missed", at=now, facts={"reason": reason},
        )  # fmt: skip
        matter_settle(matter=meeting, duties=duties)
        projection_sync(matter=meeting)
