"""All reads on disclosure at the desk: lists, one disclosure with its places, plans."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field

from django.db.models import Q, QuerySet
from django.utils import timezone

from dongthuan.core import clock
from dongthuan.core.matters import policies
from dongthuan.core.matters.kinds import Step
from dongthuan.core.matters.models import Audience, Duty, DutyState, Paper
from dongthuan.core.matters.selectors import steps_for
from dongthuan.core.people.actors import Actor
from dongthuan.core.units.models import Kind as UnitKind
from dongthuan.core.units.models import Role, Unit
from dongthuan.work.disclosure import rules
from dongthuan.work.disclosure.continuity import Run
from dongthuan.work.disclosure.models import (
    Check,
    Disclosure,
    DisclosurePlan,
    Evidence,
    Place,
    PlanRow,
    Posting,
)
from dongthuan.work.disclosure.owing import places_owed
from dongthuan.work.disclosure.postings import LASTING, runs_of
from dongthuan.work.disclosure.services import OFFICE

PAGE = 30
HEAVY = ("rows", "public_rows", "summary", "search_text", "folded", "accented")


@dataclass
class Disclosures:
    """One page of a keyset list; `next`: the cursor of the following one."""

    rows: list[Disclosure]
    next: str = ""


def disclosure_list(
    *, actor: Actor, view: str = "", item: str = "", quarter: str = "", after: str = "",
    size: int = PAGE,
) -> Disclosures:  # fmt: skip
    """Disclosures in sight. `view`: '' what is owed, soonest first; 'all' newest first.

    `quarter`: '2026-4', by the day of publication. One query.
    """
    rows = Disclosure.objects.filter(policies.visible_to(actor))
    if item:
        rows = rows.filter(item=item)
    if days := _quarter(quarter):
        rows = rows.filter(published_at__date__range=days)
    day, _mark, number = after.partition("_")
    at = int(number) if number.isascii() and number.isdigit() and len(number) < 18 else None
    if view == "all" or days:
        rows = rows.order_by("-id")
        rows = rows.filter(id__lt=at) if at else rows
        return _page(rows, size, lambda row: f"_{row.pk}")
    rows = rows.filter(closed_at=None, next_due_on__isnull=False).order_by("next_due_on", "id")
    if at and (since := _day(day)):
        rows = rows.filter(Q(next_due_on__gt=since) | Q(next_due_on=since, id__gt=at))
    return _page(rows, size, lambda row: f"{row.next_due_on}_{row.pk}")


def _page(rows: QuerySet[Disclosure], size: int, mark: object) -> Disclosures:
    found = list(rows.select_related("unit").defer(*HEAVY)[: size + 1])
    more, found = len(found) > size, found[:size]
    return Disclosures(found, mark(found[-1]) if more else "")  # type: ignore[operator]


def _quarter(text: str) -> tuple[dt.date, dt.date] | None:
    year, _mark, quarter = text.partition("-")
    if not (
        year.isascii() and year.isdigit() and len(year) == 4 and quarter in ("1", "2", "3", "4")
    ):
        return None
    return rules.quarter_days(int(year), int(quarter)) if int(year) >= 1 else None


def _day(text: str) -> dt.date | None:
    try:
        return dt.date.fromisoformat(text)
    except ValueError:
        return None


def disclosure_get(*, actor: Actor, code: str) -> Disclosure | None:
    return (
        Disclosure.objects.filter(policies.visible_to(actor), code=code)
        .select_related("unit__parent", "supersedes", "parent")
        .first()
    )


# -- one disclosure -------------------------------------------------------------------------------


@dataclass
class Spot:
    """What is owed and what hangs at one place. `tone`: good, bad, active, waiting or neutral."""

    place: Place
    duties: list[Duty] = field(default_factory=list)
    postings: list[Posting] = field(default_factory=list)
    runs: list[Run] = field(default_factory=list)
    reports: list[Check] = field(default_factory=list)

    @property
    def hangs(self) -> Posting | None:
        return next((p for p in self.postings if p.ended_on is None and p.channel != "d"), None)

    @property
    def proofs(self) -> list[Evidence]:
        return [proof for posting in self.postings for proof in posting.evidence.all()]

    @property
    def gap(self) -> dt.date | None:
        """The first day that was missing, unless the time was kept afterwards."""
        if any(run.kept_on for run in self.runs):
            return None
        return next((run.gap for run in reversed(self.runs) if run.gap), None)

    @property
    def kept_on(self) -> dt.date | None:
        return next((run.kept_on for run in self.runs if run.kept_on), None)

    @property
    def running(self) -> list[Duty]:
        return [duty for duty in self.duties if duty.is_running]

    @property
    def overdue(self) -> bool:
        today = clock.today()
        return any(d.due_on < today and d.rule not in LASTING.values() for d in self.running)

    @property
    def waits(self) -> bool:
        """Nothing hangs here yet although it is owed."""
        return any(duty.rule not in LASTING.values() for duty in self.running)


def spots_of(found: Disclosure) -> list[Spot]:
    """Every place at which it is owed or hangs, in the order of the forms. Four queries."""
    spots = {}
    # Places of a predecessor stay in sight for what hung there.
    here_or_before = Q(unit_id=found.unit_id) | Q(pk__in=found.postings.values("place"))
    places = Place.objects.filter(here_or_before).select_related("village")
    every = list(places.order_by("sort", "id"))
    for place in places_owed(found.item, every, clock.today()):
        if place.ended_on is None and place.unit_id == found.unit_id:
            spots[place.pk] = Spot(place)
    rows = found.postings.prefetch_related("evidence__attachment")
    for posting in rows.order_by("started_on", "id"):
        here = next((p for p in every if p.pk == posting.place_id), None)
        if here:
            spots.setdefault(here.pk, Spot(here)).postings.append(posting)
    by_name = {spot.place.name: spot for spot in spots.values()}
    by_village = {s.place.village.name: s for s in spots.values() if s.place.village}
    for duty in Duty.objects.filter(matter=found).order_by("id"):
        spot = (by_village if duty.rule == "dc.relay" else by_name).get(duty.subject)
        if spot:
            spot.duties.append(duty)
    absences: dict[int, set[dt.date]] = {}
    for check in found.checks.order_by("id"):
        if check.place_id in spots:
            spots[check.place_id].reports.append(check)
            if not check.seen and check.state == Check.State.CONFIRMED:
                absences.setdefault(check.place_id, set()).add(check.on)
    for spot in spots.values():
        hung = [p for p in spot.postings if p.channel in LASTING]
        if hung:
            spot.runs = runs_of(hung, absences.get(spot.place.pk, set()), clock.today())
    order = {"portal": 0, "hq": 1, "loudspeaker": 2, "village": 3}
    return sorted(spots.values(), key=lambda spot: (order[spot.place.sort], spot.place.pk))


@dataclass
class DisclosureView:
    """The page of a disclosure at the desk; `keeps`: the actor's office works on it."""

    found: Disclosure
    spots: list[Spot]
    elsewhere: list[Posting]
    steps: list[Step]
    papers: list[Paper]
    keeps: bool
    judges: bool
    own: list[Spot] = field(default_factory=list)


def disclosure_view(*, actor: Actor, code: str) -> DisclosureView | None:
    """Everything on the page, whatever the number of places; None when out of sight."""
    found = disclosure_get(actor=actor, code=code)
    if found is None:
        return None
    spots = spots_of(found)
    own = {scope.unit_path for scope in actor.scopes_of(Role.VILLAGE_HEAD)}
    return DisclosureView(
        found=found,
        spots=spots,
        elsewhere=list(found.postings.filter(place=None).order_by("started_on", "id")[:100]),
        steps=steps_for(actor=actor, matter=found),
        papers=list(found.papers.select_related("attachment").order_by("id")[:100]),
        keeps=keeps(actor, found.unit),
        judges=policies.audience_of(actor, found) == Audience.OFFICIAL,
        own=[spot for spot in spots if spot.place.village and spot.place.village.path in own],
    )


def keeps(actor: Actor, unit: Unit) -> bool:
    """Whether the actor works on the disclosures of this office."""
    return any(unit.path.startswith(scope.unit_path) for scope in actor.scopes_of(*OFFICE))


def offices_of(actor: Actor) -> QuerySet[Unit]:
    """The People's Committees for which the actor discloses."""
    own = Q(pk__in=[])
    for scope in actor.scopes_of(*OFFICE):
        own |= Q(path=scope.unit_path)
    return (
        Unit.objects.in_force(clock.today())
        .filter(own, kind=UnitKind.PEOPLE_COMMITTEE)
        .select_related("parent")
        .order_by("sort_key", "code")
    )


def reports_open(*, actor: Actor) -> list[Check]:
    """What citizens or partners did not see and nobody has confirmed yet."""
    seen = Disclosure.objects.filter(policies.visible_to(actor))
    return list(
        Check.objects.filter(disclosure__in=seen, state=Check.State.REPORTED)
        .select_related("disclosure", "place")
        .order_by("made_at")[:100]
    )


# -- matrix, plan ---------------------------------------------------------------------------------


@dataclass
class MatrixCell:
    """Duties of an item at the places of one sort: running, overdue, kept, late."""

    owed: bool
    open: int = 0
    overdue: int = 0
    kept: int = 0
    late: int = 0


def matrix(*, unit: Unit, year: int) -> list[tuple[rules.Listed, dict[str, MatrixCell]]]:
    """The fourteen items by where they are owed: portal, seat, villages, loudspeaker, relay.

    Of the disclosures decided in a year. Two queries.
    """
    today = clock.today()
    sorts = {p.name: p.sort for p in Place.objects.filter(unit=unit).order_by("-id")}
    table: dict[str, dict[str, MatrixCell]] = {}
    for item in rules.items(today):
        asked = rules.owed(item.code, today)
        table[item.code] = {
            "portal": MatrixCell(asked.portal), "hq": MatrixCell(asked.hq),
            "village": MatrixCell(asked.villages), "loudspeaker": MatrixCell(asked.loudspeaker),
            "relay": MatrixCell(asked.relay),
        }  # fmt: skip
    since, until = dt.date(year, 1, 1), dt.date(year, 12, 31)
    rows = Duty.objects.filter(
        matter__disclosure__unit=unit, matter__disclosure__decided_on__range=(since, until)
    ).exclude(subject="")
    for code, rule, subject, state, due_on in rows.values_list(
        "matter__disclosure__item", "rule", "subject", "state", "due_on"
    ):
        column = "relay" if rule == "dc.relay" else sorts.get(subject, "")
        cell = table.get(code, {}).get(column)
        if cell is None:
            continue
        if state in (DutyState.OPEN, DutyState.PAUSED):
            late = due_on < today and rule not in LASTING.values()
            cell.overdue += late
            cell.open += not late
        else:
            cell.kept += state == DutyState.FULFILLED
            cell.late += state == DutyState.LATE
    return [(item, table[item.code]) for item in rules.items(today)]


def plan_list(*, actor: Actor) -> list[DisclosurePlan]:
    return list(
        DisclosurePlan.objects.filter(policies.visible_to(actor))
        .select_related("unit")
        .order_by("-year", "-id")[:50]
    )


@dataclass
class PlanView:
    plan: DisclosurePlan
    rows: list[tuple[PlanRow, list[Disclosure]]]
    steps: list[Step]
    duties: list[Duty]
    keeps: bool


def plan_view(*, actor: Actor, code: str) -> PlanView | None:
    """A plan with its lines and what became of each."""
    plan = (
        DisclosurePlan.objects.filter(policies.visible_to(actor), code=code)
        .select_related("unit__parent")
        .first()
    )
    if plan is None:
        return None
    rows = plan.rows.prefetch_related("disclosures").order_by("expected_on", "id")[:300]
    return PlanView(
        plan=plan,
        rows=[(row, list(row.disclosures.all())) for row in rows],
        steps=steps_for(actor=actor, matter=plan),
        duties=list(Duty.objects.filter(matter=plan).order_by("-id")[:50]),
        keeps=keeps(actor, plan.unit),
    )


def quarter_of(day: dt.date) -> tuple[int, int]:
    return day.year, (day.month + 2) // 3


def published_day(found: Disclosure) -> dt.date | None:
    return timezone.localdate(found.published_at) if found.published_at else None
