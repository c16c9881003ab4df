"""What the law fixes about receiving citizens and what is no term: frequency, delegation,
representatives, grounds. Plain declared tables, each line with its article, force and evidence.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Protocol, TypeVar

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from dongthuan.core.units.models import Kind, Position, Tier

REFORM = dt.date(2026, 7, 1)  # Luật 136/2025/QH15, Nghị định 154/2026/NĐ-CP
LAW = dt.date(2014, 7, 1)  # Luật Tiếp công dân 2013
LARGE_GROUP = 5  # persons on one content; law.md 2.2 [Mh]


class Dated(Protocol):
    @property
    def since(self) -> dt.date: ...
    @property
    def until(self) -> dt.date | None: ...


D = TypeVar("D", bound=Dated)


def _in_force(rows: Iterable[D], on: dt.date) -> list[D]:
    return [row for row in rows if row.since <= on and (row.until is None or on <= row.until)]


# -- who receives how often -----------------------------------------------------------------------


@dataclass(frozen=True)
class Frequency:
    """At least `days` in each `per` ('week', Monday to Sunday, or 'month')."""

    role_kind: str
    days: int
    per: str
    since: dt.date
    until: dt.date | None
    basis: str
    evidence: str


_MONTHLY = "Khoản 2 Điều 18 Luật Tiếp công dân 2013"
FREQUENCIES = (
    Frequency("chair_commune", 1, "week", LAW, dt.date(2026, 6, 30),
              "Điểm d khoản 2 Điều 15 Luật Tiếp công dân 2013", "P"),
    Frequency("chair_commune", 2, "month", REFORM, None,
              "Điều 15 Luật Tiếp công dân 2013, sửa đổi bởi Luật 136/2025/QH15", "S"),
    Frequency("chair_district", 2, "month", LAW, dt.date(2025, 6, 30),
              "Khoản 5 Điều 13 Luật Tiếp công dân 2013", "P"),
    Frequency("chair_province", 1, "month", LAW, None,
              "Khoản 5 Điều 12 Luật Tiếp công dân 2013", "P"),
    Frequency("head_agency", 1, "month", LAW, None, _MONTHLY, "P"),
    Frequency("party_commune", 2, "month", dt.date(2019, 2, 18), None, "Quy định 11-QĐi/TW", "S"),
    Frequency("party_province", 1, "month", dt.date(2019, 2, 18), None, "Quy định 11-QĐi/TW", "S"),
)  # fmt: skip


def frequency(role_kind: str, on: dt.date) -> Frequency | None:
    """How often that head receives on a day; None where no text sets it."""
    return next((f for f in _in_force(FREQUENCIES, on) if f.role_kind == role_kind), None)


def frequencies(role_kind: str) -> list[Frequency]:
    """All versions for a head, the oldest first."""
    return [f for f in FREQUENCIES if f.role_kind == role_kind]


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


@dataclass(frozen=True)
class Delegation:
    """Whether the head may have a deputy receive on the head's own day."""

    role_kind: str
    allowed: bool
    since: dt.date
    until: dt.date | None
    basis: str
    evidence: str


DELEGATIONS = (
    Delegation("chair_commune", False, REFORM, None,
               "Điều 15 Luật Tiếp công dân 2013, sửa đổi bởi Luật 136/2025/QH15", "S"),
)  # fmt: skip


def may_delegate(role_kind: str, on: dt.date) -> Delegation:
    """Forbidden only where a text says so; a delegated day is counted apart from one's own."""
    found = next((d for d in _in_force(DELEGATIONS, on) if d.role_kind == role_kind), None)
    return found or Delegation(role_kind, True, LAW, None, "", "P")


# -- groups ---------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Representatives:
    """How many speak for a group; `least` 0: the law asks for none."""

    least: int
    most: int
    basis: str = "Điều 29 Luật Tiếp công dân 2013"


def representatives(people: int, on: dt.date) -> Representatives:
    """5 to 10 people: one or two; more than 10: up to five; fewer than 5 speak for themselves."""
    if on < LAW or people < LARGE_GROUP:
        return Representatives(0, max(people, 1))
    return Representatives(1, 2) if people <= 10 else Representatives(1, 5)


# -- refusal --------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Ground:
    """A ground of refusing to receive; `written`: a notice by the head, else told on the spot."""

    code: str
    label: str | Promise
    written: bool
    since: dt.date
    until: dt.date | None
    basis: str


def _law(number: int, label: str | Promise, *, written: bool = False) -> Ground:
    basis = f"Khoản {number} Điều 9 Luật Tiếp công dân 2013"
    return Ground(f"L{number}", label, written, LAW, None, basis)


def _decree(letter: str, label: str | Promise, *, written: bool = False) -> Ground:
    basis = f"Điểm {letter} khoản 1 Điều 4 Nghị định 154/2026/NĐ-CP"
    return Ground(letter, label, written, REFORM, None, basis)


GROUNDS = (
    _law(1, _("intoxicated, or without control of what he or she does")),
    _law(2, _("threatens, insults or breaks the house rules")),
    _law(3, _("settled lawfully, reviewed with written notice, explained, and still pursued"),
         written=True),
    _decree("a", _("brings weapons or dangerous things and does not hand them over")),
    _decree("b", _("does not submit to the security check")),
    _decree("c", _("records or streams although asked not to, or disturbs by it")),
    _decree("d", _("incites or causes disorder")),
    _decree("đ", _("has no full legal capacity and no lawful representative")),
    _decree("e", _("a representative without proof of being one")),
    _decree("g", _("not a complaint, denunciation, recommendation or feedback")),
    _decree("h", _("a recommendation or feedback already answered in writing, nothing new"),
            written=True),
    _decree("i", _("a final court judgment that is not open to review")),
    _decree("k", _("being handled by another competent body")),
)  # fmt: skip


def refusal_grounds(on: dt.date) -> list[Ground]:
    return _in_force(GROUNDS, on)


def refusal_ground(code: str, on: dt.date) -> Ground | None:
    return next((ground for ground in refusal_grounds(on) if ground.code == code), None)


# -- ad-hoc and online ----------------------------------------------------------------------------

ADHOC_GROUNDS = (
    ("a", _("tense or complex, crowded, several agencies or differing opinions (Art. 18.3.a)")),
    ("b", _("may cause grave harm if not looked at in time (Art. 18.3.b)")),
)
ONLINE_GROUNDS = (
    ("1", _("complex or long complaint or feedback of several bodies (Art. 20.1)")),
    ("2", _("remote area, policy family, old or disabled person who wishes it (Art. 20.2)")),
    ("3", _("disaster, epidemic, security or order (Art. 20.3)")),
    ("4", _("complex denunciation; the denouncer asks for no protection of identity (Art. 20.4)")),
    ("5", _("another practical need (Art. 20.5)")),
)


def online_allowed(on: dt.date) -> bool:
    """Online reception exists since Decree 154/2026/NĐ-CP (Art. 16)."""
    return on >= REFORM


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
