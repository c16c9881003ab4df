"""A transfer: the sender's duty ends, the receiver takes over or sends back, both keep clocks."""

from __future__ import annotations

from typing import Any

import pytest

from dongthuan.core.matters.errors import MatterError
from dongthuan.core.matters.models import Duty, Entry, Matter
from dongthuan.core.matters.selectors import matter_get, steps_for
from dongthuan.core.matters.services import matter_act
from dongthuan.core.outbox.models import Message
from dongthuan.core.units.models import Unit
from dongthuan.work.petitions.tests.paths import answers, matter_in, walk_steps

TEXT = "Bãi rác tự phát sát bờ kè gây mùi hôi suốt cả tuần, đề nghị dọn sạch và đặt biển cấm đổ."


def act(actor: Any, matter: Matter, name: str, **data: Any) -> Matter:
    from dongthuan.core.matters.kinds import kind_of

    step = kind_of(matter.kind).step(name)
    assert step is not None
    return matter_act(
        acting=actor, matter_id=matter.pk, step_name=name, data=answers(step, matter, data)
    )


def running(matter: Matter) -> dict[str, str]:
    rows = Duty.objects.filter(matter=matter, state__in=["open", "paused"])
    return dict(rows.values_list("rule", "unit__code"))


def referral_of(matter: Matter) -> Matter:
    return Matter.objects.get(parent=matter, kind="referral")


@pytest.fixture
def sent(people: Any, submit: Any) -> Matter:
    return matter_in(people, submit, "feedback", "transferring")


def test_the_receiver_owes_to_take_it_over_and_the_sender_nothing_more(
    people: Any, sent: Matter
) -> None:
    assert sent.unit.code == "21478-ubnd"
    assert running(sent) == {"xld.receive_transfer": "21478-ubnd"}
    assert Duty.objects.get(matter=sent, rule="xld.process").state == "fulfilled"
    assert referral_of(sent).unit.code == "21439-ubnd"
    assert referral_of(sent).state == "waiting"
    assert matter_get(actor=people.head, code=sent.code) is None
    assert matter_get(actor=people.head, code=referral_of(sent).code) is not None
    assert matter_get(actor=people.other_head, code=referral_of(sent).code) is None


def test_once_taken_over_it_is_processed_from_that_day(people: Any, sent: Matter) -> None:
    done = act(people.other_intake, sent, "take_over")
    assert done.state == "classified"
    assert running(done) == {"xld.process": "21478-ubnd"}
    assert referral_of(sent).state == "taken"


def test_the_petitioner_is_told_each_time(people: Any, sent: Matter) -> None:
    before = Message.objects.count()
    back = act(people.other_head, sent, "send_back", reason="Thuộc địa bàn phường Đức Phổ.")
    assert Message.objects.count() == before + 1
    up = act(people.head, back, "refer_up", reason="Hai bên không thống nhất.")
    assert Message.objects.count() == before + 2
    assert up.state == "disputed"


def test_sent_back_it_lies_with_the_sender_again_and_is_sent_nowhere_else(
    people: Any, sent: Matter
) -> None:
    back = act(people.other_head, sent, "send_back", reason="Thuộc địa bàn phường Đức Phổ.")
    assert (back.unit.code, back.state) == ("21439-ubnd", "examined")
    assert running(back) == {"xld.process": "21439-ubnd"}
    assert referral_of(sent).closed_at is not None
    fresh = matter_get(actor=people.head, code=back.code)
    assert fresh is not None
    offered = {step.name for step in steps_for(actor=people.head, matter=fresh)}
    assert "transfer" not in offered
    assert "refer_up" in offered
    with pytest.raises(MatterError):
        act(people.head, back, "transfer", to=Unit.objects.get(code="21451-ubnd"))


def test_the_superior_decides_and_nobody_sends_it_on_or_back(people: Any, sent: Matter) -> None:
    back = act(people.other_head, sent, "send_back", reason="Thuộc địa bàn phường Đức Phổ.")
    up = act(people.head, back, "refer_up", reason="Hai bên không thống nhất.")
    assert running(up) == {"xld.decide_competence": "51-ubnd"}
    to = Unit.objects.get(code="21478-ubnd")
    done = act(people.province, up, "assign_competence", to=to, document="9/CV", reason="Địa bàn.")
    assert (done.unit.code, done.state) == ("21478-ubnd", "classified")
    assert running(done) == {"xld.process": "21478-ubnd"}
    out = act(people.other_head, done, "examine", competence="out")
    fresh = matter_get(actor=people.other_head, code=out.code)
    assert fresh is not None
    offered = {step.name for step in steps_for(actor=people.other_head, matter=fresh)}
    assert not offered & {"transfer", "send_back", "refer_up"}


def test_a_superior_does_not_send_it_outside_its_area(people: Any, sent: Matter) -> None:
    back = act(people.other_head, sent, "send_back", reason="Thuộc địa bàn phường Đức Phổ.")
    up = act(people.head, back, "refer_up", reason="Hai bên không thống nhất.")
    with pytest.raises(MatterError) as refused:
        act(people.province, up, "assign_competence", to=Unit.objects.get(code="48"))
    assert refused.value.field in ("to", "place")


def test_the_sender_learns_the_result_and_relays_it_within_five_days(
    people: Any, sent: Matter
) -> None:
    matter = act(people.other_intake, sent, "take_over")
    matter = walk_steps(people, matter, ("examine", "accept", "DECIDE"), {})
    assert "tcd.transfer_feedback" in running(matter)
    with pytest.raises(MatterError, match="Thông báo kết quả"):
        act(people.other_head, matter, "close")
    matter = act(people.other_head, matter, "report_back")
    referral = referral_of(sent)
    assert referral.state == "answered"
    assert running(referral) == {"xld.reply_to_sender": "21439-ubnd"}
    act(people.intake, referral, "relay", note="Bãi rác đã được dọn xong hôm qua.")
    told = Entry.objects.filter(matter=matter, act="referral.relayed").get()
    assert told.audience == 1
    assert told.payload.body["text"].startswith("Bãi rác")
    assert Matter.objects.get(pk=referral.pk).closed_at is not None
    assert act(people.other_head, matter, "close").state == "closed"


def test_an_end_without_an_answer_reaches_the_sender_too(people: Any, sent: Matter) -> None:
    matter = act(people.other_intake, sent, "take_over")
    act(people.other_head, matter, "withdraw")
    assert running(referral_of(sent)) == {"xld.reply_to_sender": "21439-ubnd"}


def test_a_body_outside_is_followed_up_until_it_answers(people: Any, submit: Any) -> None:
    matter = matter_in(people, submit, "recommendation", "transferred")
    referral = referral_of(matter)
    assert running(referral) == {"xld.transfer_followup": "21439-ubnd"}
    first = Duty.objects.get(matter=referral, state="open")
    act(people.head, referral, "urge", document="20/CV-UBND")
    assert Duty.objects.get(matter=referral, state="open").pk != first.pk
    act(people.head, referral, "record", answer="Sở đã cho nạo vét.", document="88/SXD")
    assert running(referral) == {"xld.reply_to_sender": "21439-ubnd"}


def test_a_letter_to_a_body_outside_carries_a_number(people: Any, submit: Any) -> None:
    matter = matter_in(people, submit, "feedback", "classified")
    matter = walk_steps(people, matter, ("EXAMINE_OUT",), {})
    with pytest.raises(MatterError) as refused:
        act(people.head, matter, "transfer", body="Sở Xây dựng", document="")
    assert refused.value.field == "document"


def test_the_same_content_is_not_transferred_twice_unless_said_to_be_another(
    people: Any, submit: Any
) -> None:
    def out(text: str) -> Matter:
        matter = submit(text).matter
        way = ("register", "classify", "EXAMINE_OUT")
        return walk_steps(people, matter, way, {"classify": {"kind": "feedback"}})

    first = act(people.head, out(TEXT), "transfer", to=Unit.objects.get(code="21478-ubnd"))
    again = out(f"Kính gửi phường. {TEXT}")
    with pytest.raises(MatterError) as refused:
        act(people.head, again, "transfer", to=Unit.objects.get(code="21478-ubnd"))
    assert refused.value.field == "again"
    assert first.code in refused.value.message
    to = Unit.objects.get(code="21478-ubnd")
    assert act(people.head, again, "transfer", to=to, again=True).state == "transferring"


def test_a_referral_holds_no_content_and_no_public_row(people: Any, submit: Any) -> None:
    matter = matter_in(people, submit, "feedback", "transferring")
    referral = referral_of(matter)
    assert not referral.submissions.exists()
    assert not hasattr(referral, "projection")
    assert matter.code in referral.title
