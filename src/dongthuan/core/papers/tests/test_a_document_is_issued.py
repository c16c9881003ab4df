from __future__ import annotations

import datetime as dt
import threading

import pytest
from django.db import DatabaseError, connection, transaction
from django.utils import timezone
from pypdf import PdfReader

from dongthuan.core.papers.errors import DocumentError
from dongthuan.core.papers.models import Attachment, Document, DocumentType
from dongthuan.core.papers.services import document_issue
from dongthuan.core.papers.tests.conftest import on_disk


@pytest.fixture
def issue(ward):
    def issue(**changes) -> Document:
        fields = {
            "unit": ward,
            "type": DocumentType.DECISION,
            "abstract": "Về việc giải quyết khiếu nại",
            "body": [
                {"style": "basis", "label": "", "text": "Căn cứ Luật Khiếu nại;"},
                {"style": "text", "label": "Điều 1.", "text": "Công nhận khiếu nại."},
                "Quyết định có hiệu lực từ ngày ký.",
            ],
            "agency_code": "UBND",
            "superior": "Tỉnh Quảng Ngãi",
            "place_name": "Đức Phổ",
            "authority": "TM. Ủy ban nhân dân",
            "signer_title": "Chủ tịch",
            "signer_name": "Trần Minh Họa",
            "recipients": ["Như Điều 1"],
            "issued_on": dt.date(2026, 1, 5),
        }
        return document_issue(**(fields | changes))

    return issue


def test_numbers_run_by_type_and_year(issue):
    symbols = [
        issue().symbol,
        issue().symbol,
        issue(type=DocumentType.NOTICE).symbol,
        issue(issued_on=dt.date(2025, 12, 31)).symbol,
        issue(type=DocumentType.OFFICIAL_LETTER, drafting_code="VP").symbol,
        issue(type="CV").symbol,
    ]
    assert symbols == [
        "01/QĐ-UBND", "02/QĐ-UBND", "01/TB-UBND", "01/QĐ-UBND", "01/UBND-VP", "02/UBND",
    ]  # fmt: skip


def test_the_pdf_holds_the_nine_components(issue):
    document = issue()
    assert document.pdf.name == "01-QĐ-UBND.pdf"
    assert document.pdf.state == "attached"
    text = PdfReader(document.pdf.file.open("rb")).pages[0].extract_text()
    for words in (
        "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM",
        "Độc lập - Tự do - Hạnh phúc",
        "TỈNH QUẢNG NGÃI",
        "ỦY BAN NHÂN DÂN",
        "PHƯỜNG ĐỨC PHỔ",
        "Số: 01/QĐ-UBND",
        "Đức Phổ, ngày 05 tháng 01 năm 2026",
        "QUYẾT ĐỊNH",
        "Về việc giải quyết khiếu nại",
        "Căn cứ Luật Khiếu nại;",
        "Điều 1. Công nhận khiếu nại.",
        "TM. ỦY BAN NHÂN DÂN",
        "CHỦ TỊCH",
        "Trần Minh Họa",
        "Nơi nhận:",
        "- Như Điều 1;",
        "- Lưu: VT.",
    ):
        assert words in text


def test_a_number_of_a_rolled_back_document_is_used_again(issue, disk):
    with pytest.raises(ZeroDivisionError), transaction.atomic():
        assert issue().number == 1
        raise ZeroDivisionError
    assert issue().number == 1


def test_an_issued_document_cannot_be_changed_or_deleted(issue):
    document = issue()
    for act in (
        lambda: Document.objects.update(signer_name="Người khác"),
        lambda: document.delete(),
    ):
        with pytest.raises(DatabaseError, match="pgtrigger"), transaction.atomic():
            act()
    assert Document.objects.get().signer_name == "Trần Minh Họa"


@pytest.mark.parametrize(
    "changes",
    [
        {"abstract": " "},
        {"signer_name": ""},
        {"body": []},
        {"body": [" "]},
        {"body": [{"style": "script", "label": "", "text": "x"}]},
        {"issued_on": timezone.localdate() + dt.timedelta(days=1)},
    ],
)
def test_a_document_without_what_it_needs_uses_no_number(issue, disk, changes):
    with pytest.raises(DocumentError):
        issue(**changes)
    assert not Attachment.objects.exists()
    assert on_disk(disk) == []
    assert issue().number == 1


def test_an_unknown_type_is_refused(issue):
    with pytest.raises(ValueError, match="LÁ THƯ"):
        issue(type="LÁ THƯ")


def test_documents_issued_at_the_same_time_get_numbers_without_gap(transactional_db, issue):
    barrier = threading.Barrier(4)

    def work() -> None:
        barrier.wait()
        for _document in range(3):
            issue()
        connection.close()

    threads = [threading.Thread(target=work) for _worker in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(Document.objects.values_list("number", flat=True)) == list(range(1, 13))
