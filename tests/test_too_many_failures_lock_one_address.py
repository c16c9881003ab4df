from __future__ import annotations

from typing import Any

import pytest
from django.test import Client

PASSWORD = "mat-khau-thu"
LOGIN = "/tai-khoan/login/"
HERE, THERE = "203.0.113.7", "203.0.113.8"


def attempt(name: str, password: str, address: str = HERE) -> Any:
    return Client(raise_request_exception=False, REMOTE_ADDR=address).post(
        LOGIN, {"login": f"{name}@vidu.vn", "password": password}
    )


@pytest.fixture
def locked(people: Any, settings: Any) -> None:
    settings.OFFICIALS_NEED_MFA = False
    for _ in range(9):
        assert attempt("intake", "sai-mat-khau-roi").status_code == 200
    assert attempt("intake", "sai-mat-khau-roi").status_code == 429


def test_after_ten_failures_even_the_right_password_waits(locked: None) -> None:
    answer = attempt("intake", PASSWORD)
    assert answer.status_code == 429
    assert answer["Cache-Control"] == "no-store"
    page = answer.content.decode()
    assert '<html lang="vi"' in page
    assert page.count("<h1") == 1
    assert "intake@vidu.vn" not in page
    assert HERE not in page


def test_large_letters_do_not_open_the_lock(locked: None) -> None:
    assert attempt("INTAKE", PASSWORD).status_code == 429


def test_others_sign_in_from_the_same_address(locked: None) -> None:
    assert attempt("handler", PASSWORD)["Location"] == "/ban-lam-viec/"


def test_the_owner_signs_in_from_elsewhere(locked: None) -> None:
    """Otherwise anybody could lock an official out by typing nonsense."""
    assert attempt("intake", PASSWORD, THERE)["Location"] == "/ban-lam-viec/"


def test_a_success_forgets_the_failures_before(people: Any, settings: Any) -> None:
    settings.OFFICIALS_NEED_MFA = False
    for _ in range(2):
        for _ in range(7):
            assert attempt("intake", "sai-mat-khau-roi").status_code == 200
        assert attempt("intake", PASSWORD).status_code == 302
