"""Who directs whom, who signs, and what may stand in a directing document."""

from __future__ import annotations

import re
from collections.abc import Iterable

from django.conf import settings
from django.db.models import QuerySet
from django.utils import translation
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from dongthuan.core import clock
from dongthuan.core.matters.errors import MatterError, NotAllowed
from dongthuan.core.matters.wording import impersonal_check
from dongthuan.core.people.actors import Actor, area_of
from dongthuan.core.text import clean
from dongthuan.core.units.models import Kind, Role, Tier, Unit

# Whose people draft, key in and follow up; of them, who signs (Điều 13 Nghị định 30/2020/NĐ-CP).
ISSUING = (
    Role.INTAKE, Role.HANDLER, Role.HEAD, Role.MASS_MOBILISATION, Role.PARTNER_HEAD, Role.FRONT,
    Role.PARTY, Role.COUNCIL,
)  # fmt: skip
SIGNING = (Role.HEAD, Role.PARTNER_HEAD, Role.PARTY)
CARRYING_OUT = (*ISSUING, Role.VILLAGE_HEAD, Role.BOARD)
ASKING = (*SIGNING, Role.VILLAGE_HEAD)

# Numbers by type and year are those of agencies of the State; Party and Front have rules of
# their own (399-QĐ/TW), so their papers are keyed in with the number that they have.
NUMBERING = (
    Kind.PEOPLE_COMMITTEE, Kind.PEOPLE_COUNCIL, Kind.DEPARTMENT, Kind.INSPECTORATE,
)  # fmt: skip

# The Front coordinates the organisations of its level.
ORGANISATIONS = (Kind.WOMEN, Kind.YOUTH, Kind.FARMERS, Kind.VETERANS, Kind.TRADE_UNION)

# Addressees that are named by one word.
LISTS = (
    ("organs", gettext_lazy("all bodies under it")),
    ("below", gettext_lazy("the same body of every commune")),
    ("villages", gettext_lazy("all villages and residential groups")),
)

_SECRET = re.compile(r"(?i)\b(?:tuyệt mật|tối mật|độ mật)\b")


def on_record(text: Promise) -> str:
    """Words for the record, which speaks one language whoever acts."""
    with translation.override(settings.LANGUAGE_CODE):
        return str(text)


def scopes_paths(acting: Actor, roles: Iterable[str]) -> list[str]:
    return [scope.unit_path for scope in acting.scopes_of(*roles)]


def issuers_of(acting: Actor) -> QuerySet[Unit]:
    """Bodies in whose name the actor drafts and keys in documents today."""
    return (
        Unit.objects.in_force(clock.today())
        .filter(path__in=scopes_paths(acting, ISSUING), tier=Tier.ORGAN)
        .order_by("sort_key")
    )


def belongs(acting: Actor, roles: Iterable[str], unit: Unit) -> bool:
    return acting.is_system or any(unit.path.startswith(p) for p in scopes_paths(acting, roles))


def issuing_check(acting: Actor, unit: Unit) -> None:
    if unit.tier != Tier.ORGAN or not belongs(acting, ISSUING, unit):
        raise NotAllowed(_("You enter only documents of your own body."))


def numbers_itself(unit: Unit) -> bool:
    return unit.kind in NUMBERING


def addressees_of(issuer: Unit) -> list[Unit]:
    """Everybody whom a body may address: bodies of its area, its like below, its villages.

    The Party committee and the People's Council take orders from no body beside them; partners
    may be asked to take part in a plan, one by one.
    """
    beside = [
        unit
        for unit in _organs(issuer)
        if area_of(unit.path) == area_of(issuer.path) and _may_address(issuer, unit)
    ]
    found = {unit.pk: unit for unit in beside}
    found |= {unit.pk: unit for name in ("below", "villages") for unit in listed(issuer, name)}
    return sorted(found.values(), key=lambda unit: (unit.tier == Tier.VILLAGE, unit.sort_key))


def _organs(issuer: Unit) -> QuerySet[Unit]:
    """Organs of its area and all below, today."""
    here = Unit.objects.in_force(clock.today()).filter(path__startswith=area_of(issuer.path))
    return here.filter(tier=Tier.ORGAN).exclude(pk=issuer.pk).order_by("sort_key")


def _may_address(issuer: Unit, unit: Unit) -> bool:
    above = unit.kind in (Kind.PARTY_COMMITTEE, Kind.PEOPLE_COUNCIL)
    return issuer.kind == Kind.PARTY_COMMITTEE or not above


def _directs(issuer: Unit, unit: Unit) -> bool:
    """Whether a body of the same area is under another: inside it, or led by it."""
    if issuer.kind == Kind.PARTY_COMMITTEE:
        return True
    inside = unit.path.startswith(issuer.path)
    return inside or (issuer.kind == Kind.FRONT and unit.kind in ORGANISATIONS)


def listed(issuer: Unit, name: str) -> list[Unit]:
    """The bodies behind one of LISTS, in force today; without the issuer itself."""
    area = area_of(issuer.path)
    if name == "villages":
        if not Unit.objects.filter(path=area, tier=Tier.COMMUNE).exists():
            return []
        here = Unit.objects.in_force(clock.today()).filter(path__startswith=area)
        return list(here.filter(tier=Tier.VILLAGE).order_by("sort_key"))
    if name == "organs":
        return [
            unit
            for unit in _organs(issuer)
            if area_of(unit.path) == area and _directs(issuer, unit)
        ]
    like = Kind.PEOPLE_COMMITTEE if issuer.kind in NUMBERING else issuer.kind
    return [unit for unit in _organs(issuer).filter(kind=like) if area_of(unit.path) != area]


def text_checked(text: str, field: str, *, most: int, public: bool, needed: str = "") -> str:
    """Cleaned words of a document: no secret, and nothing personal where everybody reads them."""
    text = clean(text)
    if needed and not text:
        raise MatterError(needed, field=field)
    if len(text) > most:
        raise MatterError(
            _("This is longer than %(max)d letters; shorten it.") % {"max": most}, field=field
        )
    if _SECRET.search(text):
        raise MatterError(
            _("A document with a mark of secrecy does not belong into this system."),
            field=field,
        )
    if public:
        impersonal_check(text, field)
    return text
