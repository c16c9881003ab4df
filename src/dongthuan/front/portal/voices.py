"""Whose voice this browser speaks with in one consultation: a sealed cookie, nothing kept here.

The cookie goes only to the pages of that consultation, for half a day. It holds the pseudonym,
which is worth nothing anywhere else, and neither the code nor the telephone number.
"""

from __future__ import annotations

import base64
import hashlib
import json

from cryptography.fernet import Fernet, InvalidToken
from django.conf import settings
from django.http import HttpRequest, HttpResponse

from dongthuan.work.consultations.models import Consultation
from dongthuan.work.consultations.voices import Voice

COOKIE = "tieng-noi"
SECONDS = 12 * 3600


def voice_open(response: HttpResponse, matter: Consultation, voice: Voice) -> None:
    """Let this browser speak with a proved voice."""
    said = json.dumps([matter.pk, voice.pseudonym, voice.proof, voice.village_id]).encode()
    response.set_cookie(
        COOKIE,
        _box().encrypt(said).decode(),
        max_age=SECONDS,
        path=f"/lay-y-kien/{matter.code}/",
        httponly=True,
        samesite="Lax",
        secure=settings.SESSION_COOKIE_SECURE,
    )


def voice_close(response: HttpResponse, matter: Consultation) -> None:
    response.delete_cookie(COOKIE, path=f"/lay-y-kien/{matter.code}/", samesite="Lax")


def voice_of(request: HttpRequest, matter: Consultation) -> Voice:
    """The voice that was proved here, or one without a name. No query."""
    try:
        said = _box().decrypt(request.COOKIES.get(COOKIE, "").encode(), ttl=SECONDS)
    except InvalidToken:
        return Voice()
    pk, pseudonym, proof, village_id = json.loads(said)
    return Voice(pseudonym, proof, village_id) if pk == matter.pk else Voice()


def _box() -> Fernet:
    key = hashlib.sha256(b"portal-voice:" + settings.SECRET_KEY.encode()).digest()
    return Fernet(base64.urlsafe_b64encode(key))
