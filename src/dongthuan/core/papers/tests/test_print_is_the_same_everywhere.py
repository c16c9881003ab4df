from __future__ import annotations

import dataclasses
import datetime as dt
import io

import pytest
from pypdf import PdfReader

from dongthuan.core.papers.models import DocumentType
from dongthuan.core.papers.printing import (
    TYPE_NAMES,
    DocumentData,
    Paragraph,
    ReceiptData,
    ReceiptDuty,
    document_pdf,
    place_and_date,
    receipt_pdf,
)
from dongthuan.core.papers.typesetting import printable

LETTERS = "ắằẳẵặấầẩẫậếềểễệựỳỷỹỵĐ₫"
RECEIPT = ReceiptData(
    system_name="Đồng Thuận",
    unit_name="Ủy ban nhân dân phường Đức Phổ",
    code="DP-2026-000123",
    secret="K7QF-M2XA",
    lookup_url="https://example.vn/tra-cuu/?ma=DP-2026-000123",
    received_at=dt.datetime(2026, 1, 5, 18, 2, tzinfo=dt.UTC),
    summary="Cống vỡ nắp.",
    duties=[ReceiptDuty(title="Trả lời", due_on=dt.date(2026, 1, 19), basis="Điều 27")],
)
DOCUMENT = DocumentData(
    type=DocumentType.REPORT,
    symbol="01/BC-UBND",
    abstract="Kết quả năm 2025",
    issued_on=dt.date(2026, 1, 5),
    superior="Tỉnh Quảng Ngãi",
    agency="Ủy ban nhân dân phường Đức Phổ",
    place_name="Đức Phổ",
    authority="KT. Chủ tịch",
    signer_title="Phó Chủ tịch",
    signer_name="Minh Họa",
)


def read(pdf: bytes) -> str:
    return "\n".join(page.extract_text() for page in PdfReader(io.BytesIO(pdf)).pages)


def plain(text: str) -> Paragraph:
    return {"style": "text", "label": "", "text": text}


def fonts(pdf: bytes) -> set[str]:
    return {
        font["/BaseFont"].split("+")[1]
        for page in PdfReader(io.BytesIO(pdf)).pages
        for font in page["/Resources"]["/Font"].values()
    }


def test_only_our_own_font_is_embedded():
    assert fonts(document_pdf(DOCUMENT)) == {
        "LiberationSerif", "LiberationSerif-Bold", "LiberationSerif-Italic",
        "LiberationSerif-BoldItalic",
    }  # fmt: skip
    assert fonts(receipt_pdf(data=RECEIPT)) == {"LiberationSerif", "LiberationSerif-Bold"}


def test_it_is_an_archival_and_accessible_pdf():
    for pdf in (document_pdf(DOCUMENT), receipt_pdf(data=RECEIPT)):
        about = PdfReader(io.BytesIO(pdf)).xmp_metadata.rdf_root.toxml()
        assert "pdfaid:part>2<" in about
        assert "pdfuaid:part>1<" in about


def test_the_same_data_gives_the_same_bytes():
    assert document_pdf(DOCUMENT) == document_pdf(DOCUMENT)


def test_every_vietnamese_letter_is_in_the_text():
    body = [plain(LETTERS), plain(LETTERS.upper())]
    text = read(document_pdf(dataclasses.replace(DOCUMENT, body=body)))
    assert LETTERS in text
    assert LETTERS.upper() in text
    assert LETTERS in read(receipt_pdf(data=dataclasses.replace(RECEIPT, summary=LETTERS)))


@pytest.mark.parametrize(
    "text", ["#emph[x] *b* _c_ $a^2$ @ref <label> `code` // x", '"); #import "x"; ("', "\\u{1F600}"]
)
def test_markup_in_a_text_stays_letters(text):
    body = [plain(text)]
    assert text in read(document_pdf(dataclasses.replace(DOCUMENT, body=body)))


def test_long_texts_and_long_words_stay_on_the_page():
    body = [plain("Nội dung rất dài. " * 280), plain("W" * 200)]
    document = dataclasses.replace(
        DOCUMENT, body=body, recipients=[f"Nơi nhận {n}" for n in range(80)]
    )
    text = read(document_pdf(document)).replace("\u200b", "").replace("\n", "")
    assert text.count("rất") == 280
    assert "W" * 200 in text
    assert "- Nơi nhận 79;- Lưu: VT." in text


def test_letters_that_the_font_lacks_become_a_box_and_never_an_error():
    assert printable("Cảm ơn 👍🏽👨‍👩‍👧 中文\u0007\u202e!") == "Cảm ơn □ □!"
    body = [plain("Cảm ơn 👍🏽"), plain("\ue000\uffff\ufdd0 x")]
    assert "Cảm ơn □" in read(document_pdf(dataclasses.replace(DOCUMENT, body=body)))


@pytest.mark.parametrize("type", DocumentType)
def test_every_type_can_be_printed(type):
    name = TYPE_NAMES[type]
    text = read(document_pdf(dataclasses.replace(DOCUMENT, type=type)))
    if type == DocumentType.OFFICIAL_LETTER:
        assert "V/v Kết quả năm 2025" in text
    else:
        assert name.upper() in text


@pytest.mark.parametrize(
    ("on", "words"),
    [
        (dt.date(2026, 2, 9), "Đức Phổ, ngày 09 tháng 02 năm 2026"),
        (dt.date(2026, 3, 10), "Đức Phổ, ngày 10 tháng 3 năm 2026"),
    ],
)
def test_a_zero_stands_before_small_days_and_the_first_two_months(on, words):
    assert place_and_date("Đức Phổ", on) == words


def test_a_receipt_says_what_was_said_and_what_is_owed():
    text = read(receipt_pdf(data=dataclasses.replace(RECEIPT, language="en")))
    for words in (
        "DP-2026-000123",
        "K7QF-M2XA",
        "01:02 on 06/01/2026",  # the day in Viet Nam
        "Cống vỡ nắp.",
        "Trả lời",
        "Điều 27",
        "19/01/2026",
        "https://example.vn/tra-cuu/",
    ):
        assert words in text.replace("\u200b", "")


def test_the_address_on_a_receipt_can_be_copied():
    address = "https://dong-thuan.quangngai.gov.vn/tra-cuu/"
    assert address in read(receipt_pdf(data=dataclasses.replace(RECEIPT, lookup_url=address)))


def test_a_receipt_shortens_a_long_letter_to_one_sheet():
    pdf = receipt_pdf(data=dataclasses.replace(RECEIPT, summary="Mương bị lấp. " * 400))
    assert len(PdfReader(io.BytesIO(pdf)).pages) == 1


def test_the_secret_never_goes_into_the_code_that_telephones_read():
    with pytest.raises(ValueError, match="secret"):
        receipt_pdf(data=dataclasses.replace(RECEIPT, lookup_url="https://x/?k=K7QF-M2XA"))
