"""The rulebook: read from the data files, checked line by line, then only looked up."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Literal

from dongthuan.core.law import checks
from dongthuan.core.law.checks import Raw, broken
from dongthuan.core.law.errors import RuleError
from dongthuan.core.law.terms import Term
from dongthuan.core.law.values import Fact, FactVersion, Flag, read_fact

Direction = Literal["after", "before", "min_duration", "span", "on"]
Transition = Literal["anchored", "immediate"]

EVIDENCE = {
    "P": ("đã đối chiếu văn bản gốc", "read in the primary text"),
    "S": (
        "theo nguồn thứ cấp, chưa đối chiếu văn bản gốc",
        "a secondary source, the primary text was not read",
    ),
    "Mh": ("chưa kiểm chứng, độ tin cậy cao", "not verified, of high confidence"),
    "Mm": ("chưa kiểm chứng, độ tin cậy vừa", "not verified, of medium confidence"),
    "Ml": ("chưa kiểm chứng, độ tin cậy thấp", "not verified, of low confidence"),
    "D": (
        "chưa kiểm chứng, suy luận hoặc quy ước nội bộ",
        "not verified, a deduction or internal convention",
    ),
}
VERIFIED = frozenset({"P", "S"})
ANCHORS = {
    "accepted": ("ngày thụ lý", "the day of acceptance"),
    "asked": ("ngày có yêu cầu", "the day of the request"),
    "broadcast": ("ngày bắt đầu phát thanh", "the first day of broadcasting"),
    "concluded": ("ngày ban hành kết luận", "the day of the conclusion"),
    "created": ("ngày tạo ra thông tin", "the day the information was made"),
    "decided": ("ngày ban hành quyết định", "the day of the decision"),
    "discovered": ("ngày phát hiện", "the day of discovery"),
    "due": ("ngày hết hạn", "the day the term expires"),
    "elected": ("ngày bắt đầu nhiệm kỳ", "the first day of the term of office"),
    "event": ("ngày diễn ra sự việc", "the day of the event"),
    "grounds": ("ngày có đủ căn cứ", "the day the grounds are complete"),
    "known": (
        "ngày nhận được hoặc biết được quyết định, hành vi",
        "the day the decision or act was received or known",
    ),
    "planned": ("ngày ban hành kế hoạch", "the day of the plan"),
    "period_end": ("ngày cuối kỳ", "the last day of the period"),
    "posted": ("ngày niêm yết", "the day of posting"),
    "promised": ("ngày đã hẹn", "the day that was promised"),
    "published": ("ngày công khai nội dung", "the day the content was published"),
    "received": ("ngày tiếp nhận", "the day of receipt"),
    "reported": ("ngày báo cáo", "the day of the report"),
    "resulted": ("ngày có kết quả", "the day of the result"),
    "signed": ("ngày ký", "the day of signing"),
    "stored": ("ngày đưa vào lưu", "the day of filing"),
    "voted": ("ngày biểu quyết hoặc hết hạn lấy ý kiến", "the day of the vote or its closing"),
}
CONDITIONS = {
    "complex": ("vụ việc phức tạp", "complex case"),
    "dismissal": ("kỷ luật buộc thôi việc", "dismissal"),
    "multi_place": ("kiểm tra, xác minh tại nhiều địa điểm", "checks in several places"),
    "remote": ("vùng sâu, vùng xa đi lại khó khăn", "remote area, hard to reach"),
    "urgent": ("trường hợp khẩn cấp", "urgent case"),
    "very_complex": ("vụ việc đặc biệt phức tạp", "very complex case"),
}
_LAW_KEYS = {"id", "name_vi", "name_en"}
_RULE_KEYS = {"key", "name_vi", "name_en", "scope", "anchor", "direction", "version"}
_VERSION_KEYS = {
    "from",
    "to",
    "term",
    "when",
    "extension",
    "basis_vi",
    "basis_en",
    "document",
    "transition",
    "evidence",
    "note_vi",
    "note_en",
    "after_gap",
}
DIRECTIONS = ("after", "before", "min_duration", "span", "on")
_SCOPES = {"nation", "province", "commune", "party"}


@dataclass(frozen=True, slots=True)
class When:
    """A term for cases that meet every one of the conditions."""

    conditions: frozenset[str]
    term: Term


@dataclass(frozen=True, slots=True)
class ExtensionRule:
    """The extension a law allows: up to `times` of at most `term` under these conditions."""

    conditions: frozenset[str]
    term: Term
    times: int


@dataclass(frozen=True, slots=True)
class RuleVersion:
    """A rule as it stood from `valid_from` to `valid_to` (both included; None is still in force).

    `evidence`: P primary text read; S secondary source; Mh, Mm, Ml memory of high, medium, low
    confidence; D deduction or internal convention. `transition`: 'anchored' applies to cases whose
    anchor lies in its force; 'immediate' takes over pending cases on its first day.
    """

    valid_from: date
    valid_to: date | None
    term: Term
    when: tuple[When, ...]
    extensions: tuple[ExtensionRule, ...]
    basis_vi: str
    basis_en: str
    document: str
    transition: Transition
    evidence: str
    note_vi: str
    note_en: str

    @property
    def verified(self) -> bool:
        return self.evidence in VERIFIED

    @property
    def conditions(self) -> frozenset[str]:
        """Every condition the version looks at."""
        groups = [w.conditions for w in self.when] + [e.conditions for e in self.extensions]
        return frozenset().union(*groups)

    def term_for(self, conditions: frozenset[str]) -> Term:
        """The term of the most specific match: the one that asks for most of the conditions."""
        matches = [w for w in self.when if w.conditions <= conditions]
        return max(matches, key=lambda w: len(w.conditions)).term if matches else self.term

    def extension_for(self, conditions: frozenset[str]) -> ExtensionRule | None:
        """The widest extension the law allows under these conditions, if it allows any."""
        matches = [e for e in self.extensions if e.conditions <= conditions]
        return max(matches, key=lambda e: e.times) if matches else None

    def in_force(self, on: date) -> bool:
        return self.valid_from <= on and (self.valid_to is None or on <= self.valid_to)


@dataclass(frozen=True, slots=True)
class Rule:
    """A rule through time; `versions` run from the oldest to the newest."""

    key: str
    name_vi: str
    name_en: str
    scope: str
    law: str
    anchor: str
    direction: Direction
    versions: tuple[RuleVersion, ...]

    @property
    def anchor_vi(self) -> str:
        return ANCHORS[self.anchor][0]

    @property
    def anchor_en(self) -> str:
        return ANCHORS[self.anchor][1]


@dataclass(frozen=True, slots=True)
class Law:
    """The law or other text whose rules one data file holds."""

    id: str
    name_vi: str
    name_en: str


class Rulebook:
    """All rules and facts of law by key; immutable once built."""

    def __init__(
        self, rules: Iterable[Rule], facts: Iterable[Fact] = (), laws: Iterable[Law] = ()
    ) -> None:
        self._rules = {rule.key: rule for rule in rules}
        self._facts = {fact.key: fact for fact in facts}
        self._laws = {law.id: law for law in laws}

    def rules(self) -> tuple[Rule, ...]:
        """Every rule of terms, sorted by key."""
        return tuple(self._rules[key] for key in sorted(self._rules))

    def facts(self) -> tuple[Fact, ...]:
        """Every fact of law (frequency, threshold, grounds, form, competence …), by key."""
        return tuple(self._facts[key] for key in sorted(self._facts))

    def entries(self) -> list[Rule | Fact]:
        """Rules and facts together, sorted by key."""
        both: list[Rule | Fact] = [*self._rules.values(), *self._facts.values()]
        return sorted(both, key=lambda entry: entry.key)

    def laws(self) -> tuple[Law, ...]:
        return tuple(self._laws[name] for name in sorted(self._laws))

    def law(self, name: str) -> Law:
        return self._laws[name]

    def rule(self, key: str) -> Rule:
        rule = self._rules.get(key) if isinstance(key, str) else None
        if rule is None:
            raise RuleError(
                f"Không có quy tắc '{key}' trong bộ quy tắc.", f"There is no rule '{key}'."
            )
        return rule

    def fact(self, key: str) -> Fact:
        fact = self._facts.get(key) if isinstance(key, str) else None
        if fact is None:
            raise RuleError(
                f"Không có quy định '{key}' trong bộ quy tắc.", f"There is no fact '{key}'."
            )
        return fact

    def entry(self, key: str) -> Rule | Fact:
        """The rule or the fact of a key; RuleError if there is neither."""
        return self._facts[key] if key in self._facts else self.rule(key)

    def version(self, key: str, on: date) -> RuleVersion:
        """The version in force on a day; RuleError if none was."""
        rule = self.rule(key)
        _plain_day(on)
        for version in reversed(rule.versions):
            if version.in_force(on):
                return version
        raise none_in_force(rule, on)

    def fact_version(self, key: str, on: date, *, anchor: date | None = None) -> FactVersion:
        """The version of a fact that holds on a day for a case with that anchor; or RuleError."""
        fact = self.fact(key)
        _plain_day(on)
        version = fact.version(on=on, anchor=anchor)
        if version is None:
            raise none_in_force(fact, anchor or on)
        return version

    def value(self, key: str, on: date, *, anchor: date | None = None) -> Any:
        """What the law says on a day: Frequency, Threshold, Flag, Choice, Form, Items or Bands.

        `anchor`: the day of the case's own event. A complaint accepted on 20 June 2026 keeps what
        is anchored and gets what is immediate from its first day (Decree 155/2026, Art. 22).
        """
        return self.fact_version(key, on, anchor=anchor).value

    def holds(self, key: str, on: date, *, anchor: date | None = None) -> bool:
        """Whether a flag holds; a flag that was not in force does not."""
        version = self.fact(key).version(on=on, anchor=anchor)
        return version is not None and isinstance(version.value, Flag) and version.value.holds

    def __iter__(self) -> Iterator[Rule]:
        return iter(self.rules())

    def __len__(self) -> int:
        return len(self._rules)

    def __contains__(self, key: object) -> bool:
        return key in self._rules


def _plain_day(on: date) -> None:
    if isinstance(on, datetime) or not isinstance(on, date):
        raise RuleError("Cần một ngày (không kèm giờ).", "A plain date is needed.")


def none_in_force(rule: Rule | Fact, on: date) -> RuleError:
    first = rule.versions[0].valid_from
    return RuleError(
        f"Quy tắc '{rule.key}' không có hiệu lực vào ngày {on:%d/%m/%Y} "
        f"(có hiệu lực từ {first:%d/%m/%Y}).",
        f"The rule '{rule.key}' was not in force on {on.isoformat()} "
        f"(in force from {first.isoformat()}).",
    )


def parse_file(name: str, text: str) -> Raw:
    """A TOML text as tables; RulebookError names the file."""
    try:
        return tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise broken(name, "-", f"không đọc được TOML: {error}", f"bad TOML: {error}") from error


def build_rulebook(texts: Mapping[str, str]) -> Rulebook:
    """A rulebook from TOML texts by file name; RulebookError names the file and the key."""
    return build_from({name: parse_file(name, texts[name]) for name in sorted(texts)})


def build_from(files: Mapping[str, Raw]) -> Rulebook:
    """The same from tables already parsed."""
    rules: list[Rule] = []
    facts: list[Fact] = []
    laws: list[Law] = []
    seen: set[str] = set()
    for name, raw in files.items():
        laws.append(_read_law(name, raw))
        new_rules = [read_rule(name, laws[-1].id, r) for r in checks.tables(name, "-", raw, "rule")]
        new_facts = [
            read_value(name, laws[-1].id, v) for v in checks.tables(name, "-", raw, "value")
        ]
        for key in [rule.key for rule in new_rules] + [fact.key for fact in new_facts]:
            if key in seen:
                raise broken(name, key, "khóa đã có ở tệp khác", "the key is defined twice")
            seen.add(key)
        rules += new_rules
        facts += new_facts
    return Rulebook(rules, facts, laws)


def _read_law(name: str, raw: Raw) -> Law:
    checks.only(name, "-", raw, {"law", "rule", "value"})
    law = raw.get("law")
    if not isinstance(law, dict):
        raise broken(name, "law", "thiếu [law]", "[law] is missing")
    checks.only(name, "law", law, _LAW_KEYS)
    return Law(*(checks.text(name, "law", law, field) for field in ("id", "name_vi", "name_en")))


def read_value(file: str, law: str, raw: Raw) -> Fact:
    return read_fact(file, law, raw, scopes=_SCOPES, evidence=set(EVIDENCE))


def read_rule(file: str, law: str, raw: Raw) -> Rule:
    key = checks.text(file, "?", raw, "key")
    checks.only(file, key, raw, _RULE_KEYS)
    direction = checks.choice(file, key, raw, "direction", DIRECTIONS, "after")
    rows = checks.tables(file, key, raw, "version")
    versions = tuple(_read_version(file, key, row, direction) for row in rows)
    checks.sequence(file, key, versions, rows)
    _check_units(file, key, direction, versions)
    return Rule(
        key=key,
        name_vi=checks.text(file, key, raw, "name_vi"),
        name_en=checks.text(file, key, raw, "name_en"),
        scope=checks.choice(file, key, raw, "scope", _SCOPES, "nation"),
        law=law,
        anchor=checks.choice(file, key, raw, "anchor", ANCHORS.keys()),
        direction=direction,  # type: ignore[arg-type]
        versions=versions,
    )


def _read_version(file: str, key: str, raw: Raw, direction: str) -> RuleVersion:
    # What falls due on a day that somebody sets has no term to count.
    counted = set() if direction == "on" else {"term", "when", "extension"}
    checks.only(file, key, raw, _VERSION_KEYS - {"term", "when", "extension"} | counted)
    when = tuple(_read_when(file, key, w) for w in checks.tables(file, key, raw, "when"))
    _check_when(file, key, when)
    valid_from, valid_to = checks.term_of_force(file, key, raw)
    return RuleVersion(
        valid_from=valid_from,
        valid_to=valid_to,
        term=Term(0, "d") if direction == "on" else _term(file, key, raw),
        when=when,
        extensions=tuple(
            _read_extension(file, key, e) for e in checks.tables(file, key, raw, "extension")
        ),
        basis_vi=checks.text(file, key, raw, "basis_vi"),
        basis_en=checks.text(file, key, raw, "basis_en"),
        document=checks.text(file, key, raw, "document"),
        transition=checks.choice(  # type: ignore[arg-type]
            file, key, raw, "transition", {"anchored", "immediate"}, "anchored"
        ),
        evidence=checks.choice(file, key, raw, "evidence", EVIDENCE.keys()),
        note_vi=checks.text(file, key, raw, "note_vi") if "note_vi" in raw else "",
        note_en=checks.text(file, key, raw, "note_en") if "note_en" in raw else "",
    )


def _read_when(file: str, key: str, raw: Raw) -> When:
    checks.only(file, key, raw, {"if", "term"})
    return When(_conditions(file, key, raw), _term(file, key, raw))


def _read_extension(file: str, key: str, raw: Raw) -> ExtensionRule:
    checks.only(file, key, raw, {"if", "term", "times"})
    times = raw.get("times", 1)
    if not isinstance(times, int) or isinstance(times, bool) or times < 1:
        raise broken(file, key, "times phải từ 1 trở lên", "times must be 1 or more")
    conditions = _conditions(file, key, raw) if "if" in raw else frozenset()
    return ExtensionRule(conditions, _term(file, key, raw), times)


def _check_when(file: str, key: str, when: tuple[When, ...]) -> None:
    """Two conditional terms that can both match need a third that settles which one holds."""
    known = [w.conditions for w in when]
    if len(set(known)) != len(known):
        raise broken(file, key, "điều kiện lặp lại", "a condition is repeated")
    for one in known:
        for other in known:
            if not one <= other and not other <= one and one | other not in known:
                pair = " + ".join(sorted(one | other))
                raise broken(file, key, f"chưa rõ khi có cả {pair}", f"unclear when both {pair}")


def _check_units(file: str, key: str, direction: str, versions: tuple[RuleVersion, ...]) -> None:
    """Hours count to a moment, and a term of office knows no working days."""
    refused = {"min_duration": {"h", "wd"}, "span": {"h", "wd"}}.get(direction, set())
    for version in versions:
        units = {version.term.unit, *(w.term.unit for w in version.when)}
        if units & refused or ("h" in units and len(units) > 1):
            raise broken(file, key, "đơn vị không hợp với chiều tính", "unit unfit for direction")


def _term(file: str, key: str, raw: Raw) -> Term:
    try:
        return Term.parse(raw.get("term", ""))
    except RuleError as error:
        raise broken(file, key, error.vi, error.en) from error


def _conditions(file: str, key: str, raw: Raw) -> frozenset[str]:
    value = raw.get("if")
    if not isinstance(value, list) or not value or not all(isinstance(c, str) for c in value):
        raise broken(file, key, "if phải là danh sách điều kiện", "if must list conditions")
    if unknown := sorted(set(value) - CONDITIONS.keys()):
        raise broken(file, key, f"điều kiện lạ {unknown[0]}", f"unknown condition {unknown[0]}")
    return frozenset(value)
