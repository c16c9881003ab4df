"""The ledger as the forms want it: 13 columns since 1 July 2026, 12 before; safe as a file."""

from __future__ import annotations

import datetime as dt
import io
from typing import Any

import pytest
from openpyxl import load_workbook

from dongthuan.core import clock
from dongthuan.core.matters.errors import MatterError, NotAllowed
from dongthuan.work.receptions.ledger import ledger, ledger_xlsx
from dongthuan.work.receptions.services import reception_create
from dongthuan.work.receptions.tests.conftest import HOURS, ZONE, step, turn
from dongthuan.work.receptions.visits import Visitor, visit_follow

SINCE, UNTIL = dt.date(2026, 1, 1), dt.date(2026, 12, 31)
HEAD_13 = [
    "STT", "Ngày tiếp", "Họ tên, địa chỉ", "CCCD/CMND/Hộ chiếu", "Nội dung đơn",
    "Loại đơn (KN/TC/KN/PA)", "Số người cùng nội dung", "Cơ quan đã giải quyết",
    "Thuộc thẩm quyền (x)", "Hướng dẫn công dân đến cơ quan có thẩm quyền",
    "Cơ quan, đơn vị thụ lý", "Theo dõi kết quả giải quyết", "Ghi chú",
]  # fmt: skip
ROW_13 = [
    1, "10/11/2026", "Nguyễn Thị Thử, thôn minh họa", "051095012345",
    "=1+1 phản ánh đường sạt lở", "PA", 12, "UBND xã cũ", "x", "UBND tỉnh, 5/HD-UBND",
    "Sở Xây dựng, 7/CV-UBND", "Đã sửa xong", "tiếp nhiều lần, -cần theo dõi",
]  # fmt: skip
SEALED = "(giữ kín theo Luật Tố cáo)"


@pytest.fixture
def filled(people: Any, office: Any, opened: Any) -> Any:
    """Two lines of November 2026, one of June."""
    done = turn(
        people.intake, opened, content="=1+1 phản ánh đường sạt lở", outcome="guided",
        people_count=12, representatives=2, is_repeat=True, settled_by="UBND xã cũ",
        in_competence=True, guided_to="UBND tỉnh", guide_document="5/HD-UBND",
        accepted_by="Sở Xây dựng", transfer_document="7/CV-UBND", note="-cần theo dõi",
    )  # fmt: skip
    visit_follow(acting=people.intake, visit=done, result="Đã sửa xong")
    turn(people.intake, opened, type="denunciation")
    june = dt.date(2026, 6, 9)
    with clock.at(dt.datetime(2026, 6, 9, 9, tzinfo=ZONE)):
        old = reception_create(
            acting=people.intake, unit=office, form="regular", held_on=june, hours=HOURS
        )
        step(people.intake, old, "open")
        turn(
            people.intake, old, type="complaint", content="Khiếu nại mức bồi thường cây",
            visitor=Visitor("Trần Văn Mẫu", "tổ 3", "051095099999"),
        )  # fmt: skip
    return office


def test_each_form_has_its_own_rows(people: Any, filled: Any) -> None:
    old, new = ledger(actor=people.intake, unit=filled, since=SINCE, until=UNTIL)
    assert [column.heading for column in new.columns] == HEAD_13
    rows = list(new.rows())
    assert rows[0] == ROW_13
    assert rows[1] == [2, "10/11/2026", SEALED, "", SEALED, "TC", 1, "", "", "", "", "", ""]
    assert len(old.columns) == 12
    assert list(old.rows()) == [
        [3, "09/06/2026", "Trần Văn Mẫu, tổ 3, 051095099999", "Khiếu nại mức bồi thường cây",
         "KN", 1, "", "", "", "", "", ""],
    ]  # fmt: skip


def test_a_period_shows_only_the_forms_it_touches(people: Any, filled: Any) -> None:
    reform = dt.date(2026, 7, 1)
    [new] = ledger(actor=people.intake, unit=filled, since=reform, until=UNTIL)
    [old] = ledger(
        actor=people.intake, unit=filled, since=SINCE, until=reform - dt.timedelta(days=1)
    )
    assert (len(new.visits), len(old.visits)) == (2, 1)


def test_the_file_holds_the_same_and_no_formula(people: Any, filled: Any) -> None:
    parts = ledger(actor=people.intake, unit=filled, since=SINCE, until=UNTIL)
    book = load_workbook(
        io.BytesIO(ledger_xlsx(parts=parts, unit=filled, since=SINCE, until=UNTIL))
    )
    assert book.sheetnames == ["Mẫu TT 04-2021", "Mẫu 03-TCD"]
    sheet = book["Mẫu 03-TCD"]
    assert sheet["A2"].value == "SỔ TIẾP CÔNG DÂN"
    assert [cell.value for cell in sheet[4]] == HEAD_13
    assert [cell.value for cell in sheet[5]] == list(range(1, 14))
    assert [cell.value for cell in sheet[6]] == ROW_13
    assert all(cell.data_type != "f" for row in sheet.iter_rows() for cell in row)
    assert sheet["E6"].quotePrefix


@pytest.mark.parametrize("name", ["front", "dvan", "inspector", "admin", "other_intake"])
def test_only_the_unit_takes_its_ledger(people: Any, filled: Any, name: str) -> None:
    with pytest.raises(NotAllowed):
        ledger(actor=people.actors[name], unit=filled, since=SINCE, until=UNTIL)


def test_a_period_in_disorder_is_refused(people: Any, filled: Any) -> None:
    with pytest.raises(MatterError):
        ledger(actor=people.intake, unit=filled, since=UNTIL, until=SINCE)


def test_the_ledger_is_one_query(
    people: Any, filled: Any, opened: Any, django_assert_num_queries: Any
) -> None:
    for rows in (10, 100):
        while filled.pk and opened.visits.count() < rows:
            turn(people.intake, opened)
        with django_assert_num_queries(1):
            parts = ledger(actor=people.intake, unit=filled, since=SINCE, until=UNTIL)
            assert sum(len(list(part.rows())) for part in parts) == rows + 1
