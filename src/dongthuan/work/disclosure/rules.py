"""What must be disclosed, where and by when: Điều 11 to 13, read from the rulebook (`dc.*`)."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from dongthuan.core.law import load_rulebook
from dongthuan.core.law.values import Item
from dongthuan.core.matters.kinds import Text

# The quarter's own list of what was disclosed (khoản 2 Điều 13): posted like an item.
REGISTER = "so"
DEFAULT = "dc.publish_default"

# Where a sector's law sets the time, it goes before the five working days (khoản 3 Điều 12).
# Rule -> the anchor from which it counts.
SECTOR: dict[str, dict[str, str]] = {
    "2": {
        "ns.publish_draft": "event",
        "ns.publish_estimate": "decided",
        "ns.publish_quarter": "event",
    },
    REGISTER: {"dc.register_quarter": "event"},
}
PERIODS: tuple[tuple[str, Text], ...] = (
    ("once", _("once")),
    ("year", _("the year")),
    ("h1", _("first half of the year")),
    ("h2", _("second half of the year")),
    ("q1", _("quarter I")),
    ("q2", _("quarter II")),
    ("q3", _("quarter III")),
    ("q4", _("quarter IV")),
)
_ENDS = {"year": (12, 31), "h1": (6, 30), "h2": (12, 31), "q1": (3, 31), "q2": (6, 30),
         "q3": (9, 30), "q4": (12, 31)}  # fmt: skip


def _items(key: str, on: dt.date) -> tuple[Item, ...]:
    version = load_rulebook().fact(key).version(on=on)
    return version.value.items if version else ()  # type: ignore[union-attr]


def _codes(key: str, on: dt.date) -> frozenset[str]:
    return frozenset(item.code for item in _items(key, on))


def _text(item: Item) -> str:
    return item.text_en if get_language() == "en" else item.text_vi


@dataclass(frozen=True)
class Listed:
    """An item of Điều 11 or a form of Điều 12, in the reader's language."""

    code: str
    label: str
    article: str


def items(on: dt.date) -> list[Listed]:
    """The fourteen items of Điều 11, in their order."""
    return [Listed(item.code, _text(item), item.article_vi) for item in _items("dc.items", on)]


def item_label(code: str, on: dt.date) -> str:
    """'2' -> 'Ngân sách, hoạt động tài chính của cấp xã'; the register has a name of its own."""
    if code == REGISTER:
        return str(_("Register of what was disclosed"))
    return next((item.label for item in items(on) if item.code == code), code)


def channels(on: dt.date) -> list[Listed]:
    """The ten forms of Điều 12."""
    return [
        Listed(item.code, _text(item), f"Điểm {item.code} khoản 1 Điều 12")
        for item in _items("dc.channels", on)
    ]


@dataclass(frozen=True)
class Owed:
    """Where an item must appear (Điều 13). `permanent`: for as long as it is true, not 30 days."""

    portal: bool
    hq: bool
    villages: bool
    loudspeaker: bool
    relay: bool
    permanent: bool

    @property
    def channels(self) -> tuple[str, ...]:
        """The compulsory forms, by their letters in Điều 12."""
        named = (
            ("a", self.hq or self.villages), ("b", self.portal), ("c", self.loudspeaker),
            ("d", self.relay),
        )  # fmt: skip
        return tuple(letter for letter, owed in named if owed)


def owed(item: str, on: dt.date) -> Owed:
    """The compulsory places and forms of an item on a day (Điều 13)."""
    if item == REGISTER:
        return Owed(False, True, True, False, False, False)
    timed, always = _codes("dc.post_items", on), _codes("dc.permanent_items", on)
    loud = item in _codes("dc.loudspeaker_items", on)
    return Owed(
        portal=True,
        hq=item in timed | always,
        villages=item in timed,
        loudspeaker=loud,
        relay=loud,
        permanent=item in always,
    )


def rules_of(item: str) -> dict[str, str]:
    """Rule of the time of disclosure -> its anchor; the default comes first."""
    own = SECTOR.get(item, {})
    return own if item == REGISTER else {DEFAULT: "decided", **own}


def period_end(year: int, period: str) -> dt.date | None:
    """The last day of a period of a year; None of what happens once."""
    end = _ENDS.get(period)
    return dt.date(year, *end) if end else None


def quarter_days(year: int, quarter: int) -> tuple[dt.date, dt.date]:
    """First and last day of a quarter."""
    last = dt.date(year, *_ENDS[f"q{quarter}"])
    return dt.date(year, 3 * quarter - 2, 1), last


def consecutive_days(rule: str, on: dt.date) -> int:
    """How many days in a row must be covered under a rule of least duration.

    Posting: 30 days from the day of posting, which itself is not counted (Bộ luật Dân sự, Điều
    147): it hangs on 31 days. A broadcast is heard on three days: each counts.
    """
    amount = load_rulebook().version(rule, on=on).term_for(frozenset()).amount
    return amount + 1 if rule == "dc.post_min" else amount
