"""Who recommends for which body and to whom; words that are public."""

from __future__ import annotations

import zlib
from collections.abc import Sequence

from django.utils.translation import gettext as _

from dongthuan.core import clock
from dongthuan.core.matters.errors import MatterError, NotAllowed
from dongthuan.core.matters.wording import public_text
from dongthuan.core.people.actors import Actor, area_of
from dongthuan.core.text import clean, fingerprints, words
from dongthuan.core.units.models import Kind, Role, Tier, Unit, UnitQuerySet
from dongthuan.work.recommendations.models import Source

OFFICE = (Role.INTAKE, Role.HANDLER, Role.HEAD)
# People of the bodies that recommend.
SIDE = (
    Role.MASS_MOBILISATION, Role.FRONT, Role.PARTNER_HEAD, Role.COUNCIL, Role.BOARD,
)  # fmt: skip
FRONT_SIDE = (Role.FRONT, Role.PARTNER_HEAD)
BODIES: dict[str, tuple[Kind, ...]] = {
    Source.MASS_MOBILISATION: (Kind.MASS_MOBILISATION,),
    Source.FRONT: (Kind.FRONT,),
    Source.WOMEN: (Kind.WOMEN,),
    Source.YOUTH: (Kind.YOUTH,),
    Source.FARMERS: (Kind.FARMERS,),
    Source.VETERANS: (Kind.VETERANS,),
    Source.TRADE_UNION: (Kind.TRADE_UNION,),
    Source.BOARD: (Kind.BOARD,),
    # What voters recommend comes through the Front or the Council that met them.
    Source.VOTERS: (Kind.FRONT, Kind.PEOPLE_COUNCIL),
    Source.COUNCIL: (Kind.PEOPLE_COUNCIL,),
}
AUTHORITIES = (Kind.PEOPLE_COMMITTEE, Kind.DEPARTMENT, Kind.INSPECTORATE)
ORGANISATIONS = (Kind.WOMEN, Kind.YOUTH, Kind.FARMERS, Kind.VETERANS, Kind.TRADE_UNION)
PREPARING = "Kiến nghị đang được soạn"


def belongs(acting: Actor, roles: Sequence[str], *units: Unit | None) -> bool:
    """Whether the actor holds one of the roles in one of the units (or an organ above it)."""
    if acting.is_system:
        return True
    paths = [unit.path for unit in units if unit is not None]
    return any(
        path.startswith(scope.unit_path) for scope in acting.scopes_of(*roles) for path in paths
    )


def belongs_check(acting: Actor, roles: Sequence[str], *units: Unit | None) -> None:
    if not belongs(acting, roles, *units):
        raise NotAllowed(_("Your position may not do this for that body."))


def bodies_of(actor: Actor) -> UnitQuerySet:
    """The bodies for which the actor may recommend today: the own one and those inside it."""
    here = Unit.objects.in_force(clock.today()).filter(
        kind__in={kind for kinds in BODIES.values() for kind in kinds}
    )
    found = here.none()
    for scope in actor.scopes_of(*SIDE):
        found |= here.filter(path__startswith=scope.unit_path)
    return found.order_by("path")


def sources_of(body: Unit) -> list[str]:
    """As whom a body may speak: the Front for itself and for voters."""
    return [source for source, kinds in BODIES.items() if body.kind in kinds]


def sources_for(bodies: Sequence[Unit]) -> list[tuple[str, str]]:
    """Choices of a form, in the order of the list."""
    able = {source for body in bodies for source in sources_of(body)}
    return [(value, str(label)) for value, label in Source.choices if value in able]


def authorities_for(body: Unit) -> UnitQuerySet:
    """To whom a body may recommend: authorities of its own area, and those of its province."""
    area = area_of(body.path)
    province = ".".join(area.split(".")[:2]) + "."
    here = Unit.objects.in_force(clock.today()).filter(kind__in=AUTHORITIES)
    above = here.filter(path__startswith=province).exclude(path__regex=r"^vn\.\d+\.\d")
    return (here.filter(path__startswith=area) | above).order_by("path")


def partners_of(body: Unit) -> list[Unit]:
    """The body, and the organs in which it lies (the Women's Union in the Front)."""
    found, unit = [body], body
    while unit.parent is not None and unit.parent.tier == Tier.ORGAN:
        unit = unit.parent
        found.append(unit)
    return found


def source_check(body: Unit, source: str) -> None:
    if source not in sources_of(body):
        raise MatterError(
            _("“%(body)s” cannot recommend as this source.") % {"body": body.label}, field="source"
        )
    if not body.in_force_on(clock.today()):
        raise MatterError(_("%(name)s has ended.") % {"name": body.label}, field="body")


def addressee_check(body: Unit, addressee: Unit) -> None:
    if not authorities_for(body).filter(pk=addressee.pk).exists():
        raise MatterError(
            _("Choose an authority of the same place or of the province."), field="addressee"
        )


def said(text: str, field: str, *, most: int, needed: str = "") -> str:
    """A text that everybody will read: clean, not too long, without what looks personal."""
    text = clean(text or "")
    if needed and len(text) < 10:
        raise MatterError(needed, field=field)
    return public_text(text, field, most=most)


def prints_of(content: str) -> list[int]:
    """What finds the same words again: sampled runs; of a short text, all its words as one."""
    whole = zlib.crc32(" ".join(words(content)).encode()) - 2**31
    return [*fingerprints(content), whole]
