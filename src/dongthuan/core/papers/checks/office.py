"""Word, Excel and OpenDocument files: archives, opened and packed anew.

Packing anew keeps the members that were looked at and nothing else: no second file before or
behind the archive, no macros, no files inside files, no links that fetch something when opened,
and not the name of whoever wrote it.
"""

from __future__ import annotations

import io
import re
import zipfile
import zlib
from xml.etree import ElementTree

from dongthuan.core.papers.checks.common import Checked
from dongthuan.core.papers.errors import UploadError

MOST_BYTES = 100 * 1024 * 1024
MOST_MEMBERS = 2_000
MOST_RATIO = 100
# Tiny members of repeated letters pack better than 1:100 without being a danger to anyone.
RATIO_FROM = 256 * 1024

WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
SHEET = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
OPEN_TEXT = "application/vnd.oasis.opendocument.text"

_RUNS = re.compile(
    r"(^|/)(vbaProject|vbaData|oleObject|activeX)"
    r"|(^|/)(embeddings|activeX|macrosheets|Basic|Scripts)/"
    # Printer settings are the one .bin that every other spreadsheet has.
    r"|(?<!/printerSettings\d)(?<!/printerSettings\d\d)\.bin$"
    r"|\.(exe|dll|js|vbs|jar|html?|docm|xlsm|ps1|bat|cmd)$",
    re.I,
)
_FETCHES = re.compile(
    r"/(attachedTemplate|oleObject|package|frame|subDocument|externalLinkPath|externalLink|"
    r"image|control|vbaProject|aFChunk)$"
)
_FIELD = re.compile(r"<w:instrText[^>]*>([^<]*)<")
_SCAN = 0xDA
_TELLING = {0xE1, 0xED, 0xFE}  # APP1 (Exif, XMP), APP13 (IPTC), COM
_BLANK_CORE = (
    '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>'
    '<cp:coreProperties xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/'
    'core-properties"/>'
)
_BLANK_APP = (
    '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>'
    '<Properties xmlns="http://schemas.openxmlformats.org/officeDocument/2006/'
    'extended-properties"/>'
)
_BLANK_CUSTOM = _BLANK_APP.replace("extended-properties", "custom-properties")
_BLANK_META = (
    '<?xml version="1.0" encoding="UTF-8"?><office:document-meta'
    ' xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" office:version="1.3">'
    "<office:meta/></office:document-meta>"
)
_BLANK = {
    "docProps/core.xml": _BLANK_CORE,
    "docProps/app.xml": _BLANK_APP,
    "docProps/custom.xml": _BLANK_CUSTOM,
    "meta.xml": _BLANK_META,
}


def check_office(name: str, data: bytes) -> Checked:
    """A .docx, .xlsx or .odt packed anew; every other archive is refused."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            members = _members(name, archive)
            kind = _kind(name, members, archive)
            content = {i.filename: archive.read(i) for i in members}
    except (zipfile.BadZipFile, zlib.error, NotImplementedError, EOFError, OSError, RuntimeError):
        raise UploadError("damaged", name=name) from None
    if any(_acts(path, body) for path, body in content.items()):
        raise UploadError("active", name=name)
    if b"encryption-data" in content.get("META-INF/manifest.xml", b""):
        raise UploadError("locked", name=name)
    return Checked(name=name, data=_packed(content), content_type=kind, kind="document")


def _members(name: str, archive: zipfile.ZipFile) -> list[zipfile.ZipInfo]:
    """The members, after the limits: all read from the directory, before anything is unpacked."""
    members = [i for i in archive.infolist() if not i.is_dir()]
    paths = [i.filename for i in members]
    if len(members) > MOST_MEMBERS or sum(i.file_size for i in members) > MOST_BYTES:
        raise UploadError("bomb", name=name)
    for info in members:
        if info.flag_bits & 0x1:
            raise UploadError("locked", name=name)
        if info.file_size > RATIO_FROM and info.file_size > MOST_RATIO * info.compress_size:
            raise UploadError("bomb", name=name)
        if info.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
            raise UploadError("uncheckable", name=name)
    if len({path.lower() for path in paths}) != len(paths) or any(map(_escapes, paths)):
        raise UploadError("uncheckable", name=name)
    return members


def _escapes(path: str) -> bool:
    """Whether a path would leave the folder it is unpacked to."""
    return path.startswith(("/", "~")) or "\\" in path or ":" in path or ".." in path.split("/")


def _kind(name: str, members: list[zipfile.ZipInfo], archive: zipfile.ZipFile) -> str:
    paths = {i.filename for i in members}
    if "[Content_Types].xml" in paths:
        types = archive.read("[Content_Types].xml").replace(b"\0", b"")
        if b"macroEnabled" in types or b"vbaProject" in types:
            raise UploadError("active", name=name)
        if "word/document.xml" in paths and b"wordprocessingml.document.main" in types:
            return WORD
        if "xl/workbook.xml" in paths and b"spreadsheetml.sheet.main" in types:
            return SHEET
    if {"mimetype", "content.xml"} <= paths and archive.read("mimetype") == OPEN_TEXT.encode():
        return OPEN_TEXT
    raise UploadError("type", name=name)


def _acts(path: str, body: bytes) -> bool:
    """Whether a member runs, fetches or hides something when the file is opened."""
    if _RUNS.search(path):
        return True
    if not path.lower().endswith((".xml", ".rels", ".rdf")):
        return False
    # UTF-16 has a zero in every other byte; without them its letters can be searched as well.
    text = body.replace(b"\0", b"").decode("utf-8", "replace")
    if "<!DOCTYPE" in text or "<!ENTITY" in text:
        return True
    if path.endswith(".rels"):
        return _fetches(body)
    fields = "".join(_FIELD.findall(text)) if path.startswith("word/") else ""
    return (
        "DDE" in fields
        or "ddeLink" in text
        or "script:event-listener" in text
        or "INCLUDEPICTURE" in fields
    )


def _fetches(body: bytes) -> bool:
    """Whether a relationship loads something from elsewhere; a plain hyperlink does not."""
    try:
        relations = ElementTree.fromstring(body)  # noqa: S314  (no DTD: refused just before)
    except ElementTree.ParseError:
        return True
    return any(
        relation.get("TargetMode", "").lower() == "external"
        and _FETCHES.search(relation.get("Type", ""))
        for relation in relations
    )


def _packed(content: dict[str, bytes]) -> bytes:
    out = io.BytesIO()
    # OpenDocument wants its type first and unpacked, so that it can be told by content.
    order = sorted(content, key=lambda path: path != "mimetype")
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for path in order:
            info = zipfile.ZipInfo(path, date_time=(1980, 1, 1, 0, 0, 0))
            info.compress_type = zipfile.ZIP_STORED if path == "mimetype" else zipfile.ZIP_DEFLATED
            archive.writestr(info, _anonymous(path, content[path]))
    return out.getvalue()


def _anonymous(path: str, body: bytes) -> bytes:
    """A member without author, company and editor, a photograph without place and device."""
    if path in _BLANK:
        return _BLANK[path].encode()
    return jpeg_bare(body) if body.startswith(b"\xff\xd8\xff") else body


def jpeg_bare(body: bytes) -> bytes:
    """A JPEG without its Exif, XMP, IPTC and comment segments; not decoded, for there can be many.

    A file that ends inside its header is given back as it came: no reader will show it.
    """
    out, at = [body[:2]], 2
    while body[at : at + 1] == b"\xff" and len(body) > at + 4:
        marker = body[at + 1]
        end = at + 2 + int.from_bytes(body[at + 2 : at + 4], "big")
        if marker == _SCAN:
            return b"".join(out) + body[at:]
        if marker not in _TELLING:
            out.append(body[at:end])
        at = end
    return body
