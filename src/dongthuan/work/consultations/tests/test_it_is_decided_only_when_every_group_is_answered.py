"""Khoản 3, 4 Điều 28: every opinion counted, every group answered, a departure explained."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from typing import Any

import pytest

from dongthuan.core import clock
from dongthuan.core.matters.errors import MatterError
from dongthuan.core.matters.models import Duty
from dongthuan.core.outbox.models import Message
from dongthuan.core.people.models import Citizen
from dongthuan.work.consultations.clusters import cluster_answer
from dongthuan.work.consultations.models import Cluster, Consultation, StatementVote
from dongthuan.work.consultations.opinions import Given, Person, part_give
from dongthuan.work.consultations.statements.services import statement_vote
from dongthuan.work.consultations.tests.conftest import AFTER, TODAY, step
from dongthuan.work.consultations.tests.statements import statements_in, voice_of

SYNTHESIS = "Hai ý kiến đề nghị bổ sung vạch sơn và đèn."
DECISION = {"document": "30/QĐ-UBND", "decision": "Ban hành phương án đã bổ sung."}
SESSION = dt.date(2026, 12, 10)


@pytest.fixture(autouse=True)
def _later() -> Iterator[None]:
    with clock.at(AFTER):
        yield


def at_opening(closed: Any, **fields: Any) -> Consultation:
    with clock.at(TODAY):
        matter: Consultation = closed(**fields)
    return matter


def to_answered(people: Any, matter: Consultation) -> Consultation:
    matter = step(people.handler, matter, "synthesise", synthesis=SYNTHESIS)
    return step(people.head, matter, "answer", document="20/BC-UBND")


def test_an_opinion_outside_the_groups_stops_the_synthesis(people: Any, closed: Any) -> None:
    matter = at_opening(closed, grouped=False)
    with pytest.raises(MatterError):
        step(people.handler, matter, "synthesise", synthesis=SYNTHESIS)


def test_a_group_without_its_answer_stops_the_publication(people: Any, closed: Any) -> None:
    matter = at_opening(closed, answered=False)
    matter = step(people.handler, matter, "synthesise", synthesis=SYNTHESIS)
    with pytest.raises(MatterError) as error:
        step(people.head, matter, "answer", document="20/BC-UBND")
    assert "Làm rõ biển báo" in error.value.message
    cluster = Cluster.objects.get(consultation=matter)
    cluster_answer(
        acting=people.handler, consultation_id=matter.pk, cluster_id=cluster.pk,
        answer="not", reason="Chưa có nguồn vốn trong năm 2027, sẽ xem xét sau.",
    )  # fmt: skip
    assert step(people.head, matter, "answer", document="20/BC-UBND").state == "answered"


def test_even_an_answered_matter_is_not_decided_over_an_open_group(
    people: Any, closed: Any
) -> None:
    matter = to_answered(people, at_opening(closed))
    Cluster.objects.create(consultation=matter, number=9, title="Nhóm chưa trả lời")
    with pytest.raises(MatterError):
        step(people.handler, matter, "decide", session_on=SESSION, **DECISION)
    assert Consultation.objects.get(pk=matter.pk).state == "answered"


@pytest.mark.parametrize("reason", ["", "Vì vậy.", "x" * 10])
def test_a_group_is_not_answered_without_saying_why(people: Any, closed: Any, reason: str) -> None:
    matter = at_opening(closed, answered=False)
    cluster = Cluster.objects.get(consultation=matter)
    with pytest.raises(MatterError) as error:
        cluster_answer(
            acting=people.handler, consultation_id=matter.pk, cluster_id=cluster.pk,
            answer="not", reason=reason,
        )  # fmt: skip
    assert error.value.field == "reason"


def test_a_departure_from_the_majority_is_explained(people: Any, closed: Any) -> None:
    matter = to_answered(people, at_opening(closed))
    with pytest.raises(MatterError) as error:
        step(people.handler, matter, "decide", session_on=SESSION, departs=True, **DECISION)
    assert error.value.field == "departure"
    matter = step(
        people.handler, matter, "decide", session_on=SESSION, departs=True,
        departure="Quy chuẩn an toàn không cho đặt đèn tại vị trí này.", **DECISION,
    )  # fmt: skip
    assert matter.departs


def test_the_report_is_owed_on_the_day_of_the_session(people: Any, closed: Any) -> None:
    matter = to_answered(people, at_opening(closed))
    matter = step(people.handler, matter, "decide", session_on=SESSION, **DECISION)
    duty = Duty.objects.get(matter=matter, rule="dc.consult_report")
    assert (duty.due_on, duty.state) == (SESSION, "open")
    matter = step(people.handler, matter, "report", document="31/BC-UBND")
    assert bytes(matter.voice_key) == b""
    assert not Citizen.objects.filter(email="dan@vidu.vn").exists()  # there is nothing to tell


@pytest.mark.parametrize("ending", ["report", "cancel"])
def test_after_the_end_votes_stand_with_nobodys_marks(
    people: Any, opened: Any, ending: str
) -> None:
    with clock.at(TODAY):
        matter = opened()
        statements = statements_in(people, matter, 2)
        for statement in statements:
            statement_vote(
                consultation_id=matter.pk, voice=voice_of(matter, "0901"),
                statement_id=statement.pk, value=1,
            )  # fmt: skip
        if ending == "cancel":
            matter = step(people.head, matter, "cancel", reason="Không còn cần thiết phải lấy.",
                          document="7/TB-UBND")  # fmt: skip
    if ending == "report":
        matter = step(people.handler, matter, "close")
        matter = step(people.handler, matter, "synthesise", synthesis="Tổng hợp ý kiến phương án.")
        matter = step(people.head, matter, "answer", document="15/TB-UBND")
        matter = step(people.handler, matter, "decide", session_on=SESSION, **DECISION)
        matter = step(people.handler, matter, "report", document="31/BC-UBND")
    assert bytes(matter.voice_key) == b""
    voices = set(StatementVote.objects.values_list("voice", flat=True))
    assert len(voices) == 1 and not matter.parts.filter(voice__in=voices).exists()


def test_everybody_who_left_a_contact_is_told_once(people: Any, closed: Any) -> None:
    with clock.at(TODAY):
        matter = closed(answered=False, grouped=False)
    # The same address twice, and one who left none.
    Consultation.objects.filter(pk=matter.pk).update(state="open")
    with clock.at(TODAY):
        for email in ("dan@vidu.vn", "", "khac@vidu.vn"):
            given = Given(opinions=[(None, "Thêm một ý kiến.")], person=Person(email=email))
            part_give(consultation_id=matter.pk, given=given)
    Consultation.objects.filter(pk=matter.pk).update(state="closed")
    from dongthuan.work.consultations.tests.conftest import group

    group(people, matter)
    to_answered(people, matter)
    told = sorted(Message.objects.filter(about=matter.code).values_list("recipient", flat=True))
    assert told == ["dan@vidu.vn", "khac@vidu.vn"]


def test_what_leaves_names_no_opinion(people: Any, closed: Any) -> None:
    matter = to_answered(people, at_opening(closed))
    body = Message.objects.get(about=matter.code).body
    assert "vạch sơn" not in body
    assert f"/lay-y-kien/{matter.code}/" in body
