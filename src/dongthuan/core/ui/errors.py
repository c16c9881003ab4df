"""Error answers: one plain sentence, what to do next, the right status code.

Nothing here touches the database, the session or the context processors, so a page can be made
when all of those are broken.
"""

from __future__ import annotations

import json
import logging
from http import HTTPStatus
from typing import Any

from django.core.exceptions import RequestDataTooBig, TooManyFieldsSent, TooManyFilesSent
from django.http import HttpRequest, HttpResponse
from django.template import loader
from django.utils import translation
from django.utils.html import escape
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop as N_

from dongthuan.core.ui.context import page
from dongthuan.core.ui.language import is_machine, language_of

log = logging.getLogger(__name__)

# status: (title, what happened, what to do next)
TEXTS: dict[int, tuple[str, str, str]] = {
    400: (
        N_("The request could not be understood"),
        N_("Something in the address or in the form could not be read."),
        N_("Go back, check what you typed and send it again."),
    ),
    403: (
        N_("You may not see this page"),
        N_("This page is only for people with a certain position or the owner of the matter."),
        N_("Sign in with the right account, or ask the office that handles the matter."),
    ),
    404: (
        N_("There is no such page"),
        N_("The address may be mistyped, or the page has been moved."),
        N_("Check the address, start from the home page, or look your matter up by its code."),
    ),
    409: (
        N_("Somebody else has just changed this"),
        N_("What you sent was based on an older state, so nothing was saved."),
        N_("Open the page again, look at what changed, then decide once more."),
    ),
    413: (
        N_("What you sent is too large"),
        N_("The files or the text together exceed what the system accepts."),
        N_("Send fewer or smaller files, or bring them to the reception counter."),
    ),
    429: (
        N_("Too many attempts"),
        N_("Your device has sent too many requests in a short time."),
        N_("Wait some minutes, then try again."),
    ),
    500: (
        N_("The system has a fault"),
        N_("The fault is ours, not yours, and it has been recorded."),
        N_("Try again in some minutes. What you have already received a code for is safe."),
    ),
}
CSRF_TITLE = N_("The form has expired")
CSRF_TEXT = N_("The page stood open for too long, or your browser refuses cookies.")
CSRF_NEXT = N_("Open the form again and send it once more; nothing was saved.")

# The last resort, when even the template cannot be rendered.
BARE = (
    '<!doctype html><html lang="{lang}"><meta charset="utf-8"><title>{title}</title>'
    "<h1>{title}</h1><p>{text}</p><p>{next}</p></html>"
)


def error_response(
    request: HttpRequest, status: int, message: str = "", *, title: str = "", next_step: str = ""
) -> HttpResponse:
    """The error page, or `application/problem+json` (RFC 9457) for a program.

    `message` is shown to everybody, so it must be a sentence written for the reader; the standard
    text of the status is used when it is empty.
    """
    known = TEXTS.get(status) or TEXTS[500 if status >= 500 else 400]
    title, text, next_step = title or _(known[0]), message or _(known[1]), next_step or _(known[2])
    if is_machine(request):
        response = _problem(request, status, title, text)
    else:
        response = HttpResponse(_page(request, status, title, text, next_step), status=status)
        response.headers["Content-Language"] = translation.get_language() or "vi"
    response.headers["Cache-Control"] = "no-store"
    return response


def bad_request(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """handler400; a body over Django's limits arrives here too and is told as what it is."""
    too_much = isinstance(exception, RequestDataTooBig | TooManyFieldsSent | TooManyFilesSent)
    return _in_language(request, 413 if too_much else 400)


def permission_denied(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """handler403; a PermissionDenied raised with a sentence shows that sentence."""
    return _in_language(request, 403, _sentence(exception))


def page_not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """handler404"""
    return _in_language(request, 404)


def conflict(request: HttpRequest, message: str = "") -> HttpResponse:
    return _in_language(request, 409, message)


def too_large(request: HttpRequest, message: str = "") -> HttpResponse:
    return _in_language(request, 413, message)


def too_many_requests(
    request: HttpRequest, *args: Any, message: str = "", **kwargs: Any
) -> HttpResponse:
    """429; the further arguments let it serve as AXES_LOCKOUT_CALLABLE."""
    return _in_language(request, 429, message)


def server_error(request: HttpRequest) -> HttpResponse:
    """handler500"""
    return _in_language(request, 500)


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """CSRF_FAILURE_VIEW; `reason` is for developers and is not shown."""
    with translation.override(language_of(request)):
        return error_response(
            request, 403, _(CSRF_TEXT), title=_(CSRF_TITLE), next_step=_(CSRF_NEXT)
        )


def _in_language(request: HttpRequest, status: int, message: str = "") -> HttpResponse:
    with translation.override(language_of(request)):
        return error_response(request, status, message)


def _sentence(exception: Exception | None) -> str:
    return str(exception.args[0]) if exception is not None and exception.args else ""


def _problem(request: HttpRequest, status: int, title: str, detail: str) -> HttpResponse:
    body = {
        "type": "about:blank",
        "title": title,
        "status": status,
        "detail": detail,
        "instance": request.path.encode("utf-8", "replace").decode(),
    }
    return HttpResponse(
        json.dumps(body, ensure_ascii=False), status=status, content_type="application/problem+json"
    )


def _page(request: HttpRequest, status: int, title: str, text: str, next_step: str) -> str:
    context = {"status": status, "title": title, "text": text, "next_step": next_step}
    try:
        return loader.render_to_string("ui/error.html", {**page(request), **context})
    except Exception:
        # Whatever is broken, the reader still gets a sentence and the status code.
        log.exception("the error page %s could not be rendered", HTTPStatus(status))
        lang = translation.get_language() or "vi"
        return BARE.format(
            lang=lang, title=escape(title), text=escape(text), next=escape(next_step)
        )
