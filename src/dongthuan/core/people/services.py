"""All writes on people: accounts, citizens, appointments, tokens."""

from __future__ import annotations

import base64
import datetime as dt
import hashlib
import re
import secrets
from typing import Any

from allauth.account.models import EmailAddress
from cryptography.fernet import Fernet
from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import transaction
from django.utils.translation import gettext as _

from dongthuan.core import clock
from dongthuan.core.people.models import Account, ApiToken, Appointment
from dongthuan.core.text import clean, sort_key
from dongthuan.core.units.models import Position


class PersonError(ValueError):
    """A datum about a person cannot be taken; the message is one plain sentence."""


_PHONE = re.compile(r"^(?:\+?84|0)(?:[35789]\d{8}|2\d{8,9})$")


def phone_normalise(raw: str) -> str:
    """'+84 912.345.678' -> '0912345678'; '' stays ''. Raises PersonError on anything else."""
    digits = re.sub(r"[\s.\-()]", "", raw)
    if not digits:
        return ""
    if not _PHONE.match(digits):
        raise PersonError(_("The telephone number is not valid in Viet Nam; check the digits."))
    return "0" + re.sub(r"^(?:\+?84|0)", "", digits)


def citizen_data(
    *, name: str = "", address: str = "", phone: str = "", email: str = "", id_number: str = ""
) -> dict[str, Any]:
    """Checked and normalised fields of a citizen; raises PersonError naming what is wrong."""
    email = clean(email).lower()
    if email:
        try:
            validate_email(email)
        except ValidationError:
            raise PersonError(
                _("The e-mail address is not valid; it looks like ten@vidu.vn.")
            ) from None
    id_number = re.sub(r"\s", "", id_number)
    if id_number and not re.fullmatch(r"\d{9}|\d{12}|[A-Za-z]\d{7,8}", id_number):
        raise PersonError(_("The ID number has 12 digits (or 9, or is a passport number)."))
    name = clean(name)
    if len(name) > 120:
        raise PersonError(_("The name is longer than 120 letters."))
    return {
        "name": name,
        "name_key": sort_key(name),
        "address": clean(address)[:300],
        "phone": phone_normalise(phone),
        "email": email,
        "id_number": seal(id_number) if id_number else None,
    }


@transaction.atomic
def account_create(*, email: str, name: str, password: str | None = None) -> Account:
    """An account made by an administrator: its e-mail address counts as confirmed."""
    account = Account.objects.create_user(email=email, name=clean(name), password=password)
    EmailAddress.objects.create(user=account, email=account.email, verified=True, primary=True)
    return account


def appointment_create(
    *,
    account: Account,
    position: Position,
    valid_from: dt.date,
    valid_to: dt.date | None = None,
    acting: bool = False,
    document: str = "",
) -> Appointment:
    """Appoint a person; the term must be in order and the position in force at its start."""
    if valid_to and valid_to < valid_from:
        raise PersonError(_("The term ends before it begins."))
    if position.valid_to and position.valid_to < valid_from:
        raise PersonError(_("The position no longer exists on that day."))
    return Appointment.objects.create(
        account=account,
        position=position,
        valid_from=valid_from,
        valid_to=valid_to,
        acting=acting,
        document=clean(document),
    )


def appointment_end(
    *, appointment: Appointment, last_day: dt.date, document: str = ""
) -> Appointment:
    """End a term early, on `last_day`; the change itself is kept in the history."""
    appointment.valid_to = max(last_day, appointment.valid_from)
    appointment.document = clean(document) or appointment.document
    appointment.save(update_fields=["valid_to", "document"])
    return appointment


def token_create(*, account: Account, label: str, days: int = 90) -> str:
    """A new API token; only its digest is kept, so it can be shown once."""
    token = "dt_" + secrets.token_urlsafe(32)
    ApiToken.objects.create(
        account=account,
        label=clean(label)[:80],
        digest=digest(token),
        expires_at=clock.now() + dt.timedelta(days=days),
    )
    return token


def token_account(token: str) -> Account | None:
    row = (
        ApiToken.objects.filter(digest=digest(token), expires_at__gt=clock.now())
        .select_related("account")
        .first()
    )
    return row.account if row and row.account.is_active else None


def digest(secret: str) -> str:
    return hashlib.sha256(secret.encode()).hexdigest()


def _box() -> Fernet:
    key = hashlib.sha256(b"citizen-id:" + settings.SECRET_KEY.encode()).digest()
    return Fernet(base64.urlsafe_b64encode(key))


def seal(value: str) -> bytes:
    """Encrypt a datum for its column."""
    return _box().encrypt(value.encode())


def unseal(value: bytes | memoryview) -> str:
    return _box().decrypt(bytes(value)).decode()
