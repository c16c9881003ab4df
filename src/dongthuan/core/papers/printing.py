"""What is printed: receipts for people, documents in the form of Decree 30/2020/NĐ-CP."""

from __future__ import annotations

import datetime as dt
import textwrap
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import TypedDict

from django.conf import settings
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from dongthuan.core.papers.models import DocumentType
from dongthuan.core.papers.typesetting import typeset

LAYOUT = "decree30"
LONGEST_SUMMARY = 1200

# The words on the paper are those of annex III, whatever language the screen speaks.
TYPE_NAMES = {
    DocumentType.RESOLUTION: "Nghị quyết",
    DocumentType.DECISION: "Quyết định",
    DocumentType.DIRECTIVE: "Chỉ thị",
    DocumentType.NOTICE: "Thông báo",
    DocumentType.GUIDANCE: "Hướng dẫn",
    DocumentType.PROGRAMME: "Chương trình",
    DocumentType.PLAN: "Kế hoạch",
    DocumentType.REPORT: "Báo cáo",
    DocumentType.MINUTES: "Biên bản",
    DocumentType.PROPOSAL: "Tờ trình",
    DocumentType.OFFICIAL_LETTER: "Công văn",
    DocumentType.INVITATION: "Giấy mời",
    DocumentType.AUTHORISATION: "Giấy ủy quyền",
    DocumentType.SENDING_SLIP: "Phiếu gửi",
    DocumentType.TRANSFER_SLIP: "Phiếu chuyển",
    DocumentType.NOTIFICATION_SLIP: "Phiếu báo",
}


class Paragraph(TypedDict):
    """A part of a body. `style`: text, basis (căn cứ, italic) or heading; `label`: 'Điều 1.'."""

    style: str
    label: str
    text: str


@dataclass(frozen=True, kw_only=True)
class DocumentData:
    """Everything that is printed of a document; `authority` may hold several lines."""

    type: DocumentType
    symbol: str
    abstract: str
    issued_on: dt.date
    superior: str
    agency: str
    place_name: str
    authority: str
    signer_title: str
    signer_name: str
    addressee: str = ""
    recipients: Sequence[str] = ()
    body: Sequence[Paragraph] = ()


@dataclass(frozen=True, kw_only=True)
class ReceiptDuty:
    """One thing the authority now owes: what, by when, under which article."""

    title: str
    due_on: dt.date
    basis: str = ""


@dataclass(frozen=True, kw_only=True)
class ReceiptData:
    """What a receipt says. `lookup_url` is also drawn as a code: it never holds the secret."""

    system_name: str
    unit_name: str
    code: str
    secret: str
    lookup_url: str
    received_at: dt.datetime
    summary: str
    duties: Sequence[ReceiptDuty] = field(default=())
    unit_contact: str = ""
    language: str = "vi"


def document_pdf(data: DocumentData) -> bytes:
    """The document as PDF/A, laid out by Decree 30/2020/NĐ-CP annex I."""
    type_name = TYPE_NAMES[data.type]
    midnight = dt.datetime.combine(data.issued_on, dt.time(), tzinfo=dt.UTC)
    return typeset(
        LAYOUT,
        {
            "title": f"{type_name} {data.symbol}: {data.abstract}",
            "letter": data.type == DocumentType.OFFICIAL_LETTER,
            "type_name": type_name,
            "symbol": data.symbol,
            "abstract": data.abstract,
            "superior": data.superior,
            "agency": data.agency.replace("\n", " "),
            "agency_lines": lines_balanced(data.agency),
            "place_date": place_and_date(data.place_name, data.issued_on),
            "addressee": data.addressee,
            "body": list(data.body),
            "recipients": [*(_listed(line) for line in data.recipients), "- Lưu: VT."],
            "authority": [line for line in data.authority.splitlines() if line.strip()],
            "signer_title": data.signer_title,
            "signer_name": data.signer_name,
        },
        moment=int(midnight.timestamp()),
    )


def place_and_date(place: str, on: dt.date) -> str:
    """'Đức Phổ, ngày 05 tháng 01 năm 2026': a zero before days under 10 and months 1 and 2."""
    month = f"{on.month:02d}" if on.month <= 2 else str(on.month)
    return f"{place}, ngày {on.day:02d} tháng {month} năm {on.year}"


def lines_balanced(name: str) -> list[str]:
    """A long name in lines of nearly equal length: 'ỦY BAN NHÂN DÂN' over 'PHƯỜNG ĐỨC PHỔ'."""
    width = 26
    lines = textwrap.wrap(name, width)
    while width > 1 and len(narrower := textwrap.wrap(name, width - 1)) == len(lines):
        if max(map(len, narrower)) > width - 1:
            break
        width, lines = width - 1, narrower
    return lines


def _listed(line: str) -> str:
    return f"- {line.strip().lstrip('-').strip().rstrip(';.')};"


def receipt_pdf(*, data: ReceiptData) -> bytes:
    """The receipt as PDF/A on A4, in the language of the person (Vietnamese or English)."""
    if data.secret and data.secret in data.lookup_url:
        raise ValueError("The look-up address of a receipt must not contain the secret.")
    shown = data.summary
    if len(shown) > LONGEST_SUMMARY:
        shown = shown[:LONGEST_SUMMARY].rsplit(" ", 1)[0] + " …"
    with translation.override(data.language), timezone.override(settings.TIME_ZONE):
        moment = timezone.localtime(data.received_at)
        return typeset(
            "receipt",
            {
                "language": data.language,
                "title": _("Receipt"),
                "system": data.system_name,
                "unit": data.unit_name,
                "unit_contact": data.unit_contact,
                "code": data.code,
                "secret": data.secret,
                "received": _("Received at %(time)s on %(day)s")
                % {"time": f"{moment:%H:%M}", "day": f"{moment:%d/%m/%Y}"},
                "summary": [p for p in shown.splitlines() if p.strip()],
                "shortened": len(data.summary) > LONGEST_SUMMARY,
                "duties": [
                    {"title": d.title, "basis": d.basis, "due": f"{d.due_on:%d/%m/%Y}"}
                    for d in data.duties
                ],
                "lookup": _("Open %(url)s, type the code and the secret.")
                % {"url": data.lookup_url},
                "words": _receipt_words(),
            },
            moment=int(data.received_at.timestamp()),
            qr=data.lookup_url,
        )


def _receipt_words() -> dict[str, str]:
    return {
        "code": _("Code"),
        "secret": _("Secret"),
        "keep": _(
            "Keep this sheet. Whoever has both the code and the secret can read how the case goes."
        ),
        "qr": _("QR code of the look-up page"),
        "said": _("What you told us"),
        "shortened": _("(The whole text is kept with the case.)"),
        "duties": _("What we owe you, and by when"),
        "duty": _("What"),
        "due": _("At the latest"),
        "lookup": _("How to follow it"),
        "paper": _(
            "Without the Internet: show this sheet at the reception desk, or telephone and tell"
            " the code. Nobody will ask for the secret on the telephone."
        ),
    }
