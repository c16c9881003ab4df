"""All reads on projects: lists by stage, one dossier in a fixed number of queries."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from django.db.models import Count, F, Prefetch, Q, QuerySet, Sum

from dongthuan.core import clock
from dongthuan.core.matters import policies
from dongthuan.core.matters.kinds import Step
from dongthuan.core.matters.models import Audience, Duty, Matter, Paper
from dongthuan.core.matters.selectors import steps_for
from dongthuan.core.people.actors import Actor
from dongthuan.core.units.models import Tier, Unit
from dongthuan.work.projects.checks import WORK, speaks_for
from dongthuan.work.projects.models import (
    Acknowledgement,
    Contract,
    CostLine,
    Funding,
    LandProgress,
    Notice,
    Obstacle,
    Payment,
    Project,
    ProjectDocument,
    ProjectLink,
    ProjectPhoto,
    ProjectTask,
)

PAGE = 30
ACK = "project.ack"
LONGEST = 200
OBSTACLES_OPEN = ("raised", "assigned", "agreed", "escalated", "solved")
OBSTACLES: dict[str, Any] = {
    "obstacles_open": Count(
        "children", filter=Q(children__kind="obstacle", children__state__in=OBSTACLES_OPEN)
    )
}


@dataclass
class Page:
    """One page of a keyset list; `next`: the cursor of the following one."""

    rows: Sequence[Project]
    next: str = ""


def projects_sight(actor: Actor) -> QuerySet[Project]:
    return Project.objects.filter(policies.visible_to(actor))


def projects_public(within: Unit | None = None) -> QuerySet[Project]:
    """Approved projects: what everybody may read (khoản 3 Điều 11)."""
    rows = Project.objects.filter(projection__listed=True)
    return rows.filter(path__startswith=within.path) if within else rows


def late_on_day() -> Q:
    """Rows whose planned end has passed before they were done (as Project.is_late)."""
    today = clock.today()
    return ~Q(state="cancelled") & (
        Q(ended_on__isnull=True, planned_to__lt=today) | Q(ended_on__gt=F("planned_to"))
    )


def project_page(
    rows: QuerySet[Project], *, stage: str = "", late: bool = False, after: str = "",
    size: int = PAGE,
) -> Page:  # fmt: skip
    """A page of projects, newest first, of a stage or only late ones; one query."""
    if stage:
        rows = rows.filter(state=stage)
    if late:
        rows = rows.filter(late_on_day())
    if after.isascii() and after.isdecimal() and len(after) < 18:
        rows = rows.filter(id__lt=int(after))
    found = list(
        rows.select_related("unit", "place").annotate(**OBSTACLES)
        .order_by("-id")[: size + 1]
    )  # fmt: skip
    more = len(found) > size
    return Page(found[:size], str(found[size - 1].pk) if more else "")


def stage_counts(rows: QuerySet[Project]) -> dict[str, int]:
    """How many projects stand in each state; one query."""
    return dict(rows.order_by().values_list("state").annotate(n=Count("id")))


def project_get(*, actor: Actor, code: str) -> Project | None:
    return projects_sight(actor).filter(code=code).select_related(*_WITH).first()


def project_public(code: str) -> Project | None:
    return projects_public().filter(code=code).select_related(*_WITH).first()


_WITH = ("unit__parent", "place", "decision__projection", "projection")


@dataclass
class Dossier:
    """All of a project. Money in đồng; `paid` on a cost line is what was paid, less reversals."""

    project: Project
    villages: list[Unit] = field(default_factory=list)
    partners: list[Unit] = field(default_factory=list)
    fundings: list[Funding] = field(default_factory=list)
    costs: list[CostLine] = field(default_factory=list)
    payments: list[Payment] = field(default_factory=list)
    contracts: list[Contract] = field(default_factory=list)
    tasks: list[ProjectTask] = field(default_factory=list)
    obstacles: list[Obstacle] = field(default_factory=list)
    land: list[LandProgress] = field(default_factory=list)
    photos: list[ProjectPhoto] = field(default_factory=list)
    documents: list[ProjectDocument] = field(default_factory=list)
    linked: list[ProjectLink] = field(default_factory=list)
    duties: list[Duty] = field(default_factory=list)
    notice: Notice | None = None
    acknowledgements: list[Acknowledgement] = field(default_factory=list)
    steps: list[Step] = field(default_factory=list)
    works: bool = False
    speaks: list[Unit] = field(default_factory=list)
    to_acknowledge: list[Unit] = field(default_factory=list)

    @property
    def budget(self) -> int:
        return sum(funding.planned for funding in self.fundings)

    @property
    def planned(self) -> int:
        return sum(line.planned for line in self.costs)

    @property
    def contracted(self) -> int:
        return sum(line.contracted or 0 for line in self.costs)

    @property
    def paid(self) -> int:
        return sum(line.paid for line in self.costs)  # type: ignore[attr-defined]

    @property
    def variance(self) -> int:
        return self.paid - self.planned

    @property
    def own_duties(self) -> list[Duty]:
        """Those of the unit; what each partner owes stands beside its answer."""
        return [duty for duty in self.duties if duty.rule != ACK]

    @property
    def acknowledged(self) -> int:
        return sum(1 for one in self.acknowledgements if one.at)


def _gather(project: Project, most: int | None = LONGEST) -> Dossier:
    """What the desk and the portal both show; all of the money where `most` is None."""
    costs = CostLine.objects.filter(project=project).annotate(paid=Sum("payments__amount"))
    found = Dossier(
        project,
        villages=list(project.villages.order_by("path")),
        partners=list(Unit.objects.filter(path__in=project.parties).order_by("path")),
        fundings=list(project.fundings.order_by("id")),
        costs=list(costs.order_by("id")[:most]),
        contracts=list(project.contracts.order_by("signed_on", "id")[:most]),
        land=list(project.land.order_by("on")[:LONGEST]),
    )
    for line in found.costs:
        line.paid = int(line.paid or 0)  # type: ignore[attr-defined]
    payments = project.payments.select_related("line", "reversed_by").order_by("-paid_on", "-id")
    found.payments = list(payments[:most])
    tasks = ProjectTask.objects.filter(parent=project).select_related("responsible")
    found.tasks = list(tasks.order_by("due_on", "id")[:LONGEST])
    obstacles = Obstacle.objects.filter(parent=project).select_related(
        "responsible", "raised_by", "upper"
    )
    found.obstacles = list(obstacles.order_by("-id")[:LONGEST])
    photos = project.photos.select_related("paper__attachment").order_by("taken_on", "id")
    found.photos = list(photos[:LONGEST])
    return found


def _filed(documents: QuerySet[ProjectDocument]) -> list[ProjectDocument]:
    rows = documents.select_related("paper__attachment").order_by("issued_on", "id")
    return list(rows[:LONGEST])


def dossier_public(code: str, *, most: int | None = LONGEST) -> Dossier | None:
    """The dossier that everybody reads; None of what is not approved or not there.

    `most`: how many rows of money a page shows; None for a file, whose sums must be the whole.
    """
    project = project_public(code)
    if project is None:
        return None
    found = _gather(project, most)
    documents = project.documents.filter(audience=Audience.PUBLIC)
    found.documents = list(
        documents.select_related("paper__attachment").order_by("issued_on", "id")
    )
    linked = project.links.filter(matter__projection__listed=True)
    found.linked = list(linked.select_related("matter__projection", "matter__unit").order_by("id"))
    notices = project.notices.prefetch_related("acknowledgements").order_by("-id")
    found.notice = notices.first()
    if found.notice:
        found.acknowledgements = list(found.notice.acknowledgements.all())
    return found


def dossier_view(*, actor: Actor, code: str) -> Dossier | None:
    """The dossier at the desk, with what the actor may do; None when it is out of sight."""
    project = project_get(actor=actor, code=code)
    if project is None:
        return None
    found = _gather(project)
    found.duties = list(
        Duty.objects.filter(matter=project).select_related("unit").order_by("-id")[:LONGEST]
    )
    project.running_rules = {duty.rule for duty in found.duties if duty.is_running}
    found.steps = steps_for(actor=actor, matter=project)
    documents = project.documents.filter(audience__lte=policies.audience_of(actor, project))
    found.documents = list(
        documents.select_related("paper__attachment").order_by("issued_on", "id")
    )
    seen = Matter.objects.filter(policies.visible_to(actor))
    linked = project.links.filter(matter__in=seen).select_related("matter__unit")
    found.linked = list(linked.order_by("id"))
    asked = Prefetch(
        "acknowledgements",
        Acknowledgement.objects.select_related("unit").order_by("unit__path"),
    )
    found.notice = project.notices.prefetch_related(asked).order_by("-id").first()
    if found.notice:
        found.acknowledgements = list(found.notice.acknowledgements.all())
        owed = {
            duty.subject: duty.due_on
            for duty in found.duties
            if duty.rule == ACK and duty.is_running
        }
        for one in found.acknowledgements:
            one.due_on = owed.get(one.unit.code)
    found.works = works_on(actor, project.unit)
    bodies = found.partners if project.is_open else []
    found.speaks = [unit for unit in bodies if speaks_for(actor, unit)]
    found.to_acknowledge = [
        one.unit for one in found.acknowledgements if one.at is None and speaks_for(actor, one.unit)
    ]
    return found


def works_on(actor: Actor, unit: Unit) -> bool:
    """Whether the actor writes in the dossiers of a unit."""
    return actor.is_system or any(
        unit.path.startswith(scope.unit_path) for scope in actor.scopes_of(*WORK)
    )


def units_of(actor: Actor) -> QuerySet[Unit]:
    """Units for which the actor may enter projects."""
    ids = [scope.unit_id for scope in actor.scopes_of(*WORK)]
    return Unit.objects.in_force(clock.today()).filter(pk__in=ids, tier=Tier.ORGAN)


def villages_of(unit: Unit) -> QuerySet[Unit]:
    area = (unit.parent or unit).path
    return (
        Unit.objects.in_force(clock.today())
        .filter(path__startswith=area, tier=Tier.VILLAGE)
        .order_by("path")
    )


def paper_public(code: str, handle: UUID) -> Paper | None:
    """A public file of a public dossier."""
    return (
        Paper.objects.filter(
            matter__code=code, matter__kind="project", matter__projection__listed=True,
            audience=Audience.PUBLIC, attachment__uuid=handle,
        )
        .select_related("attachment")
        .first()
    )  # fmt: skip


def land_chart(rows: list[LandProgress]) -> list[dict[str, Any]]:
    """Households by how far they are, one bar a day: handed over, agreed, not yet."""
    return [
        {
            "label": f"{row.on:%d/%m/%Y}",
            "kept": row.handed_over,
            "open": max(row.agreed - row.handed_over, 0),
            "waiting": row.households - max(row.agreed, row.handed_over),
        }
        for row in rows
    ]


def cost_chart(costs: list[CostLine]) -> list[dict[str, Any]]:
    """Each component in đồng: paid within the plan, paid beyond it, planned and not yet paid."""
    return [
        {
            "label": line.name,
            "kept": min(line.paid, line.planned),  # type: ignore[attr-defined]
            "late": max(line.paid - line.planned, 0),  # type: ignore[attr-defined]
            "waiting": max(line.planned - line.paid, 0),  # type: ignore[attr-defined]
        }
        for line in costs
    ]


def voices_of(actor: Actor, project: Project) -> QuerySet[Unit]:
    """Bodies in whose name the actor speaks on a project: its unit, or one with a part in it."""
    bodies = Unit.objects.filter(path__in=[project.path, *project.parties]).order_by("path")
    ids = [unit.pk for unit in bodies if project.is_open and speaks_for(actor, unit)]
    return bodies.filter(pk__in=ids)
