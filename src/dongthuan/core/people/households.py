"""The register of households of a village: who keeps it, how it is filled, what it answers."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from django.db import IntegrityError, transaction
from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from dongthuan.core import clock
from dongthuan.core.people.actors import Actor, area_of
from dongthuan.core.people.models import Household
from dongthuan.core.text import clean, sort_key
from dongthuan.core.units.models import Role, Tier, Unit

OFFICE = (Role.INTAKE, Role.HANDLER, Role.HEAD)
MOST = 20_000


class HouseholdError(ValueError):
    """One clear sentence to whoever keeps the register; `field` names what is wrong."""

    def __init__(self, message: str, field: str = "") -> None:
        super().__init__(message)
        self.field = field


@dataclass(frozen=True)
class Line:
    """One household as the village's list has it."""

    number: str
    representative: str
    address: str = ""


def keeps_households(actor: Actor, village: Unit) -> bool:
    """The village's head, and the office of its commune (its People's Committee)."""
    if actor.is_system:
        return True
    if any(scope.unit_path == village.path for scope in actor.scopes_of(Role.VILLAGE_HEAD)):
        return True
    commune = area_of(village.path)
    return any(scope.unit_path == f"{commune}ubnd." for scope in actor.scopes_of(*OFFICE))


def households_of(*, village: Unit, on: dt.date | None = None) -> QuerySet[Household]:
    """The households of a village on a day (today), in the order of the list; names inside."""
    on = on or clock.today()
    return Household.objects.filter(
        Q(valid_to__isnull=True) | Q(valid_to__gte=on), village=village, valid_from__lte=on
    ).order_by("id")


def household_count(*, village: Unit, on: dt.date | None = None) -> int:
    return households_of(village=village, on=on).count()


@transaction.atomic
def households_add(
    *, acting: Actor, village: Unit, lines: Sequence[Line], on: dt.date | None = None,
    is_demo: bool = False,
) -> list[Household]:  # fmt: skip
    """Enter households, all or none. Raises HouseholdError with the line that is wrong."""
    if not keeps_households(acting, village):
        raise HouseholdError(_("Only the village and its commune keep this list."))
    if village.tier != Tier.VILLAGE:
        raise HouseholdError(_("Choose a village or residential group."), "village")
    if not lines or len(lines) > MOST:
        raise HouseholdError(_("The list is empty, or longer than 20,000 lines."), "lines")
    # '12a' and '12A' are one household: two lines would be two voices.
    taken = {
        number.casefold()
        for number in Household.objects.filter(village=village, valid_to=None).values_list(
            "number", flat=True
        )
    }
    rows = []
    for place, line in enumerate(lines, start=1):
        number, name = clean(line.number)[:20], clean(line.representative)[:120]
        if not number or not name:
            raise HouseholdError(
                _("Line %(line)s: number and representative are both needed.") % {"line": place},
                "lines",
            )
        if number.casefold() in taken:
            raise HouseholdError(
                _("Line %(line)s: household %(number)s is in the list already.")
                % {"line": place, "number": number},
                "lines",
            )
        taken.add(number.casefold())
        rows.append(
            Household(
                village=village,
                number=number,
                representative=name,
                name_key=sort_key(name),
                address=clean(line.address)[:300],
                valid_from=on or clock.today(),
                is_demo=is_demo,
            )
        )
    try:
        with transaction.atomic():
            return Household.objects.bulk_create(rows)
    except IntegrityError:
        raise HouseholdError(
            _("Somebody has just entered one of these households; look at the list again."),
            "lines",
        ) from None


@transaction.atomic
def household_change(
    *, acting: Actor, household: Household, representative: str, address: str = ""
) -> Household:
    """Another person speaks for the household from today; the earlier row keeps the past."""
    if not keeps_households(acting, household.village):
        raise HouseholdError(_("Only the village and its commune keep this list."))
    household_end(acting=acting, household=household)
    return households_add(
        acting=acting,
        village=household.village,
        lines=[Line(household.number, representative, address or household.address)],
        is_demo=household.is_demo,
    )[0]


@transaction.atomic
def household_end(*, acting: Actor, household: Household) -> Household:
    """The household is no more (moved, merged): it counts no longer from today on."""
    if not keeps_households(acting, household.village):
        raise HouseholdError(_("Only the village and its commune keep this list."))
    household = Household.objects.select_for_update(of=("self",)).get(pk=household.pk)
    if household.valid_to:
        raise HouseholdError(_("This household has ended already."))
    yesterday = clock.today() - dt.timedelta(days=1)
    # One that was entered today has no day of its own: it must not count beside its successor,
    # or the household would have two lines in a roll that is frozen today.
    household.valid_from = min(household.valid_from, yesterday)
    household.valid_to = yesterday
    household.save(update_fields=["valid_from", "valid_to"])
    return household
