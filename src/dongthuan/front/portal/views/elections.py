"""What residents propose, what the village writes for itself, whom it elects: for everybody.

No page needs an account or JavaScript; none names a household or who supports what.
"""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from dongthuan.core.matters.errors import MatterError
from dongthuan.core.people.actors import ANONYMOUS
from dongthuan.core.people.services import PersonError
from dongthuan.core.text import clean
from dongthuan.core.units.errors import UnitError
from dongthuan.core.units.models import Unit
from dongthuan.core.units.selectors import unit_by_code
from dongthuan.front.portal.elections_forms import (
    OpinionForm,
    ProposeForm,
    SupportForm,
    VillageFindForm,
    WithdrawForm,
)
from dongthuan.front.portal.limits import FAILED_LOOKUPS, REPLIES, SUBMISSIONS
from dongthuan.front.showing import refusal_show
from dongthuan.work.decisions import village_selectors as selectors
from dongthuan.work.decisions.conventions.models import Convention
from dongthuan.work.decisions.conventions.services import comment_add
from dongthuan.work.decisions.initiatives.models import Initiative
from dongthuan.work.decisions.initiatives.services import (
    Proposer,
    initiative_propose,
    initiative_withdraw,
    support_add,
    support_withdraw,
)

Refused = (MatterError, PersonError, UnitError)
ASKED = ["GET", "HEAD", "POST"]


def _list(request: HttpRequest, find: Any, template: str) -> HttpResponse:
    """A public list, of one village if asked for, newest first."""
    form = VillageFindForm(request.GET)
    code = form.cleaned_data["village"] if form.is_valid() else ""
    village: Unit | None = unit_by_code(code) if code else None
    page = find(village=village, after=request.GET.get("after", "")[:20])
    plain = {"village": code} if code else {}
    older = f"?{urlencode({**plain, 'after': page.next})}" if page.next else ""
    context = {"form": form, "rows": page.rows, "pages": {"newer": "", "older": older}}
    return render(request, template, context)


# -- initiatives ------------------------------------------------------------------------------


@require_safe
def initiatives(request: HttpRequest) -> HttpResponse:
    return _list(request, selectors.initiatives_public, "portal/initiatives.html")


def _initiative(code: str) -> Initiative:
    found = selectors.initiative_public(clean(code)[:40])
    if found is None:
        raise Http404
    return found


@require_safe
def initiative(request: HttpRequest, code: str) -> HttpResponse:
    """One initiative: how many of how many, and what is still needed."""
    found: Any = _initiative(code)
    needed = selectors.needed_of(found.now_all)
    context = {
        "row": found, "needed": needed, "left": max(needed - found.now_yes, 0),
        "children": found.children.filter(projection__isnull=False).order_by("id"),
    }  # fmt: skip
    return render(request, "portal/initiative.html", context)


@never_cache
@require_http_methods(ASKED)
def propose(request: HttpRequest) -> HttpResponse:
    """Propose without an account; the answer shows code and secret once."""
    form, status = ProposeForm(request.POST or None), 200
    if request.method == "POST":
        status = 422
        if form.is_valid() and not SUBMISSIONS.take(request):
            form.add_error(None, _("Too many came from your connection; try again later."))
            status = 429
        elif form.is_valid() and (made := _proposed(form)):
            return render(request, "portal/initiative_receipt.html", {"made": made})
    return render(request, "portal/initiative_propose.html", {"form": form}, status=status)


def _proposed(form: ProposeForm) -> Any:
    data = form.cleaned_data
    try:
        return initiative_propose(
            acting=ANONYMOUS, village=unit_by_code(data["village"]), item=data["item"],
            text=data["text"],
            proposer=Proposer(data["name"], data["address"], data["phone"], data["email"]),
        )  # fmt: skip
    except Refused as error:
        refusal_show(form, error)
        return None


@never_cache
@require_http_methods(ASKED)
def support(request: HttpRequest, code: str) -> HttpResponse:
    """A household supports it, or takes its support back, with number and code of its slip."""
    found = _initiative(code)
    form, status = SupportForm(request.POST or None, initial={"go": "support"}), 200
    if request.method == "POST":
        status = 422
        if form.is_valid() and not FAILED_LOOKUPS.left(request):
            form.add_error(None, _("Too many failed tries; try again in an hour."))
            status = 429
        elif form.is_valid() and _supported(request, found, form):
            return redirect("portal:initiative", code=found.code)
    context = {"form": form, "row": found}
    return render(request, "portal/initiative_support.html", context, status=status)


def _supported(request: HttpRequest, found: Initiative, form: SupportForm) -> bool:
    data = form.cleaned_data
    number, code = data["number"], data["code"]
    try:
        if data["go"] == "back":
            support_withdraw(acting=ANONYMOUS, initiative_id=found.pk, number=number, code=code)
            messages.success(request, _("Your household has taken its support back."))
            return True
        made = support_add(
            acting=ANONYMOUS, initiative_id=found.pk, number=number, channel="code", code=code
        )
    except MatterError as error:
        if error.field == "code":
            FAILED_LOOKUPS.take(request)
        refusal_show(form, error)
        return False
    text = _("The support of your household is counted until %(day)s.")
    messages.success(request, text % {"day": f"{made.valid_until:%d/%m/%Y}"})
    return True


@never_cache
@require_http_methods(ASKED)
def withdraw(request: HttpRequest) -> HttpResponse:
    """Whoever proposed takes it back, with code and secret of the receipt."""
    form, status = WithdrawForm(request.POST or None), 200
    if request.method == "POST":
        status = 422
        if form.is_valid() and not FAILED_LOOKUPS.left(request):
            form.add_error(None, _("Too many failed tries; try again in an hour."))
            status = 429
        elif form.is_valid() and _withdrawn(request, form):
            messages.success(request, _("Your initiative is withdrawn."))
            return redirect("portal:initiatives")
    return render(request, "portal/initiative_withdraw.html", {"form": form}, status=status)


def _withdrawn(request: HttpRequest, form: WithdrawForm) -> bool:
    try:
        initiative_withdraw(code=form.cleaned_data["code"], secret=form.cleaned_data["secret"])
    except MatterError as error:
        if error.field == "secret":
            FAILED_LOOKUPS.take(request)
        refusal_show(form, error)
        return False
    return True


# -- conventions ------------------------------------------------------------------------------


@require_safe
def conventions(request: HttpRequest) -> HttpResponse:
    return _list(request, selectors.conventions_public, "portal/conventions.html")


def _convention(code: str) -> Convention:
    found = selectors.convention_public(clean(code)[:40])
    if found is None:
        raise Http404
    return found


@require_safe
def convention(request: HttpRequest, code: str) -> HttpResponse:
    """The text as it binds, or as it hangs; its adoption in figures; all versions."""
    found = _convention(code)
    context = {
        "row": found, "sections": list(found.sections.all()),
        "versions": selectors.versions_public(found),
    }  # fmt: skip
    return render(request, "portal/convention.html", context)


@never_cache
@require_http_methods(ASKED)
def opinion(request: HttpRequest, code: str) -> HttpResponse:
    """An opinion on a draft that hangs, with no name (Decree 61, Điều 9.2)."""
    found = _convention(code)
    form, status = OpinionForm(request.POST or None, matter=found), 200
    if request.method == "POST":
        status = 422
        if form.is_valid() and not REPLIES.take(request):
            form.add_error(None, _("Too many came from your connection; try again later."))
            status = 429
        elif form.is_valid() and _said(found, form):
            messages.success(request, _("Your opinion is with the village."))
            return redirect("portal:convention", code=found.code)
    context = {"form": form, "row": found}
    return render(request, "portal/convention_opinion.html", context, status=status)


def _said(found: Convention, form: OpinionForm) -> bool:
    data = form.cleaned_data
    try:
        comment_add(
            acting=ANONYMOUS, convention_id=found.pk, text=data["text"],
            section_id=data["section"],
        )  # fmt: skip
    except MatterError as error:
        refusal_show(form, error)
        return False
    return True


# -- elections --------------------------------------------------------------------------------


@require_safe
def elections(request: HttpRequest) -> HttpResponse:
    return _list(request, selectors.elections_public, "portal/elections.html")


@require_safe
def election(request: HttpRequest, code: str) -> HttpResponse:
    """When and where, who stands, how many votes of all households, who recognised it."""
    found = selectors.election_public(clean(code)[:40])
    if found is None:
        raise Http404
    vote = found.vote
    result = vote.result if vote else None
    context = {
        "row": found, "candidates": list(found.candidates.all()),
        "related": selectors.elections_beside(found),
        "result": result, "yes": (result or {}).get("counts", {}).get("yes"),
        # Before the Front has fixed its list nobody is published as standing.
        "listed": found.listed_on is not None and found.is_election,
    }  # fmt: skip
    return render(request, "portal/election.html", context)
