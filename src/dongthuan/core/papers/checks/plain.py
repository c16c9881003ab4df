"""Plain text, and everything else that might pretend to be it."""

from __future__ import annotations

import re

from dongthuan.core.papers.checks.common import Checked
from dongthuan.core.papers.errors import UploadError

_CONTROL = re.compile("[\x00-\x08\x0b\x0e-\x1f\x7f]")
# A browser or a shell would run these whatever the name says.
_RUNS = re.compile(
    r"<\s*(!doctype|html|head|body|script|svg|iframe|object|embed|\?xml|\?php)", re.I
)


def check_text(name: str, data: bytes) -> Checked:
    """UTF-8 text without markup that runs; anything unrecognised ends here and is refused."""
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise UploadError("type", name=name) from None
    if not text.strip():
        raise UploadError("empty", name=name)
    if _CONTROL.search(text) or text.startswith("#!") or _RUNS.search(text):
        raise UploadError("type", name=name)
    return Checked(name=name, data=text.encode(), content_type="text/plain", kind="document")
