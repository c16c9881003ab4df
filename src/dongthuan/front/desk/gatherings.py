"""Yearly conferences of villages, at the desk."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from dongthuan.core import clock
from dongthuan.core.matters.errors import MatterError
from dongthuan.core.people.actors import Actor
from dongthuan.core.units.models import Role, Tier, Unit
from dongthuan.front.desk.access import actor_of, official_required
from dongthuan.front.desk.supervision import form_page, show
from dongthuan.front.desk.supervision_forms import AnswerForm, PointForm
from dongthuan.work.supervision import selectors
from dongthuan.work.supervision.gatherings import (
    gatherings_open,
    point_add,
    point_answer,
)
from dongthuan.work.supervision.models import Gathering, Point


def _year(text: str) -> int:
    now = clock.today().year
    return int(text) if text.isascii() and text.isdecimal() and len(text) == 4 else now


@require_safe
@official_required
def year(request: HttpRequest) -> HttpResponse:
    """Which village has held its conference this year."""
    actor, asked = actor_of(request), _year(request.GET.get("nam", ""))
    after = request.GET.get("after", "")[:20]
    page = selectors.gathering_rows(actor=actor, year=asked, after=after)
    context = {
        "page": page,
        "year": asked,
        "next_url": f"?nam={asked}&after={page.next}" if page.next else "",
        "communes": _communes(actor),
        "today": clock.today(),
    }
    return render(request, "desk/supervision_year.html", context)


def _communes(actor: Actor) -> list[Unit]:
    """The communes in whose People's Committee the actor works."""
    scopes = actor.scopes_of(Role.INTAKE, Role.HANDLER, Role.HEAD)
    paths = {scope.area_path for scope in scopes}
    return list(Unit.objects.filter(path__in=paths, tier=Tier.COMMUNE).order_by("sort_key"))


@require_POST
@official_required
def year_open(request: HttpRequest) -> HttpResponse:
    """Open what the commune owes this year, without waiting for the morning."""
    actor, wanted = actor_of(request), clock.today().year
    if request.POST.get("nam") != str(wanted):
        messages.error(request, _("Open the year from its list."))
        return redirect("desk:gatherings")
    for commune in _communes(actor):
        try:
            made = gatherings_open(acting=actor, commune=commune, year=wanted)
            messages.success(request, _("Opened: %(n)d.") % {"n": len(made)})
        except MatterError as error:
            messages.error(request, error.message)
    return redirect("desk:gatherings")


@require_safe
@official_required
def gathering(request: HttpRequest, code: str) -> HttpResponse:
    """A conference: its day, what was asked, answers and promises."""
    view = selectors.gathering_view(actor=actor_of(request), code=code)
    if view is None:
        raise Http404
    context = {"view": view, "gathering": view.gathering, "today": clock.today()}
    return render(request, "desk/supervision_gathering.html", context)


@official_required
def point_new(request: HttpRequest, code: str) -> HttpResponse:
    """What somebody asked or recommended there."""
    view = selectors.gathering_view(actor=actor_of(request), code=code)
    if view is None or not view.keeps:
        raise Http404
    form, status = PointForm(request.POST or None), 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            try:
                point_add(
                    acting=actor_of(request), gathering=view.gathering,
                    text=form.cleaned_data["text"],
                )  # fmt: skip
                messages.success(request, _("The question is written down."))
                return redirect("desk:gathering", code=view.gathering.code)
            except MatterError as error:
                show(form, error)
    return form_page(
        request,
        form,
        title=_("Write down a question"),
        back=reverse("desk:gathering", args=[view.gathering.code]),
        submit=_("Save"),
        status=status,
        lead=_("Everybody reads it: no names, no numbers of people."),
    )


def _own_point(request: HttpRequest, point_id: int) -> tuple[Gathering, Point]:
    """A question at a gathering that the actor's office owes."""
    point = Point.objects.select_related("gathering").filter(pk=point_id).first()
    if point is None:
        raise Http404
    view = selectors.gathering_view(actor=actor_of(request), code=point.gathering.code)
    if view is None or not view.owes:
        raise Http404
    return view.gathering, point


@official_required
def point_reply(request: HttpRequest, point_id: int) -> HttpResponse:
    """Answer a question, perhaps with a promise."""
    found, point = _own_point(request, point_id)
    area = found.unit.parent or found.unit
    units = Unit.objects.in_force(clock.today()).within(area).filter(tier=Tier.ORGAN)
    form, status = AnswerForm(request.POST or None, units=units), 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            try:
                point_answer(acting=actor_of(request), point=point, **form.cleaned_data)
                messages.success(request, _("The answer is published."))
                return redirect("desk:gathering", code=found.code)
            except MatterError as error:
                show(form, error)
    return form_page(
        request,
        form,
        title=_("Answer a question"),
        back=reverse("desk:gathering", args=[found.code]),
        submit=_("Save"),
        status=status,
        lead=point.text,
    )
