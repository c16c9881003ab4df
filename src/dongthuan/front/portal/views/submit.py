"""Submitting in three short steps, on one address, without a script and without a session."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from dongthuan.core.matters.errors import Conflict, MatterError
from dongthuan.core.matters.models import Channel
from dongthuan.core.papers.models import Attachment
from dongthuan.core.people.actors import ANONYMOUS, Actor
from dongthuan.core.people.services import PersonError
from dongthuan.core.units.errors import UnitError
from dongthuan.front.portal.access import access_of, access_open
from dongthuan.front.portal.forms import WhereForm
from dongthuan.front.portal.limits import SUBMISSIONS, UPLOADS, bucket_take
from dongthuan.front.portal.submitting import (
    STEPS,
    Draft,
    draft_add,
    draft_files,
    draft_new,
    draft_posted,
    draft_renewed,
    draft_without,
    files_sent,
    place_values,
    places_found,
)
from dongthuan.front.receipts import lookup_qr, receipt_duties, receipt_pdf_response
from dongthuan.work.petitions.receipts import receipt_secret
from dongthuan.work.petitions.services import Receipt, Sender, submission_create


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def submit(request: HttpRequest) -> HttpResponse:
    """One page of the form; every button says with `go` what it wants."""
    if request.method != "POST":
        return _page(request, draft_new(request.GET), "what")
    step = request.POST.get("step", "")
    step = step if step in STEPS else "what"
    go, _colon, what = request.POST.get("go", "enter").partition(":")
    draft = draft_posted(request.POST)
    if go == "send" or (go == "enter" and step == "who"):
        return _send(request, draft)
    draft, problems = draft_files(draft)
    if uploads := request.FILES.getlist("papers"):
        if bucket_take(request=request, limit=UPLOADS, cost=len(uploads)):
            draft, refused = draft_add(draft, uploads, _account(request))
            problems += refused
        else:
            problems.append(_("Too many files came from your connection; try again in an hour."))
    if problems:
        return _page(request, draft, "what", problems=problems)
    return _move(request, draft, step, go, what)


def _move(request: HttpRequest, draft: Draft, step: str, go: str, what: str) -> HttpResponse:
    at = STEPS.index(step)
    if go == "back":
        return _page(request, draft, STEPS[max(at - 1, 0)])
    if go == "change" and what in STEPS[: at + 1]:
        return _page(request, draft, what)
    if go == "remove":
        return _page(request, draft_without(draft, what), step)
    if go == "upload":
        return _page(request, draft, "what")
    if go == "villages":
        return _page(request, draft, "where")
    find = request.POST.get("find", "").strip()[:200]
    if go == "find" or (go == "enter" and step == "where" and find):
        return _page(request, draft, "where", find=find)
    if go == "pick":
        draft.values.update(place_values(what[:60]))
        return _page(request, draft, "where")
    for earlier in STEPS[: at + 1]:
        form = draft.form(earlier, bound=True)
        if not form.is_valid():
            return _page(request, draft, earlier, form=form)
    return _page(request, draft, STEPS[min(at + 1, len(STEPS) - 1)])


def _page(
    request: HttpRequest,
    draft: Draft,
    step: str,
    *,
    form: Any = None,
    problems: list[str] | None = None,
    find: str | None = None,
    status: int = 0,
) -> HttpResponse:
    form = form or draft.form(step, bound=False)
    for sentence in problems or []:
        _complain(form, sentence)
    context = {
        "form": form,
        "draft": draft,
        "step": step,
        "number": STEPS.index(step) + 1,
        "steps": [_("What"), _("Where"), _("Who, and send")],
        "hidden": draft.hidden(step),
        "find": find,
        "found": places_found(find) if find else [],
        "place": _place(draft) if step == "who" else None,
        "declared": draft.values["declared"],
    }
    if isinstance(form, WhereForm):
        form.offer()
    status = status or (422 if form.errors else 200)
    return render(request, f"portal/submit_{step}.html", context, status=status)


def _complain(form: Any, sentence: str) -> None:
    """A sentence about the whole form, also on a form that was not asked whether it is valid."""
    if not form.is_bound:
        form.is_bound, form.data = True, form.initial
        form._errors = form.error_class()
        form.cleaned_data = {}
        form._errors = type(form)(data=form.initial)._errors or {}
    form.add_error(None, ValidationError(sentence))


def _place(draft: Draft) -> Any:
    where = draft.form("where", bound=True)
    return where.place if where.is_valid() and isinstance(where, WhereForm) else None


# -- sending ------------------------------------------------------------------------------------


def _send(request: HttpRequest, draft: Draft) -> HttpResponse:
    """Check all three steps once more and receive; whatever is wrong, everything typed stays."""
    already = files_sent(draft.form_token) if draft.tokens else []
    checked, problems = (draft, []) if already else draft_files(draft)
    if problems:
        return _page(request, checked, "what", problems=problems)
    for step in STEPS:
        form = draft.form(step, bound=True)
        if not form.is_valid():
            checked = checked if not already else draft_files(draft)[0]
            return _page(request, checked, step, form=form)
    if request.POST.get("website"):
        return _page(request, checked, "who", problems=[_("A field that people do not see was filled in, so nothing was sent; press “Send” again.")])
    raise NotImplementedError
