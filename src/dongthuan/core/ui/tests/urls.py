"""A few addresses for the tests of the look, so that they need no other room."""

from __future__ import annotations

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, JsonResponse, StreamingHttpResponse
from django.shortcuts import render
from django.template import engines
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


def desk(request: HttpRequest) -> HttpResponse:
    page = """{% extends "ui/desk.html" %}{% block title %}Việc{% endblock %}
    {% block content %}<h1>Việc</h1>
    <label for="q">Tìm</label><input type="search" id="q" name="q">
    <table class="table" data-rows><caption>Việc</caption>
    <thead><tr><th scope="col">Mã</th></tr></thead>
    <tbody><tr><td><a href="#1" data-row>DP-1</a></td></tr>
    <tr><td><a href="#2" data-row>DP-2</a></td></tr></tbody></table>{% endblock %}
    {% block aside %}<aside aria-label="Hạn"><p>Hạn</p></aside>{% endblock %}"""
    return HttpResponse(engines["django"].from_string(page).render({}, request))


def received(request: HttpRequest) -> HttpResponse:
    return render(request, "ui/message.html", {"title": "Đã nhận", "draft_done": "guide"})


urlpatterns = [
    path("", language),
    path("stream/", stream),
    path("echo/", echo),
    path("guarded/", guarded),
    path("broken/", broken),
    path("forbidden/", forbidden),
    path("gui/", language),
    path("ban-lam-viec/", desk),
    path("received/", received),
    path("api/language/", language),
    path("api/echo/", echo),
    path("api/broken/", broken),
    path("", include("dongthuan.core.ui.urls")),
]
handler400 = "dongthuan.core.ui.errors.bad_request"
handler403 = "dongthuan.core.ui.errors.permission_denied"
handler404 = "dongthuan.core.ui.errors.page_not_found"
handler500 = "dongthuan.core.ui.errors.server_error"
