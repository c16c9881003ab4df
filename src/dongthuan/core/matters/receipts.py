"""The receipt's secret: derived from the submission and the server's key, stored nowhere.

Whoever reads the database alone cannot compute it, a repeated request gets the same one, and a
raised `receipt_version` makes the old one worthless.
"""

from __future__ import annotations

import hashlib
import hmac

from django.conf import settings

from dongthuan.core.matters.models import Submission

_ALPHABET = "ABCDEFGHJKMNPQRSTUVWXYZ23456789"  # nothing that reads like something else
_LENGTH = 12


def receipt_secret(submission: Submission) -> str:
    return secret_of(f"receipt:{submission.uuid}:{submission.receipt_version}")


def secret_of(name: str) -> str:
    """'KM4TQ-…': 12 signs of 31 (59 bits), in groups of four, for whatever has a unique name."""
    number = int.from_bytes(
        hmac.new(settings.SECRET_KEY.encode(), name.encode(), hashlib.sha256).digest()[:16], "big"
    )
    signs = []
    for _ in range(_LENGTH):
        number, rest = divmod(number, len(_ALPHABET))
        signs.append(_ALPHABET[rest])
    return "-".join("".join(signs[i : i + 4]) for i in range(0, _LENGTH, 4))


def secret_matches(submission: Submission, typed: str) -> bool:
    return secrets_equal(receipt_secret(submission), typed)


def secrets_equal(secret: str, typed: str) -> bool:
    """Constant-time; blanks, dashes and case do not matter."""
    mine = secret.replace("-", "")
    theirs = "".join(c for c in typed.upper() if c.isascii() and c.isalnum())
    return hmac.compare_digest(mine.encode(), theirs.encode())
