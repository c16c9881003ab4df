"""All writes on hearings that are no step: what a half-year owes, what is promised there."""

from __future__ import annotations

import datetime as dt

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext as _

from dongthuan.core import clock
from dongthuan.core.clock import noon
from dongthuan.core.matters import policies
from dongthuan.core.matters.creation import matter_create
from dongthuan.core.matters.entries import entry_append
from dongthuan.core.matters.errors import MatterError, NotAllowed
from dongthuan.core.matters.models import Audience, Matter
from dongthuan.core.matters.promises import promise_write
from dongthuan.core.people.actors import Actor
from dongthuan.core.units.models import Kind, Unit, UnitQuerySet
from dongthuan.core.units.selectors import communes_in_use, unit_by_code
from dongthuan.work.recommendations import rules
from dongthuan.work.recommendations.kinds.hearing import HOSTS, RULE
from dongthuan.work.recommendations.models import Hearing

HEARERS = (Kind.PEOPLE_COMMITTEE, Kind.PEOPLE_COUNCIL)


def half_of(day: dt.date) -> tuple[int, int]:
    """The half-year in which a day lies: (2026, 2)."""
    return day.year, 1 if day.month <= 6 else 2


def _before(year: int, half: int) -> tuple[int, int]:
    return (year, 1) if half == 2 else (year - 1, 2)


def _last_day(year: int, half: int) -> dt.date:
    return dt.date(year, 6, 30) if half == 1 else dt.date(year, 12, 31)


@transaction.atomic
def hearings_open(*, acting: Actor, area: Unit, is_demo: bool = False) -> list[Hearing]:
    """Open what the People's Committee and Council of an area owe in this half-year, once each.

    The six months count from the hearing before, or from the end of the half-year before where
    there was none (Điều 29, 30 Luật MTTQ Việt Nam 2015). Returns what was made.
    """
    year, half = half_of(clock.today())
    Unit.objects.select_for_update(no_key=True).get(pk=area.pk)
    organs = list(
        Unit.objects.in_force(clock.today()).filter(
            parent=area, kind__in=[*HEARERS, Kind.FRONT]
        ).order_by("path")
    )  # fmt: skip
    front = next((unit for unit in organs if unit.kind == Kind.FRONT), None)
    hearers = [unit for unit in organs if unit.kind in HEARERS]
    if not acting.is_system:
        rules.belongs_check(acting, HOSTS, *hearers)
    if front is None:
        return []
    there = set(
        Hearing.objects.filter(unit__in=hearers, year=year, half=half).values_list(
            "unit_id", flat=True
        )
    )
    return [
        _open(acting, unit, [front, *hearers], year, half, is_demo)
        for unit in hearers
        if unit.pk not in there
    ]


def _open(
    acting: Actor, unit: Unit, organs: list[Unit], year: int, half: int, is_demo: bool
) -> Hearing:
    """`organs`: the Front first, then both bodies that hear; each reads what the other heard."""
    before = _before(year, half)
    last = Hearing.objects.filter(unit=unit, year=before[0], half=before[1], state="held").first()
    since = last.on if last and last.on else _last_day(*before)
    title = (
        f"Nghe kết quả giám sát của Mặt trận, 6 tháng {'đầu' if half == 1 else 'cuối'} năm {year}"
    )
    return matter_create(
        acting=acting, model=Hearing, kind="hearing_session", unit=unit, title=title,
        act="hearing_session.owed", parties=[one for one in organs if one.pk != unit.pk],
        is_demo=is_demo,
        rules=[(RULE, "event", noon(since))], facts={"year": year, "half": half},
        front=organs[0], year=year, half=half,
    )  # fmt: skip


def areas_in_use() -> list[Unit]:
    """The communes that use the system, and the unit above them."""
    return [unit_by_code(settings.SCOPE), *communes_in_use(settings.SCOPE)]


@transaction.atomic
def hearing_promise(
    *, acting: Actor, hearing: Hearing, unit: Unit, what: str, due_on: dt.date
) -> Matter:
    """A promise given at a hearing, under the number of its minutes; `unit` owes it.

    Raises NotAllowed, MatterError (what, due_on, unit).
    """
    Matter.objects.select_for_update().filter(pk=hearing.pk).first()
    row = Hearing.objects.select_related("unit").get(pk=hearing.pk)
    if not policies.may_see(acting, row):
        raise NotAllowed(_("There is no such matter, or you may not see it."))
    rules.belongs_check(acting, HOSTS, row.unit)
    if row.state != "held":
        raise MatterError(_("Promises are written down once the hearing was held."))
    if not promisers_of(row).filter(pk=unit.pk).exists():
        raise MatterError(_("Choose an authority of this place."), field="unit")
    made = promise_write(
        acting=acting, origin=row, unit=unit, what=what, due_on=due_on, document=row.document
    )
    entry_append(
        matter=row, act="hearing_session.promised", acting=acting, audience=Audience.PUBLIC,
        before="held", after="held", facts={"promise": made.code}, at=clock.now(),
    )  # fmt: skip
    return made


def promisers_of(hearing: Hearing) -> UnitQuerySet:
    """Who may owe what was promised: authorities of the hearing's own area."""
    return rules.authorities_for(hearing.front_now)
