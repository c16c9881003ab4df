"""The rulebook and the clock: every legal term as data, every due date with its explanation.

A rule (`kn.accept`, `tc.settle`, …) has versions; a version has a term (`30 d`, `7 wd`, `1 h`,
`2 months`, `1 year`), the article it stands on, its dates of force, its transition mode and a mark
of evidence. The rules live in `data/*.toml`, one file a law; `data/README.md` says how to write
one. `load_rulebook()` reads and checks them all, and merges the versions that a locality approved
(`loading.set_overlay`); `deadline()` counts.

Beside the terms stand the facts of law: frequencies, thresholds, grounds, forms, competences.

    load_rulebook().value("tcd.chair_commune.min_days", on=date(2026, 8, 1))  # 2/month

    result = deadline(key="kn.accept", anchor=date(2026, 8, 28))
    result.due_on                  # date(2026, 9, 11): 7 working days past a swap and National Day
    result.basis                   # 'Khoản 1 Điều 16 Nghị định 124/2020/NĐ-CP …'
    [step.text_vi for step in result.steps]
    result.as_json()

Pure Python: no Django, no database. All bad input raises RuleError (or CalendarError for days
outside the calendar), one sentence in `.vi` and `.en`; a broken data file raises RulebookError.
"""

from __future__ import annotations

from dongthuan.core.law.clock import LOCAL, deadline
from dongthuan.core.law.deadlines import Deadline, Extension, LocalTerm, Pause, Step
from dongthuan.core.law.errors import RulebookError, RuleError
from dongthuan.core.law.loading import LocalVersion, load_rulebook, rulebook_with, shipped_rulebook
from dongthuan.core.law.parsing import parse_datetime, parse_pause
from dongthuan.core.law.rulebook import Law, Rule, Rulebook, RuleVersion
from dongthuan.core.law.terms import ZONE, Term
from dongthuan.core.law.values import Fact, FactVersion

__all__ = [
    "LOCAL",
    "ZONE",
    "Deadline",
    "Extension",
    "Fact",
    "FactVersion",
    "Law",
    "LocalTerm",
    "LocalVersion",
    "Pause",
    "Rule",
    "RuleError",
    "RuleVersion",
    "Rulebook",
    "RulebookError",
    "Step",
    "Term",
    "deadline",
    "load_rulebook",
    "parse_datetime",
    "parse_pause",
    "rulebook_with",
    "shipped_rulebook",
]
