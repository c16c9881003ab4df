"""Decisions of the people at the desk: the list, a proposal, the page of one, its paper."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.forms import BaseForm
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from dongthuan.core import clock
from dongthuan.core.matters.errors import MatterError
from dongthuan.core.people.actors import Actor, area_of
from dongthuan.core.units.models import Role, Tier, Unit
from dongthuan.front.desk.access import official_required
from dongthuan.front.desk.decisions_forms import ProposeForm
from dongthuan.work.decisions import selectors
from dongthuan.work.decisions.models import Decision
from dongthuan.work.decisions.papers import decision_pdf
from dongthuan.work.decisions.services import decision_propose
from dongthuan.work.decisions.voting.rights import OFFICE, may_conduct


def actor_of(request: HttpRequest) -> Actor:
    return request.actor  # type: ignore[attr-defined,no-any-return]


def show(form: BaseForm, error: Exception) -> None:
    """The one sentence of a refusal, at its field if the form has it."""
    name = getattr(error, "field", "")
    form.add_error(name if name in form.fields else None, str(getattr(error, "message", error)))


@require_safe
@official_required
def decisions(request: HttpRequest) -> HttpResponse:
    """What is being decided, or was; newest first."""
    actor, past = actor_of(request), request.GET.get("xem") == "xong"
    page = selectors.decision_list(actor=actor, past=past, after=request.GET.get("after", "")[:20])
    context = {
        "page": page,
        "past": past,
        "today": clock.today(),
        "next_url": f"?{'xem=xong&' if past else ''}after={page.next}" if page.next else "",
        "proposes": places_of(actor).exists(),
        "keeps": bool(selectors.villages_kept(actor)),
    }
    return render(request, "desk/decisions.html", context)


def places_of(actor: Actor) -> Any:
    """Where the actor may propose: the village whose head, the commune whose office they are."""
    paths = [scope.unit_path for scope in actor.scopes_of(Role.VILLAGE_HEAD)]
    paths += [
        area_of(scope.unit_path)
        for scope in actor.scopes_of(*OFFICE)
        if scope.unit_path.endswith(".ubnd.")
    ]
    return (
        Unit.objects.in_force(clock.today())
        .filter(path__in=paths, tier__in=[Tier.VILLAGE, Tier.COMMUNE])
        .order_by("sort_key", "code")
    )


def _propose_form(request: HttpRequest) -> ProposeForm:
    actor = actor_of(request)
    places = places_of(actor)
    earlier = Decision.objects.filter(place__in=places, state="in_force").order_by("-pk")
    return ProposeForm(request.POST or None, places=places, earlier=earlier)


@official_required
def propose(request: HttpRequest) -> HttpResponse:
    """Propose a content; the Front is asked next."""
    form = _propose_form(request)
    status = 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            data = form.cleaned_data
            try:
                made = decision_propose(
                    acting=actor_of(request), place=data["place"], item=data["item"],
                    title=data["title"], proposal=data["proposal"],
                    replaces=data.get("replaces"),
                )  # fmt: skip
                messages.success(request, _("It is proposed; the Front is asked next."))
                return redirect("desk:people_decision", code=made.code)
            except MatterError as error:
                show(form, error)
    return render(request, "desk/decision_new.html", {"form": form}, status=status)


@require_safe
@official_required
def decision(request: HttpRequest, code: str) -> HttpResponse:
    """A decision: what it is about, its votes, what may be done now, what is owed."""
    view = selectors.decision_view(actor=actor_of(request), code=code)
    if view is None:
        raise Http404
    conducts = _conducts(actor_of(request), view)
    now = [one.vote for one in view.votes if one.vote.is_running and one.vote.pk in conducts]
    context = {
        "view": view,
        "decision": view.decision,
        "owed": [duty for duty in view.duties if duty.is_running],
        "ended": [duty for duty in view.duties if not duty.is_running],
        "conducts": conducts,
        "running": now[0] if now else None,
        "today": clock.today(),
    }
    return render(request, "desk/decision.html", context)


def _conducts(actor: Actor, view: selectors.DecisionView) -> set[int]:
    """Votes at whose console the actor works; all others read the public page of a vote."""
    return {
        one.vote.pk
        for one in view.votes
        if any(may_conduct(actor, view.decision, part.roll.village) for part in one.turnout)
    }


@require_safe
@official_required
def paper(request: HttpRequest, code: str) -> HttpResponse:
    """The decision as PDF to sign, once carried; what was not is no decision to sign."""
    found = selectors.decision_get(actor=actor_of(request), code=code)
    if found is None or found.voted_on is None or found.state == "rejected":
        raise Http404
    response = HttpResponse(decision_pdf(found), content_type="application/pdf")
    response["Content-Disposition"] = f'inline; filename="{found.code}.pdf"'
    return response
