"""The whole way of a denouncer: form, sixteen digits, thread; and what no browser or log keeps."""

from __future__ import annotations

import datetime as dt
import re
from typing import Any

import pytest
from django.contrib.sessions.models import Session
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from dongthuan.core.matters.models import Entry, Matter, Submission
from dongthuan.core.people.models import Citizen
from dongthuan.core.people.services import appointment_create
from dongthuan.core.units.models import Position
from dongthuan.work.denunciations import vault
from dongthuan.work.denunciations.tests.matters import PASSPHRASE, key_of

FORM = {
    "unit": "21439",
    "whom": "Ông Lê Văn Bị, trưởng phòng",
    "text": "Ông Bị nhận tiền của hộ nghèo khi xét danh sách hỗ trợ.",
    "when": "tháng 3 năm 2026",
    "evidence": "Có giấy nhận tiền",
    "name": "Trần Thị Mật",
    "phone": "0905123456",
    "address": "Tổ 3",
}


@pytest.fixture
def visitor(people: Any) -> Client:
    key_of(people, "sealed")
    return Client(raise_request_exception=False)


def token_of(visitor: Client) -> str:
    page = visitor.get("/to-cao/").content.decode()
    found = re.search(r'name="form_token" value="([^"]+)"', page)
    assert found
    return found[1]


def send(visitor: Client, **changes: Any) -> Any:
    return visitor.post("/to-cao/", FORM | {"form_token": token_of(visitor)} | changes)


def digits_in(answer: Any) -> str:
    found = re.search(r"\b\d{4} \d{4} \d{4} \d{4}\b", answer.content.decode())
    assert found, answer.content.decode()[-3000:]
    return found[0]


def handle_in(answer: Any) -> str:
    found = re.search(r'name="handle" value="([^"]+)"', answer.content.decode())
    assert found
    return found[1]


def opened(people: Any, matter: Matter) -> vault.VaultView:
    return vault.vault_read(
        acting=people.sealed, matter=matter, passphrase=PASSPHRASE, reason="kiểm tra"
    )


def test_it_is_received_with_sixteen_digits_and_lies_in_the_vault(
    people: Any, visitor: Client
) -> None:
    answer = send(visitor, papers=SimpleUploadedFile("giay.txt", "giấy nhận tiền".encode()))
    assert answer.status_code == 200
    assert len(digits_in(answer).replace(" ", "")) == 16
    view = opened(people, Matter.objects.get())
    assert view.identity["name"] == "Trần Thị Mật"
    assert view.letters[0].content["whom"] == "Ông Lê Văn Bị, trưởng phòng"
    assert [item.content["name"] for item in view.files] == ["giay.txt"]
    assert not Citizen.objects.exists()


def test_no_cookie_no_session_no_cache_keeps_anything(visitor: Client) -> None:
    answer = send(visitor)
    assert set(visitor.cookies) <= {"csrftoken"}
    assert not Session.objects.exists()
    assert "no-store" in answer["Cache-Control"]
    back = visitor.post("/to-cao/tro-lai/", {"digits": digits_in(answer)})
    assert back.status_code == 200 and "no-store" in back["Cache-Control"]
    assert set(visitor.cookies) <= {"csrftoken"}


def test_the_same_form_sent_twice_is_one_denunciation_with_the_same_digits(visitor: Client) -> None:
    token = token_of(visitor)
    first = visitor.post("/to-cao/", FORM | {"form_token": token})
    second = visitor.post("/to-cao/", FORM | {"form_token": token})
    assert digits_in(first) == digits_in(second)
    assert Matter.objects.count() == 1


def test_the_denouncer_reads_answers_and_writes_back(people: Any, visitor: Client) -> None:
    digits = digits_in(send(visitor))
    matter = Matter.objects.get()
    vault.vault_message(acting=people.sealed, matter=matter, text="Bà có giấy gốc không?")
    page = visitor.post("/to-cao/tro-lai/", {"digits": digits})
    assert "Bà có giấy gốc không?" in page.content.decode()
    assert "Trần Thị Mật" not in page.content.decode()
    words = {"handle": handle_in(page), "sort": "reply", "text": "Có, tôi giữ.", "once": "a" * 43}
    for _time in range(2):
        after = visitor.post("/to-cao/tro-lai/", words)
        assert after.status_code == 200
    assert [item.text for item in opened(people, matter).thread] == [
        "Bà có giấy gốc không?",
        "Có, tôi giữ.",
    ]


def test_asking_for_protection_makes_the_authority_owe_a_decision(visitor: Client) -> None:
    page = visitor.post("/to-cao/tro-lai/", {"digits": digits_in(send(visitor))})
    visitor.post(
        "/to-cao/tro-lai/",
        {
            "handle": handle_in(page),
            "sort": "protection",
            "text": "Bị dọa đuổi việc",
            "once": "b" * 43,
        },
    )
    assert "tc.protect" in Matter.objects.get().running_rules


def test_wrong_digits_get_one_answer_and_are_counted(visitor: Client) -> None:
    send(visitor)
    answers = [visitor.post("/to-cao/tro-lai/", {"digits": f"{n:016d}"}) for n in range(21)]
    assert {answer.status_code for answer in answers[:20]} == {422}
    assert answers[20].status_code == 429


def test_a_page_left_open_is_closed_and_what_was_typed_is_kept_in_sight(visitor: Client) -> None:
    answer = visitor.post("/to-cao/tro-lai/", {"handle": "x" * 40, "text": "Tôi trả lời"})
    assert answer.status_code == 403
    assert "Tôi trả lời" in answer.content.decode()


@pytest.mark.parametrize(
    ("changes", "status"),
    [
        ({"text": ""}, 422),
        ({"unit": "khong-co"}, 422),
        ({"unit": ""}, 422),
        ({"phone": "12"}, 422),
        ({"email": "khong"}, 422),
        ({"form_token": "ngan"}, 422),
        ({"website": "robot"}, 422),
        ({"papers": SimpleUploadedFile("a.exe", b"MZ\x00\x01")}, 422),
    ],
)
def test_bad_input_is_told_in_words_and_nothing_is_kept(
    visitor: Client, changes: dict[str, Any], status: int
) -> None:
    answer = send(visitor, **changes)
    assert answer.status_code == status
    assert "error-summary" in answer.content.decode()
    assert not Matter.objects.exists()


def test_without_a_name_it_is_received_too(people: Any, visitor: Client) -> None:
    answer = send(visitor, name="", phone="", address="")
    assert digits_in(answer)
    assert opened(people, Matter.objects.get()).identity == {}


def test_against_the_head_it_goes_to_the_authority_above_at_once(
    people: Any, visitor: Client
) -> None:
    appointment_create(
        account=people.accounts["province"],
        position=Position.objects.get(code="51-head"),
        valid_from=dt.date(2025, 7, 1),
    )
    key_of(people, "province")
    send(visitor, head_denounced="on")
    matter = Matter.objects.get()
    assert matter.unit.code == "51-ubnd"
    assert people.accounts["sealed"].pk not in matter.designated


def test_where_nobody_can_open_a_vault_nothing_is_kept(people: Any) -> None:
    answer = send(Client())
    assert answer.status_code == 422
    assert not Matter.objects.exists()


@pytest.mark.parametrize("address", ["/gui/?loai=to-cao"])
def test_the_general_form_leads_here(people: Any, address: str) -> None:
    assert Client().get(address)["Location"] == "/to-cao/"


def test_an_old_form_that_says_denunciation_is_led_here_and_keeps_nothing(people: Any) -> None:
    answer = Client().post("/gui/", {"declared": "denunciation", "text": "x" * 50, "go": "send"})
    assert answer["Location"] == "/to-cao/"
    assert not Matter.objects.exists()


def test_large_files_wait_in_memory_and_never_on_the_disk(
    people: Any, visitor: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    import tempfile

    made: list[str] = []
    monkeypatch.setattr(
        tempfile, "NamedTemporaryFile", lambda *a, **k: made.append("file") or 1 / 0
    )
    big = SimpleUploadedFile("lon.txt", b"chu " * 700_000)
    assert digits_in(send(visitor, papers=big))
    assert made == []


def test_it_is_not_tied_to_the_account_that_is_signed_in(people: Any, visitor: Client) -> None:
    visitor.force_login(
        people.accounts["intake"], "allauth.account.auth_backends.AuthenticationBackend"
    )
    send(visitor)
    entry = Entry.objects.get(act="denunciation.received")
    assert (entry.actor, entry.actor_label) == (None, "")
    assert Submission.objects.get().citizen is None
