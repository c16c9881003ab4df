"""Mid-term and final reviews: figures assembled by the system, assessments written by both sides.

What is counted, all of it from rows (`review_figures`):
* tasks of the plan by state, with light and day, as they stand when the figures are fixed; counted
  figures run to the last day of the period;
* duties of these tasks: kept in time, late (fulfilled late or still owed after their day), open;
* promises given in the plan's meetings and inspections, the same way;
* meetings owed whose period lies in the review's, and how many of them were held;
* joint inspections planned in the period, and how many took place;
* what is open and is carried over.
"""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.db import transaction
from django.utils import translation
from django.utils.translation import gettext as _

from dongthuan.core import clock
from dongthuan.core.matters.creation import matter_create
from dongthuan.core.matters.entries import entry_append
from dongthuan.core.matters.errors import Conflict, MatterError
from dongthuan.core.matters.models import Audience, Duty, DutyState, Matter, Projection
from dongthuan.core.people.actors import Actor
from dongthuan.work.coordination.measuring import Row, rows_of
from dongthuan.work.coordination.models import CoordinationPlan, PlanReview
from dongthuan.work.coordination.planning import held
from dongthuan.work.coordination.sides import office_now, said, side_needed
from dongthuan.work.coordination.text import plain

TEXTS = ("results", "limits", "causes", "ahead")
MOST = 10_000


@transaction.atomic
def review_create(*, acting: Actor, plan: CoordinationPlan, sort: str) -> PlanReview:
    """Begin a review of a plan in force; its figures run along until they are fixed.

    A mid-term review ends on 30 June (or today, if that is earlier), a final one on the plan's last
    day (or today). Raises NotAllowed, MatterError.
    """
    plan = held(plan)
    side_needed(acting, plan)
    if not plan.runs or plan.is_amendment:
        raise MatterError(_("Only a plan in force is reviewed."))
    if sort not in PlanReview.Sort.values:
        raise MatterError(_("Choose which review it is."), field="sort")
    if plan.reviews.exclude(state="discarded").filter(sort=sort).exists():
        raise MatterError(_("This review has begun already."), field="sort")
    final = sort == PlanReview.Sort.FINAL
    if not final and plan.state != "in_force":
        raise MatterError(_("The mid-term review is adopted already."), field="sort")
    with translation.override("vi"):
        title = f"{'Tổng kết' if final else 'Sơ kết'} {plan.title}"
    made = matter_create(
        acting=acting, model=PlanReview, kind="plan_review", unit=plan.unit, title=title[:200],
        act="plan_review.begun", parent=plan, parties=[office_now(plan)], listed=False,
        audience=Audience.PETITIONER, is_demo=plan.is_demo, plan=plan, sort=sort,
        since=plan.starts_on, until=last_day(plan, final=final), facts={"sort": sort},
    )  # fmt: skip
    Projection.objects.filter(pk=made.pk).delete()
    return made


def last_day(plan: CoordinationPlan, *, final: bool) -> dt.date:
    """The last day that a review counts, as far as it has come; never before the plan's first."""
    end = plan.ends_on if final else min(dt.date(plan.year, 6, 30), plan.ends_on)
    return max(min(end, clock.today()), plan.starts_on)


@transaction.atomic
def review_edit(
    *, acting: Actor, review: PlanReview, version: int | None = None, **texts: str
) -> PlanReview:
    """Write the assessments (`results`, `limits`, `causes`, `ahead`) while figures still run."""
    Matter.objects.select_for_update().filter(pk=review.pk).first()
    review = PlanReview.objects.select_related("unit", "plan__office").get(pk=review.pk)
    side, _scope = side_needed(acting, review)
    if version is not None and version != review.version:
        raise Conflict(_("The matter was changed meanwhile; look at it again."))
    if review.state != "drafted":
        raise MatterError(_("The review is laid down for signing; take it back to change it."))
    for name in TEXTS:
        if name in texts:
            setattr(review, name, said(texts[name], name, most=MOST))
    review.version += 1
    review.save()
    entry_append(
        matter=review, act="plan_review.edited", acting=acting, audience=Audience.PETITIONER,
        before=review.state, after=review.state, facts={"side": side},
    )  # fmt: skip
    return review


# -- figures --------------------------------------------------------------------------------------


def figures_of(review: PlanReview) -> dict[str, Any]:
    """The review's figures: frozen ones once they were fixed, else those of now."""
    if review.settled_at:
        return dict(review.figures)
    until = last_day(review.plan, final=review.is_final)
    return review_figures(review.plan, since=review.since, until=until)


def review_figures(plan: CoordinationPlan, *, since: dt.date, until: dt.date) -> dict[str, Any]:
    """What the head of this module says, as plain JSON in Vietnamese; about ten queries."""
    with translation.override("vi"):
        tasks = plan.tasks.select_related("line__lead", "plan", "unit").order_by("line__position")
        rows = rows_of(tasks, until=until)
        ids = [row.task.pk for row in rows]
        events = Matter.objects.filter(parent=plan, kind__in=["plan_meeting", "joint_inspection"])
        return {
            "since": since.isoformat(),
            "until": until.isoformat(),
            "tasks": _by_state(rows),
            "rows": [_row(row) for row in rows],
            "duties": _kept(Duty.objects.filter(matter__in=ids, rule="coord.task.keep"), until),
            "promises": _kept(
                Duty.objects.filter(matter__kind="promise", matter__parent__in=events), until
            ),
            "meetings": _meetings(plan, since, until),
            "inspections": _inspections(plan, since, until),
            "carried": [_row(row) for row in rows if row.task.is_open],
        }


def _by_state(rows: list[Row]) -> dict[str, int]:
    counts = dict.fromkeys(("planned", "doing", "done", "carried", "dropped"), 0)
    for row in rows:
        counts[row.task.state] += 1
    late = sum(row.light.name == "late" for row in rows)
    return {"all": len(rows), **counts, "late": late}


def _row(row: Row) -> dict[str, Any]:
    task, one = row.task, row.measured
    figure = one.figure
    return {
        "code": task.code, "title": task.title, "lead": task.unit.name, "state": task.state,
        "due_on": task.due_on.isoformat(), "light": row.light.name, "tone": row.light.tone,
        "why": row.why, "indicator": task.line.indicator, "bound": task.line.bound,
        "value": None if one.value is None else str(one.value), "value_text": row.value_text,
        "target": None if task.line.target is None else plain(task.line.target),
        "percent": one.percent,
        "numerator": figure.numerator if figure else None,
        "denominator": figure.denominator if figure else None,
    }  # fmt: skip


def _kept(duties: Any, until: dt.date) -> dict[str, int]:
    """Of duties: kept in time, late; `open` those not done whose day lies after the period, or has
    not passed yet. The last day of the period belongs to it: what was due then and is not done
    the day after is late."""
    tally = {"due": 0, "kept": 0, "late": 0, "open": 0}
    today = clock.today()
    for state, due_on in duties.values_list("state", "due_on"):
        if state in (DutyState.WAIVED, DutyState.TRANSFERRED):
            continue
        if state == DutyState.OPEN and (due_on > until or due_on >= today):
            tally["open"] += 1
            continue
        tally["due"] += 1
        tally["kept" if state == DutyState.FULFILLED else "late"] += 1
    return tally


def _meetings(plan: CoordinationPlan, since: dt.date, until: dt.date) -> dict[str, int]:
    rows = plan.meetings.filter(period_to__gte=since, period_to__lte=until)
    states = list(rows.values_list("state", "held_on", "period_to"))
    held_ = [row for row in states if row[0] == "held"]
    in_time = sum(1 for _state, on, end in held_ if on and on <= end)
    return {
        "owed": len(states), "held": len(held_), "in_time": in_time,
        "late": len(held_) - in_time, "missing": len(states) - len(held_),
    }  # fmt: skip


def _inspections(plan: CoordinationPlan, since: dt.date, until: dt.date) -> dict[str, int]:
    rows = plan.inspections.filter(day__gte=since, day__lte=until).exclude(state="cancelled")
    states = list(rows.values_list("state", flat=True))
    return {
        "planned": len(states),
        "held": sum(state != "planned" for state in states),
        "reported": states.count("reported"),
        "open": states.count("planned"),
    }
