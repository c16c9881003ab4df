"""The first two doors of every request: is it readable, and in which language do we answer."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterable
from typing import Any
from urllib.parse import unquote_to_bytes

from django.conf import settings
from django.core.exceptions import (
    BadRequest,
    RequestDataTooBig,
    TooManyFieldsSent,
    TooManyFilesSent,
)
from django.http import HttpRequest, HttpResponse, QueryDict, UnreadablePostError
from django.http.multipartparser import MultiPartParserError
from django.utils import translation
from django.utils.cache import patch_vary_headers
from django.utils.translation import gettext as _

from dongthuan.core.ui.errors import error_response
from dongthuan.core.ui.language import is_machine, language_of

QUERY_STRING_LIMIT = 8192
"""Bytes. Our own longest link (a search with every filter) stays under 2,000."""

FORM_TYPES = ("application/x-www-form-urlencoded", "multipart/form-data")
# PostgreSQL cannot store a NUL and UTF-8 cannot carry half a surrogate pair.
_UNCLEAN = re.compile("[\x00\ud800-\udfff]")
_ESCAPED = re.compile(rb"\\u(?:0000|d[89a-f])", re.IGNORECASE)


def is_clean(text: str) -> bool:
    """Whether the database and the pages can carry this text."""
    return _UNCLEAN.search(text) is None


def refuse_unclean(values: QueryDict) -> None:
    """Raise BadRequest (answered as 400) when a field name or value cannot be stored."""
    if not all(map(is_clean, _texts(values.lists()))):
        raise BadRequest("The form holds characters that cannot be stored.")


class CleanInputMiddleware:
    """Refuse what no honest browser sends, before it can become an error deeper inside."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if not _cookies_are_clean(request):
            response = _refuse(request)
            # A broken cookie comes back with every request: without this the reader is locked out.
            response.headers["Clear-Site-Data"] = '"cookies"'
            return response
        if not (_path_is_clean(request) and _query_is_clean(request)):
            return _refuse(request)
        if _announced_length(request) > _length_limit():
            with translation.override(language_of(request)):
                return error_response(request, 413)
        return self.get_response(request)

    def process_view(
        self, request: HttpRequest, view: Callable, args: tuple, kwargs: dict
    ) -> HttpResponse | None:
        """Look at the body here, where Django reads it for CSRF anyway: it is parsed only once."""
        if request.method in ("GET", "HEAD", "OPTIONS", "TRACE"):
            return None
        try:
            return None if _body_is_clean(request) else _refuse(request)
        except (RequestDataTooBig, TooManyFieldsSent, TooManyFilesSent):
            with translation.override(language_of(request)):
                return error_response(request, 413)
        except (BadRequest, MultiPartParserError, UnreadablePostError):
            return _refuse(request)


class LanguageMiddleware:
    """Answer in the language that the reader chose; sets `request.LANGUAGE_CODE`."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        code = language_of(request)
        request.LANGUAGE_CODE = code  # type: ignore[attr-defined]
        with translation.override(code):
            response = self.get_response(request)
        if response.streaming:
            translation.activate(code)  # its body is made after we have returned
        response.headers.setdefault("Content-Language", code)
        patch_vary_headers(
            response, ("Cookie", "Accept-Language") if is_machine(request) else ("Cookie",)
        )
        return response


def _announced_length(request: HttpRequest) -> int:
    try:
        return int(request.META.get("CONTENT_LENGTH") or 0)
    except ValueError:
        return 0


def _length_limit() -> int:
    """What the largest honest form can weigh; more is refused before a byte is written to disk."""
    files = settings.UPLOAD_MAX_BYTES * settings.UPLOAD_MAX_FILES
    return files + settings.DATA_UPLOAD_MAX_MEMORY_SIZE


def _refuse(request: HttpRequest) -> HttpResponse:
    with translation.override(language_of(request)):
        return error_response(request, 400, _("The request holds characters that cannot be read."))


def _decodes(raw: bytes) -> bool:
    try:
        return is_clean(raw.decode())
    except UnicodeDecodeError:
        return False


def _wire(request: HttpRequest, key: str) -> bytes:
    """The bytes as they came: WSGI hands them over as latin-1 text (PEP 3333)."""
    return str(request.META.get(key, "")).encode("latin-1", "replace")


def _path_is_clean(request: HttpRequest) -> bool:
    # Django has put the bytes it could not decode back into percent signs (%FF).
    return _decodes(unquote_to_bytes(request.path_info.encode("utf-8", "surrogatepass")))


def _query_is_clean(request: HttpRequest) -> bool:
    raw = _wire(request, "QUERY_STRING")
    if len(raw) > QUERY_STRING_LIMIT or not _decodes(unquote_to_bytes(raw)):
        return False
    try:
        return all(map(is_clean, _texts(request.GET.lists())))
    except TooManyFieldsSent:
        return False


def _cookies_are_clean(request: HttpRequest) -> bool:
    # The names and values too: the cookie syntax has its own escapes ("\000").
    return _decodes(_wire(request, "HTTP_COOKIE")) and all(
        is_clean(name) and is_clean(value) for name, value in request.COOKIES.items()
    )


def _body_is_clean(request: HttpRequest) -> bool:
    if request.content_type in FORM_TYPES:
        return _form_is_clean(request)
    if (request.content_type or "").endswith("json"):
        return _json_is_clean(request.body)
    return True


def _form_is_clean(request: HttpRequest) -> bool:
    if request.content_type == FORM_TYPES[0] and not _decodes(unquote_to_bytes(request.body)):
        return False
    # In multipart forms undecodable bytes have become U+FFFD by now, which is text that a person
    # may also paste and the database can store; so it is no reason to throw a letter away.
    return all(map(is_clean, _texts(request.POST.lists()))) and all(
        is_clean(name) and all(is_clean(upload.name or "") for upload in uploads)
        for name, uploads in request.FILES.lists()
    )


def _json_is_clean(body: bytes) -> bool:
    if not _decodes(body):
        return False
    if not _ESCAPED.search(body):
        return True
    try:
        return all(map(is_clean, _json_texts(json.loads(body))))
    except (ValueError, RecursionError):
        return False


def _json_texts(value: Any) -> Iterable[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, list):
        for item in value:
            yield from _json_texts(item)
    elif isinstance(value, dict):
        for name, item in value.items():
            yield name
            yield from _json_texts(item)


def _texts(fields: Iterable[tuple[str, list[Any]]]) -> Iterable[str]:
    for name, values in fields:
        yield name
        yield from map(str, values)
