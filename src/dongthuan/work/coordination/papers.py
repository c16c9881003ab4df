"""Plans and reviews on paper: PDF in the form of a joint paper, reviews as DOCX to edit.

The body that leads gives the form: a body of the Party that of the Party, the Front that of Decree
30/2020/NĐ-CP; the People's Committee is named below it. Number and symbol are those of the leading
body (second hand, from published plans such as 1573-KH/BDVTW-BCSĐCP). Both print the lines that
are signed (see text.py) and their digest below them. The signature block has the titles of both
heads; the names are theirs to write.
"""

from __future__ import annotations

import io
from collections.abc import Sequence
from typing import Any

from django.utils import timezone, translation
from docx import Document
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.shared import Mm, Pt

from dongthuan.core import clock
from dongthuan.core.papers.letterhead import (
    abbreviation,
    head_title,
    name_below,
    of_the_party,
    superior_of,
)
from dongthuan.core.papers.paper import SEAL, Paper, Signer, paper_pdf
from dongthuan.core.units.models import Unit
from dongthuan.work.coordination.models import CoordinationPlan, PlanReview
from dongthuan.work.coordination.reviewing import figures_of
from dongthuan.work.coordination.sides import office_beside
from dongthuan.work.coordination.text import digest_of, plan_abstract, plan_lines, plan_title

HEADINGS = (
    ("results", "Kết quả đạt được"), ("limits", "Hạn chế"), ("causes", "Nguyên nhân"),
    ("ahead", "Nhiệm vụ thời gian tới"),
)  # fmt: skip
STATES = {
    "planned": "chưa bắt đầu", "doing": "đang thực hiện", "done": "hoàn thành",
    "carried": "chuyển kế hoạch sau", "dropped": "thôi thực hiện",
}  # fmt: skip


def _signers(partner: Unit, office: Unit) -> list[Signer]:
    """Both heads; a board of the Party, whose title alone tells nothing, with its name above."""
    title = head_title(partner)
    if "\n" not in title:
        title = f"{name_below(partner, superior_of(partner))}\n{title}"
    return [Signer(title, SEAL), Signer(head_title(office), SEAL)]


def joint_symbol(type_code: str, partner: Unit, office: Unit) -> str:
    """'…-KH/BXDĐ-UBND' where a body of the Party leads, '…/KH-MTTQ-UBND' where the Front does."""
    between, after = ("-", "/") if of_the_party(partner) else ("/", "-")
    return f"…{between}{type_code}{after}{abbreviation(partner)}-{abbreviation(office)}"


def digest_line(digest: str) -> str:
    """The digest as it is printed: in groups of eight, so that it breaks at spaces."""
    groups = " ".join(digest[n : n + 8] for n in range(0, 64, 8))
    return f"Mã băm SHA-256 của văn bản: {groups}"


def plan_pdf(plan: CoordinationPlan, *, lines: Sequence[str] = ()) -> bytes:
    """Kế hoạch phối hợp as PDF/A: the lines that are signed, both signature blocks, the digest."""
    body = list(lines) or plan_lines(plan)
    office = plan.office
    return paper_pdf(
        Paper(
            unit=plan.unit, beside=office, title="Phụ lục" if plan.is_amendment else "Kế hoạch",
            subtitle=plan_title(plan) if plan.is_amendment else plan_abstract(plan),
            symbol=joint_symbol("KH", plan.unit, office),
            on=plan.in_force_on or clock.today(), body=body,
            closing=[f"Mã kế hoạch: {plan.code}.", digest_line(digest_of(body))],
            signers=_signers(plan.unit, office),
        )
    )  # fmt: skip


def review_lines(review: PlanReview) -> list[str]:
    """The text of a review as it is signed: period, figures, tasks, assessments."""
    if review.signed_text:
        return review.signed_text.split("\n")
    return lines_of(review, figures_of(review))


def lines_of(review: PlanReview, figures: dict[str, Any]) -> list[str]:
    with translation.override("vi"):
        lines = [
            f"Giữa {review.unit.name} và {review.plan.office.name}",
            f"Thời kỳ: từ ngày {review.since:%d/%m/%Y} đến ngày {review.until:%d/%m/%Y}",
            "I. Số liệu do hệ thống đếm",
            *figure_lines(figures),
            "II. Nhiệm vụ",
            *[task_line(number, row) for number, row in enumerate(figures["rows"], start=1)],
            "III. Đánh giá",
        ]
        for number, (name, heading) in enumerate(HEADINGS, start=1):
            text = getattr(review, name) or "Không."
            lines.append(f"{number}. {heading}: {text}")
    return [line for text in lines for line in text.splitlines() if line.strip()]


def figure_lines(figures: dict[str, Any]) -> list[str]:
    """The counted figures of a review in sentences."""
    tasks, duties, promises = figures["tasks"], figures["duties"], figures["promises"]
    meetings, inspections = figures["meetings"], figures["inspections"]
    return [
        f"- Nhiệm vụ: {tasks['all']}; hoàn thành {tasks['done']}, đang thực hiện {tasks['doing']},"
        f" chưa bắt đầu {tasks['planned']}, chuyển tiếp {tasks['carried']}, thôi thực hiện"
        f" {tasks['dropped']}; trễ hạn {tasks['late']}.",
        f"- Nhiệm vụ đến hạn trong kỳ: {duties['due']}; đúng hạn {duties['kept']}, trễ hạn"
        f" {duties['late']}; chưa đến hạn {duties['open']}.",
        f"- Cam kết tại các cuộc họp, kiểm tra đến hạn: {promises['due']}; đúng hạn"
        f" {promises['kept']}, trễ hạn {promises['late']}; chưa đến hạn {promises['open']}.",
        f"- Họp giao ban: phải họp {meetings['owed']}, đã họp {meetings['held']}, đúng kỳ"
        f" {meetings['in_time']}.",
        f"- Kiểm tra phối hợp: kế hoạch {inspections['planned']}, đã kiểm tra"
        f" {inspections['held']}, đã báo cáo {inspections['reported']}.",
        f"- Chuyển tiếp: {len(figures['carried'])} nhiệm vụ.",
    ]


def task_line(number: int, row: dict[str, Any]) -> str:
    parts = [f"Nhiệm vụ {number}: {row['title']} ({row['code']})", f"chủ trì: {row['lead']}",
             STATES[row["state"]]]  # fmt: skip
    if row["indicator"]:
        counted = ""
        if row["denominator"] is not None:
            counted = f" ({row['numerator']}/{row['denominator']})"
        goal = f", chỉ tiêu {row['target']}" if row["target"] else ""
        parts.append(f"{row['indicator']}: {row['value_text']}{counted}{goal}")
    return "; ".join(parts) + "."


def _review_subtitle(review: PlanReview) -> str:
    what = "Tổng kết" if review.is_final else "Sơ kết 6 tháng"
    return f"{what} kế hoạch phối hợp công tác dân vận năm {review.plan.year}"


def review_pdf(review: PlanReview) -> bytes:
    """Báo cáo sơ kết, tổng kết as PDF/A."""
    lines, office = review_lines(review), review.plan.office
    on = timezone.localdate(review.settled_at) if review.settled_at else clock.today()
    return paper_pdf(
        Paper(
            unit=review.unit, beside=office, title="Báo cáo", subtitle=_review_subtitle(review),
            symbol=joint_symbol("BC", review.unit, office), on=on, body=lines,
            closing=[f"Mã báo cáo: {review.code}.", digest_line(digest_of(lines))],
            signers=_signers(review.unit, office),
        )
    )  # fmt: skip


def review_docx(review: PlanReview) -> bytes:
    """The same text as DOCX, on A4 with the margins and letters of Decree 30/2020/NĐ-CP."""
    lines = review_lines(review)
    return text_docx(_review_subtitle(review), lines, [digest_line(digest_of(lines))])


def text_docx(title: str, lines: Sequence[str], closing: Sequence[str] = ()) -> bytes:
    """A plain administrative text as DOCX; the same data give the same words."""
    paper: Any = Document()
    section = paper.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.left_margin, section.right_margin = Mm(30), Mm(20)
    section.top_margin = section.bottom_margin = Mm(20)
    style = paper.styles["Normal"]
    style.font.name, style.font.size = "Times New Roman", Pt(14)
    head = paper.add_heading(level=1)
    head.alignment = WD_ALIGN_PARAGRAPH.CENTER
    head.add_run(title).font.name = "Times New Roman"
    for line in lines:
        paragraph = paper.add_paragraph(line)
        paragraph.alignment = WD_ALIGN_PARAGRAPH.JUSTIFY
        if line[:2] in ("I.", "II", "IV", "V."):
            paragraph.runs[0].bold = True
    for line in closing:
        paper.add_paragraph(line).runs[0].italic = True
    paper.core_properties.title = title
    out = io.BytesIO()
    paper.save(out)
    return out.getvalue()


def years_pdf(unit: Unit, title: str, rows: Sequence[Sequence[str]], body: Sequence[str]) -> bytes:
    """The multi-year review as PDF/A: one line a year, each with its source."""
    office = office_beside(unit)
    return paper_pdf(
        Paper(
            unit=unit, beside=office, title="Báo cáo", subtitle=title,
            symbol=joint_symbol("BC", unit, office), on=clock.today(), wide=True,
            body=body,
            head=("Năm", "Nhiệm vụ", "Hoàn thành", "Họp", "Nguồn", "Nội dung"), rows=rows,
            widths=(2, 2, 2, 2, 5, 9), signers=_signers(unit, office),
        )
    )  # fmt: skip
