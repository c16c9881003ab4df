"""Schedule, receipt, minutes, notice of conclusion: each is a PDF that says what it must."""

from __future__ import annotations

import datetime as dt
import io
from typing import Any

import pytest
from pypdf import PdfReader

from dongthuan.work.receptions import papers
from dongthuan.work.receptions.services import Word, reception_conclude
from dongthuan.work.receptions.tests.conftest import step, turn


def words(body: bytes) -> str:
    pages = PdfReader(io.BytesIO(body)).pages
    return " ".join(" ".join(page.extract_text().split()) for page in pages)


def test_every_paper_of_a_session(people: Any, office: Any, opened: Any) -> None:
    visit = turn(people.intake, opened, papers="Đơn viết tay, 2 trang\nẢnh #1 *gốc*")
    body = papers.receipt_pdf(visit=visit, officer="Công chức tiếp công dân")
    assert "GIẤY BIÊN NHẬN" in words(body)
    assert "Ảnh #1 *gốc*" in words(body)
    assert "051095012345" in words(body)
    held = step(people.intake, opened, "hold", receiver="self", minutes="Đã tiếp công dân.")
    assert "BIÊN BẢN" in words(papers.minutes_pdf(reception=held, turns=1))
    promises = reception_conclude(
        acting=people.head, reception=held, document="12/TB-UBND", conclusion="Giao đo lại.",
        promises=[Word("Đo lại thửa đất", dt.date(2026, 11, 20), office)],
    )  # fmt: skip
    held.refresh_from_db()
    body = papers.conclusion_pdf(reception=held, promises=promises)
    assert "Số: 12/TB-UBND" in words(body)
    assert "20/11/2026" in words(body)
    assert body == papers.conclusion_pdf(reception=held, promises=promises)


def test_the_head_keeps_the_name_of_the_place_together(office: Any) -> None:
    page = PdfReader(io.BytesIO(papers.schedule_pdf(unit=office, sessions=[]))).pages[0]
    assert "PHƯỜNG ĐỨC PHỔ" in page.extract_text()


@pytest.mark.parametrize("rows", [0, 1, 40])
def test_a_schedule_of_any_length(office: Any, posted: Any, rows: int) -> None:
    body = papers.schedule_pdf(unit=office, sessions=[posted] * rows)
    assert "LỊCH TIẾP CÔNG DÂN" in words(body)
    assert words(body).count("10/11/2026") == rows
