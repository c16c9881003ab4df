from __future__ import annotations

from typing import Any

import pytest
from django.test import Client
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from dongthuan.core.matters.models import Matter
from dongthuan.front.portal.tests.conftest import FILLED

pytestmark = pytest.mark.django_db
SEND = FILLED | {"step": "who", "go": "send", "form_token": "a-form-token-of-the-tests"}


def test_a_text_with_nul_is_refused(people: Any, english: Client) -> None:
    assert english.post("/gui/", SEND | {"text": "mười chữ \x00 trở lên"}).status_code == 400
    assert not Matter.objects.exists()


def test_half_a_surrogate_pair_is_refused(people: Any, english: Client) -> None:
    body = b"step=who&go=send&text=%ED%A0%80%ED%A0%80%ED%A0%80%ED%A0%80&commune=21439"
    page = english.post("/gui/", body, content_type="application/x-www-form-urlencoded")
    assert page.status_code == 400
    assert not Matter.objects.exists()


def test_twenty_megabytes_of_text_are_refused(people: Any, english: Client) -> None:
    assert english.post("/gui/", SEND | {"text": "đơn " * 5_000_000}).status_code == 413
    assert not Matter.objects.exists()


def test_a_text_over_the_limit_is_refused_with_a_sentence(people: Any, english: Client) -> None:
    page = english.post("/gui/", SEND | {"text": "dài " * 6000})
    assert page.status_code == 422
    assert "id_text" in page.content.decode()
    assert not Matter.objects.exists()


@pytest.mark.parametrize(
    "fields",
    [
        {"step": "khong-co"},
        {"go": "pick:../../etc"},
        {"go": "remove:-1"},
        {"go": "remove:99999999999999999999"},
        {"go": "change:who", "step": "what"},
        {"go": ""},
        {"declared": "'; DROP TABLE matters_matter; --"},
        {"form_token": "x"},
        {"commune": "21439' OR 1=1"},
        {"village": "21439-" + "9" * 500},
        {"find": "%" * 300, "go": "find", "step": "where"},
    ],
)
def test_absurd_values_break_nothing(people: Any, english: Client, fields: dict[str, str]) -> None:
    assert english.post("/gui/", SEND | fields).status_code in (200, 302, 422)


@pytest.mark.parametrize(
    "address",
    [
        "/tra-cuu/?q=%21%21%21",
        "/tra-cuu/?q=%27%29%3B--%20%26%20%7C%20%21%20%3C-%3E",
        "/tra-cuu/?trang=-5",
        "/tra-cuu/?trang=999999999999999999999",
        "/tra-cuu/?trang=%C2%B2",
        "/tra-cuu/?unit=khong-co&kind=xx&state=yy&topic=zz",
        "/tra-cuu/?ma=%3Cscript%3E",
        "/don-vi/?q=%25%25%25",
        "/don-vi/?q=" + "a" * 3000,
        "/gui/?don-vi=" + "9" * 3000,
    ],
)
def test_absurd_addresses_are_answered(people: Any, english: Client, address: str) -> None:
    page = english.get(address)
    assert page.status_code == 200
    assert "<script>" not in page.content.decode()


@given(q=st.text(alphabet=st.characters(exclude_categories=["Cs"], exclude_characters="\x00")))
@settings(
    max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
def test_any_words_can_be_searched_for(people: Any, english: Client, q: str) -> None:
    assert english.get("/tra-cuu/", {"q": q}).status_code == 200


def test_unknown_units_are_not_found(people: Any, english: Client) -> None:
    assert english.get("/don-vi/khong-co/").status_code == 404
    assert english.get("/don-vi/vn/").status_code == 404
