"""Citizen reception at the desk: sessions, their plan, the queue, turns, refusals, conclusions."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe

from dongthuan.core import clock as moment
from dongthuan.core.matters.errors import MatterError
from dongthuan.core.matters.models import Channel, Matter
from dongthuan.core.matters.selectors import steps_for
from dongthuan.core.matters.services import matter_act
from dongthuan.core.papers.errors import UploadError
from dongthuan.core.people.actors import Actor
from dongthuan.core.people.services import PersonError
from dongthuan.core.units.models import Tier, Unit
from dongthuan.front.desk.access import actor_of, official_required
from dongthuan.front.desk.reception_forms import (
    ConclusionForm,
    FollowForm,
    PlanForm,
    PromiseForm,
    RefuseForm,
    SessionForm,
    VisitForm,
)
from dongthuan.front.desk.views import stored_papers
from dongthuan.front.showing import refusal_show
from dongthuan.work.petitions.services import Sender, submission_create
from dongthuan.work.receptions import rules, selectors
from dongthuan.work.receptions.models import Content, Outcome, Reception, Visit
from dongthuan.work.receptions.services import (
    pattern_days,
    promise_add,
    reception_conclude,
    reception_create,
    receptions_plan,
    regular_open,
)
from dongthuan.work.receptions.visits import (
    Line,
    Visitor,
    visit_absent,
    visit_arrive,
    visit_call,
    visit_follow,
    visit_link,
    visit_record,
    visit_refuse,
)

Refused = (MatterError, PersonError)


def _number(text: str) -> int | None:
    """A number of a row; None if nothing was named, 0 (which no row has) for what is no number."""
    if not text:
        return None
    return int(text) if text.isdecimal() and len(text) < 18 else 0


# -- sessions -------------------------------------------------------------------------------------


@require_safe
@official_required
def sessions(request: HttpRequest) -> HttpResponse:
    """Sessions to come (or past): the next that needs something comes first."""
    actor, past = actor_of(request), request.GET.get("xem") == "qua"
    page = selectors.reception_list(actor=actor, past=past, after=request.GET.get("after", "")[:40])
    context = {
        "page": page,
        "past": past,
        "next_url": f"?{'xem=qua&' if past else ''}after={page.next}" if page.next else "",
        "units": selectors.units_of(actor),
        "today": moment.today(),
    }
    return render(request, "desk/reception_list.html", context)


@official_required
def plan(request: HttpRequest) -> HttpResponse:
    """A head's days of some months from a pattern, in one go."""
    actor = actor_of(request)
    form = PlanForm(request.POST or None, seats=selectors.heads_of(actor))
    status, made = 200, None
    if request.method == "POST":
        status = 422
        if form.is_valid():
            try:
                made, status = _planned(actor, form), 200
            except MatterError as error:
                refusal_show(form, error)
    context = {"form": form, "made": made, "frequencies": _asked_of(actor)}
    return render(request, "desk/reception_plan.html", context, status=status)


def _planned(actor: Actor, form: PlanForm) -> Any:
    data = form.cleaned_data
    return receptions_plan(
        acting=actor, position=data["position"], month=data["month"].replace(day=1),
        months=data["months"], days=pattern_days(data["days"]) if data["days"] else (),
        weekdays=data["weekdays"], hours=form.hours(), late=data["late"],
    )  # fmt: skip


def _asked_of(actor: Actor) -> list[tuple[str, Any]]:
    """What the law asks of each head today, beside the form."""
    today = moment.today()
    found = [(p.label, rules.frequency(rules.role_kind_of(p), today))
             for p in selectors.heads_of(actor)]  # fmt: skip
    return [(label, asked) for label, asked in found if asked]


@official_required
def session_new(request: HttpRequest) -> HttpResponse:
    """One session by itself: ad-hoc, online, or an extra day."""
    actor = actor_of(request)
    form = SessionForm(
        request.POST or None, seats=selectors.heads_of(actor), units=selectors.units_of(actor)
    )
    status = 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            names = ("form", "unit", "held_on", "position", "ground")
            try:
                made = reception_create(
                    acting=actor, hours=form.hours(), **{n: form.cleaned_data[n] for n in names}
                )
                return redirect("desk:reception", code=made.code)
            except MatterError as error:
                refusal_show(form, error)
    return render(request, "desk/reception_new.html", {"form": form}, status=status)


@require_POST
@official_required
def regular_today(request: HttpRequest) -> HttpResponse:
    """Today's regular reception, opened with one button."""
    actor = actor_of(request)
    pk = _number(request.POST.get("unit", ""))
    unit = selectors.units_of(actor).filter(pk=pk or 0).first()
    if unit is None:
        raise Http404
    try:
        venue = unit.address or f"Phòng tiếp công dân, {unit.name}"
        made = regular_open(acting=actor, unit=unit, venue=venue)
    except MatterError as error:
        messages.error(request, error.message)
        return redirect("desk:receptions")
    return redirect("desk:reception", code=made.code)


@require_safe
@official_required
def session(request: HttpRequest, code: str) -> HttpResponse:
    """A session: its duties, its queue, its ledger lines, what may be done now."""
    view = selectors.reception_view(actor=actor_of(request), code=code)
    if view is None:
        raise Http404
    context = {
        "view": view,
        "reception": view.reception,
        "counts": selectors.counts(view.reception) if view.visits else None,
        "today": moment.today(),
        "delegation": _delegation(view.reception),
    }
    return render(request, "desk/reception.html", context)


def _delegation(reception: Reception) -> Any:
    """The article that forbids a deputy on this day, or None."""
    if reception.position is None:
        return None
    found = rules.may_delegate(rules.role_kind_of(reception.position), reception.held_on)
    return None if found.allowed else found


def _kept(request: HttpRequest, code: str) -> Reception:
    """A session whose queue the official works; out of sight is as if it did not exist."""
    found = selectors.reception_get(actor=actor_of(request), code=code)
    if found is None or not selectors.keeps(actor_of(request), found.unit):
        raise Http404
    return found


@official_required
def conclude(request: HttpRequest, code: str) -> HttpResponse:
    """The notice of conclusion with what it promises."""
    actor, found = actor_of(request), _kept(request, code)
    if not any(step.name == "conclude" for step in steps_for(actor=actor, matter=found)):
        messages.error(request, _("A notice of conclusion is issued once the session was held."))
        return redirect("desk:reception", code=code)
    form = ConclusionForm(
        request.POST or None, units=_keepers(found), initial={"version": found.version}
    )
    status = 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            try:
                _concluded(request, found, form)
                return redirect("desk:reception", code=code)
            except (MatterError, UploadError) as error:
                refusal_show(form, error)
    context = {"form": form, "reception": found}
    return render(request, "desk/reception_conclude.html", context, status=status)


def _keepers(found: Reception) -> Any:
    """The offices of the same area, each of which can be given a promise to keep."""
    area = found.unit.parent or found.unit
    return Unit.objects.in_force(moment.today()).within(area).filter(tier=Tier.ORGAN)


@transaction.atomic
def _concluded(request: HttpRequest, found: Reception, form: ConclusionForm) -> None:
    """A file of a conclusion that is refused is not kept."""
    made = reception_conclude(
        acting=actor_of(request), reception=found, document=form.cleaned_data["document"],
        conclusion=form.cleaned_data["conclusion"], promises=form.words(found.unit),
        version=form.cleaned_data["version"], papers=stored_papers(request),
    )  # fmt: skip
    text = ngettext(
        "The notice is issued with %(n)d promise.", "The notice is issued with %(n)d promises.",
        len(made),
    )  # fmt: skip
    messages.success(request, text % {"n": len(made)})


@official_required
def promise(request: HttpRequest, code: str) -> HttpResponse:
    """One more promise of the notice that was issued."""
    found = _kept(request, code)
    if not found.document:
        messages.error(request, _("A promise is recorded once the notice of conclusion is issued."))
        return redirect("desk:reception", code=code)
    form, status = PromiseForm(request.POST or None, units=_keepers(found)), 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            try:
                promise_add(acting=actor_of(request), reception=found, word=form.word(found.unit))
                messages.success(request, _("The promise is recorded."))
                return redirect("desk:reception", code=code)
            except MatterError as error:
                refusal_show(form, error)
    context = {"form": form, "reception": found}
    return render(request, "desk/reception_promise.html", context, status=status)


# -- the queue ------------------------------------------------------------------------------------


@require_POST
@official_required
def arrive(request: HttpRequest, code: str) -> HttpResponse:
    """Somebody came: booked (by the number of the booking) or not."""
    found = _kept(request, code)
    booking = _number(request.POST.get("booking", ""))
    try:
        visit = visit_arrive(acting=actor_of(request), reception_id=found.pk, booking_id=booking)
        messages.success(request, _("Number %(n)d is given.") % {"n": visit.number})
    except MatterError as error:
        messages.error(request, error.message)
    return redirect("desk:reception", code=code)


@require_POST
@official_required
def call(request: HttpRequest, code: str) -> HttpResponse:
    """Call the next number, or one by name; its form opens."""
    found = _kept(request, code)
    wanted = _number(request.POST.get("visit", ""))
    try:
        visit = visit_call(acting=actor_of(request), reception_id=found.pk, visit_id=wanted)
    except MatterError as error:
        messages.error(request, error.message)
        return redirect("desk:reception", code=code)
    return redirect("desk:visit", visit_id=visit.pk)


def _own_visit(request: HttpRequest, visit_id: int) -> Visit:
    found = selectors.visit_get(actor=actor_of(request), visit_id=visit_id)
    if found is None or not selectors.keeps(actor_of(request), found.reception.unit):
        raise Http404
    return found


@require_POST
@official_required
def absent(request: HttpRequest, visit_id: int) -> HttpResponse:
    found = _own_visit(request, visit_id)
    try:
        visit_absent(acting=actor_of(request), visit_id=visit_id)
    except MatterError as error:
        messages.error(request, error.message)
    return redirect("desk:reception", code=found.reception.code)


# -- a turn ---------------------------------------------------------------------------------------


@official_required
def visit(request: HttpRequest, visit_id: int) -> HttpResponse:
    """One screen for a turn; a line that stands in the ledger is shown with its follow-up."""
    found = _own_visit(request, visit_id)
    if not found.is_waiting:
        return _followed(request, found)
    form = VisitForm(request.POST or None, places=_places(found), initial=_known(found))
    status = 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            try:
                return _recorded(request, found, form)
            except Refused as error:
                refusal_show(form, error)
    context = {"form": form, "visit": found, "reception": found.reception}
    return render(request, "desk/reception_visit.html", context, status=status)


def _places(found: Visit) -> Any:
    area = found.reception.unit.parent or found.reception.unit
    tiers = [Tier.COMMUNE, Tier.VILLAGE]
    return (
        Unit.objects.in_force(moment.today()).within(area).filter(tier__in=tiers).order_by("path")
    )


def _known(found: Visit) -> dict[str, Any]:
    """What the booking said already."""
    known: dict[str, Any] = {"people_count": found.people_count, "place": found.reception.place_id}
    if found.booking:
        known["content"] = found.booking.about
    if found.citizen:
        known |= {"name": found.citizen.name, "phone": found.citizen.phone}
    return known


def _recorded(request: HttpRequest, found: Visit, form: VisitForm) -> HttpResponse:
    """Write the line; a matter that is taken in is received, registered and classified at once."""
    actor = actor_of(request)
    with transaction.atomic():
        done = visit_record(
            acting=actor, visit_id=found.pk, line=Line(**form.line()),
            visitor=Visitor(**form.visitor()),
        )  # fmt: skip
        opened = _opened(actor, done, form) if done.outcome == Outcome.TAKEN else None
    if done.type == Content.DENUNCIATION:
        messages.success(request, _("Only the type is kept here. Write the denunciation down in"
                                    " the form of the counter, as a denunciation."))  # fmt: skip
        return redirect("desk:register")
    text = _("Number %(number)d is written into the ledger (line %(line)d of the ledger).")
    messages.success(request, text % {"number": done.number, "line": done.ledger_number})
    if opened:
        return redirect("desk:counter_receipt", code=opened.code)
    return redirect("desk:reception", code=found.reception.code)


def _sender(form: VisitForm) -> Sender:
    who = form.visitor()
    return Sender(
        name=who["name"], address=who["address"], phone=who["phone"], id_number=who["id_number"]
    )


def _opened(actor: Actor, done: Visit, form: VisitForm) -> Matter:
    data = form.cleaned_data
    receipt = submission_create(
        acting=actor, place=data["place"], text=done.content, channel=Channel.COUNTER,
        sender=_sender(form), declared=done.type, people_count=done.people_count,
    )  # fmt: skip
    for step, answers in (
        ("register", {"title": data["title"], "topic": data["topic"]}),
        ("classify", {"kind": done.type}),
    ):
        matter_act(acting=actor, matter_id=receipt.matter.pk, step_name=step, data=answers)
    visit_link(acting=actor, visit=done, matter=receipt.matter)
    return receipt.matter


def _followed(request: HttpRequest, found: Visit) -> HttpResponse:
    """Column 12 of a line: what became of it."""
    form = FollowForm(request.POST or None, initial={"result": found.result})
    status = 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            try:
                visit_follow(acting=actor_of(request), visit=found, **form.cleaned_data)
                messages.success(request, _("The ledger is updated."))
                return redirect("desk:reception", code=found.reception.code)
            except MatterError as error:
                refusal_show(form, error)
    context = {"form": form, "visit": found, "reception": found.reception}
    return render(request, "desk/reception_follow.html", context, status=status)


@official_required
def refuse(request: HttpRequest, visit_id: int) -> HttpResponse:
    """Refuse on a ground of the law; a written notice becomes a duty of the head."""
    found = _own_visit(request, visit_id)
    form = RefuseForm(request.POST or None, on=found.on, initial=_known(found))
    status = 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            data = form.cleaned_data
            try:
                _done, owed = visit_refuse(
                    acting=actor_of(request), visit_id=visit_id, ground=data["ground"],
                    explained=data["explained"], content=data["content"],
                    visitor=Visitor(**form.visitor()),
                )  # fmt: skip
                if owed:
                    text = _(
                        "The refusal stands in the ledger; its written notice is owed: %(code)s."
                    )
                    messages.success(request, text % {"code": owed.code})
                else:
                    messages.success(request, _("The refusal stands in the ledger."))
                return redirect("desk:reception", code=found.reception.code)
            except Refused as error:
                refusal_show(form, error)
    context = {"form": form, "visit": found, "reception": found.reception}
    return render(request, "desk/reception_refuse.html", context, status=status)
