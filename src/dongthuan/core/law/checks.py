"""How a data file is read: one field at a time, and what is wrong is named by file and key."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, datetime, timedelta
from typing import Any, Protocol

from dongthuan.core.law.errors import RulebookError

_DAY = timedelta(days=1)
Raw = dict[str, Any]


class Dated(Protocol):
    """What both a term's version and a value's version are: in force from a day to a day."""

    @property
    def valid_from(self) -> date: ...
    @property
    def valid_to(self) -> date | None: ...


def broken(file: str, key: str, vi: str, en: str) -> RulebookError:
    """The refusal of a file's line; without a file it is a version that somebody drafts."""
    where_vi = f"Tệp quy tắc {file}, khóa {key}" if file else f"Quy tắc {key}"
    where_en = f"Rule file {file}, key {key}" if file else f"Rule {key}"
    return RulebookError(
        f"{where_vi}: {vi.rstrip('.')}.",
        f"{where_en}: {en.rstrip('.')}.",
    )


def only(file: str, key: str, raw: Raw, allowed: set[str]) -> None:
    if unknown := sorted(set(raw) - allowed):
        names = ", ".join(unknown)
        raise broken(file, key, f"khóa lạ {names}", f"unknown key {names}")


def tables(file: str, key: str, raw: Raw, field: str) -> list[Raw]:
    value = raw.get(field, [])
    if not isinstance(value, list) or not all(isinstance(item, dict) for item in value):
        raise broken(file, key, f"{field} phải là bảng", f"{field} must be tables")
    return value


def text(file: str, key: str, raw: Raw, field: str) -> str:
    value = raw.get(field)
    if not isinstance(value, str) or not value.strip():
        raise broken(file, key, f"thiếu {field}", f"{field} is missing")
    return value.strip()


def choice(
    file: str, key: str, raw: Raw, field: str, allowed: Iterable[str], default: str | None = None
) -> str:
    value = raw.get(field, default)
    if not isinstance(value, str) or value not in set(allowed):
        raise broken(file, key, f"{field} sai: {value!r}", f"wrong {field}: {value!r}")
    return value


def day(file: str, key: str, raw: Raw, field: str) -> date:
    value = raw.get(field)
    if isinstance(value, datetime) or not isinstance(value, date):
        raise broken(file, key, f"{field} phải là ngày", f"{field} must be a date")
    return value


def term_of_force(file: str, key: str, raw: Raw) -> tuple[date, date | None]:
    """The first day of force and the last, if there is one."""
    valid_from = day(file, key, raw, "from")
    if "to" not in raw:
        return valid_from, None
    valid_to = day(file, key, raw, "to")
    if valid_to < valid_from:
        raise broken(file, key, "hết hiệu lực trước khi có", "it ends before it begins")
    return valid_from, valid_to


def sequence(file: str, key: str, versions: Sequence[Dated], raw: list[Raw]) -> None:
    """Versions follow one another without overlap, and a gap is declared."""
    if not versions:
        raise broken(file, key, "chưa có phiên bản nào", "there is no version")
    for before, after, source in zip(versions, versions[1:], raw[1:], strict=False):
        start = f"{after.valid_from:%Y-%m-%d}"
        if before.valid_to is None or before.valid_to >= after.valid_from:
            raise broken(file, key, f"phiên bản chồng nhau tại {start}", f"overlap at {start}")
        gap = before.valid_to + _DAY != after.valid_from
        if gap != bool(source.get("after_gap", False)):
            raise broken(
                file,
                key,
                f"khoảng trống trước {start} phải khai bằng after_gap = true, và chỉ khi có",
                f"a gap before {start} must be declared by after_gap = true, and only then",
            )
