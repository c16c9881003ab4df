from __future__ import annotations

import time
from typing import Any
from unittest.mock import patch

import pytest
from django.contrib.sessions.models import Session
from django.test import Client

from dongthuan.core.matters.models import Submission
from dongthuan.core.matters.receipts import receipt_secret

pytestmark = pytest.mark.django_db


def test_code_secret_and_dates_stand_on_it(send: Any, english: Client) -> None:
    send()
    page = english.get("/gui/da-nhan/")
    body = page.content.decode()
    submission = Submission.objects.get()
    assert submission.matter.code in body and receipt_secret(submission) in body
    assert "data:image/svg+xml" in body
    assert f"{submission.matter.next_due_on:%d/%m/%Y}" in body
    assert "no-store" in page["Cache-Control"]


def test_the_secret_is_in_no_address_no_cookie_and_no_session(send: Any, english: Client) -> None:
    sent = send()
    secret = receipt_secret(Submission.objects.get())
    assert secret not in sent["Location"]
    cookie = sent.cookies["don-cua-toi"]
    assert secret not in cookie.value and secret.replace("-", "") not in cookie.value
    assert (cookie["httponly"], cookie["samesite"], cookie["max-age"]) == (True, "Strict", 1800)
    assert not Session.objects.exists()


def test_another_browser_sees_nothing(send: Any, english: Client) -> None:
    send()
    assert Client().get("/gui/da-nhan/")["Location"] == "/tra-cuu/"
    assert Client().get("/gui/da-nhan/bien-nhan.pdf")["Location"] == "/tra-cuu/"


def test_a_forged_cookie_opens_nothing(send: Any, english: Client) -> None:
    send()
    english.cookies["don-cua-toi"] = "Z0FBQUFBQmZha2U="
    assert english.get("/gui/da-nhan/")["Location"] == "/tra-cuu/"


def test_after_half_an_hour_it_is_over(send: Any, english: Client) -> None:
    send()
    later = time.time() + 31 * 60
    with patch("cryptography.fernet.time.time", return_value=later):
        assert english.get("/gui/da-nhan/")["Location"] == "/tra-cuu/"


def test_a_raised_version_of_the_receipt_closes_it(send: Any, english: Client) -> None:
    send()
    Submission.objects.update(receipt_version=2)
    assert english.get("/gui/da-nhan/")["Location"] == "/tra-cuu/"


def test_it_can_be_had_on_paper(send: Any, english: Client) -> None:
    send()
    paper = english.get("/gui/da-nhan/bien-nhan.pdf")
    assert paper["Content-Type"] == "application/pdf"
    assert paper.content.startswith(b"%PDF-")
    assert "no-store" in paper["Cache-Control"]


def test_it_is_closed_on_a_shared_device(send: Any, english: Client) -> None:
    send()
    assert english.post("/tra-cuu/dong/")["Location"] == "/tra-cuu/"
    assert english.get("/gui/da-nhan/")["Location"] == "/tra-cuu/"
