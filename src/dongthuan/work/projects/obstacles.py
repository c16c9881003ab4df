"""Obstacles (vướng mắc): named by any partner, given to one body, solved together, verified.

What one body cannot solve goes to the body above, which owes an answer.
"""

from __future__ import annotations

from typing import cast

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from dongthuan.core import clock
from dongthuan.core.clock import noon
from dongthuan.core.matters.creation import matter_create, parties_set
from dongthuan.core.matters.duties import duties_open, duty_close
from dongthuan.core.matters.errors import MatterError, NotAllowed
from dongthuan.core.matters.kinds import Ask, Kind, Opens, State, Step, StepContext
from dongthuan.core.matters.models import Audience, DutyState, Level
from dongthuan.core.people.actors import Actor
from dongthuan.core.units.models import Role, Tier, Unit
from dongthuan.work.projects.checks import (
    BODIES,
    WORK,
    public_text,
    seen_check,
    speaks_for,
    works_check,
)
from dongthuan.work.projects.models import Obstacle, Project
from dongthuan.work.projects.parties import partners_of, party_add
from dongthuan.work.projects.public import public_hide

RULE = "project.obstacle"
BASIS = "Quy chế phối hợp thực hiện dự án của địa phương"
OPEN = ("raised", "assigned", "agreed", "escalated")
REASON = Ask("reason", "lines", gettext_lazy("Reason"), max_length=1000)
PAPER = Ask("papers", "paper", gettext_lazy("Document"), required=False)


def _obstacle(context: StepContext) -> Obstacle:
    return cast(Obstacle, context.matter)


def _public(context: StepContext, name: str) -> str:
    return public_text(str(context.data.get(name, "")), name, 5000)


def _due_anew(context: StepContext, reason: str) -> None:
    """The duty of the body that owes the solution; the earlier day stands in the record."""
    obstacle = _obstacle(context)
    for duty in context.duties:
        if duty.rule == RULE and duty.is_running:
            duty_close(duty=duty, now=context.now, state=DutyState.WAIVED, reason=reason)
            duty.save(update_fields=["state", "closed_at", "reason"])
    if obstacle.due_on is None:
        return
    context.duties += duties_open(
        matter=obstacle, rules=[(RULE, "promised", noon(obstacle.due_on))], now=context.now,
        owner=obstacle.responsible,
    )  # fmt: skip


def responsible_units(project: Project) -> list[Unit]:
    """Bodies to which a task or an obstacle of the project can be given."""
    area = (project.unit.parent or project.unit).path
    organs = Unit.objects.in_force(clock.today()).filter(path__startswith=area, tier=Tier.ORGAN)
    villages = project.villages.all()
    found = {unit.pk: unit for unit in (*organs, *villages, *partners_of(project))}
    return sorted(found.values(), key=lambda unit: unit.path)


def _assign(context: StepContext) -> None:
    obstacle = _obstacle(context)
    project = Project.objects.select_related("unit__parent").get(pk=obstacle.parent_id or 0)
    said = str(context.data["owner"]).casefold()
    found = [unit for unit in responsible_units(project) if said in _names(unit)]
    if len(found) != 1:
        raise MatterError(_("That body has no part in this project."), field="owner")
    unit = found[0]
    obstacle.responsible, obstacle.due_on = unit, context.data["until"]
    context.facts["owner"] = unit.name
    parties_set(matter=obstacle, parties=[*_bodies(obstacle), unit])
    party_add(project=project, unit=unit)
    _due_anew(context, _("given to %(name)s") % {"name": unit.name})


def _names(unit: Unit) -> set[str]:
    return {name.casefold() for name in (unit.code, unit.name, unit.short_name) if name}


def _bodies(obstacle: Obstacle) -> list[Unit]:
    return list(Unit.objects.filter(path__in=obstacle.parties))


def _agree(context: StepContext) -> None:
    """A joint solution: when one met, who was there, what was agreed, until when."""
    obstacle = _obstacle(context)
    obstacle.met_on = context.data["met_on"]
    obstacle.present = public_text(context.data["present"], "present", 500)
    obstacle.solution = _public(context, "solution")
    if until := context.data.get("until"):
        if obstacle.due_on:
            context.facts["due_before"] = obstacle.due_on.isoformat()
        obstacle.due_on = until
        _due_anew(context, _("a new day was agreed"))


def _solve(context: StepContext) -> None:
    obstacle = _obstacle(context)
    obstacle.done_on = clock.today()
    obstacle.report = _public(context, "report")


def _again(context: StepContext) -> None:
    """Verification failed: it is owed again, by the same body, until a new day."""
    obstacle = _obstacle(context)
    obstacle.done_on, obstacle.due_on = None, context.data["until"]
    _due_anew(context, str(context.data["reason"]))


def _escalate(context: StepContext) -> None:
    """Brought to the body above; who had to solve it is no longer late from here on."""
    obstacle = _obstacle(context)
    upper = upper_of(obstacle.unit)
    if upper is None:
        raise MatterError(_("No body above this unit uses the system."))
    public_text(context.data["reason"], "reason", 1000)
    obstacle.upper = upper
    parties_set(matter=obstacle, parties=[*_bodies(obstacle), upper])
    context.facts["to"] = upper.name


def _answer(context: StepContext) -> None:
    obstacle = _obstacle(context)
    obstacle.upper_answer = _public(context, "answer")
    # Brought up before it was given to anybody, it falls back on the unit of the project.
    obstacle.responsible = obstacle.responsible or obstacle.unit
    obstacle.due_on = context.data["until"]
    _due_anew(context, _("answered by the body above"))


def upper_of(unit: Unit) -> Unit | None:
    """The People's Committee of the province above the area of a unit."""
    area = unit.parent or unit
    above = area.parent
    if above is None:
        return None
    return Unit.objects.in_force(clock.today()).filter(code=f"{above.code}-ubnd").first()


ASSIGN = Step(
    name="assign",
    label=gettext_lazy("Give it to a responsible body"),
    source=("raised", "assigned"),
    target="assigned",
    roles=WORK,
    basis=BASIS,
    asks=(
        Ask("owner", "text", gettext_lazy("Responsible body (name or code)"), max_length=200),
        Ask("until", "future", gettext_lazy("To be solved until")),
    ),
    closes=("project.obstacle.owner",),
    audience=Audience.PUBLIC,
    effect=_assign,
)
AGREE = Step(
    name="agree",
    label=gettext_lazy("Record the solution agreed together"),
    source=("assigned", "agreed"),
    target="agreed",
    roles=WORK,
    basis=BASIS,
    asks=(
        Ask("met_on", "date", gettext_lazy("Day of the joint meeting")),
        Ask("present", "text", gettext_lazy("Bodies that took part"), max_length=500),
        Ask("solution", "lines", gettext_lazy("Solution agreed")),
        Ask("until", "future", gettext_lazy("New day, if another was agreed"), required=False),
        PAPER,
    ),
    audience=Audience.PUBLIC,
    effect=_agree,
)
SOLVE = Step(
    name="solve",
    label=gettext_lazy("Report that it is solved"),
    source=("assigned", "agreed"),
    target="solved",
    roles=BODIES,
    by=("responsible",),
    basis=BASIS,
    asks=(Ask("report", "lines", gettext_lazy("How it was solved")), PAPER),
    closes=(RULE,),
    opens=(Opens("project.obstacle.verify"),),
    audience=Audience.PUBLIC,
    effect=_solve,
)
VERIFY = Step(
    name="verify",
    label=gettext_lazy("Confirm that it is solved"),
    source=("solved",),
    target="verified",
    roles=WORK,
    basis=BASIS,
    closes=("project.obstacle.verify",),
    audience=Audience.PUBLIC,
)
AGAIN = Step(
    name="again",
    label=gettext_lazy("It is not solved: give it back"),
    source=("solved",),
    target="assigned",
    roles=WORK,
    basis=BASIS,
    asks=(REASON, Ask("until", "future", gettext_lazy("To be solved until"))),
    closes=("project.obstacle.verify",),
    audience=Audience.PUBLIC,
    effect=_again,
)
ESCALATE = Step(
    name="escalate",
    label=gettext_lazy("Bring it to the body above"),
    source=("raised", "assigned", "agreed"),
    target="escalated",
    roles=(Role.HEAD,),
    basis=BASIS,
    asks=(
        REASON,
        Ask("document", "text", gettext_lazy("Number and symbol of the document"), max_length=80),
        PAPER,
    ),
    closes=("project.obstacle.owner",),
    waives=(RULE,),
    opens=(Opens("project.obstacle.upper", owner="upper"),),
    audience=Audience.PUBLIC,
    effect=_escalate,
)
ANSWER = Step(
    name="answer",
    label=gettext_lazy("Answer from above"),
    source=("escalated",),
    target="agreed",
    roles=BODIES,
    by=("upper",),
    basis=BASIS,
    asks=(
        Ask("answer", "lines", gettext_lazy("Answer")),
        Ask("document", "text", gettext_lazy("Number and symbol of the document"), max_length=80),
        Ask("until", "future", gettext_lazy("To be solved until")),
        PAPER,
    ),
    closes=("project.obstacle.upper",),
    audience=Audience.PUBLIC,
    effect=_answer,
)
DROP = Step(
    name="drop",
    label=gettext_lazy("It is no obstacle any more"),
    source=OPEN,
    target="dropped",
    roles=(Role.HEAD,),
    basis=BASIS,
    asks=(REASON,),
    waives=("*",),
    audience=Audience.PUBLIC,
    grave=True,
)
OBSTACLE = Kind(
    "obstacle",
    gettext_lazy("obstacle in a project (vướng mắc)"),
    (
        State("raised", gettext_lazy("named"), gettext_lazy("named"), "waiting"),
        State("assigned", gettext_lazy("being solved"), gettext_lazy("being solved"), "active"),
        State("agreed", gettext_lazy("solution agreed"), gettext_lazy("solution agreed"), "active"),
        State("escalated", gettext_lazy("with the body above"),
              gettext_lazy("with the body above"), "waiting"),
        State("solved", gettext_lazy("solved, to be verified"), gettext_lazy("solved"), "good"),
        State("verified", gettext_lazy("solved and verified"),
              gettext_lazy("solved and verified"), "good", final=True),
        State("dropped", gettext_lazy("no longer there"), gettext_lazy("no longer there"),
              final=True),
    ),
    (ASSIGN, AGREE, SOLVE, VERIFY, AGAIN, ESCALATE, ANSWER, DROP),
    Level.PARTNER,
    counts_as_case=False,
)  # fmt: skip


@transaction.atomic
def obstacle_create(
    *, acting: Actor, project: Project, what: str, raised_by: Unit, where: str = ""
) -> Obstacle:
    """Name an obstacle of a project, as the unit of the project or a body with a part in it.

    `what` and `where` are public. The unit of the project owes to give it to a responsible body
    (rule project.obstacle.owner). Raises MatterError with its field, NotAllowed.
    """
    seen_check(acting, project)
    if not speaks_for(acting, raised_by):
        raise NotAllowed(_("You speak only for your own body."))
    if raised_by.path != project.path and raised_by.path not in project.parties:
        works_check(acting, project.unit)  # an office of the unit itself
    if not project.is_open:
        raise MatterError(_("The project is closed; nothing can be added to it."))
    what = public_text(what, "what", 2000, needed=_("Write what stands in the way."))
    now = clock.now()
    obstacle = matter_create(
        acting=acting, model=Obstacle, kind="obstacle", unit=project.unit,
        title=what.splitlines()[0][:200], body=what, what=what,
        act="obstacle.raised", parent=project,
        place=project.place, parties=[*partners_of(project), raised_by], is_demo=project.is_demo,
        rules=[("project.obstacle.owner", "received", now)], now=now,
        facts={"raised_by": raised_by.name}, raised_by=raised_by,
        where=public_text(where, "where", 300),
    )  # fmt: skip
    if not project.is_public:
        public_hide(obstacle)
    return obstacle
