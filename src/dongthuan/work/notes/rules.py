"""Who exchanges notes with whom, and the days of a period."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from dongthuan.core import clock
from dongthuan.core.law.terms import add_months
from dongthuan.core.matters.errors import MatterError, NotAllowed
from dongthuan.core.people.actors import Actor, area_of
from dongthuan.core.units.models import Kind, Role, Tier, Unit

PARTNERS = (
    Role.INTAKE, Role.HANDLER, Role.HEAD, Role.MASS_MOBILISATION, Role.PARTNER_HEAD, Role.FRONT,
    Role.PARTY, Role.COUNCIL,
)  # fmt: skip
HEADS = (Role.HEAD, Role.PARTNER_HEAD, Role.PARTY)
# The bodies that coordinate (S1, S2 of the seed): authority, Party, Front and its organisations.
PARTNER_KINDS = (
    Kind.PEOPLE_COMMITTEE, Kind.PEOPLE_COUNCIL, Kind.PARTY_COMMITTEE, Kind.MASS_MOBILISATION,
    Kind.FRONT, Kind.WOMEN, Kind.YOUTH, Kind.FARMERS, Kind.VETERANS, Kind.TRADE_UNION,
)  # fmt: skip


def belongs(acting: Actor, roles: Iterable[str], unit: Unit) -> bool:
    return acting.is_system or any(
        unit.path.startswith(scope.unit_path) for scope in acting.scopes_of(*roles)
    )


def belongs_check(acting: Actor, unit: Unit) -> None:
    if unit.kind not in PARTNER_KINDS or not belongs(acting, PARTNERS, unit):
        raise NotAllowed(_("You write only in the name of your own body."))


def own_bodies(acting: Actor) -> QuerySet[Unit]:
    """Partner bodies in whose name the actor writes today."""
    paths = [scope.unit_path for scope in acting.scopes_of(*PARTNERS)]
    return (
        Unit.objects.in_force(clock.today())
        .filter(path__in=paths, kind__in=PARTNER_KINDS)
        .order_by("sort_key")
    )


def partners_of(unit: Unit) -> list[Unit]:
    """Bodies of the same area with which one exchanges notes, and those of the area above."""
    area = area_of(unit.path)
    above = area_of(area.rstrip(".").rpartition(".")[0] + ".") if area.count(".") > 2 else ""
    rows = (
        Unit.objects.in_force(clock.today())
        .filter(kind__in=PARTNER_KINDS, tier=Tier.ORGAN, path__startswith=above or area)
        .exclude(pk=unit.pk)
        .order_by("sort_key")
    )
    here = [row for row in rows if area_of(row.path) == area]
    return here + [row for row in rows if above and area_of(row.path) == above]


def places_of(unit: Unit) -> QuerySet[Unit]:
    """The area of a body and the communes and villages in it."""
    return (
        Unit.objects.in_force(clock.today())
        .filter(path__startswith=area_of(unit.path), tier__in=[Tier.COMMUNE, Tier.VILLAGE])
        .order_by("tier", "sort_key")
    )


def period_days(period: str, year: int, number: int) -> tuple[dt.date, dt.date]:
    """First and last day of a month (1–12) or quarter (1–4). MatterError with its field."""
    most = {"month": 12, "quarter": 4}.get(period)
    if most is None:
        raise MatterError(_("Choose month or quarter."), field="period")
    if not 2000 <= year <= clock.today().year + 1:
        raise MatterError(_("This year cannot be chosen."), field="year")
    if not 1 <= number <= most:
        raise MatterError(
            _("The number of the period is from 1 to %(max)d.") % {"max": most}, field="number"
        )
    months = 12 // most
    first = dt.date(year, (number - 1) * months + 1, 1)
    return first, add_months(first, months) - dt.timedelta(days=1)
