"""Looking up: one's own matter with code and secret, what was published, one by its code."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from dongthuan.core import clock
from dongthuan.core.matters.errors import MatterError
from dongthuan.core.matters.kinds import kind_of
from dongthuan.core.matters.models import Level, Submission
from dongthuan.core.papers.errors import UploadError
from dongthuan.core.papers.responses import attachment_response
from dongthuan.core.papers.services import attachments_store
from dongthuan.core.text import clean
from dongthuan.front.portal import selectors
from dongthuan.front.portal.access import (
    access_close,
    access_of,
    access_open,
    account_of,
    citizen_actor,
)
from dongthuan.front.portal.forms import LookupForm, ReplyForm, SearchForm
from dongthuan.front.portal.limits import FAILED_LOOKUPS, REPLIES
from dongthuan.front.portal.views.after import after_closing
from dongthuan.front.portal.views.denounce import sealed_thread
from dongthuan.front.telling import rows_told, state_told, words_of
from dongthuan.insight.search.selectors import public_search
from dongthuan.work.petitions.groups import voice_possible
from dongthuan.work.petitions.joining import joined_into_public
from dongthuan.work.petitions.services import petitioner_reply, submission_find

# -- the two ways to look up ----------------------------------------------------------------------


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def lookup(request: HttpRequest) -> HttpResponse:
    """POST: code and secret. GET: words and filters over what has been published."""
    if request.method == "POST":
        return _open(request)
    typed = clean(request.GET.get("ma", ""))[:40]
    return _lookup_page(request, LookupForm(initial={"code": typed}))


def _open(request: HttpRequest) -> HttpResponse:
    """One answer for a wrong code and a wrong secret; either costs a try."""
    form = LookupForm(request.POST)
    status = 422
    if form.is_valid():
        if not FAILED_LOOKUPS.left(request):
            form.add_error(None, _("Too many failed tries; try again in an hour."))
            status = 429
        elif submission := submission_find(**form.cleaned_data):
            response = redirect("portal:own")
            access_open(response, submission)
            return response
        elif thread := sealed_thread(request, form.cleaned_data["secret"]):
            return thread
        else:
            FAILED_LOOKUPS.take(request)
            form.add_error(None, _("Code and secret do not belong together; check both."))
    return _lookup_page(request, form, status=status)


def _lookup_page(
    request: HttpRequest, form: LookupForm, *, status: int = 200, kept: str = ""
) -> HttpResponse:
    search = SearchForm(request.GET)
    wanted = search.wanted()
    page = public_search(
        q=wanted["q"],
        kind=wanted["kind"],
        unit=wanted["unit"],
        topic=wanted["topic"],
        state=wanted["state"],
        page=_number(request.GET.get("trang", "")),
    )
    plain = {name: value for name, value in wanted.items() if value}
    context = {
        "form": form,
        "search": search,
        "page": page,
        "found": rows_told(page.rows),
        "filtered": bool(plain),
        "narrowed": bool(set(plain) - {"q"}),
        "pages": {
            "newer": f"?{urlencode({**plain, 'trang': page.number - 1})}" * (page.number > 1),
            "older": f"?{urlencode({**plain, 'trang': page.number + 1})}" * page.more,
        },
        "kept": kept,
    }
    return render(request, "portal/lookup.html", context, status=status)


def _number(text: str) -> int:
    return int(text) if text.isascii() and text.isdigit() and len(text) < 4 else 1


@require_safe
def public(request: HttpRequest, code: str) -> HttpResponse:
    """One matter as anybody may see it. Sealed, unknown and mistyped codes are answered alike."""
    found = selectors.public_matter(clean(code)[:40])
    if found is None:
        raise Http404
    context = {
        "found": found,
        "row": found.projection,
        "state": state_told(found.projection),
        "words": words_of(found.projection.kind),
        "today": clock.today(),
        # Nobody submits a promise or a session: nobody has a secret for it.
        "own": kind_of(found.projection.kind).counts_as_case,
        "may_join": voice_possible(found.projection),
        "main": joined_into_public(found.projection),
    }
    return render(request, "portal/public_matter.html", context)


# -- one's own matter -----------------------------------------------------------------------------


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def own(request: HttpRequest) -> HttpResponse:
    """All that was said to the petitioner; POST adds something."""
    submission = access_of(request)
    if submission is None:
        return _expired(request)
    form, status = ReplyForm(), 200
    if request.method == "POST":
        form, status = ReplyForm(request.POST), 422
        if form.is_valid() and _replied(request, submission, form):
            messages.success(request, _("Your words are on the file."))
            return redirect("portal:own")
    return _own_page(request, submission, form, status)


def _own_page(
    request: HttpRequest, submission: Submission, form: ReplyForm, status: int
) -> HttpResponse:
    view = selectors.own_view(submission)
    kind = kind_of(view.matter.kind)
    context = {
        "view": view,
        "matter": view.matter,
        "submission": submission,
        "declared": selectors.declared_by(submission),
        "kind": kind,
        "state": kind.state(view.matter.state),
        "entries": [(entry, view.papers.get(entry.pk, [])) for entry in view.entries],
        "loose": view.papers.get(0, []),
        "form": form,
        "today": clock.today(),
        **after_closing(submission),
    }
    response = render(request, "portal/own.html", context, status=status)
    access_open(response, submission)
    return response


def _expired(request: HttpRequest) -> HttpResponse:
    """The half hour is over: ask for code and secret again, and lose nothing that was typed."""
    if request.method != "POST":
        return redirect("portal:lookup")
    form = LookupForm()
    kept = clean(request.POST.get("text", ""))
    return _lookup_page(request, form, status=403, kept=kept)


def _replied(request: HttpRequest, submission: Submission, form: ReplyForm) -> bool:
    """File the reply with its uploads, all or nothing; else the form says why."""
    if not REPLIES.take(request):
        form.add_error(None, _("Too many messages came from your connection; try again later."))
        return False
    account = None if submission.matter.is_sealed else account_of(request)
    uploads: list[Any] = request.FILES.getlist("papers")
    try:
        petitioner_reply(
            submission=submission,
            acting=citizen_actor(account),
            text=form.cleaned_data["text"],
            attachments=attachments_store(uploads=uploads),
        )
    except (MatterError, UploadError) as error:
        form.add_error(None, str(error))
        return False
    return True


@never_cache
@require_safe
def own_paper(request: HttpRequest, handle: UUID) -> HttpResponseBase:
    submission = access_of(request)
    paper = selectors.own_paper(submission, handle) if submission else None
    if paper is None:
        raise Http404
    return attachment_response(paper.attachment, inline_ok=True)


@require_POST
def leave(request: HttpRequest) -> HttpResponse:
    """Forget on this browser what was opened."""
    messages.success(request, _("Closed. This device no longer shows your matter."))
    response = redirect("portal:lookup")
    access_close(response)
    return response


# -- with an account ------------------------------------------------------------------------------


@never_cache
@require_safe
@login_required
def mine(request: HttpRequest) -> HttpResponse:
    """What was sent while signed in."""
    rows = selectors.own_submissions(request.user)  # type: ignore[arg-type]
    return render(request, "portal/mine.html", {"rows": rows})


@require_POST
@login_required
def mine_open(request: HttpRequest, handle: UUID) -> HttpResponse:
    """Open one of them without its secret; a sealed matter always needs it."""
    submission = get_object_or_404(
        Submission.objects.filter(matter__level__lt=Level.RESTRICTED),
        uuid=handle,
        citizen__account=request.user,
    )
    response = redirect("portal:own")
    access_open(response, submission)
    return response
