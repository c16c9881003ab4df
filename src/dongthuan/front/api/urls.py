"""`/api/v1/`: the page for people, the document for programs, and the operations."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import URLPattern, path

from dongthuan.front.api import views
from dongthuan.front.api.api import api
from dongthuan.front.api.problems import Problem, problem_response

View = Callable[..., HttpResponse]


def door(view: View) -> View:
    """What HTTP expects of every address: HEAD where there is GET, OPTIONS, a plain 405, and
    nothing kept in caches unless the operation says so."""

    @wraps(view)
    def entered(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        method = request.method
        if method == "HEAD":
            request.method = "GET"
        try:
            response = view(request, *args, **kwargs)
        finally:
            request.method = method
        if response.status_code == 405:
            response = _refused(request, response.headers["Allow"])
        response.headers.setdefault("Cache-Control", "no-store")
        return response

    entered.csrf_exempt = True  # type: ignore[attr-defined]
    return entered


def _refused(request: HttpRequest, offered: str) -> HttpResponse:
    methods = {method.strip() for method in offered.split(",")} | {"OPTIONS"}
    if "GET" in methods:
        methods.add("HEAD")
    allow = {"Allow": ", ".join(sorted(methods))}
    if request.method == "OPTIONS":
        return HttpResponse(status=204, headers=allow)
    return problem_response(request, Problem(405, headers=allow))


app_name = "api"
operations = [pattern for pattern in api.urls[0] if isinstance(pattern, URLPattern)]
urlpatterns = [
    path("v1/", door(views.index), name="index"),
    path("v1/openapi.json", door(views.openapi), name="openapi"),
    *[
        path(f"v1/{operation.pattern}", door(operation.callback), name=operation.name)
        for operation in operations
        if operation.name != "api-root"
    ],
]
