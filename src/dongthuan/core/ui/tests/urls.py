"""A few addresses for the tests of the look, so that they need no other room."""

from __future__ import annotations

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, JsonResponse, StreamingHttpResponse
from django.urls import include, path
from django.utils.translation import get_language
from django.views.decorators.csrf import csrf_exempt


def language(request: HttpRequest) -> HttpResponse:
    return HttpResponse(get_language())


def stream(request: HttpRequest) -> StreamingHttpResponse:
    return StreamingHttpResponse(get_language() for _ in range(1))


@csrf_exempt
def echo(request: HttpRequest) -> JsonResponse:
    files = {name: upload.read().decode() for name, upload in request.FILES.items()}
    return JsonResponse({**request.POST.dict(), **request.GET.dict(), **files})


def guarded(request: HttpRequest) -> HttpResponse:
    return HttpResponse("accepted")


def broken(request: HttpRequest) -> HttpResponse:
    raise RuntimeError("a fault with details that nobody outside may read")


def forbidden(request: HttpRequest) -> HttpResponse:
    raise PermissionDenied


urlpatterns = [
    path("", language),
    path("stream/", stream),
    path("echo/", echo),
    path("guarded/", guarded),
    path("broken/", broken),
    path("forbidden/", forbidden),
    path("gui/", language),
    path("api/language/", language),
    path("api/echo/", echo),
    path("api/broken/", broken),
    path("", include("dongthuan.core.ui.urls")),
]
handler400 = "dongthuan.core.ui.errors.bad_request"
handler403 = "dongthuan.core.ui.errors.permission_denied"
handler404 = "dongthuan.core.ui.errors.page_not_found"
handler500 = "dongthuan.core.ui.errors.server_error"
