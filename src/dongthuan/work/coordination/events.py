"""Joint inspections, extra meetings, and what is promised in either."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from django.db import transaction
from django.utils.translation import gettext as _

from dongthuan.core import clock
from dongthuan.core.clock import noon
from dongthuan.core.matters import policies
from dongthuan.core.matters.creation import matter_create
from dongthuan.core.matters.errors import MatterError, NotAllowed
from dongthuan.core.matters.models import Audience, Matter
from dongthuan.core.matters.promises import promise_write
from dongthuan.core.people.actors import Actor, area_of
from dongthuan.core.units.models import Unit
from dongthuan.work.coordination.models import CoordinationPlan, JointInspection, PlanMeeting
from dongthuan.work.coordination.planning import held
from dongthuan.work.coordination.sides import said, side_needed


@transaction.atomic
def inspection_create(
    *, acting: Actor, plan: CoordinationPlan, day: dt.date, targets: Sequence[Unit], content: str
) -> JointInspection:
    """Plan a joint inspection of bodies of this level. Raises NotAllowed, MatterError."""
    plan = held(plan)
    side_needed(acting, plan)
    if not plan.runs or plan.is_amendment:
        raise MatterError(_("Only under a plan in force is inspected."))
    if not clock.today() <= day <= plan.ends_on:
        raise MatterError(_("The day lies between today and the plan's last day."), field="day")
    area = area_of(plan.path)
    if not targets or any(not unit.path.startswith(area) for unit in targets):
        raise MatterError(_("Choose the bodies of this level that are inspected."), field="targets")
    content = said(content, "content", most=3000, needed=_("Write what is inspected."))
    names = ", ".join(unit.short_name for unit in targets)
    made = matter_create(
        acting=acting, model=JointInspection, kind="joint_inspection", unit=plan.unit,
        title=f"Kiểm tra phối hợp: {names}"[:200], act="joint_inspection.planned", parent=plan,
        parties=[plan.office, *targets], listed=False, audience=Audience.PETITIONER,
        rules=[("coord.inspection.hold", "promised", noon(day))], is_demo=plan.is_demo,
        plan=plan, day=day, content=content, facts={"until": day.isoformat()},
    )  # fmt: skip
    made.targets.set(targets)
    return made


@transaction.atomic
def event_promise(
    *, acting: Actor, event: PlanMeeting | JointInspection, unit: Unit, what: str, due_on: dt.date,
    document: str,
) -> Matter:  # fmt: skip
    """Write down what was promised in a meeting or inspection: who owes it, until when.

    `unit` is a body of this level. Raises NotAllowed, MatterError (unit, what, due_on, document).
    """
    if not policies.may_see(acting, event):
        raise NotAllowed(_("There is no such matter, or you may not see it."))
    side_needed(acting, event)
    if event.state not in ("held", "inspected", "reported"):
        raise MatterError(_("A promise is written down after the meeting or inspection."))
    if not unit.path.startswith(area_of(event.path)):
        raise MatterError(_("Choose a body of this level."), field="unit")
    return promise_write(
        acting=acting, origin=event, unit=unit, what=what, due_on=due_on, document=document
    )
