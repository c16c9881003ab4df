"""Typst: one compiler kept warm, fed with data, never with markup.

User text reaches the layouts only as strings inside a JSON value, so `#`, `*` or `$` in it are
letters like any others. The fonts are our own: what is printed is the same on every server.
"""

from __future__ import annotations

import functools
import json
import re
import struct
import threading
import unicodedata
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import segno
import typst

HERE = Path(__file__).resolve().parent
LAYOUTS = HERE / "layouts"
FONTS = HERE / "fonts"
# PDF/A-2a is PDF/A-2b with its structure kept, and PDF/UA what a screen reader needs.
STANDARDS: list[Any] = ["a-2a", "ua-1"]

_lock = threading.Lock()  # the compiler is one object and may be asked by one thread at a time
# Longer words than any Vietnamese or English one must be breakable or they leave the page.
_LONG_WORD = re.compile(r"\S{31,}")
_BREAK = "\u200b"
_BOX = "\u25a1"


def typeset(
    layout: str,
    data: dict[str, Any],
    *,
    moment: int,
    qr: str = "",
    codes: Sequence[str] = (),
) -> bytes:
    """The PDF of a layout filled with data; `moment` (Unix seconds) is its creation date.

    `qr` is the text of a code that a telephone reads, drawn where the layout wants it; `codes` are
    those of a sheet with many, in the order of its parts.
    """
    inputs = {"data": json.dumps(_fit(data), ensure_ascii=False)}
    if qr:
        inputs["qr"] = _code(qr)
    if codes:
        inputs["codes"] = json.dumps([_code(text) for text in codes])
    with _lock:
        pdf = _compiler().compile(
            input=str(LAYOUTS / f"{layout}.typ"),
            format="pdf",
            sys_inputs=inputs,
            pdf_standards=STANDARDS,
            timestamp=moment,
        )
    if not isinstance(pdf, bytes):
        raise TypeError("typst gave no PDF")
    return pdf


def _code(text: str) -> str:
    return segno.make(text, error="m", micro=False).svg_inline(border=4)


def printable(text: str) -> str:
    """Text that the fonts can draw: NFC, a box for each run of unknown signs, no control letters.

    An archival PDF must not contain a letter without a shape, and a typesetter that refuses a
    letter of thanks because of one emoji would be worse than a box.
    """
    known = _glyphs()
    out: list[str] = []
    for letter in unicodedata.normalize("NFC", text):
        category = unicodedata.category(letter)
        if letter in "\n\t" or (ord(letter) in known and category[0] != "C"):
            out.append(letter)
        elif category[0] not in "CM" and category != "Sk" and out[-1:] != [_BOX]:
            out.append(_BOX)
    return _LONG_WORD.sub(lambda word: _BREAK.join(word[0]), "".join(out))


def _fit(value: Any) -> Any:
    if isinstance(value, str):
        return printable(value)
    if isinstance(value, dict):
        return {key: _fit(inner) for key, inner in value.items()}
    if isinstance(value, list | tuple):
        return [_fit(inner) for inner in value]
    return value


@functools.cache
def _compiler() -> typst.Compiler:
    return typst.Compiler(root=str(LAYOUTS), font_paths=[str(FONTS)], ignore_system_fonts=True)


@functools.cache
def _glyphs() -> frozenset[int]:
    """The code points that every one of the four styles can draw."""
    styles = (frozenset(_code_points(path.read_bytes())) for path in FONTS.glob("*.ttf"))
    return functools.reduce(frozenset.intersection, styles)


def _code_points(font: bytes) -> Iterator[int]:
    """The characters of a TrueType font, from the format-4 part of its 'cmap' table."""
    (tables,) = struct.unpack_from(">H", font, 4)
    records = (struct.unpack_from(">4sIII", font, 12 + 16 * i) for i in range(tables))
    cmap = next(offset for tag, _, offset, _ in records if tag == b"cmap")
    (parts,) = struct.unpack_from(">H", font, cmap + 2)
    offsets = (struct.unpack_from(">HHI", font, cmap + 4 + 8 * i)[2] for i in range(parts))
    start = next(cmap + o for o in offsets if struct.unpack_from(">H", font, cmap + o) == (4,))
    (count,) = struct.unpack_from(">H", font, start + 6)
    count //= 2
    ends = struct.unpack_from(f">{count}H", font, start + 14)
    starts = struct.unpack_from(f">{count}H", font, start + 16 + 2 * count)
    deltas = struct.unpack_from(f">{count}H", font, start + 16 + 4 * count)
    ranges = start + 16 + 6 * count
    for i in range(count):
        (shift,) = struct.unpack_from(">H", font, ranges + 2 * i)
        for code in range(starts[i], min(ends[i], 0xFFFE) + 1):
            at = ranges + 2 * i + shift + 2 * (code - starts[i])
            glyph = struct.unpack_from(">H", font, at)[0] if shift else code + deltas[i]
            if glyph % 0x10000:
                yield code
