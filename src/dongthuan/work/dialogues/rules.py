"""What the law and the locality fix about dialogues, who works at them, words that are public."""

from __future__ import annotations

import datetime as dt

from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from dongthuan.core import clock
from dongthuan.core.calendar import CalendarError
from dongthuan.core.clock import noon
from dongthuan.core.law import RuleError, deadline
from dongthuan.core.matters.errors import MatterError, NotAllowed
from dongthuan.core.matters.wording import public_text
from dongthuan.core.people.actors import Actor
from dongthuan.core.units.models import Kind, Role, Tier, Unit

NOTICE, NOTICE_LOCAL = "dialogue.notice", "dialogue.notice_local"
CONCLUDE, CONCLUDE_LOCAL = "dialogue.conclude", "dialogue.conclude_local"
YEARLY = "dc.dialogue.yearly"
# Whoever works in the body whose head holds the dialogue.
WORKERS = (
    Role.INTAKE, Role.HANDLER, Role.HEAD, Role.PARTY, Role.PARTNER_HEAD, Role.FRONT,
    Role.MASS_MOBILISATION,
)  # fmt: skip
HOSTS = (Role.HEAD, Role.PARTY, Role.PARTNER_HEAD)


def belongs(acting: Actor, unit: Unit, *roles: str) -> bool:
    """Whether the actor works in the unit (or an organ of which it is a part)."""
    return acting.is_system or any(
        unit.path.startswith(scope.unit_path) for scope in acting.scopes_of(*(roles or WORKERS))
    )


def belongs_check(acting: Actor, unit: Unit) -> None:
    if not belongs(acting, unit):
        raise NotAllowed(_("Your position may not do this for that body."))


def said(text: str, field: str, *, most: int, needed: str = "") -> str:
    """A text that everybody will read: clean, not too long, without what looks personal."""
    text = public_text(text or "", field, most=most)
    if needed and not text:
        raise MatterError(needed, field=field)
    return text


def by_law(unit: Unit) -> bool:
    """The People's Committee of a commune: Điều 43 of the Law sets the terms of its dialogues."""
    area = unit.parent
    return unit.kind == Kind.PEOPLE_COMMITTEE and area is not None and area.tier == Tier.COMMUNE


def notice_rule(unit: Unit) -> str:
    """Under which rule the notice of a dialogue of this unit falls."""
    return NOTICE if by_law(unit) else NOTICE_LOCAL


def moment_of(on: dt.date, time: str) -> dt.datetime:
    """Day and hour as somebody typed it: 8:00, 8h00, 8g."""
    text = time.strip().lower().replace("h", ":").replace("g", ":")
    text = text + "00" if text.endswith(":") else text
    try:
        hour = dt.datetime.strptime(text, "%H:%M").time()
    except ValueError:
        raise MatterError(_("Write the hour like 19:00."), field="time") from None
    moment = dt.datetime.combine(on, hour, timezone.get_default_timezone())
    if moment <= clock.now():
        raise MatterError(_("That hour has passed."), field="time")
    return moment


def notice_check(rule: str, on: dt.date) -> None:
    """Refuse a day that leaves no time for the notice that is owed before it."""
    try:
        last = deadline(key=rule, anchor=noon(on), now=clock.now()).due_on
    except (RuleError, CalendarError) as error:
        raise MatterError(error.en if get_language() == "en" else error.vi, field="on") from None
    if last < clock.today():
        raise MatterError(
            _("The notice would have been due on %(day)s; choose a later day.")
            % {"day": f"{last:%d/%m/%Y}"},
            field="on",
        )
