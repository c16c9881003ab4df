"""A review of many years (the seed's ten): assembled from final reviews and from years on paper.

Each row says its source. Numbers that others report (`template.references`) stand beside them, and
are never added to what was counted.
"""

from __future__ import annotations

from dataclasses import dataclass

from django.db import transaction
from django.utils.translation import gettext as _

from dongthuan.core import clock
from dongthuan.core.matters.errors import MatterError
from dongthuan.core.people.actors import Actor
from dongthuan.core.units.models import Succession, Unit
from dongthuan.work.coordination.models import (
    CoordinationPlan,
    CoordinationTask,
    PaperYear,
    PlanReview,
)
from dongthuan.work.coordination.planning import belongs_check
from dongthuan.work.coordination.sides import office_beside, said

FIRST_YEAR = 1990


@dataclass(frozen=True)
class Year:
    """One year of one body; None where its source does not say. `code`: of the review behind it."""

    year: int
    unit: Unit
    source: str
    tasks: int | None = None
    done: int | None = None
    meetings: int | None = None
    summary: str = ""
    code: str = ""
    on_paper: bool = False
    is_demo: bool = False

    @property
    def cells(self) -> list[str]:
        numbers = ["–" if n is None else str(n) for n in (self.tasks, self.done, self.meetings)]
        return [str(self.year), *numbers, self.source, self.summary[:300]]


@dataclass(frozen=True)
class Years:
    """Years of a body and of those whose place it took; sums over the rows that say a number.

    `again`: tasks that one of the plans has carried on from another of them; the sum of tasks
    counts such a task once.
    """

    unit: Unit
    rows: list[Year]
    missing: list[int]
    again: int = 0

    @property
    def tasks(self) -> int:
        return sum(row.tasks or 0 for row in self.rows) - self.again

    @property
    def done(self) -> int:
        return sum(row.done or 0 for row in self.rows)

    @property
    def meetings(self) -> int:
        return sum(row.meetings or 0 for row in self.rows)


def years_of(unit: Unit, *, since: int, until: int) -> Years:
    """The years from `since` to `until`, oldest first; those without any source are `missing`."""
    lineage = [unit.pk, *_before(unit)]
    reviews = _reviews(lineage, since, until)
    rows = [_year(one) for one in reviews] + _paper(lineage, since, until)
    rows.sort(key=lambda row: (row.year, row.on_paper, row.unit.code))
    there = {row.year for row in rows}
    missing = [year for year in range(since, until + 1) if year not in there]
    return Years(unit, rows, missing, _carried_within([one.plan_id for one in reviews]))


def _carried_within(plans: list[int]) -> int:
    return CoordinationTask.objects.filter(plan__in=plans, line__carries__plan__in=plans).count()


def _before(unit: Unit) -> list[int]:
    """Whom a body succeeded, along chains; one query a step."""
    seen: set[int] = set()
    step = [unit.pk]
    while step:
        found = Succession.objects.filter(successor__in=step).values_list(
            "predecessor_id", flat=True
        )
        step = [pk for pk in set(found) if pk not in seen]
        seen.update(step)
    return sorted(seen)


def _reviews(lineage: list[int], since: int, until: int) -> list[PlanReview]:
    reviews = PlanReview.objects.filter(
        unit__in=lineage, state="adopted", sort="final", plan__year__gte=since,
        plan__year__lte=until,
    )  # fmt: skip
    return list(reviews.select_related("plan", "unit"))


def _year(one: PlanReview) -> Year:
    return Year(
        year=one.plan.year, unit=one.unit, source=f"{one.title} ({one.code})",
        tasks=one.figures["tasks"]["all"], done=one.figures["tasks"]["done"],
        meetings=one.figures["meetings"]["held"], summary=one.results, code=one.code,
        is_demo=one.is_demo,
    )  # fmt: skip


def _paper(lineage: list[int], since: int, until: int) -> list[Year]:
    rows = PaperYear.objects.filter(unit__in=lineage, year__gte=since, year__lte=until)
    return [
        Year(
            year=one.year, unit=one.unit, source=one.source, tasks=one.tasks, done=one.done,
            meetings=one.meetings, summary=one.summary, on_paper=True, is_demo=one.is_demo,
        )
        for one in rows.select_related("unit")
    ]  # fmt: skip


@transaction.atomic
def paper_year_add(
    *, acting: Actor, unit: Unit, year: int, source: str, tasks: int | None = None,
    done: int | None = None, meetings: int | None = None, summary: str = "", is_demo: bool = False,
) -> PaperYear:  # fmt: skip
    """Enter a year before the system from its paper. Raises MatterError (year, source, done)."""
    belongs_check(acting, unit, office_beside(unit))
    if not FIRST_YEAR <= year <= clock.today().year:
        raise MatterError(_("This is no year that lies behind us."), field="year")
    Unit.objects.select_for_update(no_key=True).get(pk=unit.pk)  # one year is entered once
    lineage = [unit.pk, *_before(unit)]
    if PaperYear.objects.filter(unit__in=lineage, year=year).exists() or _has_plan(lineage, year):
        raise MatterError(_("This year is entered already."), field="year")
    if tasks is not None and done is not None and done > tasks:
        raise MatterError(_("More is done than there is."), field="done")
    return PaperYear.objects.create(
        unit=unit, year=year, tasks=tasks, done=done, meetings=meetings, is_demo=is_demo,
        source=said(source, "source", most=300, needed=_("Say from which document it comes.")),
        summary=said(summary, "summary", most=3000), entered_by_id=acting.account_id,
        entered_as=acting.label_for(unit.path)[:160], entered_at=clock.now(),
    )  # fmt: skip


def _has_plan(lineage: list[int], year: int) -> bool:
    return CoordinationPlan.objects.filter(
        unit__in=lineage, year=year, state__in=["in_force", "midterm", "closed", "ended"]
    ).exists()
