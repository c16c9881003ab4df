"""What initiatives, conventions and elections have in common: a village, and who stands around it.

The matter is owned by the commune's People's Committee; the village and the commune's Front have
a part in it (ADR 12). `village`, `front` and `office` are the names that steps and duties use.
"""

from __future__ import annotations

from django.utils.functional import cached_property
from django.utils.translation import gettext as _

from dongthuan.core import clock
from dongthuan.core.law.values import Threshold
from dongthuan.core.matters.errors import MatterError, NotAllowed
from dongthuan.core.matters.models import Matter
from dongthuan.core.matters.opening import office_of
from dongthuan.core.people.actors import Actor
from dongthuan.core.text import clean, personal_data
from dongthuan.core.units.models import Kind, Role, Tier, Unit
from dongthuan.core.units.selectors import unit_successors

OFFICE = (Role.INTAKE, Role.HANDLER, Role.HEAD)
VILLAGE = (Role.VILLAGE_HEAD, Role.VILLAGE_FRONT)


class VillageMatter(Matter):
    """A matter of one village: `place` is the village, `unit` the commune's People's Committee."""

    class Meta:
        abstract = True

    @property
    def village(self) -> Unit | None:
        return self.place

    @property
    def home(self) -> Unit:
        """The village; every matter of this sort has one."""
        assert self.place is not None
        return self.place

    @property
    def office(self) -> Unit:
        return self.unit

    @cached_property
    def front(self) -> Unit | None:
        """The commune's Fatherland Front (Ủy ban MTTQ cấp xã)."""
        return front_of(self.unit)


def front_of(office: Unit) -> Unit | None:
    """The Front of the commune whose People's Committee this is; None if it is not here."""
    return (
        Unit.objects.in_force(clock.today())
        .filter(parent_id=office.parent_id, kind=Kind.FRONT)
        .order_by("id")
        .first()
    )


def parties_of(village: Unit, office: Unit) -> list[Unit]:
    front = front_of(office)
    return [village, front] if front else [village]


def village_checked(village: Unit) -> tuple[Unit, Unit]:
    """The village and the People's Committee that answers for it; MatterError for all else."""
    if village.tier != Tier.VILLAGE or not village.in_force_on(clock.today()):
        raise MatterError(_("Choose a village or residential group."), field="village")
    return village, office_of(village)


def holds_in(actor: Actor, unit: Unit | None, *roles: str) -> bool:
    """Whether the actor holds one of the roles in the unit itself today, or in its successor."""
    if actor.is_system:
        return True
    held = {scope.unit_path for scope in actor.scopes_of(*roles)}
    if unit is None or not held:
        return False
    return unit.path in held or any(
        heir.path in held for heir in unit_successors(unit, clock.today())
    )


def must_hold(actor: Actor, sentence: str, *places: tuple[Unit | None, tuple[str, ...]]) -> None:
    """NotAllowed with the sentence unless one of the positions is held."""
    if not any(holds_in(actor, unit, *roles) for unit, roles in places):
        raise NotAllowed(sentence)


def public_words(text: str, *, field: str, least: int, most: int) -> str:
    """A text that everybody will read: cleaned, of a fair length, without personal data."""
    text = clean(text)
    if not least <= len(text) <= most:
        raise MatterError(
            _("Write between %(least)s and %(most)s letters.") % {"least": least, "most": most},
            field=field,
        )
    if found := personal_data(text):
        raise MatterError(
            _("Take out what looks like personal data; everybody reads this: %(found)s.")
            % {"found": ", ".join(found[:5])},
            field=field,
        )
    return text


def threshold(key: str) -> Threshold:
    """A threshold of the law as it stands today."""
    from dongthuan.core.law import load_rulebook

    found = load_rulebook().value(key, on=clock.today())
    assert isinstance(found, Threshold)
    return found
