"""Reading the parts into which an officer splits a mixed petition."""

from __future__ import annotations

import re

from django.utils.translation import gettext as _

from dongthuan.core.matters.errors import MatterError
from dongthuan.core.text import clean, fold

_PREFIXES = {"kn": "complaint", "tc": "denunciation", "kng": "recommendation", "pa": "feedback"}
_LINE = re.compile(r"^\s*(\w+)\s*[:.)-]\s*(.+)$")


def parts_of(text: str) -> list[tuple[str, str]]:
    """'KN: …' lines to (kind, text) pairs; at least two, at most twenty."""
    parts = []
    for number, line in enumerate(clean(text).splitlines(), start=1):
        if not line.strip():
            continue
        match = _LINE.match(line)
        kind = _PREFIXES.get(fold(match.group(1))) if match else None
        if not match or not kind:
            raise MatterError(
                _("Line %(number)d must begin with KN:, TC:, KNg: or PA:.") % {"number": number},
                field="parts",
            )
        parts.append((kind, match.group(2).strip()))
    if not 2 <= len(parts) <= 20:
        raise MatterError(_("Give at least two and at most twenty parts."), field="parts")
    return parts
