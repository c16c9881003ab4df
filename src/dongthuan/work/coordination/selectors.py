"""All reads on coordination: lists of plans, one plan on a page, its text with changes shown."""

from __future__ import annotations

import difflib
import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Count, Prefetch, Q, QuerySet

from dongthuan.core import clock
from dongthuan.core.matters import policies
from dongthuan.core.matters.kinds import Step
from dongthuan.core.matters.models import Duty, Matter
from dongthuan.core.matters.selectors import steps_for, steps_offered
from dongthuan.core.people.actors import Actor, area_of
from dongthuan.core.units.models import Kind, Unit
from dongthuan.work.coordination.carrying import heirs_of
from dongthuan.work.coordination.measuring import Row, rows_of
from dongthuan.work.coordination.models import (
    PUBLIC,
    Clause,
    CoordinationPlan,
    CoordinationTask,
    Ground,
    JointInspection,
    PlanMeeting,
    PlanReview,
    Signature,
    TaskLine,
)
from dongthuan.work.coordination.sides import PARTNERS, WRITERS, side_of
from dongthuan.work.coordination.signing import signatures_of
from dongthuan.work.coordination.template import Section, content_of, sections
from dongthuan.work.coordination.text import line_text

PAGE = 30
WORDS = re.compile(r"\s+|[^\s]+")


@dataclass
class Page:
    """One page of a keyset list; `next`: the cursor of the following one."""

    rows: Sequence[Any]
    next: str = ""


def plans_sight(actor: Actor) -> QuerySet[CoordinationPlan]:
    return CoordinationPlan.objects.filter(policies.visible_to(actor))


def plans_public(within: Unit | None = None) -> QuerySet[CoordinationPlan]:
    """Plans that both heads have signed; no draft is among them."""
    rows = CoordinationPlan.objects.filter(state__in=PUBLIC, projection__listed=True)
    return rows.filter(path__startswith=area_of(within.path)) if within else rows


def plan_page(
    rows: QuerySet[CoordinationPlan], *, year: int | None = None, after: str = "", size: int = PAGE
) -> Page:
    """Plans newest first, each with its number of tasks and of those done; one query."""
    rows = rows.filter(amends=None)
    if year:
        rows = rows.filter(year=year)
    if after.isascii() and after.isdecimal() and len(after) < 18:
        rows = rows.filter(id__lt=int(after))
    found = list(
        rows.select_related("unit", "office")
        .annotate(
            tasks_all=Count("tasks"), tasks_done=Count("tasks", filter=Q(tasks__state="done"))
        )
        .order_by("-id")[: size + 1]
    )
    more = len(found) > size
    return Page(found[:size], str(found[size - 1].pk) if more else "")


def years(rows: QuerySet[CoordinationPlan]) -> list[int]:
    return list(rows.order_by("-year").values_list("year", flat=True).distinct()[:40])


def partners_of(actor: Actor) -> list[Unit]:
    """The partner bodies whose plans the actor may draft: its own, or those beside its office."""
    mine = Q(pk__in=[])
    for scope in actor.scopes_of(*WRITERS):
        if scope.role in PARTNERS:
            mine |= Q(path__startswith=scope.unit_path)
        else:
            mine |= Q(path__startswith=scope.area_path)
    rows = Unit.objects.in_force(clock.today()).filter(
        mine, kind__in=[Kind.MASS_MOBILISATION, Kind.FRONT]
    )
    # A head of the province's office does not draft the plans of all communes below it.
    areas = {scope.area_path for scope in actor.scopes}
    return [unit for unit in rows.order_by("kind", "sort_key") if area_of(unit.path) in areas]


def plans_ahead(*, actor: Actor, partners: Sequence[Unit]) -> list[CoordinationPlan]:
    """The plans in sight of these bodies for this year and the next, by body and year."""
    this = clock.today().year
    rows = plans_sight(actor).filter(unit__in=partners, year__in=(this, this + 1), amends=None)
    rows = rows.exclude(state="withdrawn").select_related("unit")
    return list(rows.order_by("unit__kind", "unit__sort_key", "year"))


# -- one plan -------------------------------------------------------------------------------------


@dataclass
class SectionView:
    section: Section
    clauses: list[Clause]


@dataclass
class PlanView:
    """All of a plan. `side`: the actor's own, or ''; `heads`: whether the actor signs for it;
    `hands_over`: whether there are successors into whose plans the actor may put it."""

    plan: CoordinationPlan
    text: list[SectionView] = field(default_factory=list)
    grounds: list[Ground] = field(default_factory=list)
    lines: list[TaskLine] = field(default_factory=list)
    tasks: list[Row] = field(default_factory=list)
    meetings: list[PlanMeeting] = field(default_factory=list)
    inspections: list[JointInspection] = field(default_factory=list)
    reviews: list[PlanReview] = field(default_factory=list)
    amendments: list[CoordinationPlan] = field(default_factory=list)
    signatures: list[Signature] = field(default_factory=list)
    promises: list[Matter] = field(default_factory=list)
    below: list[Below] = field(default_factory=list)
    duties: list[Duty] = field(default_factory=list)
    steps: list[Step] = field(default_factory=list)
    side: str = ""
    heads: bool = False
    hands_over: bool = False

    @property
    def writes(self) -> bool:
        return bool(self.side) and self.plan.is_writable

    @property
    def open_comments(self) -> int:
        return sum(
            one.outcome == "open"
            for section in self.text
            for clause in section.clauses
            for one in clause.comments.all()
        )


_WITH = ("unit__parent", "office", "upper", "amends", "continues", "signed_pdf")


def plan_get(*, actor: Actor, code: str) -> CoordinationPlan | None:
    return plans_sight(actor).filter(code=code).select_related(*_WITH).first()


def plan_view(*, actor: Actor, code: str) -> PlanView | None:
    """A plan in the actor's sight with everything of it; a fixed number of queries."""
    plan = plan_get(actor=actor, code=code)
    if plan is None:
        return None
    view = _whole(plan)
    found = side_of(actor, plan)
    view.side = found[0] if found else ""
    view.heads = side_of(actor, plan, heads=True) is not None
    view.hands_over = view.heads and plan.runs and bool(heirs_of(plan))
    view.reviews = list(plan.reviews.filter(policies.visible_to(actor)).order_by("pk"))
    view.amendments = list(plan.amendments.filter(policies.visible_to(actor)).order_by("pk"))
    view.duties = list(Duty.objects.filter(matter=plan).order_by("due_on", "pk"))
    plan.running_rules = {duty.rule for duty in view.duties if duty.is_running}
    own = plan.ending and plan.ending == view.side
    offered = steps_offered(actor=actor, matter=plan)
    # Who has proposed the end waits for the other side.
    view.steps = [step for step in offered if not (own and step.name == "end")]
    return view


def plan_public(code: str) -> PlanView | None:
    """A signed plan for everybody: text, tasks with lights, adopted reviews, who below signed."""
    plan = plans_public().filter(code=code).select_related(*_WITH).first()
    if plan is None:
        return None
    view = _whole(plan)
    view.reviews = list(plan.reviews.filter(state="adopted").order_by("pk"))
    view.amendments = list(plan.amendments.filter(state="joined").order_by("pk"))
    return view


def _whole(plan: CoordinationPlan) -> PlanView:
    events = Matter.objects.filter(parent=plan, kind__in=["plan_meeting", "joint_inspection"])
    return PlanView(
        plan=plan,
        text=_text(plan),
        grounds=list(plan.grounds.order_by("pk")),
        lines=lines_of(plan),
        tasks=rows_of(tasks_of(plan)),
        meetings=list(plan.meetings.order_by("period_to", "pk")),
        inspections=list(plan.inspections.prefetch_related("targets").order_by("day", "pk")),
        signatures=signatures_of(plan),
        promises=list(
            Matter.objects.filter(kind="promise", parent__in=events)
            .select_related("unit").order_by("next_due_on", "pk")[:100]
        ),
        below=below_of(plan),
    )  # fmt: skip


def _text(plan: CoordinationPlan) -> list[SectionView]:
    clauses = list(
        plan.clauses.filter(removed=False).prefetch_related(
            "comments", Prefetch("versions", to_attr="history")
        )
    )
    for clause in clauses:
        content = content_of(clause.content) if clause.content else None
        clause.label = content.label if content else ""  # type: ignore[attr-defined]
    return [
        SectionView(section, [clause for clause in clauses if clause.section == section.number])
        for section in sections()
    ]


def lines_of(plan: CoordinationPlan) -> list[TaskLine]:
    rows = plan.lines.filter(removed=False).select_related("lead", "place", "carries", "task")
    return list(rows.prefetch_related("supports"))


def tasks_of(plan: CoordinationPlan) -> list[CoordinationTask]:
    rows = plan.tasks.select_related("line__lead", "line__place", "plan__office", "unit")
    return list(rows.order_by("due_on", "pk"))


def clause_get(*, actor: Actor, clause_id: int) -> Clause | None:
    plans = plans_sight(actor)
    return (
        Clause.objects.filter(plan__in=plans, pk=clause_id)
        .select_related("plan__unit", "plan__office")
        .first()
    )


# -- the cascade ----------------------------------------------------------------------------------


@dataclass(frozen=True)
class Below:
    """A body one level down and its plan of the year, if both sides have signed it."""

    unit: Unit
    plan: CoordinationPlan | None


def below_of(plan: CoordinationPlan) -> list[Below]:
    """Who below has signed and who has not: like bodies of the next level; two queries, or one."""
    area = area_of(plan.path)
    bodies = [
        unit
        for unit in Unit.objects.in_force(min(clock.today(), plan.ends_on))
        .filter(path__startswith=area, kind=plan.unit.kind)
        .exclude(pk=plan.unit_id)
        .order_by("sort_key", "code")
        if area_of(unit.path) != area
    ]
    if not bodies:
        return []
    signed = {
        found.unit_id: found
        for found in CoordinationPlan.objects.filter(
            unit__in=bodies, year=plan.year, amends=None, state__in=PUBLIC
        )
    }
    return [Below(unit, signed.get(unit.pk)) for unit in bodies]


# -- changes --------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Piece:
    """A run of words: `kind` same, added or removed."""

    kind: str
    text: str


@dataclass(frozen=True)
class Change:
    """A version of a clause and how it differs from the one before."""

    version: Any
    pieces: list[Piece]


def changes_of(clause: Clause) -> list[Change]:
    """The versions of a clause, newest first, each with the words that came and went."""
    versions = list(clause.versions.all())
    before = ""
    found = []
    for version in versions:
        now = "" if version.removed else version.text
        found.append(Change(version, pieces_of(before, now)))
        before = now
    return found[::-1]


def pieces_of(before: str, after: str) -> list[Piece]:
    """Word by word what is the same, what was removed, what was added."""
    old, new = WORDS.findall(before), WORDS.findall(after)
    pieces = []
    for what, a, b, c, d in difflib.SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if what == "equal":
            pieces.append(Piece("same", "".join(old[a:b])))
            continue
        if a < b:
            pieces.append(Piece("removed", "".join(old[a:b])))
        if c < d:
            pieces.append(Piece("added", "".join(new[c:d])))
    return pieces


# -- one task, one review -------------------------------------------------------------------------


@dataclass
class TaskView:
    """A task with its light, what it carries on and by what it is carried on."""

    row: Row
    text: str
    steps: list[Step]
    duties: list[Duty]


def task_view(*, actor: Actor, code: str) -> TaskView | None:
    task = (
        CoordinationTask.objects.filter(policies.visible_to(actor), code=code)
        .select_related("line__lead", "line__place", "line__carries", "plan__unit", "plan__office",
                        "unit")
        .first()
    )  # fmt: skip
    if task is None:
        return None
    duties = list(Duty.objects.filter(matter=task).order_by("pk"))
    return TaskView(
        rows_of([task])[0], line_text(task.line), steps_for(actor=actor, matter=task), duties
    )


def review_get(*, actor: Actor, code: str) -> PlanReview | None:
    return (
        PlanReview.objects.filter(policies.visible_to(actor), code=code)
        .select_related("plan__office", "unit__parent")
        .first()
    )


def review_public(code: str) -> PlanReview | None:
    return (
        PlanReview.objects.filter(code=code, state="adopted")
        .select_related("plan__office", "unit__parent")
        .first()
    )


def event_get(*, actor: Actor, code: str) -> PlanMeeting | JointInspection | None:
    """A meeting or inspection in sight, by its code."""
    for model in (PlanMeeting, JointInspection):
        found = (
            model._default_manager.filter(policies.visible_to(actor), code=code)
            .select_related("plan__office", "unit")
            .first()
        )
        if found is not None:
            return found
    return None
