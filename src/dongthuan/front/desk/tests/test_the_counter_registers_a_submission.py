from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from dongthuan.core import clock
from dongthuan.core.matters.models import Duty, Matter, Paper, Submission
from dongthuan.core.matters.receipts import receipt_secret
from dongthuan.core.papers.tests.conftest import pdf, picture
from dongthuan.core.units.models import Unit
from dongthuan.front.desk.tests.conftest import rows_kept, sentences

COUNTER = "/ban-lam-viec/vao-so/"


def filled(**more: Any) -> dict[str, Any]:
    return {
        "channel": "counter",
        "text": "Cống trước nhà văn hóa bị vỡ nắp, xin thay trước mùa mưa.",
        "place": Unit.objects.get(code="21439-t01").pk,
        "name": "Trần Thị Quầy",
        "address": "Tổ 1",
        "people_count": 1,
        "title": "Cống vỡ nắp",
        "topic": "construction",
        "kind": "feedback",
        "form_token": "a-token-of-this-form-1",
        **more,
    }


@pytest.mark.parametrize(
    ("channel", "rule"),
    [
        ("counter", "tcd.result_notice"),
        ("phone", "xld.process"),
        ("post", "xld.process"),
        ("forwarded", "xld.process"),
    ],
)
def test_each_channel_gives_the_same_receipt_and_its_own_clock(
    people: Any, desk_of: Callable[[str], Client], channel: str, rule: str
) -> None:
    client = desk_of("intake")
    scans = [
        SimpleUploadedFile("don-viet-tay.jpg", picture()),
        SimpleUploadedFile("kem-theo.pdf", pdf()),
    ]
    answer = client.post(COUNTER, filled(channel=channel, papers=scans))
    assert answer.status_code == 302, sentences(answer)
    matter = Matter.objects.get()
    assert answer["Location"] == f"{COUNTER}bien-nhan/{matter.code}/"
    assert (matter.kind, matter.state, matter.channel) == ("feedback", "classified", channel)
    assert (matter.title, matter.topic) == ("Cống vỡ nắp", "construction")
    assert Duty.objects.get(matter=matter).rule == rule
    assert Paper.objects.filter(matter=matter).count() == 2
    submission = Submission.objects.get()
    assert submission.registered_by == people.accounts["intake"]
    page = client.get(answer["Location"]).content.decode()
    assert matter.code in page
    assert receipt_secret(submission) in page
    paper = client.get(f"{answer['Location']}?dang=pdf")
    assert paper["Content-Type"] == "application/pdf"
    assert paper.content.startswith(b"%PDF")


def test_sending_the_same_form_twice_registers_once(
    people: Any, desk_of: Callable[[str], Client]
) -> None:
    client = desk_of("intake")
    first = client.post(COUNTER, filled())
    before = rows_kept()
    second = client.post(COUNTER, filled())
    assert second["Location"] == first["Location"]
    assert rows_kept() == before


def test_a_new_form_with_the_same_text_is_a_second_submission(
    people: Any, desk_of: Callable[[str], Client]
) -> None:
    client = desk_of("intake")
    client.post(COUNTER, filled())
    client.post(COUNTER, filled(form_token="a-token-of-this-form-2"))
    assert Matter.objects.count() == 2


def test_another_text_under_the_same_token_is_a_conflict(
    people: Any, desk_of: Callable[[str], Client]
) -> None:
    client = desk_of("intake")
    client.post(COUNTER, filled())
    before = rows_kept()
    answer = client.post(COUNTER, filled(text="Một nội dung khác hẳn nội dung trước đó."))
    assert answer.status_code == 422
    assert len(sentences(answer)) == 1
    assert rows_kept() == before


def test_two_officers_with_the_same_token_do_not_meet(
    people: Any, desk_of: Callable[[str], Client]
) -> None:
    desk_of("intake").post(COUNTER, filled())
    desk_of("handler").post(COUNTER, filled())
    assert Matter.objects.count() == 2


def test_a_page_opened_anew_brings_a_new_token(
    people: Any, desk_of: Callable[[str], Client]
) -> None:
    client = desk_of("intake")
    tokens = {client.get(COUNTER).context["form"]["form_token"].value() for _ in range(2)}
    assert len(tokens) == 2


def test_a_letter_of_last_week_counts_from_then(
    people: Any, desk_of: Callable[[str], Client]
) -> None:
    day = clock.today() - dt.timedelta(days=7)
    answer = desk_of("intake").post(
        COUNTER, filled(channel="post", received_on=day.isoformat(), written_on=day.isoformat())
    )
    assert answer.status_code == 302
    assert Duty.objects.get().anchor_at.date() == day
    receipt = desk_of("intake").get(answer["Location"])
    assert receipt.status_code == 200
    assert receipt["Cache-Control"] == "no-store"


def test_a_denunciation_is_refused_here_and_has_a_page_of_its_own(
    people: Any, desk_of: Callable[[str], Client]
) -> None:
    answer = desk_of("intake").post(COUNTER, filled(kind="denunciation"))
    assert answer.status_code == 422
    assert not Matter.objects.exists()
    assert "/ban-lam-viec/to-cao/" in answer.content.decode()


def test_the_id_number_is_kept_only_of_who_stands_there(
    people: Any, desk_of: Callable[[str], Client]
) -> None:
    desk_of("intake").post(COUNTER, filled(id_number="051012345678"))
    desk_of("intake").post(
        COUNTER,
        filled(channel="phone", id_number="051012345678", form_token="a-token-of-this-form-2"),
    )
    here, away = Submission.objects.order_by("pk")
    assert b"051012345678" not in bytes(here.citizen.id_number)
    assert away.citizen.id_number is None


def test_the_receipt_is_for_a_day_and_for_the_officer_who_registered_it(
    people: Any, desk_of: Callable[[str], Client]
) -> None:
    address = desk_of("intake").post(COUNTER, filled())["Location"]
    assert desk_of("head").get(address).status_code == 404
    with clock.at(clock.now() + dt.timedelta(days=2)):
        assert desk_of("intake").get(address).status_code == 404


def test_the_place_of_another_commune_is_not_offered(
    people: Any, desk_of: Callable[[str], Client]
) -> None:
    before = rows_kept()
    elsewhere = Unit.objects.get(code="21478-t01").pk
    answer = desk_of("intake").post(COUNTER, filled(place=elsewhere))
    assert answer.status_code == 422
    assert len(sentences(answer)) == 1
    assert rows_kept() == before
