from __future__ import annotations

from typing import Any

import pytest

from dongthuan.core.units.models import Unit
from dongthuan.front.api.tests.conftest import CODE, Door

MATTER = f"/api/v1/matters/{CODE}"


class Work:
    """Takes steps one after the other, each on the version that the last answer told."""

    def __init__(self) -> None:
        self.version = 1

    def step(self, who: Door, name: str, **data: Any) -> dict[str, Any]:
        body = {"version": self.version, "data": data}
        return self.taken(who.send(f"{MATTER}/steps/{name}", body))

    def taken(self, response: Any) -> dict[str, Any]:
        assert response.status_code in (200, 201), response.content
        self.version = response.json()["version"]
        return response.json()


@pytest.fixture
def work() -> Work:
    return Work()


def test_from_the_letter_to_the_published_answer(
    ward: Unit, anyone: Door, intake: Door, handler: Door, head: Door, work: Work
) -> None:
    receipt = anyone.send(
        "/api/v1/submissions",
        {
            "place": "21439",
            "text": "Đèn đường ở ngã ba đã hỏng một tuần nay.",
            "place_text": "Tổ 3",
        },
    ).json()
    assert receipt["code"] == CODE

    work.step(intake, "register", title="Đèn đường hỏng", topic="construction")
    work.step(intake, "classify", kind="feedback")
    work.step(intake, "examine", eligible="yes", competence="in")
    accepted = work.step(intake, "accept")
    assert accepted["next_rule"] == "pa.answer"
    assigned = work.taken(head.send(f"{MATTER}/assign", {"account": 9002, "version": work.version}))
    assert assigned["handler"] == {"id": 9002, "name": "Cán bộ xử lý (minh họa)"}
    extended = work.step(
        handler, "extend", document="15/TB-UBND", term="5 wd", reason="Chờ vật tư thay thế."
    )
    assert extended["next_due_on"] > accepted["next_due_on"]
    answered = work.step(handler, "answer", answer="Đã thay bóng đèn mới ngày 03/9/2026.")
    assert answered["next_due_on"] is None
    work.step(
        handler,
        "publish",
        public_title="Đèn đường hỏng ở tổ dân phố 3",
        public_body="Người dân phản ánh đèn đường hỏng.",
        public_answer="Phường đã thay bóng đèn mới.",
    )
    closed = work.step(handler, "close")
    assert (closed["state"]["name"], closed["closed_at"] is not None) == ("closed", True)

    public = anyone.get(f"/api/v1/submissions/{CODE}").json()
    assert public["view"] == "public"
    assert public["title"] == "Đèn đường hỏng ở tổ dân phố 3"
    assert public["answer"] == "Phường đã thay bóng đèn mới."
    assert public["closed_on"] == "2026-08-28"

    mine = anyone.get(
        f"/api/v1/submissions/{CODE}", headers={"X-Receipt-Secret": receipt["secret"]}
    ).json()
    assert mine["view"] == "petitioner"
    answer = next(entry for entry in mine["entries"] if entry["act"] == "feedback.answer")
    assert answer["text"] == "Đã thay bóng đèn mới ngày 03/9/2026."
    assert {duty["rule"]: duty["state"]["name"] for duty in mine["duties"]} == {
        "xld.process": "fulfilled",
        "pa.answer": "fulfilled",
    }
    assert "feedback.examine" not in {entry["act"] for entry in mine["entries"]}


def test_the_steps_offered_are_those_that_can_be_taken(
    ward: Unit, anyone: Door, intake: Door, work: Work
) -> None:
    anyone.send("/api/v1/submissions", {"place": "21439", "text": "Đèn đường hỏng đã một tuần."})
    offered = intake.get(MATTER).json()["steps"]
    assert [step["name"] for step in offered] == ["register", "withdraw"]
    ask = {ask["name"]: ask for ask in offered[0]["asks"]}["topic"]
    assert (ask["type"], ask["required"]) == ("choice", True)
    assert ask["choices"][0] == {"value": "land", "label": "land, housing, clearance"}

    work.step(intake, "register", title="Đèn đường hỏng", topic="construction")
    offered = {step["name"] for step in intake.get(MATTER).json()["steps"]}
    assert {"classify", "split", "store", "withdraw"} <= offered


def test_a_message_reaches_the_petitioner_and_a_note_does_not(
    light: Any, anyone: Door, intake: Door
) -> None:
    from dongthuan.core.matters.receipts import receipt_secret

    secret = receipt_secret(light.submissions.get())
    intake.send(f"{MATTER}/notes", {"text": "Đã hẹn sửa trong tuần.", "to_petitioner": True})
    intake.send(f"{MATTER}/notes", {"text": "Nhớ gọi lại cho đơn vị điện."})
    seen = anyone.get(f"/api/v1/submissions/{CODE}", headers={"X-Receipt-Secret": secret}).json()
    texts = [entry["text"] for entry in seen["entries"]]
    assert "Đã hẹn sửa trong tuần." in texts
    assert "Nhớ gọi lại cho đơn vị điện." not in texts


def test_an_officer_enters_a_letter_for_somebody(ward: Unit, intake: Door) -> None:
    body = {
        "channel": "post",
        "place": "21439-t01",
        "text": "Đơn gửi qua bưu điện: đường ngõ 12 ngập nước mỗi khi mưa.",
        "received_on": "2026-08-26",
        "written_on": "2026-08-20",
        "sender": {"name": "Lê Thị Minh Họa", "address": "Tổ dân phố 1"},
    }
    made = intake.send("/api/v1/matters", body)
    assert made.status_code == 201
    assert made.json()["received_at"] == "2026-08-26T05:00:00.000Z"
    shown = intake.get(f"/api/v1/matters/{made.json()['code']}").json()
    assert shown["submissions"][0]["sender"]["name"] == "Lê Thị Minh Họa"
    assert shown["submissions"][0]["written_on"] == "2026-08-20"


def test_an_officer_enters_letters_only_for_the_own_unit(ward: Unit) -> None:
    body = {"channel": "post", "place": "21439", "text": "Đơn gửi nhầm sang phường khác."}
    refused = Door("21451-handler-1").send("/api/v1/matters", body)
    assert refused.status_code == 403
    assert refused.json()["detail"] == "You register only for your own unit."
