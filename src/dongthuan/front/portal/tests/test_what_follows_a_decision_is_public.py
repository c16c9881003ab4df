"""After the vote everybody reads who recognised a decision, from when it holds, what became of
it; of a whole commune the villages tell the result."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client

from dongthuan.core import clock
from dongthuan.core.matters.errors import MatterError
from dongthuan.core.matters.models import Entry
from dongthuan.work.decisions.models import Vote
from dongthuan.work.decisions.papers import decision_pdf
from dongthuan.work.decisions.tests.conftest import moment
from dongthuan.work.decisions.tests.paths import VOTED, Walk, walk_of_three

P = "/ban-va-quyet-dinh/"
BEFORE, SINCE = moment("2026-10-13 09:00"), moment("2026-11-02 09:00")


@pytest.fixture
def walk(people: Any) -> Walk:
    return walk_of_three(people)


def read(path: str) -> str:
    answer = Client().get(path)
    assert answer.status_code == 200
    return answer.content.decode()


def test_a_decision_of_the_commune_names_its_recognition_and_its_day(walk: Walk) -> None:
    decision = walk.propose(commune=True)
    decision = walk.along(decision, *VOTED, "record", "send", "recognise")
    page = f"{P}viec/{decision.code}/"
    with clock.at(BEFORE):
        for shown in (read(page), read(f"{P}?xem=xong")):
            assert "đã công nhận, chưa đến ngày có hiệu lực" in shown
            assert "đang có hiệu lực" not in shown
            assert "Phường Đức Phổ" in shown
            assert "Ủy ban nhân dân phường Đức Phổ" not in shown.partition("<footer")[0]
        assert "15/QĐ-UBND" in read(page)
    with clock.at(SINCE):
        assert "đang có hiệu lực" in read(page)


def test_the_look_up_says_from_which_day_it_is_in_force(walk: Walk) -> None:
    decision = walk.propose(commune=True)
    decision = walk.along(decision, *VOTED, "record", "send", "recognise")
    pages = (f"/tra-cuu/{decision.code}/", "/tra-cuu/?q=duong+be+tong")
    with clock.at(BEFORE):
        for shown in map(read, pages):
            assert "đã công nhận, có hiệu lực từ ngày 01/11/2026" in shown
            assert "đang có hiệu lực" not in shown
        told = Client().get(f"/api/v1/submissions/{decision.code}").json()
        assert told["state"]["name"] == "in_force"
        assert "01/11/2026" in told["state"]["label"]
    with clock.at(SINCE):
        for shown in map(read, pages):
            assert "đang có hiệu lực" in shown
            assert "01/11/2026" not in shown


def test_households_of_a_commune_reach_no_share_villages_do(walk: Walk) -> None:
    decision = walk.along(walk.propose(commune=True), *VOTED)
    shown = read(f"{P}viec/{decision.code}/")
    households, _title, villages = shown.partition("Theo thôn, tổ dân phố")
    assert "Đạt tỷ lệ" not in households
    assert "Đạt tỷ lệ" in villages
    assert b"%PDF" in decision_pdf(decision)[:8]


def test_the_report_on_a_decision_is_read_by_everybody(walk: Walk) -> None:
    decision = walk.along(walk.propose(), *VOTED, "record", "send", "report")
    assert "Đã làm xong 200 mét đường" in read(f"{P}viec/{decision.code}/")


def test_two_households_sign_and_the_form_says_so(walk: Walk) -> None:
    decision = walk.along(walk.propose(), *VOTED)
    with pytest.raises(MatterError) as refused, clock.at(BEFORE):
        walk.take(decision, "record", signer_one="")
    assert refused.value.field == "signer_one"
    decision.refresh_from_db()
    assert decision.state == "carried"


def test_names_of_a_counting_team_stand_in_no_fact(walk: Walk) -> None:
    decision = walk.along(walk.propose(commune=True), "agree", "plan_ballot")
    entry = Entry.objects.get(matter=decision, act="decision.plan_ballot")
    assert "team" not in entry.facts
    assert "Trần Văn Một" in entry.payload.body["team"]


def test_the_way_of_voting_asked_at_a_meeting_ends_with_its_day(walk: Walk) -> None:
    decision = walk.along(walk.propose(item="6"), "agree")
    with clock.at(BEFORE):
        walk.take(decision, "poll_method", manner="hands")
    assert Vote.objects.get(matter=decision).closes_at == moment("2026-10-17 23:59")
