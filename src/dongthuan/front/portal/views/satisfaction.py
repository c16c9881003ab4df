"""How satisfied people are: answer at a desk or about the commune, read what was published."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from dongthuan.core import clock
from dongthuan.core.matters.errors import MatterError
from dongthuan.core.tables import table_csv
from dongthuan.core.units.errors import UnitError
from dongthuan.core.units.models import Unit
from dongthuan.core.units.selectors import communes_in_use, unit_by_code
from dongthuan.front.portal.limits import RATINGS
from dongthuan.front.satisfaction_forms import RateForm
from dongthuan.front.satisfaction_tables import figure_rows, rounds_shown
from dongthuan.work.satisfaction import criteria, selectors
from dongthuan.work.satisfaction.models import Desk
from dongthuan.work.satisfaction.services import answer_give


@require_safe
def satisfaction(request: HttpRequest) -> HttpResponse:
    """The newest published quarter of every office, and the way to each commune's form."""
    within = unit_by_code(settings.SCOPE)
    rows = {row.unit.code: row for row in selectors.newest_rounds(within=within)}
    communes = [(unit, rows.get(f"{unit.code}-ubnd")) for unit in communes_in_use(settings.SCOPE)]
    return render(request, "portal/satisfaction.html", {"communes": communes})


def _office(code: str) -> Unit:
    try:
        return unit_by_code(f"{code}-ubnd")
    except UnitError:
        raise Http404 from None


@require_safe
def office(request: HttpRequest, code: str) -> HttpResponse:
    """What was published of an office, quarter by quarter; its desks."""
    unit = _office(code)
    context = {
        "unit": unit, "code": code, "rounds": rounds_shown(selectors.rounds_public(unit=unit)),
        "desks": selectors.desks_public(unit=unit), "today": clock.today(),
    }  # fmt: skip
    return render(request, "portal/satisfaction_office.html", context)


@require_safe
def office_csv(request: HttpRequest, code: str) -> HttpResponse:
    """The published figures of an office as a table."""
    unit = _office(code)
    head = [_("quarter"), _("subject"), _("criterion"), _("answers"), _("mean"), "2", "1", "0"]
    body = table_csv(head, figure_rows(selectors.rounds_public(unit=unit, most=100)))
    response = HttpResponse(body, content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="hai-long-{code}.csv"'
    return response


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def rate_commune(request: HttpRequest, code: str) -> HttpResponse:
    return _rate(request, criteria.COMMUNE, _office(code), None)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def rate_desk(request: HttpRequest, token: str) -> HttpResponse:
    desk = selectors.desk_public(token)
    if desk is None:
        raise Http404
    return _rate(request, criteria.DESK, desk.unit, desk)


def _rate(request: HttpRequest, subject: str, unit: Unit, desk: Desk | None) -> HttpResponse:
    form = RateForm(
        request.POST if request.method == "POST" else None,
        subject=subject, slip=desk is not None,
    )  # fmt: skip
    status = 200
    if request.method == "POST":
        status = 422
        if form.is_valid() and not RATINGS.take(request):
            form.add_error(None, _("Too many answers came from your connection; try again later."))
            status = 429
        elif form.is_valid() and _given(request, form, subject, unit, desk):
            return render(request, "portal/satisfaction_done.html", {"unit": unit})
    context: dict[str, Any] = {"form": form, "unit": unit, "desk": desk}
    return render(request, "portal/satisfaction_rate.html", context, status=status)


def _given(
    request: HttpRequest, form: RateForm, subject: str, unit: Unit, desk: Desk | None
) -> bool:
    data = form.cleaned_data
    try:
        answer_give(
            acting=request.actor, subject=subject, unit=unit, desk=desk, points=form.points,  # type: ignore[attr-defined]
            slip=data.get("slip", ""), remark=data["remark"],
        )  # fmt: skip
    except MatterError as error:
        form.add_error(error.field if error.field in form.fields else None, str(error))
        return False
    return True
