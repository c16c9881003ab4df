"""After the answer: rating, saying that it is not solved, joining what somebody else has asked."""

from __future__ import annotations

import secrets
from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from dongthuan.core.matters.errors import MatterError
from dongthuan.core.matters.models import Submission
from dongthuan.core.people.services import PersonError
from dongthuan.core.text import clean
from dongthuan.front.afterwards import RatingForm, ReopenForm, rated_before
from dongthuan.front.portal import selectors
from dongthuan.front.portal.access import access_of, access_open, account_of, citizen_actor
from dongthuan.front.portal.forms import VoiceForm
from dongthuan.front.portal.limits import REPLIES, SUBMISSIONS
from dongthuan.front.portal.views.submit import HONEYPOT
from dongthuan.work.petitions.groups import Voice, voice_add, voice_possible
from dongthuan.work.petitions.rating import (
    rateable,
    rating_changeable,
    rating_give,
    rating_of,
    reopen_ask,
    reopen_until,
    times_allowed,
    times_asked,
    times_refused,
)
from dongthuan.work.petitions.services import Sender


def after_closing(submission: Submission) -> dict[str, Any]:
    """What the page of one's own matter offers when it is closed; no query before that."""
    matter = submission.matter
    if not rateable(matter):
        return {}
    rating = rating_of(submission)
    asked = times_asked(matter)
    return {
        "rating": rating,
        "asked": asked,
        "refused": times_refused(matter) if asked else 0,
        "asks_left": max(times_allowed() - asked, 0),
        "may_rate": rating is None or rating_changeable(rating),
        "reopen_until": reopen_until(matter),
    }


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def rate(request: HttpRequest) -> HttpResponse:
    """One to five, solved or not, and why; once, changeable for some days."""
    submission = access_of(request)
    if submission is None:
        return redirect("portal:lookup")
    if not after_closing(submission).get("may_rate"):
        messages.error(request, _("This matter cannot be rated now."))
        return redirect("portal:own")
    form = RatingForm(request.POST or None, initial=rated_before(rating_of(submission)))
    return _answered(
        request,
        form,
        lambda: rating_give(
            submission=submission,
            acting=citizen_actor(account_of(request)),
            **form.cleaned_data,
        ),
        done=_("Thank you. Your rating is kept; the public sees only sums of many."),
        title=_("How was your matter handled?"),
        lead=submission.matter.code,
    )


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def reopen(request: HttpRequest) -> HttpResponse:
    """Closed but not solved: the head of the office has to examine it."""
    submission = access_of(request)
    if submission is None:
        return redirect("portal:lookup")
    if after_closing(submission).get("reopen_until") is None:
        messages.error(request, _("Reopening cannot be asked for now; submit the matter anew."))
        return redirect("portal:own")
    form = ReopenForm(request.POST or None)
    return _answered(
        request,
        form,
        lambda: reopen_ask(
            submission=submission,
            acting=citizen_actor(account_of(request)),
            reason=form.cleaned_data["reason"],
        ),
        done=_("The head of the office has to examine this; see below until when."),
        title=_("It is closed, but not solved"),
        lead=submission.matter.code,
    )


def _answered(
    request: HttpRequest, form: Any, act: Callable[[], Any], *, done: str, title: str, lead: str
) -> HttpResponse:
    """Take the form's act, or show the form with what is wrong."""
    status = 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            try:
                if not REPLIES.take(request):
                    raise MatterError(
                        _("Too many messages came from your connection; try again later.")
                    )
                act()
            except MatterError as error:
                form.add_error(error.field if error.field in form.fields else None, error.message)
            else:
                messages.success(request, done)
                return redirect("portal:own")
    context = {
        "form": form,
        "shell": "portal/base.html",
        "title": title,
        "lead": lead,
        "submit": _("Send"),
        "back_url": reverse("portal:own"),
    }
    return render(request, "ui/form_page.html", context, status=status)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def voice(request: HttpRequest, code: str) -> HttpResponse:
    """I have the same problem: a submission of one's own on a matter that was published."""
    found = selectors.public_matter(clean(code)[:40])
    if found is None or not voice_possible(found.projection):
        raise Http404
    form = VoiceForm(request.POST or None, initial={"form_token": secrets.token_urlsafe(24)})
    status = 200
    if request.method == "POST":
        status = 422
        if form.is_valid() and (added := _joined(request, form, found.projection.code)):
            response = redirect("portal:receipt")
            access_open(response, added.submission)
            return response
    context = {"form": form, "row": found.projection, "honeypot": HONEYPOT}
    return render(request, "portal/voice.html", context, status=status)


def _joined(request: HttpRequest, form: VoiceForm, code: str) -> Voice | None:
    data = form.cleaned_data
    if request.POST.get(HONEYPOT):
        form.add_error(
            None,
            _("A field that people do not see was filled in; nothing was sent. Send again."),
        )
        return None
    if not SUBMISSIONS.take(request):
        form.add_error(
            None, _("Too many petitions came from your connection; try again in an hour.")
        )
        return None
    account = account_of(request)
    try:
        return voice_add(
            acting=citizen_actor(account),
            code=code,
            text=data["text"],
            sender=Sender(
                name=data["name"], phone=data["phone"], email=data["email"], account=account
            ),
            idempotency_key=f"voice-{data['form_token']}",
        )
    except (MatterError, PersonError) as error:
        form.add_error(None, str(error))
        return None
