"""The table of a ledger: its headings found, its cells by the name of their column."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import pgettext_lazy

from dongthuan.core.spreadsheet import Sheet, Value, column_letters
from dongthuan.core.text import clean, fold

MOST_HEADER = 60  # rows above the table in which its headings are looked for
SHOWN = 50


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


def refused(reason: str) -> LedgerRefused:
    return LedgerRefused([Problem(0, "", "", "", reason)])


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
    _column("no", pgettext_lazy("ledger", "number"), r"^(so )?(stt|tt|so thu tu)\b"),
    _column("who", pgettext_lazy("ledger", "name, address"),
            r"\bho (va )?ten|^nguoi (gui|den|khieu)", required=True),
    _column("date", pgettext_lazy("ledger", "date"), r"^ngay\b(?!.* (sinh|cap))", required=True),
    _column("people", pgettext_lazy("ledger", "number of people"), r"\bso (cong dan|nguoi)\b"),
    _column("type", pgettext_lazy("ledger", "type"), r"\b(phan )?loai( don)?\b", required=True),
    _column("id", pgettext_lazy("ledger", "ID document"),
            r"\b(cccd|cmnd|cmt|can cuoc|ho chieu|dinh danh|giay to)\b"),
    _column("guided", pgettext_lazy("ledger", "guided to"), r"\bhuong dan\b"),
    _column("accepted", pgettext_lazy("ledger", "accepting body, transfer"),
            r"\b(thu ly|chuyen don)\b"),
    _column("result", pgettext_lazy("ledger", "result"), r"\btheo doi\b|\bket qua\b"),
    _column("settled_by", pgettext_lazy("ledger", "body that settled"), r"\bda giai quyet\b"),
    _column("competence", pgettext_lazy("ledger", "in competence"), r"\bthuoc tham quyen\b"),
    _column("content", pgettext_lazy("ledger", "content"), r"\bnoi dung\b", required=True),
    _column("address", pgettext_lazy("ledger", "address"), r"\bdia chi\b"),
    _column("note", pgettext_lazy("ledger", "note"), r"\bghi chu\b"),
)  # fmt: skip
_BY_KEY = {column.key: column for column in COLUMNS}


@dataclass
class Table:
    """A sheet whose headings were found; `columns`: where each known column lies."""

    sheet: Sheet
    columns: dict[str, int]
    headings: dict[int, str]
    first: int

    @property
    def unknown(self) -> list[str]:
        """The headings of the columns that are not read."""
        known = set(self.columns.values())
        return [heading for column, heading in sorted(self.headings.items()) if column not in known]

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


def table_find(sheets: list[Sheet]) -> Table:
    if not any(row for sheet in sheets for row in sheet.rows):
        raise refused(_("The file holds no rows."))
    for sheet in sheets:
        table = _headed(sheet)
        if table:
            _merges_fill(table)
            return table
    labels = ", ".join(str(column.label) for column in COLUMNS if column.required)
    raise refused(
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
    return all(isinstance(cell, str) for cell in filled) and not is_numbering(row)


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


def is_numbering(row: list[Value]) -> bool:
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
