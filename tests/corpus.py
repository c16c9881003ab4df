"""What nobody should ever send, and somebody always does."""

from __future__ import annotations

import io
import os
import zipfile
from collections.abc import Sequence
from typing import TypeVar

from dongthuan.core.papers.tests.conftest import archive, docx, pdf, picture

T = TypeVar("T")
# The whole table of values × addresses is walked on demand.
WHOLE = bool(os.environ.get("DONGTHUAN_WHOLE"))

# name: the bytes of one form value, percent-encoded as a browser or a hand sends them
VALUES: dict[str, str] = {
    "nul": "a%00b",
    "lone_surrogate": "%ED%A0%80",
    "half_utf8": "%C3",
    "overlong": "%C0%AF",
    "bell_and_escape": "%07%1B%5B31m",
    "right_to_left": "%E2%80%AEfdp.exe",
    "year_1": "0001-01-01",
    "year_9999": "9999-12-31",
    "no_such_day": "2026-02-30",
    "absurd_zone": "2026-01-01T00%3A00%3A00%2B99%3A00",
    "huge": "1" + "0" * 30,
    "digits_5000": "9" * 5000,
    "minus_one": "-1",
    "superscript": "%C2%B2",
    "nan": "NaN",
    "infinity": "1e999",
    "uuid": "00000000-0000-0000-0000-000000000000",
    "traversal": "..%2F..%2F..%2Fetc%2Fpasswd",
    "template": "%7B%7B7*7%7D%7D%7B%25+debug+%25%7D",
    "markup": "%3Cscript%3Ealert(1)%3C%2Fscript%3E",
    "sql": "%27+OR+1%3D1%3B--",
    "format": "%25s%25n%25(code)s",
    "cursor": "2026-02-30_%2D1",
    "list": "a%5B%5D",
    "crlf": "a%0D%0ASet-Cookie%3A+x%3Dy",
}

JSON_BODIES: dict[str, bytes] = {
    "empty": b"",
    "not_json": b"{",
    "nul": b'{"text": "a\\u0000b", "place": "21439"}',
    "surrogate": b'{"text": "\\ud800 mot noi dung", "place": "21439"}',
    "raw_surrogate": b'{"text": "\xed\xa0\x80 mot noi dung", "place": "21439"}',
    "huge_number": b'{"text": "mot noi dung", "people_count": 1' + b"0" * 30 + b"}",
    "minus": b'{"text": "mot noi dung", "place": "21439", "people_count": -1}',
    "nan": b'{"text": "mot noi dung", "place": "21439", "people_count": NaN}',
    "infinity": b'{"text": "mot noi dung", "place": "21439", "people_count": 1e999}',
    "digits": b'{"people_count": ' + b"9" * 5000 + b"}",
    "list": b"[]",
    "null": b"null",
    "string": b'"x"',
    "deep": b"[" * 100_000,
    "deep_object": b'{"a":' * 50_000,
    "twice": b'{"text": "mot noi dung", "text": [], "place": {}}',
    "wrong_types": b'{"text": {}, "place": [], "sender": "x", "attachments": 1}',
    "unknown_place": b'{"text": "mot noi dung dai", "place": "99999"}',
    "too_long": b'{"text": "' + b"x" * 1_000_000 + b'", "place": "21439"}',
}


def zip_bomb() -> bytes:
    """A Word file of a few kilobytes that unpacks to 300 MB."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as packed:
        for path, body in (
            ("[Content_Types].xml", b"<Types/>"),
            ("word/document.xml", b"\0" * (300 * 2**20)),
        ):
            packed.writestr(path, body)
    return out.getvalue()


def uploads() -> dict[str, tuple[str, bytes]]:
    """Files that must not come in; name and content."""
    png = picture("PNG")
    return {
        "zip_bomb": ("don.docx", zip_bomb()),
        "zip": ("don.zip", archive({"a.txt": b"x"})),
        "macro": ("don.docx", docx({"word/vbaProject.bin": b"x"})),
        "svg_script": ("anh.svg", b'<svg xmlns="http://www.w3.org/2000/svg"><script/></svg>'),
        "html": ("don.html", b"<html><script>alert(1)</script></html>"),
        "half_png": ("anh.png", png[: len(png) // 2]),
        "pdf_javascript": ("don.pdf", pdf(catalog=b"/OpenAction << /S /JavaScript /JS (x) >>")),
        "empty": ("don.pdf", b""),
        "program": ("don.pdf", b"MZ\x90\x00" + b"\0" * 400),
        "only_magic": ("don.pdf", b"%PDF-1.7"),
        "huge_picture": ("anh.png", _png_of(50_000, 50_000)),
    }


def _png_of(width: int, height: int) -> bytes:
    """A header that promises a picture far larger than its bytes."""
    import struct
    import zlib

    def chunk(kind: bytes, body: bytes) -> bytes:
        crc = zlib.crc32(kind + body)
        return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", crc)

    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", b"x") + chunk(b"IEND", b"")


def polyglot() -> bytes:
    """A good JPEG with an archive behind it."""
    return picture() + archive({"a.txt": b"an"})


def some_of(things: Sequence[T], turn: int, *, of: int) -> Sequence[T]:
    """Every so-manieth thing, others for each turn: over all turns each thing has its part.

    Every value at every address would take as long as half of the suite; `make soak` does it.
    """
    return things if WHOLE else things[turn % of :: of]


def turn_of(name: str) -> int:
    """The place of a value in the corpus."""
    return list(VALUES).index(name)
