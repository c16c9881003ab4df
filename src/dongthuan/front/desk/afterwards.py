"""After closing, at the counter or by telephone: an official writes down what somebody says."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from dongthuan.core.matters import policies, selectors
from dongthuan.core.matters.errors import MatterError
from dongthuan.core.matters.models import Submission
from dongthuan.front.afterwards import RatingForm, ReopenForm, rated_before, spoken
from dongthuan.front.desk.access import official_required
from dongthuan.work.petitions.rating import rating_give, rating_of, reopen_ask


@official_required
def rate(request: HttpRequest, code: str, handle: UUID) -> HttpResponse:
    submission = _submission(request, code, handle)
    form = spoken(RatingForm(request.POST or None, initial=rated_before(rating_of(submission))))
    return _written_down(
        request,
        form,
        code,
        _("Write down a rating"),
        lambda: rating_give(submission=submission, acting=_actor(request), **form.cleaned_data),
    )


@official_required
def reopen(request: HttpRequest, code: str, handle: UUID) -> HttpResponse:
    submission = _submission(request, code, handle)
    form = spoken(ReopenForm(request.POST or None))
    return _written_down(
        request,
        form,
        code,
        _("Write down: not solved"),
        lambda: reopen_ask(submission=submission, acting=_actor(request), **form.cleaned_data),
    )


def _actor(request: HttpRequest) -> Any:
    return request.actor  # type: ignore[attr-defined]


def _submission(request: HttpRequest, code: str, handle: UUID) -> Submission:
    found = selectors.matter_get(actor=_actor(request), code=code)
    if found is None or not policies.speaks_for(_actor(request), found):
        raise Http404
    submission = found.submissions.filter(uuid=handle).first()
    if submission is None:
        raise Http404
    return submission


def _written_down(
    request: HttpRequest, form: Any, code: str, title: str, act: Callable[[], Any]
) -> HttpResponse:
    status = 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            try:
                act()
            except MatterError as error:
                form.add_error(error.field if error.field in form.fields else None, error.message)
            else:
                messages.success(request, _("Written down."))
                return redirect("desk:matter", code=code)
    context = {
        "form": form,
        "shell": "desk/base.html",
        "title": title,
        "lead": code,
        "submit": _("Write"),
        "back_url": reverse("desk:matter", args=[code]),
    }
    return render(request, "ui/form_page.html", context, status=status)
