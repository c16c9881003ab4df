"""Structured content (S6): declared columns, import from a spreadsheet, reduction, public table.

What is personal is taken out by the declaration of its column, not by whoever publishes: an ID
number never leaves, a name becomes initials, a birth date its year, an address its village.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from dongthuan.core.matters.errors import MatterError
from dongthuan.core.matters.kinds import Text
from dongthuan.core.matters.models import Paper
from dongthuan.core.spreadsheet import Sheet, SheetRefused, sheets_read
from dongthuan.core.tables import table_csv, table_xlsx
from dongthuan.core.text import clean, fold, personal_data
from dongthuan.work.disclosure.models import Disclosure

MOST_ROWS = 5_000
MOST_NAMED = 20
LONGEST = 300


@dataclass(frozen=True)
class Column:
    """One column. `type`: text, money (đồng), number, date, person, personal_id, birth, address.

    `reduce`: keep, drop, initials (of a name), year (of a day), village (of an address: its last
    part that names a thôn or tổ dân phố). `vi`: its head in the spreadsheet and on the page.
    """

    name: str
    vi: str
    en: str
    type: str = "text"
    reduce: str = "keep"
    required: bool = False

    @property
    def counted(self) -> bool:
        return self.type in ("money", "number")


def _c(name: str, vi: str, en: str, type: str = "text", reduce: str = "keep", *, must: bool = False
       ) -> Column:  # fmt: skip
    return Column(name, vi, en, type, reduce, must)


_PERSON = _c("person", "Họ và tên", "Name", "person", "initials", must=True)
_HIDDEN = (
    _c("id_number", "Số định danh", "ID number", "personal_id", "drop"),
    _c("phone", "Điện thoại", "Telephone", "personal_id", "drop"),
    _c("account", "Số tài khoản", "Bank account", "personal_id", "drop"),
)
_BIRTH = _c("birth", "Ngày sinh", "Born", "birth", "year")
_HOME = _c("address", "Địa chỉ", "Address", "address", "village")
_NOTE = _c("note", "Ghi chú", "Note")


@dataclass(frozen=True)
class ContentType:
    """A sort of content with its columns and the items of Điều 11 to which it belongs."""

    code: str
    label: Text
    items: tuple[str, ...]
    columns: tuple[Column, ...]

    @property
    def public(self) -> tuple[Column, ...]:
        return tuple(column for column in self.columns if column.reduce != "drop")


TYPES: dict[str, ContentType] = {
    kind.code: kind
    for kind in (
        ContentType("fund", gettext_lazy("funds"), ("5",), (
            _c("fund", "Tên quỹ", "Fund", must=True),
            _c("opening", "Số dư đầu kỳ", "Opening balance", "money"),
            _c("received", "Thu trong kỳ", "Received", "money", must=True),
            _c("spent", "Chi trong kỳ", "Spent", "money", must=True),
            _c("balance", "Số dư cuối kỳ", "Closing balance", "money"), _NOTE)),
        ContentType("investment", gettext_lazy("investment"), ("3", "5", "6"), (
            _c("project", "Dự án, công trình", "Project", must=True),
            _c("source", "Nguồn vốn", "Source"),
            _c("amount", "Tổng mức đầu tư", "Amount", "money", must=True),
            _c("spent", "Đã giải ngân", "Disbursed", "money"),
            _c("until", "Hoàn thành", "Until", "date"),
            _c("progress", "Tiến độ", "Progress"), _NOTE)),
        ContentType("aid", gettext_lazy("aid and donations"), ("5", "8"), (
            _c("donor", "Đơn vị tài trợ, ủng hộ", "Donor", must=True),
            _c("programme", "Chương trình", "Programme"),
            _c("amount", "Số tiền", "Amount", "money", must=True),
            _c("used", "Đã sử dụng", "Used", "money"), _NOTE)),
        ContentType("contribution", gettext_lazy("contributions of the people"), ("5",), (
            _c("purpose", "Nội dung đóng góp", "Purpose", must=True),
            _c("village", "Thôn, tổ dân phố", "Village"),
            _c("households", "Số hộ", "Households", "number"),
            _c("level", "Mức đóng góp", "Level", "money"),
            _c("collected", "Đã thu", "Collected", "money", must=True),
            _c("spent", "Đã chi", "Spent", "money"), _NOTE)),
        ContentType("loan", gettext_lazy("policy loans"), ("7",), (
            _PERSON, _BIRTH, _HOME, *_HIDDEN,
            _c("programme", "Chương trình", "Programme"),
            _c("amount", "Số tiền vay", "Amount", "money", must=True),
            _c("purpose", "Mục đích", "Purpose"), _NOTE)),
        ContentType("poor_households", gettext_lazy("poor and near-poor households"), ("7",), (
            _PERSON, _BIRTH, _HOME, *_HIDDEN,
            _c("members", "Số nhân khẩu", "Members", "number", must=True),
            _c("group", "Diện hộ", "Group", must=True), _NOTE)),
        ContentType("allowance", gettext_lazy("allowances"), ("7",), (
            _PERSON, _BIRTH, _HOME, *_HIDDEN,
            _c("policy", "Chính sách", "Policy", must=True),
            _c("amount", "Mức trợ cấp", "Amount", "money", must=True), _NOTE)),
        ContentType("relief", gettext_lazy("relief after disasters"), ("8",), (
            _PERSON, _BIRTH, _HOME, *_HIDDEN,
            _c("damage", "Thiệt hại", "Damage"),
            _c("amount", "Mức hỗ trợ", "Support", "money", must=True),
            _c("paid_on", "Ngày cấp phát", "Paid on", "date"), _NOTE)),
        ContentType("generic", gettext_lazy("another table"), (), (
            _c("what", "Nội dung", "Content", must=True),
            _c("detail", "Chi tiết", "Detail"),
            _c("count", "Số lượng", "Number", "number"),
            _c("amount", "Số tiền", "Amount", "money"), _NOTE)),
        ContentType("register", gettext_lazy("register of disclosures"), ("so",), (
            _c("item", "Nội dung (Điều 11)", "Item (Art. 11)"),
            _c("title", "Tin đã công khai", "What was disclosed"),
            _c("symbol", "Văn bản", "Document"),
            _c("published", "Ngày công khai", "Published", "date"),
            _c("forms", "Hình thức", "Forms"),
            _c("times", "Thời gian", "Times"))),
    )
}  # fmt: skip


def types_for(item: str) -> list[ContentType]:
    """What may be attached to an item: its own sorts, then the plain table."""
    own = [kind for kind in TYPES.values() if item in kind.items]
    return own if item == "so" else [*own, TYPES["generic"]]


# -- reading a spreadsheet ------------------------------------------------------------------------


def rows_import(content_type: str, data: bytes) -> list[dict[str, Any]]:
    """The rows of the first sheet, by column name; all or nothing.

    The heads are those of the declaration, in any order. Every bad row is named in the one sentence
    of the MatterError (field `sheet`).
    """
    try:
        sheets = sheets_read(data, most_rows=MOST_ROWS + 10)
    except SheetRefused as error:
        raise MatterError(str(error), field="sheet") from None
    if not sheets or not any(any(cell != "" for cell in row) for row in sheets[0].rows):
        raise MatterError(_("The spreadsheet holds no rows."), field="sheet")
    kind = TYPES[content_type]
    at, heads = _heads(kind, sheets[0])
    rows, bad = [], []
    for number, cells in enumerate(sheets[0].rows[at + 1 :], start=at + 2):
        if all(cell in ("", None) for cell in cells):
            continue
        row, why = _row(heads, cells, {c for (r, c) in sheets[0].errors if r == number - 1})
        if why:
            bad.append(_("row %(n)d: %(why)s") % {"n": number, "why": why})
        rows.append(row)
    if bad:
        more = "" if len(bad) <= MOST_NAMED else " …"
        raise MatterError(
            _("Nothing was imported. %(rows)s") % {"rows": "; ".join(bad[:MOST_NAMED]) + more},
            field="sheet",
        )
    if not rows:
        raise MatterError(_("The spreadsheet holds no rows."), field="sheet")
    if len(rows) > MOST_ROWS:
        raise MatterError(_("The table has more than 5,000 rows; split it."), field="sheet")
    return rows


def _heads(kind: ContentType, sheet: Sheet) -> tuple[int, list[Column | None]]:
    known = {fold(head): column for column in kind.columns for head in (column.vi, column.en)}
    at = next(i for i, row in enumerate(sheet.rows) if any(cell != "" for cell in row))
    heads: list[Column | None] = []
    for cell in sheet.rows[at]:
        text = clean(str(cell))
        column = known.get(fold(text))
        if text and column is None and fold(text) not in ("stt", "tt", "no."):
            names = ", ".join(column.vi for column in kind.columns)
            raise MatterError(
                _("The column “%(name)s” is not known here; the columns are: %(names)s.")
                % {"name": text[:60], "names": names},
                field="sheet",
            )
        heads.append(column)
    missing = [c.vi for c in kind.columns if c.required and c not in heads]
    if missing:
        raise MatterError(
            _("The spreadsheet lacks the column “%(name)s”.") % {"name": missing[0]}, field="sheet"
        )
    return at, heads


def _row(heads: Sequence[Column | None], cells: Sequence[Any], errors: set[int]
         ) -> tuple[dict[str, Any], str]:  # fmt: skip
    row: dict[str, Any] = {}
    for at, column in enumerate(heads):
        if column is None:
            continue
        if at in errors:
            return row, _("“%(name)s” shows an error") % {"name": column.vi}
        value = cells[at] if at < len(cells) else ""
        try:
            row[column.name] = _value(column, value)
        except (ValueError, OverflowError):
            return row, _("“%(name)s” cannot be read: %(value)s") % {
                "name": column.vi, "value": clean(str(value))[:40],
            }  # fmt: skip
        if column.required and row[column.name] in ("", None):
            return row, _("“%(name)s” is empty") % {"name": column.vi}
    return row, ""


def _value(column: Column, value: Any) -> Any:
    if value is None or value == "":
        return None if column.counted else ""
    if column.counted:
        return _whole(value)
    if column.type in ("date", "birth"):
        return _day(value, year_only=column.type == "birth")
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    text = clean(str(value))
    if len(text) > LONGEST:
        raise ValueError
    return text


def _whole(value: Any) -> int:
    """Đồng and counts are whole: '1.250.000' and '1,250,000' are read, '1,5' is not."""
    if isinstance(value, bool):
        raise ValueError
    if isinstance(value, int | float):
        if value != int(value):
            raise ValueError
        number = int(value)
    else:
        text = re.sub(r"\s|đồng|đ|VND", "", clean(str(value)), flags=re.IGNORECASE)
        if not re.fullmatch(r"\d+|\d{1,3}(?:\.\d{3})+|\d{1,3}(?:,\d{3})+", text, re.ASCII):
            raise ValueError
        number = int(re.sub(r"[.,]", "", text))
    if not 0 <= number <= 10**15:
        raise ValueError
    return number


def _day(value: Any, *, year_only: bool) -> str:
    if isinstance(value, dt.datetime):
        return value.date().isoformat()
    if isinstance(value, dt.date):
        return value.isoformat()
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    text = clean(str(value))
    if year_only and re.fullmatch(r"(19|20)\d\d", text, re.ASCII):
        return text
    found = re.fullmatch(r"(\d{1,2})[/.-](\d{1,2})[/.-](\d{4})", text, re.ASCII)
    if found:
        day, month, year = (int(part) for part in found.groups())
        return dt.date(year, month, day).isoformat()
    return dt.date.fromisoformat(text).isoformat()


# -- reduction ------------------------------------------------------------------------------------


def initials(name: str) -> str:
    """'Nguyễn Thị Thử' -> 'N.T.T.'"""
    return "".join(f"{word[0].upper()}." for word in clean(name).split())


# Where the village ends and the house begins in a part that no comma divides.
_HOUSE = re.compile(
    r"(?i)\s+[-–(]?\s*(?=(?:số|nhà|hộ|đường|hẻm|kiệt|ngõ|ngách|ông|bà|gần|cạnh)\b).*$"
)
_VILLAGE = re.compile(r"(?i)\b(thôn|tổ dân phố|tdp|khu phố|buôn|bản|làng|ấp|xóm)\b")


def village_of(address: str) -> str:
    """'12 Lê Lợi, tổ dân phố 3' -> 'tổ dân phố 3'; '' when no part names a village."""
    for part in clean(address).split(","):
        if found := _VILLAGE.search(part):
            return _HOUSE.sub("", part[found.start() :]).strip()
    return ""


def _reduced(column: Column, value: Any, *, full_names: bool) -> Any:
    match column.reduce:
        case "initials" if not full_names:
            return initials(value or "")
        case "year":
            return str(value or "")[:4]
        case "village":
            return village_of(value or "")
    return value


def rows_reduce(content_type: str, rows: Sequence[dict[str, Any]], *, full_names: bool = False
                ) -> list[list[Any]]:  # fmt: skip
    """The rows as everybody may read them, in the order of the public columns."""
    columns = TYPES[content_type].public
    return [
        [_reduced(column, row.get(column.name), full_names=full_names) for column in columns]
        for row in rows
    ]


def vn_day(text: Any) -> Any:
    """'2026-11-23' as 23/11/2026; whatever is no such day as it is."""
    try:
        return f"{dt.date.fromisoformat(text):%d/%m/%Y}"
    except (TypeError, ValueError):
        return text


@dataclass(frozen=True)
class PublicTable:
    """What everybody sees: heads, rows, sums of the counted columns (None elsewhere)."""

    columns: tuple[Column, ...]
    rows: list[list[Any]]

    @property
    def heads(self) -> list[str]:
        return [column.vi for column in self.columns]

    @property
    def totals(self) -> list[int | None]:
        return [
            sum(row[at] or 0 for row in self.rows) if column.type == "money" or (
                column.type == "number") else None
            for at, column in enumerate(self.columns)
        ]  # fmt: skip

    @property
    def has_totals(self) -> bool:
        return any(column.counted for column in self.columns)

    def cells(self) -> list[list[tuple[Column, Any]]]:
        """The rows for a page: days as documents write them; the files keep 2026-11-23."""
        return [
            [
                (column, vn_day(cell) if column.type == "date" else cell)
                for column, cell in zip(self.columns, row, strict=True)
            ]
            for row in self.rows
        ]

    def csv(self) -> bytes:
        return table_csv(self.heads, self.rows)

    def xlsx(self, title: str) -> bytes:
        return table_xlsx(self.heads, self.rows, above=[title])

    def digest(self) -> str:
        """SHA-256 of the CSV: it stands in the record, so that the file can be held against it."""
        return hashlib.sha256(self.csv()).hexdigest()


def public_table(found: Disclosure, *, full_names: bool | None = None) -> PublicTable | None:
    """The public table: what was published, or before that what would be. One code for both."""
    if not found.content_type:
        return None
    names = found.full_names if full_names is None else full_names
    rows = found.public_rows if found.public else None
    if rows is None:
        rows = rows_reduce(found.content_type, found.rows, full_names=names)
    return PublicTable(TYPES[found.content_type].public, rows)


_BARE_NUMBER = re.compile(r"\d{9}|\d{12}|0\d{9,10}", re.ASCII)


def warnings(found: Disclosure, table: PublicTable | None) -> list[str]:
    """What still looks personal in what would be public, as it stands there; [] when nothing."""
    files = Paper.objects.filter(matter=found, entry__act="disclosure.content")
    called = files.values_list("attachment__name", flat=True)
    names = [re.sub(r"[_.]+", " ", name) for name in called]
    suspicious = personal_data("\n".join([found.title, found.summary, found.symbol, *names]))
    for row in table.rows if table else ():
        for cell in row:
            if isinstance(cell, str) and cell:
                suspicious += personal_data(cell)
                if _BARE_NUMBER.fullmatch(re.sub(r"[ .-]", "", cell)):
                    suspicious.append(cell)
    return list(dict.fromkeys(suspicious))
