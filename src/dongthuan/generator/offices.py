"""Where it happens: the People's Committees and their officers, invented where none are there."""

from __future__ import annotations

import math
from collections import deque
from dataclasses import dataclass, field
from random import Random

from django.conf import settings

from dongthuan.core import clock
from dongthuan.core.people.models import Account, Appointment
from dongthuan.core.people.services import account_create, appointment_create
from dongthuan.core.units.demo import COMMUNE_SEATS, NOTE, START, UBND
from dongthuan.core.units.importer import units_import
from dongthuan.core.units.models import Evidence, Position, Tier, Unit
from dongthuan.core.units.selectors import units_in_force
from dongthuan.core.units.services import organ_add, position_add
from dongthuan.generator.errors import GeneratorError

SEATS = ("intake", "handler-1", "handler-2", "head")
LABEL = "minh họa"


@dataclass
class Officer:
    account_id: int
    name: str
    label: str


@dataclass
class Office:
    """A People's Committee with its officers, its share of the matters and its diligence."""

    unit: Unit
    area: Unit
    places: list[Unit]
    officers: dict[str, Officer]
    weight: float
    in_time: float
    remote: bool
    rushes: list[int] = field(default_factory=list)
    recent: deque[tuple[str, str, str]] = field(default_factory=lambda: deque(maxlen=40))

    @property
    def area_name(self) -> str:
        return self.area.name[0].lower() + self.area.name[1:]


def offices_take(rng: Random, count: int) -> list[Office]:
    """The communes of the deployment first, then the others of the country."""
    if not Unit.objects.filter(tier=Tier.COMMUNE).exists():
        units_import()
    communes = list(units_in_force(clock.today(), tier=Tier.COMMUNE).order_by("path"))
    scope = f".{settings.SCOPE}."
    communes.sort(key=lambda unit: (scope not in unit.path, unit.path))
    if count > len(communes):
        raise GeneratorError(f"There are only {len(communes)} communes; ask for fewer units.")
    return [_office(rng, area) for area in communes[:count]]


def _office(rng: Random, area: Unit) -> Office:
    unit = Unit.objects.filter(code=f"{area.code}-ubnd").first() or _organ(area)
    officers = {seat: _officer(unit, area, seat) for seat in SEATS}
    return Office(
        unit=unit,
        area=area,
        places=list(area.children.filter(tier=Tier.VILLAGE)) or [area],
        officers=officers,
        weight=math.exp(rng.gauss(math.log(35), 1.0)),
        in_time=rng.uniform(0.80, 0.95),
        remote=rng.random() < 0.1,
    )


def _organ(area: Unit) -> Unit:
    place = area.name[0].lower() + area.name[1:]
    return organ_add(
        parent=area,
        code=f"{area.code}-ubnd",
        kind=UBND.kind,
        name=UBND.name.format(place=place),
        short_name=UBND.short.format(place=place),
        name_en=UBND.name_en.format(place_en=area.name_en),
        valid_from=max(START, area.valid_from),
        note=NOTE,
        evidence=Evidence.ILLUSTRATION,
    )


def _officer(unit: Unit, area: Unit, name: str) -> Officer:
    """Whoever holds the seat today, else an invented account without a password."""
    code = f"{area.code}-{name}"
    seat = next(seat for seat in COMMUNE_SEATS if seat.code == name)
    place = area.name[0].lower() + area.name[1:]
    position = Position.objects.filter(code=code).first() or position_add(
        unit=unit,
        code=code,
        role=seat.role,
        title=seat.title.format(place=place)[:160],
        title_en=seat.title_en.format(place_en=area.name_en)[:160],
        receives_sealed=seat.sealed,
        valid_from=unit.valid_from,
    )
    today = clock.today()
    held = (
        Appointment.objects.filter(position=position, valid_from__lte=today)
        .exclude(valid_to__lt=today)
        .select_related("account")
        .first()
    )
    account = held.account if held else _account(code, seat.title_en.split(",")[0])
    if not held:
        appointment_create(account=account, position=position, valid_from=position.valid_from)
    return Officer(account.pk, account.name, position.title)


def _account(code: str, title: str) -> Account:
    email = f"{code}@minh-hoa.invalid"
    return Account.objects.filter(email=email).first() or account_create(
        email=email, name=f"{title} {code} ({LABEL})"[:120]
    )
