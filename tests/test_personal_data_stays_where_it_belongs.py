"""Marked data of one petitioner are followed through the whole system.

They may stand in the record, before the eyes of those who handle it. They may stand nowhere else:
no log, no address, no letter, no error page, no job, no session, no file that is taken away, no
public page. Those of a denouncer: test_a_denouncer_is_nowhere_but_in_the_vault.
"""

from __future__ import annotations

import json
import logging
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.contrib.sessions.models import Session
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client

from dongthuan.core.matters.models import Entry, Matter
from dongthuan.core.matters.receipts import receipt_secret
from dongthuan.core.outbox.models import Message
from dongthuan.core.papers.tests.conftest import picture
from dongthuan.core.people.services import token_create
from tests.conftest import text_of

NAME, PHONE, EMAIL, WORD = "Vết Tên Riêng", "0905777999", "vetriengtu@vidu.vn", "vếtnộidung"
TEXT = f"Tôi xin trình bày {WORD} như sau: cống trước nhà bị vỡ nắp đã lâu."
MARKS = (NAME, PHONE, EMAIL, WORD, "vetnoidung", "%E1%BA%BFtn", "V%E1%BA%BFt+T%C3%AAn")
D = "/ban-lam-viec/"
SENT = {
    "step": "who", "go": "send", "text": TEXT, "commune": "21439", "place_text": "",
    "name": NAME, "address": f"Nhà của {NAME}", "phone": PHONE, "email": EMAIL,
}  # fmt: skip
PUBLIC = (
    "/", "/so-lieu/", "/don-vi/", "/don-vi/21439/", "/don-vi/21439/so-lieu.csv", "/tra-cuu/",
    "/tra-cuu/?q=cong", "/tra-cuu/?q=vetnoidung", "/api/v1/", "/api/v1/matters",
)  # fmt: skip


def marks_in(text: str) -> list[str]:
    return [mark for mark in MARKS if mark.casefold() in text.casefold()]


def body_of(answer: Any) -> str:
    return (b"".join(answer) if answer.streaming else answer.content).decode("utf-8", "replace")


@pytest.fixture
def heard(caplog: pytest.LogCaptureFixture) -> pytest.LogCaptureFixture:
    """Everything that any logger says, as an operator sees it with LOG_LEVEL=DEBUG."""
    caplog.set_level(logging.DEBUG)
    caplog.handler.setFormatter(logging.Formatter("%(name)s %(message)s %(args)s"))
    return caplog


def send(declared: str) -> Matter:
    """Through the portal, as a browser does."""
    token = f"mot-bieu-mau-{declared or 'don'}-0001"
    visitor = Client(raise_request_exception=False)
    answer = visitor.post("/gui/", SENT | {"declared": declared, "form_token": token})
    assert answer.status_code == 302, body_of(answer)[-3000:]
    assert not marks_in(answer["Location"])
    visitor.get("/gui/da-nhan/")
    assert not any(marks_in(cookie.value) for cookie in visitor.cookies.values())
    return Matter.objects.latest("id")


def send_by_api(declared: str) -> Matter:
    answer = Client().post(
        "/api/v1/submissions",
        json.dumps(
            {
                "text": TEXT,
                "place": "21439",
                "declared": declared,
                "sender": {"name": NAME, "phone": PHONE, "email": EMAIL},
            }
        ),
        content_type="application/json",
    )
    assert answer.status_code == 201, answer.content
    return Matter.objects.latest("id")


def work_on(client: Client, matter: Matter, *steps: tuple[str, dict[str, Any]]) -> None:
    """Take steps at the desk; the addresses on its pages carry no marked word."""
    there = f"{D}vu-viec/{matter.code}/"
    for name, data in steps:
        matter.refresh_from_db()
        answer = client.post(f"{there}{name}/", {"version": matter.version, **data})
        assert answer.status_code == 302, body_of(answer)[-3000:]
        assert not marks_in(answer["Location"])
        client.get(there)
    client.post(f"{there}ghi-chu/", {"text": f"Đã gặp {NAME} ({PHONE}).", "to_petitioner": "on"})
    client.get(f"{D}?view=all")


REGISTER = ("register", {"title": "Cống vỡ nắp", "topic": "construction"})
ORDINARY = (
    REGISTER,
    ("classify", {"kind": "feedback", "remark": f"Theo lời {NAME}."}),
    ("examine", {"eligible": "yes", "competence": "in", "remark": WORD}),
    ("accept", {}),
    ("answer", {"answer": f"Kính gửi {NAME}: cống đã được thay nắp."}),
)


@pytest.fixture
def lived(
    people: Any,
    signed_in: Callable[[str], Client],
    heard: pytest.LogCaptureFixture,
    settings: Any,
    tmp_path: Path,
) -> dict[str, Matter]:
    """Sent by both doors and worked on at the desk."""
    settings.MEDIA_ROOT = tmp_path / "files"
    made = {
        "petition": send(""),
        "petition by API": send_by_api("feedback"),
    }
    for matter in made.values():
        work_on(signed_in("head"), matter, *ORDINARY)
    return made


def test_no_log_says_it(lived: dict[str, Matter], heard: pytest.LogCaptureFixture) -> None:
    assert not marks_in(heard.text)


def test_no_letter_says_it(lived: dict[str, Matter], deliver: Callable[[], list[Any]]) -> None:
    mails = deliver()
    assert mails
    for mail in mails:
        del mail["To"]
        assert not marks_in(str(mail["Subject"]) + text_of(mail) + str(mail.items()))
    for message in Message.objects.all():
        assert not marks_in(message.subject + message.body + message.key + message.about)


def test_no_job_and_no_session_carries_it(lived: dict[str, Matter]) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT args::text, queueing_lock FROM procrastinate_jobs")
        assert not marks_in(str(cursor.fetchall()))
    assert Session.objects.exists()
    for session in Session.objects.all():
        assert not marks_in(json.dumps(session.get_decoded(), ensure_ascii=False))


def test_the_facts_of_the_record_are_free_of_it(lived: dict[str, Matter]) -> None:
    """Facts stay for ever; what is personal sits in the payload, which can be erased."""
    assert Entry.objects.count() > 10
    for entry in Entry.objects.all():
        assert not marks_in(json.dumps(entry.facts, ensure_ascii=False))


def test_no_public_page_shows_it(lived: dict[str, Matter]) -> None:
    for address in PUBLIC:
        answer = Client(raise_request_exception=False).get(address)
        assert answer.status_code < 500, address
        shown = body_of(answer).replace("vetnoidung", "") if "q=" in address else body_of(answer)
        assert not marks_in(shown), address


def test_the_public_page_of_each_matter_shows_nothing_of_it(lived: dict[str, Matter]) -> None:
    for matter in lived.values():
        answer = Client(raise_request_exception=False).get(f"/tra-cuu/{matter.code}/")
        assert answer.status_code == 200
        assert not marks_in(body_of(answer))
        answer = Client().get(f"/api/v1/matters/{matter.code}")
        assert not marks_in(body_of(answer))


def test_no_list_that_is_taken_away_carries_it(
    lived: dict[str, Matter], signed_in: Callable[[str], Client]
) -> None:
    for name in ("head", "sealed", "inspector", "front"):
        assert not marks_in(body_of(signed_in(name).get(f"{D}xuat/?view=all"))), name


def test_no_error_page_and_no_log_of_an_error_repeats_it(
    people: Any,
    submit: Any,
    signed_in: Callable[[str], Client],
    heard: pytest.LogCaptureFixture,
    settings: Any,
    tmp_path: Path,
) -> None:
    code = submit().code
    head = signed_in("head")
    (tmp_path / "files").write_text("a file where the store should be")
    settings.MEDIA_ROOT = tmp_path / "files"
    picture_sent = SimpleUploadedFile("anh.jpg", picture())
    answers = [
        Client(enforce_csrf_checks=True).post("/gui/", SENT),
        Client().post("/gui/", SENT | {"name": f"{NAME}\0"}),
        Client().post("/gui/", {f"{NAME}{n}": PHONE for n in range(500)}),
        Client().post("/api/v1/submissions", TEXT, content_type="application/json"),
        Client().put("/gui/", TEXT),
        head.post(f"{D}vu-viec/{code}/khong-co/", {"text": TEXT, "name": NAME}),
        head.post(f"{D}vu-viec/{code}/giao/", {"account": NAME}),
        head.post(f"{D}vu-viec/{code}/ghi-chu/", {"text": TEXT, "papers": picture_sent}),
    ]
    assert [a.status_code for a in answers] == [403, 400, 413, 400, 405, 404, 302, 500]
    for answer in answers:
        assert not marks_in(body_of(answer))
    assert not marks_in(heard.text)


def test_looking_up_repeats_neither_secret_nor_sender(
    submit: Any, heard: pytest.LogCaptureFixture
) -> None:
    receipt = submit(TEXT)
    visitor = Client(raise_request_exception=False)
    secret = receipt_secret(receipt.submission)
    wrong = visitor.post("/tra-cuu/", {"code": receipt.code, "secret": "AAAA-BBBB-CCCC"})
    right = visitor.post("/tra-cuu/", {"code": receipt.code, "secret": secret})
    assert right.status_code == 302
    assert secret not in right["Location"]
    assert not marks_in(body_of(wrong))
    assert secret not in heard.text
    assert not marks_in(heard.text)


def test_a_token_of_the_api_is_in_no_log(
    people: Any, submit: Any, heard: pytest.LogCaptureFixture
) -> None:
    code = submit(TEXT).code
    token = token_create(account=people.accounts["intake"], label="thử")
    answer = Client().get(f"/api/v1/matters/{code}", headers={"Authorization": f"Bearer {token}"})
    assert answer.status_code == 200
    assert token not in heard.text
    assert not marks_in(heard.text)


def test_a_failed_sign_in_does_not_write_down_who_it_was(
    people: Any, heard: pytest.LogCaptureFixture
) -> None:
    Client().post(
        "/tai-khoan/login/", {"login": EMAIL, "password": "sai-mat-khau"}, REMOTE_ADDR="203.0.113.9"
    )
    assert not marks_in(heard.text)
    assert "203.0.113.9" not in heard.text
    with connection.cursor() as cursor:
        cursor.execute("SELECT username, get_data, post_data FROM axes_accessattempt")
        assert not marks_in(str(cursor.fetchall()))
