"""One bad cell refuses the whole ledger, and every bad cell is named."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.utils import translation

from dongthuan.core.matters.models import CodeSequence, Duty, Entry, Matter, Submission
from dongthuan.core.people.models import Citizen
from dongthuan.work.petitions.ledger import LedgerRefused, submissions_import
from dongthuan.work.petitions.tests.ledgers import ledger, row


def refusal(path: Path) -> LedgerRefused:
    with translation.override("en"), pytest.raises(LedgerRefused) as caught:
        submissions_import(path=path, unit_code="21439")
    for model in (Matter, Submission, Citizen, Entry, Duty, CodeSequence):
        assert not model._default_manager.exists()
    return caught.value


@pytest.mark.parametrize(
    ("cells", "where", "reason"),
    [
        ({"date": ""}, "B5", "the date is missing"),
        ({"date": "31/02/2026"}, "B5", "this is not a date; write it as 31/12/2026"),
        ({"date": "10/08/26"}, "B5", "this is not a date; write it as 31/12/2026"),
        ({"date": 46244}, "B5", "this is a number, not a date; write it as 31/12/2026"),
        ({"date": dt.date(2030, 1, 1)}, "B5", "the date lies in the future"),
        ({"date": dt.date(1999, 1, 1)}, "B5",
         "the date lies before the first law kept here (2011)"),
        ({"who": ""}, "C5", "the name is missing"),
        ({"who": "A" * 121}, "C5", "The name is longer than 120 letters."),
        ({"id": "12345678901"}, "D5", "an ID number has 12 digits (or 9)"),
        ({"content": " "}, "E5", "the content is missing"),
        ({"content": "a" * 20_001}, "E5", "the content is longer than 20,000 letters"),
        ({"type": "XYZ"}, "F5", "the type is KN, TC, KNg or PA"),
        ({"type": ""}, "F5", "the type is missing"),
        ({"people": 0}, "G5", "the number of people lies between 1 and 100,000"),
        ({"people": "nhiều"}, "G5", "the number of people lies between 1 and 100,000"),
        ({"people": -2}, "G5", "the number of people lies between 1 and 100,000"),
        ({"competence": "có thể"}, "I5", "mark it with x, or leave it empty"),
    ],
)  # fmt: skip
@pytest.mark.usefixtures("people")
def test_a_bad_cell_is_named(
    tmp_path: Path, cells: dict[str, Any], where: str, reason: str
) -> None:
    found = refusal(ledger(tmp_path / "so.xlsx", [row(**cells), row(no=2)]))
    assert [(p.row, p.cell, p.reason) for p in found.problems] == [(5, where, reason)]


@pytest.fixture
def in_english() -> Iterator[None]:
    with translation.override("en"):
        yield


@pytest.mark.usefixtures("people", "in_english")
def test_every_bad_row_is_named_and_the_good_ones_are_not_taken(tmp_path: Path) -> None:
    rows = [row(), row(date="hôm qua", type="?"), row(), row(content="")]
    found = refusal(ledger(tmp_path / "so.xlsx", rows))
    assert [p.cell for p in found.problems] == ["B6", "F6", "E8"]
    assert str(found).splitlines()[0] == "3 mistakes in 2 rows; nothing was imported."
    assert found.as_json()[0] == {
        "row": 6,
        "cell": "B6",
        "column": "date",
        "value": "hôm qua",
        "reason": "this is not a date; write it as 31/12/2026",
    }


@pytest.mark.usefixtures("people", "in_english")
def test_many_bad_rows_are_counted_and_fifty_are_shown(tmp_path: Path) -> None:
    found = refusal(ledger(tmp_path / "so.xlsx", [row(type="?") for _ in range(70)]))
    assert len(found.as_json()) == 70
    lines = str(found).splitlines()
    assert len(lines) == 52
    assert lines[-1] == "  … and 20 more."


@pytest.mark.usefixtures("people")
def test_an_id_number_is_not_shown_in_full(tmp_path: Path) -> None:
    found = refusal(ledger(tmp_path / "so.xlsx", [row(id="05109501234")]))
    assert found.problems[0].value == "…234"


@pytest.mark.usefixtures("people")
def test_a_formula_that_failed_is_named_by_its_error(tmp_path: Path) -> None:
    import xlsxwriter

    path = ledger(tmp_path / "so.xlsx", [row()])
    book = xlsxwriter.Workbook(path)
    sheet = book.add_worksheet()
    from dongthuan.work.petitions.tests.ledgers import HEADINGS

    sheet.write_row(0, 0, HEADINGS)
    sheet.write_row(1, 0, [1, "10/08/2026", "Trần Văn Ổi, thôn 1", "", "", "PA"])
    sheet.write_formula(1, 4, "=A99/0", None, "#DIV/0!")
    book.close()
    found = refusal(path)
    assert [(p.cell, p.value) for p in found.problems] == [("E2", "#DIV/0!")]
    assert found.problems[0].reason == "the cell shows an error of its formula"


@pytest.mark.usefixtures("duc_pho_without_people")
def test_denunciations_need_somebody_who_may_open_them(tmp_path: Path) -> None:
    found = refusal(
        ledger(tmp_path / "so.xlsx", [row(), row(type="TC", content="Nhận tiền của dân")])
    )
    assert [(p.row, p.column) for p in found.problems] == [(6, "type")]


@pytest.fixture
def duc_pho_without_people(db: None) -> None:
    from dongthuan.core.units.demo import demo_units_load

    demo_units_load(everywhere=False)


@pytest.mark.parametrize("dry_run", [True, False])
@pytest.mark.usefixtures("people")
def test_a_unit_that_does_not_exist_is_refused(tmp_path: Path, dry_run: bool) -> None:
    path = ledger(tmp_path / "so.xlsx", [row()])
    with pytest.raises(LedgerRefused) as caught:
        submissions_import(path=path, unit_code="99999", dry_run=dry_run)
    assert "99999" in str(caught.value)


@pytest.mark.usefixtures("people")
def test_a_dry_run_tells_and_writes_nothing(tmp_path: Path) -> None:
    path = ledger(tmp_path / "so.xlsx", [row(), row(type="KN", content="Đòi bồi thường")])
    result = submissions_import(path=path, unit_code="21439", dry_run=True)
    assert (result.imported, result.dry_run, result.codes) == (2, True, [])
    assert result.kinds == {"feedback": 1, "complaint": 1}
    assert not Matter.objects.exists()
    assert not CodeSequence.objects.exists()
