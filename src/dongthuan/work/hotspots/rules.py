"""What the locality's own rules say: who may declare what, by which criteria; words not written.

All of it is data of the rulebook (`core/law/data/hotspots.toml`).
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Sequence

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from dongthuan.core import clock
from dongthuan.core.law import load_rulebook
from dongthuan.core.law.values import Items, Threshold
from dongthuan.core.matters import policies
from dongthuan.core.matters.errors import MatterError, NotAllowed
from dongthuan.core.matters.persons import persons_in, unveiled
from dongthuan.core.people.actors import Actor, Scope
from dongthuan.core.text import clean, fold, nfc, personal_data
from dongthuan.core.units.models import Role, Tier, Unit
from dongthuan.work.hotspots.models import Hotspot, Part, Seat

REPORTS = ("hs.report.watch", "hs.report.complex", "hs.report.hot", "hs.report.stabilised")
FIRSTS = ("hs.first.watch", "hs.first.complex", "hs.first.hot")
INCIDENT = "hs.incident"
STEERING = "hs.steering"
PROVINCE = "hs.province"
OPINION = "hs.opinion"
REVIEW6, REVIEW12 = "hs.review6", "hs.review12"
# Whose words and hands count here, once they are seated: all who work with content.
EVERYBODY = tuple(role for role in Role if role not in (Role.ADMIN, Role.BOARD))


def listed(key: str) -> Items:
    """A list of the rulebook that is in force today."""
    found = load_rulebook().value(key, on=clock.today())
    assert isinstance(found, Items)
    return found


def wording(key: str, code: str) -> str:
    """The words of a line of a list, in the reader's language; the code where it has gone."""
    english = get_language() == "en"
    for item in listed(key).items:
        if item.code == code:
            return item.text_en if english else item.text_vi
    return code


# -- who ------------------------------------------------------------------------------------------


def tiers_of(scopes: Iterable[Scope]) -> dict[str, str]:
    """The level of the area of each position: area path -> tier. One query."""
    paths = {scope.area_path for scope in scopes} | {scope.unit_path for scope in scopes}
    return dict(Unit.objects.filter(path__in=paths).values_list("path", "tier"))


def competent(acting: Actor, key: str, path: str) -> bool:
    """Whether a position held may declare what `key` names, of a body at `path`."""
    return acting.is_system or bool(competent_scopes(acting, key, path))


def competent_scopes(acting: Actor, key: str, path: str) -> list[Scope]:
    """The positions held that may declare what `key` names, of a body at `path`: role x level.

    Of the organ's own area: the head of another commune declares nothing here.
    """
    tiers = tiers_of(acting.scopes)
    codes = listed(key).codes
    found = []
    for scope in acting.scopes:
        village = tiers.get(scope.unit_path) == Tier.VILLAGE
        tier = Tier.VILLAGE.value if village else tiers.get(scope.area_path, "")
        if path.startswith(scope.area_path) and f"{tier}.{scope.role}" in codes:
            found.append(scope)
    return found


def competence_check(acting: Actor, key: str, path: str) -> None:
    if not competent(acting, key, path):
        raise NotAllowed(_("By the local rules your position may not declare this level."))


def parts_of(acting: Actor, hotspot: Hotspot) -> set[str]:
    """The parts that the actor's positions have in it today; one query."""
    held = [scope.position_id for scope in acting.scopes]
    return set(
        Seat.objects.filter(hotspot=hotspot, position__in=held, left_on=None).values_list(
            "part", flat=True
        )
    )


def is_owner(acting: Actor, hotspot: Hotspot) -> bool:
    """The head of the body that owns it."""
    return any(hotspot.path.startswith(s.unit_path) for s in acting.scopes_of(Role.HEAD))


def may_work(acting: Actor, hotspot: Hotspot) -> bool:
    """Who is seated, or the head of the owning body; not whoever was merely asked."""
    if acting.is_system:
        return True
    if not policies.may_see(acting, hotspot):
        return False
    return is_owner(acting, hotspot) or bool(parts_of(acting, hotspot) - {Part.CONSULTED})


def may_lead(acting: Actor, hotspot: Hotspot) -> bool:
    """The head of the owning body, the head and deputies of the steering committee."""
    if acting.is_system:
        return True
    leads = {Part.STEERING_HEAD.value, Part.STEERING_DEPUTY.value}
    if not policies.may_see(acting, hotspot):
        return False
    return is_owner(acting, hotspot) or bool(parts_of(acting, hotspot) & leads)


def work_check(acting: Actor, hotspot: Hotspot) -> None:
    if not may_work(acting, hotspot):
        raise NotAllowed(_("Only the members of the steering committee and groups may do this."))


def lead_check(acting: Actor, hotspot: Hotspot) -> None:
    if not may_lead(acting, hotspot):
        raise NotAllowed(_("Only the head and the steering committee's heads may decide this."))


# -- by which criteria ----------------------------------------------------------------------------


def criteria_check(level: str, met: Sequence[str]) -> None:
    """Refuse a level whose criteria are not met. Raises MatterError (criteria)."""
    known = listed("hs.criteria").codes
    if set(met) - set(known):
        raise MatterError(_("Choose criteria of the list."), field="criteria")
    least = load_rulebook().value(f"hs.least.{level}", on=clock.today())
    assert isinstance(least, Threshold)
    if not least.met(len(set(met))):
        raise MatterError(
            _("This level needs at least %(n)d criteria of the list.") % {"n": int(least.amount)},
            field="criteria",
        )
    if level == "hot" and not set(met) & set(listed("hs.essential.hot").codes):
        raise MatterError(
            _("A hot spot means a crowd, essential services or public order at risk."),
            field="criteria",
        )


def closing_check(met: Sequence[str]) -> None:
    """All conditions of closing are met, or it is not closed. Raises MatterError (criteria)."""
    missing = [code for code in listed("hs.closing").codes if code not in met]
    if missing:
        raise MatterError(
            _("It cannot be closed before: %(what)s.")
            % {"what": "; ".join(wording("hs.closing", code) for code in missing)},
            field="criteria",
        )


# -- words ----------------------------------------------------------------------------------------


def refused_words(text: str) -> list[str]:
    """Words of the rulebook's list in a text, by whole words, with or without Vietnamese marks.

    Where a word is typed with its marks they must be those of the list: "thải đo được" is waste,
    not somebody's "thái độ". "Nhà bà con" is nobody's house.
    """
    plain = nfc(unveiled(text)).lower().replace("bà con", " ")
    said = re.findall(r"[^\W_]+", plain)
    return [item.text_vi for item in listed("hs.refused_words").items if _says(said, item.text_vi)]


def _says(said: Sequence[str], phrase: str) -> bool:
    wanted = re.findall(r"[^\W_]+", nfc(phrase).lower())
    if len(wanted) > 1 and fold("".join(wanted)) in map(fold, said):
        return True  # run together
    starts = range(len(said) - len(wanted) + 1)
    return any(all(map(_alike, said[at:], wanted)) for at in starts)


def _alike(word: str, wanted: str) -> bool:
    """The same word; typed without marks, or with hỏi for ngã as many speak it."""
    return word in (wanted, fold(wanted)) or _one_tone(word) == _one_tone(wanted)


def _one_tone(word: str) -> str:
    return unicodedata.normalize("NFD", word).replace("\u0303", "\u0309")


def words_check(text: str, field: str) -> None:
    """Refuse words about a person, a household or how somebody stands. Raises MatterError."""
    if found := [*refused_words(text), *persons_in(text)]:
        raise MatterError(
            _("Write what was asked and answered, never how a person or household stands or who"
              " they are; take out: %(words)s.") % {"words": ", ".join(found[:5])},
            field=field,
        )  # fmt: skip
    if found := personal_data(unveiled(text)):
        raise MatterError(
            _("Take out what looks like personal data: %(found)s.")
            % {"found": ", ".join(found[:5])},
            field=field,
        )


def said(text: str, field: str, *, most: int = 3000, needed: str = "") -> str:
    """Cleaned words about an affair: no person, no household, no stance. Raises MatterError."""
    text = clean(text or "")
    if needed and not text:
        raise MatterError(needed, field=field)
    if len(text) > most:
        raise MatterError(
            _("This is longer than %(max)d letters; shorten it.") % {"max": most}, field=field
        )
    words_check(text, field)
    return text


def document_said(text: str, field: str = "document", *, required: bool = True) -> str:
    """The number and symbol of a document; MatterError where it is missing, or says more."""
    text = clean(text or "")[:80]
    if required and not text:
        raise MatterError(_("Give the number and symbol of the document."), field=field)
    words_check(text, field)
    return text
