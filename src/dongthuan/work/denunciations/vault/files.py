"""What comes into the vault tells nothing of whoever made it.

The checks of `core.papers` draw pictures anew and pack office files anew, without author, place
and device. Elsewhere a PDF is kept byte for byte, for its signature; here it is written anew too:
the denouncer's safety comes before the signature. Inside office files the names of those who
commented or changed are taken out as well.
"""

from __future__ import annotations

import io
import re
import zipfile
from dataclasses import replace
from typing import Any

from pypdf import PdfReader, PdfWriter
from pypdf.generic import ArrayObject, DictionaryObject, NameObject, StreamObject

from dongthuan.core.papers.checks import Checked
from dongthuan.core.papers.checks.office import OPEN_TEXT, SHEET, WORD, jpeg_bare
from dongthuan.core.papers.errors import UploadError
from dongthuan.core.papers.services import Upload, upload_checked

_TELLING = ("/Metadata", "/PieceInfo", "/LastModified", "/AF", "/Collection")
_OF_NOTES = ("/T", "/M", "/CreationDate", "/NM", "/RC")
_WORD_AUTHOR = re.compile(rb'\b(w:author|w:initials|w15:author|w:date|userId|displayName)="[^"]*"')
_OPEN_AUTHOR = re.compile(rb"<(dc:creator|dc:date|meta:creator-initials)>[^<]*</")


def stripped(upload: Upload) -> Checked:
    """The checked file without what it tells of its maker. UploadError when it may not come in."""
    checked = upload_checked(upload)
    if checked.content_type == "application/pdf":
        return replace(checked, data=_pdf(checked.name, checked.data))
    if checked.content_type in (WORD, SHEET, OPEN_TEXT):
        return replace(checked, data=_office(checked.data))
    return checked


def _pdf(name: str, data: bytes) -> bytes:
    """The pages written anew: no author, no XMP, no earlier versions, no names on notes."""
    try:
        writer = _copied(data)
        writer.root_object.pop(NameObject("/Names"), None)
        for held in writer._objects:
            _bare(held)
        # Once more: what nothing points to any longer is not copied again.
        kept = _copied(_written(writer))
        return _written(kept)
    except Exception:
        # The reader raises many kinds of error on files that only look like a PDF.
        raise UploadError("uncheckable", name=name) from None


def _copied(data: bytes) -> PdfWriter:
    """The pages and what they need; not the description of the document."""
    writer = PdfWriter(clone_from=PdfReader(io.BytesIO(data)))
    writer.metadata = None
    return writer


def _written(writer: PdfWriter) -> bytes:
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


def _bare(held: Any) -> None:
    """One object of a PDF without what tells; a photograph in it without place and device."""
    if not isinstance(held, DictionaryObject):
        return
    for key in _TELLING:
        held.pop(NameObject(key), None)
    if held.get("/Type") == "/Annot" or ("/Subtype" in held and "/Rect" in held):
        for key in _OF_NOTES:
            held.pop(NameObject(key), None)
    if isinstance(held, StreamObject) and _is_photo(held.get("/Filter")):
        held._data = jpeg_bare(held._data)


def _is_photo(filters: Any) -> bool:
    if isinstance(filters, ArrayObject):
        return list(filters) == ["/DCTDecode"]
    return bool(filters == "/DCTDecode")


def _office(data: bytes) -> bytes:
    """Comments and tracked changes stay, the names and hours of those who made them do not."""
    out = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(data)) as before,
        zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as after,
    ):
        for info in before.infolist():
            body = before.read(info)
            if info.filename.endswith(".xml"):
                body = _WORD_AUTHOR.sub(rb'\1=""', body) if b"author" in body else body
                body = _OPEN_AUTHOR.sub(rb"<\1></", body)
            after.writestr(info, body)
    return out.getvalue()
