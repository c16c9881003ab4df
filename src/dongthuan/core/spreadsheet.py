"""Reading a spreadsheet that somebody sent: the cells of a sheet, or one plain sentence why not.

calamine reads fast but trusts its file: a single cell at XFD1048576 makes it ask for hundreds of
gigabytes, a long text that a million cells share is copied a million times, and a cell with an
error looks empty to it. So the archive is measured and each sheet scanned before it is opened.
"""

from __future__ import annotations

import datetime as dt
import io
import re
import zipfile
import zlib
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath
from xml.etree import ElementTree

from django.utils.translation import gettext as _
from python_calamine import CalamineError, CalamineSheet, CalamineWorkbook, PasswordError

Value = str | float | int | bool | dt.date | dt.datetime | dt.time | dt.timedelta

MOST_PACKED = 50 * 1024 * 1024
MOST_UNPACKED = 200 * 1024 * 1024
MOST_MEMBERS = 2_000
MOST_COLUMNS = 200

_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
_TOKEN = re.compile(rb"<(?:\w+:)?(row|c)((?:\s[^>]*)?)>")
_AT = re.compile(rb"\sr=[\"']([A-Z]{0,3})(\d{0,7})[\"']")
_ERROR = re.compile(rb"\st=[\"']e[\"']")
_SHARED = re.compile(rb"\st=[\"']s[\"']")
_SHARED_TEXT = re.compile(rb"<(?:\w+:)?si(?:/>|[\s>].*?</(?:\w+:)?si>)", re.S)
_SHOWN = re.compile(rb"<(?:\w+:)?v>([^<]{1,20})<")
_RELATION = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"


class SheetRefused(ValueError):
    """The file cannot be read as a spreadsheet; the message is one plain sentence."""


@dataclass
class Sheet:
    """The cells of a sheet, from A1; `errors`: (row, column) of cells that show an error."""

    name: str
    rows: list[list[Value]]
    errors: dict[tuple[int, int], str] = field(default_factory=dict)
    merged: list[tuple[tuple[int, int], tuple[int, int]]] = field(default_factory=list)


def spreadsheet_bytes(path: Path) -> bytes:
    """The file's content, after the limits that need no opening. Raises SheetRefused."""
    try:
        if not path.is_file():
            raise SheetRefused(_("There is no file “%(name)s”.") % {"name": path.name})
        if path.stat().st_size > MOST_PACKED:
            raise SheetRefused(_("The file is larger than 50 MB; split it."))
        data = path.read_bytes()
    except OSError:
        raise SheetRefused(_("The file “%(name)s” cannot be read.") % {"name": path.name}) from None
    if not data:
        raise SheetRefused(_("The file is empty."))
    if data.startswith(_OLE):
        if _ENCRYPTED in data:
            raise SheetRefused(_("The file has a password; save it without one."))
        raise SheetRefused(_("The file is of an old kind; save it as .xlsx."))
    if not data.startswith(b"PK"):
        raise SheetRefused(_("The file is not an Excel spreadsheet (.xlsx)."))
    return data


def sheets_read(data: bytes, *, most_rows: int) -> list[Sheet]:
    """All worksheets in their order. Raises SheetRefused; reads nothing that is too large."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            _measure(archive)
            parts = _parts(archive)
            texts = _lengths(archive)
            errors = {
                name: _scan(archive.read(part), most_rows, texts) for name, part in parts.items()
            }
        with CalamineWorkbook.from_filelike(io.BytesIO(data)) as book:
            return [
                _sheet(book.get_sheet_by_name(name), errors[name])
                for name in book.sheet_names
                if name in errors
            ]
    except SheetRefused:
        raise
    except PasswordError:
        raise SheetRefused(_("The file has a password; save it without one.")) from None
    except (
        zipfile.BadZipFile, zlib.error, NotImplementedError, EOFError, OSError,
        RuntimeError, ElementTree.ParseError, CalamineError, OverflowError, LookupError, ValueError,
    ):  # fmt: skip
        raise SheetRefused(_("The file is damaged, or it is not a spreadsheet (.xlsx).")) from None


def _measure(archive: zipfile.ZipFile) -> None:
    members = archive.infolist()
    if any(info.flag_bits & 0x1 for info in members):
        raise SheetRefused(_("The file has a password; save it without one."))
    if len(members) > MOST_MEMBERS or sum(info.file_size for info in members) > MOST_UNPACKED:
        raise SheetRefused(_("The file unpacks to more than 200 MB; it is not opened."))
    # Reads every member up to the size it declares: one that declares less than it holds fails.
    if archive.testzip() is not None:
        raise zipfile.BadZipFile


def _parts(archive: zipfile.ZipFile) -> dict[str, str]:
    """The member of each worksheet by the sheet's name."""
    book, relations = (
        _tree(archive, name) for name in ("xl/workbook.xml", "xl/_rels/workbook.xml.rels")
    )
    types = archive.read("[Content_Types].xml")
    if b"macroEnabled" in types or b"vbaProject" in types:
        raise SheetRefused(_("The file holds macros; save it as a plain .xlsx."))
    targets = {r.get("Id"): r.get("Target", "") for r in relations}
    parts = {}
    for sheet in book.iter():
        if sheet.tag.rpartition("}")[2] == "sheet":
            target = targets.get(sheet.get(_RELATION), "")
            part = target[1:] if target.startswith("/") else str(PurePosixPath("xl") / target)
            if "worksheets/" in part:
                parts[sheet.get("name", "")] = part
    return parts


def _tree(archive: zipfile.ZipFile, name: str) -> ElementTree.Element:
    body = archive.read(name)
    if b"<!DOCTYPE" in body.replace(b"\0", b""):
        raise zipfile.BadZipFile
    return ElementTree.fromstring(body)  # noqa: S314  (no DTD: refused just before)


def _lengths(archive: zipfile.ZipFile) -> list[int]:
    """How long each shared text is, in bytes of its XML."""
    if "xl/sharedStrings.xml" not in archive.namelist():
        return []
    body = archive.read("xl/sharedStrings.xml")
    return [found.end() - found.start() for found in _SHARED_TEXT.finditer(body)]


def _scan(body: bytes, most_rows: int, texts: list[int]) -> dict[tuple[int, int], str]:
    """Cells that show an error, after checking how far the filled cells reach and how long the
    shared texts become when each cell gets its own."""
    errors: dict[tuple[int, int], str] = {}
    row = column = -1
    spread = 0
    for token in _TOKEN.finditer(body):
        tag, attributes = token.group(1), token.group(2)
        at = _AT.search(attributes)
        if tag == b"row":
            row, column = (int(at.group(2) or 0) - 1 if at else row + 1), -1
            continue
        if at and at.group(1) and at.group(2):
            row, column = int(at.group(2)) - 1, _column(at.group(1))
        else:
            column += 1
        if attributes.endswith(b"/"):
            continue
        if row >= most_rows:
            raise SheetRefused(
                _("The file has more than %(most)s rows; split it.")
                % {"most": f"{most_rows:,}".replace(",", ".")}
            )
        if column >= MOST_COLUMNS:
            raise SheetRefused(_("The sheet has more than 200 columns; it is not a ledger."))
        if _SHARED.search(attributes):
            number = _SHOWN.search(body, token.end(), token.end() + 100)
            if number and number.group(1).isdigit() and int(number.group(1)) < len(texts):
                spread += texts[int(number.group(1))]
        elif _ERROR.search(attributes):
            shown = _SHOWN.search(body, token.end(), token.end() + 2_000)
            errors[(row, column)] = shown.group(1).decode("ascii", "replace") if shown else "#"
        if spread > MOST_UNPACKED:
            raise SheetRefused(_("The file unpacks to more than 200 MB; it is not opened."))
    return errors


def _column(letters: bytes) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + letter - 64
    return number - 1


def column_letters(column: int) -> str:
    """0 -> 'A', 26 -> 'AA'."""
    letters = ""
    column += 1
    while column:
        column, rest = divmod(column - 1, 26)
        letters = chr(65 + rest) + letters
    return letters


def _sheet(sheet: CalamineSheet, errors: dict[tuple[int, int], str]) -> Sheet:
    return Sheet(
        name=sheet.name,
        rows=sheet.to_python(skip_empty_area=False),
        errors=errors,
        merged=sheet.merged_cell_ranges or [],
    )
