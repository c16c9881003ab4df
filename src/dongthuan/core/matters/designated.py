"""Who opens what is sealed: the seats of a unit, else those of the office above it."""

from __future__ import annotations

from dongthuan.core import clock
from dongthuan.core.matters.kinds import heirs_of
from dongthuan.core.matters.models import Matter
from dongthuan.core.people.actors import area_of
from dongthuan.core.people.models import Appointment
from dongthuan.core.units.models import Role, Unit, in_force


def designated_of(unit: Unit) -> list[int]:
    """Accounts that may open sealed matters of a unit: positions marked so, else its heads.

    Where nobody holds either, the office of the next higher territory answers for it, so that a
    denunciation never lies where no eye reaches it. Empty only if there is nobody up to the top.
    """
    if accounts := seats_of(unit):
        return accounts
    higher = office_above(unit)
    return designated_of(higher) if higher else []


def heirs_at(*, matter: Matter, successor: Unit) -> list[int]:
    """Who opens a sealed matter at the unit that takes it over; its room may know better."""
    heirs = heirs_of(matter.kind)
    return heirs(matter=matter, successor=successor) if heirs else designated_of(successor)


def seats_of(unit: Unit) -> list[int]:
    """Who opens sealed matters in the unit itself today: the seats marked so, else its heads."""
    today = clock.today()
    held = Appointment.objects.filter(
        in_force(today),
        in_force(today, "position__"),
        position__unit=unit,
        account__is_active=True,
    )
    chosen = held.filter(position__receives_sealed=True) or held.filter(position__role=Role.HEAD)
    return sorted(set(chosen.values_list("account_id", flat=True)))


def office_above(unit: Unit) -> Unit | None:
    """The People's Committee of the next higher territory that uses the system, or None."""
    above = area_of(unit.path).rstrip(".").rpartition(".")[0]
    return Unit.objects.filter(path=f"{above}.ubnd.").exclude(pk=unit.pk).first()
