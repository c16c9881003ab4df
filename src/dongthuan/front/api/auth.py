"""Who calls: a token in the header Authorization, never a cookie."""

from __future__ import annotations

from django.http import HttpRequest
from django.utils.translation import gettext as _
from ninja.errors import AuthenticationError
from ninja.security import HttpBearer

from dongthuan.core.people.actors import ANONYMOUS, Actor, actor_for
from dongthuan.core.people.models import Account
from dongthuan.core.people.services import token_account
from dongthuan.front.api.problems import Problem


class BearerToken(HttpBearer):
    """An official's token: it acts with the positions that its owner holds today."""

    def authenticate(self, request: HttpRequest, token: str) -> Actor:
        actor = actor_for(_account(token))
        if not actor.is_official:
            raise Problem(
                403, _("The owner of this token holds no position today, so it opens nothing.")
            )
        return actor


def caller(request: HttpRequest) -> tuple[Actor, Account | None]:
    """Who calls an operation that is open to everybody. A bad token is refused, not ignored:
    its sender believes to be known."""
    header = request.headers.get("Authorization", "")
    if not header:
        return ANONYMOUS, None
    scheme, _space, token = header.partition(" ")
    if scheme.lower() != "bearer":
        raise AuthenticationError
    account = _account(token.strip())
    return actor_for(account), account


def _account(token: str) -> Account:
    account = token_account(token)
    if account is None:
        raise AuthenticationError
    return account
