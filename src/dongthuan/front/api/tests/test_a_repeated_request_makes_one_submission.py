from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection

from dongthuan.core import clock
from dongthuan.core.matters.models import Matter, Submission
from dongthuan.core.units.models import Unit
from dongthuan.front.api.tests.conftest import MORNING, Door, people_load

BODY = {"place": "21439", "text": "Đèn đường ở ngã ba đã hỏng một tuần nay.", "people_count": 2}
KEY = "mot-khoa-cho-mot-don-0001"


def send(door: Door, body: dict[str, Any] = BODY, key: str = KEY) -> Any:
    return door.send("/api/v1/submissions", body, Idempotency_Key=key)


def test_the_same_key_and_body_get_the_same_answer(ward: Unit, anyone: Door) -> None:
    first, again = send(anyone), send(anyone)
    assert (first.status_code, again.status_code) == (201, 200)
    assert again.json() == first.json()
    assert again.headers["Idempotent-Replay"] == "true"
    assert "Idempotent-Replay" not in first.headers
    assert Submission.objects.count() == 1


@pytest.mark.parametrize(
    "change",
    [
        {"text": "Một nội dung khác hẳn với đơn trước."},
        {"people_count": 3},
        {"declared": "complaint"},
        {"place_text": "Chỗ khác"},
        {"sender": {"name": "Người khác"}},
    ],
)
def test_the_same_key_with_another_body_is_refused(
    ward: Unit, anyone: Door, change: dict[str, Any]
) -> None:
    send(anyone)
    other = send(anyone, {**BODY, **change})
    assert other.status_code == 409
    assert other.json()["detail"] == "This key was already used for another submission."
    assert Submission.objects.count() == 1


def test_without_a_key_each_request_makes_a_matter(ward: Unit, anyone: Door) -> None:
    codes = {anyone.send("/api/v1/submissions", BODY).json()["code"] for _ in range(2)}
    assert codes == {"21439-26-000001", "21439-26-000002"}


def test_a_key_of_one_caller_is_not_a_key_of_another(
    ward: Unit, anyone: Door, intake: Door
) -> None:
    assert send(anyone).status_code == 201
    assert send(intake).status_code == 201


def test_a_repeated_request_with_files_finds_them_again(ward: Unit, anyone: Door) -> None:
    kept = anyone.post("/api/v1/uploads", {"file": SimpleUploadedFile("don.txt", b"Noi dung")})
    body = {**BODY, "attachments": [kept.json()["token"]]}
    first, again = send(anyone, body), send(anyone, body)
    assert (first.status_code, again.status_code) == (201, 200)
    assert again.json() == first.json()


def test_a_file_can_be_handed_in_only_once(ward: Unit, anyone: Door) -> None:
    kept = anyone.post("/api/v1/uploads", {"file": SimpleUploadedFile("don.txt", b"Noi dung")})
    body = {**BODY, "attachments": [kept.json()["token"]]}
    assert send(anyone, body).status_code == 201
    refused = send(anyone, body, key="mot-khoa-khac-hoan-toan")
    assert refused.status_code == 422
    assert refused.json()["errors"][0]["field"] == "attachments"
    assert Matter.objects.count() == 1


@pytest.mark.parametrize("key", ["ngan", "có dấu cách và dấu", "x" * 101, "co khoang trang o giua"])
def test_a_bad_key_is_refused(ward: Unit, anyone: Door, key: str) -> None:
    refused = send(anyone, key=key)
    assert refused.status_code == 422
    assert refused.json()["errors"][0]["field"] == "Idempotency-Key"
    assert not Submission.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_two_at_the_same_moment_make_one() -> None:
    with clock.at(MORNING):
        people_load()
    together = Barrier(2)

    def one(_number: int) -> tuple[int, dict[str, Any]]:
        try:
            with clock.at(MORNING):
                together.wait()
                response = send(Door())
                return response.status_code, response.json()
        finally:
            connection.close()

    with ThreadPoolExecutor(2) as pool:
        answers = sorted(pool.map(one, range(2)), key=lambda answer: answer[0])
    assert [status for status, _answer in answers] == [200, 201]
    assert answers[0][1] == answers[1][1]
    assert Submission.objects.count() == Matter.objects.count() == 1
