"""The lines of a ledger: each cell read and checked, and how far the matter has come."""

from __future__ import annotations

import datetime as dt
import hashlib
import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from dongthuan.core import clock
from dongthuan.core.matters.entries import canonical
from dongthuan.core.matters.opening import TEXT_MAX
from dongthuan.core.people.services import PersonError, citizen_data, seal
from dongthuan.core.spreadsheet import Value
from dongthuan.core.text import clean, fold
from dongthuan.core.units.models import Unit
from dongthuan.work.petitions.ledger_table import (
    LedgerRefused,
    Problem,
    Table,
    is_numbering,
    refused,
)

MOST_ROWS = 50_000
FIRST_YEAR = 2011
OPENING_HOUR = dt.time(8)  # the ledger knows the day only


@dataclass
class Line:
    """One entry of the ledger, read and checked; `row` counts from 0."""

    row: int
    day: dt.date
    name: str
    address: str
    id_number: bytes | None
    text: str
    kind: str
    people: int
    in_competence: bool
    settled_by: str
    guided: str
    accepted: str
    result: str
    note: str
    no: str

    @property
    def received_at(self) -> dt.datetime:
        return moment_of(self.day)

    @property
    def document(self) -> str:
        """Number and symbol of the document that the result names, '12/QĐ-UBND'."""
        found = _DOCUMENT.search(self.result)
        return found.group(1)[:80] if found else ""

    def digest(self, unit: Unit) -> str:
        """What makes two rows the same entry, whichever file they stand in."""
        facts = [unit.code, self.day.isoformat(), self.name, self.address, self.text, self.kind]
        return hashlib.sha256(canonical(facts)).hexdigest()


class _Bad(ValueError):
    """A cell cannot be taken; the message is the reason."""


def moment_of(day: dt.date) -> dt.datetime:
    return dt.datetime.combine(day, OPENING_HOUR, timezone.get_default_timezone())


def lines_read(table: Table) -> tuple[list[Line], list[int]]:
    """Every entry below the headings, and the rows that are none (as the spreadsheet counts).

    Raises LedgerRefused naming each bad cell.
    """
    lines: list[Line] = []
    skipped: list[int] = []
    problems: list[Problem] = []
    for row in range(table.first, len(table.sheet.rows)):
        if row == table.first and is_numbering(table.sheet.rows[row]):
            continue
        if not _is_entry(table, row):
            if not _is_blank(table, row):
                skipped.append(row + 1)
            continue
        line, found = _line(table, row)
        problems += found
        if line:
            lines.append(line)
    if problems:
        raise LedgerRefused(problems)
    if not lines:
        raise refused(_("There are no entries below the headings."))
    if len(lines) > MOST_ROWS:
        raise refused(
            _("The file has more than %(most)s rows; split it.")
            % {"most": f"{MOST_ROWS:,}".replace(",", ".")}
        )
    return lines, skipped


def _is_entry(table: Table, row: int) -> bool:
    """Headings of months, totals and signatures have neither date nor content nor type."""
    if any(_shown(table, row, key) for key in ("date", "content", "type")):
        return True
    return _is_number(table.value(row, "no")) and bool(_shown(table, row, "who"))


def _shown(table: Table, row: int, key: str) -> bool:
    column = table.columns.get(key, -1)
    return bool(clean(str(table.value(row, key)))) or (row, column) in table.sheet.errors


def _is_blank(table: Table, row: int) -> bool:
    """Empty, or a line numbered beforehand and not yet written."""
    number = table.columns.get("no")
    return all(
        cell == "" or (column == number and _is_number(cell))
        for column, cell in enumerate(table.sheet.rows[row])
    )


def _is_number(value: Value) -> bool:
    return isinstance(value, int | float) or str(value).strip().isdigit()


def _line(table: Table, row: int) -> tuple[Line | None, list[Problem]]:
    problems: list[Problem] = []

    def take(key: str, read: Callable[[Value], Any]) -> Any:
        value = table.value(row, key)
        error = table.sheet.errors.get((row, table.columns.get(key, -1)))
        try:
            if error:
                value = error
                raise _Bad(_("the cell shows an error of its formula"))
            return read(value)
        except (_Bad, PersonError) as bad:
            problems.append(table.problem(row, key, value, str(bad)))
            return None

    who = take("who", _read_who)
    address = take("address", _text)
    written_id = take("id", _read_id)
    line = Line(
        row=row,
        day=take("date", _read_day),
        name=who[0] if who else "",
        address=(address or who[1]) if who else "",
        id_number=written_id or (who[2] if who else None),
        text=take("content", _read_content),
        kind=take("type", _read_kind),
        people=take("people", _read_people),
        in_competence=take("competence", _read_mark),
        settled_by=take("settled_by", _text),
        guided=take("guided", _text),
        accepted=take("accepted", _text),
        result=take("result", _text),
        note=take("note", _text),
        no=take("no", _text),
    )
    return (None if problems else line), problems


def _text(value: Value) -> str:
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    if isinstance(value, dt.date):
        return f"{value:%d/%m/%Y}"
    text = clean(str(value))
    # A dash or a dot in a cell of a paper form says that there is nothing.
    return "" if re.fullmatch(r"[-–—./\s]*", text) else text[:TEXT_MAX]


_DAY = re.compile(r"(\d{1,2})\s*[/.\-]\s*(\d{1,2})\s*[/.\-]\s*(\d{4})")
_DAY_IN_WORDS = re.compile(r"ngay (\d{1,2}) thang (\d{1,2}) nam (\d{4})")


def _read_day(value: Value) -> dt.date:
    if isinstance(value, dt.datetime):
        day = value.date()
    elif isinstance(value, dt.date):
        day = value
    elif isinstance(value, str) and value.strip():
        day = _typed_day(clean(value))
    elif value in ("", None):
        raise _Bad(_("the date is missing"))
    else:
        raise _Bad(_("this is a number, not a date; write it as 31/12/2026"))
    if day > clock.today():
        raise _Bad(_("the date lies in the future"))
    if day.year < FIRST_YEAR:
        raise _Bad(_("the date lies before the first law kept here (2011)"))
    return day


def _typed_day(text: str) -> dt.date:
    match = _DAY.match(text) or _DAY_IN_WORDS.match(fold(text))
    try:
        if match and len(text) <= 40:
            return dt.date(int(match[3]), int(match[2]), int(match[1]))
        return dt.date.fromisoformat(text)
    except ValueError:
        raise _Bad(_("this is not a date; write it as 31/12/2026")) from None


_ID = re.compile(r"(?<![\d/])(\d{12}|\d{9}|[A-Z]\d{7,8})(?![\d/])")
_ID_WORDS = re.compile(
    r"[,;(\s]*\b(?:số\s+)?(?:CCCD|CMND|CMTND|CMT|Căn cước(?: công dân)?|Hộ chiếu|ĐDCN|Số định danh)"
    r"(?:\s*/\s*\w+)*(?:\s+số)?\s*[:.]?\s*(\d{12}|\d{9}|[A-Z]\d{7,8})\b\)?",
    re.IGNORECASE,
)
_PLACE_WORDS = re.compile(
    r"\s+(?=(?:thôn|tổ|tdp|khu phố|khối|xóm|ấp|bản|buôn|làng|đội|kdc|khu dân cư|xã|phường|thị trấn|"
    r"huyện|quận|thị xã|số nhà|đường|ngõ|hẻm|trú tại|địa chỉ|đc\b)\s)",
    re.IGNORECASE,
)


def _read_who(value: Value) -> tuple[str, str, bytes | None]:
    """'Nguyễn Văn A, thôn 1, xã B' -> name, address and the ID if one stands there."""
    text = _text(value)
    if not text:
        raise _Bad(_("the name is missing"))
    id_number = None
    if found := _ID_WORDS.search(text):
        id_number = seal(found.group(1).upper())
        text = (text[: found.start()] + text[found.end() :]).strip(" ,;\n")
    for separator in (r"\n", r"[;,]", r"\s[-–—]\s", _PLACE_WORDS):
        name, *rest = re.split(separator, text, maxsplit=1)
        if rest and name.strip():
            break
    address = " ".join(rest[0].split()) if rest else ""
    address = re.sub(r"^(địa chỉ|đc|trú tại)\s*:?\s*", "", address, flags=re.IGNORECASE)
    data = citizen_data(name=" ".join(name.split()), address=address.strip(" ,;-–"))
    return data["name"], data["address"], id_number


def _read_id(value: Value) -> bytes | None:
    """Encrypted at once. A number in the cell has lost its leading zeros; 10 or 11 typed digits
    are a slip; other papers of identity, which the form allows, are kept as written."""
    text = _text(value)
    if not text:
        return None
    if isinstance(value, int | float) and not isinstance(value, bool):
        if not (float(value).is_integer() and 7 <= len(text) <= 12):
            raise _Bad(_("an ID number has 12 digits (or 9)"))
        text = text.zfill(9 if len(text) <= 9 else 12)
    plain = re.sub(r"[\s.]", "", text).upper()
    if plain.isdigit() and len(plain) not in (9, 12):
        raise _Bad(_("an ID number has 12 digits (or 9)"))
    found = _ID.search(plain) or _ID.search(text.upper())
    if not found and len(text) > 100:
        raise _Bad(_("this is too long for an ID document"))
    return seal(found.group(1) if found else text)


def _read_content(value: Value) -> str:
    if not isinstance(value, str):
        value = _text(value)
    text = clean(value)
    if not text:
        raise _Bad(_("the content is missing"))
    if len(text) > TEXT_MAX:
        raise _Bad(_("the content is longer than 20,000 letters"))
    return text


def _read_kind(value: Value) -> str:
    words = re.sub(r"[^a-z]+", " ", fold(str(value))).strip()
    words = re.sub(r"^don\s+", "", words)
    if not words:
        raise _Bad(_("the type is missing"))
    kind = _KIND_WORDS.get(words.replace(" ", ""))
    if kind is None:
        raise _Bad(_("the type is KN, TC, KNg or PA"))
    return kind


_KIND_WORDS = {
    "kn": "complaint", "khieunai": "complaint",
    "tc": "denunciation", "tocao": "denunciation",
    "kng": "recommendation", "kiennghi": "recommendation",
    "knpa": "recommendation", "kngpa": "recommendation", "kiennghiphananh": "recommendation",
    "pakn": "recommendation", "phananhkiennghi": "recommendation",
    "pa": "feedback", "phananh": "feedback",
}  # fmt: skip


def _read_people(value: Value) -> int:
    text = _text(value)
    if not text:
        return 1
    match = re.fullmatch(r"(\d{1,6})(?:[.,]0+)?(?:\s*(?:người|công dân|hộ|lượt)\w*)?", text, re.I)
    if not match or not 1 <= int(match[1]) <= 100_000:
        raise _Bad(_("the number of people lies between 1 and 100,000"))
    return int(match[1])


def _read_mark(value: Value) -> bool:
    if isinstance(value, bool):
        return value
    text = fold(_text(value)).strip(" .")
    if text in ("x", "xx", "co", "v", "1", "✓", "✔", "☑", "dung", "thuoc"):
        return True
    if text in ("", "0", "o", "k", "ko", "khong", "khong thuoc"):
        return False
    raise _Bad(_("mark it with x, or leave it empty"))


# -- how far the matter has come ----------------------------------------------------------------


@dataclass(frozen=True)
class Fate:
    """How far a matter has come, by its row; `end`: the day of it, where the ledger says."""

    state: str
    outcome: str = ""
    eligible: bool | None = None
    in_competence: bool | None = None
    end: dt.date | None = None

    @property
    def is_final(self) -> bool:
        return self.state not in ("classified", "accepted")


# Tried on each clause of the result that is not about something still awaited.
_RESULTS = (
    ("withdrawn", "withdraw", r"\brut (don|khieu nai|to cao|kien nghi|phan anh|toan bo)"),
    ("refused", "refuse", r"\bkhong thu ly\b"),
    ("returned", "return", r"\btra (lai )?(don|ho so)\b"),
    ("stored", "store", r"\b(luu|xep) (don|ho so|luu)\b"),
    (
        "closed", "accept",
        r"\bda (duoc )?(giai quyet|giai dap|giai trinh|tra loi|xu ly|khac phuc|thuc hien|cap|hoan"
        r"|ket thuc|ban hanh|co (van ban|quyet dinh|ket luan)|xong)"
        r"|\b(giai quyet|xu ly|tra loi|thuc hien) xong\b|\b(hoan thanh|ket thuc|dut diem)\b"
        r"|^xong$",
    ),
)  # fmt: skip
_AWAITED = re.compile(r"\b(chua|dang|cho|se|sap)\b")
_DOCUMENT = re.compile(r"\b(\d{1,5}[\w.]*/(?:\d{4}/)?[A-ZĐ][\wĐ.&-]*)")


def fate_of(line: Line, unit: Unit) -> Fate:
    """The state that the columns 9 to 12 tell."""
    state, outcome = _result_of(line.result)
    if state:
        in_competence = None if outcome == "store" else line.in_competence or outcome == "accept"
        eligible = None if outcome in ("withdraw", "store", "return") else True
        return Fate(state, outcome, eligible, in_competence, _last_day(line, line.result))
    if line.guided:
        return Fate("guided", "guide", True, False, _last_day(line, line.guided))
    if line.accepted and not line.in_competence and not _names(line.accepted, unit):
        return Fate("transferred", "transfer", True, False, _last_day(line, line.accepted))
    if line.accepted or (line.in_competence and line.result):
        return Fate("accepted", "accept", True, True, _last_day(line, line.accepted))
    return Fate("classified", in_competence=line.in_competence or None)


def _result_of(text: str) -> tuple[str, str]:
    for clause in re.split(r"[.;,\n]\s", fold(text)):
        if _AWAITED.search(clause):
            continue
        for state, outcome, pattern in _RESULTS:
            if re.search(pattern, clause.strip(" .")):
                return state, outcome
    return "", ""


def _names(text: str, unit: Unit) -> bool:
    """Whether a text names the unit itself: 'UBND phường', 'Chủ tịch UBND', its own name."""
    folded = fold(text)
    if fold(unit.name) in folded or fold(unit.short_name) in folded:
        return True
    return bool(
        re.fullmatch(r"x|(chu tich )?(ubnd|uy ban nhan dan)( (xa|phuong|dac khu))?", folded)
    )


def _last_day(line: Line, text: str) -> dt.date | None:
    """The last day named in a text that is neither before the row's day nor to come."""
    days = []
    for found in (*_DAY.finditer(text), *_DAY_IN_WORDS.finditer(fold(text))):
        try:
            days.append(dt.date(int(found[3]), int(found[2]), int(found[1])))
        except ValueError:
            continue
    return max((day for day in days if line.day <= day <= clock.today()), default=None)
