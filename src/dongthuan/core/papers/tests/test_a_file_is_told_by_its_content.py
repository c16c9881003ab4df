from __future__ import annotations

import gzip
import sys

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import translation

from dongthuan.core.papers.errors import SENTENCES, UploadError
from dongthuan.core.papers.models import Attachment
from dongthuan.core.papers.services import attachments_store
from dongthuan.core.papers.tests.conftest import docx, on_disk, pdf, picture


def test_plain_text_in_vietnamese_is_accepted(store):
    kept = store("đơn.txt", "\ufeffKính gửi Ủy ban\r\n".encode())
    assert kept.content_type == "text/plain"
    assert kept.file.open("rb").read() == "Kính gửi Ủy ban\r\n".encode()


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("a.svg", b"<svg xmlns='http://www.w3.org/2000/svg'><script>x()</script></svg>"),
        ("a.html", b"<html><script>x()</script></html>"),
        ("a.txt", b"xin chao <ScRiPt>x()</script>"),
        ("a.txt", b"#!/bin/sh\nrm -rf /"),
        ("a.js", b"x()"),
        ("a.exe", b"MZ\x90\x00\x03\x00"),
        ("a.gif", b"GIF89a\x01\x00\x01\x00"),
        ("a.rar", b"Rar!\x1a\x07\x01\x00"),
        ("a.gz", gzip.compress(b"x", mtime=0)),
        ("a.txt", "Kính gửi".encode("utf-16")),
    ],
)
def test_everything_else_is_refused(store, disk, name, data):
    with pytest.raises(UploadError) as refused:
        store(name, data)
    assert refused.value.code == "type"
    assert not Attachment.objects.exists()
    assert on_disk(disk) == []


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("a.pdf", picture()),
        ("a.jpg", picture("PNG")),
        ("a.png", pdf()),
        ("a.xlsx", docx()),
        ("a.pdf", b"chi la chu"),
    ],
)
def test_a_name_that_does_not_fit_the_content_is_refused(store, name, data):
    with pytest.raises(UploadError) as refused:
        store(name, data)
    assert refused.value.code == "extension"


def test_a_file_without_extension_gets_the_one_of_its_content(store):
    assert store("image", picture()).name == "image.jpg"


@pytest.mark.parametrize("data", [b"", b"  \n"])
def test_an_empty_file_is_refused(store, data):
    with pytest.raises(UploadError) as refused:
        store("a.txt", data)
    assert refused.value.code == "empty"


def test_a_file_above_the_limit_is_refused_whatever_size_it_claims(store, settings):
    settings.UPLOAD_MAX_BYTES = 2 * 1024 * 1024
    upload = SimpleUploadedFile("a.txt", b"x" * (2 * 1024 * 1024 + 1))
    upload.size = 10
    with pytest.raises(UploadError) as refused:
        attachments_store(uploads=[upload])
    with translation.override("en"):
        assert str(refused.value.message) == (
            "The file “a.txt” is larger than 2 MB; please send a smaller one."
        )


def test_of_several_files_all_are_kept_or_none(db, disk):
    good = SimpleUploadedFile("a.jpg", picture())
    bad = SimpleUploadedFile("b.exe", b"MZ\x90\x00")
    with pytest.raises(UploadError):
        attachments_store(uploads=[good, bad])
    assert not Attachment.objects.exists()
    assert on_disk(disk) == []


def test_more_files_than_allowed_are_refused(db, settings):
    settings.UPLOAD_MAX_FILES = 2
    uploads = [SimpleUploadedFile("a.txt", b"x"), SimpleUploadedFile("b.txt", b"x")]
    with pytest.raises(UploadError) as refused:
        attachments_store(uploads=uploads, already=1)
    assert refused.value.code == "count"


@pytest.mark.parametrize(
    ("program", "code"),
    [
        ("import sys; sys.exit(1)", "infected"),
        ("import sys; sys.exit(2)", "unscanned"),
        ("import sys; sys.exit(b'VIRUS' in sys.stdin.buffer.read())", "infected"),
    ],
)
def test_the_virus_scanner_decides(store, disk, settings, program, code):
    settings.VIRUS_SCANNER = [sys.executable, "-c", program]
    with pytest.raises(UploadError) as refused:
        store("a.txt", b"VIRUS")
    assert refused.value.code == code
    assert on_disk(disk) == []


def test_what_the_scanner_finds_clean_is_kept(store, settings):
    settings.VIRUS_SCANNER = [sys.executable, "-c", "import sys; sys.stdin.read()"]
    assert store("a.txt", b"lanh").state == "pending"


def test_a_scanner_that_is_missing_lets_nothing_in(store, settings):
    settings.VIRUS_SCANNER = ["/nowhere/scanner"]
    with pytest.raises(UploadError) as refused:
        store("a.txt", b"lanh")
    assert refused.value.code == "unscanned"


@pytest.mark.parametrize("code", SENTENCES)
def test_every_refusal_has_a_sentence(code):
    assert "%(" not in UploadError(code, name="a.txt", limit=1).message
