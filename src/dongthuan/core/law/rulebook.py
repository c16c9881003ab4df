"""The rulebook: read from the data files, checked line by line, then only looked up."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import lru_cache
from importlib import resources
from typing import Any, Literal

from dongthuan.core.law.errors import RulebookError, RuleError
from dongthuan.core.law.terms import Term

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
_DAY = timedelta(days=1)


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


class Rulebook:
    """All rules by key; immutable once built."""

    def __init__(self, rules: Iterable[Rule]) -> None:
        self._rules = {rule.key: rule for rule in rules}

    def rules(self) -> tuple[Rule, ...]:
        """Every rule, sorted by key."""
        return tuple(self._rules[key] for key in sorted(self._rules))

    def rule(self, key: str) -> Rule:
        rule = self._rules.get(key) if isinstance(key, str) else None
        if rule is None:
            raise RuleError(
                f"Không có quy tắc '{key}' trong bộ quy tắc.", f"There is no rule '{key}'."
            )
        return rule

    def version(self, key: str, on: date) -> RuleVersion:
        """The version in force on a day; RuleError if none was."""
        rule = self.rule(key)
        if isinstance(on, datetime) or not isinstance(on, date):
            raise RuleError("Cần một ngày (không kèm giờ).", "A plain date is needed.")
        for version in reversed(rule.versions):
            if version.in_force(on):
                return version
        raise none_in_force(rule, on)

    def __iter__(self) -> Iterator[Rule]:
        return iter(self.rules())

    def __len__(self) -> int:
        return len(self._rules)

    def __contains__(self, key: object) -> bool:
        return key in self._rules


def none_in_force(rule: Rule, on: date) -> RuleError:
    first = rule.versions[0].valid_from
    return RuleError(
        f"Quy tắc '{rule.key}' không có hiệu lực vào ngày {on:%d/%m/%Y} "
        f"(có hiệu lực từ {first:%d/%m/%Y}).",
        f"The rule '{rule.key}' was not in force on {on.isoformat()} "
        f"(in force from {first.isoformat()}).",
    )


@lru_cache(maxsize=1)
def load_rulebook() -> Rulebook:
    """The rulebook of the shipped data files, read and checked once for each process."""
    folder = resources.files("dongthuan.core.law") / "data"
    texts = {
        file.name: file.read_text(encoding="utf-8")
        for file in folder.iterdir()
        if file.name.endswith(".toml")
    }
    return build_rulebook(texts)


def build_rulebook(texts: Mapping[str, str]) -> Rulebook:
    """A rulebook from TOML texts by file name; RulebookError names the file and the key."""
    rules: dict[str, Rule] = {}
    for name in sorted(texts):
        for rule in _read_file(name, texts[name]):
            if rule.key in rules:
                raise _broken(name, rule.key, "khóa đã có ở tệp khác", "the key is defined twice")
            rules[rule.key] = rule
    return Rulebook(rules.values())


def _read_file(name: str, text: str) -> list[Rule]:
    try:
        raw = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise _broken(name, "-", f"không đọc được TOML: {error}", f"bad TOML: {error}") from error
    _only(name, "-", raw, {"law", "rule"})
    law = raw.get("law")
    if not isinstance(law, dict):
        raise _broken(name, "law", "thiếu [law]", "[law] is missing")
    _only(name, "law", law, _LAW_KEYS)
    law_id = _text(name, "law", law, "id")
    for field in ("name_vi", "name_en"):
        _text(name, "law", law, field)
    return [_read_rule(name, law_id, rule) for rule in _tables(name, "-", raw, "rule")]


def _read_rule(file: str, law: str, raw: dict[str, Any]) -> Rule:
    key = _text(file, "?", raw, "key")
    _only(file, key, raw, _RULE_KEYS)
    direction = _choice(file, key, raw, "direction", DIRECTIONS, "after")
    versions = tuple(
        _read_version(file, key, v, direction) for v in _tables(file, key, raw, "version")
    )
    if not versions:
        raise _broken(file, key, "chưa có phiên bản nào", "there is no version")
    _check_sequence(file, key, versions, _tables(file, key, raw, "version"))
    _check_units(file, key, direction, versions)
    return Rule(
        key=key,
        name_vi=_text(file, key, raw, "name_vi"),
        name_en=_text(file, key, raw, "name_en"),
        scope=_choice(file, key, raw, "scope", _SCOPES, "nation"),
        law=law,
        anchor=_choice(file, key, raw, "anchor", ANCHORS.keys()),
        direction=direction,  # type: ignore[arg-type]
        versions=versions,
    )


def _read_version(file: str, key: str, raw: dict[str, Any], direction: str) -> RuleVersion:
    # What falls due on a day that somebody sets has no term to count.
    _only(
        file,
        key,
        raw,
        _VERSION_KEYS - ({"term", "when", "extension"} if direction == "on" else set()),
    )
    when = tuple(_read_when(file, key, w) for w in _tables(file, key, raw, "when"))
    _check_when(file, key, when)
    valid_from, valid_to = _day(file, key, raw, "from"), None
    if "to" in raw:
        valid_to = _day(file, key, raw, "to")
        if valid_to < valid_from:
            raise _broken(file, key, "hết hiệu lực trước khi có", "it ends before it begins")
    return RuleVersion(
        valid_from=valid_from,
        valid_to=valid_to,
        term=Term(0, "d") if direction == "on" else _term(file, key, raw),
        when=when,
        extensions=tuple(
            _read_extension(file, key, e) for e in _tables(file, key, raw, "extension")
        ),
        basis_vi=_text(file, key, raw, "basis_vi"),
        basis_en=_text(file, key, raw, "basis_en"),
        document=_text(file, key, raw, "document"),
        transition=_choice(  # type: ignore[arg-type]
            file, key, raw, "transition", {"anchored", "immediate"}, "anchored"
        ),
        evidence=_choice(file, key, raw, "evidence", EVIDENCE.keys()),
        note_vi=_text(file, key, raw, "note_vi") if "note_vi" in raw else "",
        note_en=_text(file, key, raw, "note_en") if "note_en" in raw else "",
    )


def _read_when(file: str, key: str, raw: dict[str, Any]) -> When:
    _only(file, key, raw, {"if", "term"})
    return When(_conditions(file, key, raw), _term(file, key, raw))


def _read_extension(file: str, key: str, raw: dict[str, Any]) -> ExtensionRule:
    _only(file, key, raw, {"if", "term", "times"})
    times = raw.get("times", 1)
    if not isinstance(times, int) or isinstance(times, bool) or times < 1:
        raise _broken(file, key, "times phải từ 1 trở lên", "times must be 1 or more")
    conditions = _conditions(file, key, raw) if "if" in raw else frozenset()
    return ExtensionRule(conditions, _term(file, key, raw), times)


def _check_when(file: str, key: str, when: tuple[When, ...]) -> None:
    """Two conditional terms that can both match need a third that settles which one holds."""
    known = [w.conditions for w in when]
    if len(set(known)) != len(known):
        raise _broken(file, key, "điều kiện lặp lại", "a condition is repeated")
    for one in known:
        for other in known:
            if not one <= other and not other <= one and one | other not in known:
                pair = " + ".join(sorted(one | other))
                raise _broken(file, key, f"chưa rõ khi có cả {pair}", f"unclear when both {pair}")


def _check_units(file: str, key: str, direction: str, versions: tuple[RuleVersion, ...]) -> None:
    """Hours count to a moment, and a term of office knows no working days."""
    refused = {"min_duration": {"h", "wd"}, "span": {"h", "wd"}}.get(direction, set())
    for version in versions:
        units = {version.term.unit, *(w.term.unit for w in version.when)}
        if units & refused or ("h" in units and len(units) > 1):
            raise _broken(file, key, "đơn vị không hợp với chiều tính", "unit unfit for direction")


def _check_sequence(
    file: str, key: str, versions: tuple[RuleVersion, ...], raw: list[dict[str, Any]]
) -> None:
    for before, after, source in zip(versions, versions[1:], raw[1:], strict=False):
        start = f"{after.valid_from:%Y-%m-%d}"
        if before.valid_to is None or before.valid_to >= after.valid_from:
            raise _broken(file, key, f"phiên bản chồng nhau tại {start}", f"overlap at {start}")
        gap = before.valid_to + _DAY != after.valid_from
        if gap != bool(source.get("after_gap", False)):
            raise _broken(
                file,
                key,
                f"khoảng trống trước {start} phải khai bằng after_gap = true, và chỉ khi có",
                f"a gap before {start} must be declared by after_gap = true, and only then",
            )


def _only(file: str, key: str, raw: dict[str, Any], allowed: set[str]) -> None:
    if unknown := sorted(set(raw) - allowed):
        names = ", ".join(unknown)
        raise _broken(file, key, f"khóa lạ {names}", f"unknown key {names}")


def _tables(file: str, key: str, raw: dict[str, Any], field: str) -> list[dict[str, Any]]:
    value = raw.get(field, [])
    if not isinstance(value, list) or not all(isinstance(item, dict) for item in value):
        raise _broken(file, key, f"{field} phải là bảng", f"{field} must be tables")
    return value


def _text(file: str, key: str, raw: dict[str, Any], field: str) -> str:
    value = raw.get(field)
    if not isinstance(value, str) or not value.strip():
        raise _broken(file, key, f"thiếu {field}", f"{field} is missing")
    return value.strip()


def _choice(
    file: str,
    key: str,
    raw: dict[str, Any],
    field: str,
    allowed: Iterable[str],
    default: str | None = None,
) -> str:
    value = raw.get(field, default)
    if value not in set(allowed):
        raise _broken(file, key, f"{field} sai: {value!r}", f"wrong {field}: {value!r}")
    return str(value)


def _day(file: str, key: str, raw: dict[str, Any], field: str) -> date:
    value = raw.get(field)
    if isinstance(value, datetime) or not isinstance(value, date):
        raise _broken(file, key, f"{field} phải là ngày", f"{field} must be a date")
    return value


def _term(file: str, key: str, raw: dict[str, Any]) -> Term:
    try:
        return Term.parse(raw.get("term", ""))
    except RuleError as error:
        raise _broken(file, key, error.vi, error.en) from error


def _conditions(file: str, key: str, raw: dict[str, Any]) -> frozenset[str]:
    value = raw.get("if")
    if not isinstance(value, list) or not value or not all(isinstance(c, str) for c in value):
        raise _broken(file, key, "if phải là danh sách điều kiện", "if must list conditions")
    if unknown := sorted(set(value) - CONDITIONS.keys()):
        raise _broken(file, key, f"điều kiện lạ {unknown[0]}", f"unknown condition {unknown[0]}")
    return frozenset(value)


def _broken(file: str, key: str, vi: str, en: str) -> RulebookError:
    return RulebookError(
        f"Tệp quy tắc {file}, khóa {key}: {vi.rstrip('.')}.",
        f"Rule file {file}, key {key}: {en.rstrip('.')}.",
    )
