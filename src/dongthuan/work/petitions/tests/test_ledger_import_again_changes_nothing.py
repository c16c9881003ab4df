"""The same rows are never imported twice, from the same file or from another."""

from __future__ import annotations

from pathlib import Path

import pytest

from dongthuan.core.matters.models import Matter, Submission
from dongthuan.work.petitions.ledger import LedgerRefused, submissions_import
from dongthuan.work.petitions.tests.ledgers import ledger, row

pytestmark = pytest.mark.usefixtures("people")


def test_the_same_file_is_recognised(tmp_path: Path) -> None:
    path = ledger(tmp_path / "so.xlsx", [row(), row(no=2, content="Đèn đường tắt")])
    first = submissions_import(path=path, unit_code="21439")
    again = submissions_import(path=path, unit_code="21439")
    assert (first.already, again.already, again.imported) == (False, True, 2)
    assert Matter.objects.count() == 2


def test_the_key_of_a_row_is_the_file_and_the_row(tmp_path: Path) -> None:
    result = submissions_import(path=ledger(tmp_path / "so.xlsx", [row()]), unit_code="21439")
    assert Submission.objects.get().idempotency_key == f"ledger-{result.sha256}-5"


def test_a_row_that_another_file_brought_is_named(tmp_path: Path) -> None:
    submissions_import(path=ledger(tmp_path / "a.xlsx", [row()]), unit_code="21439")
    second = ledger(tmp_path / "b.xlsx", [row(no=9, content="Đèn đường tắt"), row(no=10)])
    with pytest.raises(LedgerRefused) as caught:
        submissions_import(path=second, unit_code="21439")
    assert [p.cell for p in caught.value.problems] == ["E6"]
    assert "21439-26-000001" in str(caught.value)
    assert Matter.objects.count() == 1


def test_another_unit_may_have_the_same_row(tmp_path: Path) -> None:
    submissions_import(path=ledger(tmp_path / "a.xlsx", [row()]), unit_code="21439")
    other = ledger(tmp_path / "b.xlsx", [row(), row(no=2, content="Đèn đường tắt")])
    assert submissions_import(path=other, unit_code="21478").imported == 2
