"""The list of tasks of a plan being drafted; it is part of the text that both heads sign."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from django.db import transaction
from django.utils.translation import gettext as _

from dongthuan.core.matters.entries import entry_append
from dongthuan.core.matters.errors import MatterError
from dongthuan.core.matters.indicators import indicator_of
from dongthuan.core.matters.models import Audience
from dongthuan.core.people.actors import Actor, area_of
from dongthuan.core.units.models import Unit
from dongthuan.work.coordination.models import CoordinationPlan, TaskLine
from dongthuan.work.coordination.planning import text_changed, writable
from dongthuan.work.coordination.sides import said
from dongthuan.work.coordination.template import content_of
from dongthuan.work.coordination.text import indicator_words

LINES_MOST = 200
MEASURES = {"percent": "%", "number": "", "money": "đồng"}


@dataclass(frozen=True, kw_only=True)
class Given:
    """A task as a side writes it; `bound` or (`indicator`, `measure`) say how it is measured."""

    content: int
    title: str
    lead: Unit
    due_on: dt.date
    supports: Sequence[Unit] = ()
    place: Unit | None = None
    bound: str = ""
    indicator: str = ""
    measure: str = ""
    baseline: Decimal | None = None
    target: Decimal | None = None
    better: str = "up"


@transaction.atomic
def line_add(*, acting: Actor, plan: CoordinationPlan, given: Given) -> TaskLine:
    """Add a task to the list. Raises MatterError with the field, NotAllowed."""
    plan, side = writable(acting, plan)
    if plan.lines.count() >= LINES_MOST:
        raise MatterError(_("A plan has at most %(n)d tasks.") % {"n": LINES_MOST})
    line = TaskLine(plan=plan, position=plan.lines.count() + 1)
    _fill(line, plan, given)
    line.save()
    line.supports.set(given.supports)
    _changed(acting, plan, "line_added", line, side)
    return line


@transaction.atomic
def line_edit(*, acting: Actor, line: TaskLine, given: Given) -> TaskLine:
    """Write a task of the list anew; one that runs already (taken over) is not rewritten."""
    plan, side = writable(acting, line.plan)
    line = TaskLine.objects.get(pk=line.pk)  # as it is now, under the lock of its plan
    _idle(line)
    _fill(line, plan, given)
    line.save()
    line.supports.set(given.supports)
    _changed(acting, plan, "line_changed", line, side)
    return line


@transaction.atomic
def line_remove(*, acting: Actor, line: TaskLine) -> None:
    plan, side = writable(acting, line.plan)
    line = TaskLine.objects.get(pk=line.pk)
    _idle(line)
    if line.carries_id:
        raise MatterError(
            _("This task was carried on from an earlier plan; once this plan is signed it can be"
              " dropped with a reason, before that it stays.")
        )  # fmt: skip
    line.removed = True
    line.save(update_fields=["removed"])
    _changed(acting, plan, "line_removed", line, side)


def _idle(line: TaskLine) -> None:
    if hasattr(line, "task"):
        raise MatterError(_("This task was taken over and runs already; it stays as it is."))
    if line.removed:
        raise MatterError(_("This task was taken out already."))


def _fill(line: TaskLine, plan: CoordinationPlan, given: Given) -> None:
    if content_of(given.content) is None:
        raise MatterError(_("Choose which content of coordination it is."), field="content")
    if not plan.starts_on <= given.due_on <= plan.ends_on:
        raise MatterError(
            _("The day lies outside the time of the plan (%(from)s–%(to)s).")
            % {"from": f"{plan.starts_on:%d/%m/%Y}", "to": f"{plan.ends_on:%d/%m/%Y}"},
            field="due_on",
        )
    area = area_of(plan.path)
    for field, units in (
        ("lead", [given.lead]), ("supports", given.supports),
        ("place", [given.place] if given.place else []),
    ):  # fmt: skip
        if any(not unit.path.startswith(area) for unit in units):
            raise MatterError(_("Choose a body of this level."), field=field)
    line.content, line.due_on = given.content, given.due_on
    line.title = said(given.title, "title", most=300, needed=_("Write what is to be done."))
    line.lead, line.place = given.lead, given.place
    _measure(line, given)


def _measure(line: TaskLine, given: Given) -> None:
    """Bound to what is counted, or named with its measure; a target needs to be measured."""
    line.better = given.better if given.better in ("up", "down") else "up"
    line.bound, line.baseline, line.target = given.bound, given.baseline, given.target
    if given.bound:
        found = indicator_of(given.bound)
        if found is None:
            raise MatterError(_("The system does not count such a figure."), field="bound")
        if not found.aim:
            raise MatterError(
                _("This figure tells of a situation; no task is measured by it."), field="bound"
            )
        line.indicator, line.better = indicator_words(given.bound)[:200], found.better
        line.measure = MEASURES[found.measure]
    else:
        line.indicator = said(given.indicator, "indicator", most=200)
        line.measure = said(given.measure, "measure", most=40)
    if line.target is not None and not line.indicator:
        raise MatterError(_("Say what the target measures."), field="indicator")
    if line.bound and line.target is None:
        raise MatterError(_("Write the target of the figure."), field="target")
    for field in ("baseline", "target"):
        value = getattr(line, field)
        if value is not None and not 0 <= value < 10**15:
            raise MatterError(_("This is no plausible number."), field=field)


def _changed(acting: Actor, plan: CoordinationPlan, act: str, line: TaskLine, side: str) -> None:
    entry_append(
        matter=plan, act=f"coordination_plan.{act}", acting=acting, audience=Audience.PETITIONER,
        before=plan.state, after=plan.state, facts={"task": line.title[:200], "side": side},
    )  # fmt: skip
    text_changed(acting=acting, plan=plan, reason=_("the list of tasks was changed"))
