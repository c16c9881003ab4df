"""Hot spots at the desk: only those seated, and the head, find them here."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from dongthuan.core import clock
from dongthuan.core.matters.errors import MatterError
from dongthuan.core.people.actors import Actor, area_of
from dongthuan.core.units.models import Tier, Unit, UnitQuerySet
from dongthuan.front.desk.access import actor_of, official_required
from dongthuan.front.desk.hotspots_forms import (
    ConcernForm,
    GroupForm,
    IncidentForm,
    MattersForm,
    MeasureForm,
    OpenForm,
    PlanForm,
    SeatsForm,
    TalkForm,
    VisitForm,
)
from dongthuan.front.desk.radar_asked import Named, signal_asked
from dongthuan.front.showing import refusal_show
from dongthuan.work.hotspots import rules, selectors
from dongthuan.work.hotspots.contact import (
    concern_answer,
    contact_plan,
    incident_record,
    measure_decide,
    owners_for,
    talk_record,
    visit_record,
)
from dongthuan.work.hotspots.models import Concern, Hotspot, Part, Report
from dongthuan.work.hotspots.papers import report_pdf, story_pdf
from dongthuan.work.hotspots.services import (
    Signal,
    group_create,
    hotspot_create,
    matters_add,
    positions_above,
    positions_for,
    seats_decide,
)

TIERS = (Tier.COMMUNE, Tier.VILLAGE)
MOST_CODES = 100  # of a signal's matters that the form names; the number is the signal's own


def areas_of(path: str) -> UnitQuerySet:
    """The commune of a body and its villages; of a body of the province, its communes."""
    area = area_of(path)
    tiers = TIERS if area.count(".") > 2 else TIERS[:1]
    here = Unit.objects.in_force(clock.today()).filter(path__startswith=area)
    return here.filter(tier__in=tiers).order_by("tier", "sort_key")


def spot_of(request: HttpRequest, code: str, need: str = "") -> Hotspot:
    """The hot spot in sight; with `need` (work, lead) only for those who may. 404 otherwise."""
    actor = actor_of(request)
    found = selectors.hotspot_get(actor=actor, code=code)
    may: dict[str, Callable[[Actor, Hotspot], bool]] = {
        "work": rules.may_work, "lead": rules.may_lead, "own": rules.is_owner,
    }  # fmt: skip
    if found is None or (need and not may[need](actor, found)):
        raise Http404
    return found


def child_of(request: HttpRequest, model: Any, pk: int) -> Any:
    found = selectors.child_get(actor=actor_of(request), model=model, pk=pk)
    if found is None:
        raise Http404
    return found


def entered(
    request: HttpRequest, form: Any, save: Callable[[], Any], *, spot: Hotspot | None, title: str,
    submit: str, lead: str = "", done: str = "",
) -> HttpResponse:  # fmt: skip
    """One form on a page: saved and back, or shown again with what was refused."""
    status = 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            try:
                made = save()
                messages.success(request, done or _("Saved."))
                return redirect("desk:hotspot", code=spot.code if spot else made.code)
            except MatterError as error:
                refusal_show(form, error)
    back = reverse("desk:hotspot", args=[spot.code]) if spot else reverse("desk:hotspots")
    context = {"form": form, "title": title, "back_url": back, "submit": submit, "lead": lead}
    return render(request, "desk/hotspots_form.html", context | {"spot": spot}, status=status)


def opens(actor: Actor) -> bool:
    return any(
        rules.competent(actor, "hs.competent.watch", scope.unit_path) for scope in actor.scopes
    )


@require_safe
@official_required
def overview(request: HttpRequest) -> HttpResponse:
    """Hot spots in sight; whoever is seated in none finds an empty list."""
    actor = actor_of(request)
    view = request.GET.get("xem", "work")
    view = view if view in selectors.VIEWS else "work"
    page = selectors.hotspot_list(actor=actor, view=view, after=request.GET.get("after", "")[:20])
    context = {
        "view": view,
        "page": page,
        "next_url": f"?xem={view}&after={page.next}" if page.next else "",
        "opens": opens(actor),
        "today": clock.today(),
    }
    return render(request, "desk/hotspots.html", context)


@official_required
def open_new(request: HttpRequest) -> HttpResponse:
    """Open the watch on a conflict; from a matter with ?vu-viec=code, or from a signal."""
    actor = actor_of(request)
    if not opens(actor):
        raise Http404
    signal = _signal_begun(request)
    gone = signal is None and "chu_de" in request.GET
    form = OpenForm(request.POST or None, initial=_begun(request, signal))
    places = Unit.objects.none()
    for scope in actor.scopes[:5]:
        places = places | areas_of(scope.unit_path)
    if signal is not None:  # of a village, whose choice the list spares whoever sits above it
        places = places | Unit.objects.filter(pk=signal.initial["place"], tier__in=TIERS)
    form.fill(place=places.order_by("tier", "sort_key"))

    def save() -> Hotspot:
        names = ("title", "place", "topic", "about")
        given = {name: form.cleaned_data[name] for name in names}
        return hotspot_create(
            acting=actor, matters=form.codes(), signal=_signal(form, signal), **given
        )

    return entered(
        request, form, save, spot=None, title=_("Open the watch on a conflict"),
        submit=_("Open"), lead=_("You and the head of the office see it, and whoever is seated."),
        done=_("Saved, without the signal: the record has changed, and it is no more.")
        if gone else "",
    )  # fmt: skip


def _signal_begun(request: HttpRequest) -> Named | None:
    """The signal that the address names. One that ended while the form was filled in is none: what
    was written is not lost by it."""
    try:
        return signal_asked(request)
    except Http404:
        if request.method != "POST":
            raise
        return None


def _begun(request: HttpRequest, signal: Named | None) -> dict[str, Any]:
    """What the form begins with: a matter, or a signal with the matters in the actor's sight."""
    if signal is None:
        return {"matters": request.GET.get("vu-viec", "")[:40]}
    codes = ", ".join(signal.codes(most=MOST_CODES))
    return {**signal.initial, "title": signal.title, "about": signal.words, "matters": codes}


def _signal(form: OpenForm, named: Named | None) -> Signal | None:
    """The signal, as long as the form still speaks of its topic and place."""
    if named is None or not named.is_of(form.cleaned_data["topic"], form.cleaned_data["place"]):
        return None
    found = named.signal
    return Signal(since=found.since, until=found.until, count=found.rise.now)


@require_safe
@official_required
def hotspot(request: HttpRequest, code: str) -> HttpResponse:
    """A hot spot: level and clock, committee and groups, plan and visits, promises, notices."""
    view = selectors.hotspot_view(actor=actor_of(request), code=code)
    if view is None:
        raise Http404
    context = {
        "view": view,
        "spot": view.hotspot,
        "row": view.hotspot,
        "criteria": [rules.wording("hs.criteria", code) for code in view.hotspot.criteria],
        "today": clock.today(),
        "now": clock.now(),
    }
    return render(request, "desk/hotspot.html", context)


@official_required
def matters(request: HttpRequest, code: str) -> HttpResponse:
    """Link matters that it is about."""
    spot = spot_of(request, code, "work")
    form = MattersForm(request.POST or None)
    return entered(
        request, form,
        lambda: matters_add(acting=actor_of(request), hotspot=spot, matters=form.codes()),
        spot=spot, title=_("Matters that it is about"), submit=_("Link"),
        lead=_("Their own pages do not tell of it to those who do not see it."),
    )  # fmt: skip


# -- decisions ------------------------------------------------------------------------------------


@official_required
def seats(request: HttpRequest, code: str) -> HttpResponse:
    """A decision on who sits in the steering committee and the groups."""
    spot = spot_of(request, code, "lead")
    positions = positions_for(spot) | positions_above(spot)
    seated = spot.seats.filter(left_on=None).select_related("position", "group").order_by("id")
    form = SeatsForm(
        request.POST or None, positions=positions, groups=spot.groups.order_by("id"),
        seats=seated if seated.exists() else None,
    )  # fmt: skip

    def save() -> Hotspot:
        return seats_decide(
            acting=actor_of(request), hotspot=spot, document=form.cleaned_data["document"],
            decided_on=form.cleaned_data["decided_on"], named=form.named(),
            leaving=form.leaving(),
        )  # fmt: skip

    return entered(
        request, form, save, spot=spot, title=_("Decide on seats"), submit=_("Save"),
        lead=_("Positions are seated, not persons. Who leaves sees nothing from now on."),
    )  # fmt: skip


@official_required
def group_new(request: HttpRequest, code: str) -> HttpResponse:
    """Form a working group with its areas and tasks."""
    spot = spot_of(request, code, "lead")
    form = GroupForm(request.POST or None, areas=areas_of(spot.path))
    return entered(
        request, form,
        lambda: group_create(acting=actor_of(request), hotspot=spot, **form.cleaned_data),
        spot=spot, title=_("Form a working group"), submit=_("Save"),
    )  # fmt: skip


@official_required
def plan(request: HttpRequest, code: str) -> HttpResponse:
    """Plan contacts by area and group."""
    spot = spot_of(request, code, "lead")
    form = PlanForm(request.POST or None, groups=spot.groups.order_by("id"), areas=_areas(spot))
    return entered(
        request, form,
        lambda: contact_plan(acting=actor_of(request), hotspot=spot, **form.cleaned_data),
        spot=spot, title=_("Plan contacts"), submit=_("Save"),
    )  # fmt: skip


def _areas(spot: Hotspot) -> UnitQuerySet:
    """Areas that decisions have given to the groups."""
    given = spot.groups.values("areas")
    return Unit.objects.filter(pk__in=given).order_by("sort_key")


@official_required
def measure(request: HttpRequest, code: str) -> HttpResponse:
    """Decide a measure with its owner and day."""
    spot = spot_of(request, code, "lead")
    form = MeasureForm(request.POST or None, units=owners_for(spot))
    return entered(
        request, form,
        lambda: measure_decide(
            acting=actor_of(request), hotspot=spot, measure=form.measure(),
            document=form.cleaned_data["document"],
        ),
        spot=spot, title=_("Decide a measure"), submit=_("Save"),
    )  # fmt: skip


# -- among the people -----------------------------------------------------------------------------


@official_required
def visit(request: HttpRequest, code: str) -> HttpResponse:
    """On the phone, in the area: what was asked, answered, promised; never by whom."""
    spot, actor = spot_of(request, code, "work"), actor_of(request)
    groups = spot.groups.order_by("id")
    if not rules.may_lead(actor, spot):
        held = [scope.position_id for scope in actor.scopes]
        parts = [Part.GROUP, Part.GROUP_HEAD]
        groups = groups.filter(
            seats__position__in=held, seats__left_on=None, seats__part__in=parts
        ).distinct()
    if not groups.exists():
        raise Http404
    form = VisitForm(
        request.POST or None, groups=groups, areas=_areas(spot), units=owners_for(spot)
    )

    def save() -> Any:
        names = ("group", "area", "on", "turns", "document")
        return visit_record(
            acting=actor, hotspot=spot, concerns=form.concerns, promises=form.promises,
            **{name: form.cleaned_data[name] for name in names},
        )  # fmt: skip

    return entered(
        request, form, save, spot=spot, title=_("Record a contact"), submit=_("Save"),
        lead=_(
            "Write what was asked and answered. Never who asked, which household, or how people"
            " stand: such words are refused."
        ),
    )  # fmt: skip


@official_required
def concern(request: HttpRequest, pk: int) -> HttpResponse:
    """Answer later what was asked on a visit."""
    found: Concern = child_of(request, Concern, pk)
    spot = spot_of(request, found.visit.hotspot.code, "work")
    form = ConcernForm(request.POST or None)
    return entered(
        request, form,
        lambda: concern_answer(acting=actor_of(request), concern=found, **form.cleaned_data),
        spot=spot, title=_("Answer a concern"), submit=_("Save"), lead=found.text,
    )  # fmt: skip


@official_required
def incident(request: HttpRequest, code: str) -> HttpResponse:
    """Something happened."""
    spot = spot_of(request, code, "work")
    form = IncidentForm(request.POST or None, areas=areas_of(spot.path))

    def save() -> Any:
        names = ("area", "people", "text", "response", "grave")
        given = {name: form.cleaned_data[name] for name in names}
        return incident_record(acting=actor_of(request), hotspot=spot, at=form.at(), **given)

    return entered(request, form, save, spot=spot, title=_("Record an incident"), submit=_("Save"))


@official_required
def talk(request: HttpRequest, code: str) -> HttpResponse:
    """A talk with the people and its agreed points."""
    spot = spot_of(request, code, "work")
    form = TalkForm(request.POST or None, areas=areas_of(spot.path), units=owners_for(spot))

    def save() -> Any:
        names = ("on", "area", "venue", "bodies", "people", "text", "document")
        given = {name: form.cleaned_data[name] for name in names}
        return talk_record(acting=actor_of(request), hotspot=spot, agreed=form.agreed, **given)

    return entered(request, form, save, spot=spot, title=_("Record a talk"), submit=_("Save"))


# -- on paper -------------------------------------------------------------------------------------


def pdf(content: bytes, name: str) -> HttpResponse:
    headers = {"Content-Disposition": f'inline; filename="{name}.pdf"', "Cache-Control": "no-store"}
    return HttpResponse(content, content_type="application/pdf", headers=headers)


@require_safe
@official_required
def report_paper(request: HttpRequest, pk: int) -> HttpResponse:
    """A situation report as PDF."""
    found: Report = child_of(request, Report, pk)
    return pdf(report_pdf(found), f"bao-cao-{found.number}")


@require_safe
@official_required
def story(request: HttpRequest, code: str) -> HttpResponse:
    """The time line on one page, for print."""
    spot = spot_of(request, code)
    context = {"spot": spot, "row": spot, "entries": selectors.story_of(spot)}
    return render(request, "desk/hotspot_story.html", context)


@require_safe
@official_required
def story_paper(request: HttpRequest, code: str) -> HttpResponse:
    """The time line as PDF."""
    spot = spot_of(request, code)
    return pdf(story_pdf(spot, selectors.story_of(spot)), f"dien-bien-{spot.code}")
