"""Who opened which vault, when and why: for the head of the unit and the inspector."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import Q

from dongthuan.core import clock
from dongthuan.core.matters.models import Entry, Level, Matter
from dongthuan.core.people.actors import Actor, area_of
from dongthuan.core.people.models import Account, Appointment
from dongthuan.core.units.models import Role, in_force
from dongthuan.work.denunciations.vault.matters import holders_of
from dongthuan.work.denunciations.vault.tables import rows

PAGE = 50


@dataclass
class Openings:
    """One page of the register, newest first; `next` is the number to go on from, 0 at the end."""

    rows: list[Entry]
    next: int = 0


def may_oversee(actor: Actor) -> bool:
    """Whether any position is held that reads the register."""
    return bool(actor.scopes_of(Role.HEAD, Role.INSPECTOR))


def openings_list(*, actor: Actor, after: int = 0, size: int = PAGE) -> Openings:
    """What was done with the vaults of the actor's units: one query.

    A head reads of the own organ and below, an inspector of the area; nobody of a matter from
    which they are walled off. The head need not be able to open the matter itself.
    """
    found = Entry.objects.filter(_overseen(actor), act__startswith="vault.")
    if after:
        found = found.filter(id__lt=after)
    page = list(found.select_related("matter", "actor").order_by("-id")[: size + 1])
    return Openings(page[:size], page[size - 1].pk if len(page) > size else 0)


def _overseen(actor: Actor) -> Q:
    seen = Q(pk__in=[])
    for scope in actor.scopes_of(Role.HEAD):
        seen |= Q(matter__path__startswith=scope.unit_path)
    for scope in actor.scopes_of(Role.INSPECTOR):
        seen |= Q(matter__path__startswith=scope.area_path)
    walled = Q(matter__walled_accounts__contains=[actor.account_id]) | Q(
        matter__walled_paths__overlap=actor.unit_paths
    )
    return seen & Q(matter__level=Level.SEALED) & ~walled


def grantable(matter: Matter) -> list[Account]:
    """Who could be given the matter: with a key, at work in the territory or above, not walled."""
    with_keys = rows("SELECT account_id FROM vault.official_key WHERE retired_at IS NULL")
    holders = set(holders_of(matter))
    today = clock.today()
    held = (
        Appointment.objects.filter(
            in_force(today),
            in_force(today, "position__"),
            account__in=[account for (account,) in with_keys if account not in holders],
            account__is_active=True,
        )
        .exclude(position__role=Role.ADMIN)
        .select_related("account", "position__unit")
    )
    found: dict[int, Account] = {}
    shut = set(matter.walled_accounts)
    for appointment in held:
        path = appointment.position.unit.path
        if path in matter.walled_paths:
            shut.add(appointment.account_id)
        if matter.path.startswith(area_of(path)):
            found[appointment.account_id] = appointment.account
    people = [account for number, account in found.items() if number not in shut]
    return sorted(people, key=lambda account: account.name)
