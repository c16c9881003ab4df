"""Who comes through this door: officials with a position in force and a second factor."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from allauth.account.authentication import AUTHENTICATION_METHODS_SESSION_KEY
from django.conf import settings
from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.utils.translation import gettext as _

View = Callable[..., HttpResponseBase]


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
            return redirect("mfa_index")
        return view(request, *args, **kwargs)

    return guarded


def _second_factor_used(request: HttpRequest) -> bool:
    methods = request.session.get(AUTHENTICATION_METHODS_SESSION_KEY, [])
    return any(method.get("method") == "mfa" for method in methods)
