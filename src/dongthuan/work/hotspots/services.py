"""Opening a hot spot, its seats and groups: by decision, of positions, never of persons."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils import translation
from django.utils.translation import gettext as _

from dongthuan.core import clock
from dongthuan.core.matters import policies
from dongthuan.core.matters.creation import matter_create
from dongthuan.core.matters.duties import DUTY_COLUMNS, duty_close
from dongthuan.core.matters.entries import entry_append
from dongthuan.core.matters.errors import MatterError, NotAllowed
from dongthuan.core.matters.links import matter_link
from dongthuan.core.matters.models import Audience, Duty, DutyState, Level, LinkRole, Matter
from dongthuan.core.matters.opening import office_of, title_of
from dongthuan.core.matters.services import matter_settle
from dongthuan.core.matters.topics import TOPICS
from dongthuan.core.people.actors import Actor, area_of
from dongthuan.core.text import clean
from dongthuan.core.units.models import Position, Role, Unit, in_force
from dongthuan.work.hotspots import rules
from dongthuan.work.hotspots.models import AT_WORK, Group, Hotspot, Part, Seat, Source

MOST_MATTERS = 200


@dataclass(frozen=True, kw_only=True)
class Signal:
    """What the early warning told: so many matters of a topic at a place in a period."""

    since: dt.date
    until: dt.date
    count: int


@transaction.atomic
def hotspot_create(
    *,
    acting: Actor,
    place: Unit,
    title: str,
    about: str,
    topic: str,
    matters: Sequence[str] = (),
    signal: Signal | None = None,
    is_demo: bool = False,
) -> Hotspot:
    """Open the watch on a conflict; the People's Committee of the place owns it.

    `matters`: codes of matters that it is about, in the actor's sight; they stay as they are.
    `signal`: of the early warning, if that is why it is opened.
    Who opens it is seated as reporter, so that no way of reporting ends in silence. Raises
    NotAllowed, MatterError (title, about, topic, matters).
    """
    office = office_of(place)
    rules.competence_check(acting, "hs.competent.watch", office.path)
    title = rules.said(title, "title", most=200, needed=_("Write a title."))
    about = rules.said(about, "about", needed=_("Write what happens there."))
    if topic not in dict(TOPICS):
        raise MatterError(_("Choose a topic."), field="topic")
    codes = _codes(matters)
    seats = _reporting(acting, office)
    made = matter_create(
        acting=acting, model=Hotspot, kind="hotspot", unit=office, title=title, body=about,
        act="hotspot.opened", place=place, topic=topic, restricted_to=[s.pk for s in seats],
        audience=Audience.OFFICIAL, payload={"text": about}, is_demo=is_demo,
        facts=_signal_facts(signal), rules=[("hs.first.watch", "event", clock.now())],
        about=about, source=_source(signal, codes),
        signal_since=signal.since if signal else None,
        signal_until=signal.until if signal else None,
        signal_count=signal.count if signal else len(codes),
    )  # fmt: skip
    Seat.objects.bulk_create(
        Seat(hotspot=made, position=seat, part=Part.REPORTER, since=clock.today()) for seat in seats
    )
    for code in codes:
        _about(acting, made, code)
    return made


def _codes(matters: Sequence[str]) -> list[str]:
    codes = list(dict.fromkeys(clean(code).upper() for code in matters if clean(code)))
    if len(codes) > MOST_MATTERS:
        raise MatterError(
            _("At most %(n)d matters at a time.") % {"n": MOST_MATTERS}, field="matters"
        )
    return codes


def _source(signal: Signal | None, codes: Sequence[str]) -> Source:
    if signal is not None:
        return Source.RADAR
    return Source.MATTERS if codes else Source.HAND


def _signal_facts(signal: Signal | None) -> dict[str, Any]:
    if signal is None:
        return {}
    return {"from": signal.since.isoformat(), "to": signal.until.isoformat(), "n": signal.count}


def _reporting(acting: Actor, office: Unit) -> list[Position]:
    """The position in which somebody opens it, unless it sees it anyway.

    The competent one, not one held beside it elsewhere: whoever sits there after them would see it.
    """
    if acting.is_system or any(
        office.path.startswith(s.unit_path) for s in acting.scopes_of(Role.HEAD)
    ):
        return []
    able = rules.competent_scopes(acting, "hs.competent.watch", office.path)
    return list(Position.objects.filter(pk__in=[scope.position_id for scope in able[:1]]))


def _about(acting: Actor, hotspot: Hotspot, code: str) -> None:
    try:
        matter_link(acting=acting, matter=hotspot, code=code, role=LinkRole.ABOUT)
    except MatterError as error:
        raise MatterError(f"{code}: {error.message}", field="matters") from None


@transaction.atomic
def matters_add(*, acting: Actor, hotspot: Hotspot, matters: Sequence[str]) -> int:
    """Link more matters that it is about, by their codes; returns how many."""
    hotspot = held(acting, hotspot)
    rules.work_check(acting, hotspot)
    codes = _codes(matters)
    if not codes:
        raise MatterError(_("Write the codes of the matters."), field="matters")
    for code in codes:
        _about(acting, hotspot, code)
    return len(codes)


def hotspot_open(
    *, acting: Actor, origin: Matter | None, kind: str, text: str, now: dt.datetime,
    place: Unit | None = None, topic: str = "",
) -> Hotspot:  # fmt: skip
    """The opener of the kind (core.matters.kinds): out of a matter of another room.

    The origin is linked as what it is about, not made its parent: its page tells nothing.
    """
    where = place or (origin.place or origin.unit if origin else None)
    if where is None:
        raise MatterError(_("Choose the place."), field="place")
    return hotspot_create(
        acting=acting, place=where, title=title_of(text), about=text,
        topic=topic or (origin.topic if origin else "") or "other",
        matters=[origin.code] if origin else (),
    )  # fmt: skip


def held(acting: Actor, hotspot: Hotspot, *, at_work: bool = True) -> Hotspot:
    """The hot spot under the lock of its row, still in the actor's sight and not closed."""
    locked = (
        Matter.objects.select_for_update()
        .filter(policies.visible_to(acting), pk=hotspot.pk)
        .values_list("pk", flat=True)
        .first()
    )
    if locked is None:
        raise NotAllowed(_("There is no such matter, or you may not see it."))
    fresh = Hotspot.objects.select_related("unit", "place").get(pk=locked)
    if at_work and fresh.state not in AT_WORK:
        raise MatterError(_("It is closed; if it comes back, declare that first."))
    return fresh


def noted(acting: Actor, hotspot: Hotspot, act: str, facts: dict[str, Any], text: str = "") -> None:
    """Write the entry of an act that is no step; officials of it alone read it."""
    entry_append(
        matter=hotspot, act=f"hotspot.{act}", acting=acting, audience=Audience.OFFICIAL,
        before=hotspot.state, after=hotspot.state, facts=facts,
        payload={"text": text} if text else None,
    )  # fmt: skip


def duties_keep(hotspot: Hotspot, *names: str, subject: str = "") -> None:
    """Close what an act has fulfilled, in time or late."""
    rows = list(
        Duty.objects.filter(
            matter=hotspot, rule__in=names, subject=subject,
            state__in=[DutyState.OPEN, DutyState.PAUSED],
        )
    )  # fmt: skip
    for duty in rows:
        duty_close(duty=duty, now=clock.now())
    Duty.objects.bulk_update(rows, DUTY_COLUMNS)
    matter_settle(matter=hotspot)


# -- seats ----------------------------------------------------------------------------------------


def positions_for(hotspot: Hotspot) -> QuerySet[Position]:
    """Positions in force that may be seated: of the commune's bodies and villages, and above."""
    area = area_of(hotspot.path)
    return (
        Position.objects.filter(in_force(clock.today()), unit__path__startswith=area)
        .exclude(role=Role.ADMIN)
        .select_related("unit")
        .order_by("unit__sort_key", "code")
    )


def positions_above(hotspot: Hotspot) -> QuerySet[Position]:
    """Positions of the province's own bodies, which are asked for an opinion."""
    province = ".".join(area_of(hotspot.path).split(".")[:2]) + "."
    return (
        Position.objects.filter(
            in_force(clock.today()), unit__path__startswith=province,
            unit__path__regex=_own_bodies(province),
        )
        .exclude(role__in=[Role.ADMIN, Role.INTAKE])
        .select_related("unit")
        .order_by("unit__sort_key", "code")
    )  # fmt: skip


@dataclass(frozen=True, kw_only=True)
class Named:
    """Whom a decision names: a position, for which part, in which group."""

    position: Position
    part: str
    group: Group | None = None


@transaction.atomic
def seats_decide(
    *,
    acting: Actor,
    hotspot: Hotspot,
    document: str,
    decided_on: dt.date,
    named: Sequence[Named] = (),
    leaving: Sequence[Seat] = (),
) -> Hotspot:
    """A decision seats positions and takes seats away; who leaves sees nothing from now on.

    The first head of the steering committee keeps the duty to form one. Raises NotAllowed,
    MatterError (document, decided_on, position, part, group).
    """
    hotspot = held(acting, hotspot, at_work=False)
    rules.lead_check(acting, hotspot)
    document = rules.document_said(document)
    if decided_on > clock.today():
        raise MatterError(_("The day lies in the future."), field="decided_on")
    if not named and not leaving:
        raise MatterError(_("Name who joins or who leaves."), field="position")
    allowed = set(positions_for(hotspot).values_list("pk", flat=True)) if named else set()
    allowed |= set(positions_above(hotspot).values_list("pk", flat=True)) if named else set()
    _seats_end(hotspot, leaving, document, decided_on)
    _seats_lapse(hotspot, document)
    for one in named:
        _seat_add(hotspot, one, document, decided_on, allowed)
    sight_settle(hotspot)
    with translation.override(settings.LANGUAGE_CODE):  # the record speaks one language
        joins = [f"{one.position.title}: {Part(one.part).label}" for one in named]
    facts = {
        "document": document, "day": decided_on.isoformat(), "joins": joins,
        "leaves": [seat.position.title for seat in leaving],
    }  # fmt: skip
    noted(acting, hotspot, "seats", facts)
    if hotspot.has_steering:
        duties_keep(hotspot, rules.STEERING)
    return hotspot


def _seat_add(
    hotspot: Hotspot, one: Named, document: str, since: dt.date, allowed: set[int]
) -> None:
    if one.position.pk not in allowed:
        raise MatterError(_("Choose a position of this locality that is held."), field="position")
    if one.part not in Part.values or one.part in (Part.REPORTER, Part.CONSULTED):
        raise MatterError(_("Choose the part."), field="part")
    in_group = one.part in (Part.GROUP_HEAD, Part.GROUP)
    if one.group is not None and not in_group:
        raise MatterError(
            _("Members of the steering committee have no group: leave the group empty."),
            field="group",
        )
    if in_group and one.group is None:
        raise MatterError(_("Members of a working group need their group."), field="group")
    if one.group is not None and one.group.hotspot_id != hotspot.pk:
        raise MatterError(_("Choose a working group of this hot spot."), field="group")
    alone = one.part in (Part.STEERING_HEAD, Part.GROUP_HEAD)
    seated = Seat.objects.filter(hotspot=hotspot, part=one.part, group=one.group, left_on=None)
    if seated.filter(position=one.position).exists():
        raise MatterError(_("This position holds that part already."), field="position")
    if alone and seated.exists():
        raise MatterError(_("There is one head; let the former one leave first."), field="part")
    Seat.objects.create(
        hotspot=hotspot, position=one.position, part=one.part, group=one.group,
        document=document, since=since,
    )  # fmt: skip


def _seats_end(hotspot: Hotspot, leaving: Sequence[Seat], document: str, left_on: dt.date) -> None:
    for seat in leaving:
        if seat.hotspot_id != hotspot.pk or seat.left_on:
            raise MatterError(_("This seat is not held here."), field="leaving")
        seat.left_on, seat.left_document = max(left_on, seat.since), document
        seat.save(update_fields=["left_on", "left_document"])


def _seats_lapse(hotspot: Hotspot, document: str) -> None:
    """Seats of positions that are no more (a body has ended) end with the next decision."""
    seats = hotspot.seats.filter(left_on=None)
    lapsed = seats.exclude(in_force(clock.today(), "position__"))
    lapsed.update(left_on=clock.today(), left_document=document)


def sight_settle(hotspot: Hotspot) -> None:
    """Who sees it, and all that was opened out of it, is who is seated now: at once, both ways.

    A seat counts while its position exists within the locality or its province: of a body that was
    divided, those that went elsewhere see nothing of what went here.
    """
    area = area_of(hotspot.path)
    province = ".".join(area.split(".")[:2]) + "."
    held_now = Seat.objects.filter(
        Q(position__unit__path__startswith=area)
        | Q(position__unit__path__regex=_own_bodies(province)),
        in_force(clock.today(), "position__"), hotspot=hotspot, left_on=None,
    )  # fmt: skip
    seats = sorted(set(held_now.values_list("position_id", flat=True)))
    hotspot.restricted_to = seats
    found, below = {hotspot.pk}, {hotspot.pk}
    while below:
        children = Matter.objects.filter(parent__in=below, level=Level.RESTRICTED)
        below = set(children.values_list("pk", flat=True)) - found
        found |= below
    Matter.objects.filter(pk__in=found).update(restricted_to=seats)


def _own_bodies(province: str) -> str:
    """Paths of the province's own bodies, not of its communes."""
    return rf"^{province.replace('.', '[.]')}[^0-9.][^.]*[.]"


@transaction.atomic
def group_create(
    *,
    acting: Actor,
    hotspot: Hotspot,
    name: str,
    tasks: str,
    areas: Sequence[Unit],
    document: str,
    decided_on: dt.date,
) -> Group:
    """A working group by decision, with its areas and tasks; its members are seated after."""
    hotspot = held(acting, hotspot)
    rules.lead_check(acting, hotspot)
    name = rules.said(name, "name", most=160, needed=_("Name the working group."))
    tasks = rules.said(tasks, "tasks", needed=_("Write the tasks of the group."))
    document = rules.document_said(document)
    if decided_on > clock.today():
        raise MatterError(_("The day lies in the future."), field="decided_on")
    if not areas:
        raise MatterError(_("Choose at least one area."), field="areas")
    if any(not area.path.startswith(area_of(hotspot.path)) for area in areas):
        raise MatterError(_("The area lies outside the locality."), field="areas")
    made = Group.objects.create(
        hotspot=hotspot, name=name, tasks=tasks, document=document, decided_on=decided_on
    )
    made.areas.set(areas)
    facts = {"group": name, "document": document, "areas": [area.name for area in areas]}
    noted(acting, hotspot, "group", facts, tasks)
    return made
