"""Pasted text as single recommendations or points."""

from __future__ import annotations

import re

from dongthuan.core.text import clean

# "1." "12)" "a)" "-" "•" "Kiến nghị 3:" before what is meant.
_MARK = re.compile(
    r"^\s*(?:(?:kiến nghị|ý kiến|điểm)\s+(?:thứ\s+|số\s+)?)?"
    r"(?:(?:\d{1,3}|[a-zđ])[.):/](?:\s+|(?=\D))|[-–—•*+●▪]\s*)",
    re.IGNORECASE,
)


def paragraphs_of(text: str) -> list[str]:
    """The single pieces of a text: its paragraphs where empty lines part them, else its lines.

    The number or dash in front of a piece is left out.
    """
    text = clean(text)
    parts = re.split(r"\n[ \t]*\n+", text)
    if len(parts) == 1:
        parts = text.split("\n")
    else:
        parts = [piece for part in parts for piece in _listed(part)]
    pieces = (" ".join(part.split()) for part in parts)
    return [piece for piece in (_MARK.sub("", raw, count=1).strip() for raw in pieces) if piece]


def _listed(part: str) -> list[str]:
    """A paragraph that is a list (its first line and another are marked) as its entries."""
    lines = part.split("\n")
    marked = [number for number, line in enumerate(lines) if _MARK.match(line)]
    if len(marked) < 2 or marked[0] != 0:
        return [part]
    ends = [*marked[1:], len(lines)]
    return ["\n".join(lines[start:end]) for start, end in zip(marked, ends, strict=True)]
