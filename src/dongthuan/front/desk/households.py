"""Registers of households at the desk: a village's list, add, import, change, end."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe

from dongthuan.core.people.households import (
    HouseholdError,
    Line,
    household_change,
    household_count,
    household_end,
    households_add,
)
from dongthuan.core.people.models import Household
from dongthuan.core.spreadsheet import SheetRefused, sheets_read
from dongthuan.core.units.models import Unit
from dongthuan.front.desk.access import official_required
from dongthuan.front.desk.decisions import actor_of, show
from dongthuan.front.desk.decisions_forms import HouseholdForm, ImportForm
from dongthuan.work.decisions import selectors

MOST_BYTES = 10 * 2**20
MOST_ROWS = 20_001


@require_safe
@official_required
def villages(request: HttpRequest) -> HttpResponse:
    """The villages whose list one keeps."""
    rows = selectors.villages_kept(actor_of(request))
    if len(rows) == 1:
        return redirect("desk:households", code=rows[0].code)
    return render(request, "desk/household_villages.html", {"rows": rows})


def _village(request: HttpRequest, code: str) -> Unit:
    found = selectors.village_kept(actor_of(request), code)
    if found is None:
        raise Http404
    return found


@require_safe
@official_required
def register(request: HttpRequest, code: str) -> HttpResponse:
    """The households of a village today, by number in the list."""
    village = _village(request, code)
    find = request.GET.get("tim", "")[:60].strip()
    page = selectors.households_page(
        village=village, find=find, after=request.GET.get("after", "")[:20]
    )
    context = {
        "village": village, "page": page, "find": find, "count": household_count(village=village),
    }  # fmt: skip
    return render(request, "desk/households.html", context)


@official_required
def add(request: HttpRequest, code: str) -> HttpResponse:
    village = _village(request, code)
    form = HouseholdForm(request.POST or None)
    status = 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            try:
                line = Line(**form.cleaned_data)
                households_add(acting=actor_of(request), village=village, lines=[line])
                return redirect("desk:households", code=code)
            except HouseholdError as error:
                show(form, error)
    return _form(request, form, village, _("Add a household"), status)


def _form(
    request: HttpRequest, form: Any, village: Unit, title: str, status: int, **more: Any
) -> HttpResponse:
    context = {"form": form, "village": village, "title": title, **more}
    return render(request, "desk/household_form.html", context, status=status)


@official_required
def load(request: HttpRequest, code: str) -> HttpResponse:
    """Households from a spreadsheet, all or none."""
    village = _village(request, code)
    form = ImportForm(request.POST or None, request.FILES or None)
    status = 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            try:
                lines = _lines(form.cleaned_data["file"])
                made = households_add(acting=actor_of(request), village=village, lines=lines)
                messages.success(
                    request,
                    ngettext(
                        "%(n)d household was entered.", "%(n)d households were entered.", len(made)
                    )
                    % {"n": len(made)},
                )
                return redirect("desk:households", code=code)
            except (HouseholdError, SheetRefused) as error:
                show(form, error)
    return _form(request, form, village, _("Import households"), status)


def _lines(upload: Any) -> list[Line]:
    if upload.size > MOST_BYTES:
        raise SheetRefused(_("The file is larger than 10 MB; split it."))
    sheets = sheets_read(upload.read(), most_rows=MOST_ROWS)
    rows = [
        [_text(cell) for cell in (*row, "", "", "")[:3]]
        for row in (sheets[0].rows if sheets else ())
    ]
    rows = [row for row in rows if any(row)]
    # A line of headings has no digit in its number.
    if rows and not any(letter.isdigit() for letter in rows[0][0]):
        rows = rows[1:]
    return [Line(*row) for row in rows]


def _text(cell: Any) -> str:
    """A number of a household that the spreadsheet keeps as 12.0 is '12'."""
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    return str(cell).strip() if cell is not None else ""


def _household(request: HttpRequest, household_id: int) -> Household:
    found = selectors.household_kept(actor_of(request), household_id)
    if found is None:
        raise Http404
    return found


@official_required
def change(request: HttpRequest, household_id: int) -> HttpResponse:
    """Another person speaks for the household; the earlier line keeps the past."""
    found = _household(request, household_id)
    initial = {
        "number": found.number, "representative": found.representative, "address": found.address,
    }  # fmt: skip
    form = HouseholdForm(request.POST or None, initial=initial)
    del form.fields["number"]
    status = 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            try:
                household_change(
                    acting=actor_of(request), household=found, **form.cleaned_data
                )  # fmt: skip
                return redirect("desk:households", code=found.village.code)
            except HouseholdError as error:
                show(form, error)
    title = _("Household %(number)s") % {"number": found.number}
    return _form(request, form, found.village, title, status, household=found)


@require_POST
@official_required
def end(request: HttpRequest, household_id: int) -> HttpResponse:
    """The household is no more; frozen rolls keep it."""
    found = _household(request, household_id)
    try:
        household_end(acting=actor_of(request), household=found)
    except HouseholdError as error:
        messages.error(request, str(error))
    return redirect("desk:households", code=found.village.code)
