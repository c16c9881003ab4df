"""Handing a file out. Whether the reader may have it is decided by the caller."""

from __future__ import annotations

from typing import TypeVar

from django.http import FileResponse, HttpResponse
from django.http.response import HttpResponseBase
from django.utils.http import content_disposition_header

from dongthuan.core.papers.models import Attachment

R = TypeVar("R", bound=HttpResponseBase)
SHOWN_INLINE = ("image/jpeg", "image/png", "image/webp", "application/pdf", "text/plain")


def attachment_response(attachment: Attachment, *, inline_ok: bool) -> HttpResponseBase:
    """The file with headers under which nothing in it can act on this site.

    Shown in the page only when `inline_ok` and its type is one that a browser shows by itself.
    A removed file answers 410 with its reason.
    """
    if not attachment.file:
        return HttpResponse(attachment.note, status=410, content_type="text/plain; charset=utf-8")
    inline = inline_ok and attachment.content_type in SHOWN_INLINE
    response = FileResponse(attachment.file.open("rb"), content_type=_type(attachment.content_type))
    response["Content-Length"] = str(attachment.size)
    return _harmless(response, attachment.name, inline=inline)


def bytes_response(*, name: str, content_type: str, data: bytes) -> HttpResponse:
    """The same for bytes in hand (a file of the vault): always a download, never shown in place."""
    return _harmless(HttpResponse(data, content_type=_type(content_type)), name, inline=False)


def _type(content_type: str) -> str:
    return "text/plain; charset=utf-8" if content_type == "text/plain" else content_type


def _harmless(response: R, name: str, *, inline: bool) -> R:
    response["Content-Disposition"] = content_disposition_header(not inline, name) or ""
    response["Content-Security-Policy"] = "default-src 'none'; style-src 'unsafe-inline'; sandbox"
    response["X-Content-Type-Options"] = "nosniff"
    response["Cross-Origin-Resource-Policy"] = "same-origin"
    response["Cache-Control"] = "private, no-store"
    return response
