"""All writes on conferences that are no step: the year's duty, what people asked there."""

from __future__ import annotations

import datetime as dt

from django.db import transaction
from django.utils.translation import gettext as _

from dongthuan.core import clock
from dongthuan.core.matters.creation import matter_create
from dongthuan.core.matters.entries import entry_append
from dongthuan.core.matters.errors import MatterError, NotAllowed
from dongthuan.core.matters.models import Audience, Matter
from dongthuan.core.matters.opening import office_of
from dongthuan.core.matters.promises import promise_open
from dongthuan.core.people.actors import Actor
from dongthuan.core.units.models import Kind, Role, Unit
from dongthuan.core.units.selectors import villages_of
from dongthuan.work.supervision import rules
from dongthuan.work.supervision.models import Gathering, Point

OFFICE = (Role.INTAKE, Role.HANDLER, Role.HEAD)
LONGEST = 1000
MOST_POINTS = 500


@transaction.atomic
def gatherings_open(
    *, acting: Actor, commune: Unit, year: int, is_demo: bool = False
) -> list[Gathering]:
    """Open what the villages of a commune owe in a year: the conference of each.

    Once only: what is there is left alone. The duty falls due on the last day of the year (khoản 1
    Điều 33); the conference is owed by the village. Returns what was made.
    """
    if not acting.is_system:
        rules.belongs_check(acting, OFFICE, office_of(commune))
    if not 2023 <= year <= clock.today().year + 1:
        raise MatterError(_("That year is not open."), field="year")
    Unit.objects.select_for_update(no_key=True).get(pk=commune.pk)
    office = office_of(commune)
    organs = list(
        Unit.objects.in_force(clock.today()).filter(
            parent=commune, kind__in=[Kind.FRONT, Kind.BOARD]
        )
    )
    # An investment board has no part in a conference; the inspection board reports there.
    bodies = [organ for organ in organs if organ.kind == Kind.FRONT or organ.code.endswith("-ttnd")]
    there = Gathering.objects.filter(unit=office, year=year)
    known = set(there.values_list("place_id", flat=True))
    made = []
    for village in villages_of(commune, clock.today()):
        if village.pk not in known:
            made.append(_open(acting, office, village, year, bodies, is_demo))
    return made


def _open(
    acting: Actor, office: Unit, village: Unit, year: int, bodies: list[Unit], is_demo: bool
) -> Gathering:
    return matter_create(
        acting=acting, model=Gathering, kind="conference", unit=office,
        title=f"Hội nghị định kỳ năm {year}: {village.name}", act="conference.owed",
        place=village, parties=[*bodies, village], is_demo=is_demo,
        rules=[(rules.CONFERENCE, "due", rules.noon(dt.date(year, 12, 31)))], owner=village,
        year=year, facts={"year": year},
    )  # fmt: skip


# -- what people ask ------------------------------------------------------------------------------


@transaction.atomic
def point_add(*, acting: Actor, gathering: Gathering, text: str) -> Point:
    """What somebody asked or recommended there, written down by who keeps the minutes."""
    gathering = _held(gathering)
    keeper_check(acting, gathering)
    if gathering.state not in ("held", "reported"):
        raise MatterError(_("It is written down once it was held."))
    text = rules.said(text, "text", most=LONGEST, needed=_("Write the question."))
    made = _point(gathering, text)
    _noted(acting, gathering, made, "point_added")
    return made


def keeper_check(acting: Actor, gathering: Gathering) -> None:
    """The village head keeps a conference."""
    rules.belongs_check(acting, [Role.VILLAGE_HEAD], gathering.village)


def _held(gathering: Gathering) -> Gathering:
    Matter.objects.select_for_update().filter(pk=gathering.pk).first()
    return Gathering.objects.select_related("unit", "place").get(pk=gathering.pk)


def _point(gathering: Gathering, text: str) -> Point:
    if gathering.points.count() >= MOST_POINTS:
        raise MatterError(_("So many questions came that no more can be taken here."))
    return Point.objects.create(gathering=gathering, text=text, at=clock.now())


@transaction.atomic
def point_answer(
    *,
    acting: Actor,
    point: Point,
    answer: str,
    due_on: dt.date | None = None,
    unit: Unit | None = None,
    document: str = "",
) -> Point:
    """The People's Committee answers a question; with a day, the answer is a promise.

    `unit` keeps it: an organ of the same commune, the People's Committee if none is named.
    """
    gathering, point = _both(point)
    rules.belongs_check(acting, OFFICE, gathering.unit)
    if gathering.state not in ("held", "reported"):
        raise MatterError(_("Only what was taken up and talked about is answered."))
    if point.answer:
        raise MatterError(_("This question was already answered."))
    area = gathering.unit.parent or gathering.unit
    if unit is not None and not unit.path.startswith(area.path):
        raise MatterError(
            _("%(name)s does not belong to this locality.") % {"name": unit.name}, field="unit"
        )
    point.answer = rules.said(answer, "answer", most=3000, needed=_("Write the answer."))
    point.answered_at = clock.now()
    if due_on is not None:
        point.promise = promise_open(
            acting=acting, origin=gathering, unit=unit or gathering.unit, what=point.answer[:2000],
            due_on=due_on, document=document or gathering.document,
        )  # fmt: skip
    point.save(update_fields=["answer", "answered_at", "promise"])
    _noted(acting, gathering, point, "point_answered")
    return point


def _both(point: Point) -> tuple[Gathering, Point]:
    gathering = _held(point.gathering)
    found = Point.objects.select_for_update().filter(pk=point.pk).first()
    if found is None:
        raise NotAllowed(_("There is no such matter, or you may not see it."))
    return gathering, found


def _noted(acting: Actor, gathering: Gathering, point: Point, act: str) -> None:
    facts: dict[str, object] = {"point": point.pk}
    if point.promise is not None:
        facts["promise"] = point.promise.code
    entry_append(
        matter=gathering, act=f"{gathering.kind}.{act}", acting=acting, at=clock.now(),
        audience=Audience.PETITIONER, before=gathering.state, after=gathering.state, facts=facts,
    )  # fmt: skip
