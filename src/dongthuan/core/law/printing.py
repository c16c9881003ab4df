"""The whole rulebook for people and programs: Markdown in Vietnamese with English, or JSON."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from dongthuan.core.law.rulebook import (
    CONDITIONS,
    EVIDENCE,
    ExtensionRule,
    Rule,
    Rulebook,
    RuleVersion,
)
from dongthuan.core.law.values import Fact, FactVersion, Items

TRANSITIONS = {
    "anchored": ("theo mốc của vụ việc", "by the case's own anchor"),
    "immediate": ("áp dụng ngay với vụ việc đang giải quyết", "takes over pending cases at once"),
}
DIRECTIONS = {
    "after": ("kể từ", "counted from"),
    "before": ("trước", "counted back from"),
    "min_duration": ("tối thiểu, kể từ", "at least, from"),
    "span": ("nhiệm kỳ, kể từ", "term of office, from"),
}


def version_text(version: RuleVersion | FactVersion, language: str) -> str:
    """What a version says, in one line of 'vi' or 'en'."""
    if isinstance(version, FactVersion):
        return version.value.text_en if language == "en" else version.value.text_vi
    english = language == "en"
    parts = [version.term.text_en if english else version.term.text_vi]
    for when in version.when:
        facts = conditions_text(when.conditions, language)
        parts.append(f"{facts}: {when.term.text_en if english else when.term.text_vi}")
    parts += [_extension(extension, language) for extension in version.extensions]
    return "; ".join(parts)


def conditions_text(conditions: frozenset[str], language: str) -> str:
    return " + ".join(CONDITIONS[name][language == "en"] for name in sorted(conditions))


def _extension(extension: ExtensionRule, language: str) -> str:
    english = language == "en"
    term = extension.term.text_en if english else extension.term.text_vi
    head = "extension" if english else "gia hạn"
    facts = f" ({conditions_text(extension.conditions, language)})" if extension.conditions else ""
    return f"{head}{facts}: {extension.times} × {term}"


def as_markdown(book: Rulebook) -> str:
    """One document: every law, every rule, every version with basis, evidence and transition."""
    lines = [
        "# Bộ quy tắc – The rulebook",
        "",
        "Tài liệu này do lệnh `dongthuan rulebook --markdown` lập từ các tệp dữ liệu trong "
        "`src/dongthuan/core/law/data`; không sửa bằng tay.",
        "Generated from the data files; not edited by hand. Local versions that were approved on a "
        "deployment are shown on its own pages.",
        "",
        "| Ký hiệu | Mức kiểm chứng | Evidence |",
        "|---|---|---|",
        *(f"| {mark} | {vi} | {en} |" for mark, (vi, en) in EVIDENCE.items()),
        "",
        f"{len(book.rules())} thời hạn (terms), {len(book.facts())} quy định khác (other facts).",
    ]
    for law in book.laws():
        lines += ["", f"## {law.name_vi}", "", f"*{law.name_en}*"]
        for entry in _entries(book, law.id):
            lines += ["", *_entry(entry)]
    return "\n".join(lines) + "\n"


def _entries(book: Rulebook, law: str) -> list[Rule | Fact]:
    return [entry for entry in book.entries() if entry.law == law]


def _entry(entry: Rule | Fact) -> Iterator[str]:
    yield f"### `{entry.key}` {entry.name_vi}"
    yield ""
    yield f"{entry.name_en}. {_kind(entry)}"
    yield ""
    yield "| Từ (from) | Đến (to) | Nội dung | Content | Căn cứ (basis) | KC | Chuyển tiếp |"
    yield "|---|---|---|---|---|---|---|"
    for version in entry.versions:
        until = f"{version.valid_to:%d/%m/%Y}" if version.valid_to else "–"
        yield (
            f"| {version.valid_from:%d/%m/%Y} | {until} "
            f"| {_cell(version, 'vi')} | {_cell(version, 'en')} | {version.basis_vi} "
            f"| {version.evidence} | {TRANSITIONS[version.transition][0]} |"
        )
    for version in entry.versions:
        if version.note_vi:
            yield ""
            yield f"> {version.valid_from:%d/%m/%Y}: {version.note_vi} {version.note_en}"


def _cell(version: RuleVersion | FactVersion, language: str) -> str:
    return version_text(version, language).replace("|", "/")


def _kind(entry: Rule | Fact) -> str:
    if isinstance(entry, Fact):
        return f"Loại: {entry.sort_vi} ({entry.sort_en})."
    vi, en = DIRECTIONS.get(entry.direction, (entry.direction, entry.direction))
    return f"Thời hạn {vi} {entry.anchor_vi} ({en} {entry.anchor_en})."


def as_json(book: Rulebook) -> dict[str, Any]:
    """Plain JSON values; keys are only ever added."""
    return {
        "laws": [
            {"id": law.id, "name_vi": law.name_vi, "name_en": law.name_en} for law in book.laws()
        ],
        "rules": [entry_json(rule) for rule in book.rules()],
        "values": [entry_json(fact) for fact in book.facts()],
    }


def entry_json(entry: Rule | Fact) -> dict[str, Any]:
    head: dict[str, Any] = {
        name: getattr(entry, name) for name in ("key", "name_vi", "name_en", "scope", "law")
    }
    if isinstance(entry, Fact):
        head["sort"] = entry.sort
    else:
        head |= {"anchor": entry.anchor, "direction": entry.direction}
    return head | {"versions": [_version_json(version) for version in entry.versions]}


def _version_json(version: RuleVersion | FactVersion) -> dict[str, Any]:
    row: dict[str, Any] = {
        "from": version.valid_from.isoformat(),
        "to": version.valid_to.isoformat() if version.valid_to else None,
        "text_vi": version_text(version, "vi"),
        "text_en": version_text(version, "en"),
    }
    if isinstance(version, FactVersion):
        row["value"] = str(version.value)
        if isinstance(version.value, Items):
            row["items"] = [
                {"code": item.code, "text_vi": item.text_vi, "text_en": item.text_en}
                for item in version.value
            ]
    else:
        row["term"] = str(version.term)
        row["when"] = [{"if": sorted(w.conditions), "term": str(w.term)} for w in version.when]
        row["extensions"] = [
            {"if": sorted(e.conditions), "term": str(e.term), "times": e.times}
            for e in version.extensions
        ]
    names = (
        "basis_vi", "basis_en", "document", "transition", "evidence", "verified", "note_vi",
        "note_en",
    )  # fmt: skip
    return row | {name: getattr(version, name) for name in names}
