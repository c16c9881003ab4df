"""What every text, number and right of a dossier is checked for, once."""

from __future__ import annotations

import datetime as dt

from django.utils.translation import gettext as _

from dongthuan.core import clock
from dongthuan.core.matters import policies
from dongthuan.core.matters.errors import MatterError, NotAllowed
from dongthuan.core.matters.models import Matter
from dongthuan.core.matters.wording import impersonal_check
from dongthuan.core.people.actors import Actor
from dongthuan.core.text import clean
from dongthuan.core.units.models import Role, Unit

WORK = (Role.HANDLER, Role.HEAD)
# Everybody who speaks for a body that has a part in a project.
BODIES = (
    Role.INTAKE, Role.HANDLER, Role.HEAD, Role.MASS_MOBILISATION, Role.FRONT, Role.VILLAGE_HEAD,
    Role.VILLAGE_FRONT, Role.BOARD,
)  # fmt: skip
MOST_MONEY = 10**15


def works_check(acting: Actor, unit: Unit) -> None:
    """Only handlers and the head of the unit write in its dossiers."""
    if not acting.is_system and not any(
        unit.path.startswith(scope.unit_path) for scope in acting.scopes_of(*WORK)
    ):
        raise NotAllowed(_("Only the unit of the project writes in its dossier."))


def seen_check(acting: Actor, matter: Matter) -> None:
    """Out of sight is as if it did not exist."""
    if not policies.may_see(acting, matter):
        raise NotAllowed(_("There is no such matter, or you may not see it."))


def speaks_for(acting: Actor, unit: Unit) -> bool:
    """Whether the actor holds a position of this body (or of an organ of which it is a part)."""
    return acting.is_system or any(
        unit.path.startswith(scope.unit_path) for scope in acting.scopes_of(*BODIES)
    )


def public_text(text: str, field: str, most: int, *, needed: str = "") -> str:
    """Clean words that everybody may read; `needed`: the sentence where they are missing."""
    text = clean(text)
    if not text and needed:
        raise MatterError(needed, field=field)
    if len(text) > most:
        raise MatterError(
            _("The text is longer than %(max)s letters; shorten it or attach it as a file.")
            % {"max": f"{most:,}".replace(",", ".")},
            field=field,
        )
    impersonal_check(text, field)
    return text


def money_check(amount: int | None, field: str) -> None:
    if amount is not None and not 0 <= amount <= MOST_MONEY:
        raise MatterError(_("The amount is not a sum of money in đồng."), field=field)


def past_check(day: dt.date, field: str) -> None:
    if day > clock.today():
        raise MatterError(_("The day lies in the future."), field=field)


def order_check(first: dt.date | None, last: dt.date | None, field: str) -> None:
    if first and last and last < first:
        raise MatterError(_("The end lies before the beginning."), field=field)
