"""Importing a reception ledger kept in a spreadsheet: all of it or nothing, every bad row named.

The 13 columns of form 03/TCD (Nghị định 154/2026/NĐ-CP, since 1 July 2026) [P]: 1 number · 2 date
· 3 name, address · 4 ID document · 5 content · 6 type · 7 number of people · 8 body that already
settled it · 9 in competence (x) · 10 guided to · 11 body that accepts, number of the transfer ·
12 result · 13 note. Before that day the form had 12 columns (Thông tư 04/2021/TT-TTCP) [S]; taken
here as the same without column 4, the ID standing with name and address [Ml].

Columns are found by their headings, in any order. What the ledger does not say is not invented:

* “KN” is khiếu nại, as in the form's own list; kiến nghị is “KNg” or written out; “KN/PA” and
  “kiến nghị, phản ánh” together are kiến nghị.
* The state follows the columns: a result that ends the matter (settled, withdrawn, returned,
  stored, not accepted), else guided, else transferred, else accepted, else classified.
* Dates of later steps are taken from the texts where they stand (“… ngày 15/7/2026”). A duty whose
  end is not written is waived with that reason: it counts neither as kept nor as late.
* Duties are computed from the day of the row, under the rules of that day. A day without a rule
  or calendar gives no duty. Accepted on an unknown day: the term runs from the day of the row.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import re
import uuid
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

from django.db import IntegrityError, connection, transaction
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from dongthuan.core import clock
from dongthuan.core.matters.duties import duty_close
from dongthuan.core.matters.entries import canonical
from dongthuan.core.matters.models import (
    Audience,
    Channel,
    Duty,
    DutyState,
    Entry,
    EntryPayload,
    Matter,
    Projection,
    Submission,
)
from dongthuan.core.people.models import Citizen
from dongthuan.core.people.services import PersonError, citizen_data, seal
from dongthuan.core.text import clean, fingerprints, fold
from dongthuan.core.units.errors import UnitError
from dongthuan.core.units.models import Tier, Unit
from dongthuan.core.units.selectors import unit_get
from dongthuan.work.petitions.bulk import (
    DutyDraft,
    Rows,
    codes_reserve,
    entry_draft,
    ids_reserve,
    next_due_settle,
    rows_copy,
)
from dongthuan.work.petitions.effects import (
    LEVELS,
    SEALED_TITLE,
    designated_of,
    office_of,
    public_title,
    title_of,
)
from dongthuan.work.petitions.models import Petition
from dongthuan.work.petitions.services import TEXT_MAX
from dongthuan.work.petitions.spreadsheet import (
    Sheet,
    SheetRefused,
    Value,
    column_letters,
    sheets_read,
    spreadsheet_bytes,
)

MOST_ROWS = 50_000
MOST_HEADER = 60  # rows above the table in which its headings are looked for
SHOWN = 50
FIRST_YEAR = 2011
OPENING_HOUR = dt.time(8)  # the ledger knows the day only
IMPORTED = gettext_lazy("imported, outcome as in the ledger")
INTAKE = ("tcd.result_notice", "kn.accept", "tc.initial")
FIRST_DUTY = {"complaint": "kn.accept", "denunciation": "tc.initial"}
SETTLING_DUTY = {
    "complaint": "kn.settle1",
    "denunciation": "tc.settle",
    "recommendation": "knpa.answer",
    "feedback": "pa.answer",
}


@dataclass(frozen=True)
class Problem:
    """One thing wrong: `row` and `cell` as the spreadsheet counts them; 0 and '' for the file."""

    row: int
    cell: str
    column: str
    value: str
    reason: str

    def __str__(self) -> str:
        if not self.cell:
            return self.reason
        value = f" “{self.value}”" if self.value else ""
        return f"{self.cell} ({self.column}){value}: {self.reason}"


class LedgerRefused(Exception):
    """Nothing was imported; `problems` says why, row by row."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = list(problems)
        super().__init__(str(self))

    def __str__(self) -> str:
        if len(self.problems) == 1 and not self.problems[0].cell:
            return self.problems[0].reason
        rows = len({problem.row for problem in self.problems})
        head = _("%(problems)d mistakes in %(rows)d rows; nothing was imported.") % {
            "problems": len(self.problems),
            "rows": rows,
        }
        lines = [head, *(f"  {problem}" for problem in self.problems[:SHOWN])]
        if len(self.problems) > SHOWN:
            lines.append(_("  … and %(count)d more.") % {"count": len(self.problems) - SHOWN})
        return "\n".join(lines)

    def as_json(self) -> list[dict[str, Any]]:
        return [asdict(problem) for problem in self.problems]


@dataclass
class ImportResult:
    """What an import did, or would do (`dry_run`), or had done before (`already`)."""

    unit: str
    file: str
    sha256: str
    imported: int = 0
    dry_run: bool = False
    already: bool = False
    kinds: dict[str, int] = field(default_factory=dict)
    states: dict[str, int] = field(default_factory=dict)
    duties: dict[str, int] = field(default_factory=dict)
    first_code: str = ""
    last_code: str = ""
    skipped_rows: list[int] = field(default_factory=list)
    skipped_columns: list[str] = field(default_factory=list)

    def as_json(self) -> dict[str, Any]:
        return asdict(self)

    def __str__(self) -> str:
        said = {"file": self.file, "unit": self.unit, "count": self.imported}
        if self.already:
            return _("%(file)s was imported before (%(count)d rows); nothing was changed.") % said
        if self.dry_run:
            text = _("%(file)s is in order: %(count)d rows for %(unit)s; nothing was written.")
        else:
            text = _("%(count)d rows of %(file)s imported for %(unit)s.")
        text %= said
        if self.first_code:
            text += " " + _("Codes %(first)s to %(last)s.") % {
                "first": self.first_code,
                "last": self.last_code,
            }
        if self.skipped_rows:
            text += " " + _("Rows that are no entries, left out: %(rows)s.") % {
                "rows": ", ".join(map(str, self.skipped_rows[:20]))
            }
        return text


# -- the service ----------------------------------------------------------------------------------


def submissions_import(*, path: Path, unit_code: str, dry_run: bool = False) -> ImportResult:
    """Import a ledger for a unit: a territory's code means its People's Committee.

    Each row becomes a matter with its submission, citizen, entry and duties; all in one
    transaction. The same file again changes nothing and says so. Raises LedgerRefused.
    """
    unit, place = _unit(unit_code)
    try:
        data = spreadsheet_bytes(Path(path))
        sheets = sheets_read(data, most_rows=MOST_ROWS + MOST_HEADER)
    except SheetRefused as refusal:
        raise _refused(str(refusal)) from None
    sha = hashlib.sha256(data).hexdigest()
    result = ImportResult(unit=unit.name, file=Path(path).name, sha256=sha, dry_run=dry_run)
    table = _table(sheets)
    rows = _rows(table, result)
    with transaction.atomic():
        if not dry_run:
            _one_at_a_time(unit)
        if before := _imported_before(sha):
            result.already, result.imported = True, before
            return result
        _check_against_unit(table, rows, unit)
        batch = _batch(rows, unit, place, sha, write=not dry_run)
        _tell(result, batch)
        if not dry_run:
            try:
                rows_copy(batch)
            except IntegrityError as error:
                raise _refused(
                    _("Somebody is importing the same rows at this moment; try again.")
                ) from error
    return result


def _refused(reason: str) -> LedgerRefused:
    return LedgerRefused([Problem(0, "", "", "", reason)])


def _unit(code: str) -> tuple[Unit, Unit]:
    """The organ that owes the answers, and the territory in which the rows happened."""
    try:
        unit = office_of(unit_get(code=code))
    except UnitError as error:
        raise _refused(str(error)) from None
    place = unit
    while place.tier == Tier.ORGAN and place.parent is not None:
        place = place.parent
    return unit, place


def _one_at_a_time(unit: Unit) -> None:
    """Two imports for one unit wait for each other, or both would find nothing imported yet."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtext('ledger'), %s)", [unit.pk])


def _imported_before(sha: str) -> int:
    return Submission.objects.filter(idempotency_key__startswith=f"ledger-{sha}-").count()


def _tell(result: ImportResult, batch: Rows) -> None:
    result.imported = len(batch.petitions)
    result.kinds = dict(Counter(matter.kind for matter in batch.petitions))
    result.states = dict(Counter(matter.state for matter in batch.petitions))
    result.duties = dict(Counter(str(duty.state) for duty in batch.duties))
    if batch.petitions and not result.dry_run:
        result.first_code = batch.petitions[0].code
        result.last_code = batch.petitions[-1].code


# -- finding the table ----------------------------------------------------------------------------


@dataclass(frozen=True)
class Column:
    key: str
    label: str | Promise
    heading: re.Pattern[str]
    required: bool = False


def _column(key: str, label: str | Promise, heading: str, *, required: bool = False) -> Column:
    return Column(key, label, re.compile(heading), required)


# In the order in which a folded heading is tried: “so nguoi cung noi dung” is not the content.
COLUMNS = (
    _column("no", gettext_lazy("number"), r"^(so )?(stt|tt|so thu tu)\b"),
    _column("who", gettext_lazy("name, address"), r"\bho (va )?ten|^nguoi (gui|den|khieu)",
            required=True),
    _column("date", gettext_lazy("date"), r"^ngay\b(?!.* (sinh|cap))", required=True),
    _column("people", gettext_lazy("number of people"), r"\bso (cong dan|nguoi)\b"),
    _column("type", gettext_lazy("type"), r"\b(phan )?loai( don)?\b", required=True),
    _column("id", gettext_lazy("ID document"),
            r"\b(cccd|cmnd|cmt|can cuoc|ho chieu|dinh danh|giay to)\b"),
    _column("guided", gettext_lazy("guided to"), r"\bhuong dan\b"),
    _column("accepted", gettext_lazy("accepting body, transfer"), r"\b(thu ly|chuyen don)\b"),
    _column("result", gettext_lazy("result"), r"\btheo doi\b|\bket qua\b"),
    _column("settled_by", gettext_lazy("body that settled"), r"\bda giai quyet\b"),
    _column("competence", gettext_lazy("in competence"), r"\bthuoc tham quyen\b"),
    _column("content", gettext_lazy("content"), r"\bnoi dung\b", required=True),
    _column("address", gettext_lazy("address"), r"\bdia chi\b"),
    _column("note", gettext_lazy("note"), r"\bghi chu\b"),
)  # fmt: skip
_BY_KEY = {column.key: column for column in COLUMNS}


@dataclass
class Table:
    """A sheet whose headings were found; `columns`: where each known column lies."""

    sheet: Sheet
    columns: dict[str, int]
    headings: dict[int, str]
    first: int

    def value(self, row: int, key: str) -> Value:
        column = self.columns.get(key, -1)
        cells = self.sheet.rows[row]
        return cells[column] if 0 <= column < len(cells) else ""

    def problem(self, row: int, key: str, value: object, reason: str) -> Problem:
        column = self.columns.get(key, 0)
        shown = " ".join(str(value).split())
        if key == "id" and shown:
            shown = "…" + shown[-3:]
        return Problem(
            row=row + 1,
            cell=f"{column_letters(column)}{row + 1}",
            column=str(_BY_KEY[key].label),
            value=shown if len(shown) <= 40 else shown[:39] + "…",
            reason=reason,
        )


def _table(sheets: list[Sheet]) -> Table:
    if not any(row for sheet in sheets for row in sheet.rows):
        raise _refused(_("The file holds no rows."))
    for sheet in sheets:
        table = _headed(sheet)
        if table:
            _merges_fill(table)
            return table
    labels = ", ".join(str(column.label) for column in COLUMNS if column.required)
    raise _refused(
        _("No sheet has the headings of a reception ledger; at least needed: %(labels)s.")
        % {"labels": labels}
    )


def _headed(sheet: Sheet) -> Table | None:
    """The table under the row (or two or three rows) of headings that names most columns."""
    best: Table | None = None
    for start in range(min(len(sheet.rows), MOST_HEADER)):
        for end in range(start + 1, min(start + 4, len(sheet.rows) + 1)):
            if end > start + 1 and not _may_be_heading(sheet.rows[end - 1]):
                break
            found = _match(sheet, start, end)
            if found and (best is None or len(found.columns) > len(best.columns)):
                best = found
    return best


def _may_be_heading(row: list[Value]) -> bool:
    """The lower part of a two-line heading: words only, and not the numbers of the columns."""
    filled = [cell for cell in row if cell != ""]
    return all(isinstance(cell, str) for cell in filled) and not _is_numbering(row)


def _match(sheet: Sheet, start: int, end: int) -> Table | None:
    headings: dict[int, str] = {}
    for row in sheet.rows[start:end]:
        for column, cell in enumerate(row):
            if isinstance(cell, str) and cell.strip() and len(cell) <= 200:
                headings[column] = f"{headings.get(column, '')} {clean(cell)}".strip()
    columns: dict[str, int] = {}
    for column, heading in headings.items():
        text = " ".join(re.findall(r"\w+", fold(heading)))
        key = next((known.key for known in COLUMNS if known.heading.search(text)), "")
        if key and key not in columns:
            columns[key] = column
    if any(column.required and column.key not in columns for column in COLUMNS):
        return None
    return Table(sheet, columns, headings, first=end)


def _is_numbering(row: list[Value]) -> bool:
    """The row 1, 2, 3 … under the headings; also written (1), (2), (3)."""
    numbers = [re.sub(r"\D", "", str(cell).removesuffix(".0")) for cell in row if cell != ""]
    return len(numbers) >= 4 and numbers == [str(i + 1) for i in range(len(numbers))]


def _merges_fill(table: Table) -> None:
    """A cell merged over several rows stands for each of them."""
    rows = table.sheet.rows
    for (top, left), (bottom, right) in table.sheet.merged:
        if left != right or top < table.first or top >= len(rows) or left >= len(rows[top]):
            continue
        for row in rows[top + 1 : bottom + 1]:
            row[left] = rows[top][left]


# -- reading a row ----------------------------------------------------------------------------


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

    def digest(self, unit: Unit) -> str:
        """What makes two rows the same entry, whichever file they stand in."""
        facts = [unit.code, self.day.isoformat(), self.name, self.address, self.text, self.kind]
        return hashlib.sha256(canonical(facts)).hexdigest()


class _Bad(ValueError):
    """A cell cannot be taken; the message is the reason."""


def moment_of(day: dt.date) -> dt.datetime:
    return dt.datetime.combine(day, OPENING_HOUR, timezone.get_default_timezone())


def _rows(table: Table, result: ImportResult) -> list[Line]:
    """Every entry below the headings; raises LedgerRefused naming each bad cell."""
    lines: list[Line] = []
    problems: list[Problem] = []
    known = set(table.columns.values())
    result.skipped_columns = [h for c, h in sorted(table.headings.items()) if c not in known]
    for row in range(table.first, len(table.sheet.rows)):
        if row == table.first and _is_numbering(table.sheet.rows[row]):
            continue
        if not _is_entry(table, row):
            if any(cell not in ("", None) for cell in table.sheet.rows[row]) and not _only_number(
                table, row
            ):
                result.skipped_rows.append(row + 1)
            continue
        line, found = _line(table, row)
        problems += found
        if line:
            lines.append(line)
    if problems:
        raise LedgerRefused(problems)
    if not lines:
        raise _refused(_("There are no entries below the headings."))
    if len(lines) > MOST_ROWS:
        raise _refused(
            _("The file has more than %(most)s rows; split it.")
            % {"most": f"{MOST_ROWS:,}".replace(",", ".")}
        )
    return lines


def _is_entry(table: Table, row: int) -> bool:
    """Headings of months, totals and signatures have neither date nor content nor type."""
    if any(_shown(table, row, key) for key in ("date", "content", "type")):
        return True
    return _is_number(table.value(row, "no")) and bool(_shown(table, row, "who"))


def _shown(table: Table, row: int, key: str) -> bool:
    column = table.columns.get(key, -1)
    return bool(clean(str(table.value(row, key)))) or (row, column) in table.sheet.errors


def _only_number(table: Table, row: int) -> bool:
    """A line numbered beforehand and not yet written."""
    column = table.columns.get("no")
    return all(c == "" or i == column for i, c in enumerate(table.sheet.rows[row]))


def _is_number(value: Value) -> bool:
    return isinstance(value, int | float) or bool(re.fullmatch(r"\d+", str(value).strip()))


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


def _check_against_unit(table: Table, lines: list[Line], unit: Unit) -> None:
    """Rows that another file has already brought, and denunciations that nobody could open."""
    problems: list[Problem] = []
    days = [line.day for line in lines]
    known = dict(
        Submission.objects.filter(
            channel=Channel.LEDGER,
            matter__unit=unit,
            received_at__range=(moment_of(min(days)), moment_of(max(days))),
        ).values_list("request_digest", "matter__code")
    )
    for line in lines:
        if code := known.get(line.digest(unit)):
            reason = _("this row was imported before from another file, as %(code)s")
            problems.append(table.problem(line.row, "content", line.text, reason % {"code": code}))
    sealed = next((line for line in lines if line.kind == "denunciation"), None)
    if sealed and not designated_of(unit):
        reason = _("nobody in the unit is appointed to receive denunciations; appoint someone")
        problems.append(table.problem(sealed.row, "type", "TC", reason))
    if problems:
        raise LedgerRefused(problems)


# -- what the columns say -------------------------------------------------------------------------


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


# -- making the rows ------------------------------------------------------------------------------


def _batch(lines: list[Line], unit: Unit, place: Unit, sha: str, *, write: bool) -> Rows:
    """Everything to be written. Without `write` no number is drawn from any sequence."""
    batch, draft, now = Rows(), DutyDraft(now=clock.now()), clock.now()
    sealed_for = designated_of(unit) if any(x.kind == "denunciation" for x in lines) else []
    codes: Iterable[str] = [""] * len(lines)
    if write:
        codes = codes_reserve((unit, line.day) for line in lines)
    ids = {
        model: iter(ids_reserve(model, len(lines)) if write else range(1, len(lines) + 1))
        for model in (Matter, Citizen, Submission, Entry)
    }
    for line, code in zip(lines, codes, strict=True):
        fate = fate_of(line, unit)
        citizen = _citizen(line, place, next(ids[Citizen]))
        matter = _matter(line, fate, unit, place, code, next(ids[Matter]), sealed_for)
        submission = _submission(line, matter, citizen, unit, sha, next(ids[Submission]))
        entry, payload = _entry(line, matter, submission, sha, now, next(ids[Entry]))
        duties = list(_duties(line, fate, matter, draft, now))
        next_due_settle(matter, duties)
        batch.citizens.append(citizen)
        batch.petitions.append(matter)
        batch.submissions.append(submission)
        batch.entries.append(entry)
        batch.payloads.append(payload)
        batch.duties += duties
        if not matter.is_sealed:
            batch.projections.append(_projection(matter, unit, place))
    if write:
        for duty, pk in zip(batch.duties, ids_reserve(Duty, len(batch.duties)), strict=True):
            duty.pk = pk
    return batch


def _citizen(line: Line, place: Unit, pk: int) -> Citizen:
    data = citizen_data(name=line.name, address=line.address)
    return Citizen(pk=pk, place_id=place.pk, **data | {"id_number": line.id_number})


def _matter(
    line: Line, fate: Fate, unit: Unit, place: Unit, code: str, pk: int, sealed_for: list[int]
) -> Petition:
    sealed = line.kind == "denunciation"
    title = SEALED_TITLE if sealed else title_of(line.text)
    ended = moment_of(fate.end) if fate.end else None
    closed = fate.state == "closed"
    accepted = fate.outcome == "accept"
    document = _DOCUMENT.search(line.result) if closed else None
    return Petition(
        id=pk,
        matter_ptr_id=pk,
        kind=line.kind,
        code=code,
        title=title,
        state=fate.state,
        unit_id=unit.pk,
        path=unit.path,
        place_id=place.pk,
        level=LEVELS[line.kind],
        channel=Channel.LEDGER,
        designated=sealed_for if sealed else [],
        opened_at=line.received_at,
        # Where no day is written the row's own day stands: it puts the matter into its period.
        accepted_at=((None if closed else ended) or line.received_at) if accepted else None,
        decided_at=ended if closed else None,
        closed_at=(ended or line.received_at) if fate.is_final else None,
        submission_count=1,
        person_count=line.people,
        search_text="" if sealed else f"{code}\n{title}\n{line.text}",
        outcome=fate.outcome,
        eligible=fate.eligible,
        in_competence=fate.in_competence,
        guided=fate.outcome == "guide",
        transferred_from_id=unit.pk if fate.outcome == "transfer" else None,
        answer=line.result if closed else "",
        decision=document.group(1)[:80] if document else "",
    )


def _submission(
    line: Line, matter: Petition, citizen: Citizen, unit: Unit, sha: str, pk: int
) -> Submission:
    kept = ("no", "settled_by", "in_competence", "guided", "accepted", "result", "note")
    written = {name: getattr(line, name) for name in kept if getattr(line, name)}
    return Submission(
        pk=pk,
        matter_id=matter.pk,
        uuid=uuid.uuid4(),
        channel=Channel.LEDGER,
        text=line.text,
        citizen_id=citizen.pk,
        people_count=line.people,
        received_at=line.received_at,
        fingerprints=[] if matter.is_sealed else fingerprints(line.text),
        idempotency_key=f"ledger-{sha}-{line.row + 1}",
        request_digest=line.digest(unit),
        ledger={"file": sha, "row": line.row + 1, **written},
    )


def _entry(
    line: Line, matter: Petition, submission: Submission, sha: str, now: dt.datetime, pk: int
) -> tuple[Entry, EntryPayload]:
    return entry_draft(
        pk=pk,
        matter=matter,
        at=now,
        act="petition.imported",
        audience=Audience.PETITIONER,
        after=matter.state,
        facts={
            "channel": Channel.LEDGER.value,
            "people": line.people,
            "file_sha256": sha,
            "row": line.row + 1,
        },
        payload={
            "submission": str(submission.uuid),
            "text_sha256": hashlib.sha256(line.text.encode()).hexdigest(),
        },
    )


def _projection(matter: Petition, unit: Unit, place: Unit) -> Projection:
    return Projection(
        matter_id=matter.pk,
        code=matter.code,
        kind=matter.kind,
        state=matter.state,
        title=public_title(kind=matter.kind, place=place, unit=unit),
        unit_id=unit.pk,
        path=unit.path,
        place_id=place.pk,
        opened_on=timezone.localdate(matter.opened_at),
        closed_on=timezone.localdate(matter.closed_at) if matter.closed_at else None,
    )


def _duties(
    line: Line, fate: Fate, matter: Petition, draft: DutyDraft, now: dt.datetime
) -> Iterator[Duty]:
    """What was owed from the row's day on: still running, ended on a known day, or waived."""
    rules = [rule for rule in ("tcd.result_notice", FIRST_DUTY.get(line.kind, "")) if rule]
    for rule in rules:
        duty = draft.duty(matter=matter, rule=rule, anchor="received", at=line.received_at)
        if duty is None:
            continue
        if fate.state != "classified":
            _close_intake(duty, fate, now)
        yield duty
    if fate.outcome == "accept" and matter.accepted_at:
        rule = SETTLING_DUTY[line.kind]
        duty = draft.duty(matter=matter, rule=rule, anchor="now", at=matter.accepted_at)
        if duty is not None:
            if fate.is_final:
                _close_known(duty, fate, now)
            yield duty


def _close_intake(duty: Duty, fate: Fate, now: dt.datetime) -> None:
    """The end of a settled matter says nothing of when it was accepted, unless it came in time."""
    if fate.state == "closed" and (fate.end is None or fate.end > duty.due_on):
        duty_close(duty=duty, now=now, state=DutyState.WAIVED, reason=str(IMPORTED))
    else:
        _close_known(duty, fate, now)


def _close_known(duty: Duty, fate: Fate, now: dt.datetime) -> None:
    if fate.end is None or fate.state == "withdrawn":
        duty_close(duty=duty, now=now, state=DutyState.WAIVED, reason=str(IMPORTED))
    else:
        duty_close(duty=duty, now=moment_of(fate.end))
