from __future__ import annotations

import base64
import hashlib
import hmac
import struct
import time
from collections.abc import Callable
from typing import Any

import pytest
from allauth.mfa.models import Authenticator
from django.core.cache import cache
from django.test import Client

from dongthuan.core.people.models import Account
from dongthuan.core.people.services import account_create, appointment_create
from dongthuan.core.units.models import Position
from tests.conftest import code_in, text_of

PASSWORD = "mat-khau-thu"
LOGIN = "/tai-khoan/login/"
DESK = "/ban-lam-viec/"
SET_UP = "/tai-khoan/2fa/"
ACTIVATE = "/tai-khoan/2fa/totp/activate/"
AUTHENTICATE = "/tai-khoan/2fa/authenticate/"
AGAIN = "/tai-khoan/reauthenticate/"
DOORS = (
    DESK, f"{DESK}vao-so/", f"{DESK}xuat/", f"{DESK}vu-viec/21439-26-000001/",
    f"{DESK}vu-viec/21439-26-000001/register/",
)  # fmt: skip


def totp(secret: str) -> str:
    """The code that an authenticator app shows now (RFC 6238)."""
    key = base64.b32decode(secret + "=" * (-len(secret) % 8))
    digest = hmac.new(key, struct.pack(">Q", int(time.time() // 30)), hashlib.sha1).digest()
    offset = digest[-1] & 15
    number = struct.unpack(">I", digest[offset : offset + 4])[0] & 0x7FFFFFFF
    return f"{number % 10**6:06d}"


@pytest.fixture
def official(people: Any, submit: Any, settings: Any) -> Account:
    settings.OFFICIALS_NEED_MFA = True
    submit()
    return people.accounts["intake"]


def sign_in(browser: Client) -> Any:
    return browser.post(LOGIN, {"login": "intake@vidu.vn", "password": PASSWORD})


def enrol(browser: Client) -> str:
    """Set up an authenticator app as the pages lead; gives its secret."""
    page = browser.get(ACTIVATE, follow=True)
    if page.request["PATH_INFO"] == AGAIN:
        page = browser.post(f"{AGAIN}?next={ACTIVATE}", {"password": PASSWORD}, follow=True)
    secret = page.context["form"].secret
    done = browser.post(ACTIVATE, {"code": totp(secret)})
    assert done.status_code == 302, done.context["form"].errors
    return str(secret)


@pytest.mark.parametrize("door", DOORS)
def test_without_one_an_official_reaches_nothing_of_the_desk(
    official: Account, browser: Client, door: str
) -> None:
    sign_in(browser)
    answer = browser.get(door)
    assert answer.status_code == 302
    assert answer["Location"] == SET_UP
    assert browser.get(SET_UP).status_code == 200
    assert browser.post(door).status_code in (302, 405)


def test_setting_one_up_asks_for_the_password_once_more(official: Account, browser: Client) -> None:
    """A desk left open must not let a passer-by put a factor of their own on the account."""
    sign_in(browser)
    assert browser.get(ACTIVATE)["Location"].startswith(AGAIN)


def test_setting_one_up_opens_the_desk_at_once(official: Account, browser: Client) -> None:
    sign_in(browser)
    enrol(browser)
    assert browser.get(DESK).status_code == 200


def test_with_one_the_password_alone_opens_nothing(official: Account, browser: Client) -> None:
    sign_in(browser)
    enrol(browser)
    later = Client(raise_request_exception=False)
    assert sign_in(later)["Location"] == AUTHENTICATE
    assert later.get(DESK)["Location"].startswith(LOGIN)


def test_password_and_code_open_the_desk(official: Account, browser: Client) -> None:
    sign_in(browser)
    secret = enrol(browser)
    cache.clear()  # a code is good once; half a minute later there is another
    later = Client(raise_request_exception=False)
    sign_in(later)
    assert later.post(AUTHENTICATE, {"code": totp(secret)})["Location"] == DESK
    assert later.get(DESK).status_code == 200


def test_a_code_is_good_once(official: Account, browser: Client) -> None:
    sign_in(browser)
    secret = enrol(browser)
    cache.clear()
    code = totp(secret)
    first, second = Client(), Client()
    sign_in(first)
    assert first.post(AUTHENTICATE, {"code": code}).status_code == 302
    sign_in(second)
    assert second.post(AUTHENTICATE, {"code": code}).status_code == 200


def test_a_wrong_code_opens_nothing(official: Account, browser: Client) -> None:
    sign_in(browser)
    secret = enrol(browser)
    cache.clear()
    later = Client(raise_request_exception=False)
    sign_in(later)
    wrong = f"{(int(totp(secret)) + 500_000) % 10**6:06d}"
    answer = later.post(AUTHENTICATE, {"code": wrong})
    assert answer.status_code == 200
    assert len(answer.context["form"].errors["code"]) == 1
    assert later.get(DESK).status_code == 302


def test_codes_cannot_be_guessed_one_after_the_other(official: Account, browser: Client) -> None:
    sign_in(browser)
    secret = enrol(browser)
    cache.clear()
    later = Client(raise_request_exception=False)
    sign_in(later)
    wrong = f"{(int(totp(secret)) + 500_000) % 10**6:06d}"
    for _ in range(20):
        later.post(AUTHENTICATE, {"code": wrong})
    later.post(AUTHENTICATE, {"code": totp(secret)})
    assert later.get(DESK).status_code == 302


def test_an_official_without_a_password_sets_one_up_too(
    official: Account, browser: Client, deliver: Callable[[], list[Any]]
) -> None:
    account = account_create(email="moi@vidu.vn", name="Cán bộ mới")
    appointment_create(
        account=account,
        position=Position.objects.get(code="21439-handler-2"),
        valid_from=official.date_joined.date(),
    )
    browser.post(LOGIN, {"login": "moi@vidu.vn", "password": ""})
    letter = next(mail for mail in deliver() if mail["To"] == "moi@vidu.vn")
    browser.post("/tai-khoan/login/code/confirm/", {"code": code_in(text_of(letter))})
    assert browser.get(DESK)["Location"] == SET_UP
    enrol(browser)
    assert browser.get(DESK).status_code == 200


def test_a_factor_set_up_elsewhere_must_be_shown_here(official: Account, browser: Client) -> None:
    """A session from before, perhaps a thief's, does not rise by what the owner does."""
    sign_in(browser)
    owner = Client(raise_request_exception=False)
    sign_in(owner)
    secret = enrol(owner)
    cache.clear()
    sent = browser.get(f"{DESK}?view=soon")
    assert sent["Location"].startswith("/tai-khoan/2fa/reauthenticate/")
    answer = browser.post(sent["Location"], {"code": totp(secret)})
    assert answer["Location"] == f"{DESK}?view=soon"
    assert browser.get(DESK).status_code == 200


def test_the_secret_of_the_app_is_not_readable_in_the_database(
    official: Account, browser: Client
) -> None:
    sign_in(browser)
    secret = enrol(browser)
    rows = Authenticator.objects.filter(user=official)
    assert {row.type for row in rows} == {"totp", "recovery_codes"}
    assert all(secret not in str(row.data) for row in rows)


def test_citizens_need_none(people: Any, browser: Client, settings: Any) -> None:
    settings.OFFICIALS_NEED_MFA = True
    account = account_create(email="dan@vidu.vn", name="Người dân thử", password=PASSWORD)
    browser.post(LOGIN, {"login": account.email, "password": PASSWORD})
    assert browser.get("/toi/").status_code == 200
    assert browser.get(DESK).status_code == 403
