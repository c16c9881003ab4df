"""A question is read, joined, and ends answered, promised, taken in or declined."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from dongthuan.core import clock
from dongthuan.core.matters.errors import MatterError, NotAllowed
from dongthuan.core.matters.models import Duty, Entry, Matter
from dongthuan.core.matters.services import matter_act
from dongthuan.core.outbox.models import Message
from dongthuan.core.units.models import Unit
from dongthuan.work.dialogues.models import Question
from dongthuan.work.dialogues.questions import (
    Asker,
    End,
    question_add,
    question_ask,
    question_merge,
    question_read,
    question_separate,
    question_settle,
)
from dongthuan.work.dialogues.tests.conftest import CONCLUDED, HELD, MORNING, act, question

ASKER = Asker(name="Vết Tên Riêng", email="vetriengtu@vidu.vn")
UNTIL = dt.date(2027, 3, 1)
PROMISE = End(outcome="promised", answer="Lắp mái che trước mùa mưa.", due_on=UNTIL)
ENDS = (
    End(outcome="answered", answer="Đã có trong kế hoạch năm nay."),
    PROMISE,
    End(outcome="forwarded"),
    End(outcome="outside", answer="Thuộc thẩm quyền của ngành điện lực."),
)


def asked(dialogue: Any, text: str = "Bao giờ chợ Đức Phổ có mái che?", **asker: Any) -> Question:
    who = Asker(**asker) if asker else ASKER
    return question_ask(dialogue=dialogue, text=text, channel="hall", asker=who)


def test_it_is_not_public_before_an_official_has_read_it(people: Any, announced: Any) -> None:
    made = asked(announced)
    assert (made.state, made.words, made.number) == ("waiting", "", 1)
    with pytest.raises(MatterError) as refused:
        question_read(acting=people.intake, question=made, words="Hỏi bà ở số 0905777999?")
    assert refused.value.field == "words"
    read = question_read(acting=people.intake, question=made, words="Bao giờ có mái che?")
    assert (read.state, read.words) == ("shown", "Bao giờ có mái che?")
    with pytest.raises(MatterError):
        question_read(acting=people.intake, question=made, words="Lần nữa?")


@pytest.mark.parametrize("name", ["front", "dvan", "party", "inspector", "other_head", "admin"])
def test_others_neither_read_nor_settle(people: Any, announced: Any, name: str) -> None:
    waiting, shown = asked(announced), question(people, announced)
    actor = people.actors[name]
    with pytest.raises(NotAllowed):
        question_read(acting=actor, question=waiting, words="Bao giờ?")
    with pytest.raises(NotAllowed):
        question_settle(acting=actor, question=shown, end=ENDS[0])
    with pytest.raises(NotAllowed):
        question_add(acting=actor, dialogue=announced, text="Câu hỏi khác nữa", channel="phone")


def test_nobody_asks_before_the_notice_or_after_the_meeting(people: Any, planned: Any) -> None:
    with pytest.raises(MatterError):
        asked(planned)
    announced = act(people.head, planned, "announce", means="media", document="1/TB")
    with clock.at(MORNING):
        held = act(people.head, announced, "hold", **HELD)
        with pytest.raises(MatterError):
            asked(held)
        assert question(people, held).state == "shown"  # what was said there is still written down


@pytest.mark.parametrize("text", ["", "ngắn", "x" * 1001])
def test_a_question_has_a_length(announced: Any, text: str) -> None:
    with pytest.raises(MatterError) as refused:
        asked(announced, text)
    assert refused.value.field == "text"
    assert not Question.objects.exists()


@pytest.mark.parametrize("end", ENDS, ids=lambda end: end.outcome)
def test_each_of_the_four_ends(people: Any, announced: Any, end: End) -> None:
    made = question_read(acting=people.intake, question=asked(announced), words="Bao giờ xong?")
    done = question_settle(acting=people.handler, question=made, end=end)
    assert (done.outcome, done.answered_by.code) == (end.outcome, "21439-head")
    assert Message.objects.get().recipient == ASKER.email
    assert done.words not in Message.objects.get().body
    if done.matter is None:
        assert end.outcome in ("answered", "outside")
        return
    assert done.matter.parent_id == announced.pk
    assert done.matter.submissions.get().citizen.email == ASKER.email
    assert done.matter.kind == {"promised": "promise", "forwarded": "recommendation"}[end.outcome]


@pytest.mark.parametrize("bad", [
    End(outcome="answered"), End(outcome="outside"), End(outcome="promised", answer="Sẽ làm."),
    End(outcome="promised", answer="Sẽ làm.", due_on=dt.date(2026, 1, 1)), End(outcome="khác"),
    End(outcome="promised", due_on=UNTIL), End(outcome="answered", answer="Gọi số 0905777999."),
], ids=str)  # fmt: skip
def test_an_end_that_is_none_is_refused(people: Any, announced: Any, bad: End) -> None:
    made = question(people, announced)
    with pytest.raises(MatterError):
        question_settle(acting=people.handler, question=made, end=bad)
    made.refresh_from_db()
    assert (made.outcome, Matter.objects.filter(parent=announced).count()) == ("", 0)


def test_a_promise_is_owed_by_whom_it_names(people: Any, announced: Any) -> None:
    office = Unit.objects.get(code="21439-vhxh")
    end = End(outcome="promised", answer="Sửa nhà văn hóa.", due_on=UNTIL, unit=office)
    done = question_settle(acting=people.handler, question=question(people, announced), end=end)
    duty = Duty.objects.get(matter=done.matter)
    assert (duty.unit, duty.due_on, duty.rule) == (office, UNTIL, "promise.keep")
    stranger = Unit.objects.get(code="21478-ubnd")
    end = End(outcome="promised", answer="Sửa đường.", due_on=UNTIL, unit=stranger)
    with pytest.raises(MatterError) as refused:
        question_settle(acting=people.handler, question=question(people, announced), end=end)
    assert refused.value.field == "unit"


def test_what_is_taken_in_is_received_today_and_not_when_the_dialogue_was_planned(
    people: Any, announced: Any
) -> None:
    with clock.at(MORNING):
        made = question(people, announced)
        done = question_settle(acting=people.handler, question=made, end=ENDS[2])
    assert done.matter is not None
    assert done.matter.opened_at == MORNING
    assert done.matter.next_due_on > MORNING.date()


def test_those_joined_share_the_end_and_are_told(people: Any, announced: Any) -> None:
    first = question_read(acting=people.intake, question=asked(announced), words="Bao giờ xong?")
    second = asked(announced, "Khi nào thì chợ lợp mái vậy?", name="B", email="b@vidu.vn")
    question_merge(acting=people.intake, question=second, into=first.number)
    question_settle(acting=people.handler, question=first, end=PROMISE)
    assert set(Message.objects.values_list("recipient", flat=True)) == {ASKER.email, "b@vidu.vn"}
    promise = Matter.objects.get(kind="promise")
    with clock.at(dt.datetime(2027, 2, 1, 2, tzinfo=dt.UTC)):
        matter_act(acting=people.head, matter_id=promise.pk, step_name="keep",
                   data={"report": "Đã lợp xong."})  # fmt: skip
    kept = Message.objects.filter(about=promise.code).values_list("recipient", flat=True)
    assert set(kept) == {ASKER.email, "b@vidu.vn"}


def test_a_wrong_joining_can_be_undone(people: Any, announced: Any) -> None:
    first, second = question(people, announced), asked(announced)
    for wrong in (second.number, 99):
        with pytest.raises(MatterError) as refused:
            question_merge(acting=people.intake, question=second, into=wrong)
        assert refused.value.field == "into"
    question_merge(acting=people.intake, question=second, into=first.number)
    second.refresh_from_db()
    again = question_separate(acting=people.intake, question=second)
    assert (again.state, again.into) == ("waiting", None)


def test_a_denunciation_is_set_aside_and_its_writer_shown_the_sealed_way(
    people: Any, announced: Any
) -> None:
    made = asked(announced, "Ông X nhận tiền của dân khi làm hồ sơ đất")
    question_read(acting=people.intake, question=made, ground="denunciation")
    assert "/to-cao/" in Message.objects.get().body
    entry = Entry.objects.filter(matter=announced).latest("id")
    assert "Ông X" not in str(entry.facts)
    other = asked(announced)
    with pytest.raises(MatterError):
        question_read(acting=people.intake, question=other, ground="không thích")


def test_no_conclusion_while_a_question_is_open(people: Any, announced: Any) -> None:
    unread, open_ = asked(announced), question(people, announced)
    with clock.at(MORNING):
        held = act(people.head, announced, "hold", **HELD)
        for do in (
            lambda: question_read(acting=people.intake, question=unread, ground="none"),
            lambda: question_settle(acting=people.handler, question=open_, end=ENDS[0]),
        ):
            with pytest.raises(MatterError):
                act(people.head, held, "conclude", **CONCLUDED)
            do()
        assert act(people.head, held, "conclude", **CONCLUDED).state == "concluded"
        with pytest.raises(MatterError):
            question(people, held)


def test_a_dialogue_with_open_questions_is_not_called_off(people: Any, announced: Any) -> None:
    made = asked(announced)
    with pytest.raises(MatterError):
        act(people.head, announced, "cancel", reason="Bão")
    question_read(acting=people.intake, question=made, ground="none")
    assert act(people.head, announced, "cancel", reason="Bão").state == "cancelled"
