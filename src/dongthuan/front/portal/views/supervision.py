"""What the people's boards found and what was answered; conferences of the year."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from dongthuan.core import clock
from dongthuan.core.matters.errors import MatterError
from dongthuan.core.papers.responses import attachment_response
from dongthuan.core.text import clean
from dongthuan.core.units.models import Unit
from dongthuan.core.units.selectors import unit_by_code
from dongthuan.front.portal.limits import FAILED_LOOKUPS, HINTS
from dongthuan.front.portal.supervision_forms import (
    HintForm,
    HintLookupForm,
    WatchFilterForm,
)
from dongthuan.front.showing import refusal_show
from dongthuan.work.supervision import selectors
from dongthuan.work.supervision.hints import hint_create, hint_find, hint_secret
from dongthuan.work.supervision.models import Board, Finding

FEED_SIZE = 40


@require_safe
def watch(request: HttpRequest) -> HttpResponse:
    """Findings with their answers, newest first; the boards of the place; the year's gatherings."""
    form = WatchFilterForm(request.GET)
    asked = form.cleaned_data if form.is_valid() else {}
    within = unit_by_code(asked.get("unit") or settings.SCOPE)
    late = asked.get("late") == "1"
    after = request.GET.get("after", "")[:20]
    page = selectors.findings_public(within=within, late=late, after=after)
    plain = {k: v for k in ("unit", "late") if (v := asked.get(k))}
    context = {
        "form": form,
        "page": page,
        "next_url": f"?{urlencode({**plain, 'after': page.next})}" if page.next else "",
        "feed_url": f"{reverse('portal:watch_feed')}?{urlencode(plain)}",
        "boards": [] if after else selectors.boards_public(within=within).rows,
        "year": None if after else selectors.year_public(within=within, year=clock.today().year),
        "today": clock.today(),
    }
    return render(request, "portal/supervision.html", context)


@require_safe
def board(request: HttpRequest, code: str) -> HttpResponse:
    """A board: who sits on it, its plan, what it inspects, what it found."""
    found = _board(code)
    context = {
        "board": found,
        "leaves": selectors.leaves_public(found),
        "inspections": selectors.inspections_public(found),
        "findings": selectors.findings_public(board=found).rows,
        "today": clock.today(),
    }
    return render(request, "portal/supervision_board.html", context)


def _board(code: str) -> Board:
    found = selectors.board_public(clean(code))
    if found is None:
        raise Http404
    return found


@require_safe
def finding(request: HttpRequest, code: str) -> HttpResponse:
    """One finding from the day it was sent: photographs, answer, days taken, its course."""
    found = _finding(code)
    context = {"row": found, "story": selectors.finding_story(found), "today": clock.today()}
    return render(request, "portal/supervision_finding.html", context)


def _finding(code: str) -> Finding:
    found = selectors.finding_public(clean(code))
    if found is None:
        raise Http404
    return found


@require_safe
def photo(request: HttpRequest, handle: UUID) -> HttpResponseBase:
    """A photograph of a finding that was sent."""
    found = selectors.photo_public(handle)
    if found is None:
        raise Http404
    return attachment_response(found.attachment, inline_ok=True)


# -- feeds ----------------------------------------------------------------------------------------


def _feed(request: HttpRequest, template: str, context: dict[str, Any]) -> HttpResponse:
    base = request.build_absolute_uri("/").rstrip("/")
    context = {**context, "base": base, "self_url": request.build_absolute_uri()}
    return render(request, template, context, content_type="application/atom+xml; charset=utf-8")


@require_safe
def watch_feed(request: HttpRequest) -> HttpResponse:
    """Findings of a place as Atom, so that a reader tells when there is a new one."""
    form = WatchFilterForm(request.GET)
    asked = form.cleaned_data if form.is_valid() else {}
    within: Unit = unit_by_code(asked.get("unit") or settings.SCOPE)
    rows = selectors.findings_public(within=within, size=FEED_SIZE).rows
    return _feed(request, "portal/supervision_feed.xml", {"rows": rows, "within": within})


@require_safe
def finding_feed(request: HttpRequest, code: str) -> HttpResponse:
    """The course of one finding as Atom: whoever follows it learns of the answer."""
    found = _finding(code)
    story = selectors.finding_story(found)
    return _feed(request, "portal/supervision_course.xml", {"row": found, "story": story})


# -- telling a board something --------------------------------------------------------------------


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def tell(request: HttpRequest, code: str) -> HttpResponse:
    """Tell a board something; the answer shows code and secret once."""
    found = _board(code)
    form, status = HintForm(request.POST or None), 200
    if request.method == "POST":
        status = 422
        if form.is_valid() and not HINTS.take(request):
            form.add_error(None, _("Too much came from your connection; try again later."))
            status = 429
        elif form.is_valid():
            try:
                hint = hint_create(board=found, **form.cleaned_data)
                context = {"hint": hint, "secret": hint_secret(hint), "board": found}
                return render(request, "portal/supervision_told.html", context)
            except MatterError as error:
                refusal_show(form, error)
    context = {"form": form, "board": found}
    return render(request, "portal/supervision_tell.html", context, status=status)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def told(request: HttpRequest) -> HttpResponse:
    """POST with code and secret: what the board answered; no address ever holds them."""
    form, status, found = HintLookupForm(request.POST or None), 200, None
    if request.method == "POST":
        status = 422
        if form.is_valid() and not FAILED_LOOKUPS.left(request):
            form.add_error(None, _("Too many failed tries; try again in an hour."))
            status = 429
        elif form.is_valid():
            found = hint_find(**form.cleaned_data)
            if found is None:
                FAILED_LOOKUPS.take(request)
                form.add_error(None, _("Code and secret do not belong together; check both."))
            else:
                status = 200
    context = {"form": form, "hint": found}
    return render(request, "portal/supervision_answer.html", context, status=status)


# -- conferences ----------------------------------------------------------------------------------


@require_safe
def gathering(request: HttpRequest, code: str) -> HttpResponse:
    """A conference: when, what was reported, asked, answered, promised."""
    found = selectors.gathering_public(clean(code))
    if found is None:
        raise Http404
    context = {
        "row": found,
        "points": selectors.points_public(found),
        "today": clock.today(),
    }
    return render(request, "portal/supervision_gathering.html", context)
