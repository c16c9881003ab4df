"""Initiatives, conventions and elections at the desk: lists, ways in, what no declared step asks.

Steps themselves are taken on the page of the matter, as everywhere.
"""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.forms import BaseForm
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from dongthuan.core import clock as moment
from dongthuan.core.matters.errors import MatterError
from dongthuan.core.people.households import households_of
from dongthuan.core.people.services import PersonError
from dongthuan.core.text import clean
from dongthuan.core.units.models import Role
from dongthuan.front.desk.access import actor_of, official_required
from dongthuan.front.desk.elections_forms import (
    CandidateForm,
    CommentForm,
    ConventionForm,
    DraftForm,
    ElectionForm,
    InitiativeForm,
    SupportsForm,
)
from dongthuan.front.showing import refusal_show
from dongthuan.work.decisions import village_selectors as selectors
from dongthuan.work.decisions.conventions.services import comment_add, convention_open, sections_set
from dongthuan.work.decisions.elections.models import Candidate
from dongthuan.work.decisions.elections.services import (
    candidate_add,
    candidate_remove,
    election_open,
    posts_opened_by,
)
from dongthuan.work.decisions.initiatives.services import (
    Proposer,
    codes_renew,
    hands_out_codes,
    initiative_propose,
    support_code,
    support_withdraw,
    supports_add,
)
from dongthuan.work.decisions.village_matters import OFFICE, VILLAGE, holds_in
from dongthuan.work.decisions.village_papers import convention_pdf, election_pdf

Refused = (MatterError, PersonError)
VIEWS = {"sang-kien": "initiative", "huong-uoc": "convention", "bau-cu": "election"}


def _found(request: HttpRequest, kind: str, code: str) -> Any:
    """A matter whose inner pages the actor works: of the village, or of the office above it."""
    actor = actor_of(request)
    found = selectors.village_get(actor=actor, kind=kind, code=clean(code)[:40])
    if found is None or not (
        holds_in(actor, found.place, *VILLAGE) or holds_in(actor, found.unit, *OFFICE)
    ):
        raise Http404
    return found


@require_safe
@official_required
def village_matters(request: HttpRequest) -> HttpResponse:
    """Initiatives, conventions or elections that the actor may see."""
    actor, view = actor_of(request), request.GET.get("xem", "")
    kind = VIEWS.get(view, "initiative")
    after = request.GET.get("after", "")[:20]
    page = selectors.village_list(actor=actor, kind=kind, after=after)
    context = {
        "page": page,
        "kind": kind,
        "today": moment.today(),
        "next_url": f"?xem={view if view in VIEWS else 'sang-kien'}&after={page.next}"
        if page.next
        else "",
        "opens_initiative": bool(actor.scopes_of(*VILLAGE, *OFFICE)),
        "opens_convention": bool(actor.scopes_of(Role.VILLAGE_HEAD)),
        "opens_election": bool(actor.scopes_of(*VILLAGE, *OFFICE, Role.FRONT)),
    }
    return render(request, "desk/village_matters.html", context)


def _new(request: HttpRequest, form: BaseForm, make: Any, template: str) -> HttpResponse:
    """One shape for the three ways in: the form, the service, the page of the new matter."""
    status = 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            try:
                return make(form.cleaned_data)  # type: ignore[no-any-return]
            except Refused as error:
                refusal_show(form, error)
    return render(request, template, {"form": form}, status=status)


@never_cache
@official_required
def initiative_new(request: HttpRequest) -> HttpResponse:
    """A resident came to the village head or the counter; the receipt is shown once."""
    actor = actor_of(request)
    form = InitiativeForm(request.POST or None, villages=selectors.villages_of(actor))

    def make(data: dict[str, Any]) -> HttpResponse:
        who = Proposer(data["name"], data["address"], data["phone"], data["email"])
        made = initiative_propose(
            acting=actor, village=data["village"], item=data["item"], text=data["text"],
            proposer=who,
        )  # fmt: skip
        return render(request, "desk/initiative_receipt.html", {"made": made})

    return _new(request, form, make, "desk/initiative_new.html")


@official_required
def convention_new(request: HttpRequest) -> HttpResponse:
    actor = actor_of(request)
    form = ConventionForm(request.POST or None, villages=selectors.villages_of(actor))

    def make(data: dict[str, Any]) -> HttpResponse:
        return redirect("desk:matter", code=convention_open(acting=actor, **data).code)

    return _new(request, form, make, "desk/convention_new.html")


@official_required
def election_new(request: HttpRequest) -> HttpResponse:
    actor = actor_of(request)
    form = ElectionForm(
        request.POST or None, villages=selectors.villages_of(actor), posts=posts_opened_by(actor)
    )

    def make(data: dict[str, Any]) -> HttpResponse:
        return redirect("desk:matter", code=election_open(acting=actor, **data).code)

    return _new(request, form, make, "desk/election_new.html")


# -- supports ---------------------------------------------------------------------------------


@never_cache
@official_required
def supports(request: HttpRequest, code: str) -> HttpResponse:
    """The village's list of households with the supports that run; POST enters a signed list."""
    actor, found = actor_of(request), _found(request, "initiative", code)
    form = SupportsForm(request.POST or None, initial={"signed_on": moment.today()})
    status = 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            try:
                made = supports_add(
                    acting=actor, initiative_id=found.pk,
                    numbers=[clean(n)[:20] for n in request.POST.getlist("numbers")[:2001]],
                    **form.cleaned_data,
                )  # fmt: skip
                messages.success(request, _("%(n)s supports are entered.") % {"n": len(made)})
                return redirect("desk:initiative_supports", code=code)
            except MatterError as error:
                refusal_show(form, error)
    lines = selectors.support_lines(found, households=households_of(village=found.home))
    context = {
        "form": form, "matter": found, "lines": lines, "today": moment.today(),
        "codes": hands_out_codes(actor, found), "open": found.state == "collecting",
    }  # fmt: skip
    return render(request, "desk/initiative_supports.html", context, status=status)


@require_POST
@official_required
def support_end(request: HttpRequest, code: str) -> HttpResponse:
    """A household takes its support back at the village."""
    found = _found(request, "initiative", code)
    try:
        support_withdraw(
            acting=actor_of(request), initiative_id=found.pk,
            number=request.POST.get("number", "")[:20],
        )  # fmt: skip
        messages.success(request, _("The support is taken back."))
    except MatterError as error:
        messages.error(request, error.message)
    return redirect("desk:initiative_supports", code=code)


@never_cache
@require_POST
@official_required
def codes(request: HttpRequest, code: str) -> HttpResponse:
    """The sheet of codes, one a household, to be cut and handed over; never a link."""
    actor, found = actor_of(request), _found(request, "initiative", code)
    if not hands_out_codes(actor, found):
        messages.error(request, _("Only the village hands out codes."))
        return redirect("desk:initiative_supports", code=code)
    if request.POST.get("renew") == "on":
        found = codes_renew(acting=actor, initiative_id=found.pk)
    rows = [
        (household, support_code(found, household.number))
        for household in households_of(village=found.home)
    ]
    return render(request, "desk/initiative_codes.html", {"matter": found, "rows": rows})


# -- the draft --------------------------------------------------------------------------------


@official_required
def draft(request: HttpRequest, code: str) -> HttpResponse:
    """The text of a convention as it is written, with what people said about it."""
    found = _found(request, "convention", code)
    sections = list(found.sections.all())
    text = "\n\n".join(f"# {s.heading}\n{s.text}" for s in sections)
    form = DraftForm(request.POST or None, initial={"text": text})
    status = 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            try:
                sections_set(
                    acting=actor_of(request), convention_id=found.pk, sections=form.sections()
                )
                messages.success(request, _("The draft is kept."))
                return redirect("desk:convention_draft", code=code)
            except MatterError as error:
                refusal_show(form, error)
    context = {
        "form": form, "matter": found, "sections": sections, "comment_form": CommentForm(),
        "comments": found.comments.select_related("section").order_by("-id")[:200],
    }  # fmt: skip
    return render(request, "desk/convention_draft.html", context, status=status)


@require_POST
@official_required
def comment(request: HttpRequest, code: str) -> HttpResponse:
    """An opinion that came by word of mouth, in the letter box or at a meeting."""
    found = _found(request, "convention", code)
    form = CommentForm(request.POST)
    try:
        if not form.is_valid():
            raise MatterError(str(next(iter(form.errors.values()))[0]))
        comment_add(
            acting=actor_of(request), convention_id=found.pk, text=form.cleaned_data["text"]
        )
        messages.success(request, _("The opinion is entered."))
    except MatterError as error:
        messages.error(request, error.message)
    return redirect("desk:convention_draft", code=code)


# -- those who stand --------------------------------------------------------------------------


@official_required
def candidates(request: HttpRequest, code: str) -> HttpResponse:
    """The list of those who stand: name, year of birth, who brought the name forward."""
    found = _found(request, "election", code)
    form = CandidateForm(
        request.POST or None, listed=bool(found.listed_on), dismisses=not found.is_election
    )
    status = 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            try:
                given = {"source": Candidate.Source.FRONT, **form.cleaned_data}
                candidate_add(acting=actor_of(request), election_id=found.pk, **given)
                messages.success(request, _("The name is on the list."))
                return redirect("desk:election_candidates", code=code)
            except MatterError as error:
                refusal_show(form, error)
    open_ = found.state == "preparing" and not (found.vote and found.vote.is_running)
    context = {
        "form": form, "matter": found, "rows": list(found.candidates.all()),
        "open": open_ and not found.has_voted,
    }  # fmt: skip
    return render(request, "desk/election_candidates.html", context, status=status)


@require_POST
@official_required
def candidate_end(request: HttpRequest, code: str) -> HttpResponse:
    found = _found(request, "election", code)
    number = request.POST.get("number", "")
    try:
        candidate_remove(
            acting=actor_of(request), election_id=found.pk,
            number=int(number) if number.isascii() and number.isdigit() and len(number) < 5 else 0,
        )  # fmt: skip
        messages.success(request, _("The name is off the list."))
    except MatterError as error:
        messages.error(request, error.message)
    return redirect("desk:election_candidates", code=code)


@require_safe
@official_required
def minutes(request: HttpRequest, code: str) -> HttpResponse:
    """The minutes of an election as PDF, to be signed."""
    return _pdf(code, election_pdf(_found(request, "election", code)))


@require_safe
@official_required
def text(request: HttpRequest, code: str) -> HttpResponse:
    """The text of a convention as PDF, to be signed."""
    return _pdf(code, convention_pdf(_found(request, "convention", code)))


def _pdf(code: str, body: bytes) -> HttpResponse:
    response = HttpResponse(body, content_type="application/pdf")
    response["Content-Disposition"] = f'inline; filename="{clean(code)[:40]}.pdf"'
    return response
