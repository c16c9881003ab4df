"""Author, device, place and hour are taken out of what a denouncer sends."""

from __future__ import annotations

import io
import zipfile
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image
from pypdf import PdfReader, PdfWriter
from pypdf.annotations import Text

from dongthuan.core.papers.errors import UploadError
from dongthuan.core.papers.tests.conftest import picture
from dongthuan.work.denunciations.vault.files import stripped

MARK = b"VetTenRieng"


def pdf(**options: Any) -> bytes:
    writer = PdfWriter()
    writer.add_blank_page(width=200, height=200)
    writer.add_metadata({"/Author": MARK.decode(), "/Title": f"Don cua {MARK.decode()}"})
    writer.xmp_metadata = (
        b'<?xpacket begin="" id="W5M0MpCehiHzreSzNTczkc9d"?><x:xmpmeta xmlns:x="adobe:ns:meta/">'
        b'<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"><rdf:Description'
        b' rdf:about="" xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:creator><rdf:Seq><rdf:li>'
        + MARK
        + b"</rdf:li></rdf:Seq></dc:creator></rdf:Description></rdf:RDF></x:xmpmeta>"
        b'<?xpacket end="w"?>'
    )
    note = Text(text="Xem trang hai", rect=(10, 10, 50, 50), title_bar=MARK.decode())
    writer.add_annotation(page_number=0, annotation=note)
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


def test_a_pdf_loses_its_author_and_the_names_on_its_notes() -> None:
    sent = pdf()
    assert MARK in sent
    kept = stripped(SimpleUploadedFile("don.pdf", sent)).data
    assert MARK not in kept
    read = PdfReader(io.BytesIO(kept))
    assert len(read.pages) == 1
    assert not (read.metadata or {}).get("/Author")
    assert read.xmp_metadata is None
    assert b"Xem trang hai" in kept


def test_earlier_versions_kept_inside_a_pdf_are_gone() -> None:
    """Programs that save by appending leave what was deleted in the file."""
    first = pdf()
    writer = PdfWriter(fileobj=io.BytesIO(first), incremental=True)
    writer.add_metadata({"/Author": "khac"})
    out = io.BytesIO()
    writer.write(out)
    assert MARK in out.getvalue()
    assert MARK not in stripped(SimpleUploadedFile("don.pdf", out.getvalue())).data


def test_a_photo_inside_a_pdf_loses_its_exif() -> None:
    photo = io.BytesIO()
    exif = Image.Exif()
    exif[0x010F] = MARK.decode()
    Image.new("RGB", (40, 40), "red").save(photo, "JPEG", exif=exif)
    book = io.BytesIO()
    Image.open(photo).save(book, "PDF")
    sent = book.getvalue()
    kept = stripped(SimpleUploadedFile("anh.pdf", sent)).data
    assert MARK not in kept
    assert len(PdfReader(io.BytesIO(kept)).pages) == 1


def test_a_picture_is_drawn_anew() -> None:
    kept = stripped(SimpleUploadedFile("anh.jpg", picture())).data
    assert not Image.open(io.BytesIO(kept)).getexif()


def test_comments_and_changes_in_a_word_file_lose_their_names() -> None:
    types = (
        '<?xml version="1.0"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/'
        'content-types"><Override PartName="/word/document.xml" ContentType="application/vnd.'
        'openxmlformats-officedocument.wordprocessingml.document.main+xml"/></Types>'
    )
    by = f'w:author="{MARK.decode()}"'
    body = f'<w:document><w:ins {by} w:date="2026-01-01">chữ</w:ins></w:document>'
    comments = f'<w:comments><w:comment {by} w:initials="VTR">x</w:comment></w:comments>'
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("[Content_Types].xml", types)
        archive.writestr("word/document.xml", body)
        archive.writestr("word/comments.xml", comments)
        archive.writestr("docProps/core.xml", f"<creator>{MARK.decode()}</creator>")
    kept = stripped(SimpleUploadedFile("don.docx", out.getvalue())).data
    with zipfile.ZipFile(io.BytesIO(kept)) as archive:
        texts = b"".join(archive.read(name) for name in archive.namelist())
    assert MARK not in texts and b"VTR" not in texts
    assert "chữ".encode() in texts


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("a.exe", b"MZ\x00\x01"),
        ("a.pdf", b"%PDF-1.7\nkhong phai pdf\n%%EOF"),
        ("a.pdf", b""),
        ("a.heic", b"\0\0\0\x18ftypheic0000"),
    ],
)
def test_what_cannot_be_cleaned_is_refused_in_words(name: str, data: bytes) -> None:
    with pytest.raises(UploadError) as error:
        stripped(SimpleUploadedFile(name, data))
    assert str(error.value)
