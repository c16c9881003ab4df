"""What may be told of an affair that concerns many: notices, updates, questions and answers.

Nothing else of a hot spot is ever read here: these pages know the tables of notices alone.
"""

from __future__ import annotations

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from dongthuan.core.units.selectors import unit_by_code
from dongthuan.work.hotspots import selectors


@require_safe
def notices(request: HttpRequest) -> HttpResponse:
    """All notices, newest first."""
    page = selectors.notices_public(
        within=unit_by_code(settings.SCOPE), after=request.GET.get("after", "")[:20]
    )
    context = {"page": page, "next_url": f"?after={page.next}" if page.next else ""}
    return render(request, "portal/hotspot_notices.html", context)


@require_safe
def notice(request: HttpRequest, handle: str) -> HttpResponse:
    """One notice with its updates, questions and answers."""
    found = selectors.notice_public(handle)
    if found is None:
        raise Http404
    parts = found.told  # type: ignore[attr-defined]
    context = {
        "row": found,
        "updates": [part for part in parts if part.sort == "update"],
        "questions": [part for part in reversed(parts) if part.sort == "question"],
    }
    return render(request, "portal/hotspot_notice.html", context)
