"""Who may conduct a vote: the village's head and its Front, and the office of its commune."""

from __future__ import annotations

from django.utils.translation import gettext as _

from dongthuan.core import clock
from dongthuan.core.matters import policies
from dongthuan.core.matters.errors import NotAllowed
from dongthuan.core.matters.models import Matter
from dongthuan.core.people.actors import Actor
from dongthuan.core.units.models import Role, Unit
from dongthuan.core.units.selectors import unit_successors
from dongthuan.work.decisions.elections.models import Election, Post
from dongthuan.work.decisions.models import Scope, Vote

OFFICE = (Role.INTAKE, Role.HANDLER, Role.HEAD)
VILLAGE = (Role.VILLAGE_HEAD, Role.VILLAGE_FRONT)


def serves_village(actor: Actor, matter: Matter, village: Unit) -> bool:
    paths = {heir.path for heir in unit_successors(village, clock.today())}
    roles = {scope.role for scope in actor.scopes_of(*VILLAGE) if scope.unit_path in paths}
    if roles == {Role.VILLAGE_HEAD}:
        # Nobody holds the vote on their own office: the Front's head does (Decree 59, Điều 3.1).
        return not Election.objects.filter(pk=matter.pk, post=Post.HEAD).exists()
    return bool(roles)


def serves_office(actor: Actor, matter: Matter) -> bool:
    return any(matter.path.startswith(scope.unit_path) for scope in actor.scopes_of(*OFFICE))


def may_conduct(actor: Actor, matter: Matter, village: Unit) -> bool:
    """Whether the actor works on the vote of a matter in one village."""
    if actor.is_system:
        return True
    if not policies.may_see(actor, matter):
        return False
    return serves_office(actor, matter) or serves_village(actor, matter, village)


def conduct_check(actor: Actor, matter: Matter, village: Unit) -> None:
    if not may_conduct(actor, matter, village):
        raise NotAllowed(_("Only the village and its commune conduct this vote."))


def may_lead(actor: Actor, vote: Vote) -> bool:
    """Who freezes, opens and closes: the village, or where commune-wide the office alone."""
    if vote.scope == Scope.COMMUNE and not actor.is_system:
        return policies.may_see(actor, vote.matter) and serves_office(actor, vote.matter)
    rolls = vote.rolls.select_related("village")
    return any(may_conduct(actor, vote.matter, roll.village) for roll in rolls)


def lead_check(actor: Actor, vote: Vote) -> None:
    if not may_lead(actor, vote):
        raise NotAllowed(_("Only the village and its commune conduct this vote."))
