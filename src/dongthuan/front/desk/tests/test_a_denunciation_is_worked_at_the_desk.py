"""The steps of a denunciation through the forms of the desk: passphrase where it is needed."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client

from dongthuan.core.matters.models import Matter


@pytest.fixture
def desk(desk_of: Any) -> Client:
    browser: Client = desk_of("sealed")
    return browser


def test_registering_needs_no_passphrase_while_the_matter_stays(
    desk: Client, denounce: Any
) -> None:
    code = denounce().code
    form = {"version": 1, "respondents": "Trưởng phòng Kinh tế"}
    answer = desk.post(f"/ban-lam-viec/vu-viec/{code}/register/", form)
    assert answer.status_code == 302
    assert Matter.objects.get(code=code).state == "registered"


@pytest.mark.parametrize("passphrase", ["", "mat-khau-sai-hoan-toan"])
def test_when_the_head_is_denounced_the_passphrase_must_be_right(
    desk: Client, denounce: Any, passphrase: str
) -> None:
    code = denounce().code
    form = {"version": 1, "respondents": "Chủ tịch", "head": "on", "passphrase": passphrase}
    answer = desk.post(f"/ban-lam-viec/vu-viec/{code}/register/", form)
    assert answer.status_code == 422
    assert answer.context["form"].has_error("passphrase")
    assert Matter.objects.get(code=code).unit.code == "21439-ubnd"


def test_the_page_tells_the_procedure_and_nobody(desk: Client, denounce: Any) -> None:
    code = denounce().code
    desk.post(
        f"/ban-lam-viec/vu-viec/{code}/register/", {"version": 1, "respondents": "Ông MOCDAU"}
    )
    page = desk.get(f"/ban-lam-viec/vu-viec/{code}/").content.decode()
    assert "MOCDAU" not in page and "Nguyễn Thị Kín" not in page
