"""Every refusal of the API: `application/problem+json` (RFC 9457), one plain sentence each.

The sentence is in the language of Accept-Language, Vietnamese by default. What was wrong with a
field stands in `errors`, named as the caller named it.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import (
    BadRequest,
    RequestDataTooBig,
    SuspiciousOperation,
    TooManyFieldsSent,
    TooManyFilesSent,
)
from django.http import Http404, HttpRequest, HttpResponse, UnreadablePostError
from django.http.multipartparser import MultiPartParserError
from django.http.request import RawPostDataException
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop as N_
from ninja import NinjaAPI
from ninja.errors import HttpError, ValidationError

from dongthuan.core.calendar import CalendarError
from dongthuan.core.law import RuleError
from dongthuan.core.matters.errors import Conflict, MatterError, NotAllowed
from dongthuan.core.papers.errors import UploadError
from dongthuan.core.people.services import PersonError
from dongthuan.core.units.errors import UnitError

CONTENT_TYPE = "application/problem+json"

# status: (slug of its type, title, the sentence used when there is no better one)
KINDS: dict[int, tuple[str, str, str]] = {
    400: (
        "bad-request",
        N_("The request could not be understood"),
        N_("The request cannot be read; send well-formed JSON in UTF-8."),
    ),
    401: (
        "token",
        N_("A valid token is needed"),
        N_("Send a valid token in the header “Authorization: Bearer …”."),
    ),
    403: (
        "forbidden",
        N_("Your position may not do this"),
        N_("Your position may not do this."),
    ),
    404: (
        "not-found",
        N_("There is nothing here"),
        N_("There is no such record, or it is not open to you."),
    ),
    405: (
        "method",
        N_("This method is not offered here"),
        N_("This address does not answer to that method; see the header Allow."),
    ),
    409: (
        "conflict",
        N_("Somebody else has just changed this"),
        N_("What you sent was based on an older state, so nothing was saved."),
    ),
    413: (
        "too-large",
        N_("What you sent is too large"),
        N_("The files or the text together exceed what the system accepts."),
    ),
    415: (
        "media-type",
        N_("This type of content is not accepted here"),
        N_("Send the body as %(type)s."),
    ),
    422: (
        "invalid",
        N_("Something in the request is not right"),
        N_("Correct the fields named under “errors” and send it again; nothing was saved."),
    ),
    429: (
        "too-many",
        N_("Too many attempts"),
        N_("Too many attempts from your network; wait some minutes, then try again."),
    ),
    503: (
        "unavailable",
        N_("This does not work just now"),
        N_("Try again in some minutes; nothing was saved."),
    ),
}


@dataclass(frozen=True)
class FieldError:
    """What is wrong with one field; 'sender.phone', 'data.title', '' for the whole."""

    field: str
    detail: str


class Problem(Exception):
    """A refusal with its status; raised anywhere below a view."""

    def __init__(
        self,
        status: int,
        detail: str = "",
        *,
        errors: Iterable[FieldError] = (),
        headers: Mapping[str, str] | None = None,
    ) -> None:
        super().__init__(detail)
        self.status = status
        self.detail = detail
        self.errors = list(errors)
        self.headers = dict(headers or {})


def invalid(field: str, detail: str) -> Problem:
    """422 about one field."""
    return Problem(422, detail, errors=[FieldError(field, detail)])


def problem_response(request: HttpRequest, problem: Problem) -> HttpResponse:
    slug, title, standard = KINDS[problem.status]
    body: dict[str, Any] = {
        "type": f"/api/v1/#{slug}",
        "title": _(title),
        "status": problem.status,
        "detail": problem.detail or _(standard),
        "instance": request.path.encode("utf-8", "replace").decode(),
    }
    if problem.errors:
        body["errors"] = [{"field": e.field, "detail": e.detail} for e in problem.errors]
    response = HttpResponse(
        json.dumps(body, ensure_ascii=False),
        status=problem.status,
        content_type=CONTENT_TYPE,
        headers=problem.headers,
    )
    response.headers["Cache-Control"] = "no-store"
    return response


def wrong_media_type(wanted: str) -> Problem:
    return Problem(415, _(KINDS[415][2]) % {"type": wanted}, headers={"Accept": wanted})


# -- from our own errors ------------------------------------------------------------------


def in_words(error: RuleError | CalendarError) -> str:
    """The law's sentence in the reader's language."""
    return error.en if get_language() == "en" else error.vi


def _matter_error(error: MatterError) -> Problem:
    return invalid(error.field, str(error.message))


def _upload_error(error: UploadError) -> Problem:
    match error.code:
        case "size":
            return Problem(413, error.message)
        case "unscanned":
            return Problem(503, error.message, headers={"Retry-After": "60"})
        case "expired" | "count":
            return invalid("attachments", error.message)
    return invalid("file", error.message)


def _http_error(error: HttpError) -> Problem:
    if isinstance(error.__cause__, Problem):
        return error.__cause__
    if error.status_code == 401:
        return Problem(401, headers={"WWW-Authenticate": 'Bearer realm="dongthuan"'})
    return Problem(error.status_code if error.status_code in KINDS else 400)


def _no_body(error: Exception) -> Problem:
    return Problem(400)


_HANDLED: dict[type[Exception], Callable[[Any], Problem]] = {
    Problem: lambda error: error,
    HttpError: _http_error,
    ValidationError: lambda error: _validation(error),
    Http404: lambda error: Problem(404),
    Conflict: lambda error: Problem(409, str(error.message)),
    NotAllowed: lambda error: Problem(403, str(error.message)),
    MatterError: _matter_error,
    PersonError: lambda error: invalid("sender", str(error)),
    UploadError: _upload_error,
    UnitError: lambda error: invalid("unit", str(error)),
    RuleError: lambda error: invalid("", in_words(error)),
    CalendarError: lambda error: invalid("", in_words(error)),
    RequestDataTooBig: lambda error: Problem(413),
    TooManyFieldsSent: lambda error: Problem(413),
    TooManyFilesSent: lambda error: Problem(413),
    RawPostDataException: _no_body,
    UnreadablePostError: _no_body,
    MultiPartParserError: _no_body,
    BadRequest: _no_body,
    SuspiciousOperation: _no_body,
}


def problems_install(api: NinjaAPI) -> None:
    """Answer all of the above as problems; anything else is our own fault (handler500)."""
    for kind, translate in _HANDLED.items():
        api.add_exception_handler(kind, _handler(translate))


def _handler(translate: Callable[[Any], Problem]) -> Callable[[HttpRequest, Any], HttpResponse]:
    def handle(request: HttpRequest, error: Any) -> HttpResponse:
        return problem_response(request, translate(error))

    return handle


# -- what pydantic found, in plain words --------------------------------------------------------

_SENTENCES = {
    "missing": N_("This field is required."),
    "extra_forbidden": N_("This field is not known here."),
    "string_type": N_("This must be a text."),
    "string_too_short": N_("This needs at least %(min_length)s characters."),
    "string_too_long": N_("This may have at most %(max_length)s characters."),
    "string_pattern_mismatch": N_("This does not have the form that is asked for."),
    "int_type": N_("This must be a whole number."),
    "int_parsing": N_("This must be a whole number."),
    "int_parsing_size": N_("This number is too large."),
    "int_from_float": N_("This must be a whole number."),
    "bool_type": N_("This must be true or false."),
    "bool_parsing": N_("This must be true or false."),
    "greater_than_equal": N_("This must be at least %(ge)s."),
    "less_than_equal": N_("This must be at most %(le)s."),
    "list_type": N_("This must be a list."),
    "dict_type": N_("This must be an object with named fields."),
    "model_type": N_("This must be an object with named fields."),
    "model_attributes_type": N_("This must be an object with named fields."),
    "too_long": N_("This list may hold at most %(max_length)s items."),
    "too_short": N_("This list needs at least %(min_length)s items."),
    "literal_error": N_("This must be one of: %(expected)s."),
    "enum": N_("This must be one of: %(expected)s."),
    "date": N_("This must be a day such as 2026-08-28."),
}
_OTHERWISE = N_("This value cannot be taken.")


def _validation(error: ValidationError) -> Problem:
    seen: dict[str, FieldError] = {}
    for item in error.errors:
        field = field_name(item["loc"])
        seen.setdefault(field, FieldError(field, sentence(item)))
    return Problem(422, errors=seen.values())


def field_name(loc: Iterable[Any]) -> str:
    """('body', 'body', 'sender', 'phone') -> 'sender.phone'; the outer names are ours."""
    parts = [str(part) for part in loc]
    if parts and parts[0] in ("body", "query", "path", "header", "file", "form"):
        source, parts = parts[0], parts[1:]
        if len(parts) > 1 and parts[0] in ("body", "query"):
            parts = parts[1:]
        elif parts == ["body"] and source == "body":
            parts = []
    return ".".join(part for part in parts if not part.startswith("function-"))


def sentence(item: Mapping[str, Any]) -> str:
    context = {
        name: str(value).replace(" or ", ", ") if name == "expected" else value
        for name, value in (item.get("ctx") or {}).items()
    }
    try:
        return _(_SENTENCES.get(item["type"], _OTHERWISE)) % context
    except KeyError:
        return _(_OTHERWISE)
