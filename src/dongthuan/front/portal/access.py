"""Who has shown code and secret: a sealed cookie for half an hour, nothing on the server.

The cookie names the submission and the version of its receipt, encrypted under the server's key.
It holds neither code nor secret, so that even a stolen one ends with its time.
"""

from __future__ import annotations

import base64
import hashlib
import json

from cryptography.fernet import Fernet, InvalidToken
from django.conf import settings
from django.http import HttpRequest, HttpResponse

from dongthuan.core.matters.models import Submission
from dongthuan.core.people.actors import ANONYMOUS, Actor
from dongthuan.core.people.models import Account

COOKIE = "don-cua-toi"
SECONDS = 30 * 60


def access_open(response: HttpResponse, submission: Submission) -> None:
    """Let this browser read the submission for the next half hour."""
    said = json.dumps([submission.pk, submission.receipt_version]).encode()
    response.set_cookie(
        COOKIE,
        _box().encrypt(said).decode(),
        max_age=SECONDS,
        httponly=True,
        samesite="Strict",
        secure=settings.SESSION_COOKIE_SECURE,
    )


def access_close(response: HttpResponse) -> None:
    response.delete_cookie(COOKIE, samesite="Strict")


def access_of(request: HttpRequest) -> Submission | None:
    """The submission that this browser may read now; one query, none without the cookie."""
    try:
        said = _box().decrypt(request.COOKIES.get(COOKIE, "").encode(), ttl=SECONDS)
    except InvalidToken:
        return None
    number, version = json.loads(said)
    return (
        Submission.objects.select_related("matter__unit", "matter__place")
        .filter(pk=number, receipt_version=version)
        .first()
    )


def _box() -> Fernet:
    key = hashlib.sha256(b"portal-access:" + settings.SECRET_KEY.encode()).digest()
    return Fernet(base64.urlsafe_b64encode(key))


def account_of(request: HttpRequest) -> Account | None:
    """Whoever is signed in; asks the database only when there is a session."""
    return request.user if isinstance(request.user, Account) else None  # type: ignore[return-value]


def citizen_actor(account: Account | None) -> Actor:
    """At this door an official is a citizen like any other: positions do not count."""
    if account is None:
        return ANONYMOUS
    return Actor(mode="citizen", account_id=account.pk, name=account.name)
