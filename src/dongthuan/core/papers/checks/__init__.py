"""What a file is, by its content alone, and whether it may come in.

`check` takes the name and bytes that somebody sent and gives back the bytes to keep. It is pure:
no database, no disk, no network. One module for each family of files.
"""

from __future__ import annotations

from collections.abc import Callable

from dongthuan.core.papers.checks.common import Checked
from dongthuan.core.papers.checks.office import check_office
from dongthuan.core.papers.checks.pdf import check_pdf
from dongthuan.core.papers.checks.picture import check_picture
from dongthuan.core.papers.checks.plain import check_text
from dongthuan.core.papers.errors import UploadError
from dongthuan.core.papers.naming import name_cleaned, split

EXTENSIONS = {
    "image/jpeg": ("jpg", "jpeg", "jpe", "jfif"),
    "image/png": ("png",),
    "image/webp": ("webp",),
    "application/pdf": ("pdf",),
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document": ("docx",),
    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": ("xlsx",),
    "application/vnd.oasis.opendocument.text": ("odt",),
    "text/plain": ("txt",),
}

__all__ = ["EXTENSIONS", "Checked", "check"]


def check(name: str, data: bytes) -> Checked:
    """The checked and cleaned file, or an UploadError that says why it may not come in."""
    name = name_cleaned(name)
    if not data:
        raise UploadError("empty", name=name)
    checked = _checker(name, data)(name, data)
    stem, extension = split(name)
    accepted = EXTENSIONS[checked.content_type]
    if not extension:
        # Some telephones send files without any extension: they get the one of their content.
        return checked.named(name_cleaned(f"{stem[:140]}.{accepted[0]}"))
    if extension.lower() not in accepted:
        known = any(extension.lower() in extensions for extensions in EXTENSIONS.values())
        raise UploadError("extension" if known else "type", name=name)
    return checked


def _checker(name: str, data: bytes) -> Callable[[str, bytes], Checked]:
    if data.startswith((b"\xff\xd8\xff", b"\x89PNG\r\n\x1a\n")):
        return check_picture
    if data[:4] == b"RIFF" and data[8:12] == b"WEBP":
        return check_picture
    if data.startswith(b"%PDF-"):
        return check_pdf
    if data.startswith(b"PK\x03\x04"):
        return check_office
    if data[4:8] == b"ftyp" and data[8:12] in _APPLE_PICTURES:
        raise UploadError("heic", name=name)
    if data.startswith(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"):
        raise UploadError("old_office", name=name)
    return check_text


_APPLE_PICTURES = (b"heic", b"heix", b"heim", b"heis", b"hevc", b"hevx", b"mif1", b"msf1", b"avif")
