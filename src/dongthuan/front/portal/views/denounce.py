"""Denouncing: one form, one receipt, one thread. No account, no session, no cookie of ours; all
travels in the bodies of forms over pages that no browser keeps.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.conf import settings
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from dongthuan.core import clock
from dongthuan.core.matters.errors import MatterError
from dongthuan.core.matters.kinds import kind_of, model_of
from dongthuan.core.matters.models import Audience, Channel, Duty, Entry, Matter
from dongthuan.core.papers.errors import UploadError
from dongthuan.core.people.actors import ANONYMOUS
from dongthuan.core.people.services import PersonError
from dongthuan.core.text import clean
from dongthuan.front.denouncing import DenunciationForm, DigitsForm, WriteForm
from dongthuan.front.portal.limits import DENUNCIATIONS, FAILED_DIGITS, REPLIES
from dongthuan.work.denunciations import vault
from dongthuan.work.denunciations.services import denouncer_wrote, denunciation_create

HONEYPOT = "website"
LONGEST = 100


def sealed_page(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """A page that no cache keeps and no search engine lists; its errors print no content."""

    @wraps(view)
    @sensitive_post_parameters()
    @require_http_methods(["GET", "HEAD", "POST"])
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        return _unkept(view(request, *args, **kwargs))

    return guarded


def _unkept(response: HttpResponse) -> HttpResponse:
    response["Cache-Control"] = "no-store, private"
    response["X-Robots-Tag"] = "noindex"
    return response


# -- sending --------------------------------------------------------------------------------------


@sealed_page
def denounce(request: HttpRequest) -> HttpResponse:
    """The form; what was typed comes back in the page when something is wrong."""
    if request.method != "POST":
        return _form(request, DenunciationForm(initial={"form_token": vault.form_token()}))
    form = DenunciationForm(request.POST)
    if not form.is_valid():
        return _form(request, form, 422)
    if request.POST.get(HONEYPOT):
        form.add_error(
            None, _("A field that people do not see was filled in; nothing was sent. Send again.")
        )
        return _form(request, form, 422)
    if not DENUNCIATIONS.take(request):
        form.add_error(
            None, _("Too many denunciations came from your connection; try again in an hour.")
        )
        return _form(request, form, 429)
    return _received(request, form)


def _received(request: HttpRequest, form: DenunciationForm) -> HttpResponse:
    """All of it or nothing; then the digits, shown in this answer and never again."""
    data = form.cleaned_data
    assert form.place is not None  # a valid form has one
    try:
        receipt = denunciation_create(
            acting=ANONYMOUS,
            place=form.place,
            letter=form.letter,
            identity=form.identity,
            channel=Channel.WEB,
            uploads=request.FILES.getlist("papers"),
            head_denounced=data["head_denounced"],
            digits=vault.form_digits(data["form_token"]),
        )
    except (MatterError, UploadError, PersonError) as error:
        name = getattr(error, "field", "") or ""
        form.add_error(name if name in form.fields else None, str(error))
        return _form(request, form, 422)
    context = {
        "matter": receipt.matter,
        "receipt": vault.Receipt16(receipt.matter.pk, receipt.digits),
        "duties": receipt.duties,
        "named": bool(form.identity),
        "today": clock.today(),
    }
    return render(request, "portal/denounce_receipt.html", context)


def _form(request: HttpRequest, form: DenunciationForm, status: int = 200) -> HttpResponse:
    form.offer()
    context = {"form": form, "honeypot": HONEYPOT, "max_bytes": settings.UPLOAD_MAX_BYTES}
    return render(request, "portal/denounce.html", context, status=status)


# -- coming back ----------------------------------------------------------------------------------


@sealed_page
def denounce_back(request: HttpRequest) -> HttpResponse:
    """Digits open the thread; a handle in the page keeps it open for half an hour."""
    if request.method != "POST":
        return _digits(request, DigitsForm())
    if handle := request.POST.get("handle", ""):
        return _continued(request, handle)
    form = DigitsForm(request.POST)
    if not form.is_valid():
        return _digits(request, form, 422)
    if not FAILED_DIGITS.left(request):
        form.add_error(None, _("Too many failed tries; try again in an hour."))
        return _digits(request, form, 429)
    typed = form.cleaned_data["digits"]
    thread = vault.vault_thread(receipt=typed) if vault.secret_plausible(typed) else None
    if thread is None:
        FAILED_DIGITS.take(request)
        form.add_error("digits", _("These digits open nothing; compare them with your receipt."))
        return _digits(request, form, 422)
    return thread_page(request, thread)


def sealed_thread(request: HttpRequest, secret: str) -> HttpResponse | None:
    """The thread of a petition that was found to be a denunciation, by its earlier secret."""
    thread = vault.vault_thread(receipt=secret) if vault.secret_plausible(secret) else None
    return _unkept(thread_page(request, thread)) if thread else None


def _continued(request: HttpRequest, handle: str) -> HttpResponse:
    thread = vault.vault_thread_again(handle=handle[:1000])
    if thread is None:
        kept = clean(request.POST.get("text", ""))
        return _digits(request, DigitsForm(), 403, kept=kept, expired=True)
    if "text" not in request.POST:
        return thread_page(request, thread)
    form = WriteForm(request.POST)
    if form.is_valid() and _written(request, thread, form):
        fresh = vault.vault_thread_again(handle=handle[:1000]) or thread
        return thread_page(request, fresh, done=True)
    return thread_page(request, thread, form=form, status=422)


def _written(request: HttpRequest, thread: vault.Thread, form: WriteForm) -> bool:
    if not REPLIES.take(request):
        form.add_error(None, _("Too many messages came from your connection; try again later."))
        return False
    data = form.cleaned_data
    try:
        with transaction.atomic():
            new = vault.vault_reply(
                thread=thread,
                text=data["text"],
                files=request.FILES.getlist("papers"),
                sort=data["sort"],
                once=data["once"],
            )
            if new:
                denouncer_wrote(matter=new, sort=data["sort"])
    except (MatterError, UploadError) as error:
        name = getattr(error, "field", "") or ""
        form.add_error(name if name in form.fields else None, str(error))
        return False
    return True


def _digits(
    request: HttpRequest,
    form: DigitsForm,
    status: int = 200,
    *,
    kept: str = "",
    expired: bool = False,
) -> HttpResponse:
    context = {"form": form, "kept": kept, "expired": expired}
    return render(request, "portal/denounce_back.html", context, status=status)


def thread_page(
    request: HttpRequest,
    thread: vault.Thread,
    *,
    form: WriteForm | None = None,
    done: bool = False,
    status: int = 200,
) -> HttpResponse:
    """State and dates in words, what was written to and fro, and a form to write."""
    base = Matter.objects.only("kind").get(pk=thread.matter_id)
    matter = model_of(base.kind)._default_manager.select_related("unit").get(pk=base.pk)
    entries = Entry.objects.filter(matter=matter, audience__lte=Audience.PETITIONER)
    context = {
        "matter": matter,
        "state": kind_of(matter.kind).state(matter.state),
        "duties": Duty.objects.filter(matter=matter).order_by("-id")[:LONGEST],
        "entries": entries.order_by("-id")[:LONGEST],
        "items": thread.items,
        "handle": vault.thread_handle(thread),
        "form": form or WriteForm(initial={"once": vault.form_token()}),
        "done": done,
        "today": clock.today(),
    }
    return render(request, "portal/denounce_thread.html", context, status=status)
