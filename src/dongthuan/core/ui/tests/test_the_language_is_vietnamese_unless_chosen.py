from __future__ import annotations

import pytest
from django.test import Client

pytestmark = pytest.mark.urls("dongthuan.core.ui.tests.urls")


def test_a_browser_that_asks_for_english_still_gets_vietnamese(client: Client) -> None:
    response = client.get("/", headers={"Accept-Language": "en"})
    assert response.content == b"vi"
    assert response.headers["Content-Language"] == "vi"


def test_the_kept_choice_decides(client: Client) -> None:
    client.cookies["ngon-ngu"] = "en"
    response = client.get("/")
    assert response.content == b"en"
    assert response.headers["Content-Language"] == "en"
    assert "Cookie" in response.headers["Vary"]


@pytest.mark.parametrize("value", ["fr", "", "EN", "../../en", "e" * 4000])
def test_an_unknown_choice_is_passed_over(client: Client, value: str) -> None:
    client.cookies["ngon-ngu"] = value
    assert client.get("/").content == b"vi"


@pytest.mark.parametrize(
    ("asked", "given"),
    [("en", b"en"), ("en-GB,en;q=0.9", b"en"), ("fr, en;q=0.5", b"en"), ("fr", b"vi"), ("", b"vi")],
)
def test_a_program_may_ask_with_a_header(client: Client, asked: str, given: bytes) -> None:
    response = client.get("/api/language/", headers={"Accept-Language": asked})
    assert response.content == given
    assert "Accept-Language" in response.headers["Vary"]


def test_a_body_that_is_made_later_is_in_the_same_language(client: Client) -> None:
    client.cookies["ngon-ngu"] = "en"
    assert b"".join(client.get("/stream/").streaming_content) == b"en"


def test_one_reader_does_not_change_the_language_of_the_next(client: Client) -> None:
    client.cookies["ngon-ngu"] = "en"
    client.get("/")
    assert Client().get("/").content == b"vi"


def test_choosing_keeps_the_choice_and_goes_back(client: Client) -> None:
    response = client.get("/ngon-ngu/en/?next=/gui/?buoc=2")
    assert response.status_code == 302
    assert response.headers["Location"] == "/gui/?buoc=2"
    assert client.get("/").content == b"en"


@pytest.mark.parametrize(
    "target",
    [
        "https://ke-xau.example/",
        "//ke-xau.example/",
        "/\\ke-xau.example",
        "javascript:alert(1)",
        "",
    ],
)
def test_choosing_never_leads_to_another_site(client: Client, target: str) -> None:
    response = client.get("/ngon-ngu/en/", {"next": target})
    assert response.headers["Location"] == "/"


def test_a_language_that_we_do_not_speak_is_no_page(client: Client) -> None:
    assert client.get("/ngon-ngu/fr/").status_code == 404
