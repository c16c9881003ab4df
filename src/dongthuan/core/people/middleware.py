"""Puts `request.actor` on every request, computed only when somebody asks for it."""

from __future__ import annotations

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.utils.functional import SimpleLazyObject

from dongthuan.core.people.actors import ANONYMOUS, Actor, actor_for
from dongthuan.core.people.models import Account


class ActorMiddleware:
    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        request.actor = SimpleLazyObject(lambda: _actor(request))  # type: ignore[attr-defined]
        return self.get_response(request)


def _actor(request: HttpRequest) -> Actor:
    user = request.user
    if isinstance(user, Account) or getattr(user, "is_authenticated", False):
        return actor_for(user)  # type: ignore[arg-type]
    return ANONYMOUS
