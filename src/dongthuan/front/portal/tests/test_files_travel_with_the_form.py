from __future__ import annotations

from io import BytesIO
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from PIL import Image

from dongthuan.core.matters.models import Matter, Paper
from dongthuan.core.papers.models import Attachment
from dongthuan.front.portal.tests.conftest import FILLED, TEXT, hidden

pytestmark = pytest.mark.django_db
WHAT = FILLED | {"step": "what", "form_token": "a-form-token-of-the-tests"}


def picture(name: str = "cong.png") -> SimpleUploadedFile:
    out = BytesIO()
    Image.new("RGB", (20, 20), "red").save(out, "PNG")
    return SimpleUploadedFile(name, out.getvalue(), "image/png")


def test_a_picture_is_kept_while_the_form_goes_on(people: Any, english: Client) -> None:
    page = english.post("/gui/", WHAT | {"go": "next", "papers": picture()})
    assert page.status_code == 200
    (token,) = hidden(page, "file")
    sent = english.post("/gui/", WHAT | {"step": "who", "go": "send", "file": token})
    assert sent.status_code == 302
    assert Paper.objects.get().attachment.name == "cong.png"
    assert Attachment.objects.get().state == "attached"


def test_a_bad_file_is_named_and_kept_out_while_the_good_one_and_the_text_stay(
    people: Any, english: Client
) -> None:
    bad = SimpleUploadedFile("hoa-don.pdf.exe", b"MZ\x90\x00" * 20)
    page = english.post("/gui/", WHAT | {"go": "next", "papers": [picture(), bad]})
    body = page.content.decode()
    assert page.status_code == 422
    assert "“hoa-don.pdf.exe” is of a kind that is not accepted" in body
    assert "cong.png" in body and TEXT in body
    assert len(hidden(page, "file")) == 1
    assert [kept.name for kept in Attachment.objects.all()] == ["cong.png"]


def test_an_empty_file_is_named(people: Any, english: Client) -> None:
    page = english.post(
        "/gui/", WHAT | {"go": "upload", "papers": SimpleUploadedFile("trong.txt", b"")}
    )
    assert page.status_code == 422
    assert "“trong.txt” is empty" in page.content.decode()


def test_the_eleventh_file_is_refused_and_ten_stay(people: Any, english: Client) -> None:
    pictures = [picture(f"anh-{n}.png") for n in range(11)]
    page = english.post("/gui/", WHAT | {"go": "upload", "papers": pictures})
    assert "At most 10 files" in page.content.decode()
    assert len(hidden(page, "file")) == 10


def test_a_file_can_be_taken_away_again(people: Any, english: Client) -> None:
    pictures = [picture("mot.png"), picture("hai.png")]
    page = english.post("/gui/", WHAT | {"go": "upload", "papers": pictures})
    tokens = hidden(page, "file")
    page = english.post("/gui/", WHAT | {"go": "remove:1", "file": tokens})
    assert hidden(page, "file") == tokens[1:]
    assert "mot.png" not in page.content.decode()


def test_a_forged_handle_is_refused_with_a_sentence(people: Any, english: Client) -> None:
    page = english.post("/gui/", WHAT | {"step": "who", "go": "send", "file": "khong-co:that"})
    assert page.status_code == 422
    assert "The files were sent too long ago" in page.content.decode()
    assert hidden(page, "file") == []
    assert not Matter.objects.exists()


def test_the_file_of_another_submission_cannot_be_taken(people: Any, english: Client) -> None:
    (token,) = hidden(english.post("/gui/", WHAT | {"go": "upload", "papers": picture()}), "file")
    first = WHAT | {"step": "who", "go": "send", "file": token}
    assert english.post("/gui/", first).status_code == 302
    second = english.post("/gui/", first | {"form_token": "b-form-token-of-the-tests"})
    assert second.status_code == 422
    assert Matter.objects.count() == 1


def test_a_file_does_not_tell_who_was_signed_in(people: Any, english: Client) -> None:
    english.force_login(
        people.accounts["intake"], "allauth.account.auth_backends.AuthenticationBackend"
    )
    english.post("/gui/", WHAT | {"go": "upload", "papers": picture()})
    assert Attachment.objects.get().uploaded_by is None
