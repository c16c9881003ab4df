"""One resident, one voice: a pseudonym of this consultation alone, from a code or a telephone.

The pseudonym is HMAC-SHA-256 under the consultation's own key: nobody can tell from two
consultations that somebody took part in both, and once the key is destroyed (at the report)
nobody can compute a pseudonym from a code or number any more.
"""

from __future__ import annotations

import hashlib
import hmac
import secrets
from dataclasses import dataclass

from django.conf import settings
from django.core import signing
from django.db import transaction
from django.utils import translation
from django.utils.translation import gettext as _

from dongthuan.core.matters.entries import entry_append
from dongthuan.core.matters.errors import MatterError
from dongthuan.core.matters.models import Audience
from dongthuan.core.outbox.services import message_enqueue
from dongthuan.core.people import throttle
from dongthuan.core.people.actors import Actor
from dongthuan.core.people.services import phone_normalise
from dongthuan.core.units.models import Unit
from dongthuan.work.consultations.models import Consultation, Proof, VoiceCode
from dongthuan.work.consultations.services import consultation_lock, villages_of

_SIGNS = "ABCDEFGHJKMNPQRSTUVWXYZ23456789"  # nothing that reads like something else
CODE_LENGTH = 10
MOST_CODES = 5_000
SMS_SECONDS = 15 * 60
_SALT = "dongthuan.consultations.sms"


@dataclass(frozen=True)
class Voice:
    """Who speaks, as the consultation knows them: a pseudonym, how it is known, a village."""

    pseudonym: str = ""
    proof: str = Proof.OPEN
    village_id: int | None = None


def pseudonym(matter: Consultation, proof: str, value: str) -> str:
    """The pseudonym of a proof in one consultation; refused once the key has been destroyed."""
    key = bytes(matter.voice_key)
    if not key:
        raise MatterError(_("This consultation has ended; no voice can be proved any more."))
    return hmac.new(key, f"{proof}:{value}".encode(), hashlib.sha256).hexdigest()


def _typed(code: str) -> str:
    return "".join(c for c in code.upper() if c.isascii() and c.isalnum())[:40]


@transaction.atomic
def codes_print(
    *, acting: Actor, consultation_id: int, village: Unit | None, count: int
) -> list[str]:
    """New one-time codes to be printed and handed out, 'KM4TQ-XH7PA'; shown here and never again.

    They are handed out blind: which resident got which code is written nowhere.
    """
    matter = consultation_lock(acting=acting, consultation_id=consultation_id)
    if matter.state not in ("drafted", "planned", "open"):
        raise MatterError(_("Codes are handed out before or while opinions are taken."))
    if not 1 <= count <= MOST_CODES:
        raise MatterError(_("Between 1 and 5,000 codes at a time."), field="count")
    if village is not None and village.pk not in {unit.pk for unit in villages_of(matter)}:
        raise MatterError(_("Choose one of the villages that are asked."), field="village")
    codes = ["".join(secrets.choice(_SIGNS) for _sign in range(CODE_LENGTH)) for _n in range(count)]
    VoiceCode.objects.bulk_create(
        VoiceCode(consultation=matter, digest=pseudonym(matter, Proof.CODE, code), village=village)
        for code in codes
    )
    entry_append(
        matter=matter, act="consultation.codes", acting=acting, audience=Audience.OFFICIAL,
        before=matter.state, after=matter.state,
        facts={"codes": count, **({"village": village.name} if village else {})},
    )  # fmt: skip
    return [f"{code[:5]}-{code[5:]}" for code in codes]


def voice_by_code(*, matter: Consultation, code: str) -> Voice:
    """The voice of a printed code. Raises MatterError (field code) for one never handed out."""
    name = pseudonym(matter, Proof.CODE, _typed(code))
    known = VoiceCode.objects.filter(consultation=matter, digest=name).first()
    if known is None:
        raise MatterError(
            _("This is no code of this consultation; look at the slip once more."), field="code"
        )
    return Voice(name, Proof.CODE, known.village_id)


def sms_send(*, matter: Consultation, phone: str) -> str:
    """Send six digits to a telephone; returns a sealed handle that knows what was sent.

    The handle holds only keyed digests: neither the number nor the digits can be read from it. A
    number gets five messages an hour, and a message may be guessed at ten times, from anywhere.
    """
    number = phone_normalise(phone)
    if not number:
        raise MatterError(_("Write a telephone number."), field="phone")
    if not throttle.take(f"consultation.sms:{number}", capacity=5, per_seconds=3600):
        raise MatterError(
            _("Too many messages went to this number; try again in an hour."), field="phone"
        )
    digits = f"{secrets.randbelow(1_000_000):06d}"
    name = pseudonym(matter, Proof.PHONE, number)
    nonce = secrets.token_hex(8)
    with translation.override(settings.LANGUAGE_CODE):
        message_enqueue(
            channel="sms", recipient=number, subject=matter.code,
            body=_("%(digits)s is your code for %(code)s. It holds for 15 minutes.")
            % {"digits": digits, "code": matter.code},
            key=f"sms/{matter.code}/{nonce}", about=matter.code,
        )  # fmt: skip
    sent = pseudonym(matter, "digits", f"{name}:{nonce}:{digits}")
    return signing.dumps([matter.pk, name, nonce, sent], salt=_SALT)


def voice_by_sms(*, matter: Consultation, handle: str, digits: str) -> Voice:
    """The voice of a telephone whose owner read the digits. MatterError (field digits) if wrong."""
    try:
        pk, name, nonce, sent = signing.loads(handle, salt=_SALT, max_age=SMS_SECONDS)
    except (signing.BadSignature, ValueError):
        raise MatterError(_("The code has run out; ask for a new one."), field="digits") from None
    if not throttle.take(f"consultation.sms.digits:{nonce}", capacity=10, per_seconds=SMS_SECONDS):
        raise MatterError(_("The code has run out; ask for a new one."), field="digits")
    typed = "".join(c for c in digits if c.isascii() and c.isdigit())
    mine = pseudonym(matter, "digits", f"{name}:{nonce}:{typed}")
    if pk != matter.pk or not hmac.compare_digest(mine, sent):
        raise MatterError(_("The digits are not those that were sent."), field="digits")
    return Voice(name, Proof.PHONE)
