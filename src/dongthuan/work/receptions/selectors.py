"""All reads on receptions: for officials within their sight, for the public what was posted."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Count, Q, QuerySet

from dongthuan.core import clock
from dongthuan.core.matters import policies
from dongthuan.core.matters.kinds import Step
from dongthuan.core.matters.models import Audience, Duty, Matter
from dongthuan.core.matters.selectors import steps_for
from dongthuan.core.people.actors import Actor
from dongthuan.core.units.models import Position, Role, Unit, in_force
from dongthuan.work.receptions import rules
from dongthuan.work.receptions.models import Booking, Reception, Refusal, Visit
from dongthuan.work.receptions.services import OFFICE

PAGE = 30
COMING = ("planned", "posted", "postponed", "open", "held")
PUBLIC = ("posted", "postponed", "open")
LONGEST = 300
BOOKED: dict[str, Any] = {
    "booked": Count("bookings", filter=Q(bookings__state__in=["booked", "arrived"]))
}


@dataclass
class Sessions:
    """One page of a keyset list; `next`: the cursor of the following one."""

    rows: list[Reception]
    next: str = ""


def reception_list(
    *, actor: Actor, past: bool = False, after: str = "", size: int = PAGE
) -> Sessions:
    """Sessions in sight: those to come or not yet concluded soonest first, or the past ones."""
    rows = Reception.objects.filter(policies.visible_to(actor))
    rows = rows.filter(closed_at__isnull=not past)
    cursor = _cursor(after)
    if past:
        rows = rows.order_by("-held_on", "-id")
        if cursor:
            rows = rows.filter(Q(held_on__lt=cursor[0]) | Q(held_on=cursor[0], id__lt=cursor[1]))
    else:
        rows = rows.order_by("held_on", "id")
        if cursor:
            rows = rows.filter(Q(held_on__gt=cursor[0]) | Q(held_on=cursor[0], id__gt=cursor[1]))
    return _page(rows.select_related("unit", "position"), size)


def _cursor(text: str) -> tuple[dt.date, int] | None:
    day, _mark, number = text.partition("_")
    try:
        return dt.date.fromisoformat(day), int(number)
    except ValueError:
        return None


def reception_get(*, actor: Actor, code: str) -> Reception | None:
    return (
        Reception.objects.filter(policies.visible_to(actor), code=code)
        .select_related("unit__parent", "position__unit__parent", "place")
        .first()
    )


@dataclass
class ReceptionView:
    """The page of a session; `keeps`: the actor works its queue and reads who came."""

    reception: Reception
    duties: list[Duty]
    steps: list[Step]
    keeps: bool
    visits: list[Visit] = field(default_factory=list)
    bookings: list[Booking] = field(default_factory=list)
    promises: list[Matter] = field(default_factory=list)
    refusals: list[Refusal] = field(default_factory=list)

    @property
    def waiting(self) -> list[Visit]:
        return [visit for visit in self.visits if visit.is_waiting]

    @property
    def done(self) -> list[Visit]:
        return [visit for visit in self.visits if not visit.is_waiting]


def reception_view(*, actor: Actor, code: str) -> ReceptionView | None:
    """Everything on the page of a session, whatever its length; None when out of sight."""
    reception = reception_get(actor=actor, code=code)
    if reception is None:
        return None
    duties = list(Duty.objects.filter(matter=reception).order_by("-id")[:100])
    reception.running_rules = {duty.rule for duty in duties if duty.is_running}
    view = ReceptionView(
        reception, duties, steps_for(actor=actor, matter=reception), keeps(actor, reception.unit)
    )
    view.promises = list(
        Matter.objects.filter(policies.visible_to(actor), parent=reception, kind="promise")
        .select_related("unit")
        .order_by("id")[:50]
    )
    if policies.audience_of(actor, reception) < Audience.OFFICIAL:
        return view
    visits = reception.visits.select_related("citizen", "matter", "refusal")
    view.visits = list(visits.order_by("number")[:LONGEST])
    waiting = reception.bookings.filter(state=Booking.State.BOOKED).select_related("citizen")
    view.bookings = list(waiting.order_by("id")[:LONGEST])
    return view


def keeps(actor: Actor, unit: Unit) -> bool:
    """Whether the actor works at receptions of this unit today."""
    return any(unit.path.startswith(scope.unit_path) for scope in actor.scopes_of(*OFFICE))


def visit_get(*, actor: Actor, visit_id: int) -> Visit | None:
    """A turn for who may read the inner file of its session."""
    visit = (
        Visit.objects.select_related(
            "reception__unit__parent", "reception__position", "citizen", "booking", "matter"
        )
        .filter(pk=visit_id)
        .first()
    )
    if visit is None or not policies.may_see(actor, visit.reception):
        return None
    inner = policies.audience_of(actor, visit.reception) == Audience.OFFICIAL
    return visit if inner else None


def heads_of(actor: Actor) -> QuerySet[Position]:
    """The heads' seats of the units at whose receptions the actor works."""
    own = Q(pk__in=[])
    for scope in actor.scopes_of(*OFFICE):
        own |= Q(unit__path__startswith=scope.unit_path)
    return (
        Position.objects.filter(own, in_force(clock.today()), role=Role.HEAD)
        .select_related("unit__parent")
        .order_by("unit__sort_key", "code")
    )


def units_of(actor: Actor) -> QuerySet[Unit]:
    """The units whose receptions the actor keeps."""
    own = Q(pk__in=[])
    for scope in actor.scopes_of(*OFFICE):
        own |= Q(path=scope.unit_path)
    return Unit.objects.in_force(clock.today()).filter(own).order_by("sort_key", "code")


# -- the public -----------------------------------------------------------------------------------


def sessions_public(
    *,
    within: Unit,
    on: dt.date | None = None,
    after: str = "",
    size: int = PAGE,
    bookable: bool = False,
) -> Sessions:
    """Posted sessions from today on (or of one day) of all organs within a unit; one query."""
    rows = Reception.objects.filter(
        path__startswith=within.path, state__in=("posted",) if bookable else PUBLIC
    )
    rows = rows.filter(held_on=on) if on else rows.filter(held_on__gte=clock.today())
    if cursor := _cursor(after):
        rows = rows.filter(Q(held_on__gt=cursor[0]) | Q(held_on=cursor[0], id__gt=cursor[1]))
    return _page(rows.select_related("unit__parent", "position").order_by("held_on", "id"), size)


def sessions_between(
    *, within: Unit, since: dt.date, until: dt.date, size: int = LONGEST
) -> list[Reception]:
    """What was posted for the days, whatever became of it; one query."""
    rows = Reception.objects.filter(path__startswith=within.path, held_on__range=(since, until))
    rows = rows.exclude(state__in=["planned", "cancelled"]).select_related("unit", "position")
    rows = rows.defer("minutes", "conclusion", "search_text", "folded", "accented")
    return list(rows.order_by("held_on", "starts_at", "id")[:size])


def _page(rows: QuerySet[Reception], size: int) -> Sessions:
    """The first rows with how many slots are taken, and the cursor of what follows."""
    found: list[Any] = list(
        rows.defer("minutes", "conclusion", "search_text", "folded", "accented").annotate(**BOOKED)[
            : size + 1
        ]
    )
    more, found = len(found) > size, found[:size]
    return Sessions(found, f"{found[-1].held_on}_{found[-1].pk}" if more else "")


def session_public(code: str) -> Reception | None:
    """One session as everybody may see it, whatever became of it, but for one never posted."""
    return (
        Reception.objects.filter(code=code.upper())
        .exclude(state__in=["planned", "cancelled"])
        .select_related("unit__parent", "position")
        .defer("minutes", "search_text", "folded", "accented")
        .annotate(**BOOKED)
        .first()
    )


def promises_public(reception: Reception) -> list[Matter]:
    """What was promised in its notice of conclusion; promises are public."""
    return list(Matter.objects.filter(parent=reception, kind="promise").select_related("unit")[:50])


@dataclass(frozen=True)
class Board:
    """Numbers on the screen of the hall; no names, no content."""

    called: list[int]
    waiting: list[int]
    served: int


def board(reception: Reception) -> Board:
    rows = list(reception.visits.order_by("number").values_list("number", "state")[:LONGEST])
    return Board(
        called=[n for n, state in rows if state == Visit.State.CALLED],
        waiting=[n for n, state in rows if state == Visit.State.WAITING],
        served=sum(state in (Visit.State.SERVED, Visit.State.REFUSED) for _n, state in rows),
    )


def counts(reception: Reception) -> dict[str, int]:
    """Turns, persons, cases, large groups, first and repeated visits: kept apart, as reported."""
    rows = reception.visits.filter(state=Visit.State.SERVED).values_list(
        "people_count", "case_count", "is_repeat"
    )
    served = list(rows)
    return {
        "turns": len(served),
        "persons": sum(people for people, _cases, _repeat in served),
        "cases": sum(cases for _people, cases, _repeat in served),
        "large_groups": sum(
            rules.is_large_group(people, reception.held_on) for people, _cases, _repeat in served
        ),
        "repeated": sum(repeat for _people, _cases, repeat in served),
    }
