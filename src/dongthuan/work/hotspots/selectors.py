"""All reads of the room: for those who see a hot spot; for the public, notices alone."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.db.models import Prefetch, QuerySet, Sum

from dongthuan.core.matters import policies
from dongthuan.core.matters.kinds import Step
from dongthuan.core.matters.models import Duty, Entry, Matter, MatterLink
from dongthuan.core.matters.selectors import steps_for
from dongthuan.core.people.actors import Actor
from dongthuan.core.units.models import Unit
from dongthuan.work.hotspots import rules
from dongthuan.work.hotspots.models import (
    AT_WORK,
    Commitment,
    Concern,
    Group,
    Hotspot,
    Incident,
    Notice,
    NoticePart,
    Part,
    PlannedContact,
    Report,
    Request,
    Seat,
    Talk,
    Visit,
)

PAGE = 30
MOST = 200
HEAVY = ("search_text", "folded", "accented")


@dataclass
class Rows:
    """One page of a keyset list; `next`: the cursor of the following one."""

    rows: list[Any]
    next: str = ""


def _page(rows: QuerySet[Any], after: str, size: int) -> Rows:
    """Newest first by the row's number; a bad cursor is ignored."""
    if after.isascii() and after.isdecimal() and len(after) < 18:
        rows = rows.filter(pk__lt=int(after))
    found = list(rows.order_by("-pk")[: size + 1])
    more, found = len(found) > size, found[:size]
    return Rows(found, str(found[-1].pk) if more else "")


VIEWS = ("work", "after", "all")


def hotspot_list(*, actor: Actor, view: str = "work", after: str = "", size: int = PAGE) -> Rows:
    """Hot spots in sight, newest first; `view` work: watched to calm, after: closed."""
    rows = Hotspot.objects.filter(policies.visible_to(actor)).select_related("unit", "place")
    if view == "work":
        rows = rows.filter(state__in=AT_WORK)
    elif view == "after":
        rows = rows.exclude(state__in=AT_WORK)
    return _page(rows.defer(*HEAVY), after, size)


def hotspot_get(*, actor: Actor, code: str) -> Hotspot | None:
    """The hot spot, or None out of sight: it is as if it did not exist."""
    return (
        Hotspot.objects.filter(policies.visible_to(actor), code=code[:40].upper())
        .select_related("unit__parent", "place")
        .first()
    )


def child_get(*, actor: Actor, model: Any, pk: int) -> Any:
    """A row of a hot spot in sight (visit, concern, notice, report …), or None."""
    route = {"concern": "visit__hotspot", "noticepart": "notice__hotspot"}.get(
        model._meta.model_name, "hotspot"
    )
    seen = Hotspot.objects.filter(policies.visible_to(actor)).values("pk")
    return (
        model._default_manager.filter(pk=min(pk, 2**62), **{f"{route}__in": seen})
        .select_related(route)
        .first()
    )


@dataclass
class PlanLine:
    """A line of the plan of contact beside what was done of it."""

    plan: PlannedContact
    done: int

    @property
    def kept(self) -> bool:
        return self.done >= self.plan.turns


@dataclass
class HotspotView:
    """All that the page of a hot spot shows, in a fixed number of queries.

    `works`: the actor records; `leads`: decides on seats, groups, measures, requests; `owns`:
    approves what is told; `asked`: gives the opinion.
    """

    hotspot: Hotspot
    works: bool
    leads: bool
    owns: bool
    asked: bool
    steps: list[Step]
    duties: list[Duty]
    steering: list[Seat]
    groups: list[Group]
    left: list[Seat]
    plan: list[PlanLine]
    visits: list[Visit]
    incidents: list[Incident]
    reports: list[Report]
    requests: list[Request]
    talks: list[Talk]
    commitments: list[Commitment]
    notices: list[Notice]
    linked: list[Matter]
    waiting: int

    @property
    def running(self) -> list[Duty]:
        return [duty for duty in self.duties if duty.is_running]

    @property
    def ended(self) -> list[Duty]:
        return [duty for duty in self.duties if not duty.is_running]


def hotspot_view(*, actor: Actor, code: str) -> HotspotView | None:
    """Everything on the page of a hot spot; None when out of sight."""
    hotspot = hotspot_get(actor=actor, code=code)
    if hotspot is None:
        return None
    duties = list(Duty.objects.filter(matter=hotspot).select_related("unit").order_by("-id")[:60])
    hotspot.running_rules = {duty.rule for duty in duties if duty.is_running}
    parts, owns = rules.parts_of(actor, hotspot), rules.is_owner(actor, hotspot)
    works = owns or actor.is_system or bool(parts - {Part.CONSULTED})
    leads = owns or bool(parts & {Part.STEERING_HEAD, Part.STEERING_DEPUTY})
    seats = list(hotspot.seats.select_related("position__unit", "group").order_by("id")[:MOST])
    return HotspotView(
        hotspot=hotspot, works=works, leads=leads, owns=owns, asked=Part.CONSULTED in parts,
        steps=_steps(actor, hotspot, works), duties=duties,
        steering=[s for s in seats if s.left_on is None and s.group_id is None],
        groups=_groups(hotspot, seats), left=[s for s in seats if s.left_on],
        plan=plan_lines(hotspot), visits=_visits(hotspot),
        incidents=list(hotspot.incidents.select_related("area").order_by("-at")[:MOST]),
        reports=list(hotspot.reports.order_by("-number")[:MOST]),
        requests=list(hotspot.requests.select_related("to").order_by("-id")[:MOST]),
        talks=list(hotspot.talks.select_related("area").order_by("-on", "-id")[:MOST]),
        commitments=list(
            hotspot.commitments.select_related("promise__unit").order_by("-id")[:MOST]
        ),
        notices=list(
            hotspot.notices.prefetch_related(
                Prefetch("parts", NoticePart.objects.order_by("id"), to_attr="all_parts")
            ).order_by("-id")[:MOST]
        ),
        linked=_linked(actor, hotspot),
        waiting=Concern.objects.filter(visit__hotspot=hotspot, answered_on=None).count(),
    )  # fmt: skip


def _steps(actor: Actor, hotspot: Hotspot, works: bool) -> list[Step]:
    """Steps by role, less those that the local rules give to others or that only members take."""
    found = []
    for step in steps_for(actor=actor, matter=hotspot):
        key = COMPETENCE.get(step.name)
        if rules.competent(actor, key, hotspot.path) if key else works:
            found.append(step)
    return found


COMPETENCE = {
    "declare_complex": "hs.competent.complex",
    "lower_complex": "hs.competent.complex",
    "relapse_complex": "hs.competent.complex",
    "declare_hot": "hs.competent.hot",
    "relapse_hot": "hs.competent.hot",
    "stabilise": "hs.competent.stabilised",
    "lower_watch": "hs.competent.stabilised",
    "close": "hs.competent.closed",
    "review_first": "hs.competent.closed",
    "review_last": "hs.competent.closed",
}


def _groups(hotspot: Hotspot, seats: list[Seat]) -> list[Group]:
    groups = list(hotspot.groups.prefetch_related("areas").order_by("id")[:MOST])
    for group in groups:
        here = [s for s in seats if s.group_id == group.pk and s.left_on is None]
        group.members = here  # type: ignore[attr-defined]
    return groups


def plan_lines(hotspot: Hotspot) -> list[PlanLine]:
    """Plan and what was done, by group and area within the period; two queries."""
    plan = list(hotspot.plan.select_related("group", "area").order_by("until", "id")[:MOST])
    done: dict[tuple[int, int], list[tuple[Any, int]]] = {}
    for group, area, on, turns in hotspot.visits.values_list("group", "area", "on").annotate(
        Sum("turns")
    ):
        done.setdefault((group, area), []).append((on, turns))
    return [
        PlanLine(
            line,
            sum(
                turns
                for on, turns in done.get((line.group_id, line.area_id), [])
                if line.since <= on <= line.until
            ),
        )
        for line in plan
    ]


def _visits(hotspot: Hotspot) -> list[Visit]:
    return list(
        hotspot.visits.select_related("group", "area")
        .prefetch_related(
            Prefetch("concerns", Concern.objects.order_by("id"), to_attr="raised"),
            Prefetch("commitments", Commitment.objects.select_related("promise"), to_attr="given"),
        )
        .order_by("-on", "-id")[:50]
    )


def _linked(actor: Actor, hotspot: Hotspot) -> list[Matter]:
    others = MatterLink.objects.filter(matter=hotspot).values("other")
    seen = Matter.objects.filter(policies.visible_to(actor), pk__in=others)
    return list(seen.defer(*HEAVY).order_by("-id")[:MOST])


def story_of(hotspot: Hotspot, *, limit: int = 1000) -> list[Entry]:
    """The time line, oldest first, with the words of each entry; one query."""
    entries = Entry.objects.filter(matter=hotspot).select_related("payload", "unit")
    return list(entries.order_by("id")[:limit])


# -- everybody ------------------------------------------------------------------------------------


def notices_public(*, within: Unit, after: str = "", size: int = PAGE) -> Rows:
    """Notices that the head has approved, newest first. Nothing of the hot spot is joined."""
    rows = Notice.objects.filter(state=Notice.State.PUBLISHED, path__startswith=within.path)
    return _page(rows.select_related("unit", "place"), after, size)


def notice_public(handle: str) -> Notice | None:
    """A notice with its approved updates and answers (`told`); two queries."""
    shown = NoticePart.objects.exclude(published_at=None).order_by("-published_at", "-id")
    return (
        Notice.objects.filter(state=Notice.State.PUBLISHED, handle=handle[:10])
        .select_related("unit", "place")
        .prefetch_related(Prefetch("parts", shown, to_attr="told"))
        .first()
    )
