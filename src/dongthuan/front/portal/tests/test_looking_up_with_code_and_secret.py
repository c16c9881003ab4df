from __future__ import annotations

import re
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from dongthuan.core.matters.models import Entry, Paper, Submission
from dongthuan.core.matters.receipts import receipt_secret
from dongthuan.core.matters.services import matter_note
from dongthuan.core.people.actors import ANONYMOUS
from dongthuan.core.people.services import account_create
from dongthuan.work.petitions.services import petitioner_reply

pytestmark = pytest.mark.django_db
BACKEND = "allauth.account.auth_backends.AuthenticationBackend"


def opened(client: Client, receipt: Any) -> str:
    """The own page of a receipt."""
    said = {"code": receipt.code, "secret": receipt.secret}
    assert client.post("/tra-cuu/", said)["Location"] == "/tra-cuu/cua-toi/"
    return client.get("/tra-cuu/cua-toi/").content.decode()


def bare(page: Any) -> str:
    """A page without what changes at each request and what was typed."""
    text = page.content.decode()
    text = re.sub(r'name="csrfmiddlewaretoken" value="[^"]+"', "", text)
    return re.sub(r'(name="(?:code|secret)") value="[^"]*"', r"\1", text)


def test_everything_that_was_said_to_me_is_there(submit: Any, walk: Any, english: Client) -> None:
    receipt = submit("Đèn đường ở tổ 5 tắt đã một tháng nay, xin sửa.")
    walk(receipt.matter, "register", "classify", "examine", "accept", "DECIDE")
    page = opened(english, receipt)
    assert "Đèn đường ở tổ 5 tắt đã một tháng nay" in page
    assert "Nội dung thử cho bước này." in page
    assert "How this date was computed" in page
    assert receipt.code in page


def test_what_is_for_officials_is_not_there(submit: Any, people: Any, english: Client) -> None:
    receipt = submit()
    matter_note(acting=people.head, matter_id=receipt.matter.pk, text="Ghi chú NOIBO123")
    matter_note(
        acting=people.head, matter_id=receipt.matter.pk, text="Lời nhắn CHODAN456",
        to_petitioner=True,
    )  # fmt: skip
    page = opened(english, receipt)
    assert "CHODAN456" in page
    assert "NOIBO123" not in page


def test_blanks_dashes_and_case_do_not_matter(submit: Any, english: Client) -> None:
    receipt = submit()
    secret = receipt.secret.lower().replace("-", "  ")
    said = {"code": f" {receipt.code.lower()} ", "secret": secret}
    assert english.post("/tra-cuu/", said).status_code == 302


def test_a_wrong_secret_and_a_wrong_code_are_answered_alike(submit: Any, english: Client) -> None:
    receipt = submit()
    wrong_secret = english.post("/tra-cuu/", {"code": receipt.code, "secret": "KKKK-KKKK-KKKK"})
    wrong_code = english.post("/tra-cuu/", {"code": "21439-26-999999", "secret": receipt.secret})
    assert wrong_secret.status_code == wrong_code.status_code == 422
    assert "Code and secret do not belong together" in wrong_secret.content.decode()
    assert bare(wrong_secret) == bare(wrong_code)
    assert "don-cua-toi" not in wrong_secret.cookies


def test_after_twenty_failures_even_the_right_secret_waits(submit: Any, english: Client) -> None:
    receipt = submit()
    for _try in range(20):
        bad = english.post("/tra-cuu/", {"code": receipt.code, "secret": "KKKK-KKKK-KKKK"})
        assert bad.status_code == 422
    page = english.post("/tra-cuu/", {"code": receipt.code, "secret": receipt.secret})
    assert page.status_code == 429
    assert "Too many failed tries" in page.content.decode()


def test_successes_are_not_counted(submit: Any, english: Client) -> None:
    receipt = submit()
    for _try in range(25):
        said = {"code": receipt.code, "secret": receipt.secret}
        assert english.post("/tra-cuu/", said).status_code == 302


def test_i_write_back_with_a_file_and_read_both(submit: Any, english: Client) -> None:
    receipt = submit()
    opened(english, receipt)
    file = SimpleUploadedFile("anh.txt", "Ảnh chụp hôm qua".encode())
    said = {"text": "Hôm qua nước lại ngập đến thềm nhà.", "papers": file}
    assert english.post("/tra-cuu/cua-toi/", said)["Location"] == "/tra-cuu/cua-toi/"
    page = english.get("/tra-cuu/cua-toi/").content.decode()
    assert "Hôm qua nước lại ngập" in page and "anh.txt" in page
    handle = Paper.objects.get().attachment.uuid
    got = english.get(f"/tra-cuu/cua-toi/giay-to/{handle}/")
    assert b"".join(got.streaming_content).decode() == "Ảnh chụp hôm qua"
    assert Client().get(f"/tra-cuu/cua-toi/giay-to/{handle}/").status_code == 404


def test_a_bad_file_keeps_the_reply_back(submit: Any, english: Client) -> None:
    receipt = submit()
    opened(english, receipt)
    bad = SimpleUploadedFile("virus.exe", b"MZ\x90\x00" * 9)
    page = english.post("/tra-cuu/cua-toi/", {"text": "Xin xem tệp kèm theo.", "papers": bad})
    assert page.status_code == 422
    assert "Xin xem tệp kèm theo." in page.content.decode()
    assert not Entry.objects.filter(act="petitioner.reply").exists()


def test_a_reply_after_the_half_hour_is_not_lost(submit: Any, english: Client) -> None:
    submit()
    page = english.post("/tra-cuu/cua-toi/", {"text": "Viết rất lâu rồi mới gửi."})
    assert page.status_code == 403
    assert "Viết rất lâu rồi mới gửi." in page.content.decode()


def test_nobody_reads_what_another_petitioner_of_the_matter_wrote(
    submit: Any, walk: Any, english: Client
) -> None:
    receipt = submit()
    second = Submission.objects.create(matter=receipt.matter, channel="post", text="Tôi cũng vậy")
    receipt.matter.submission_count = 2
    receipt.matter.save()
    petitioner_reply(submission=second, acting=ANONYMOUS, text="Lời riêng RIENG789 của tôi")
    assert "RIENG789" not in opened(english, receipt)
    said = {"code": receipt.code, "secret": receipt_secret(second)}
    english.post("/tra-cuu/", said)
    assert "RIENG789" in english.get("/tra-cuu/cua-toi/").content.decode()


def test_signed_in_people_find_what_they_sent(people: Any, client: Client, send: Any) -> None:
    account = account_create(email="dan@vidu.vn", name="Người dân")
    assert client.get("/toi/").status_code == 302
    client.force_login(account, BACKEND)
    assert send().status_code == 302
    page = client.get("/toi/").content.decode()
    assert "Cống trước nhà văn hóa" in page
    assert page.count("/mo/") == 1
    handle = re.findall(r"/toi/([0-9a-f-]{36})/mo/", page)[0]
    assert client.post(f"/toi/{handle}/mo/")["Location"] == "/tra-cuu/cua-toi/"
    client.force_login(people.accounts["head"], BACKEND)
    assert client.post(f"/toi/{handle}/mo/").status_code == 404


def test_the_own_page_says_what_was_chosen(submit: Any, client: Client) -> None:
    receipt = submit(declared="recommendation")
    client.post("/tra-cuu/", {"code": receipt.code, "secret": receipt.secret})
    page = client.get("/tra-cuu/cua-toi/")
    assert page.context["declared"]
    assert page.context["declared"] in page.content.decode()
