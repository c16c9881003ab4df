"""What is no readable ledger is refused in one sentence, quickly, and nothing changes."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

import pytest
import xlsxwriter
from django.utils import translation

from dongthuan.core.matters.models import Matter
from dongthuan.work.petitions.ledger import LedgerRefused, submissions_import
from dongthuan.work.petitions.tests.ledgers import HEADINGS, ledger, row

pytestmark = pytest.mark.usefixtures("people")
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600
DAMAGED = "The file is damaged, or it is not a spreadsheet (.xlsx)."


def refusal(path: Path) -> str:
    with translation.override("en"), pytest.raises(LedgerRefused) as caught:
        submissions_import(path=path, unit_code="21439")
    assert not Matter.objects.exists()
    assert len(caught.value.problems) == 1
    return str(caught.value)


def stored(path: Path, data: bytes) -> Path:
    path.write_bytes(data)
    return path


def changed(path: Path, member: str, change: dict[str, str]) -> Path:
    """The same archive with words of one member replaced."""
    out = io.BytesIO()
    with zipfile.ZipFile(path) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for info in old.infolist():
            body = old.read(info.filename)
            if info.filename == member:
                for before, after in change.items():
                    assert before.encode() in body
                    body = body.replace(before.encode(), after.encode())
            new.writestr(info.filename, body)
    return stored(path, out.getvalue())


@pytest.mark.parametrize(
    ("data", "sentence"),
    [
        (b"", "The file is empty."),
        (b"STT;Ngay;Ho ten\n1;2;3\n", "The file is not an Excel spreadsheet (.xlsx)."),
        (b"%PDF-1.7", "The file is not an Excel spreadsheet (.xlsx)."),
        (OLE, "The file is of an old kind; save it as .xlsx."),
        (OLE + "EncryptedPackage".encode("utf-16-le"),
         "The file has a password; save it without one."),
        (b"PK\x03\x04 rubbish", DAMAGED),
    ],
)  # fmt: skip
def test_what_is_no_spreadsheet(tmp_path: Path, data: bytes, sentence: str) -> None:
    assert refusal(stored(tmp_path / "so.xlsx", data)) == sentence


def test_a_file_that_is_not_there(tmp_path: Path) -> None:
    assert refusal(tmp_path / "so.xlsx") == "There is no file “so.xlsx”."
    assert refusal(tmp_path) == f"There is no file “{tmp_path.name}”."


def test_an_archive_of_something_else(tmp_path: Path) -> None:
    path = tmp_path / "so.xlsx"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("readme.txt", "xin chào")
    assert refusal(path) == DAMAGED


def test_a_file_cut_short(tmp_path: Path) -> None:
    path = ledger(tmp_path / "so.xlsx", [row() for _ in range(20)])
    data = path.read_bytes()
    for size in (len(data) // 3, len(data) // 2, len(data) - 20):
        assert refusal(stored(path, data[:size])) == DAMAGED


def test_a_zip_bomb_is_not_unpacked(tmp_path: Path) -> None:
    path = ledger(tmp_path / "so.xlsx", [row()])
    with zipfile.ZipFile(path, "a", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/media/big.bin", b"\0" * (201 * 1024 * 1024))
    assert refusal(path) == "The file unpacks to more than 200 MB; it is not opened."


def test_a_member_that_lies_about_its_size(tmp_path: Path) -> None:
    path = ledger(tmp_path / "so.xlsx", [row()])
    data = bytearray(path.read_bytes())
    with zipfile.ZipFile(path) as archive:
        info = archive.getinfo("xl/worksheets/sheet1.xml")
    start = data.rindex(b"xl/worksheets/sheet1.xml") - 46
    assert data[start : start + 4] == b"PK\x01\x02"
    data[start + 24 : start + 28] = (info.file_size // 2).to_bytes(4, "little")
    assert refusal(stored(path, bytes(data))) == DAMAGED


def test_a_long_text_shared_by_many_cells_is_not_spread_out(tmp_path: Path) -> None:
    path = tmp_path / "so.xlsx"
    with xlsxwriter.Workbook(path, {"constant_memory": False}) as book:
        sheet = book.add_worksheet()
        sheet.write_row(0, 0, HEADINGS)
        for number in range(1, 800):
            sheet.write_row(number, 0, ["á" * 20_000] * 13)
    assert refusal(path) == "The file unpacks to more than 200 MB; it is not opened."


def test_one_cell_in_the_far_corner(tmp_path: Path) -> None:
    path = tmp_path / "so.xlsx"
    with xlsxwriter.Workbook(path) as book:
        sheet = book.add_worksheet()
        sheet.write_row(0, 0, HEADINGS)
        sheet.write(1_048_575, 0, "x")
    assert refusal(path) == "The file has more than 50.060 rows; split it."
    with xlsxwriter.Workbook(path) as book:
        sheet = book.add_worksheet()
        sheet.write_row(0, 0, HEADINGS)
        sheet.write(1, 16_383, "x")
    assert refusal(path) == "The sheet has more than 200 columns; it is not a ledger."


def test_formatted_but_empty_cells_far_below_do_no_harm(tmp_path: Path) -> None:
    path = tmp_path / "so.xlsx"
    with xlsxwriter.Workbook(path) as book:
        sheet = book.add_worksheet()
        sheet.write_row(0, 0, HEADINGS)
        sheet.write_row(1, 0, [1, "10/08/2026", "Trần Văn Ổi", "", "Cống nghẹt", "PA"])
        sheet.write_blank(900_000, 3, None, book.add_format({"bold": True}))
    assert submissions_import(path=path, unit_code="21439").imported == 1


def test_macros_and_document_types_are_refused(tmp_path: Path) -> None:
    path = ledger(tmp_path / "so.xlsx", [row()])
    plain = "spreadsheetml.sheet.main+xml"
    macro = {f"vnd.openxmlformats-officedocument.{plain}": "vnd.ms-excel.sheet.macroEnabled.main"}
    assert refusal(changed(path, "[Content_Types].xml", macro)) == (
        "The file holds macros; save it as a plain .xlsx."
    )
    path = ledger(tmp_path / "so.xlsx", [row()])
    bomb = {"<workbook": '<!DOCTYPE x [<!ENTITY a "aaa">]><workbook'}
    assert refusal(changed(path, "xl/workbook.xml", bomb)) == DAMAGED


@pytest.mark.parametrize("headings", [HEADINGS, ()])
def test_a_sheet_without_entries(tmp_path: Path, headings: tuple[str, ...]) -> None:
    path = tmp_path / "so.xlsx"
    with xlsxwriter.Workbook(path) as book:
        book.add_worksheet().write_row(0, 0, headings)
    assert refusal(path) == (
        "There are no entries below the headings." if headings else "The file holds no rows."
    )
