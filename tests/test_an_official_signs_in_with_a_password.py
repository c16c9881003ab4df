from __future__ import annotations

from typing import Any

import pytest
from django.test import Client

PASSWORD = "mat-khau-thu"
LOGIN = "/tai-khoan/login/"
DESK = "/ban-lam-viec/"


def sign_in(browser: Client, name: str, password: str = PASSWORD, **more: str) -> Any:
    return browser.post(LOGIN, {"login": f"{name}@vidu.vn", "password": password}, **more)


@pytest.fixture(autouse=True)
def _one_factor(settings: Any) -> None:
    settings.OFFICIALS_NEED_MFA = False


def test_the_right_password_leads_to_the_desk(people: Any, browser: Client) -> None:
    answer = sign_in(browser, "intake")
    assert answer.status_code == 302
    assert answer["Location"] == DESK
    assert browser.get(DESK).status_code == 200


def test_letters_of_the_address_may_be_large(people: Any, browser: Client) -> None:
    answer = browser.post(LOGIN, {"login": "INTAKE@Vidu.vn", "password": PASSWORD})
    assert answer["Location"] == DESK


def test_who_was_on_the_way_somewhere_arrives_there(people: Any, browser: Client) -> None:
    there = f"{DESK}?view=overdue"
    asked = browser.get(there)
    assert asked.status_code == 302
    assert asked["Location"].startswith(LOGIN)
    answer = browser.post(asked["Location"], {"login": "intake@vidu.vn", "password": PASSWORD})
    assert answer["Location"] == there


def test_nobody_is_sent_to_another_site(people: Any, browser: Client) -> None:
    answer = browser.post(
        f"{LOGIN}?next=https://kegian.vn/", {"login": "intake@vidu.vn", "password": PASSWORD}
    )
    assert answer["Location"] == DESK


@pytest.mark.parametrize("name", ["intake", "khong-co"])
def test_a_wrong_password_does_not_tell_whether_the_account_exists(
    people: Any, browser: Client, name: str
) -> None:
    answer = sign_in(browser, name, "sai-mat-khau-roi")
    assert answer.status_code == 200
    errors = answer.context["form"].errors
    assert list(errors) == ["__all__"]
    assert [error.code for error in errors.as_data()["__all__"]] == ["email_password_mismatch"]
    assert browser.get(DESK).status_code == 302


def test_the_cookie_is_for_this_site_only_and_hidden_from_scripts(
    people: Any, browser: Client
) -> None:
    sign_in(browser, "intake")
    cookie = browser.cookies["sessionid"]
    assert cookie["httponly"]
    assert cookie["samesite"] == "Lax"
    assert cookie["max-age"] == ""  # gone when the browser closes, as on a shared machine it must
    assert not cookie["secure"]  # the address of this run is http://


def test_the_session_gets_a_new_name_at_sign_in(people: Any, browser: Client) -> None:
    browser.get(LOGIN)
    browser.session["planted"] = "1"
    before = browser.session.session_key
    sign_in(browser, "intake")
    assert browser.session.session_key != before


def test_signing_out_ends_the_session(people: Any, browser: Client) -> None:
    sign_in(browser, "intake")
    old = browser.cookies["sessionid"].value
    answer = browser.post("/tai-khoan/logout/")
    assert answer.status_code == 302
    assert answer["Location"] == "/"
    browser.cookies["sessionid"] = old
    assert browser.get(DESK).status_code == 302


def test_a_link_alone_signs_nobody_out(people: Any, browser: Client) -> None:
    sign_in(browser, "intake")
    assert browser.get("/tai-khoan/logout/").status_code == 200
    assert browser.get(DESK).status_code == 200


def test_a_closed_account_opens_nothing(people: Any, browser: Client) -> None:
    sign_in(browser, "intake")
    account = people.accounts["intake"]
    account.is_active = False
    account.save(update_fields=["is_active"])
    assert browser.get(DESK).status_code == 302
    again = Client(raise_request_exception=False)
    sign_in(again, "intake")
    assert again.get(DESK).status_code == 302
