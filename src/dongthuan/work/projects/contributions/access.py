"""Who keeps the books of a campaign, and who reads the names in them."""

from __future__ import annotations

from collections.abc import Iterable

from django.utils.translation import gettext as _

from dongthuan.core.matters.errors import NotAllowed
from dongthuan.core.people.actors import Actor
from dongthuan.core.people.models import Household
from dongthuan.core.units.models import Role, Unit
from dongthuan.work.projects.contributions.models import Campaign

OFFICE = (Role.HANDLER, Role.HEAD)
READING = (Role.INTAKE, Role.HANDLER, Role.HEAD)


def in_office(actor: Actor, path: str) -> bool:
    """A handler or the head of the unit that owns the campaign."""
    if actor.is_system:
        return True
    return any(path.startswith(scope.unit_path) for scope in actor.scopes_of(*OFFICE))


def heads_villages(actor: Actor, paths: Iterable[str]) -> set[str]:
    """Those of the villages whose head the actor is today."""
    own = {scope.unit_path for scope in actor.scopes_of(Role.VILLAGE_HEAD)}
    return own & set(paths)


def collects(actor: Actor, campaign: Campaign) -> bool:
    """Treasurers write receipts: the office, and the head of a village that gives."""
    return in_office(actor, campaign.path) or bool(heads_villages(actor, campaign.parties))


def spends(actor: Actor, campaign: Campaign) -> bool:
    """Funds of several villages are spent by the office; those of one, by its head as well."""
    if in_office(actor, campaign.path):
        return True
    place = campaign.place
    return place is not None and bool(heads_villages(actor, [place.path]))


def collects_check(acting: Actor, campaign: Campaign) -> None:
    if not collects(acting, campaign):
        raise NotAllowed(_("Only the treasurer of this campaign writes in its ledger."))


def spends_check(acting: Actor, campaign: Campaign) -> None:
    if not spends(acting, campaign):
        raise NotAllowed(_("Only the treasurer of this campaign spends its funds."))


def of_village(actor: Actor, campaign: Campaign, village: Unit) -> bool:
    """A village head writes for households of the own village alone."""
    return in_office(actor, campaign.path) or bool(heads_villages(actor, [village.path]))


def reads_all_names(actor: Actor, campaign: Campaign) -> bool:
    if actor.is_system:
        return True
    return any(campaign.path.startswith(scope.unit_path) for scope in actor.scopes_of(*READING))


def reads_name(actor: Actor, campaign: Campaign, household: Household | None) -> bool:
    """Names are read in the office, and by a village's head for the own village.

    The Front, boards and other partners see vouchers and totals, and no name.
    """
    if reads_all_names(actor, campaign):
        return True
    if household is None:
        return bool(campaign.place_id) and spends(actor, campaign)
    return bool(heads_villages(actor, [household.village.path]))
