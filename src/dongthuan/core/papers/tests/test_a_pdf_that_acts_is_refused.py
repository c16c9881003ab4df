from __future__ import annotations

import datetime as dt

import pytest

from dongthuan.core.papers.errors import UploadError
from dongthuan.core.papers.models import DocumentType
from dongthuan.core.papers.printing import DocumentData, document_pdf
from dongthuan.core.papers.tests.conftest import archive, object_stream, on_disk, pdf


def test_a_plain_pdf_is_kept_byte_for_byte(store):
    sent = document_pdf(
        DocumentData(
            type=DocumentType.NOTICE,
            symbol="01/TB-UBND",
            abstract="thử",
            issued_on=dt.date(2026, 1, 5),
            superior="",
            agency="Ủy ban nhân dân phường",
            place_name="Đức Phổ",
            authority="",
            signer_title="Chủ tịch",
            signer_name="Minh Họa",
        )
    )
    kept = store("thông báo.pdf", sent)
    assert kept.file.open("rb").read() == sent
    assert (kept.content_type, kept.kind, kept.pages) == ("application/pdf", "document", 1)


def test_words_about_scripts_in_a_title_do_no_harm(store):
    assert store("a.pdf", pdf(b"9 0 obj << /Title (HTML/JS course) >> endobj")).pages == 1


@pytest.mark.parametrize(
    "data",
    [
        pdf(catalog=b"/OpenAction << /S /JavaScript /JS (app.alert(1)) >>"),
        pdf(catalog=b"/OpenAction << /S /J#61va#53cript /JS (app.alert(1)) >>"),
        pdf(catalog=b"/OpenAction << /S /Launch /F (cmd.exe) >>"),
        pdf(catalog=b"/Names << /EmbeddedFiles 5 0 R >>"),
        pdf(b"8 0 obj << /Type /EmbeddedFile >> endobj"),
        pdf(catalog=b"/AcroForm << /XFA [(x) 5 0 R] >>"),
        pdf(b"8 0 obj << /Subtype /RichMedia >> endobj"),
        pdf(object_stream(b"<< /S /JavaScript /JS (app.alert(1)) >>")),
        pdf(object_stream(b"<< /S /Java#53cript /JS (app.alert(1)) >>")),
        pdf() + archive({"a.class": b"Trojan"}),
    ],
    ids=[
        "script",
        "script in escapes",
        "launch",
        "embedded names",
        "embedded file",
        "xfa",
        "rich media",
        "script in an object stream",
        "escaped in an object stream",
        "archive behind it",
    ],
)
def test_what_acts_or_carries_files_is_refused(store, disk, data):
    with pytest.raises(UploadError) as refused:
        store("đơn.pdf", data)
    assert refused.value.code == "active"
    assert on_disk(disk) == []


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (pdf().replace(b"/Root", b"/Encrypt 9 0 R /Root"), "locked"),
        (pdf().replace(b"%%EOF", b""), "damaged"),
        (pdf(object_stream(b"<<>>", b"/Filter [/ASCIIHexDecode /FlateDecode]")), "uncheckable"),
        (pdf(object_stream(b"<<>>", b"/Filter 9 0 R")), "uncheckable"),
        (pdf(object_stream(b"7 " * 40_000_000)), "bomb"),
        (b"x" + pdf(), "extension"),
    ],
    ids=["password", "cut off", "odd filters", "hidden filter", "bomb", "not from its start"],
)
def test_what_cannot_be_checked_is_refused(store, data, code):
    with pytest.raises(UploadError) as refused:
        store("đơn.pdf", data)
    assert refused.value.code == code
