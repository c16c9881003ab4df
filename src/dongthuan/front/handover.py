"""The hand-over of an ended unit: what went over under a record, and its printed minutes."""

from __future__ import annotations

from django.db.models import QuerySet
from django.http import HttpResponse
from django.utils.http import content_disposition_header

from dongthuan.core import clock
from dongthuan.core.matters.models import Entry, Level
from dongthuan.core.matters.selectors import rule_name
from dongthuan.core.papers.models import DocumentType
from dongthuan.core.papers.printing import DocumentData, Paragraph, document_pdf
from dongthuan.core.people.actors import Actor
from dongthuan.core.units.models import Succession

MOST_LINES = 2_000


def handed_over(link: Succession, document: str) -> QuerySet[Entry]:
    """The entries of what went over between two units under the number of a record."""
    return Entry.objects.filter(
        unit=link.successor_id,
        act="matter.hand_over",
        facts__document=document,
        facts__from__unit=link.predecessor.code,
    )


def hand_over_pdf_response(*, link: Succession, document: str, acting: Actor) -> HttpResponse:
    """The minutes as a PDF in the form of Decree 30/2020; of sealed and restricted
    matters the number only."""
    rows = handed_over(link, document).select_related("matter").order_by("id")
    open_rows = [row for row in rows[:MOST_LINES] if row.matter.level < Level.RESTRICTED]
    sealed = rows.filter(matter__level__gte=Level.RESTRICTED).count()
    body = [
        _text(
            f"{link.predecessor.name} (kết thúc ngày {link.predecessor.valid_to:%d/%m/%Y}) bàn "
            f"giao cho {link.successor.name} các vụ việc đang giải quyết. "
            "Thời hạn của từng vụ việc giữ nguyên."
        ),
        Paragraph(style="heading", label="I.", text=f"Danh sách: {len(open_rows)} vụ việc"),
    ]
    body += [_text(_line(number, row)) for number, row in enumerate(open_rows, start=1)]
    body.append(
        Paragraph(
            style="heading",
            label="II.",
            text="Hồ sơ bảo quản riêng (tố cáo; hồ sơ hạn chế tiếp cận)",
        )
    )
    body.append(_text(f"Số lượng: {sealed}."))
    pdf = document_pdf(
        DocumentData(
            type=DocumentType.MINUTES,
            symbol=document,
            abstract=f"Bàn giao vụ việc đang giải quyết của {link.predecessor.name}",
            issued_on=clock.today(),
            superior="",
            agency=link.successor.name,
            place_name=link.successor.short_name,
            authority="ĐẠI DIỆN BÊN NHẬN",
            signer_title=acting.label_for(link.successor.path),
            signer_name=acting.name,
            recipients=("Bên giao", "Bên nhận"),
            body=body,
        )
    )
    response = HttpResponse(pdf, content_type="application/pdf")
    name = f"bien-ban-ban-giao-{link.predecessor.code}.pdf"
    response["Content-Disposition"] = content_disposition_header(False, name) or ""
    response["Cache-Control"] = "private, no-store"
    return response


def _text(words: str) -> Paragraph:
    return Paragraph(style="text", label="", text=words)


def _line(number: int, entry: Entry) -> str:
    matter = entry.matter
    due = ""
    if matter.next_due_on:
        due = f"; hạn gần nhất {matter.next_due_on:%d/%m/%Y} ({rule_name(matter.next_rule)})"
    return f"{number}. {matter.code}{due}."
