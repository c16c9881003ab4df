"""Who may see and do: one table of reach, read as a list predicate and as a single check.

`visible_to(actor)` is a join-free Q over Matter columns; `may_see(actor, matter)` evaluates the
same table in Python. A test holds the two against each other for every role and level.
"""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import Q

from dongthuan.core import clock
from dongthuan.core.matters.kinds import Step
from dongthuan.core.matters.models import Audience, Level, Matter
from dongthuan.core.people.actors import Actor, Scope
from dongthuan.core.units.models import Role
from dongthuan.core.units.selectors import unit_successors


@dataclass(frozen=True)
class Reach:
    """How far a role sees: over its organ or its whole area, up to a level."""

    area: bool
    level: Level


REACH: dict[str, Reach] = {
    Role.INTAKE: Reach(area=False, level=Level.UNIT),
    Role.HANDLER: Reach(area=False, level=Level.UNIT),
    Role.HEAD: Reach(area=False, level=Level.UNIT),
    Role.INSPECTOR: Reach(area=True, level=Level.UNIT),
    Role.MASS_MOBILISATION: Reach(area=True, level=Level.PARTNER),
    Role.FRONT: Reach(area=True, level=Level.PARTNER),
    Role.PARTNER_HEAD: Reach(area=True, level=Level.PARTNER),
    Role.PARTY: Reach(area=True, level=Level.PARTNER),
    Role.COUNCIL: Reach(area=True, level=Level.PARTNER),
    Role.VILLAGE_HEAD: Reach(area=False, level=Level.PARTNER),
    Role.VILLAGE_FRONT: Reach(area=False, level=Level.PARTNER),
    Role.BOARD: Reach(area=False, level=Level.PARTNER),
    # The administrator runs the system and sees no content: no reach at all.
}


def _base(scope: Scope) -> str:
    return scope.area_path if REACH[scope.role].area else scope.unit_path


def _above(path: str) -> list[str]:
    """A path and all those above it: 'vn.51.' -> ['vn.', 'vn.51.']."""
    steps = path.rstrip(".").split(".")
    return [".".join(steps[: n + 1]) + "." for n in range(len(steps))]


def visible_to(actor: Actor) -> Q:
    """The rows of Matter that the actor may see. Shape: a Q without joins."""
    if actor.is_system:
        return Q()
    if not actor.is_official or not actor.handles_content:
        return Q(pk__in=[])
    seen = Q(pk__in=[])
    for scope in actor.scopes:
        # Designated, and still at work where the matter lies; or in the seat that opens them.
        seen |= Q(
            level=Level.SEALED,
            designated__contains=[actor.account_id],
            path__startswith=scope.area_path,
        )
        if scope.receives_sealed:
            seen |= Q(level=Level.SEALED, path=scope.unit_path)
        if scope.role in REACH:
            seen |= Q(path__startswith=_base(scope), level__lte=REACH[scope.role].level)
            # Named as having a part in it, a body sees it whole, if it is not closed off.
            seen |= Q(parties__overlap=_above(scope.unit_path), level__lt=Level.RESTRICTED)
        # Restricted: whoever sits in one of its seats, and the head of the body that owns it.
        seen |= Q(level=Level.RESTRICTED, restricted_to__contains=[scope.position_id])
        if scope.role == Role.HEAD:
            seen |= Q(level=Level.RESTRICTED, path__startswith=scope.unit_path)
    walled = Q(walled_accounts__contains=[actor.account_id]) | Q(
        walled_paths__overlap=actor.unit_paths
    )
    return seen & ~walled


def may_see(actor: Actor, matter: Matter) -> bool:
    """The same as `visible_to`, for one matter in hand."""
    if actor.is_system:
        return True
    if not actor.is_official or not actor.handles_content:
        return False
    if actor.account_id in matter.walled_accounts:
        return False
    if set(matter.walled_paths) & set(actor.unit_paths):
        return False
    if matter.level == Level.SEALED:
        return sealed_scope(actor, matter) is not None
    if matter.level == Level.RESTRICTED:
        return restricted_scope(actor, matter) is not None
    return any(
        (matter.path.startswith(_base(scope)) and matter.level <= REACH[scope.role].level)
        or set(matter.parties) & set(_above(scope.unit_path))
        for scope in actor.scopes
        if scope.role in REACH
    )


def sealed_scope(actor: Actor, matter: Matter) -> Scope | None:
    """The position held today in which the actor may open a sealed matter, or None."""
    for scope in actor.scopes:
        if scope.receives_sealed and matter.path == scope.unit_path:
            return scope
    if actor.account_id in matter.designated:
        for scope in actor.scopes:
            if matter.path.startswith(scope.area_path):
                return scope
    return None


def restricted_scope(actor: Actor, matter: Matter) -> Scope | None:
    """The position held today that sees a restricted matter, or None: a seat in it comes first."""
    for scope in actor.scopes:
        if scope.position_id in matter.restricted_to:
            return scope
    for scope in actor.scopes_of(Role.HEAD):
        if matter.path.startswith(scope.unit_path):
            return scope
    return None


def audience_of(actor: Actor, matter: Matter) -> Audience:
    """The widest audience whose entries and papers the actor may read on a visible matter.

    Partners (Front, mass mobilisation) read what the petitioner reads, not the inner file.
    """
    if actor.is_system or (matter.is_sealed and sealed_scope(actor, matter)):
        return Audience.OFFICIAL
    if matter.is_restricted and restricted_scope(actor, matter):
        return Audience.OFFICIAL
    inner = {Role.INTAKE, Role.HANDLER, Role.HEAD, Role.INSPECTOR}
    for scope in actor.scopes:
        if scope.role in inner and matter.path.startswith(_base(scope)):
            return Audience.OFFICIAL
    return Audience.PETITIONER


def acts_as(actor: Actor, matter: Matter, step: Step) -> Scope | None:
    """The position in which the actor may take a step on a matter now, or None.

    A sealed matter is worked by its designated people whatever their role.
    """
    if not may_see(actor, matter):
        return None
    if matter.is_sealed:
        return sealed_scope(actor, matter)
    bodies = paths_by(matter, step)
    for scope in actor.scopes:
        if scope.role not in step.roles or not (_of(scope, bodies) or _seated(scope, matter)):
            continue
        if (
            step.assigned_only
            and scope.role == Role.HANDLER
            and matter.handler_id != actor.account_id
        ):
            continue
        return scope
    return None


def _seated(scope: Scope, matter: Matter) -> bool:
    """Members of a restricted matter act on it whatever body they come from."""
    return matter.is_restricted and scope.position_id in matter.restricted_to


def paths_by(matter: Matter, step: Step) -> list[str]:
    """Paths of the bodies whose people take a step: those that it names, else the unit's.

    For a body that has ended it is whoever stands in its place: a village is merged, and what it
    has begun goes on.
    """
    if not step.by:
        return [matter.path]
    units = [getattr(matter, name) for name in step.by]
    return [
        heir.path
        for unit in units
        if unit is not None
        for heir in unit_successors(unit, clock.today())
    ]


def _of(scope: Scope, bodies: list[str]) -> bool:
    """Whether a position belongs to one of the bodies (or to an organ of which it is a part)."""
    return any(path.startswith(scope.unit_path) for path in bodies)


def may_act(actor: Actor, matter: Matter, step: Step) -> bool:
    """Whether the step is declared for the matter's state and the actor may take it."""
    if actor.is_system:
        return matter.state in step.source
    return matter.state in step.source and acts_as(actor, matter, step) is not None


def speaks_for(actor: Actor, matter: Matter) -> bool:
    """Whether the actor may speak to the petitioner in the name of the unit that owes."""
    if actor.is_system:
        return True
    if matter.is_sealed:
        return sealed_scope(actor, matter) is not None
    return any(
        matter.path.startswith(scope.unit_path)
        for scope in actor.scopes_of(Role.INTAKE, Role.HANDLER, Role.HEAD)
    )


def may_register(actor: Actor) -> bool:
    """Who may enter a submission on behalf of somebody: intake, handlers and heads."""
    return actor.registers


def may_assign(acting: Actor, matter: Matter) -> bool:
    """Heads and intake officers of the unit give matters to handlers."""
    if acting.is_system:
        return True
    if matter.is_sealed:
        return sealed_scope(acting, matter) is not None
    return any(
        matter.path.startswith(scope.unit_path)
        for scope in acting.scopes_of(Role.HEAD, Role.INTAKE)
    )
