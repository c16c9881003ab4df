from __future__ import annotations

from typing import Any

import pytest
from django.test import Client

from dongthuan.core.matters.models import Matter, Submission
from dongthuan.front.portal.tests.conftest import FILLED, hidden
from dongthuan.front.portal.tests.test_files_travel_with_the_form import picture

pytestmark = pytest.mark.django_db


def test_the_same_form_sent_twice_makes_one_submission_and_shows_the_same_receipt(
    send: Any, english: Client
) -> None:
    assert send().status_code == 302
    first = english.get("/gui/da-nhan/").content
    assert send().status_code == 302
    again = english.get("/gui/da-nhan/").content
    assert Submission.objects.count() == Matter.objects.count() == 1
    code = Matter.objects.get().code.encode()
    assert code in first and code in again


def test_with_files_too(send: Any, english: Client) -> None:
    what = FILLED | {"step": "what", "go": "upload", "papers": [picture(), picture("hai.png")]}
    tokens = hidden(english.post("/gui/", what), "file")
    assert send(file=tokens).status_code == 302
    assert send(file=tokens).status_code == 302
    assert Matter.objects.count() == 1


def test_another_content_under_the_same_key_is_not_lost(send: Any, english: Client) -> None:
    assert send().status_code == 302
    page = send(text="Nội dung khác hẳn, viết sau khi đã gửi.")
    assert page.status_code == 409
    body = page.content.decode()
    assert "already sent with another content" in body and "Nội dung khác hẳn" in body
    (fresh,) = hidden(page, "form_token")
    sent = send(text="Nội dung khác hẳn, viết sau khi đã gửi.", form_token=fresh)
    assert sent.status_code == 302
    assert Matter.objects.count() == 2


def test_the_31st_submission_of_an_hour_from_one_address_waits(send: Any) -> None:
    for number in range(30):
        assert send(form_token=f"form-token-number-{number}").status_code == 302
    page = send(form_token="form-token-number-31")
    assert page.status_code == 429
    body = page.content.decode()
    assert "Too many petitions came from your connection" in body
    assert "Nguyễn Thị Thử" in body
    assert Matter.objects.count() == 30
