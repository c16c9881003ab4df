"""Facts of law that are no terms: how often, how many, on which grounds, by which form, by whom.

A fact (`tcd.chair_commune.min_days`, `kn.suspend`, …) has versions like a rule of terms: a value,
the article it stands on, its dates of force, its transition mode, a mark of evidence. The value is
one of the types below; each tells itself in both languages (`text_vi`, `text_en`).
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from typing import Any, Literal

from dongthuan.core.law import checks
from dongthuan.core.law.checks import Raw, broken
from dongthuan.core.law.errors import RuleError

_EVERY = {
    "day": ("ngày", "day"),
    "week": ("tuần", "week"),
    "month": ("tháng", "month"),
    "quarter": ("quý", "quarter"),
    "year": ("năm", "year"),
}
_FREQUENCY = re.compile(r"([1-9]\d?)/(?:([1-9]\d?) )?(day|week|month|quarter|year)s?", re.ASCII)
_THRESHOLD = re.compile(r"(>=|>|<=|<|=) ?(\d{1,6})(?:/([1-9]\d{0,3}))?", re.ASCII)
_SIGNS = {
    ">=": ("ít nhất", "at least"),
    ">": ("trên", "more than"),
    "<=": ("không quá", "at most"),
    "<": ("dưới", "fewer than"),
    "=": ("đúng", "exactly"),
}


@dataclass(frozen=True, slots=True)
class Frequency:
    """So many times in a period: `2/month`, `1/week`, `1/6 months`."""

    times: int
    each: int
    unit: str
    of_vi: str
    of_en: str

    @property
    def text_vi(self) -> str:
        each = f"{self.each:02} " if self.each > 1 else ""
        return f"ít nhất {self.times:02} {self.of_vi} trong {each or '01 '}{_EVERY[self.unit][0]}"

    @property
    def text_en(self) -> str:
        period = _EVERY[self.unit][1]
        each = f"every {self.each} {period}s" if self.each > 1 else f"each {period}"
        return f"{self.of_en}: at least {self.times} {each}"

    def __str__(self) -> str:
        return f"{self.times}/{f'{self.each} ' if self.each > 1 else ''}{self.unit}" + (
            "s" if self.each > 1 else ""
        )


@dataclass(frozen=True, slots=True)
class Threshold:
    """A count or a share to be reached: `>= 2/3`, `> 1/2`, `>= 5`; integers, never rounded."""

    sign: str
    amount: Fraction
    is_share: bool
    of_vi: str
    of_en: str

    def met(self, part: int, whole: int | None = None) -> bool:
        """Whether `part` of `whole` (or the bare count) reaches it.

        A share is compared by multiplication: two thirds of 100 households are 67, of 99 are 66.
        """
        if self.is_share:
            if whole is None or whole < 0 or part < 0:
                raise RuleError(
                    "Ngưỡng là một tỷ lệ, cần cả phần và tổng số.",
                    "The threshold is a share: both the part and the whole are needed.",
                )
            left, right = part * self.amount.denominator, whole * self.amount.numerator
        else:
            left, right = part, self.amount.numerator
        return {
            ">=": left >= right, ">": left > right, "<=": left <= right, "<": left < right,
            "=": left == right,
        }[self.sign]  # fmt: skip

    @property
    def _number(self) -> str:
        if not self.is_share:
            return str(self.amount.numerator)
        return f"{self.amount.numerator}/{self.amount.denominator}"

    @property
    def text_vi(self) -> str:
        return f"{_SIGNS[self.sign][0]} {self._number} {self.of_vi}".strip()

    @property
    def text_en(self) -> str:
        return f"{_SIGNS[self.sign][1]} {self._number} {self.of_en}".strip()

    def __str__(self) -> str:
        return f"{self.sign} {self._number}"


@dataclass(frozen=True, slots=True)
class Flag:
    """Whether the law provides, allows or demands something."""

    holds: bool

    def __bool__(self) -> bool:
        return self.holds

    @property
    def text_vi(self) -> str:
        return "có" if self.holds else "không"

    @property
    def text_en(self) -> str:
        return "yes" if self.holds else "no"

    def __str__(self) -> str:
        return "true" if self.holds else "false"


@dataclass(frozen=True, slots=True)
class Choice:
    """One of several ways: who decides, at which hour, in which manner. `code` for programs."""

    code: str
    text_vi: str
    text_en: str

    def __str__(self) -> str:
        return self.code


@dataclass(frozen=True, slots=True)
class Form:
    """A form of a decree or circular: its number and title."""

    number: str
    title_vi: str
    title_en: str

    @property
    def text_vi(self) -> str:
        return f"Mẫu {self.number}: {self.title_vi}"

    @property
    def text_en(self) -> str:
        return f"Form {self.number}: {self.title_en}"

    def __str__(self) -> str:
        return self.number


@dataclass(frozen=True, slots=True)
class Item:
    """One ground, criterion, form or content of a list.

    `article_vi`: where it stands itself, when a paper must cite it and the list has several places.
    """

    code: str
    text_vi: str
    text_en: str
    article_vi: str = ""


@dataclass(frozen=True, slots=True)
class Items:
    """A list of grounds, criteria, contents or forms, in the order of the article."""

    items: tuple[Item, ...]

    def __iter__(self) -> Iterator[Item]:
        return iter(self.items)

    def __len__(self) -> int:
        return len(self.items)

    @property
    def codes(self) -> tuple[str, ...]:
        return tuple(item.code for item in self.items)

    @property
    def text_vi(self) -> str:
        return "; ".join(f"{item.code}) {item.text_vi}" for item in self.items)

    @property
    def text_en(self) -> str:
        return "; ".join(f"{item.code}) {item.text_en}" for item in self.items)

    def __str__(self) -> str:
        return ", ".join(self.codes)


@dataclass(frozen=True, slots=True)
class Bands:
    """A limit by size: (from, to or None, at most). Five to ten people: two representatives."""

    bands: tuple[tuple[int, int | None, int], ...]

    def limit(self, count: int) -> int | None:
        """The most for such a number, or None where the law sets no limit."""
        for first, last, most in self.bands:
            if first <= count and (last is None or count <= last):
                return most
        return None

    @property
    def text_vi(self) -> str:
        return "; ".join(
            f"từ {first} đến {last}: không quá {most}"
            if last
            else f"từ {first} trở lên: không quá {most}"
            for first, last, most in self.bands
        )

    @property
    def text_en(self) -> str:
        return "; ".join(
            f"{first} to {last}: at most {most}" if last else f"{first} or more: at most {most}"
            for first, last, most in self.bands
        )

    def __str__(self) -> str:
        return ", ".join(f"{first}-{last or ''}: {most}" for first, last, most in self.bands)


Value = Frequency | Threshold | Flag | Choice | Form | Items | Bands
Sort = Literal["frequency", "threshold", "flag", "choice", "form", "list", "bands"]
SORTS: dict[str, tuple[str, str]] = {
    "frequency": ("tần suất", "frequency"),
    "threshold": ("ngưỡng", "threshold"),
    "flag": ("có hay không", "yes or no"),
    "choice": ("cách thức, thẩm quyền", "manner or competence"),
    "form": ("biểu mẫu", "form"),
    "list": ("danh mục", "list"),
    "bands": ("giới hạn theo quy mô", "limit by size"),
}
_FACT_KEYS = {"key", "name_vi", "name_en", "scope", "sort", "version"}
_COMMON = {
    "from", "to", "basis_vi", "basis_en", "document", "transition", "evidence", "note_vi",
    "note_en", "after_gap",
}  # fmt: skip
_FIELDS: dict[str, set[str]] = {
    "frequency": {"value", "text_vi", "text_en"},
    "threshold": {"value", "text_vi", "text_en"},
    "flag": {"value"},
    "choice": {"value", "text_vi", "text_en"},
    "form": {"value", "text_vi", "text_en"},
    "list": {"items"},
    "bands": {"bands"},
}


@dataclass(frozen=True, slots=True)
class FactVersion:
    """A fact as it stood from `valid_from` to `valid_to` (both included)."""

    valid_from: date
    valid_to: date | None
    value: Value
    basis_vi: str
    basis_en: str
    document: str
    transition: str
    evidence: str
    note_vi: str
    note_en: str

    @property
    def verified(self) -> bool:
        return self.evidence in ("P", "S")

    def in_force(self, on: date) -> bool:
        return self.valid_from <= on and (self.valid_to is None or on <= self.valid_to)


@dataclass(frozen=True, slots=True)
class Fact:
    """A fact of law through time; `versions` run from the oldest to the newest."""

    key: str
    name_vi: str
    name_en: str
    scope: str
    law: str
    sort: str
    versions: tuple[FactVersion, ...]

    @property
    def sort_vi(self) -> str:
        return SORTS[self.sort][0]

    @property
    def sort_en(self) -> str:
        return SORTS[self.sort][1]

    def version(self, *, on: date, anchor: date | None = None) -> FactVersion | None:
        """The version that holds on a day; None before the first and in a gap.

        `anchor` is the day of the case's own event (its acceptance, say): an anchored version
        holds by that day, an immediate one takes over pending cases from its first day.
        """
        day = anchor or on
        chosen = next((v for v in reversed(self.versions) if v.in_force(day)), None)
        for version in self.versions:
            if day < version.valid_from <= on and version.transition == "immediate":
                chosen = version
        return chosen


def read_fact(file: str, law: str, raw: Raw, *, scopes: set[str], evidence: set[str]) -> Fact:
    """One [[value]] table; RulebookError names the file and the key."""
    key = checks.text(file, "?", raw, "key")
    checks.only(file, key, raw, _FACT_KEYS)
    sort = checks.choice(file, key, raw, "sort", SORTS)
    rows = checks.tables(file, key, raw, "version")
    versions = tuple(_read_version(file, key, sort, row, evidence) for row in rows)
    checks.sequence(file, key, versions, rows)
    return Fact(
        key=key,
        name_vi=checks.text(file, key, raw, "name_vi"),
        name_en=checks.text(file, key, raw, "name_en"),
        scope=checks.choice(file, key, raw, "scope", scopes, "nation"),
        law=law,
        sort=sort,
        versions=versions,
    )


def _read_version(file: str, key: str, sort: str, raw: Raw, evidence: set[str]) -> FactVersion:
    checks.only(file, key, raw, _COMMON | _FIELDS[sort])
    valid_from, valid_to = checks.term_of_force(file, key, raw)
    return FactVersion(
        valid_from=valid_from,
        valid_to=valid_to,
        value=_READERS[sort](file, key, raw),
        basis_vi=checks.text(file, key, raw, "basis_vi"),
        basis_en=checks.text(file, key, raw, "basis_en"),
        document=checks.text(file, key, raw, "document"),
        transition=checks.choice(
            file, key, raw, "transition", {"anchored", "immediate"}, "anchored"
        ),
        evidence=checks.choice(file, key, raw, "evidence", evidence),
        note_vi=checks.text(file, key, raw, "note_vi") if "note_vi" in raw else "",
        note_en=checks.text(file, key, raw, "note_en") if "note_en" in raw else "",
    )


def _frequency(file: str, key: str, raw: Raw) -> Frequency:
    match = _FREQUENCY.fullmatch(checks.text(file, key, raw, "value"))
    if match is None:
        raise broken(
            file, key,
            "tần suất phải có dạng 2/month, 1/week, 1/6 months",
            "a frequency must be like 2/month, 1/week, 1/6 months",
        )  # fmt: skip
    return Frequency(
        times=int(match[1]),
        each=int(match[2] or 1),
        unit=match[3],
        of_vi=checks.text(file, key, raw, "text_vi"),
        of_en=checks.text(file, key, raw, "text_en"),
    )


def _threshold(file: str, key: str, raw: Raw) -> Threshold:
    match = _THRESHOLD.fullmatch(checks.text(file, key, raw, "value"))
    if match is None:
        raise broken(
            file, key,
            "ngưỡng phải có dạng >= 2/3, > 1/2, >= 5",
            "a threshold must be like >= 2/3, > 1/2, >= 5",
        )  # fmt: skip
    return Threshold(
        sign=match[1],
        amount=Fraction(int(match[2]), int(match[3] or 1)),
        is_share=match[3] is not None,
        of_vi=checks.text(file, key, raw, "text_vi"),
        of_en=checks.text(file, key, raw, "text_en"),
    )


def _flag(file: str, key: str, raw: Raw) -> Flag:
    value = raw.get("value")
    if not isinstance(value, bool):
        raise broken(file, key, "value phải là true hoặc false", "value must be true or false")
    return Flag(value)


def _choice(file: str, key: str, raw: Raw) -> Choice:
    return Choice(*(checks.text(file, key, raw, f) for f in ("value", "text_vi", "text_en")))


def _form(file: str, key: str, raw: Raw) -> Form:
    return Form(*(checks.text(file, key, raw, f) for f in ("value", "text_vi", "text_en")))


def _items(file: str, key: str, raw: Raw) -> Items:
    rows = raw.get("items")
    if not isinstance(rows, list) or not rows:
        raise broken(file, key, "danh mục còn trống", "the list is empty")
    for row in rows:
        whole = isinstance(row, list) and len(row) in (3, 4)
        if not whole or not all(isinstance(part, str) and part.strip() for part in row):
            raise broken(
                file, key,
                "mỗi mục gồm mã, tiếng Việt, tiếng Anh, nếu cần thì thêm điều khoản",
                "each item is a code, Vietnamese and English, and its article if need be",
            )  # fmt: skip
    codes = [row[0] for row in rows]
    if len(set(codes)) != len(codes):
        raise broken(file, key, "mã trong danh mục lặp lại", "a code in the list is repeated")
    return Items(tuple(Item(*(part.strip() for part in row)) for row in rows))


def _bands(file: str, key: str, raw: Raw) -> Bands:
    rows: Any = raw.get("bands")
    plain = (
        isinstance(rows, list)
        and rows
        and all(
            isinstance(row, list) and len(row) == 3 and all(type(n) is int and n >= 0 for n in row)
            for row in rows
        )
    )
    if not plain:
        raise broken(
            file, key,
            "mỗi mức gồm từ, đến (0 là không giới hạn), nhiều nhất",
            "each band is from, to (0 for no end), at most",
        )  # fmt: skip
    last = 0
    for first, end, _most in rows:
        if first <= last or (end and end < first) or last < 0:
            raise broken(file, key, "các mức chồng nhau", "the bands overlap")
        last = end or -1
    return Bands(tuple((first, end or None, most) for first, end, most in rows))


_READERS: dict[str, Callable[[str, str, Raw], Value]] = {
    "frequency": _frequency,
    "threshold": _threshold,
    "flag": _flag,
    "choice": _choice,
    "form": _form,
    "list": _items,
    "bands": _bands,
}
