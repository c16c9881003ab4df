"""What the clock is given (pauses, extensions, local terms) and what it answers."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

_Date = date  # Step has a field of that name


@dataclass(frozen=True, slots=True)
class Pause:
    """A stop of the clock: from_ <= day < to; `to` None is a pause not yet ended."""

    from_: date | datetime
    to: date | datetime | None = None
    reason: str = ""
    document: str = ""


@dataclass(frozen=True, slots=True)
class Extension:
    """A lengthening by a term such as '30 d', decided by a document."""

    term: str
    document: str
    reason: str = ""


@dataclass(frozen=True, slots=True)
class LocalTerm:
    """What a locality has set for a term that no law fixes: who set it, by which document.

    `term`: '3 wd', '24 h', '10 d'. `set_by` is the name of the unit, `valid_from` its first day.
    """

    term: str
    document: str
    set_by: str
    valid_from: date


@dataclass(frozen=True, slots=True)
class Step:
    """One line of the explanation, in both languages.

    `code` is one of rule, transition, secondary, unverified, condition_unused, anchor, months,
    count, skip, pause, pause_open, pause_no_effect, extension, roll, calendar_unsigned, due.
    `date` is where the step stands, `until` the last day of a range, `days` the days counted
    (code 'count').
    """

    code: str
    date: date
    text_vi: str
    text_en: str
    until: _Date | None = None
    days: int = 0
    source: str | None = None
    document: str | None = None

    def as_json(self) -> dict[str, Any]:
        return {
            "code": self.code,
            "date": self.date.isoformat(),
            "until": self.until.isoformat() if self.until else None,
            "days": self.days,
            "text_vi": self.text_vi,
            "text_en": self.text_en,
            "source": self.source,
            "document": self.document,
        }


@dataclass(frozen=True, slots=True)
class Deadline:
    """A due date with all it stands on. `due_at` is set for terms in hours only.

    `nominal_due_on` is the end before rolling; `open` tells of a pause that has not ended;
    `signed_off` is False when a proposed calendar year had a part in it; `verified` is False when
    the rule rests on memory or deduction.
    """

    rule: str
    name_vi: str
    name_en: str
    direction: str
    version_from: date
    basis: str
    basis_en: str
    document: str
    term: str
    term_vi: str
    term_en: str
    conditions: tuple[str, ...]
    anchor: date | datetime
    due_on: date
    due_at: datetime | None
    nominal_due_on: date
    evidence: str
    verified: bool
    signed_off: bool
    open: bool
    steps: tuple[Step, ...]

    def as_json(self) -> dict[str, Any]:
        """Plain JSON values, dates in ISO form; keys are only ever added."""
        return {
            "rule": self.rule,
            "name_vi": self.name_vi,
            "name_en": self.name_en,
            "direction": self.direction,
            "version_from": self.version_from.isoformat(),
            "basis": self.basis,
            "basis_en": self.basis_en,
            "document": self.document,
            "term": self.term,
            "term_vi": self.term_vi,
            "term_en": self.term_en,
            "conditions": list(self.conditions),
            "anchor": self.anchor.isoformat(),
            "due_on": self.due_on.isoformat(),
            "due_at": self.due_at.isoformat() if self.due_at else None,
            "nominal_due_on": self.nominal_due_on.isoformat(),
            "evidence": self.evidence,
            "verified": self.verified,
            "signed_off": self.signed_off,
            "open": self.open,
            "steps": [step.as_json() for step in self.steps],
        }
