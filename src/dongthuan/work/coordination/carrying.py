"""What is open at the end goes on: into next year's plan, or to whoever took a unit's place."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from django.db import transaction
from django.utils.translation import gettext as _

from dongthuan.core import clock
from dongthuan.core.matters import policies
from dongthuan.core.matters.duties import DUTY_COLUMNS, duty_close
from dongthuan.core.matters.entries import entry_append
from dongthuan.core.matters.errors import MatterError, NotAllowed
from dongthuan.core.matters.models import Audience, Duty, DutyState, Matter
from dongthuan.core.matters.services import matter_act, matter_settle, projection_sync
from dongthuan.core.people.actors import Actor, area_of
from dongthuan.core.text import clean
from dongthuan.core.units.models import Succession, Unit
from dongthuan.work.coordination.models import (
    WRITABLE,
    CoordinationPlan,
    CoordinationTask,
    TaskLine,
)
from dongthuan.work.coordination.opening import task_open
from dongthuan.work.coordination.planning import plan_write, text_changed
from dongthuan.work.coordination.sides import side_of


def plan_for_carrying(acting: Actor, task: CoordinationTask, code: str) -> CoordinationPlan:
    """The draft that takes a task on: of the same two sides, of a later year, still writable."""
    found = (
        CoordinationPlan.objects.filter(policies.visible_to(acting), code=clean(code))
        .select_related("unit", "office")
        .first()
    )
    if found is None:
        raise MatterError(_("There is no such plan, or you may not see it."), field="into")
    later = found.year > task.plan.year or (
        found.year == task.plan.year and _takes_over(found, task)
    )
    if not later:  # an amendment of the task's own plan would only give it another day
        raise MatterError(_("A task is carried into a later plan."), field="into")
    if found.state not in WRITABLE:
        raise MatterError(
            _("That plan is signed or ended; a task is carried into a plan still being drafted."),
            field="into",
        )
    if not (_same_sides(found, task) or _takes_over(found, task)):
        raise MatterError(
            _("A task goes into a plan of the same two sides, or of who took their place."),
            field="into",
        )
    return found


def _same_sides(found: CoordinationPlan, task: CoordinationTask) -> bool:
    plan = task.plan
    return (found.unit_id, found.office_id) == (plan.unit_id, plan.office_id)


def _takes_over(found: CoordinationPlan, task: CoordinationTask) -> bool:
    """Whether the plan is one of a body that took the place of the task's side."""
    return Succession.objects.filter(
        predecessor=task.plan.unit_id, successor=found.unit_id
    ).exists()


def line_carry(
    *, acting: Actor, task: CoordinationTask, into: CoordinationPlan, due_on: dt.date, reason: str,
    lead: Unit | None = None,
) -> TaskLine:  # fmt: skip
    """Write a task into another plan's list; both records say where it came from and went.

    `lead`: whoever took the lead's place. Raises MatterError (until) for a day outside the plan.
    """
    if not into.starts_on <= due_on <= into.ends_on:
        raise MatterError(_("The day lies outside the year of that plan."), field="until")
    if TaskLine.objects.filter(plan=into, carries=task, removed=False).exists():
        raise MatterError(_("That plan has taken this task on already."), field="into")
    old = task.line
    made = TaskLine.objects.create(
        plan=into, position=into.lines.count() + 1, content=old.content, title=old.title,
        lead=lead or old.lead, place=old.place, due_on=due_on, bound=old.bound,
        indicator=old.indicator, measure=old.measure, baseline=old.baseline, target=old.target,
        better=old.better, carries=task,
    )  # fmt: skip
    if lead is None:
        made.supports.set(old.supports.all())
    entry_append(
        matter=into, act="coordination_plan.line_carried", acting=acting,
        audience=Audience.PETITIONER, before=into.state, after=into.state,
        facts={"origin": task.code, "due_before": task.due_on.isoformat(),
               "until": due_on.isoformat(), "reason": reason},
    )  # fmt: skip
    text_changed(acting=acting, plan=into, reason=_("a task was carried on"))
    return made


def tasks_carry(
    *, acting: Actor, plan: CoordinationPlan, into: CoordinationPlan, until: dt.date, reason: str
) -> int:
    """Carry everything that is open of a plan into the next one. Returns how many tasks went.

    All or none. Raises as the step “carry” does.
    """
    with transaction.atomic():
        rows = list(plan.tasks.filter(closed_at=None).order_by("pk"))
        for task in rows:
            matter_act(
                acting=acting, matter_id=task.pk, step_name="carry",
                data={"into": into.code, "until": until, "reason": reason},
            )  # fmt: skip
    return len(rows)


# -- a unit that ends -----------------------------------------------------------------------------


@transaction.atomic
def plan_hand_over(
    *, acting: Actor, plan: CoordinationPlan, document: str, reason: str
) -> list[CoordinationPlan]:
    """The plan of a unit that ends goes on in those of its successors; returns those plans.

    A task with a place goes to the successor of its place, one of the whole unit to all of them;
    its day stays, and it is owed from the first day: a promise does not end with an office. Where a
    successor has no plan of the year yet, its draft is opened with what it takes over. Raises
    NotAllowed for who belongs to neither the old nor a new side, MatterError otherwise.
    """
    Matter.objects.select_for_update().filter(pk=plan.pk).first()
    plan = CoordinationPlan.objects.select_related("unit", "office").get(pk=plan.pk)
    pairs = heirs_of(plan)
    if not pairs:
        raise MatterError(_("%(name)s has no successors.") % {"name": plan.unit.name})
    _may_hand_over(acting, plan, pairs)
    open_tasks = list(
        plan.tasks.filter(closed_at=None).select_related("line__lead", "line__place", "plan")
        .order_by("pk")
    )  # fmt: skip
    made = {partner.pk: _successor_plan(acting, plan, partner, office) for partner, office in pairs}
    for task in open_tasks:
        heirs = _of_place(task, [partner for partner, _office in pairs])
        for partner in heirs:
            _go_on(acting, task, made[partner.pk], reason)
        _close_carried(acting, task, [made[partner.pk] for partner in heirs], document, reason)
    entry_append(
        matter=plan, act="coordination_plan.handed_over", acting=acting, audience=Audience.PUBLIC,
        before=plan.state, after=plan.state,
        facts={"document": document, "reason": reason, "tasks": len(open_tasks),
               "into": ", ".join(one.code for one in made.values())},
    )  # fmt: skip
    return list(made.values())


def heirs_of(plan: CoordinationPlan) -> list[tuple[Unit, Unit]]:
    """(partner, People's Committee) of each successor, in the order of their names."""
    rows = Succession.objects.filter(predecessor__in=[plan.unit_id, plan.office_id]).select_related(
        "successor"
    )
    by_area: dict[str, dict[int, Unit]] = {}
    for row in rows:
        area = area_of(row.successor.path)
        by_area.setdefault(area, {})[row.predecessor_id] = row.successor
    pairs = [
        (heirs[plan.unit_id], heirs[plan.office_id])
        for heirs in by_area.values()
        if plan.unit_id in heirs and plan.office_id in heirs
    ]
    return sorted(pairs, key=lambda pair: (pair[0].sort_key, pair[0].code))


def _may_hand_over(
    acting: Actor, plan: CoordinationPlan, pairs: Sequence[tuple[Unit, Unit]]
) -> None:
    if acting.is_system or side_of(acting, plan, heads=True):
        return
    units = [unit for pair in pairs for unit in pair]
    if not any(
        unit.path.startswith(scope.unit_path)
        for scope in acting.scopes_of("head", "partner_head")
        for unit in units
    ):
        raise NotAllowed(_("Only heads of the old or the new sides hand a plan over."))


def _successor_plan(
    acting: Actor, plan: CoordinationPlan, partner: Unit, office: Unit
) -> CoordinationPlan:
    there = (
        CoordinationPlan.objects.filter(unit=partner, year=plan.year, amends=None)
        .exclude(state__in=["withdrawn", "closed", "ended"])
        .exclude(pk=plan.pk)
        .select_related("unit", "office")
        .first()
    )
    if there is not None:
        return there
    day = max(partner.valid_from, dt.date(plan.year, 1, 1))
    return plan_write(
        acting=acting, partner=partner, office=office, year=plan.year, theme=plan.theme,
        economic_plan="", starts_on=day, ends_on=dt.date(plan.year, 12, 31), upper=None,
        continues=plan, is_demo=plan.is_demo,
    )  # fmt: skip


def _of_place(task: CoordinationTask, partners: Sequence[Unit]) -> list[Unit]:
    """Whose the task becomes: the successor in whose area its place lies now, else everybody's."""
    place = task.line.place
    if place is None:
        return list(partners)
    now = Succession.objects.filter(predecessor=place).values_list("successor__path", flat=True)
    paths = [*now, place.path]
    own = [
        partner
        for partner in partners
        if any(path.startswith(area_of(partner.path)) for path in paths)
    ]
    return own or list(partners)


def _go_on(acting: Actor, task: CoordinationTask, into: CoordinationPlan, reason: str) -> None:
    lead = _heir_in(task.line.lead, into)
    due_on = min(max(task.due_on, into.starts_on), into.ends_on)
    line = line_carry(
        acting=acting, task=task, into=into, due_on=due_on, reason=reason, lead=lead
    )  # fmt: skip
    if into.state not in ("closed", "ended"):
        task_open(acting=acting, plan=into, line=line, now=clock.now())


def _heir_in(lead: Unit, into: CoordinationPlan) -> Unit:
    """Who leads it there: the successor of the old lead in that area, else its office."""
    area = area_of(into.path)
    row = (
        Succession.objects.filter(predecessor=lead, successor__path__startswith=area)
        .select_related("successor")
        .order_by("id")
        .first()
    )
    return row.successor if row else into.office


def _close_carried(
    acting: Actor,
    task: CoordinationTask,
    into: Sequence[CoordinationPlan],
    document: str,
    reason: str,
) -> None:
    before, now = task.state, clock.now()
    duties = list(Duty.objects.filter(matter=task, state__in=[DutyState.OPEN, DutyState.PAUSED]))
    for duty in duties:
        # What was missed before the successors began gets a later day there: it stays broken here.
        same = all(plan.starts_on <= duty.due_on for plan in into)
        duty_close(duty=duty, now=now, state=DutyState.TRANSFERRED, reason=reason, carried=same)
    Duty.objects.bulk_update(duties, DUTY_COLUMNS)
    task.state, task.closed_at, task.version = "carried", now, task.version + 1
    task.save(update_fields=["state", "closed_at", "version"])
    entry_append(
        matter=task, act="coordination_task.carry", acting=acting, audience=Audience.PUBLIC,
        before=before, after="carried", at=now,
        facts={"into": ", ".join(plan.code for plan in into), "document": document,
               "reason": reason},
    )  # fmt: skip
    matter_settle(matter=task, duties=duties)
    projection_sync(matter=task)
