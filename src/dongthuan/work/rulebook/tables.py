"""A version as people type it, and as a data file holds it: one to the other and back.

Terms:       `45 d`, or in words, `45 ngày`, `7 ngày làm việc`, `2 months`;
             conditions one a line, `complex: 45 d`, `remote + complex: 60 d`;
             extensions one a line, `complex: 30 d x 2`.
Facts:       by sort: `2/month`, `>= 2/3`, `true`, a code, a form number; a list has one item a
             line, `a | tiếng Việt | English`; bands have one a line, `5-10: 2`, `11-: 5`.
"""

from __future__ import annotations

import datetime as dt
import re
import unicodedata
from typing import Any

from django.utils.translation import gettext as _

from dongthuan.core.law import Fact, FactVersion, Rule, RuleVersion
from dongthuan.core.law.values import Bands, Form, Frequency, Items, Threshold
from dongthuan.core.matters.errors import MatterError

_EXTENSION = re.compile(r"(?:(?P<if>[^:]+):)?\s*(?P<term>[^:x×]+?)\s*[x×]\s*(?P<times>\d{1,2})")
_BAND = re.compile(r"(\d{1,6})\s*-\s*(\d{0,6})\s*:\s*(\d{1,6})")
# A term in words, either language; the longer word before the one it begins with.
_IN_WORDS = re.compile(
    r"(\d{1,4})\s*(?:(?P<wd>ngày làm việc|working days?)|(?P<d>ngày|days?)|(?P<h>giờ|hours?)"
    r"|(?P<month>tháng|months?)|(?P<year>năm|years?))",
    re.IGNORECASE,
)
COMMON = ("basis_vi", "basis_en", "document", "transition", "evidence")


def typed_of(entry: Rule | Fact) -> dict[str, Any]:
    """What a form for the next version begins with: the last version, as one types it."""
    last = entry.versions[-1]
    typed: dict[str, Any] = {name: getattr(last, name) for name in COMMON}
    typed |= {"note_vi": last.note_vi, "note_en": last.note_en}
    if isinstance(last, RuleVersion):
        return typed | {
            "term": str(last.term),
            "when": "\n".join(f"{_facts(w.conditions)}: {w.term}" for w in last.when),
            "extension": "\n".join(
                f"{_facts(e.conditions)}: {e.term} x {e.times}".removeprefix(": ")
                for e in last.extensions
            ),
        }
    return typed | _typed_value(last)


def _facts(conditions: frozenset[str]) -> str:
    return " + ".join(sorted(conditions))


def _typed_value(version: FactVersion) -> dict[str, Any]:
    value = version.value
    if isinstance(value, Items):
        parts = ((i.code, i.text_vi, i.text_en, i.article_vi) for i in value)
        lines = [" | ".join(part for part in row if part) for row in parts]
        return {"value": "\n".join(lines)}
    if isinstance(value, Bands):
        lines = [f"{first}-{last or ''}: {most}" for first, last, most in value.bands]
        return {"value": "\n".join(lines)}
    words = {}
    if isinstance(value, Frequency | Threshold):
        words = {"text_vi": value.of_vi, "text_en": value.of_en}
    elif isinstance(value, Form):
        words = {"text_vi": value.title_vi, "text_en": value.title_en}
    elif hasattr(value, "code"):
        words = {"text_vi": value.text_vi, "text_en": value.text_en}
    return {"value": str(value), **words}


def table_of(entry: Rule | Fact, typed: dict[str, Any]) -> dict[str, Any]:
    """The table of a version from what was typed; MatterError names the field that is not clear.

    Whether the version fits the rulebook is checked afterwards, by the code that reads files.
    """
    start = typed["valid_from"]
    typed = {**typed, "basis_en": typed.get("basis_en") or typed["basis_vi"]}
    table: dict[str, Any] = {"from": start.isoformat() if isinstance(start, dt.date) else start}
    table |= {name: typed[name] for name in COMMON}
    table |= {name: typed[name] for name in ("note_vi", "note_en") if typed.get(name)}
    if isinstance(entry, Rule):
        if entry.direction == "on":  # the document sets the day: there is no term to change
            return table
        table["term"] = _term(typed["term"])
        if when := [_when(line) for line in _lines(typed.get("when"))]:
            table["when"] = when
        if extensions := [_extension(line) for line in _lines(typed.get("extension"))]:
            table["extension"] = extensions
        return table
    return table | _value(entry.sort, typed)


def _value(sort: str, typed: dict[str, Any]) -> dict[str, Any]:
    text = str(typed.get("value") or "").strip()
    if sort == "flag":
        if text not in ("true", "false"):
            raise MatterError(_("Choose yes or no."), field="value")
        return {"value": text == "true"}
    if sort == "list":
        return {"items": [_item(line) for line in _lines(text)]}
    if sort == "bands":
        return {"bands": [_band(line) for line in _lines(text)]}
    words = {name: typed.get(name) or "" for name in ("text_vi", "text_en")}
    return {"value": text, **words}


def _lines(text: Any) -> list[str]:
    return [line.strip() for line in str(text or "").splitlines() if line.strip()]


def _term(text: str) -> str:
    """'5 ngày làm việc' -> '5 wd'; what is no term in words stays as it was typed."""
    text = unicodedata.normalize("NFC", " ".join(text.split()))
    match = _IN_WORDS.fullmatch(text)
    if match is None:
        return text
    plural = "s" if match.lastgroup in ("month", "year") and int(match[1]) > 1 else ""
    return f"{int(match[1])} {match.lastgroup}{plural}"


def _when(line: str) -> dict[str, Any]:
    facts, colon, term = line.partition(":")
    if not colon:
        raise MatterError(
            _("Write each condition as “complex: 45 d”; this line is not: %(line)s")
            % {"line": line},
            field="when",
        )
    return {"if": _conditions(facts), "term": _term(term)}


def _extension(line: str) -> dict[str, Any]:
    match = _EXTENSION.fullmatch(line)
    if match is None:
        raise MatterError(
            _("Write each extension as “complex: 30 d x 1”; this line is not: %(line)s")
            % {"line": line},
            field="extension",
        )
    table: dict[str, Any] = {"term": _term(match["term"]), "times": int(match["times"])}
    return {"if": _conditions(match["if"]), **table} if match["if"] else table


def _conditions(text: str) -> list[str]:
    return sorted({fact.strip() for fact in text.split("+") if fact.strip()})


def _item(line: str) -> list[str]:
    parts = [part.strip() for part in line.split("|")]
    if len(parts) not in (3, 4):
        raise MatterError(
            _("Write each item as “code | Vietnamese | English”; this line is not: %(line)s")
            % {"line": line},
            field="value",
        )
    return parts


def _band(line: str) -> list[int]:
    match = _BAND.fullmatch(line)
    if match is None:
        raise MatterError(
            _("Write each limit as “5-10: 2” or “11-: 5”; this line is not: %(line)s")
            % {"line": line},
            field="value",
        )
    return [int(match[1]), int(match[2] or 0), int(match[3])]
