"""The plan, the places, the quarter's register and requests at the counter, at the desk."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from dongthuan.core import clock
from dongthuan.core.matters.errors import MatterError
from dongthuan.core.people.services import PersonError
from dongthuan.core.tables import table_xlsx
from dongthuan.core.text import clean
from dongthuan.core.units.models import Tier, Unit
from dongthuan.front.desk.access import actor_of, official_required
from dongthuan.front.desk.disclosure import XLSX, show
from dongthuan.front.desk.disclosure_forms import PlaceForm, PlanForm, PlanRowForm, RequestForm
from dongthuan.front.receipts import lookup_qr, receipt_duties
from dongthuan.work.disclosure import contents, rules, selectors
from dongthuan.work.disclosure.models import Place, PlanRow
from dongthuan.work.disclosure.owing import places_ensure
from dongthuan.work.disclosure.register import register_pdf, rows_of, shown_rows
from dongthuan.work.disclosure.requests import Asker, inforequest_create
from dongthuan.work.disclosure.services import (
    place_add,
    place_end,
    plan_create,
    plan_row_remove,
    plan_row_set,
)


@official_required
def plans(request: HttpRequest) -> HttpResponse:
    """The plans of the years, and the form of a new one."""
    actor = actor_of(request)
    form = PlanForm(
        request.POST or None, units=selectors.offices_of(actor),
        initial={"year": clock.today().year + 1},
    )  # fmt: skip
    status = 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            try:
                made = plan_create(acting=actor, **form.cleaned_data)
                messages.success(
                    request, _("The draft is made: look through its lines, then adopt it.")
                )
                return redirect("desk:disclosure_plan", code=made.code)
            except MatterError as error:
                show(form, error)
    context = {
        "form": form, "plans": selectors.plan_list(actor=actor),
        "offices": selectors.offices_of(actor),
    }  # fmt: skip
    return render(request, "desk/disclosure_plans.html", context, status=status)


@official_required
def plan(request: HttpRequest, code: str) -> HttpResponse:
    """A plan line by line; while it is a draft, lines are added and changed (`dong`) here."""
    actor = actor_of(request)
    view = selectors.plan_view(actor=actor, code=code)
    if view is None:
        raise Http404
    wanted = request.GET.get("dong", "")
    row = next((row for row, _made in view.rows if str(row.pk) == wanted), None)
    form, status = PlanRowForm(request.POST or None, row=row), 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            try:
                plan_row_set(acting=actor, plan=view.plan, row=row, **form.cleaned_data)
                messages.success(request, _("The line is kept."))
                return redirect("desk:disclosure_plan", code=code)
            except MatterError as error:
                show(form, error)
    context = {"view": view, "plan": view.plan, "form": form, "row": row, "today": clock.today()}
    return render(request, "desk/disclosure_plan.html", context, status=status)


@require_POST
@official_required
def plan_row_delete(request: HttpRequest, row_id: int) -> HttpResponse:
    row = PlanRow.objects.select_related("plan__unit").filter(pk=row_id).first()
    view = selectors.plan_view(actor=actor_of(request), code=row.plan.code) if row else None
    if row is None or view is None:
        raise Http404
    try:
        plan_row_remove(acting=actor_of(request), row=row)
        messages.success(request, _("The line is removed: %(title)s.") % {"title": row.title})
    except MatterError as error:
        messages.error(request, error.message)
    return redirect("desk:disclosure_plan", code=row.plan.code)


@official_required
def places(request: HttpRequest) -> HttpResponse:
    """Where the commune makes things public."""
    actor = actor_of(request)
    offices = list(selectors.offices_of(actor))
    villages = Unit.objects.none()
    if offices:
        area = offices[0].parent or offices[0]
        villages = Unit.objects.in_force(clock.today()).within(area).filter(tier=Tier.VILLAGE)
    form = PlaceForm(request.POST or None, units=selectors.offices_of(actor), villages=villages)
    status = 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            try:
                place_add(acting=actor, **form.cleaned_data)
                messages.success(request, _("It is recorded."))
                return redirect("desk:disclosure_places")
            except MatterError as error:
                show(form, error)
    rows = [(office, Place.objects.filter(unit=office, ended_on=None).order_by("sort", "id"))
            for office in offices]  # fmt: skip
    context = {"form": form, "offices": rows}
    return render(request, "desk/disclosure_places.html", context, status=status)


@require_POST
@official_required
def place_close(request: HttpRequest, place_id: int) -> HttpResponse:
    offices = selectors.offices_of(actor_of(request))
    place = Place.objects.select_related("unit").filter(pk=place_id, unit__in=offices).first()
    if place is None:
        raise Http404
    try:
        place_end(acting=actor_of(request), place=place)
        messages.success(request, _("It is recorded."))
    except MatterError as error:
        messages.error(request, error.message)
    return redirect("desk:disclosure_places")


@require_POST
@official_required
def places_make(request: HttpRequest) -> HttpResponse:
    """The first places of an office, or those of villages founded since."""
    wanted = clean(request.POST.get("unit", ""))[:60]
    office = selectors.offices_of(actor_of(request)).filter(code=wanted).first()
    if office is None:
        raise Http404
    places_ensure(office)
    messages.success(request, _("The list of places holds all villages now."))
    return redirect("desk:disclosure_places")


@require_safe
@official_required
def register(request: HttpRequest) -> HttpResponse:
    """The quarter's register as it stands now; `dang=xlsx` or `pdf` takes it away."""
    offices = list(selectors.offices_of(actor_of(request)))
    wanted = next((o for o in offices if o.code == request.GET.get("unit")), None)
    unit = wanted or (offices[0] if offices else None)
    year, quarter = _quarter(request.GET.get("quy", ""))
    since, until = rules.quarter_days(year, quarter)
    rows = rows_of(unit, since, until) if unit else []
    kind = request.GET.get("dang")
    if unit and kind in ("xlsx", "pdf"):
        return _register_file(unit, year, quarter, rows, kind)
    heads = [c.vi for c in contents.TYPES["register"].columns]
    context = {
        "unit": unit, "offices": offices, "year": year, "quarter": quarter,
        "heads": heads,
        "rows": [list(zip(heads, row, strict=True)) for row in shown_rows(rows)],
        "before": f"{year - (quarter == 1)}-{(quarter + 2) % 4 + 1}",
        "after": f"{year + (quarter == 4)}-{quarter % 4 + 1}",
    }  # fmt: skip
    return render(request, "desk/disclosure_register.html", context)


def _quarter(text: str) -> tuple[int, int]:
    year, _mark, quarter = text.partition("-")
    today = clock.today()
    known = year.isascii() and year.isdigit() and len(year) == 4 and quarter in tuple("1234")
    if known and 2023 <= int(year) <= today.year + 1:
        return int(year), int(quarter)
    return selectors.quarter_of(today)


def _register_file(
    unit: Unit, year: int, quarter: int, rows: list[dict[str, Any]], kind: str
) -> HttpResponse:
    name = f"danh-sach-cong-khai-{year}-quy-{quarter}.{kind}"
    if kind == "pdf":
        body, content_type = register_pdf(unit, year, quarter, clock.today()), "application/pdf"
    else:
        heads = [c.vi for c in contents.TYPES["register"].columns]
        body = table_xlsx(heads, shown_rows(rows),
                          above=[f"{unit.name}: quý {quarter} năm {year}"])  # fmt: skip
        content_type = XLSX
    response = HttpResponse(body, content_type=content_type)
    response["Content-Disposition"] = content_disposition_header(True, name) or ""
    response["Cache-Control"] = "private, no-store"
    return response


@never_cache
@official_required
def info_request(request: HttpRequest) -> HttpResponse:
    """A request for information entered at the counter; the receipt shows the secret once."""
    actor = actor_of(request)
    units = selectors.offices_of(actor)
    form = RequestForm(request.POST or None, units=units)
    status = 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            data = dict(form.cleaned_data)
            names = ("name", "address", "phone", "email", "id_number")
            asker = Asker(**{name: data.pop(name) for name in names})
            try:
                made = inforequest_create(acting=actor, place=data.pop("unit"), asker=asker, **data)
                context = {
                    "matter": made.matter, "secret": made.secret, "qr": lookup_qr(made.matter),
                    "duties": receipt_duties(made.matter), "today": clock.today(),
                }  # fmt: skip
                return render(request, "desk/disclosure_receipt.html", context)
            except (MatterError, PersonError) as error:
                show(form, error)
    context = {"form": form, "units": units}
    return render(request, "desk/disclosure_request.html", context, status=status)
