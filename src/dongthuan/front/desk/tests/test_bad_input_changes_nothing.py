"""Each problem is told in one sentence, what was typed stays, and no row is written."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from dongthuan.core import clock
from dongthuan.core.papers.tests.conftest import picture
from dongthuan.front.desk.tests.conftest import rows_kept, sentences
from dongthuan.front.desk.tests.test_the_counter_registers_a_submission import COUNTER, filled

DESK = "/ban-lam-viec/vu-viec/"
LONG = "x" * 20_001


def tomorrow() -> str:
    return (clock.today() + dt.timedelta(days=1)).isoformat()


@pytest.mark.parametrize(
    ("field", "value", "told_at"),
    [
        ("channel", "", "channel"),
        ("channel", "web", "channel"),
        ("text", "", "text"),
        ("text", "ngắn", "text"),
        ("text", LONG, "text"),
        ("place", "", "place"),
        ("place", str(10**30), "place"),
        ("place", "-1", "place"),
        ("phone", "12345", "__all__"),
        ("email", "khong-phai-dia-chi", "__all__"),
        ("email", "a@" + "b" * 250 + ".vn", "email"),
        ("id_number", "12ab", "__all__"),
        ("name", "N" * 121, "name"),
        ("people_count", "0", "people_count"),
        ("people_count", str(10**30), "people_count"),
        ("people_count", "hai", "people_count"),
        ("written_on", "2026-02-30", "written_on"),
        ("received_on", "2026-02-30", "received_on"),
        ("received_on", "0001-01-01", "received_on"),
        ("received_on", "9999-12-31", "received_on"),
        ("received_on", "TOMORROW", "received_on"),
        ("title", "", "title"),
        ("title", "t" * 201, "title"),
        ("topic", "", "topic"),
        ("topic", "khong-co", "topic"),
        ("kind", "khong-co", "kind"),
        ("form_token", "", "form_token"),
        ("form_token", "f" * 65, "form_token"),
    ],
)
def test_the_counter_tells_what_is_wrong(
    people: Any, desk_of: Callable[[str], Client], field: str, value: str, told_at: str
) -> None:
    before = rows_kept()
    value = tomorrow() if value == "TOMORROW" else value
    answer = desk_of("intake").post(COUNTER, filled(**{field: value}))
    assert answer.status_code == 422
    form = answer.context["form"]
    assert len(sentences(answer)) == 1
    assert list(form.errors) == [told_at]
    assert form["name"].value() == (value if field == "name" else "Trần Thị Quầy")
    assert form[field].value() == value
    page = answer.content.decode()
    assert page.count('role="alert"') == 1
    assert rows_kept() == before


def test_three_problems_are_three_sentences(people: Any, desk_of: Callable[[str], Client]) -> None:
    answer = desk_of("intake").post(COUNTER, filled(title="", topic="", people_count="0"))
    assert len(sentences(answer)) == 3


def test_one_bad_file_keeps_the_good_one_out_too(
    people: Any, desk_of: Callable[[str], Client]
) -> None:
    before = rows_kept()
    good = SimpleUploadedFile("anh.jpg", picture())
    bad = SimpleUploadedFile("virus.pdf", b"MZ\x90\x00" + b"\0" * 200)
    answer = desk_of("intake").post(COUNTER, filled(papers=[good, bad]))
    assert answer.status_code == 422
    assert len(sentences(answer)) == 1
    assert rows_kept() == before


def test_eleven_files_are_too_many(people: Any, desk_of: Callable[[str], Client]) -> None:
    before = rows_kept()
    papers = [SimpleUploadedFile(f"anh{n}.jpg", picture()) for n in range(11)]
    answer = desk_of("intake").post(COUNTER, filled(papers=papers))
    assert answer.status_code == 422
    assert len(sentences(answer)) == 1
    assert rows_kept() == before


@pytest.mark.parametrize(
    ("change", "told_at"),
    [
        ({"title": ""}, "title"),
        ({"title": "t" * 201}, "title"),
        ({"topic": "khong-co"}, "topic"),
        ({"version": ""}, "version"),
        ({"version": "x"}, "version"),
        ({"version": "0"}, "version"),
    ],
)
def test_a_step_tells_what_is_wrong(
    people: Any,
    submit: Any,
    desk_of: Callable[[str], Client],
    change: dict[str, str],
    told_at: str,
) -> None:
    matter = submit().matter
    before = rows_kept()
    data = {"version": "1", "title": "Cống vỡ nắp", "topic": "construction", **change}
    answer = desk_of("intake").post(f"{DESK}{matter.code}/register/", data)
    assert answer.status_code == 422
    assert list(answer.context["form"].errors) == [told_at]
    assert len(sentences(answer)) == 1
    assert answer.context["form"]["title"].value() == data["title"]
    assert rows_kept() == before
    matter.refresh_from_db()
    assert (matter.state, matter.version) == ("received", 1)


def test_a_step_that_is_refused_keeps_no_file(
    people: Any, submit: Any, walk: Any, desk_of: Callable[[str], Client]
) -> None:
    matter = walk(submit().matter, "register", "classify", "examine")
    before = rows_kept()
    answer = desk_of("intake").post(
        f"{DESK}{matter.code}/accept/",
        {
            "version": matter.version,
            "handler": people.accounts["other_head"].pk,
            "papers": SimpleUploadedFile("anh.jpg", picture()),
        },
    )
    assert answer.status_code == 422
    assert rows_kept() == before


def test_a_step_out_of_its_state_is_told_in_one_sentence(
    people: Any, submit: Any, desk_of: Callable[[str], Client]
) -> None:
    matter = submit().matter
    client = desk_of("intake")
    data = {"version": "1", "title": "Cống vỡ nắp", "topic": "order"}
    client.post(f"{DESK}{matter.code}/register/", data)
    before = rows_kept()
    answer = client.post(f"{DESK}{matter.code}/register/", data | {"version": "2"})
    assert answer.status_code == 422
    assert len(sentences(answer)) == 1
    assert rows_kept() == before


@pytest.mark.parametrize("name", ["khong-co", "accept", "REGISTER"])
def test_a_step_that_the_kind_does_not_have_is_no_page(
    people: Any, submit: Any, desk_of: Callable[[str], Client], name: str
) -> None:
    matter = submit().matter
    for method in ("get", "post"):
        answer = getattr(desk_of("intake"), method)(f"{DESK}{matter.code}/{name}/")
        assert answer.status_code == 404


@pytest.mark.parametrize("text", ["", "   ", "x" * 10_001])
def test_a_note_that_is_refused_is_shown_again(
    people: Any, submit: Any, desk_of: Callable[[str], Client], text: str
) -> None:
    matter = submit().matter
    before = rows_kept()
    answer = desk_of("intake").post(f"{DESK}{matter.code}/ghi-chu/", {"text": text})
    assert answer.status_code == 422
    form = answer.context["note_form"]
    assert [len(lines) for lines in form.errors.values()] == [1]
    assert form["text"].value() == text
    assert rows_kept() == before


def test_a_note_with_a_bad_file_is_not_lost(
    people: Any, submit: Any, desk_of: Callable[[str], Client]
) -> None:
    matter = submit().matter
    before = rows_kept()
    answer = desk_of("intake").post(
        f"{DESK}{matter.code}/ghi-chu/",
        {
            "text": "Đã đo đạc tại chỗ.",
            "papers": [
                SimpleUploadedFile("anh.jpg", picture()),
                SimpleUploadedFile("rong.pdf", b""),
            ],
        },
    )
    assert answer.status_code == 422
    assert answer.context["note_form"]["text"].value() == "Đã đo đạc tại chỗ."
    assert "Đã đo đạc tại chỗ." in answer.content.decode()
    assert rows_kept() == before
