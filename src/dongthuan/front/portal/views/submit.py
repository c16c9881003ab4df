"""Submitting in three short steps, on one address, without a script and without a session."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from dongthuan.core.matters.errors import Conflict, MatterError
from dongthuan.core.matters.models import Channel
from dongthuan.core.matters.receipts import receipt_secret
from dongthuan.core.people.services import PersonError
from dongthuan.core.text import clean
from dongthuan.core.units.errors import UnitError
from dongthuan.front.portal.access import access_of, access_open, account_of, citizen_actor
from dongthuan.front.portal.forms import DECLARED, WhereForm
from dongthuan.front.portal.limits import SUBMISSIONS, UPLOADS
from dongthuan.front.portal.submitting import (
    STEPS,
    Draft,
    draft_add,
    draft_files,
    draft_new,
    draft_place,
    draft_posted,
    draft_renewed,
    draft_sent,
    draft_without,
    place_values,
    places_found,
)
from dongthuan.front.receipts import lookup_qr, receipt_duties, receipt_pdf_response
from dongthuan.work.petitions.services import Receipt, Sender, submission_create

HONEYPOT = "website"


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def submit(request: HttpRequest) -> HttpResponse:
    """One page of the form; every button says with `go` what it wants.

    A denunciation has a door of its own: here a text lies in the page and files wait on the disk.
    """
    if "to-cao" in request.GET.getlist("loai") or request.POST.get("declared") == "denunciation":
        return redirect("portal:denounce")
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
        draft, refused = _kept(request, draft, uploads)
        problems += refused
    if problems:
        return _page(request, draft, "what", problems=problems, status=422)
    return _move(request, draft, step, go, what)


def _kept(request: HttpRequest, draft: Draft, uploads: list[Any]) -> tuple[Draft, list[str]]:
    if not UPLOADS.take(request):
        return draft, [_("Too many files came from your connection; try again in an hour.")]
    return draft_add(draft, uploads)


def _move(request: HttpRequest, draft: Draft, step: str, go: str, what: str) -> HttpResponse:
    at = STEPS.index(step)
    find = clean(request.POST.get("find", ""))[:200]
    if go == "back":
        return _page(request, draft, STEPS[max(at - 1, 0)])
    if go == "change" and what in STEPS[: at + 1]:
        return _page(request, draft, what)
    if go in ("remove", "upload"):
        return _page(request, draft_without(draft, what), "what")
    if go == "pick":
        draft.values.update(place_values(what[:60]))
    if go in ("pick", "villages"):
        return _page(request, draft, "where")
    if go == "find" or (go == "enter" and step == "where" and find):
        return _page(request, draft, "where", find=find)
    for earlier in STEPS[: at + 1]:
        form = draft.form(earlier, bound=True)
        if not form.is_valid():
            return _page(request, draft, earlier, form=form, status=422)
    return _page(request, draft, STEPS[min(at + 1, len(STEPS) - 1)])


def _page(
    request: HttpRequest,
    draft: Draft,
    step: str,
    *,
    form: Any = None,
    problems: Sequence[str] = (),
    find: str | None = None,
    status: int = 200,
) -> HttpResponse:
    form = form or draft.form(step, bound=False)
    if isinstance(form, WhereForm):
        form.offer()
    context = {
        "form": form,
        "draft": draft,
        "step": step,
        "number": STEPS.index(step) + 1,
        "steps": [_("What"), _("Where"), _("Who, and send")],
        "hidden": draft.hidden(step),
        "problems": problems,
        "find": find,
        "found": places_found(find) if find else [],
        "place": draft_place(draft) if step == "who" else None,
        "declared": draft.values["declared"],
        "declared_label": dict(DECLARED)[draft.values["declared"]],
        "honeypot": HONEYPOT,
        "max_bytes": settings.UPLOAD_MAX_BYTES,
    }
    return render(request, f"portal/submit_{step}.html", context, status=status)


# -- sending ------------------------------------------------------------------------------------


def _send(request: HttpRequest, draft: Draft) -> HttpResponse:
    """Check all three steps once more and receive; whatever is wrong, everything typed stays."""
    draft, problems = draft_sent(draft)
    if problems:
        return _page(request, draft, "what", problems=problems, status=422)
    for step in STEPS:
        form = draft.form(step, bound=True)
        if not form.is_valid():
            return _page(request, draft, step, form=form, status=422)
    if request.POST.get(HONEYPOT):
        sentence = _("A field that people do not see was filled in; nothing was sent. Send again.")
        return _page(request, draft, "who", problems=[sentence], status=422)
    if not SUBMISSIONS.take(request):
        sentence = _("Too many petitions came from your connection; try again in an hour.")
        return _page(request, draft, "who", problems=[sentence], status=429)
    try:
        receipt = _received(request, draft)
    except Conflict:
        sentence = _(
            "This form was already sent with another content. To send this too, send it again."
        )
        return _page(request, draft_renewed(draft), "who", problems=[sentence], status=409)
    except (MatterError, PersonError, UnitError) as error:
        return _page(request, draft, "who", problems=[str(error)], status=422)
    response = redirect("portal:receipt")
    access_open(response, receipt.submission)
    return response


def _received(request: HttpRequest, draft: Draft) -> Receipt:
    """Hand the draft to the one service that receives submissions."""
    values, place = draft.values, draft_place(draft)
    account = account_of(request)
    return submission_create(
        acting=citizen_actor(account),
        place=place,
        text=values["text"],
        channel=Channel.WEB,
        sender=Sender(
            name=values["name"],
            address=values["address"],
            phone=values["phone"],
            email=values["email"],
            account=account,
        ),
        place_text=values["place_text"],
        declared=values["declared"],
        attachments=draft.files,
        idempotency_key=f"web-{draft.form_token}",
    )


# -- the receipt ----------------------------------------------------------------------------------


@never_cache
@require_safe
def receipt(request: HttpRequest) -> HttpResponse:
    """Code and secret, shown for half an hour to the browser that sent the submission."""
    submission = access_of(request)
    if submission is None:
        return redirect("portal:lookup")
    matter = submission.matter
    context = {
        "submission": submission,
        "matter": matter,
        "secret": receipt_secret(submission),
        "qr": lookup_qr(matter),
        "duties": receipt_duties(matter),
    }
    return render(request, "portal/receipt.html", context)


@never_cache
@require_safe
def receipt_paper(request: HttpRequest) -> HttpResponse:
    submission = access_of(request)
    if submission is None:
        return redirect("portal:lookup")
    return receipt_pdf_response(submission)
