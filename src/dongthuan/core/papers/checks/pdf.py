"""PDF: kept byte for byte, so anything that could act on its reader is refused.

A PDF may carry an electronic signature and is evidence as it was sent; taking its author's name
out would break both. So it is the one kind whose metadata stays: the pages that take files say so.

The search does not parse the file, since a reader may parse it differently. It looks for the
names of acting parts anywhere in the raw bytes, with the escapes of PDF names undone, and again
in every stream that unpacks to objects (since PDF 1.5 objects may lie compressed).
"""

from __future__ import annotations

import re
import zlib
from collections.abc import Iterator

from dongthuan.core.papers.checks.common import Checked
from dongthuan.core.papers.errors import UploadError

MOST_UNPACKED = 64 * 1024 * 1024
MOST_STREAMS = 50_000
# A script needs the name JavaScript (or Rendition) beside its /JS, so the two-letter name itself,
# which compressed pictures contain by chance, need not be looked for.
_ACTS = re.compile(
    rb"/(?:JavaScript|Rendition|Launch|EmbeddedFiles?|RichMedia|ImportData|SubmitForm|GoToE)"
    rb"(?![A-Za-z0-9])"
)
_FORM_SCRIPT = re.compile(rb"/XFA\s*(?:\[|\d+\s+\d+\s+R)")
_LOCKED = re.compile(rb"/Encrypt(?![A-Za-z0-9])")
_ESCAPE = re.compile(rb"#([0-9A-Fa-f]{2})")
_STREAM = re.compile(rb"stream\r?\n")
_PAGE = re.compile(rb"/Type\s*/Page(?![A-Za-z])")
_OBJECT_STREAM = re.compile(rb"/ObjStm(?![A-Za-z0-9])")
# Objects begin with pairs of numbers; a page's drawing may too, which only costs a second look.
_LIKE_OBJECTS = re.compile(rb"\s*(?:%[^\r\n]*[\r\n]+\s*)*\d+\s+\d+\s")
_ODD_FILTER = re.compile(
    rb"/(?:ASCIIHexDecode|AHx|ASCII85Decode|A85|LZWDecode|LZW|RunLengthDecode|RL|Crypt"
    rb"|JBIG2Decode|DCTDecode|JPXDecode|CCITTFaxDecode|Predictor)(?![A-Za-z0-9])"
    rb"|/Filter\s*(?:\[\s*)?\d+\s+\d+\s+R"
)


def check_pdf(name: str, data: bytes) -> Checked:
    """A whole, open PDF without scripts, starters, forms that run or files inside."""
    if b"%%EOF" not in data[-2048:]:
        raise UploadError("damaged", name=name)
    if b"PK\x05\x06" in data[-66_000:]:
        # An archive glued to the end: one file to a PDF reader, another to an unpacker.
        raise UploadError("active", name=name)
    plain = _unescaped(data)
    if _LOCKED.search(plain):
        raise UploadError("locked", name=name)
    if _hides_objects(plain):
        raise UploadError("uncheckable", name=name)
    pages = 0
    for text in (plain, *_unpacked(name, data)):
        if _ACTS.search(text) or _FORM_SCRIPT.search(text):
            raise UploadError("active", name=name)
        pages += len(_PAGE.findall(text))
    return Checked(
        name=name, data=data, content_type="application/pdf", kind="document", pages=pages or None
    )


def _unescaped(data: bytes) -> bytes:
    """The bytes with `/J#61vaScript` written as `/JavaScript`."""
    return _ESCAPE.sub(lambda found: bytes([int(found[1], 16)]), data)


def _hides_objects(plain: bytes) -> bool:
    """Whether objects lie in a stream packed otherwise than by plain Flate."""
    for found in _OBJECT_STREAM.finditer(plain):
        start = max(plain.rfind(b"obj", 0, found.start()), 0)
        end = plain.find(b"stream", found.end())
        if end < 0 or _ODD_FILTER.search(plain, start, end):
            return True
    return False


def _unpacked(name: str, data: bytes) -> Iterator[bytes]:
    """What unpacks to something like objects, within a cap over all streams together."""
    left = MOST_UNPACKED
    view = memoryview(data)
    for count, found in enumerate(_STREAM.finditer(data)):
        if count > MOST_STREAMS:
            raise UploadError("uncheckable", name=name)
        head = view[found.end() : found.end() + 2]
        if len(head) < 2 or head[0] & 0x0F != 8 or (head[0] << 8 | head[1]) % 31:
            continue
        try:
            start = zlib.decompressobj().decompress(view[found.end() : found.end() + 512], 256)
            if not _LIKE_OBJECTS.match(start):
                continue
            text = zlib.decompressobj().decompress(view[found.end() :], left)
        except zlib.error:
            continue
        left -= len(text)
        if left <= 0:
            raise UploadError("bomb", name=name)
        yield _unescaped(text)
