"""The two addresses that are not operations: the page for people and the OpenAPI document."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed
from django.shortcuts import render
from django.utils.translation import gettext as _

from dongthuan.front.api import document
from dongthuan.front.api.opening import public
from dongthuan.front.api.problems import KINDS

EXAMPLE = {"type": "application/json"}


@public(max_age=300)
def openapi(request: HttpRequest) -> HttpResponse:
    if request.method != "GET":
        return HttpResponseNotAllowed(["GET"])
    return HttpResponse(document.as_bytes(), content_type="application/json; charset=utf-8")


def index(request: HttpRequest) -> HttpResponse:
    """What the API does and how to try it with curl, in the reader's language."""
    if request.method != "GET":
        return HttpResponseNotAllowed(["GET"])
    problems = [
        {"slug": slug, "status": status, "title": _(title), "text": _(text) % EXAMPLE}
        for status, (slug, title, text) in KINDS.items()
    ]
    context = {
        "base": request.build_absolute_uri("/api/v1"),
        "groups": document.by_tag(),
        "problems": problems,
    }
    return render(request, "api/index.html", context)
