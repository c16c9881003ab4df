"""The brief as a document that a head edits before signing: the same tables, Decree 30/2020."""

from __future__ import annotations

import datetime as dt
import io
from typing import Any

from docx import Document
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml.ns import qn
from docx.shared import Mm, Pt

from dongthuan.insight.leadership.brief import EMPTY, Brief, Table

FONT = "Times New Roman"
CENTRE = WD_ALIGN_PARAGRAPH.CENTER
NATION = ("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "Độc lập - Tự do - Hạnh phúc")
PARTY = "ĐẢNG CỘNG SẢN VIỆT NAM"


def brief_docx(brief: Brief, *, at: dt.datetime) -> bytes:
    """A .docx; its dates are those of the count, its author the agency, never a person."""
    page = Document()
    _page(page)
    _head(page, brief)
    _line(page, brief.title.upper(), bold=True, size=14, centred=True)
    _line(page, brief.subtitle, bold=True, size=14, centred=True)
    for text in brief.body:
        _line(page, text, indent=True)
    for number, table in enumerate(brief.tables, start=1):
        _table(page, f"{number}. {table.title}", table)
    for text in brief.closing:
        _line(page, text, indent=True)
    _foot(page, brief)
    facts = page.core_properties
    facts.author = facts.last_modified_by = brief.agency
    facts.title, facts.comments, facts.language = brief.subtitle[:200], "", "vi-VN"
    facts.created = facts.modified = at.astimezone(dt.UTC).replace(tzinfo=None)
    out = io.BytesIO()
    page.save(out)
    return out.getvalue()


def _page(page: Any) -> None:
    """A4 with the margins of annex I, section I of Decree 30/2020/NĐ-CP."""
    section = page.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.top_margin = section.bottom_margin = Mm(20)
    section.left_margin, section.right_margin = Mm(30), Mm(18)
    normal = page.styles["Normal"]
    normal.font.name, normal.font.size = FONT, Pt(13)
    normal.element.rPr.rFonts.set(qn("w:eastAsia"), FONT)
    normal.paragraph_format.space_after = Pt(4)


def _write(
    paragraph: Any, text: str, *, bold: bool = False, italic: bool = False, size: float = 13,
    centred: bool = False,
) -> None:  # fmt: skip
    run = paragraph.add_run(text)
    run.bold, run.italic, run.font.size, run.font.name = bold, italic, Pt(size), FONT
    if centred:
        paragraph.alignment = CENTRE


def _line(page: Any, text: str, *, indent: bool = False, **look: Any) -> None:
    paragraph = page.add_paragraph()
    if indent:
        paragraph.paragraph_format.first_line_indent = Mm(10)
        paragraph.alignment = WD_ALIGN_PARAGRAPH.JUSTIFY
    _write(paragraph, text, **look)


def _head(page: Any, brief: Brief) -> None:
    left, right = page.add_table(rows=1, cols=2).rows[0].cells
    left.width, right.width = Mm(68), Mm(94)
    if brief.superior:
        _write(left.paragraphs[0], brief.superior.upper(), size=12, centred=True)
    agency = left.add_paragraph() if brief.superior else left.paragraphs[0]
    _write(agency, brief.agency.upper(), bold=True, size=12.5, centred=True)
    if brief.party:
        _write(left.add_paragraph(), "*", centred=True)
        _write(left.add_paragraph(), f"Số {brief.symbol}", centred=True)
        _write(right.paragraphs[0], PARTY, bold=True, size=14, centred=True)
    else:
        _write(left.add_paragraph(), f"Số: {brief.symbol}", centred=True)
        _write(right.paragraphs[0], NATION[0], bold=True, size=12, centred=True)
        _write(right.add_paragraph(), NATION[1], bold=True, centred=True)
    _write(right.add_paragraph(), brief.place_date, italic=True, centred=True)


def _table(page: Any, title: str, table: Table) -> None:
    _line(page, title, bold=True)
    page.paragraphs[-1].paragraph_format.keep_with_next = True
    if not table.rows:
        _line(page, EMPTY)
        return
    grid = page.add_table(rows=0, cols=len(table.head), style="Table Grid")
    for number, row in enumerate([table.head, *table.rows]):
        for at, (cell, text) in enumerate(zip(grid.add_row().cells, row, strict=True)):
            paragraph = cell.paragraphs[0]
            _write(paragraph, text, bold=number == 0, size=11)
            if at:
                paragraph.alignment = WD_ALIGN_PARAGRAPH.RIGHT
    _repeated_on_each_page(grid.rows[0])


def _repeated_on_each_page(row: Any) -> None:
    marker = row._tr.get_or_add_trPr()
    marker.append(marker.makeelement(qn("w:tblHeader"), {qn("w:val"): "true"}))


def _foot(page: Any, brief: Brief) -> None:
    left, right = page.add_table(rows=1, cols=2).rows[0].cells
    _write(left.paragraphs[0], "Nơi nhận:", bold=True, italic=True, size=12)
    for text in brief.recipients:
        _write(left.add_paragraph(), text, size=11)
    for number, line in enumerate(brief.signer.splitlines()):
        paragraph = right.add_paragraph() if number else right.paragraphs[0]
        _write(paragraph, line.upper(), bold=True, centred=True)
    _write(right.add_paragraph(), brief.how, italic=True, size=11, centred=True)
