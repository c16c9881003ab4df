"""Tables as files that anybody opens: CSV and a spreadsheet, where no cell can act as a formula."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence
from decimal import Decimal
from typing import Any

from xlsxwriter import Workbook


def harmless(text: str) -> str:
    """A CSV cell that a spreadsheet will not run as a formula (OWASP, CSV injection)."""
    first = text.lstrip()[:1]
    return f"'{text}" if first and first in "=+-@＝＋－＠" else text


def table_csv(head: Sequence[str], rows: Iterable[Sequence[Any]]) -> bytes:
    """UTF-8 with a mark, so that spreadsheets read it rightly; None is an empty cell."""
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow(head)
    for row in rows:
        writer.writerow([harmless(cell) if isinstance(cell, str) else cell for cell in row])
    return b"\xef\xbb\xbf" + out.getvalue().encode()


def table_xlsx(
    head: Sequence[str],
    rows: Iterable[Sequence[Any]],
    *,
    sheet: str = "1",
    above: Sequence[str] = (),
    widths: Sequence[int] = (),
) -> bytes:
    """One sheet: the lines `above` (a title, a period), the heads, the rows; numbers stay numbers.

    `widths` in letters, by column.
    """
    out = io.BytesIO()
    with Workbook(out, {"in_memory": True, "strings_to_formulas": False}) as book:
        bold = book.add_format({"bold": True, "text_wrap": True, "valign": "top"})
        plain = book.add_format({"text_wrap": True, "valign": "top"})
        # Says that a sign such as “=” in front is a letter, even when the cell is edited.
        quoted = book.add_format({"text_wrap": True, "valign": "top", "quote_prefix": True})
        page = book.add_worksheet(sheet[:31])
        for at, width in enumerate(widths):
            page.set_column(at, at, width)
        for line, text in enumerate(above):
            page.write_string(line, 0, text, bold)
        for at, text in enumerate(head):
            page.write_string(len(above), at, text, bold)
        page.freeze_panes(len(above) + 1, 0)
        for line, row in enumerate(rows, start=len(above) + 1):
            for at, cell in enumerate(row):
                if isinstance(cell, bool | str) or hasattr(cell, "isoformat"):
                    text = str(cell)[:32_000]
                    page.write_string(line, at, text, quoted if text[:1] in "=+-@" else plain)
                elif isinstance(cell, int | float | Decimal):
                    page.write_number(line, at, cell, plain)
                elif cell is not None:
                    page.write_string(line, at, str(cell)[:32_000], plain)
    return out.getvalue()
