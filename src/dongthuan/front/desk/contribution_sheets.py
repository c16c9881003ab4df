"""Many receipts at once, and what is printed of a campaign, at the desk."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_safe

from dongthuan.core.matters.errors import MatterError
from dongthuan.core.units.models import Unit
from dongthuan.front.desk.access import official_required
from dongthuan.front.desk.contribution_forms import GridForm, SheetForm
from dongthuan.front.desk.contributions import (
    actor_of,
    kept,
    receipts_told,
    show_error,
    voucher_or_404,
)
from dongthuan.work.projects.contributions import selectors
from dongthuan.work.projects.contributions.access import collects, of_village, reads_name
from dongthuan.work.projects.contributions.ledger import receipts_record
from dongthuan.work.projects.contributions.models import Campaign, Kind
from dongthuan.work.projects.contributions.papers import collecting_list_pdf, receipt_pdf
from dongthuan.work.projects.contributions.sheets import (
    SheetErrors,
    receipts_import,
    sheet_blank,
)

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
LARGEST = 5 * 1024 * 1024


def file_response(body: bytes, name: str, kind: str) -> HttpResponse:
    response = HttpResponse(body, content_type=kind)
    response["Content-Disposition"] = content_disposition_header(True, name) or ""
    response["Cache-Control"] = "private, no-store"
    return response


def _number(text: str) -> int:
    return int(text) if text.isascii() and text.isdecimal() and len(text) < 18 else 0


def _village(request: HttpRequest, found: Campaign) -> Unit | None:
    """The village whose sheet is open; the first of those for which the actor writes."""
    actor = actor_of(request)
    own = [v for v in found.villages if of_village(actor, found, v)]
    asked = (request.POST or request.GET).get("thon", "")
    return next((v for v in own if v.code == asked), own[0] if own else None)


@official_required
def many(request: HttpRequest, code: str) -> HttpResponse:
    """A treasurer's sheet: the households of a village, an amount beside each."""
    actor, found = actor_of(request), kept(request, code, collects)
    village = _village(request, found)
    if village is None:
        raise Http404
    after = _number((request.POST or request.GET).get("sau", ""))
    rows = selectors.grid(actor=actor, campaign=found, village=village, after=after)
    form, status = GridForm(request.POST or None, rows=rows), 200
    if request.method == "POST":
        status = 422
        if form.is_valid() and _written(request, found, form):
            return redirect("desk:campaign", code=code)
    more = rows[-1].household.pk if len(rows) == selectors.PAGE else None
    context: dict[str, Any] = {
        "form": form, "campaign": found, "village": village, "after": after, "more": more,
        "villages": [v for v in found.villages if of_village(actor, found, v)],
    }  # fmt: skip
    return render(request, "desk/contribution_many.html", context, status=status)


def _written(request: HttpRequest, found: Campaign, form: GridForm) -> bool:
    data = form.cleaned_data
    try:
        made = receipts_record(
            acting=actor_of(request), campaign=found, on=data["on"], gifts=form.gifts(),
            batch=data["batch"],
        )  # fmt: skip
    except MatterError as error:
        show_error(form, error)
        return False
    messages.success(request, receipts_told(len(made)))
    return True


@official_required
def sheet(request: HttpRequest, code: str) -> HttpResponse:
    """A filled spreadsheet: all of it or nothing, with every fault named by its row."""
    found = kept(request, code, collects)
    form = SheetForm(request.POST or None, request.FILES or None)
    status = 200
    if request.method == "POST":
        status = 422
        if form.is_valid() and _imported(request, found, form):
            return redirect("desk:campaign", code=code)
    context = {"form": form, "campaign": found}
    return render(request, "desk/contribution_sheet.html", context, status=status)


def _imported(request: HttpRequest, found: Campaign, form: SheetForm) -> bool:
    data = form.cleaned_data
    try:
        made = receipts_import(
            acting=actor_of(request), campaign=found, on=data["on"], batch=data["batch"],
            data=data["sheet"].read(LARGEST),
        )  # fmt: skip
    except SheetErrors as error:
        for line in error.lines:
            form.add_error("sheet", line)
        return False
    except MatterError as error:
        show_error(form, error)
        return False
    messages.success(request, receipts_told(len(made)))
    return True


@require_safe
@official_required
def blank(request: HttpRequest, code: str) -> HttpResponse:
    """The sheet to fill in, with the households for whom the actor writes."""
    found = kept(request, code, collects)
    body = sheet_blank(actor=actor_of(request), campaign=found)
    return file_response(body, f"thu-{found.code}.xlsx", XLSX)


@require_safe
@official_required
def paper_list(request: HttpRequest, code: str) -> HttpResponse:
    """The list to collect with on paper."""
    found = kept(request, code, collects)
    homes = selectors.households_for(actor=actor_of(request), campaign=found)
    lines = [(home.village.short_name, home.number, home.representative) for home in homes]
    body = collecting_list_pdf(campaign=found, households=lines)
    return file_response(body, f"danh-sach-thu-{found.code}.pdf", "application/pdf")


@require_safe
@official_required
def receipt_paper(request: HttpRequest, voucher_id: int) -> HttpResponse:
    """The receipt as paper, for those who may read the donor's name."""
    found = voucher_or_404(request, voucher_id)
    may = reads_name(actor_of(request), found.campaign, found.household)
    if found.kind != Kind.RECEIPT or found.reverses_id or not may:
        raise Http404
    path = reverse("portal:contribution_receipt", args=[found.token])
    body = receipt_pdf(voucher=found, verify_url=f"{settings.PUBLIC_URL}{path}")
    return file_response(body, f"bien-nhan-{found.code}.pdf", "application/pdf")
