"""What the law fixes about receiving citizens and what is no term: frequency, delegation,
representatives, grounds, forms. Read from the rulebook (`tcd.*`) for the day that matters.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from dongthuan.core.law import FactVersion, load_rulebook
from dongthuan.core.law.values import Item
from dongthuan.core.units.models import Kind, Position, Tier


def _in_force(key: str, on: dt.date) -> FactVersion | None:
    """The version of a fact on a day; None before the first and in a gap."""
    return load_rulebook().fact(key).version(on=on)


def _items(key: str, on: dt.date) -> Iterator[Item]:
    version = _in_force(key, on)
    return iter(version.value) if version else iter(())  # type: ignore[arg-type]


def _text(item: Item) -> str:
    return item.text_en if get_language() == "en" else item.text_vi


# -- who receives how often -----------------------------------------------------------------------

_MIN_DAYS = {
    "chair_commune": "tcd.chair_commune.min_days",
    "chair_district": "tcd.chair_district.min_days",
    "chair_province": "tcd.chair_province.min_days",
    "head_agency": "tcd.agency_head.min_days",
    "party_commune": "tcd.party_commune.min_days",
    "party_province": "tcd.party_upper.min_days",
}


@dataclass(frozen=True)
class Frequency:
    """At least `days` in each `per`: 'day', 'week' (Monday to Sunday), 'month', 'quarter', 'year';
    in every `each` of them together."""

    role_kind: str
    days: int
    per: str
    each: int
    since: dt.date
    until: dt.date | None
    basis: str
    evidence: str


def frequency(role_kind: str, on: dt.date) -> Frequency | None:
    """How often that head receives on a day; None where no text sets it."""
    found = (f for f in frequencies(role_kind) if f.since <= on)
    return next((f for f in found if f.until is None or on <= f.until), None)


def frequencies(role_kind: str) -> list[Frequency]:
    """All versions for a head, the oldest first."""
    key = _MIN_DAYS.get(role_kind)
    return [_frequency(role_kind, v) for v in load_rulebook().fact(key).versions] if key else []


def _frequency(role_kind: str, version: FactVersion) -> Frequency:
    asked = version.value
    return Frequency(
        role_kind, asked.times, asked.unit, asked.each,  # type: ignore[union-attr]
        version.valid_from, version.valid_to, version.basis_vi, version.evidence,
    )  # fmt: skip


def role_kind_of(position: Position) -> str:
    """Which line of the table a head's seat falls under; reads the unit and its parent."""
    unit = position.unit
    level = unit.parent.tier if unit.parent else ""
    names = {
        (Kind.PEOPLE_COMMITTEE, Tier.COMMUNE): "chair_commune",
        (Kind.PEOPLE_COMMITTEE, Tier.DISTRICT): "chair_district",
        (Kind.PEOPLE_COMMITTEE, Tier.PROVINCE): "chair_province",
        (Kind.PARTY_COMMITTEE, Tier.COMMUNE): "party_commune",
        (Kind.PARTY_COMMITTEE, Tier.PROVINCE): "party_province",
    }
    return names.get((Kind(unit.kind), Tier(level) if level else Tier.ORGAN), "head_agency")


# -- delegation -----------------------------------------------------------------------------------

_DELEGATION = {"chair_commune": "tcd.chair_commune.delegation"}


@dataclass(frozen=True)
class Delegation:
    """Whether the head may have a deputy receive on the head's own day; `basis` '' if no text
    speaks of it."""

    role_kind: str
    allowed: bool
    basis: str = ""
    evidence: str = "P"


def may_delegate(role_kind: str, on: dt.date) -> Delegation:
    """Forbidden only where a text says so; a delegated day is counted apart from one's own."""
    key = _DELEGATION.get(role_kind)
    found = _in_force(key, on) if key else None
    if found is None:
        return Delegation(role_kind, True)
    return Delegation(role_kind, bool(found.value), found.basis_vi, found.evidence)


# -- groups ---------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Representatives:
    """How many speak for a group; `least` 0: the law asks for none."""

    least: int
    most: int
    basis: str


def representatives(people: int, on: dt.date) -> Representatives:
    """At least one of a group up to the limit of its size; the others speak for themselves."""
    version = _in_force("tcd.group_reps", on)
    most = version.value.limit(people) if version else None  # type: ignore[union-attr]
    basis = version.basis_vi if version else ""
    return Representatives(1, most, basis) if most else Representatives(0, max(people, 1), basis)


def is_large_group(people: int, on: dt.date) -> bool:
    """Whether so many on one matter are a large group (đoàn đông người), as statistics count it."""
    version = _in_force("tcd.large_group", on)
    return bool(version and version.value.met(people))  # type: ignore[union-attr]


# -- refusal --------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Ground:
    """A ground of refusing to receive; `written`: a notice by the head, else told on the spot."""

    code: str
    label: str
    written: bool
    basis: str


def refusal_grounds(on: dt.date) -> list[Ground]:
    version = _in_force("tcd.refusal_grounds", on)
    if version is None:
        return []
    written = {item.code for item in _items("tcd.refusal_written", on)}
    return [
        Ground(item.code, _text(item), item.code in written, item.article_vi or version.basis_vi)
        for item in version.value  # type: ignore[union-attr]
    ]


def refusal_ground(code: str, on: dt.date) -> Ground | None:
    return next((ground for ground in refusal_grounds(on) if ground.code == code), None)


def refusal_words(code: str, on: dt.date) -> str:
    """A ground of refusal as the law of that day words it; the code where it has none."""
    ground = refusal_ground(code, on)
    return ground.label if ground else code


# -- ad-hoc and online ----------------------------------------------------------------------------


def adhoc_grounds(on: dt.date) -> list[tuple[str, str]]:
    """Grounds of an ad-hoc reception as choices: (code, text)."""
    return [(item.code, _text(item)) for item in _items("tcd.adhoc_grounds", on)]


def online_grounds(on: dt.date) -> list[tuple[str, str]]:
    """Matters that may be received online as choices: (code, text)."""
    return [(item.code, _text(item)) for item in _items("tcd.online.eligible", on)]


def online_allowed(on: dt.date) -> bool:
    """Online reception exists since Decree 154/2026/NĐ-CP (Art. 16)."""
    return load_rulebook().holds("tcd.online", on)


# -- the ledger -----------------------------------------------------------------------------------


def ledger_form(on: dt.date) -> str:
    """The number of the form of the ledger on a day; '' where none is known."""
    version = _in_force("tcd.ledger_form", on)
    return str(version.value) if version else ""


# -- for comparison only --------------------------------------------------------------------------


@dataclass(frozen=True)
class Reference:
    """A figure that others reported; shown as their words, never computed with."""

    year: str
    text: str | Promise
    source: str
    evidence: str = "S"


REFERENCES = (
    Reference("2025", _("province chairs 99% of their days (468 in person = 85%, 78 delegated)"),
              "Báo cáo của Chính phủ, 2025"),
    Reference("2024", _("commune chairs 84% of their days; districts 95%, provinces 97%"),
              "Báo cáo của Chính phủ, 2024"),
    Reference("2022", _("commune chairs 49% of their days, as the supervision found"),
              "Giám sát của Quốc hội, 2022"),
)  # fmt: skip
