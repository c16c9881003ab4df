"""One form on one page of the desk: shown, refused with its sentence, or done and left."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from django.contrib import messages
from django.forms import Form
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.functional import Promise
from django.utils.translation import gettext as _

from dongthuan.core.matters.errors import MatterError
from dongthuan.core.papers.errors import UploadError
from dongthuan.front.showing import refusal_show


def saved_say(request: HttpRequest) -> None:
    """Say that it was saved, unless the view has said something better already."""
    if not getattr(messages.get_messages(request), "added_new", False):
        messages.success(request, _("Saved."))


def form_taken(
    request: HttpRequest,
    form: Form,
    act: Callable[[dict[str, Any]], object],
    *,
    back: str = "",
    refused: tuple[type[Exception], ...] = (MatterError,),
) -> tuple[HttpResponse | None, int]:
    """Do what a good form asks and lead on, to the address that `act` gives, or `back`.

    Otherwise None and the status with which the form is shown: 200, or 422 with its refusal.
    """
    if request.method != "POST":
        return None, 200
    if form.is_valid():
        try:
            done = act(form.cleaned_data)
            saved_say(request)
            return redirect(done if isinstance(done, str) else back), 302
        except refused as error:
            refusal_show(form, error)
    return None, 422


def form_show(
    request: HttpRequest, form: Form, *, room: tuple[str, Promise], title: str, back: str,
    submit: str, status: int = 200, template: str = "desk/room_form.html", **more: Any,
) -> HttpResponse:  # fmt: skip
    """One form on a page of a room, shown as it is; `room`: name of its address, its words."""
    context = {
        "form": form, "room": room, "title": title, "back_url": back, "submit": submit, **more,
    }  # fmt: skip
    return render(request, template, context, status=status)


def form_serve(
    request: HttpRequest, form: Form, act: Callable[[dict[str, Any]], str], *, title: str,
    submit: str, crumbs: Sequence[tuple[str, str]], lead: str = "", multipart: bool = False,
    template: str = "desk/one_form.html", **more: Any,
) -> HttpResponse:  # fmt: skip
    """`act` takes the cleaned answers and gives the address to go to; `crumbs`: (address, words),
    the last of them the page to go back to."""
    done, status = form_taken(request, form, act, refused=(MatterError, UploadError))
    if done is not None:
        return done
    context = {
        "form": form, "title": title, "submit": submit, "lead": lead, "multipart": multipart,
        "crumbs": crumbs[:-1], "back": crumbs[-1], **more,
    }  # fmt: skip
    return render(request, template, context, status=status)
