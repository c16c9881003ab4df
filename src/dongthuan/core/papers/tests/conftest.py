"""Files as people send them, and files as attackers build them, made in the tests themselves."""

from __future__ import annotations

import datetime as dt
import io
import zipfile
import zlib
from collections.abc import Callable
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

from dongthuan.core.papers.models import Attachment
from dongthuan.core.papers.services import attachment_store
from dongthuan.core.units.models import Unit


@pytest.fixture(autouse=True)
def disk(settings: object, tmp_path: Path) -> Path:
    """An empty folder as the file store."""
    settings.MEDIA_ROOT = tmp_path / "files"
    return settings.MEDIA_ROOT


def on_disk(folder: Path) -> list[Path]:
    return [path for path in folder.rglob("*") if path.is_file()]


@pytest.fixture
def store(db: None) -> Callable[..., Attachment]:
    """Store bytes under a name, as an upload."""

    def send(name: str, data: bytes, **more: object) -> Attachment:
        return attachment_store(upload=SimpleUploadedFile(name, data), **more)

    return send


@pytest.fixture
def ward(db: None) -> Unit:
    return Unit.objects.create(
        code="21439-ubnd-thu",
        kind="people_committee",
        tier="organ",
        name="Ủy ban nhân dân phường Đức Phổ",
        short_name="UBND phường Đức Phổ",
        sort_key="x",
        folded="duc pho",
        path="vn.51.21439.ubnd-thu.",
        valid_from=dt.date(2025, 7, 1),
    )


def picture(form: str = "JPEG", size: tuple[int, int] = (60, 40), **save: object) -> bytes:
    out = io.BytesIO()
    image = Image.new("RGB", size, "white")
    image.paste("red", (0, 0, size[0] // 2, size[1]))
    image.save(out, form, **save)
    return out.getvalue()


def pdf(*parts: bytes, catalog: bytes = b"") -> bytes:
    """A small PDF of one page; `parts` are further objects, `catalog` more entries of the root."""
    return b"\n".join(
        [
            b"%PDF-1.7",
            b"1 0 obj << /Type /Catalog /Pages 2 0 R " + catalog + b" >> endobj",
            b"2 0 obj << /Type /Pages /Kids [3 0 R] /Count 1 >> endobj",
            b"3 0 obj << /Type /Page /Parent 2 0 R /MediaBox [0 0 9 9] >> endobj",
            *parts,
            b"trailer << /Root 1 0 R >>",
            b"%%EOF",
        ]
    )


def object_stream(content: bytes, entries: bytes = b"/Filter /FlateDecode") -> bytes:
    packed = zlib.compress(b"7 0 " + content)
    return (
        b"6 0 obj << /Type /ObjStm /N 1 /First 4 %b /Length %d >> stream\n%b\nendstream endobj"
        % (entries, len(packed), packed)
    )


WORD_TYPES = (
    b'<Types><Override ContentType="application/vnd.openxmlformats-officedocument.'
    b'wordprocessingml.document.main+xml"/></Types>'
)
CORE = (
    b"<cp:coreProperties><dc:creator>Nguyen Van To Giac</dc:creator>"
    b"<cp:lastModifiedBy>Nguyen Van To Giac</cp:lastModifiedBy></cp:coreProperties>"
)


def docx(members: dict[str, bytes] | None = None, *, types: bytes = WORD_TYPES) -> bytes:
    """A small Word file; `members` are added or replace the usual ones."""
    content = {
        "[Content_Types].xml": types,
        "_rels/.rels": b"<Relationships/>",
        "docProps/core.xml": CORE,
        "word/document.xml": "<w:document><w:t>Đơn kiến nghị</w:t></w:document>".encode(),
    } | (members or {})
    return archive(content)


def archive(content: dict[str, bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as packed:
        for path, body in content.items():
            packed.writestr(path, body)
    return out.getvalue()
