"""The rulebook in use: the shipped files, and above them the versions that a locality approved.

The files are never written. `set_overlay(source)` names a function that gives the approved
versions; they are merged rule by rule and checked line by line by the same code as the files. A
process asks the source again when its answer is older than `seconds`: an approved version begins
in the future, so minutes do not matter, and no request pays for it but one in a while.
"""

from __future__ import annotations

import copy
import time
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import lru_cache
from importlib import resources
from typing import Any

from dongthuan.core.law.checks import Raw, broken
from dongthuan.core.law.errors import RulebookError, RuleError
from dongthuan.core.law.rulebook import (
    Fact,
    Rule,
    Rulebook,
    build_from,
    parse_file,
    read_rule,
    read_value,
)

_DAY = timedelta(days=1)
_DATES = ("from", "to")


@dataclass(frozen=True)
class LocalVersion:
    """A version that no file holds: the key of its rule and its table, as in a file."""

    key: str
    table: Mapping[str, Any]

    @classmethod
    def from_json(cls, key: str, table: Mapping[str, Any]) -> LocalVersion:
        """From JSON, where the days are ISO strings; RuleError if one is none."""
        dated = dict(table)
        for name in _DATES:
            if isinstance(dated.get(name), str):
                try:
                    dated[name] = date.fromisoformat(dated[name])
                except ValueError:
                    raise RuleError(
                        f"'{dated[name]}' không phải là ngày.", f"'{dated[name]}' is not a day."
                    ) from None
        return cls(key, dated)


Source = Callable[[], Iterable[LocalVersion]]


@dataclass(frozen=True)
class Refused:
    """A local version that no longer fits the shipped files, and so is not in use."""

    key: str
    error: RuleError


@dataclass
class _State:
    source: Source | None = None
    seconds: float = 0.0
    read_at: float | None = None
    book: Rulebook | None = None
    local: tuple[LocalVersion, ...] = field(default=())
    refused: tuple[Refused, ...] = field(default=())


_state = _State()


@lru_cache(maxsize=1)
def _files() -> dict[str, Raw]:
    folder = resources.files("dongthuan.core.law") / "data"
    names = sorted(file.name for file in folder.iterdir() if file.name.endswith(".toml"))
    return {name: parse_file(name, (folder / name).read_text(encoding="utf-8")) for name in names}


@lru_cache(maxsize=1)
def shipped_rulebook() -> Rulebook:
    """The rulebook of the data files alone, read and checked once for each process."""
    return build_from(_files())


def load_rulebook() -> Rulebook:
    """The rulebook in use: the shipped files and the approved local versions, if there are any."""
    if _state.source is None:
        return shipped_rulebook()
    stale = _state.read_at is None or time.monotonic() - _state.read_at > _state.seconds
    if _state.seconds and stale:
        refresh()
    return _state.book or shipped_rulebook()


def set_overlay(source: Source | None, *, seconds: float) -> None:
    """Name the source of local versions; `seconds` 0 asks it only when `refresh` is called."""
    _state.source, _state.seconds = source, seconds
    forget()


def refresh() -> None:
    """Ask the source now. A version that does not fit is left out and told by `refused`."""
    # The moment is noted first: a source that itself asks for the rulebook must not begin again.
    _state.read_at = time.monotonic()
    local = tuple(_state.source()) if _state.source else ()
    if local == _state.local and _state.book is not None:
        return
    _state.book, _state.refused = merged(local)
    _state.local = local


def forget() -> None:
    """Back to the shipped files until the source is asked again."""
    _state.read_at, _state.book, _state.local, _state.refused = None, None, (), ()


def refused() -> tuple[Refused, ...]:
    """Approved versions that the files have overtaken: an operator must look at them."""
    return _state.refused


def merged(local: Sequence[LocalVersion]) -> tuple[Rulebook, tuple[Refused, ...]]:
    """The shipped rulebook with local versions, and those that did not fit. Changes nothing."""
    book = shipped_rulebook()
    if not local:
        return book, ()
    rules: dict[str, Rule] = {rule.key: rule for rule in book.rules()}
    facts: dict[str, Fact] = {fact.key: fact for fact in book.facts()}
    tables: dict[str, Raw] = {}
    refused: list[Refused] = []
    for version in sorted(local, key=lambda item: (item.key, str(item.table.get("from")))):
        try:
            home = _home(version.key)
            table = _added(tables.get(version.key) or home.table, version.table)
            entry = home.read(table)
        except RuleError as error:
            refused.append(Refused(version.key, error))
            continue
        tables[version.key] = table
        if isinstance(entry, Rule):
            rules[entry.key] = entry
        else:
            facts[entry.key] = entry
    return Rulebook(rules.values(), facts.values(), book.laws()), tuple(refused)


def rulebook_with(version: LocalVersion) -> Rulebook:
    """The rulebook in use as it would be with one more version; RulebookError if it cannot be.

    The new version is the last one: what is already to come is not cut short by it.
    """
    start = version.table.get("from")
    current: Any = load_rulebook().entry(version.key)
    if isinstance(start, date) and any(row.valid_from >= start for row in current.versions):
        raise broken("", version.key, f"phiên bản chồng nhau tại {start}", f"overlap at {start}")
    book, unfit = merged([*_state.local, version])
    for item in unfit:
        if item.key == version.key:
            raise item.error
    return book


def table_of(key: str) -> Raw:
    """The shipped table of a rule or fact, a copy: what a draft begins from. RuleError if none."""
    return copy.deepcopy(_home(key).table)


@dataclass(frozen=True)
class _Home:
    """Where a rule is shipped: its law, its table, whether it is a fact."""

    law: str
    table: Raw
    is_fact: bool

    def read(self, table: Raw) -> Rule | Fact:
        return (read_value if self.is_fact else read_rule)("", self.law, table)


def _home(key: str) -> _Home:
    found = _homes().get(key)
    if found is None:
        raise RuleError(f"Không có quy tắc '{key}' trong bộ quy tắc.", f"There is no rule '{key}'.")
    return found


@lru_cache(maxsize=1)
def _homes() -> dict[str, _Home]:
    shipped_rulebook()  # so that a broken file is told as such
    return {
        table["key"]: _Home(raw["law"]["id"], table, name == "value")
        for raw in _files().values()
        for name in ("rule", "value")
        for table in raw.get(name, [])
    }


def _added(table: Raw, version: Mapping[str, Any]) -> Raw:
    """The table with one more version; the one before it ends on the day before it begins."""
    start = version.get("from")
    if not isinstance(start, date):
        raise RulebookError("Thiếu ngày bắt đầu hiệu lực.", "The first day of force is missing.")
    grown = copy.deepcopy(table)
    rows = [*grown["version"], dict(version)]
    rows.sort(key=lambda row: row["from"])
    position = next(i for i, row in enumerate(rows) if row == version)
    if position and rows[position - 1]["from"] < start:
        before = rows[position - 1]
        if before.get("to") is None or before["to"] >= start:
            before["to"] = start - _DAY
        elif before["to"] < start - _DAY:
            rows[position]["after_gap"] = True  # a rule that had ended begins anew
    grown["version"] = rows
    return grown
