"""Contributions at the desk: campaigns, their ledger, receipts, use of funds, checks."""

from __future__ import annotations

from collections.abc import Callable

from django.contrib import messages
from django.db import transaction
from django.forms import BaseForm
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe

from dongthuan.core.matters.errors import MatterError
from dongthuan.core.papers.errors import UploadError
from dongthuan.core.people.actors import Actor
from dongthuan.front.desk.access import official_required
from dongthuan.front.desk.contribution_forms import (
    CampaignForm,
    ExemptForm,
    MoveForm,
    RateForm,
    ReceiptForm,
    ReverseForm,
    SpendingForm,
)
from dongthuan.front.desk.views import stored_papers
from dongthuan.work.projects.contributions import selectors
from dongthuan.work.projects.contributions.access import collects, reads_name, spends
from dongthuan.work.projects.contributions.campaigns import (
    campaign_create,
    exemption_remove,
    exemption_set,
    labour_rate_set,
)
from dongthuan.work.projects.contributions.ledger import (
    expense_record,
    move_record,
    receipts_record,
    voucher_reverse,
)
from dongthuan.work.projects.contributions.models import Campaign, Kind, Voucher

Refused = (MatterError, UploadError)


def actor_of(request: HttpRequest) -> Actor:
    return request.actor  # type: ignore[attr-defined,no-any-return]


def show_error(form: BaseForm, error: Exception) -> None:
    name = getattr(error, "field", "")
    form.add_error(name if name in form.fields else None, str(getattr(error, "message", error)))


def campaign_or_404(request: HttpRequest, code: str) -> Campaign:
    found = selectors.campaign_get(actor=actor_of(request), code=code[:40])
    if found is None:
        raise Http404
    return found


def kept(request: HttpRequest, code: str, may: Callable[[Actor, Campaign], bool]) -> Campaign:
    """A campaign in whose ledger the actor writes; for others the page does not exist."""
    found = campaign_or_404(request, code)
    if not may(actor_of(request), found):
        raise Http404
    return found


@require_safe
@official_required
def campaigns(request: HttpRequest) -> HttpResponse:
    """Campaigns in sight with what they have collected, used and left."""
    actor = actor_of(request)
    page = selectors.campaign_list(actor=actor, after=request.GET.get("older", "")[:20])
    context = {"page": page, "pages": page, "writes": selectors.writes_somewhere(actor)}
    return render(request, "desk/contribution_list.html", context)


@official_required
def campaign_new(request: HttpRequest) -> HttpResponse:
    """Draft a campaign."""
    actor = actor_of(request)
    if not selectors.writes_somewhere(actor):
        raise Http404
    units = selectors.offices_of(actor)
    form = CampaignForm(
        request.POST or None, units=units, villages=selectors.villages_of(actor),
        projects=selectors.projects_for(actor), initial={"unit": units.first()},
    )  # fmt: skip
    status = 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            try:
                made = campaign_create(acting=actor, **form.cleaned_data)
                messages.success(
                    request,
                    _("The draft is kept. Link the decision of the people before collecting."),
                )
                return redirect("desk:campaign", code=made.code)
            except MatterError as error:
                show_error(form, error)
    return render(request, "desk/contribution_new.html", {"form": form}, status=status)


@require_safe
@official_required
def campaign(request: HttpRequest, code: str) -> HttpResponse:
    """A campaign: its sums, its duties, what may be done now, its vouchers."""
    actor, found = actor_of(request), campaign_or_404(request, code)
    kind = request.GET.get("loai", "")[:10]
    page = selectors.ledger_page(
        actor=actor, campaign=found, kind=kind, after=request.GET.get("older", "")[:20]
    )
    context = {
        "view": selectors.campaign_view(actor=actor, campaign=found),
        "campaign": found,
        "page": page,
        "kind": kind,
        "kinds": Kind.choices,
    }
    return render(request, "desk/contribution.html", context)


@require_safe
@official_required
def flags(request: HttpRequest, code: str) -> HttpResponse:
    """What the checks find, with their numbers and what may be innocent about it."""
    found = campaign_or_404(request, code)
    rows = selectors.campaign_findings(found)
    order = {"flag": 0, "few": 2}
    rows.sort(key=lambda row: order.get(row.state, 1))
    return render(request, "desk/contribution_flags.html", {"campaign": found, "rows": rows})


# -- receipts -------------------------------------------------------------------------------------


@official_required
def receipt_new(request: HttpRequest, code: str) -> HttpResponse:
    """One receipt of any form; papers (consent, boundary) with it."""
    actor, found = actor_of(request), kept(request, code, collects)
    homes = selectors.households_for(actor=actor, campaign=found)
    form = ReceiptForm(request.POST or None, households=homes)
    status = 200
    if request.method == "POST":
        status = 422
        if form.is_valid() and (made := _received(request, found, form)):
            messages.success(request, _("Receipt %(code)s is written.") % {"code": made.code})
            return redirect("desk:voucher", voucher_id=made.pk)
    context = {"form": form, "campaign": found}
    return render(request, "desk/contribution_receipt.html", context, status=status)


def _received(request: HttpRequest, found: Campaign, form: ReceiptForm) -> Voucher | None:
    data = form.cleaned_data
    try:
        with transaction.atomic():  # a file of a receipt that is refused is not kept
            return receipts_record(
                acting=actor_of(request), campaign=found, on=data["on"], gifts=[form.gift()],
                batch=data["batch"], papers=stored_papers(request),
            )[0]  # fmt: skip
    except Refused as error:
        show_error(form, error)
        return None


# -- spending -------------------------------------------------------------------------------------


@official_required
def expense_new(request: HttpRequest, code: str) -> HttpResponse:
    """A use of funds, with its bill."""
    found = kept(request, code, spends)
    form, status = SpendingForm(request.POST or None), 200
    if request.method == "POST":
        status = 422
        if form.is_valid() and (made := _spent(request, found, form)):
            messages.success(request, _("Voucher %(code)s is written.") % {"code": made.code})
            return redirect("desk:voucher", voucher_id=made.pk)
    context = {"form": form, "campaign": found, "title": _("Use of funds"), "files": True}
    return render(request, "desk/contribution_form.html", context, status=status)


def _spent(request: HttpRequest, found: Campaign, form: SpendingForm) -> Voucher | None:
    data = form.cleaned_data
    try:
        with transaction.atomic():
            return expense_record(
                acting=actor_of(request), campaign=found, on=data["on"], batch=data["batch"],
                spending=form.spending(), papers=stored_papers(request),
            )  # fmt: skip
    except Refused as error:
        show_error(form, error)
        return None


@official_required
def move_new(request: HttpRequest, code: str) -> HttpResponse:
    """Between till and bank."""
    found = kept(request, code, spends)
    form, status = MoveForm(request.POST or None), 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            try:
                made = move_record(acting=actor_of(request), campaign=found, **form.cleaned_data)
                messages.success(request, _("Voucher %(code)s is written.") % {"code": made.code})
                return redirect("desk:campaign", code=code)
            except MatterError as error:
                show_error(form, error)
    context = {"form": form, "campaign": found, "title": _("Between till and bank")}
    return render(request, "desk/contribution_form.html", context, status=status)


# -- vouchers -------------------------------------------------------------------------------------


def voucher_or_404(request: HttpRequest, voucher_id: int) -> Voucher:
    found = None
    if voucher_id < 2**63:
        found = selectors.voucher_get(actor=actor_of(request), voucher_id=voucher_id)
    if found is None:
        raise Http404
    return found


@require_safe
@official_required
def voucher(request: HttpRequest, voucher_id: int) -> HttpResponse:
    """A voucher whole, as far as the reader may read it."""
    actor, found = actor_of(request), voucher_or_404(request, voucher_id)
    may = collects if found.kind == Kind.RECEIPT else spends
    context = {
        "voucher": found,
        "campaign": found.campaign,
        "who": selectors.who_inside(actor, found.campaign, found),
        "writes": may(actor, found.campaign),
        # The papers of a donor of land name the donor, as the receipt does.
        "named": reads_name(actor, found.campaign, found.household),
        "reversible": found.campaign.keeps_books and not (found.reverses_id or found.is_reversed),
    }
    return render(request, "desk/contribution_voucher.html", context)


@official_required
def reverse(request: HttpRequest, voucher_id: int) -> HttpResponse:
    """Correct a voucher by its mirror."""
    actor, found = actor_of(request), voucher_or_404(request, voucher_id)
    if not (collects if found.kind == Kind.RECEIPT else spends)(actor, found.campaign):
        raise Http404
    form, status = ReverseForm(request.POST or None), 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            try:
                made = voucher_reverse(
                    acting=actor, voucher=found, reason=form.cleaned_data["reason"]
                )
                messages.success(request, _("%(code)s is reversed by %(by)s.")
                                 % {"code": found.code, "by": made.code})  # fmt: skip
                return redirect("desk:campaign", code=found.campaign.code)
            except MatterError as error:
                show_error(form, error)
    title = _("Reverse %(code)s") % {"code": found.code}
    context = {"form": form, "campaign": found.campaign, "title": title, "voucher": found}
    return render(request, "desk/contribution_form.html", context, status=status)


# -- exemptions, rates ----------------------------------------------------------------------------


@official_required
def exemptions(request: HttpRequest, code: str) -> HttpResponse:
    """Households from which the agreed level is not asked: inside only."""
    actor, found = actor_of(request), kept(request, code, collects)
    homes = selectors.households_for(actor=actor, campaign=found)
    form, status = ExemptForm(request.POST or None, households=homes), 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            try:
                exemption_set(acting=actor, campaign=found, **form.cleaned_data)
                messages.success(request, _("The household is exempt."))
                return redirect("desk:campaign_exempt", code=code)
            except MatterError as error:
                show_error(form, error)
    rows = selectors.exemptions_of(actor=actor, campaign=found)
    context = {"form": form, "campaign": found, "rows": rows}
    return render(request, "desk/contribution_exempt.html", context, status=status)


@require_POST
@official_required
def exemption_end(request: HttpRequest, code: str, exemption_id: int) -> HttpResponse:
    actor, found = actor_of(request), kept(request, code, collects)
    rows = {row.pk: row for row in selectors.exemptions_of(actor=actor, campaign=found)}
    if exemption_id not in rows:
        raise Http404
    try:
        exemption_remove(acting=actor, campaign=found, exemption=rows[exemption_id])
        messages.success(request, _("The household is no longer exempt."))
    except MatterError as error:
        messages.error(request, error.message)
    return redirect("desk:campaign_exempt", code=code)


@official_required
def rates(request: HttpRequest) -> HttpResponse:
    """What a labour day is worth, by document and day."""
    actor = actor_of(request)
    units = selectors.offices_of(actor) if actor.scopes_of(*selectors.OFFICE) else None
    form = RateForm(request.POST or None, units=units) if units is not None else None
    status = 200
    if request.method == "POST":
        if form is None:
            raise Http404
        status = 422
        if form.is_valid():
            try:
                labour_rate_set(acting=actor, **form.cleaned_data)
                messages.success(request, _("The rate is set."))
                return redirect("desk:labour_rates")
            except MatterError as error:
                show_error(form, error)
    context = {"form": form, "rows": selectors.rates_of(actor)[:100]}
    return render(request, "desk/contribution_rates.html", context, status=status)


def receipts_told(count: int) -> str:
    text = ngettext("%(n)d receipt is written.", "%(n)d receipts are written.", count)
    return text % {"n": count}
