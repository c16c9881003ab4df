"""Answers that anybody may read anywhere: cross-origin readable, cacheable, with an ETag."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils.cache import get_conditional_response, patch_vary_headers
from django.utils.http import quote_etag
from django.utils.translation import get_language

View = Callable[..., HttpResponse]


def public(*, max_age: int = 0) -> Callable[[View], View]:
    """For GET operations without any secret. `max_age` in seconds; 0 is not kept anywhere."""

    def decorate(run: View) -> View:
        @wraps(run)
        def opened(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
            response = run(request, *args, **kwargs)
            if max_age and response.status_code == 200:
                response = _cacheable(request, response, max_age)
            response.headers["Access-Control-Allow-Origin"] = "*"
            return response

        return opened

    return decorate


def _cacheable(request: HttpRequest, response: HttpResponse, max_age: int) -> HttpResponse:
    seed = f"{get_language()}:".encode() + response.content
    etag = quote_etag(hashlib.sha256(seed).hexdigest()[:32])
    response.headers["ETag"] = etag
    response.headers["Cache-Control"] = f"public, max-age={max_age}"
    patch_vary_headers(response, ("Accept-Language",))
    return get_conditional_response(request, etag=etag, response=response) or response
