"""The office's side of satisfaction: its desks, codes and slips, paper forms, results, remarks."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from dongthuan.core import clock
from dongthuan.core.matters.errors import MatterError, NotAllowed
from dongthuan.front.desk.access import actor_of, official_required
from dongthuan.front.satisfaction_forms import DeskForm, RateForm, SlipsForm
from dongthuan.front.satisfaction_tables import rounds_shown
from dongthuan.work.satisfaction import criteria, papers, selectors
from dongthuan.work.satisfaction.models import Desk
from dongthuan.work.satisfaction.services import answer_give, desk_add, desk_end, slips_print


@require_http_methods(["GET", "HEAD", "POST"])
@official_required
def desks(request: HttpRequest) -> HttpResponse:
    """The desks of the actor's offices, their rounds, and what people wrote."""
    actor = actor_of(request)
    units = selectors.office_units(actor)
    form = DeskForm(request.POST if request.method == "POST" else None, units=units)
    if request.method == "POST" and form.is_valid():
        unit = next(unit for unit in units if unit.pk == form.cleaned_data["unit"])
        try:
            desk_add(acting=actor, unit=unit, name=form.cleaned_data["name"])
            messages.success(request, _("The desk can be rated from now on."))
            return redirect("desk:satisfaction")
        except (MatterError, NotAllowed) as error:
            form.add_error("name", str(error))
    rounds = [row for unit in units for row in selectors.rounds_public(unit=unit, most=4)]
    context = {
        "form": form, "units": units, "desks": selectors.desks_kept(actor=actor),
        "rounds": rounds_shown(rounds), "remarks": selectors.remarks(actor=actor),
        "slips": SlipsForm(), "today": clock.today(),
    }  # fmt: skip
    status = 422 if form.errors else 200
    return render(request, "desk/satisfaction.html", context, status=status)


def _desk(request: HttpRequest, desk_id: int) -> Desk:
    kept = selectors.desks_kept(actor=actor_of(request))
    found = next((desk for desk in kept if desk.pk == desk_id), None)
    if found is None:
        raise Http404
    return found


@require_POST
@official_required
def end(request: HttpRequest, desk_id: int) -> HttpResponse:
    desk_end(acting=actor_of(request), desk=_desk(request, desk_id))
    messages.success(request, _("The desk can no longer be rated."))
    return redirect("desk:satisfaction")


@require_safe
@official_required
def poster(request: HttpRequest, desk_id: int) -> HttpResponse:
    """The code for the wall."""
    desk = _desk(request, desk_id)
    url = request.build_absolute_uri(reverse("portal:rate_desk", args=[desk.token]))
    return _pdf(papers.poster_pdf(desk=desk, url=url), f"ma-danh-gia-{desk.token}.pdf")


@require_POST
@official_required
def slips(request: HttpRequest, desk_id: int) -> HttpResponse:
    """A sheet of new slips; the codes exist on this paper alone."""
    desk = _desk(request, desk_id)
    form = SlipsForm(request.POST)
    if not form.is_valid():
        messages.error(request, str(next(iter(form.errors.values()))[0]))
        return redirect("desk:satisfaction")
    codes = slips_print(acting=actor_of(request), desk=desk, count=form.cleaned_data["count"])
    url = request.build_absolute_uri(reverse("portal:rate_desk", args=[desk.token]))
    return _pdf(papers.slips_pdf(desk=desk, url=url, codes=codes), f"phieu-{desk.token}.pdf")


def _pdf(body: bytes, name: str) -> HttpResponse:
    response = HttpResponse(body, content_type="application/pdf")
    response["Content-Disposition"] = f'inline; filename="{name}"'
    response["Cache-Control"] = "no-store"
    return response


@require_http_methods(["GET", "HEAD", "POST"])
@official_required
def paper(request: HttpRequest, desk_id: int) -> HttpResponse:
    """Enter a paper form from the box, one after the other."""
    desk = _desk(request, desk_id)
    form = RateForm(request.POST if request.method == "POST" else None, subject=criteria.DESK)
    if request.method == "POST" and form.is_valid():
        try:
            answer_give(
                acting=actor_of(request), subject=criteria.DESK, unit=desk.unit, desk=desk,
                points=form.points, remark=form.cleaned_data["remark"], paper=True,
            )  # fmt: skip
            messages.success(request, _("Entered; the next one."))
            return redirect("desk:satisfaction_paper", desk_id=desk.pk)
        except MatterError as error:
            form.add_error(error.field if error.field in form.fields else None, str(error))
    status = 422 if form.errors else 200
    return render(request, "desk/satisfaction_paper.html", {"form": form, "desk": desk},
                  status=status)  # fmt: skip
