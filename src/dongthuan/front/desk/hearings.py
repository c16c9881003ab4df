"""Social criticism of drafts and the half-yearly hearings at the desk."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe

from dongthuan.core import clock
from dongthuan.core.matters.errors import MatterError
from dongthuan.core.people.actors import Actor
from dongthuan.core.people.actors import area_of as area_of_path
from dongthuan.core.units.models import Role, Unit, UnitQuerySet
from dongthuan.front.desk.access import actor_of, official_required
from dongthuan.front.desk.recommendations import form_page
from dongthuan.front.desk.recommendations_forms import DraftForm, PointsForm, PromiseForm
from dongthuan.front.desk.serving import saved_say
from dongthuan.front.showing import refusal_show
from dongthuan.work.recommendations import criticisms as criticism_services
from dongthuan.work.recommendations import rules, selectors
from dongthuan.work.recommendations.hearings import (
    areas_in_use,
    half_of,
    hearing_promise,
    hearings_open,
    promisers_of,
)

# -- social criticism -----------------------------------------------------------------------------


def drafters_of(actor: Actor) -> UnitQuerySet:
    """The authorities for which the actor may announce a draft."""
    here = Unit.objects.in_force(clock.today()).filter(kind__in=criticism_services.DRAFTERS)
    found = here.none()
    for scope in actor.scopes_of(*rules.OFFICE):
        found |= here.filter(path__startswith=scope.unit_path)
    return found.order_by("path")


@require_safe
@official_required
def criticisms(request: HttpRequest) -> HttpResponse:
    """Drafts that are or were with the Front, newest first."""
    actor = actor_of(request)
    page = selectors.criticism_list(actor=actor, after=request.GET.get("after", "")[:20])
    context = {
        "page": page,
        "next_url": f"?after={page.next}" if page.next else "",
        "drafts": drafters_of(actor).exists(),
        "today": clock.today(),
    }
    return render(request, "desk/criticisms.html", context)


@official_required
def criticism_new(request: HttpRequest) -> HttpResponse:
    """An authority announces a draft to the Front."""
    drafters = drafters_of(actor_of(request))
    first = drafters.first()
    if first is None:
        raise Http404
    critics = criticism_services.critics_for(first)
    form = DraftForm(request.POST or None, drafters=drafters, critics=critics)
    status = 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            try:
                made = criticism_services.criticism_create(
                    acting=actor_of(request), **form.cleaned_data
                )
                saved_say(request)
                return redirect("desk:matter", code=made.code)
            except MatterError as error:
                refusal_show(form, error)
    return form_page(
        request,
        form,
        title=_("Announce a draft for social criticism"),
        back=reverse("desk:criticisms"),
        submit=_("Announce"),
        status=status,
    )


@official_required
def criticism_points(request: HttpRequest, code: str) -> HttpResponse:
    """The drafter answers every point: taken up or not, and why."""
    actor = actor_of(request)
    found = selectors.criticism_get(actor=actor, code=code)
    if found is None or not rules.belongs(actor, rules.OFFICE, found.drafter):
        raise Http404
    if found.state != "criticised":
        return redirect("desk:matter", code=found.code)
    points = list(found.points.all())
    form, status = PointsForm(request.POST or None, points=points), 200
    version = request.POST.get("version", "")
    if request.method == "POST":
        status = 422
        if form.is_valid():
            try:
                criticism_services.criticism_answer(
                    acting=actor, criticism=found, document=form.cleaned_data["document"],
                    answers=form.answers(),
                    version=int(version) if version.isdecimal() and len(version) < 9 else 0,
                )  # fmt: skip
                saved_say(request)
                return redirect("desk:matter", code=found.code)
            except MatterError as error:
                refusal_show(form, error)
    context = {"form": form, "row": found}
    return render(request, "desk/criticism_answer.html", context, status=status)


# -- hearings -------------------------------------------------------------------------------------


def areas_of(actor: Actor) -> list[Unit]:
    """Areas whose People's Committee or Council the actor belongs to."""
    paths = [scope.unit_path for scope in actor.scopes_of(*rules.OFFICE, Role.COUNCIL)]
    return [
        area for area in areas_in_use() if any(area_of_path(path) == area.path for path in paths)
    ]


@require_safe
@official_required
def hearings(request: HttpRequest) -> HttpResponse:
    """The half-yearly hearings in sight, newest first."""
    actor = actor_of(request)
    page = selectors.hearing_list(actor=actor, after=request.GET.get("after", "")[:20])
    context = {
        "page": page,
        "next_url": f"?after={page.next}" if page.next else "",
        "opens": bool(areas_of(actor)),
        "half": "{}-{}".format(*half_of(clock.today())),
        "today": clock.today(),
    }
    return render(request, "desk/hearings.html", context)


@require_POST
@official_required
def open_half(request: HttpRequest) -> HttpResponse:
    """Open by hand what the half-year owes, where the worker has not done so."""
    actor, made = actor_of(request), 0
    if request.POST.get("ky") != "{}-{}".format(*half_of(clock.today())):
        messages.error(request, _("Another half-year has begun; look at the list again."))
        return redirect("desk:hearings")
    for area in areas_of(actor):
        try:
            made += len(hearings_open(acting=actor, area=area))
        except MatterError as error:
            messages.error(request, error.message)
            return redirect("desk:hearings")
    said = ngettext("%(n)d hearing opened.", "%(n)d hearings opened.", made) % {"n": made}
    messages.success(request, said)
    return redirect("desk:hearings")


@require_safe
@official_required
def hearing(request: HttpRequest, code: str) -> HttpResponse:
    """A hearing: its agenda of open recommendations, its minutes, what was promised."""
    view = selectors.hearing_view(actor=actor_of(request), code=code)
    if view is None:
        raise Http404
    context = {"view": view, "hearing": view.hearing, "today": clock.today()}
    return render(request, "desk/hearing.html", context)


@official_required
def promise(request: HttpRequest, code: str) -> HttpResponse:
    """A promise given at the hearing becomes a matter with its day."""
    view = selectors.hearing_view(actor=actor_of(request), code=code)
    if view is None or not view.hosts or view.hearing.state != "held":
        raise Http404
    form = PromiseForm(request.POST or None, units=promisers_of(view.hearing))
    status = 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            try:
                hearing_promise(acting=actor_of(request), hearing=view.hearing, **form.cleaned_data)
                return redirect("desk:hearing", code=view.hearing.code)
            except MatterError as error:
                refusal_show(form, error)
    return form_page(
        request,
        form,
        title=_("Write down a promise"),
        back=reverse("desk:hearing", args=[view.hearing.code]),
        submit=_("Save"),
        status=status,
    )
