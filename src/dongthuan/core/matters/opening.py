"""What every door needs to open a matter: the office that owes, the text as it is kept."""

from __future__ import annotations

from django.utils.translation import gettext as _

from dongthuan.core import clock
from dongthuan.core.matters.errors import MatterError
from dongthuan.core.text import clean
from dongthuan.core.units.errors import UnitError
from dongthuan.core.units.models import Tier, Unit
from dongthuan.core.units.selectors import unit_by_code

TEXT_MAX = 20_000


def title_of(text: str) -> str:
    """The first words of a text, at most 90 letters, cut at a word."""
    line = " ".join(text.split())
    return line if len(line) <= 90 else line[:90].rsplit(" ", 1)[0] + "…"


def office_of(unit: Unit) -> Unit:
    """The organ that answers for a territory (its People's Committee); an organ is itself.

    A village is answered for by its commune. Raises MatterError for a place whose authority does
    not use the system yet.
    """
    if unit.tier == Tier.ORGAN:
        return _in_force(unit)
    area = unit.code.rpartition("-")[0] if unit.tier == Tier.VILLAGE else unit.code
    try:
        return _in_force(unit_by_code(f"{area}-ubnd"))
    except UnitError:
        raise MatterError(
            _("The authority of %(name)s does not use this system yet.") % {"name": unit.name},
            field="place",
        ) from None


def _in_force(office: Unit) -> Unit:
    if not office.in_force_on(clock.today()):
        raise MatterError(
            _("%(name)s has ended; choose its successor.") % {"name": office.name}, field="place"
        )
    return office


def text_checked(text: str) -> str:
    text = clean(text)
    if len(text) > TEXT_MAX:
        raise MatterError(
            _("The text is longer than %(max)s letters; shorten it or attach it as a file.")
            % {"max": f"{TEXT_MAX:,}".replace(",", ".")},
            field="text",
        )
    if len(text) < 10:
        raise MatterError(_("Write what it is about, in at least ten letters."), field="text")
    return text
