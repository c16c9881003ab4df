"""Who comes through this door: officials with a position in force and a second factor."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any
from urllib.parse import urlencode

from allauth.account.authentication import get_authentication_records
from allauth.mfa.utils import is_mfa_enabled
from django.conf import settings
from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _

from dongthuan.core.people.actors import Actor

View = Callable[..., HttpResponseBase]


def actor_of(request: HttpRequest) -> Actor:
    """Whoever asks, as the positions held today."""
    return request.actor  # type: ignore[attr-defined,no-any-return]


def official_required(view: View) -> View:
    """Only officials; those without a second factor are sent to set one up first."""

    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if not request.user.is_authenticated:
            return redirect_to_login(request.get_full_path())
        if not request.actor.is_official:  # type: ignore[attr-defined]
            raise PermissionDenied(
                _("This page is for officials who hold a position today; your account holds none.")
            )
        if settings.OFFICIALS_NEED_MFA and not _second_factor_used(request):
            return _to_second_factor(request)
        response = view(request, *args, **kwargs)
        # Counters share their computers: nothing of the desk stays in a browser after signing out.
        response.headers.setdefault("Cache-Control", "private, no-store")
        return response

    return guarded


def _second_factor_used(request: HttpRequest) -> bool:
    records = get_authentication_records(request, request.user)  # type: ignore[arg-type]
    return any(record.get("method") == "mfa" for record in records)


def _to_second_factor(request: HttpRequest) -> HttpResponse:
    """Who has a second factor proves it now and goes on; who has none sets one up."""
    if not is_mfa_enabled(request.user):
        return redirect("mfa_index")
    there = request.get_full_path() if request.method in ("GET", "HEAD") else "/ban-lam-viec/"
    return redirect(f"{reverse('mfa_reauthenticate')}?{urlencode({'next': there})}")
