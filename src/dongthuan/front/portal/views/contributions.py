"""Contributions for everybody: what was collected, used, left, each voucher, each receipt."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from dongthuan.core.text import clean
from dongthuan.core.units.selectors import unit_by_code
from dongthuan.work.projects.contributions import selectors
from dongthuan.work.projects.contributions.export import ledger_csv
from dongthuan.work.projects.contributions.models import Campaign, Kind
from dongthuan.work.projects.contributions.papers import dotted, public_list_pdf

# The seed's own figure: people of the former district gave labour days, land and money worth over
# 240 billion đồng in ten years. It stands beside the sums and is in none of them.
SEED_TOTAL = 240


@require_safe
def campaigns(request: HttpRequest) -> HttpResponse:
    """Campaigns of the area, the newest first."""
    within = unit_by_code(settings.SCOPE)
    page = selectors.campaigns_public(within=within, after=request.GET.get("older", "")[:20])
    context = {"rows": page.rows, "pages": page, "seed": SEED_TOTAL if settings.DEMO else 0}
    return render(request, "portal/contributions.html", context)


def _campaign(code: str) -> Campaign:
    found = selectors.campaign_public(clean(code)[:40])
    if found is None:
        raise Http404
    return found


@require_safe
def campaign(request: HttpRequest, code: str) -> HttpResponse:
    """One campaign: why, by which decision, collected, used, left, and every voucher."""
    found = _campaign(code)
    kind = Kind.EXPENSE if request.GET.get("xem") == "chi" else Kind.RECEIPT
    page = selectors.ledger_public(found, kind=kind, after=request.GET.get("older", "")[:20])
    view = selectors.public_view(found)
    context = {"view": view, "campaign": found, "page": page, "kind": kind,
               "bars": bars_of(view.totals),
               "series": (("used", _("Used")), ("left", _("Left")))}  # fmt: skip
    return render(request, "portal/contribution.html", context)


def bars_of(totals: Any) -> list[dict[str, Any]]:
    """Used and left of each form, for the drawn bars and their table."""
    names = group_names()
    return [
        {"label": names[name], "used": used, "left": left}
        for name, given, used, left in totals.groups
        if given or used
    ]


def group_names() -> dict[str, str]:
    return {"money": _("money"), "labour": _("labour days"), "land": _("land"),
            "materials": _("materials")}  # fmt: skip


@require_safe
def ledger_file(request: HttpRequest, code: str) -> HttpResponse:
    """The ledger as CSV: whoever adds it up gets the sums of the page."""
    found = _campaign(code)
    return _file(ledger_csv(found), f"so-cai-{found.code}.csv", "text/csv; charset=utf-8")


@require_safe
def posted_list(request: HttpRequest, code: str) -> HttpResponse:
    """The list to be posted in the village hall."""
    found = _campaign(code)
    sums = selectors.public_view(found).totals
    line = (
        f"Đã thu {dotted(sums.given)} đồng, đã chi {dotted(sums.used)} đồng, còn lại"
        f" {dotted(sums.left)} đồng (kể cả ngày công, đất, vật tư quy ra tiền)."
    )
    body = public_list_pdf(campaign=found, rows=selectors.ledger_rows(found), sums=[line])
    return _file(body, f"cong-khai-{found.code}.pdf", "application/pdf")


def _file(body: bytes, name: str, kind: str) -> HttpResponse:
    response = HttpResponse(body, content_type=kind)
    response["Content-Disposition"] = content_disposition_header(True, name) or ""
    return response


@never_cache
@require_safe
def receipt(request: HttpRequest, token: str) -> HttpResponse:
    """Whether a receipt is real: amount, day, campaign; the name stays on the paper."""
    found = selectors.receipt_public(clean(token)[:40])
    if found is None:
        return render(request, "portal/contribution_receipt.html", {"voucher": None}, status=404)
    context = {"voucher": found, "campaign": found.campaign}
    return render(request, "portal/contribution_receipt.html", context)
