"""The situation note on paper: PDF for the file, DOCX for whoever goes on writing.

Decree 30/2020/NĐ-CP rules the form of a report (báo cáo) of agencies of the State; one of a body of
the Party has the Party's head.
"""

from __future__ import annotations

import datetime as dt
import io
from collections.abc import Sequence
from typing import Any

from docx import Document
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.shared import Cm, Pt

from dongthuan.core import clock
from dongthuan.core.papers.letterhead import head_title, of_the_party, place_of
from dongthuan.core.papers.paper import DOTS, SEAL, Paper, Signer, paper_pdf
from dongthuan.core.papers.printing import place_and_date
from dongthuan.core.units.models import Unit
from dongthuan.work.notes.models import Section, SituationNote
from dongthuan.work.notes.selectors import topics_of

HEAD = ("Chỉ tiêu", "Số liệu", "Cách tính, nguồn")
FONT = "Times New Roman"
NATION = ("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "Độc lập - Tự do - Hạnh phúc")
PARTY = ("ĐẢNG CỘNG SẢN VIỆT NAM",)


def value_text(row: dict[str, Any]) -> str:
    """'12', '85,7 % (6/7)', '240.000.000 đồng'; '–' where there is no rate."""
    value = row.get("value")
    if value is None:
        return "–"
    if row.get("measure") == "percent":
        share = f"{value:.1f} %".replace(".", ",")
        return f"{share} ({row.get('numerator')}/{row.get('denominator')})"
    number = f"{value:,.0f}".replace(",", ".")
    return f"{number} đồng" if row.get("measure") == "money" else number


def _parts(note: SituationNote, sections: Sequence[Section]) -> list[tuple[str, list[str]]]:
    """Headings with their paragraphs, numbered as reports are."""
    merged = []
    for topic, rows in topics_of(sections):
        merged.append(f"{topic[:1].upper()}{topic[1:]}:")
        for row in rows:
            where = f"{row.place.name}: " if row.place else ""
            merged += [f"{where if n == 0 else ''}{line}" for n, line in _lines(row.text)]
    parts = [
        ("Tình hình chung", [note.assessment]),
        ("Tình hình theo lĩnh vực và địa bàn", merged),
        ("Dự báo", [note.outlook]),
        ("Đề xuất, kiến nghị", [note.proposals]),
    ]
    kept = [(title, [text for text in texts if text.strip()]) for title, texts in parts]
    roman = ("I", "II", "III", "IV")
    numbered = [(title, texts) for title, texts in kept if texts]
    return [(f"{roman[n]}. {title}", texts) for n, (title, texts) in enumerate(numbered)]


def _lines(text: str) -> list[tuple[int, str]]:
    return list(enumerate(line for line in text.splitlines() if line.strip()))


def _figures(rows: Sequence[dict[str, Any]]) -> list[list[str]]:
    lines = []
    for row in rows:
        how = f"{row.get('how', '')} ({row.get('source', '')})"
        lines.append([str(row.get("label", "")), value_text(row), how])
        lines += [[f"– {p['label']}", p["value"], p["how"]] for p in row.get("parts", ())]
    return lines


def _recipients(note: SituationNote) -> list[str]:
    to = Unit.objects.filter(path__in=note.receivers).order_by("sort_key", "code")
    return [*(f"- {unit.label};" for unit in to), "- Lưu: VT."]


def _day(note: SituationNote) -> dt.date:
    return note.adopted_on or clock.today()


def _subtitle(note: SituationNote) -> str:
    draft = "" if note.is_adopted else " – BẢN THẢO"
    what = note.title.removeprefix("Báo cáo ")
    span = f"(từ ngày {note.since:%d/%m/%Y} đến ngày {note.until:%d/%m/%Y})"
    return f"{what[:1].upper()}{what[1:]} {span}{draft}"


def situation_pdf(
    note: SituationNote, sections: Sequence[Section], figures: Sequence[dict[str, Any]]
) -> bytes:
    body = [line for title, texts in _parts(note, sections) for line in (title, *texts)]
    return paper_pdf(
        Paper(
            unit=note.author, title="Báo cáo", subtitle=_subtitle(note), on=_day(note),
            symbol=note.document, body=body, head=HEAD if figures else (),
            rows=_figures(figures), widths=(4, 2, 5) if figures else (),
            signers=(
                Signer(list=_recipients(note)),
                Signer(head_title(note.author), SEAL),
            ),
        )
    )  # fmt: skip


def situation_docx(
    note: SituationNote, sections: Sequence[Section], figures: Sequence[dict[str, Any]]
) -> bytes:
    """A document that may be edited; the same words and figures as the PDF."""
    paper = Document()
    paper.core_properties.title, paper.core_properties.author = note.title, note.author.name
    style = paper.styles["Normal"]
    style.font.name, style.font.size = FONT, Pt(14)
    page = paper.sections[0]
    page.page_width, page.page_height = Cm(21), Cm(29.7)
    page.left_margin, page.right_margin = Cm(3), Cm(2)
    page.top_margin = page.bottom_margin = Cm(2)
    paper.add_paragraph(note.author.name.upper())
    party = of_the_party(note.author)
    paper.add_paragraph(f"{'Số' if party else 'Số:'} {note.document or DOTS}")
    nation = PARTY if party else NATION
    for line in (*nation, place_and_date(place_of(note.author), _day(note))):
        paper.add_paragraph(line).alignment = WD_ALIGN_PARAGRAPH.RIGHT
    paper.add_heading("BÁO CÁO", level=1)
    paper.add_paragraph(_subtitle(note))
    for title, texts in _parts(note, sections):
        paper.add_heading(title, level=2)
        for text in texts:
            for _n, line in _lines(text):
                paper.add_paragraph(line)
    if figures:
        paper.add_heading("Số liệu", level=2)
        table = paper.add_table(rows=1, cols=3, style="Table Grid")
        for cell, text in zip(table.rows[0].cells, HEAD, strict=True):
            cell.text = text
        for row in _figures(figures):
            for cell, text in zip(table.add_row().cells, row, strict=True):
                cell.text = text
    paper.add_paragraph()
    for line in (head_title(note.author), SEAL):
        paper.add_paragraph(line).alignment = WD_ALIGN_PARAGRAPH.RIGHT
    for line in ("Nơi nhận:", *_recipients(note)):
        paper.add_paragraph(line)
    out = io.BytesIO()
    paper.save(out)
    return out.getvalue()
