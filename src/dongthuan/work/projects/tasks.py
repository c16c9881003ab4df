"""Task division (phân công nhiệm vụ): each part of a project is owed by one body until a day."""

from __future__ import annotations

import datetime as dt
from typing import cast

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from dongthuan.core import clock
from dongthuan.core.clock import noon
from dongthuan.core.matters.creation import matter_create
from dongthuan.core.matters.duties import duties_open, duty_close
from dongthuan.core.matters.errors import MatterError
from dongthuan.core.matters.kinds import Ask, Kind, State, Step, StepContext
from dongthuan.core.matters.models import Audience, DutyState, Level
from dongthuan.core.people.actors import Actor
from dongthuan.core.units.models import Role, Unit
from dongthuan.work.projects.checks import BODIES, order_check, public_text, seen_check, works_check
from dongthuan.work.projects.models import Project, ProjectTask
from dongthuan.work.projects.parties import partners_of, party_add
from dongthuan.work.projects.public import public_hide

RULE = "project.task"
BASIS = "Văn bản phân công nhiệm vụ"
REASON = Ask("reason", "lines", gettext_lazy("Reason"), max_length=1000)
PAPER = Ask("papers", "paper", gettext_lazy("Evidence"), required=False)


def _done(context: StepContext) -> None:
    task = cast(ProjectTask, context.matter)
    order_check(context.data["done_on"], clock.today(), "done_on")
    task.done_on = context.data["done_on"]
    task.evidence = public_text(context.data["report"], "report", 5000)


def _reopen(context: StepContext) -> None:
    """What was reported stays in the record; the task itself is undone again."""
    task = cast(ProjectTask, context.matter)
    task.done_on, task.evidence = None, ""
    _postpone(context)


def _postpone(context: StepContext) -> None:
    """The old day stands in the record; the duty stays that of the body that owes the task."""
    task = cast(ProjectTask, context.matter)
    until: dt.date = context.data["until"]
    if until <= task.due_on:
        raise MatterError(_("The new day must lie after the old one."), field="until")
    context.facts["due_before"] = task.due_on.isoformat()
    for duty in context.duties:
        if duty.rule == RULE:
            reason = str(context.data["reason"])
            duty_close(duty=duty, now=context.now, state=DutyState.WAIVED, reason=reason)
            duty.save(update_fields=["state", "closed_at", "reason"])
    task.due_on = until
    context.duties += duties_open(
        matter=task,
        rules=[(RULE, "promised", noon(until))],
        now=context.now,
        owner=task.responsible,
    )


DONE = Step(
    name="done",
    label=gettext_lazy("Record that it was done"),
    source=("given",),
    target="done",
    roles=BODIES,
    by=("responsible",),
    basis=BASIS,
    asks=(
        Ask("done_on", "date", gettext_lazy("Day on which it was done")),
        Ask("report", "lines", gettext_lazy("What was done, where it can be seen")),
        PAPER,
    ),
    closes=(RULE,),
    audience=Audience.PUBLIC,
    effect=_done,
)
POSTPONE = Step(
    name="postpone",
    label=gettext_lazy("Postpone with a reason"),
    source=("given",),
    target="",
    roles=(Role.HEAD,),
    basis=BASIS,
    asks=(Ask("until", "future", gettext_lazy("New day")), REASON),
    audience=Audience.PUBLIC,
    effect=_postpone,
)
REOPEN = Step(
    name="reopen",
    label=gettext_lazy("It was not done: give it back"),
    source=("done",),
    target="given",
    roles=(Role.HEAD,),
    basis=BASIS,
    asks=(Ask("until", "future", gettext_lazy("New day")), REASON),
    audience=Audience.PUBLIC,
    effect=_reopen,
)
WITHDRAW = Step(
    name="withdraw",
    label=gettext_lazy("Take the task back"),
    source=("given",),
    target="withdrawn",
    roles=(Role.HEAD,),
    basis=BASIS,
    asks=(REASON,),
    waives=("*",),
    audience=Audience.PUBLIC,
    grave=True,
)
TASK = Kind(
    "projecttask",
    gettext_lazy("task in a project (nhiệm vụ)"),
    (
        State("given", gettext_lazy("given"), gettext_lazy("given"), "active"),
        State("done", gettext_lazy("done"), gettext_lazy("done"), "good", final=True),
        State("withdrawn", gettext_lazy("taken back"), gettext_lazy("taken back"), final=True),
    ),
    (DONE, POSTPONE, REOPEN, WITHDRAW),
    Level.PARTNER,
    counts_as_case=False,
)


@transaction.atomic
def task_create(
    *,
    acting: Actor,
    project: Project,
    what: str,
    responsible: Unit,
    due_on: dt.date,
    document: str,
    support: str = "",
) -> ProjectTask:
    """Give a part of a project to a body, which then owes it on `due_on` (rule project.task).

    `what` and `support` are public. Raises MatterError with its field, NotAllowed.
    """
    seen_check(acting, project)
    works_check(acting, project.unit)
    if not project.is_open:
        raise MatterError(_("The project is closed; nothing can be added to it."))
    what = public_text(what, "what", 2000, needed=_("Write what is to be done."))
    document = public_text(
        document, "document", 80, needed=_("Give the number of the document that assigns it.")
    )
    if due_on < clock.today():
        raise MatterError(_("The day lies in the past."), field="due_on")
    party_add(project=project, unit=responsible)
    task = matter_create(
        acting=acting, model=ProjectTask, kind="projecttask", unit=project.unit,
        title=what.splitlines()[0][:200], body=what, what=what,
        act="projecttask.given", parent=project,
        place=project.place, parties=[*partners_of(project), responsible],
        is_demo=project.is_demo, owner=responsible, responsible=responsible,
        rules=[(RULE, "promised", noon(due_on))],
        facts={"owner": responsible.name, "until": due_on.isoformat(), "document": document},
        due_on=due_on, document=document, support=public_text(support, "support", 300),
    )  # fmt: skip
    if not project.is_public:
        public_hide(task)
    return task
