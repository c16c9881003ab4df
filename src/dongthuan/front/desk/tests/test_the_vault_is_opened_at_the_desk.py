"""The vault's pages: who gets them, what they show, what is written down."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from dongthuan.core.matters.models import Entry, Matter
from dongthuan.work.denunciations import vault
from dongthuan.work.denunciations.tests.matters import (
    IDENTITY,
    LETTER,
    PASSPHRASE,
    denounced,
    key_of,
)

Desk = Callable[[str], Client]
OPEN = {"reason": "kiểm tra ban đầu", "passphrase": PASSPHRASE}


@pytest.fixture
def matter(people: Any) -> Matter:
    paper = SimpleUploadedFile("giay.txt", "giấy nhận tiền".encode())
    return denounced(people, uploads=[paper]).matter


def place(matter: Matter, more: str = "") -> str:
    return f"/ban-lam-viec/kho-kin/{matter.code}/{more}"


def test_it_opens_with_reason_and_passphrase_and_shows_everything(
    matter: Matter, desk_of: Desk
) -> None:
    page = desk_of("sealed").post(place(matter), OPEN)
    shown = page.content.decode()
    for text in (IDENTITY["name"], IDENTITY["phone"], LETTER["text"], "giay.txt"):
        assert text in shown
    assert "no-store" in page["Cache-Control"]
    assert Entry.objects.get(matter=matter, act="vault.opened").facts == {
        "reason": "kiểm tra ban đầu"
    }


def test_a_file_is_taken_out_with_the_handle_of_the_page(matter: Matter, desk_of: Desk) -> None:
    client = desk_of("sealed")
    shown = client.post(place(matter), OPEN).content.decode()
    found = re.search(r'name="handle" value="([^"]+)"', shown)
    assert found
    answer = client.post(place(matter, "tep/"), {"handle": found[1]})
    assert answer.content.decode() == "giấy nhận tiền"
    assert answer["Content-Disposition"].startswith("attachment")
    assert "no-store" in answer["Cache-Control"]
    assert Entry.objects.filter(matter=matter, act="vault.file").count() == 1


def test_the_handle_of_one_official_is_worth_nothing_to_another(
    people: Any, matter: Matter, desk_of: Desk
) -> None:
    key_of(people, "head")
    head = people.accounts["head"].pk
    vault.vault_grant(
        acting=people.sealed, matter=matter, passphrase=PASSPHRASE, to_account_ids=[head]
    )
    shown = desk_of("sealed").post(place(matter), OPEN).content.decode()
    found = re.search(r'name="handle" value="([^"]+)"', shown)
    assert found
    answer = desk_of("head").post(place(matter, "tep/"), {"handle": found[1]})
    assert answer.status_code == 302


@pytest.mark.parametrize("name", ["intake", "handler", "head", "inspector", "admin", "other_head"])
@pytest.mark.parametrize("more", ["", "nhan/", "them-tep/", "tep/", "quyen/"])
def test_for_everybody_else_the_page_does_not_exist(
    matter: Matter, desk_of: Desk, name: str, more: str
) -> None:
    answer = desk_of(name).post(place(matter, more), OPEN)
    assert answer.status_code == 404
    assert not Entry.objects.filter(matter=matter, act__startswith="vault.").exists()


@pytest.mark.parametrize(
    "data",
    [{}, {"reason": "kiểm tra"}, {"passphrase": PASSPHRASE}, OPEN | {"passphrase": "sai-mat-khau"}],
)
def test_without_reason_or_with_a_wrong_passphrase_nothing_is_shown(
    matter: Matter, desk_of: Desk, data: dict[str, str]
) -> None:
    page = desk_of("sealed").post(place(matter), data)
    assert page.status_code == 422
    assert IDENTITY["name"] not in page.content.decode()
    assert not Entry.objects.filter(matter=matter, act="vault.opened").exists()


def test_the_page_of_the_matter_and_its_steps_show_nothing_of_it(
    matter: Matter, desk_of: Desk
) -> None:
    client = desk_of("sealed")
    for address in (f"/ban-lam-viec/vu-viec/{matter.code}/", "/ban-lam-viec/?view=sealed"):
        page = client.get(address)
        assert page.status_code == 200
        for text in (*IDENTITY.values(), *LETTER.values(), "giay.txt"):
            assert text not in page.content.decode()


def test_a_message_is_written_without_a_passphrase(matter: Matter, desk_of: Desk) -> None:
    answer = desk_of("sealed").post(
        place(matter, "nhan/"), {"text": "Bà có giấy gốc?", "once": "1"}
    )
    assert answer.status_code == 302
    assert Entry.objects.get(matter=matter, act="vault.message").facts == {}


def test_files_of_the_verification_go_in_and_the_denouncer_does_not_see_them(
    people: Any, desk_of: Desk
) -> None:
    receipt = denounced(people)
    paper = SimpleUploadedFile("bien-ban.txt", "biên bản làm việc".encode())
    desk_of("sealed").post(place(receipt.matter, "them-tep/"), {"papers": paper})
    thread = vault.vault_thread(receipt=receipt.digits)
    assert thread and thread.items == []
    shown = desk_of("sealed").post(place(receipt.matter), OPEN).content.decode()
    assert "bien-ban.txt" in shown


def test_it_is_given_to_a_colleague_and_taken_away(
    people: Any, matter: Matter, desk_of: Desk
) -> None:
    key_of(people, "head")
    head = people.accounts["head"].pk
    client = desk_of("sealed")
    client.post(place(matter, "quyen/"), {"go": "grant", "account": head, "passphrase": PASSPHRASE})
    assert desk_of("head").post(place(matter), OPEN).status_code == 200
    client.post(place(matter, "quyen/"), {"go": "revoke", "account": head})
    assert desk_of("head").get(place(matter)).status_code == 404
    client.post(place(matter, "quyen/"), {"go": "rotate", "passphrase": PASSPHRASE})
    assert client.post(place(matter), OPEN).status_code == 200


def test_a_key_is_made_changed_and_replaced(people: Any, desk_of: Desk) -> None:
    client, here = desk_of("handler"), "/ban-lam-viec/kho-kin/"
    assert client.post(here, {"go": "create", "passphrase": "a", "again": "b"}).status_code == 422
    new = {"passphrase": "mot-cau-dai-va-rieng", "again": "mot-cau-dai-va-rieng"}
    assert client.post(here, {"go": "create", **new}).status_code == 302
    assert vault.has_key(people.accounts["handler"].pk)
    change = {"go": "change", "passphrase": "mot-cau-dai-va-rieng", "new": "cau-khac-cung-dai"}
    assert client.post(here, change).status_code == 302
    assert client.post(here, change).status_code == 422
    fresh = change | {"passphrase": "cau-khac-cung-dai", "new": "cau-thu-ba-rat-dai", "fresh": "on"}
    assert client.post(here, fresh).status_code == 302
    assert client.post(here, {"go": "replace", **new}).status_code == 302
    assert client.get(here).status_code == 200


def test_head_and_inspector_read_who_opened_and_why(matter: Matter, desk_of: Desk) -> None:
    desk_of("sealed").post(place(matter), OPEN)
    for name in ("head", "inspector"):
        shown = desk_of(name).get("/ban-lam-viec/kho-kin/so-mo/").content.decode()
        assert "kiểm tra ban đầu" in shown and "Cán bộ sealed" in shown
        assert IDENTITY["name"] not in shown
    assert (
        "kiểm tra" not in desk_of("other_head").get("/ban-lam-viec/kho-kin/so-mo/").content.decode()
    )
    assert desk_of("handler").get("/ban-lam-viec/kho-kin/so-mo/").status_code == 404


def test_who_is_walled_off_reads_nothing_of_it_in_the_register(
    people: Any, matter: Matter, desk_of: Desk
) -> None:
    desk_of("sealed").post(place(matter), OPEN)
    Matter.objects.filter(pk=matter.pk).update(walled_accounts=[people.accounts["head"].pk])
    shown = desk_of("head").get("/ban-lam-viec/kho-kin/so-mo/").content.decode()
    assert matter.code not in shown


def test_the_register_costs_the_same_at_ten_and_at_a_hundred(
    people: Any, matter: Matter, desk_of: Desk
) -> None:
    client = desk_of("head")

    def statements() -> int:
        with CaptureQueriesContext(connection) as captured:
            assert client.get("/ban-lam-viec/kho-kin/so-mo/").status_code == 200
        return sum("SAVEPOINT" not in q["sql"] for q in captured)

    for number in range(10):
        vault.vault_message(acting=people.sealed, matter=matter, text=f"Tin {number}")
    few = statements()
    for number in range(90):
        vault.vault_message(acting=people.sealed, matter=matter, text=f"Tin thêm {number}")
    assert statements() == few <= 8


def test_the_counter_enters_a_denunciation_and_cannot_read_it_again(
    people: Any, desk_of: Desk
) -> None:
    key_of(people, "sealed")
    client, here = desk_of("intake"), "/ban-lam-viec/to-cao/"
    found = re.search(r'name="form_token" value="([^"]+)"', client.get(here).content.decode())
    assert found
    form = {**LETTER, **IDENTITY, "unit": "21439", "channel": "post", "form_token": found[1]}
    answer = client.post(here, form)
    shown = answer.content.decode()
    assert re.search(r"\d{4} \d{4} \d{4} \d{4}", shown), shown[-2000:]
    assert "no-store" in answer["Cache-Control"]
    assert IDENTITY["name"] not in shown
    matter = Matter.objects.get()
    assert client.get(f"/ban-lam-viec/vu-viec/{matter.code}/").status_code == 404
    assert client.get(f"/ban-lam-viec/vao-so/bien-nhan/{matter.code}/").status_code == 404


def test_the_counter_tells_bad_input_in_words(people: Any, desk_of: Desk) -> None:
    key_of(people, "sealed")
    answer = desk_of("intake").post("/ban-lam-viec/to-cao/", {"unit": "21439"})
    assert answer.status_code == 422
    assert not Matter.objects.exists()


def test_the_name_of_a_refused_file_is_kept_nowhere(matter: Matter, desk_of: Desk) -> None:
    """What waits for the next page lies in a cookie or in the session; a name tells who wrote."""
    client = desk_of("sealed")
    paper = SimpleUploadedFile("don-cua-ba-MOCDAU.exe", b"MZ\x90\x00" + b"\0" * 400)
    answer = client.post(place(matter, "them-tep/"), {"papers": paper})
    assert answer.status_code == 422
    assert "MOCDAU" in answer.content.decode()
    assert "messages" not in client.cookies
    assert "_messages" not in client.session


@pytest.mark.parametrize(("name", "keyed"), [("sealed", True), ("head", False)])
def test_the_page_of_the_key_says_which_secret_is_meant(
    matter: Matter, desk_of: Desk, name: str, keyed: bool
) -> None:
    client = desk_of(name)
    client.cookies["ngon-ngu"] = "en"
    text = client.get("/ban-lam-viec/kho-kin/").content.decode()
    assert ("Your key opens it" in text) is keyed
    assert "not the password with which you sign in" in text.replace("&#x27;", "'")
