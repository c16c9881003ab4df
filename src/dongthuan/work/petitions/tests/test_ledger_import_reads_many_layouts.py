"""Ledgers as people keep them: other headings, other orders, merged cells, gaps and footers."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Any

import pytest
import xlsxwriter
from django.utils import timezone

from dongthuan.core.people.services import unseal
from dongthuan.work.petitions.ledger import LedgerRefused, submissions_import
from dongthuan.work.petitions.models import Petition
from dongthuan.work.petitions.tests.ledgers import HEADINGS, ledger, row

pytestmark = pytest.mark.usefixtures("people")
GOOD = [1, "10/08/2026", "Trần Văn Ổi, thôn 1", "", "Cống nghẹt gây ngập đường", "PA", 1]


def written(path: Path, *rows: list[Any]) -> Path:
    with xlsxwriter.Workbook(path) as book:
        sheet = book.add_worksheet()
        for number, cells in enumerate(rows):
            sheet.write_row(number, 0, cells)
    return path


def days(path: Path) -> list[dt.date]:
    submissions_import(path=path, unit_code="21439-ubnd")
    return [timezone.localdate(m.opened_at) for m in Petition.objects.order_by("id")]


def test_the_older_form_of_twelve_columns_has_the_id_beside_the_name(tmp_path: Path) -> None:
    headings = [
        "TT", "Ngày tiếp", "Họ tên - Địa chỉ - CMND/CCCD", "Nội dung vụ việc", "Phân loại đơn",
        "Số người", "Cơ quan đã giải quyết", "Thuộc thẩm quyền", "Trả lại đơn và hướng dẫn",
        "Thụ lý/chuyển đơn", "Kết quả giải quyết", "Ghi chú",
    ]  # fmt: skip
    who = "Trần Văn Ổi, thôn 1, xã Khánh Cường, CCCD: 051095012345"
    body = [1, "05/03/2025", who, "Xin cấp lại giấy chứng nhận", "Kiến nghị", 2]
    path = written(tmp_path / "cu.xlsx", headings, [*range(1, 13)], body)
    assert days(path) == [dt.date(2025, 3, 5)]
    citizen = Petition.objects.get().submissions.get().citizen
    assert citizen.address == "thôn 1, xã Khánh Cường"
    assert unseal(citizen.id_number) == "051095012345"


@pytest.mark.parametrize(
    "cell", ["10/08/2026", "10-8-2026", "10.08.2026", "2026-08-10", "ngày 10 tháng 8 năm 2026"]
)
def test_dates_are_read_as_people_write_them(tmp_path: Path, cell: str) -> None:
    assert days(ledger(tmp_path / "so.xlsx", [row(date=cell)])) == [dt.date(2026, 8, 10)]


def test_headings_without_marks_in_capitals_and_in_another_order_are_found(tmp_path: Path) -> None:
    path = written(
        tmp_path / "so.xlsx",
        ["UBND PHUONG DUC PHO"],
        [],
        ["LOAI DON", "NOI DUNG", "HO VA TEN", "DIA CHI", "NGAY NHAN DON"],
        ["KN", "Thu hồi đất sai", "Trần Văn Ổi", "thôn 1", "10/08/2026"],
    )
    assert days(path) == [dt.date(2026, 8, 10)]
    assert Petition.objects.get().submissions.get().citizen.address == "thôn 1"


def test_headings_over_two_rows_are_found(tmp_path: Path) -> None:
    path = tmp_path / "so.xlsx"
    with xlsxwriter.Workbook(path) as book:
        sheet = book.add_worksheet()
        for column, heading in enumerate(HEADINGS[:8]):
            sheet.merge_range(0, column, 1, column, heading)
        sheet.merge_range(0, 8, 0, 10, "Hướng xử lý")
        sheet.write_row(1, 8, ["Thuộc thẩm quyền", "Hướng dẫn", "Chuyển đơn"])
        sheet.merge_range(0, 11, 1, 11, HEADINGS[11])
        sheet.write_row(2, 0, [f"({i})" for i in range(1, 13)])
        sheet.write_row(3, 0, [*GOOD, "", "", "", "Công an tỉnh"])
    submissions_import(path=path, unit_code="21439")
    assert Petition.objects.get().state == "transferred"


def test_a_date_merged_over_several_rows_stands_for_each(tmp_path: Path) -> None:
    path = tmp_path / "so.xlsx"
    with xlsxwriter.Workbook(path) as book:
        sheet = book.add_worksheet()
        sheet.write_row(0, 0, HEADINGS)
        for number in (1, 2, 3):
            sheet.write_row(number, 0, [number, "", "Trần Văn Ổi", "", f"Việc thứ {number}", "PA"])
        sheet.merge_range(1, 1, 3, 1, "10/08/2026")
    assert days(path) == [dt.date(2026, 8, 10)] * 3


def test_blank_lines_months_totals_and_signatures_are_left_out_and_told(tmp_path: Path) -> None:
    path = written(
        tmp_path / "so.xlsx",
        list(HEADINGS),
        ["THÁNG 8 NĂM 2026"],
        GOOD,
        [],
        [2],
        ["Tổng cộng", "", "", "", "", "", 1],
        ["", "", "Người lập"],
    )
    result = submissions_import(path=path, unit_code="21439")
    assert (result.imported, result.skipped_rows) == (1, [2, 6, 7])


def test_the_sheet_with_the_headings_is_taken(tmp_path: Path) -> None:
    path = tmp_path / "so.xlsx"
    with xlsxwriter.Workbook(path) as book:
        book.add_worksheet("Bìa").write(0, 0, "SỔ TIẾP CÔNG DÂN NĂM 2026")
        sheet = book.add_worksheet("Sổ")
        sheet.write_row(0, 0, HEADINGS)
        sheet.write_row(1, 0, GOOD)
    assert submissions_import(path=path, unit_code="21439").imported == 1


def test_columns_that_are_not_read_are_told(tmp_path: Path) -> None:
    path = written(tmp_path / "so.xlsx", [*HEADINGS, "Ngày sinh"], [*GOOD, *[""] * 6, "1/1/1970"])
    result = submissions_import(path=path, unit_code="21439")
    assert result.skipped_columns == ["Ngày sinh"]


@pytest.mark.parametrize("missing", ["Ngày tiếp", "Nội dung đơn", "Loại đơn (KN/TC/KN/PA)"])
def test_a_table_without_a_needed_column_is_refused(tmp_path: Path, missing: str) -> None:
    headings = ["?" if heading == missing else heading for heading in HEADINGS]
    with pytest.raises(LedgerRefused) as caught:
        submissions_import(path=ledger(tmp_path / "so.xlsx", [row()], headings=headings),
                           unit_code="21439")  # fmt: skip
    assert len(caught.value.problems) == 1
