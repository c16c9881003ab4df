"""The floor of the web stack: one view with a constant answer, no middleware, no database."""

from __future__ import annotations

import django
from django.conf import settings
from django.core.wsgi import get_wsgi_application
from django.http import HttpRequest, HttpResponse
from django.urls import path

BODY = b"<!doctype html><title>.</title>" + b"<p>Xin ch\xc3\xa0o</p>" * 400


def page(request: HttpRequest) -> HttpResponse:
    return HttpResponse(BODY)


urlpatterns = [path("", page)]
settings.configure(
    ROOT_URLCONF=__name__, ALLOWED_HOSTS=["127.0.0.1"], MIDDLEWARE=[], SECRET_KEY="bench",
)  # fmt: skip
django.setup()
application = get_wsgi_application()
