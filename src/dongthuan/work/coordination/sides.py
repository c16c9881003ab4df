"""Who speaks for which side of a plan, and words that everybody will read."""

from __future__ import annotations

from typing import Protocol

from django.utils.translation import gettext as _

from dongthuan.core import clock
from dongthuan.core.matters.errors import MatterError, NotAllowed
from dongthuan.core.matters.wording import impersonal_check
from dongthuan.core.people.actors import Actor, Scope, area_of
from dongthuan.core.text import clean
from dongthuan.core.units.models import Kind, Role, Unit
from dongthuan.core.units.selectors import unit_successors
from dongthuan.work.coordination.models import Side

PARTNERS = (Role.MASS_MOBILISATION, Role.FRONT, Role.PARTNER_HEAD)
OFFICE = (Role.HANDLER, Role.HEAD)
WRITERS = (*PARTNERS, *OFFICE)
SIGNERS = (Role.HEAD, Role.PARTNER_HEAD)
# Whoever may lead a task: the People's Committee and its departments, the partner, organisations
# under the Front, boards and villages.
LEADERS = (*WRITERS, Role.INTAKE, Role.BOARD, Role.VILLAGE_HEAD, Role.VILLAGE_FRONT)


class TwoSided(Protocol):
    """A plan or a review: `unit` is the partner body, `office` the People's Committee."""

    @property
    def unit(self) -> Unit: ...
    @property
    def office(self) -> Unit: ...


def side_of(acting: Actor, matter: TwoSided, *, heads: bool = False) -> tuple[str, Scope] | None:
    """The side for which the actor speaks, with the position; `heads`: who signs for it."""
    office = office_now(matter).path
    for scope in acting.scopes_of(*(SIGNERS if heads else WRITERS)):
        if scope.role in PARTNERS and matter.unit.path.startswith(scope.unit_path):
            return Side.PARTNER.value, scope
        if scope.role in OFFICE and office.startswith(scope.unit_path):
            return Side.OFFICE.value, scope
    return None


def office_now(matter: TwoSided) -> Unit:
    """The People's Committee that speaks today: of one that has ended, the heir in whose area the
    partner's own heir is, once the plan was handed over to it. What is open then gets its end."""
    office = matter.office
    if office.in_force_on(clock.today()):
        return office
    area = area_of(matter.unit.path)
    heirs = unit_successors(office, clock.today())
    return next((heir for heir in heirs if area_of(heir.path) == area), office)


def side_needed(acting: Actor, matter: TwoSided, *, heads: bool = False) -> tuple[str, Scope]:
    found = side_of(acting, matter, heads=heads)
    if found is None:
        raise NotAllowed(_("Only the two sides of a coordination plan work on it."))
    return found


def office_beside(partner: Unit) -> Unit:
    """The People's Committee of the level of a partner body. Raises MatterError (unit)."""
    if partner.kind not in (Kind.MASS_MOBILISATION, Kind.FRONT):
        raise MatterError(
            _("A coordination plan is that of a mass-mobilisation body or of the Front."),
            field="unit",
        )
    found = Unit.objects.filter(
        parent__path=area_of(partner.path), kind=Kind.PEOPLE_COMMITTEE
    ).first()
    if found is None:
        raise MatterError(
            _("The People's Committee of this level does not use this system yet."), field="unit"
        )
    return found


def said(text: str, field: str, *, most: int, needed: str = "") -> str:
    """Clean public words. Raises MatterError (`field`); `needed`: said where they are missing."""
    text = clean(text or "")
    if needed and not text:
        raise MatterError(needed, field=field)
    if len(text) > most:
        raise MatterError(
            _("This is longer than %(max)d letters; shorten it.") % {"max": most}, field=field
        )
    impersonal_check(text, field)
    return text


def bodies_of(area: Unit) -> list[Unit]:
    """Whoever may lead or support a task of a level: its organs and villages in force."""
    return list(
        Unit.objects.in_force(clock.today())
        .filter(path__startswith=area.path)
        .exclude(pk=area.pk)
        .order_by("tier", "sort_key", "code")[:200]
    )
