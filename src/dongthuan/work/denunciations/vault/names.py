"""Whether a text that leaves the vault would name the denouncer."""

from __future__ import annotations

import re

from dongthuan.core.text import fold
from dongthuan.work.denunciations.vault.shapes import VaultView

_LETTERS = re.compile(r"[^a-z0-9@.]+")


def names_in(text: str, view: VaultView) -> list[str]:
    """The fields of the denouncer's identity that a text gives away: ['name', 'phone', …].

    Marks, case, dots and blanks do not matter. A name counts whole, and also with its last two
    words, for that is how people are called; numbers count when eight digits of them agree.
    """
    plain = _plain(text)
    digits = re.sub(r"\D", "", text)
    return [
        field
        for field, value in view.identity.items()
        if field != "anonymous" and _tells(field, value, plain, digits)
    ]


def _tells(field: str, value: str, plain: str, digits: str) -> bool:
    own = re.sub(r"\D", "", value)
    if len(own) >= 8 and len(own) >= len(value.replace(" ", "")) - 4:
        return own[-8:] in digits
    wanted = _plain(value).strip()
    if len(wanted) < 4:
        return False
    if f" {wanted} " in plain:
        return True
    words = wanted.split()
    return field.endswith("name") and len(words) > 2 and f" {' '.join(words[-2:])} " in plain


def _plain(text: str) -> str:
    return f" {_LETTERS.sub(' ', fold(text)).strip(' .')} ".replace(". ", " ")
