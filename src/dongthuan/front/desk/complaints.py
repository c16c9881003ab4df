"""Pages of the desk for complaints alone."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from dongthuan.core.matters import policies, selectors
from dongthuan.core.matters.models import Audience
from dongthuan.core.papers.printing import document_pdf
from dongthuan.front.desk.access import official_required
from dongthuan.work.petitions.complaint_paper import decision_data
from dongthuan.work.petitions.models import Petition


@require_safe
@official_required
def decision(request: HttpRequest, code: str) -> HttpResponse:
    """The settlement decision as PDF: a draft until it is recorded, then what was recorded."""
    actor = request.actor  # type: ignore[attr-defined]
    found = selectors.matter_get(actor=actor, code=code)
    if not isinstance(found, Petition) or found.kind != "complaint":
        raise Http404
    if policies.audience_of(actor, found) < Audience.OFFICIAL or not found.accepted_at:
        raise Http404
    response = HttpResponse(
        document_pdf(decision_data(matter=found)), content_type="application/pdf"
    )
    response["Content-Disposition"] = f'inline; filename="quyet-dinh-{found.code}.pdf"'
    return response
