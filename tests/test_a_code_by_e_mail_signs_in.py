from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from dongthuan.core.outbox.models import Message
from dongthuan.core.people.models import Account
from dongthuan.core.people.services import account_create
from tests.conftest import code_in, text_of

LOGIN = "/tai-khoan/login/"
CONFIRM = "/tai-khoan/login/code/confirm/"
SIGN_UP = "/tai-khoan/signup/"

Deliver = Callable[[], list[Any]]


@pytest.fixture
def citizen(people: Any) -> Account:
    return account_create(email="dan@vidu.vn", name="Người dân thử")


def test_an_empty_password_brings_a_code_that_opens_the_door(
    citizen: Account, browser: Client, deliver: Deliver
) -> None:
    asked = browser.post(LOGIN, {"login": "dan@vidu.vn", "password": ""})
    assert asked["Location"] == CONFIRM
    (mail,) = deliver()
    assert mail["To"] == "dan@vidu.vn"
    answer = browser.post(CONFIRM, {"code": code_in(text_of(mail))})
    assert answer.status_code == 302
    assert answer["Location"] == "/toi/"
    assert browser.get("/toi/").status_code == 200


def test_the_letter_speaks_for_dong_thuan_and_names_no_host(
    citizen: Account, browser: Client, deliver: Deliver
) -> None:
    browser.post(LOGIN, {"login": "dan@vidu.vn", "password": ""})
    (message,) = Message.objects.all()
    assert message.subject.startswith("[Đồng Thuận] ")
    assert "Đồng Thuận" in message.body
    assert "testserver" not in message.subject + message.body
    assert "example.com" not in message.body
    assert "#" not in message.body
    (mail,) = deliver()
    assert mail["Auto-Submitted"] == "auto-generated"


def test_a_wrong_code_opens_nothing(citizen: Account, browser: Client, deliver: Deliver) -> None:
    browser.post(LOGIN, {"login": "dan@vidu.vn", "password": ""})
    answer = browser.post(CONFIRM, {"code": "ABCD-EFGH"})
    assert answer.status_code == 200
    assert answer.context["form"].errors["code"]
    assert browser.get("/toi/").status_code == 302


def test_after_three_wrong_codes_the_right_one_comes_too_late(
    citizen: Account, browser: Client, deliver: Deliver
) -> None:
    browser.post(LOGIN, {"login": "dan@vidu.vn", "password": ""})
    (mail,) = deliver()
    for _ in range(3):
        browser.post(CONFIRM, {"code": "ABCD-EFGH"})
    browser.post(CONFIRM, {"code": code_in(text_of(mail))})
    assert browser.get("/toi/").status_code == 302


def test_a_code_is_good_in_the_browser_that_asked_only(
    citizen: Account, browser: Client, deliver: Deliver
) -> None:
    browser.post(LOGIN, {"login": "dan@vidu.vn", "password": ""})
    (mail,) = deliver()
    other = Client(raise_request_exception=False)
    other.post(CONFIRM, {"code": code_in(text_of(mail))})
    assert other.get("/toi/").status_code == 302


def test_an_unknown_address_sees_the_same_page_as_a_known_one(
    people: Any, browser: Client, deliver: Deliver
) -> None:
    asked = browser.post(LOGIN, {"login": "la@vidu.vn", "password": ""})
    assert asked["Location"] == CONFIRM
    (mail,) = deliver()
    assert mail["To"] == "la@vidu.vn"
    assert not Account.objects.filter(email="la@vidu.vn").exists()


def test_signing_up_takes_an_address_and_its_code(
    people: Any, browser: Client, deliver: Deliver
) -> None:
    asked = browser.post(SIGN_UP, {"email": "moi@vidu.vn"})
    assert asked.status_code == 302
    (mail,) = deliver()
    assert browser.get("/toi/").status_code == 302
    answer = browser.post(asked["Location"], {"code": code_in(text_of(mail))})
    assert answer.status_code == 302
    account = Account.objects.get(email="moi@vidu.vn")
    assert not account.has_usable_password()
    assert browser.get("/toi/").status_code == 200
    assert browser.get("/ban-lam-viec/").status_code == 403


def test_signing_up_twice_does_not_tell_that_the_account_exists(
    citizen: Account, browser: Client, deliver: Deliver
) -> None:
    fresh = browser.post(SIGN_UP, {"email": "moi@vidu.vn"})
    again = Client(raise_request_exception=False).post(SIGN_UP, {"email": "dan@vidu.vn"})
    assert again["Location"] == fresh["Location"]
    assert Account.objects.filter(email="dan@vidu.vn").count() == 1
    assert len(deliver()) == 2


def test_nothing_is_sent_while_the_page_waits(citizen: Account, browser: Client) -> None:
    """The mail server may be down; the code is queued with a job of its own."""
    browser.post(LOGIN, {"login": "dan@vidu.vn", "password": ""})
    (message,) = Message.objects.all()
    assert message.state == "pending"
    assert message.channel == "email"
