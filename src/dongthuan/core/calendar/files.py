"""Reads the yearly files and refuses a year that contradicts the statutes or itself."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from importlib import resources
from importlib.resources.abc import Traversable
from typing import Any

from dongthuan.core.calendar.errors import CalendarError

_Date = date  # the dataclass below has a field of that name
COMPENSATION = "compensation"
SWAPPED_OFF = "swapped_off"
_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
EVIDENCE = frozenset({"P", "S", "Mh", "Mm", "Ml", "D"})


@dataclass(frozen=True, slots=True)
class Source:
    """A document behind the calendar; `evidence` is P (read), S (second hand), M? or D."""

    document_vi: str
    document_en: str
    about_vi: str
    about_en: str
    evidence: str


@dataclass(frozen=True, slots=True)
class DayOff:
    """One day off that is not a mere weekend; `instead_of` is set on days off in lieu."""

    date: date
    kind: str
    name_vi: str
    name_en: str
    source_vi: str
    source_en: str
    instead_of: _Date | None = None


@dataclass(frozen=True, slots=True)
class Swap:
    """A working day given off (`off`) for a weekend day worked (`work`), with its document."""

    off: date
    work: date
    source_vi: str
    source_en: str


@dataclass(frozen=True, slots=True)
class YearFile:
    """One year as its file, or the proposal, has it."""

    year: int
    signed_off: bool
    sources: tuple[Source, ...]
    days_off: tuple[DayOff, ...]
    swaps: tuple[Swap, ...]
    notes: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Weekend:
    days: frozenset[int]
    name_vi: str
    name_en: str
    basis_vi: str
    basis_en: str


@dataclass(frozen=True, slots=True)
class _Holiday:
    days: int
    name_vi: str
    name_en: str
    basis_vi: str
    basis_en: str


class Statute:
    """The holidays the statutes order, by year."""

    def __init__(self, raw: dict[str, Any]) -> None:
        weekend = raw["weekend"]
        self.weekend = Weekend(
            frozenset(weekend["days"]),
            weekend["name_vi"],
            weekend["name_en"],
            weekend["basis_vi"],
            weekend["basis_en"],
        )
        self._holidays = raw["holiday"]
        self._compensation = raw["compensation"]

    def holidays(self, year: int) -> dict[str, _Holiday]:
        """Kind of holiday -> how many days it has that year, its name and basis."""
        found = {}
        for holiday in self._holidays:
            version = _of_year(holiday["version"], year)
            if version:
                found[holiday["kind"]] = _statutory(holiday, version, version["days"])
        return found

    def compensation(self, year: int) -> _Holiday:
        version = _of_year(self._compensation["version"], year)
        if version is None:
            raise CalendarError(
                f"Lịch năm {year}: không có quy định nghỉ bù.",
                f"Calendar {year}: no rule on days off in lieu.",
            )
        return _statutory(self._compensation, version, 0)


def _of_year(versions: Iterable[dict[str, Any]], year: int) -> dict[str, Any] | None:
    return next((v for v in versions if v["from_year"] <= year <= v.get("to_year", 9999)), None)


def _statutory(named: dict[str, Any], version: dict[str, Any], days: int) -> _Holiday:
    return _Holiday(
        days, named["name_vi"], named["name_en"], version["basis_vi"], version["basis_en"]
    )


def english(day: date) -> str:
    """'22 Aug 2026', whatever the locale of the machine."""
    return f"{day.day} {_MONTHS[day.month - 1]} {day.year}"


def data_folder() -> Traversable:
    return resources.files("dongthuan.core.calendar") / "data"


def read_statute() -> Statute:
    return Statute(tomllib.loads((data_folder() / "statute.toml").read_text(encoding="utf-8")))


def read_years(statute: Statute) -> dict[int, YearFile]:
    """Every `data/<year>.toml`, checked; the years must follow each other without a gap."""
    years = {}
    for file in data_folder().iterdir():
        stem = file.name.removesuffix(".toml")
        if file.name.endswith(".toml") and stem.isdigit():
            raw = tomllib.loads(file.read_text(encoding="utf-8"))
            years[int(stem)] = parse_year(raw, year=int(stem), statute=statute)
    ordered = sorted(years)
    if not ordered or ordered[-1] - ordered[0] + 1 != len(ordered):
        raise CalendarError(
            "Dữ liệu lịch thiếu một năm ở giữa.", "The calendar data lacks a year in between."
        )
    return {year: years[year] for year in ordered}


def parse_year(raw: dict[str, Any], *, year: int, statute: Statute) -> YearFile:
    """The checked year of a parsed file; CalendarError names the year and what is wrong with it."""
    try:
        return _parse(raw, year, statute)
    except (KeyError, TypeError, AttributeError) as error:
        raise _broken(year, f"thiếu hoặc sai mục {error}", f"missing or wrong {error}") from error


def _parse(raw: dict[str, Any], year: int, statute: Statute) -> YearFile:
    unknown = set(raw) - {"year", "signed_off", "source", "off", "swap", "note"}
    if unknown:
        names = ", ".join(sorted(unknown))
        raise _broken(year, f"khóa lạ {names}", f"unknown key {names}")
    if raw["year"] != year or not isinstance(raw["signed_off"], bool):
        raise _broken(year, "sai năm hoặc sai signed_off", "wrong year or signed_off")
    sources = {s["id"]: _source(s, year) for s in raw.get("source", [])}
    swaps = tuple(_swap(s, year, sources, statute) for s in raw.get("swap", []))
    days = [d for off in raw["off"] for d in _days_off(off, year, sources, statute)]
    days += [_swapped_off(swap) for swap in swaps if swap.off.year == year]
    _check(days, swaps, year, statute)
    return YearFile(
        year=year,
        signed_off=raw["signed_off"],
        sources=tuple(sources.values()),
        days_off=tuple(sorted(days, key=lambda d: d.date)),
        swaps=swaps,
        notes=tuple((n["vi"], n["en"]) for n in raw.get("note", [])),
    )


def _source(raw: dict[str, str], year: int) -> Source:
    if raw["evidence"] not in EVIDENCE:
        raise _broken(year, f"dấu nguồn lạ {raw['evidence']}", f"unknown mark {raw['evidence']}")
    return Source(
        raw["document_vi"], raw["document_en"], raw["about_vi"], raw["about_en"], raw["evidence"]
    )


def _swap(raw: dict[str, Any], year: int, sources: dict[str, Source], statute: Statute) -> Swap:
    source = sources[raw["source"]]
    off, work = raw["off"], raw["work"]
    weekend = statute.weekend.days
    if work.year != year or work.weekday() not in weekend or off.weekday() in weekend:
        raise _broken(
            year,
            f"hoán đổi {off} - {work} phải đổi ngày thường lấy ngày cuối tuần trong năm",
            f"swap {off} - {work} must trade a weekday for a weekend day of the year",
        )
    return Swap(off, work, source.document_vi, source.document_en)


def _days_off(
    raw: dict[str, Any], year: int, sources: dict[str, Source], statute: Statute
) -> list[DayOff]:
    kind = raw["kind"]
    rule = statute.compensation(year) if kind == COMPENSATION else statute.holidays(year).get(kind)
    if rule is None:
        raise _broken(year, f"ngày lễ lạ {kind}", f"unknown holiday {kind}")
    instead_of = raw.get("for")
    name_vi, name_en = rule.name_vi, rule.name_en
    if kind == COMPENSATION:
        if not isinstance(instead_of, date):
            raise _broken(year, "nghỉ bù thiếu ngày lễ (for)", "a day in lieu lacks its 'for'")
        name_vi = f"{name_vi} ({instead_of:%d/%m/%Y})"
        name_en = f"{name_en} ({english(instead_of)})"
    source_vi, source_en = rule.basis_vi, rule.basis_en
    if "source" in raw:
        document = sources[raw["source"]]
        source_vi = f"{document.document_vi}; {source_vi}"
        source_en = f"{document.document_en}; {source_en}"
    return [
        DayOff(day, kind, name_vi, name_en, source_vi, source_en, instead_of) for day in raw["days"]
    ]


def _swapped_off(swap: Swap) -> DayOff:
    return DayOff(
        swap.off,
        SWAPPED_OFF,
        f"Nghỉ hoán đổi, làm bù ngày {swap.work:%d/%m/%Y}",
        f"Day off swapped for {english(swap.work)}",
        swap.source_vi,
        swap.source_en,
    )


def _check(days: list[DayOff], swaps: tuple[Swap, ...], year: int, statute: Statute) -> None:
    dates = [day.date for day in days]
    twice = sorted({d.isoformat() for d in dates if dates.count(d) > 1})
    if twice or any(d.year != year for d in dates):
        raise _broken(year, f"ngày trùng hoặc khác năm {twice}", f"repeated or foreign day {twice}")
    if any(swap.work in dates for swap in swaps):
        raise _broken(year, "làm bù vào ngày nghỉ lễ", "a holiday is given as a worked day")
    for kind, holiday in statute.holidays(year).items():
        found = sum(day.kind == kind for day in days)
        if found != holiday.days:
            raise _broken(
                year,
                f"{holiday.name_vi} phải có {holiday.days} ngày, tệp ghi {found}",
                f"{holiday.name_en} must have {holiday.days} days, the file has {found}",
            )
    _check_compensation(days, year, statute)


def _check_compensation(days: list[DayOff], year: int, statute: Statute) -> None:
    """Labour Code Art. 111.3: a holiday on a weekend gives the next working day off, once."""
    weekend = statute.weekend.days
    statutory = {d.date for d in days if d.kind not in (COMPENSATION, SWAPPED_OFF)}
    due = sorted(day for day in statutory if day.weekday() in weekend)
    in_lieu = [d for d in days if d.kind == COMPENSATION]
    given = sorted(d.instead_of for d in in_lieu if d.instead_of is not None)
    early = any(d.instead_of and d.date <= d.instead_of for d in in_lieu)
    if due != given or early or any(d.date.weekday() in weekend for d in in_lieu):
        raise _broken(
            year,
            "ngày nghỉ bù không khớp với ngày lễ trùng cuối tuần",
            "the days off in lieu do not match the holidays on weekends",
        )


def _broken(year: int, vi: str, en: str) -> CalendarError:
    return CalendarError(f"Tệp lịch {year}.toml: {vi}.", f"Calendar file {year}.toml: {en}.")
