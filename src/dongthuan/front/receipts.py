"""The receipt that a person takes home, as paper; the same for the portal and the desk."""

from __future__ import annotations

from urllib.parse import urlencode

import segno
from django.conf import settings
from django.http import HttpResponse
from django.utils.http import content_disposition_header
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from dongthuan.core.matters.models import Duty, Matter, Submission
from dongthuan.core.matters.receipts import receipt_secret
from dongthuan.core.matters.selectors import rule_name
from dongthuan.core.papers.printing import ReceiptData, ReceiptDuty, receipt_pdf

SYSTEM_NAME = "Đồng Thuận"


def lookup_url(matter: Matter) -> str:
    """The page where code and secret are typed, the code filled in; never with the secret."""
    return f"{settings.PUBLIC_URL}/tra-cuu/?{urlencode({'ma': matter.code})}"


def lookup_qr(matter: Matter) -> str:
    """The address as a QR picture, a data: URI."""
    return address_qr(lookup_url(matter))


def address_qr(address: str) -> str:
    """Any address of ours as a QR picture, a data: URI."""
    return segno.make(address, error="m", micro=False).svg_data_uri(
        scale=4, border=2, dark="#000", light="#fff"
    )


def receipt_duties(matter: Matter) -> list[Duty]:
    return list(Duty.objects.filter(matter=matter).order_by("due_on", "id"))


def receipt_pdf_response(submission: Submission) -> HttpResponse:
    """The receipt as a PDF to print. `submission` comes with matter and unit; one query."""
    matter = submission.matter
    language = "en" if get_language() == "en" else "vi"
    data = ReceiptData(
        system_name=SYSTEM_NAME,
        unit_name=matter.unit.label,
        code=matter.code,
        secret=receipt_secret(submission),
        lookup_url=lookup_url(matter),
        received_at=submission.received_at,
        summary=_summary(submission),
        duties=[
            ReceiptDuty(title=rule_name(duty.rule, language), due_on=duty.due_on, basis=duty.basis)
            for duty in receipt_duties(matter)
        ],
        unit_contact=" · ".join(
            part for part in (matter.unit.address, matter.unit.phone, matter.unit.email) if part
        ),
        language=language,
    )
    response = HttpResponse(receipt_pdf(data=data), content_type="application/pdf")
    name = f"bien-nhan-{matter.code}.pdf"
    response["Content-Disposition"] = content_disposition_header(False, name) or ""
    response["Cache-Control"] = "private, no-store"
    return response


def _summary(submission: Submission) -> str:
    """A paper can be found by others: it says nothing of what a denunciation is about."""
    if submission.matter.is_sealed:
        return _("The content is sealed and is not printed here.")
    return submission.text
