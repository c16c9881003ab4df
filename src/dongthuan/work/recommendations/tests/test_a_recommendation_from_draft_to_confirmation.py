"""What an answer must say, what a promise of a day means, how the source has the last word."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from dongthuan.core import clock
from dongthuan.core.matters.errors import Conflict, MatterError, NotAllowed
from dongthuan.core.matters.models import Duty, Entry, MatterLink, Projection
from dongthuan.core.units.models import Unit
from dongthuan.work.recommendations.models import BodyRecommendation
from dongthuan.work.recommendations.services import (
    Said,
    recommendation_create,
    recommendation_edit,
    recommendations_send,
)
from dongthuan.work.recommendations.tests.conftest import CONTENT, UNTIL, act, unit

YES = {"answer": "accepted", "reply": "Sẽ lắp đèn.", "until": UNTIL, "document": "8/UBND"}
NO = {"answer": "refused", "reply": "Chưa thể.", "reason": "Chưa có vốn.", "document": "8/UBND"}


def later(days: int) -> Any:
    return clock.at(clock.now() + dt.timedelta(days=days))


def duties(row: Any) -> list[tuple[str, str, str]]:
    rows = Duty.objects.filter(matter=row).order_by("id")
    return [(d.rule, d.state, d.unit.code) for d in rows.select_related("unit")]


@pytest.mark.parametrize(
    ("data", "field"),
    [
        (YES | {"until": None}, "until"),
        (YES | {"answer": "partly"}, "reason"),
        (NO | {"reason": ""}, "reason"),
        (NO | {"reply": "Gọi 0905 123 456 để biết thêm."}, "reply"),
        (YES | {"until": dt.date(2026, 10, 1)}, "until"),
    ],
)
def test_an_answer_that_lacks_its_day_or_its_reason_is_refused(
    people: Any, sent: Any, data: dict[str, Any], field: str
) -> None:
    row = sent()
    with pytest.raises(MatterError) as refused:
        act(people.head, row, "answer", **data)
    assert refused.value.field == field
    assert BodyRecommendation.objects.get(pk=row.pk).state == "sent"


def test_the_day_of_the_answer_is_a_promise_and_the_source_confirms(people: Any, sent: Any) -> None:
    row = act(people.handler, sent(), "answer", **YES)
    assert (row.state, row.in_time, row.answer_days) == ("accepted", True, 0)
    assert Duty.objects.get(matter=row, rule="rec.do").due_on == UNTIL
    row = act(people.handler, row, "finish", report="Đã lắp 12 đèn.")
    assert duties(row)[-1] == ("rec.confirm", "open", "21439-mttq")
    row = act(people.front_head, row, "object", reason="Hai đèn chưa sáng.")
    assert (row.state, row.done_on) == ("doing", None)
    assert duties(row)[-1] == ("rec.redo", "open", "21439-ubnd")
    row = act(people.handler, row, "finish", report="Đã thay hai đèn.")
    row = act(people.front, row, "confirm", verdict="Đã sáng cả 12 đèn.")
    assert row.state == "confirmed" and row.closed_at
    assert {state for _rule, state, _unit in duties(row)} == {"fulfilled"}


def test_an_answer_after_its_day_is_late_for_ever(people: Any, sent: Any) -> None:
    row = sent()
    with later(31):
        row = act(people.head, row, "answer", **YES)
    assert (row.in_time, row.answer_days) == (False, 31)
    assert duties(row)[0] == ("rec.answer_front", "late", "21439-ubnd")


def test_a_late_answer_stays_late_when_it_is_asked_again(people: Any, sent: Any) -> None:
    row = sent()
    with later(31):
        row = act(people.head, row, "answer", **NO)
        row = act(people.front, row, "insist", reason="Vốn đã có.", document="9/KN")
        row = act(people.head, row, "answer", **NO)
    assert row.in_time is False


def test_a_refusal_is_taken_note_of_or_asked_again(people: Any, sent: Any) -> None:
    row = act(people.head, sent(), "answer", **NO)
    assert (row.state, row.not_taken) == ("refused", "Chưa có vốn.")
    assert duties(row)[-1] == ("rec.confirm", "open", "21439-mttq")
    with later(3):
        row = act(people.front, row, "insist", reason="Vốn đã có.", document="9/KN")
    assert (row.state, row.rounds, row.answer, row.in_time) == ("sent", 2, "", None)
    with later(5):
        row = act(people.head, row, "answer", **NO)
        assert row.answer_days == 2
        row = act(people.front, row, "take_note", verdict="Sẽ giám sát tiếp.")
    assert row.state == "closed"


def test_a_new_day_lies_after_the_old_one_and_a_broken_day_stays_broken(
    people: Any, sent: Any
) -> None:
    row = act(people.head, sent(), "answer", **YES)
    more = {"reason": "Mưa kéo dài.", "document": "10/UBND"}
    with pytest.raises(MatterError) as refused:
        act(people.head, row, "postpone", until=dt.date(2026, 12, 30), **more)
    assert refused.value.field == "until"
    with later(70):
        row = act(people.head, row, "postpone", until=dt.date(2027, 3, 1), **more)
    assert [(r, s) for r, s, _u in duties(row)][1:] == [("rec.do", "late"), ("rec.do", "open")]
    assert row.next_due_on == dt.date(2027, 3, 1)


def test_passed_on_the_day_stays_and_the_other_authority_owes(people: Any, sent: Any) -> None:
    row = sent()
    due = row.next_due_on
    province = Unit.objects.get(code="51-ubnd")
    row = act(people.head, row, "pass_on", to=province, reason="Đường tỉnh.", document="2/CV")
    assert (row.unit, row.next_due_on) == (province, due)
    assert duties(row) == [("rec.answer_front", "open", "51-ubnd")]
    assert Projection.objects.get(pk=row.pk).unit == province
    assert act(people.province, row, "answer", **YES).state == "accepted"
    with pytest.raises(NotAllowed):
        act(people.handler, row, "finish", report="Đã làm.")


def test_what_was_missed_before_it_was_passed_on_stays_with_whom_missed_it(
    people: Any, sent: Any
) -> None:
    row = sent()
    province = Unit.objects.get(code="51-ubnd")
    with later(31):
        row = act(people.head, row, "pass_on", to=province, reason="Đường tỉnh.", document="2/CV")
        assert duties(row) == [
            ("rec.answer_front", "late", "21439-ubnd"), ("rec.answer_front", "open", "51-ubnd"),
        ]  # fmt: skip
        assert act(people.province, row, "answer", **YES).in_time is False


def test_what_was_sent_stands_as_it_was_sent(people: Any, drafted: Any) -> None:
    row = drafted()
    said = Said(addressee=unit("21439-kt"), content="Đề nghị lắp đèn ở cả hai đầu đường.")
    with pytest.raises(Conflict):
        recommendation_edit(acting=people.front, row=row, source="front", said=said, version=9)
    recommendation_edit(acting=people.front, row=row, source="front", said=said, version=1)
    row = act(people.front, row, "send", document="5/KN")
    assert (row.unit.code, row.content) == ("21439-kt", said.content)
    assert CONTENT not in str(list(Entry.objects.filter(matter=row).values_list("facts")))
    with pytest.raises(MatterError):
        recommendation_edit(
            acting=people.front, row=row, source="front", said=said, version=row.version
        )


@pytest.mark.parametrize(
    ("who", "body", "source", "more", "field"),
    [
        ("front", "21439-mttq", "council", {}, "source"),
        ("front", "21439-mttq", "front", {"content": "Ngắn"}, "content"),
        ("front", "21439-mttq", "front", {"content": CONTENT + " Gọi 0905123456."}, "content"),
        ("front", "21439-mttq", "front", {"to": "21478-ubnd"}, "addressee"),
        ("front", "21439-mttq", "front", {"topic": "khac"}, "topic"),
        ("front", "21439-mttq", "front", {"to": "21439-du"}, "addressee"),
        ("dvan", "21439-mttq", "front", {}, ""),
        ("head", "21439-mttq", "front", {}, ""),
    ],
)
def test_a_draft_that_cannot_be_is_refused_in_one_sentence(
    people: Any, who: str, body: str, source: str, more: dict[str, str], field: str
) -> None:
    more = dict(more)
    to = unit(more.pop("to", "21439-ubnd"))
    said = Said(**{"addressee": to, "content": CONTENT} | more)
    with pytest.raises(MatterError) as refused:
        recommendation_create(acting=people.actors[who], body=unit(body), source=source, said=said)
    assert refused.value.field == field
    assert isinstance(refused.value, NotAllowed) == (field == "")
    assert not BodyRecommendation.objects.exists()


def test_many_are_sent_together_or_none(people: Any, drafted: Any, sent: Any) -> None:
    rows = [drafted(), drafted("women"), sent()]
    with pytest.raises(MatterError) as refused:
        recommendations_send(acting=people.front, ids=[r.pk for r in rows], document="7/KN")
    assert refused.value.message.startswith(rows[2].code)
    assert BodyRecommendation.objects.filter(state="drafted").count() == 2
    recommendations_send(acting=people.front, ids=[r.pk for r in rows[:2]], document="7/KN")
    assert BodyRecommendation.objects.filter(state="sent", document="7/KN").count() == 2


def test_a_recommendation_serves_a_matter_in_sight(people: Any, sent: Any) -> None:
    other = sent()
    said = Said(addressee=unit("21439-ubnd"), content="Đề nghị đặt thêm thùng rác ở chợ.")
    made = recommendation_create(
        acting=people.front, body=unit("21439-mttq"), source="front", said=said, serves=other.code
    )
    link = MatterLink.objects.get()
    assert (link.matter_id, link.other_id, link.role) == (made.pk, other.pk, "serves")
    with pytest.raises(MatterError) as refused:
        recommendation_create(
            acting=people.front, body=unit("21439-mttq"), source="front", said=said, serves="KHÔNG"
        )
    assert refused.value.field == "serves"
    assert BodyRecommendation.objects.count() == 2
