"""Ledgers for the tests, written by a spreadsheet program; everybody in them is invented."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import xlsxwriter

HEADINGS = (
    "STT", "Ngày tiếp", "Họ tên, địa chỉ", "CCCD/CMND/Hộ chiếu", "Nội dung đơn",
    "Loại đơn (KN/TC/KN/PA)", "Số người cùng nội dung", "Cơ quan đã giải quyết",
    "Thuộc thẩm quyền (x)", "Hướng dẫn công dân đến cơ quan có thẩm quyền",
    "Cơ quan, đơn vị thụ lý", "Theo dõi kết quả giải quyết", "Ghi chú",
)  # fmt: skip

ROAD = "Đường vào thôn bị sạt lở sau mưa, đề nghị sửa chữa"
LAND = "Khiếu nại quyết định thu hồi đất của hộ gia đình"


def row(**changed: Any) -> list[Any]:
    """One good line of the ledger: a report about a road, of 10 August 2026."""
    cells = {
        "no": 1,
        "date": dt.date(2026, 8, 10),
        "who": "Nguyễn Thị Mận, thôn An Thường",
        "id": "",
        "content": ROAD,
        "type": "PA",
        "people": 1,
        "settled_by": "",
        "competence": "",
        "guided": "",
        "accepted": "",
        "result": "",
        "note": "",
    } | changed
    return list(cells.values())


def ledger(
    path: Path, rows: Sequence[Sequence[Any]], *, headings: Sequence[str] = HEADINGS
) -> Path:
    """A ledger as the form prints it: a title, the headings, their numbers, the rows."""
    book = xlsxwriter.Workbook(path)
    sheet = book.add_worksheet("Sổ tiếp công dân")
    days = book.add_format({"num_format": "dd/mm/yyyy"})
    sheet.write(0, 0, "SỔ TIẾP CÔNG DÂN")
    sheet.write_row(2, 0, headings)
    sheet.write_row(3, 0, range(1, len(headings) + 1))
    for number, cells in enumerate(rows, start=4):
        for column, cell in enumerate(cells):
            if isinstance(cell, dt.date):
                sheet.write_datetime(number, column, dt.datetime.combine(cell, dt.time()), days)
            elif cell != "":
                sheet.write(number, column, cell)
    book.close()
    return path
