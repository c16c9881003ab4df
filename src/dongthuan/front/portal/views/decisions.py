"""What the people decide, for everybody: what, when, where, the result and files to recount it.

And the booth: a household's code opens one ballot, once.
"""

from __future__ import annotations

import uuid
from typing import Any
from urllib.parse import urlencode

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from dongthuan.core import clock
from dongthuan.core.law import load_rulebook
from dongthuan.core.matters.errors import MatterError
from dongthuan.core.text import clean
from dongthuan.core.units.selectors import unit_by_code
from dongthuan.front.portal.decisions_forms import BallotForm, CodeForm, WhereForm
from dongthuan.front.portal.limits import FAILED_VOTE_CODES
from dongthuan.work.decisions import selectors
from dongthuan.work.decisions.models import Vote
from dongthuan.work.decisions.rules import shares_of
from dongthuan.work.decisions.voting import Booth, ballot_cast, booth_for

TYPES = {"json": "application/json", "csv": "text/csv; charset=utf-8"}


@require_safe
def decisions(request: HttpRequest) -> HttpResponse:
    """What is being decided, or was, of a village or commune."""
    form = WhereForm(request.GET)
    asked = form.cleaned_data if form.is_valid() else {}
    within = unit_by_code(asked.get("unit") or settings.SCOPE)
    running = asked.get("xem") != "xong"
    page = selectors.decisions_public(
        within=within, running=running, after=request.GET.get("after", "")[:20]
    )
    plain = {k: v for k in ("unit", "xem") if (v := asked.get(k))}
    more = f"?{urlencode({**plain, 'after': page.next})}" if page.next else ""
    context = {"form": form, "rows": page.rows, "running": running,
               "pages": {"newer": "", "older": more}}  # fmt: skip
    return render(request, "portal/decisions.html", context)


@require_safe
def decision(request: HttpRequest, code: str) -> HttpResponse:
    """One decision: what is asked, when and where, how many must agree, what came of it."""
    found = selectors.decision_public(clean(code)[:40])
    if found is None:
        raise Http404
    households, villages = shares_of(found.item, found.scope)
    book, today = load_rulebook(), found.voted_on or clock.today()
    context = {
        "row": found,
        "votes": selectors.votes_of(matter_id=found.pk),
        "course": selectors.decision_course(found),
        "share": book.value(households, on=today),
        "share_villages": book.value(villages, on=today) if villages else None,
        "basis": book.fact_version(households, on=today),
    }
    return render(request, "portal/decision.html", context)


@require_safe
def vote(request: HttpRequest, handle: uuid.UUID) -> HttpResponse:
    """One vote of any kind: turnout while it runs, result and files afterwards."""
    view = selectors.vote_public(handle)
    if view is None:
        raise Http404
    one = view.vote
    context = {"view": view, "vote": one, "matter": one.matter}
    return render(request, "portal/vote.html", context)


@require_safe
def file(request: HttpRequest, handle: uuid.UUID, name: str) -> HttpResponse:
    """A published file, byte for byte as it was hashed at the close."""
    found = selectors.file_public(handle, name[:40])
    if found is None:
        raise Http404
    kind = TYPES[found.name.rpartition(".")[2]]
    response = HttpResponse(found.body.encode(), content_type=kind)
    response["Content-Disposition"] = f'attachment; filename="{found.name}"'
    return response


# -- the booth ------------------------------------------------------------------------------------


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def booth(request: HttpRequest) -> HttpResponse:
    """The code of a sheet opens a household's ballot; then the answer is given, once.

    One address for all of it: the code travels in forms alone, never in an address.
    """
    form, status = CodeForm(request.POST if request.method == "POST" else None), 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            opened, sentence, status = _opened(request, form.cleaned_data["code"])
            if opened:
                return _ballot(request, opened, form.cleaned_data["code"])
            form.add_error("code", sentence)
    return render(request, "portal/ballot_code.html", {"form": form}, status=status)


def _opened(request: HttpRequest, typed: str) -> tuple[Booth | None, str, int]:
    """The booth behind a code; only failures count against the limit of tries."""
    if not FAILED_VOTE_CODES.left(request):
        return None, _("Too many failed tries; try again in an hour."), 429
    try:
        return booth_for(typed[:40]), "", 200
    except MatterError as error:
        FAILED_VOTE_CODES.take(request)
        return None, error.message, 404


def _ballot(request: HttpRequest, opened: Booth, code: str) -> HttpResponse:
    """The ballot, or its receipt, which is shown once and stands in no address."""
    answered = "answer" in request.POST
    form, status = BallotForm(request.POST if answered else None, vote=opened.vote), 200
    if answered:
        status = 422
        if form.is_valid() and (receipt := _cast(form, code)):
            context = {"receipt": receipt, "vote": opened.vote}
            return render(request, "portal/ballot_done.html", context)
    context = {
        "form": form, "booth": opened, "vote": opened.vote, "open": _is_open(opened), "code": code,
    }  # fmt: skip
    return render(request, "portal/ballot.html", context, status=status)


def _is_open(booth: Booth) -> bool:
    now, one = clock.now(), booth.vote
    return one.state == Vote.State.OPEN and one.opens_at <= now < one.closes_at


def _cast(form: Any, code: str) -> str:
    try:
        return ballot_cast(code=code[:40], choice=form.cleaned_data["choice"])
    except MatterError as error:
        form.add_error(None, error.message)
        return ""
