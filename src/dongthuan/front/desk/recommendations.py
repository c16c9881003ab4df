"""Recommendations of bodies at the desk: lists of both sides, a draft, the scoreboards."""

from __future__ import annotations

from functools import partial
from urllib.parse import urlencode

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from dongthuan.core import clock
from dongthuan.core.matters.errors import MatterError
from dongthuan.core.units.models import Unit
from dongthuan.front.desk.access import actor_of, official_required
from dongthuan.front.desk.recommendations_forms import FilterForm, RecommendationForm
from dongthuan.front.desk.serving import form_show
from dongthuan.front.recommendation_tables import board_table
from dongthuan.front.showing import refusal_show
from dongthuan.work.recommendations import figures, rules, selectors
from dongthuan.work.recommendations.selectors import Wanted
from dongthuan.work.recommendations.services import recommendation_create, recommendation_edit

form_page = partial(
    form_show, room=("desk:recommendations", gettext_lazy("Recommendations of bodies"))
)


def bodies_of(request: HttpRequest) -> list[Unit]:
    """The bodies for which the actor recommends; to others the page does not exist."""
    bodies = list(rules.bodies_of(actor_of(request)).select_related("parent__parent"))
    if not bodies:
        raise Http404
    return bodies


def _filter(request: HttpRequest) -> FilterForm:
    units = selectors.units_in_sight(actor_of(request))
    return FilterForm(request.GET or None, units=[(unit.code, unit.label) for unit in units])


def _wanted(form: FilterForm, view: str = "") -> Wanted:
    asked = form.cleaned_data if form.is_valid() else {}
    return Wanted(
        view=view or asked.get("xem") or "open", unit=asked.get("unit", ""),
        source=asked.get("source", ""), q=asked.get("q", ""), year=asked.get("year") or 0,
    )  # fmt: skip


@require_safe
@official_required
def overview(request: HttpRequest) -> HttpResponse:
    """What is drafted, sent, waits for an answer or for a confirmation, is overdue."""
    actor, form = actor_of(request), _filter(request)
    wanted = _wanted(form)
    page = selectors.recommendation_list(
        actor=actor, wanted=wanted, after=request.GET.get("after", "")[:20]
    )
    query = {key: value for key, value in request.GET.items() if key != "after" and value}
    one = figures.measure(wanted.view)
    context = {
        "form": form,
        "view": wanted.view,
        "measure": one.label if one else "",
        "page": page,
        "next_url": f"?{urlencode({**query, 'after': page.next})}" if page.next else "",
        "counts": selectors.waiting_for(actor),
        "writes": rules.bodies_of(actor).exists(),
        "today": clock.today(),
    }
    return render(request, "desk/recommendations.html", context)


@official_required
def new(request: HttpRequest) -> HttpResponse:
    """A body drafts a recommendation."""
    bodies = bodies_of(request)
    known = {"serves": request.GET.get("cho", "")[:40]}
    form, status = RecommendationForm(request.POST or None, bodies=bodies, initial=known), 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            data = form.cleaned_data
            try:
                made = recommendation_create(
                    acting=actor_of(request), body=data["body"], source=data["source"],
                    said=form.said(), serves=data["serves"],
                )  # fmt: skip
                messages.success(request, _("The draft is kept; send it when it is ready."))
                return redirect("desk:matter", code=made.code)
            except MatterError as error:
                refusal_show(form, error)
    return form_page(
        request,
        form,
        title=_("Draft a recommendation"),
        back=reverse("desk:recommendations"),
        submit=_("Keep the draft"),
        status=status,
    )


@official_required
def edit(request: HttpRequest, code: str) -> HttpResponse:
    """The body writes its draft anew."""
    bodies = bodies_of(request)
    found = selectors.recommendation_get(actor=actor_of(request), code=code)
    if found is None or found.state != "drafted" or found.body_now not in bodies:
        raise Http404
    names = ("source", "addressee", "content", "grounds", "topic", "place", "meeting", "meeting_on")
    known = {name: getattr(found, name) for name in names}
    form = RecommendationForm(request.POST or None, bodies=[found.body_now], initial=known)
    del form.fields["serves"]
    status, version = 200, request.POST.get("version", "")
    if request.method == "POST":
        status = 422
        if form.is_valid():
            try:
                recommendation_edit(
                    acting=actor_of(request), row=found, source=form.cleaned_data["source"],
                    said=form.said(),
                    version=int(version) if version.isdecimal() and len(version) < 9 else 0,
                )  # fmt: skip
                return redirect("desk:matter", code=found.code)
            except MatterError as error:
                refusal_show(form, error)
    return form_page(
        request,
        form,
        title=_("Write the draft anew"),
        back=reverse("desk:matter", args=[found.code]),
        submit=_("Save"),
        status=status,
        version=found.version,
    )


# -- scoreboards ----------------------------------------------------------------------------------


def _year(request: HttpRequest) -> int:
    year = request.GET.get("nam", "")
    plain = year.isascii() and year.isdecimal() and len(year) == 4
    return int(year) if plain and 2014 <= int(year) <= 2100 else 0


@require_safe
@official_required
def scoreboard(request: HttpRequest) -> HttpResponse:
    """By unit and by source: how many were sent, answered in time, accepted, done, confirmed."""
    year = _year(request)
    rows = selectors.in_sight(actor_of(request))
    rows = rows.filter(sent_on__year=year) if year else rows
    context = {
        "boards": [
            (_("By authority"), "unit", figures.by_unit(rows)),
            (_("By source"), "source", figures.by_source(rows)),
        ],
        "total": figures.totals(rows),
        "measures": figures.measures(clock.today()),
        "list_url": reverse("desk:recommendations"),
        "view_name": "xem",
        "csv_url": reverse("desk:recommendations_csv"),
        "year": year,
        "years": range(clock.today().year, clock.today().year - 5, -1),
    }
    return render(request, "desk/recommendation_board.html", context)


@require_safe
@official_required
def scoreboard_csv(request: HttpRequest) -> HttpResponse:
    year = _year(request)
    rows = selectors.in_sight(actor_of(request))
    body = board_table(rows.filter(sent_on__year=year) if year else rows)
    response = HttpResponse(body, content_type="text/csv; charset=utf-8")
    name = f"kien-nghi-{year or 'tat-ca'}.csv"
    response["Content-Disposition"] = content_disposition_header(True, name) or ""
    response["Cache-Control"] = "private, no-store"
    return response
