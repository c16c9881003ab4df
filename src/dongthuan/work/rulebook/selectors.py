"""Reading the rulebook and its drafts: the rules are public, drafts are for officials."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Any

from dongthuan.core import clock
from dongthuan.core.law import (
    Fact,
    LocalVersion,
    Rule,
    RuleError,
    load_rulebook,
    shipped_rulebook,
)
from dongthuan.core.law.loading import rulebook_with
from dongthuan.core.law.printing import DIRECTIONS, TRANSITIONS, version_text
from dongthuan.core.law.rulebook import EVIDENCE, Rulebook
from dongthuan.core.law.values import Item, Items
from dongthuan.core.matters.recompute import Preview, moves_preview
from dongthuan.core.people.actors import Actor
from dongthuan.core.text import clean, fold
from dongthuan.work.rulebook.models import DraftState, RuleDraft, RuleEntry
from dongthuan.work.rulebook.tables import typed_of

PAGE = 50


def versions_approved() -> Iterator[LocalVersion]:
    """What the overlay of the rulebook is made of: one query."""
    approved = RuleDraft.objects.filter(state=DraftState.APPROVED).order_by("id")
    for key, table in approved.values_list("key", "table"):
        yield LocalVersion.from_json(key, table)


# -- the rules in words ---------------------------------------------------------------------------


@dataclass(frozen=True)
class VersionView:
    """A version as a page shows it, in the reader's language. `when`: past, now or future."""

    valid_from: dt.date
    valid_to: dt.date | None
    text: str
    items: tuple[tuple[str, str], ...]
    basis: str
    document: str
    evidence: str
    evidence_text: str
    verified: bool
    transition: str
    note: str
    when: str
    local: bool


@dataclass(frozen=True)
class RuleView:
    """A rule or a fact as a page shows it; `now` is the version in force, if there is one."""

    key: str
    name: str
    law: str
    law_id: str
    kind: str
    is_term: bool
    versions: tuple[VersionView, ...]
    now: VersionView | None

    @property
    def shown(self) -> VersionView:
        """What a list shows: the version in force, or the last or first one."""
        return self.now or self.versions[-1]


@dataclass(frozen=True)
class RuleFilter:
    """`evidence`: '' all, 'P' read in the text, 'other' everything else."""

    q: str = ""
    law: str = ""
    evidence: str = ""

    @property
    def asks(self) -> bool:
        """Whether anything is asked for; if not, the whole rulebook is shown."""
        return bool(self.q or self.law or self.evidence)

    @classmethod
    def of(cls, query: Mapping[str, Any]) -> RuleFilter:
        """From a query string; what is not known finds nothing or everything, never an error."""
        return cls(
            q=clean(str(query.get("q", "")))[:200],
            law=str(query.get("law", ""))[:60],
            evidence=str(query.get("evidence", ""))[:10],
        )


def rules_found(*, wanted: RuleFilter, on: dt.date, language: str) -> list[RuleView]:
    """The rules that match, by key; words are found in names, keys, bases and texts, unaccented."""
    book = load_rulebook()
    words = fold(wanted.q).split()
    found = []
    for entry in book.entries():
        if wanted.law and entry.law != wanted.law:
            continue
        view = _view(book, entry, on, language)
        if wanted.evidence == "P" and view.shown.evidence != "P":
            continue
        if wanted.evidence == "other" and view.shown.evidence == "P":
            continue
        if words and not _says(entry, view, words):
            continue
        found.append(view)
    return found


def rules_by_law(rules: Iterable[RuleView]) -> list[tuple[str, str, list[RuleView]]]:
    """(id, name, rules) of each law that has any, in the order of the rulebook's laws."""
    found: dict[str, list[RuleView]] = {law.id: [] for law in load_rulebook().laws()}
    for rule in rules:
        found[rule.law_id].append(rule)
    return [(law, rows[0].law, rows) for law, rows in found.items() if rows]


def _says(entry: Rule | Fact, view: RuleView, words: list[str]) -> bool:
    texts = [entry.key, entry.name_vi, entry.name_en, view.law]
    texts += [f"{v.basis_vi} {v.document}" for v in entry.versions]
    texts += [version.text for version in view.versions]
    folded = fold(" ".join(texts))
    return all(word in folded for word in words)


def rule_view(*, key: str, on: dt.date, language: str) -> RuleView | None:
    """One rule with its history; None if there is none of that key."""
    book = load_rulebook()
    try:
        return _view(book, book.entry(key), on, language)
    except RuleError:
        return None


def laws_listed(language: str) -> list[tuple[str, str]]:
    """(id, name) of each law of the rulebook."""
    return [
        (law.id, law.name_en if language == "en" else law.name_vi) for law in load_rulebook().laws()
    ]


def _view(book: Rulebook, entry: Rule | Fact, on: dt.date, language: str) -> RuleView:
    english = language == "en"
    law = book.law(entry.law)
    versions = tuple(_version(entry, number, on, english) for number in range(len(entry.versions)))
    return RuleView(
        key=entry.key,
        name=entry.name_en if english else entry.name_vi,
        law=law.name_en if english else law.name_vi,
        law_id=law.id,
        kind=_kind(entry, english),
        is_term=isinstance(entry, Rule),
        versions=versions,
        now=next((version for version in versions if version.when == "now"), None),
    )


def _kind(entry: Rule | Fact, english: bool) -> str:
    if isinstance(entry, Fact):
        return entry.sort_en if english else entry.sort_vi
    pair = DIRECTIONS.get(entry.direction, (entry.direction, entry.direction))
    anchor = entry.anchor_en if english else entry.anchor_vi
    return f"{'term' if english else 'thời hạn'}, {pair[english]} {anchor}"


def _version(entry: Rule | Fact, number: int, on: dt.date, english: bool) -> VersionView:
    version = entry.versions[number]
    value = getattr(version, "value", None)
    items: tuple[Item, ...] = value.items if isinstance(value, Items) else ()
    when = "now" if version.in_force(on) else "future" if version.valid_from > on else "past"
    return VersionView(
        valid_from=version.valid_from,
        valid_to=version.valid_to,
        text=version_text(version, "en" if english else "vi"),
        items=tuple((item.code, item.text_en if english else item.text_vi) for item in items),
        basis=version.basis_en if english else version.basis_vi,
        document=version.document,
        evidence=version.evidence,
        evidence_text=EVIDENCE[version.evidence][english],
        verified=version.evidence == "P",
        transition=TRANSITIONS[version.transition][english],
        note=version.note_en if english else version.note_vi,
        when=when,
        local=(entry.key, version.valid_from) not in _shipped_versions(),
    )


@lru_cache(maxsize=1)
def _shipped_versions() -> frozenset[tuple[str, dt.date]]:
    return frozenset(
        (entry.key, version.valid_from)
        for entry in shipped_rulebook().entries()
        for version in entry.versions
    )


# -- drafts ---------------------------------------------------------------------------------------


@dataclass(frozen=True)
class DraftPage:
    drafts: list[RuleDraft]
    next: int | None


def draft_list(*, actor: Actor, state: str = "", before: int | None = None) -> DraftPage:
    """Drafts, the newest first; keyset by id. Only officials who handle content see any."""
    if not (actor.is_official and actor.handles_content):
        return DraftPage([], None)
    drafts = RuleDraft.objects.select_related("drafted_by", "decided_by").order_by("-id")
    if state:
        drafts = drafts.filter(state=state)
    if before:
        drafts = drafts.filter(id__lt=before)
    rows = list(drafts[: PAGE + 1])
    return DraftPage(rows[:PAGE], rows[PAGE - 1].pk if len(rows) > PAGE else None)


def draft_get(*, actor: Actor, draft_id: int) -> RuleDraft | None:
    if not (actor.is_official and actor.handles_content):
        return None
    found = RuleDraft.objects.select_related("drafted_by", "decided_by").filter(pk=draft_id)
    return found.first()


def draft_of(*, key: str) -> RuleDraft | None:
    """The draft of a rule that is still open, if there is one."""
    return RuleDraft.objects.filter(
        key=key, state__in=[DraftState.DRAFT, DraftState.PROPOSED]
    ).first()


def draft_typed(draft: RuleDraft) -> dict[str, Any]:
    """The draft as one types it, for its form; {} if it no longer fits the rulebook."""
    try:
        book = rulebook_with(LocalVersion.from_json(draft.key, draft.table))
    except RuleError:
        return {}
    return typed_of(book.entry(draft.key)) | {"valid_from": draft.valid_from}


def draft_entries(*, draft: RuleDraft) -> list[RuleEntry]:
    return list(draft.entries.order_by("id"))


def draft_view(draft: RuleDraft, language: str) -> VersionView | None:
    """The drafted version in words; None if it no longer fits the rulebook."""
    try:
        version = LocalVersion.from_json(draft.key, draft.table)
        book = load_rulebook() if _in_use(draft) else rulebook_with(version)
        entry: Any = book.entry(draft.key)
    except RuleError:
        return None
    for number, row in enumerate(entry.versions):
        if row.valid_from == draft.valid_from:
            shown = _version(entry, number, clock.today(), language == "en")
            return replace(shown, local=draft.state == DraftState.APPROVED)
    return None


def _in_use(draft: RuleDraft) -> bool:
    entry: Any = load_rulebook().entry(draft.key)
    return any(version.valid_from == draft.valid_from for version in entry.versions)


def draft_preview(*, actor: Actor, draft: RuleDraft, after: int = 0) -> Preview | None:
    """What the draft would change on running duties; None for a fact, which counts no days.

    Raises RuleError where the draft no longer fits the rulebook.
    """
    if draft.key not in load_rulebook():
        return None
    book = (
        load_rulebook()
        if _in_use(draft)
        else rulebook_with(LocalVersion.from_json(draft.key, draft.table))
    )
    return moves_preview(
        actor=actor, rule=draft.key, since=draft.valid_from, book=book, after=after
    )
