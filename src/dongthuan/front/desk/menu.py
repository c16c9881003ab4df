"""The desk's menu as a table: one line a room, for those whom it concerns."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from dongthuan.core.people.actors import Actor
from dongthuan.core.units.models import Role
from dongthuan.insight.leadership.selectors import may_lead


@dataclass(frozen=True)
class Item:
    url: str  # name of the address in the desk
    icon: str
    label: Promise
    shown: Callable[[Actor], bool]


def everyone(actor: Actor) -> bool:
    return True


def content(actor: Actor) -> bool:
    """All but system administrators."""
    return actor.handles_content


def registers(actor: Actor) -> bool:
    return actor.registers


def heads(actor: Actor) -> bool:
    return Role.HEAD in actor.roles


def takes_over(actor: Actor) -> bool:
    """Whoever leads a body, which may have taken the place of one that has ended."""
    return bool(actor.roles & {Role.HEAD, Role.PARTNER_HEAD, Role.PARTY, Role.COUNCIL})


def leads(actor: Actor) -> bool:
    return may_lead(actor)


MENU: tuple[tuple[Promise, tuple[Item, ...]], ...] = (
    (
        _("Matters and reception"),
        (
            Item("list", "inbox", _("Matters"), everyone),
            Item("register", "plus", _("Register at the counter"), registers),
            Item("transfers", "arrow-right", _("Transfers"), registers),
            Item("receptions", "people", _("Citizen reception"), content),
            Item("vault_keys", "lock", _("Vault of denunciations"), content),
        ),
    ),
    (
        _("Grassroots democracy"),
        (
            Item("disclosures", "megaphone", _("Disclosure"), content),
            Item("decisions", "vote", _("Decisions of the people"), content),
            Item("village_matters", "people", _("Affairs of the villages"), content),
            Item("consultations", "chat", _("Consultations"), content),
            Item("supervision", "eye", _("Supervision"), content),
            Item("projects", "bridge", _("Projects"), content),
            Item("campaigns", "book", _("Contributions"), content),
            Item("satisfaction", "chart", _("Satisfaction"), registers),
        ),
    ),
    (
        _("Coordination"),
        (
            Item("leadership", "chart", _("Leadership page"), leads),
            Item("radar", "eye", _("Early warning"), leads),
            Item("coord_plans", "seal", _("Coordination plans"), content),
            Item("directives", "file", _("Directing documents"), content),
            Item("notes", "chat", _("Exchange of information"), content),
            Item("recommendations", "send", _("Recommendations of bodies"), content),
            Item("hotspots", "alert", _("Hot spots"), content),
            Item("dialogues", "dialogue", _("Dialogues"), content),
            Item("emulation", "star", _("Movement “Dân vận khéo”"), content),
            Item("news", "news", _("News"), content),
        ),
    ),
    (
        _("Rules and the house"),
        (
            Item("rules", "scale", _("Rulebook"), everyone),
            Item("levels", "clock", _("Service levels"), heads),
            Item("hand_over", "inbox", _("Hand-over"), takes_over),
        ),
    ),
)


def menu_for(actor: Actor) -> list[tuple[Promise, list[Item]]]:
    """The groups with what concerns the actor; empty groups are left out."""
    groups = [(title, [item for item in items if item.shown(actor)]) for title, items in MENU]
    return [(title, items) for title, items in groups if items]
