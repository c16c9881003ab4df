"""After closing: one rating for each letter, and “closed but not solved”."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from dongthuan.core import clock
from dongthuan.core.matters.errors import MatterError, NotAllowed
from dongthuan.core.matters.models import Duty, Entry, Matter, Projection, Submission
from dongthuan.core.matters.services import matter_act
from dongthuan.work.petitions.models import Rating
from dongthuan.work.petitions.rating import rating_give, reopen_ask, reopen_until
from dongthuan.work.petitions.tests.paths import matter_in

REASON = "Nắp cống mới lại vỡ sau ba ngày."


@pytest.fixture
def closed(people: Any, submit: Any) -> Matter:
    return matter_in(people, submit, "feedback", "closed")


def letter(matter: Matter) -> Submission:
    return matter.submissions.select_related("matter").earliest("id")


def rate(people: Any, matter: Matter, **more: Any) -> Rating:
    values: dict[str, Any] = {
        "submission": letter(matter), "acting": people.citizen, "score": 4, "solved": True,
    }  # fmt: skip
    return rating_give(**(values | more))


def test_the_sender_rates_once_and_changes_it_within_a_week(people: Any, closed: Matter) -> None:
    rate(people, closed)
    with clock.at(clock.now() + dt.timedelta(days=6)):
        rate(people, closed, score=2, solved=False, reason="Lại hỏng.")
    rating = Rating.objects.get()
    assert (rating.score, rating.solved) == (2, False)
    with clock.at(clock.now() + dt.timedelta(days=12)), pytest.raises(MatterError):
        rate(people, closed, score=5)
    assert Rating.objects.get().score == 2


@pytest.mark.parametrize("score", [0, 6, -1])
def test_a_rating_lies_between_one_and_five(people: Any, closed: Matter, score: int) -> None:
    with pytest.raises(MatterError) as refused:
        rate(people, closed, score=score)
    assert refused.value.field == "score"
    assert not Rating.objects.exists()


@pytest.mark.parametrize("state", ["decided", "refused", "withdrawn"])
def test_only_what_was_closed_with_a_result_is_rated(people: Any, submit: Any, state: str) -> None:
    matter = matter_in(people, submit, "feedback", state)
    with pytest.raises(MatterError):
        rate(people, matter)


def test_nothing_sealed_is_rated_or_asked_to_be_reopened(people: Any, denounce: Any) -> None:
    matter = denounce().matter
    Matter.objects.filter(pk=matter.pk).update(state="closed", closed_at=clock.now())
    with pytest.raises(MatterError):
        rate(people, matter)
    with pytest.raises(MatterError):
        reopen_ask(submission=letter(matter), acting=people.citizen, reason=REASON)


def test_an_official_writes_it_down_only_for_the_own_unit(people: Any, closed: Matter) -> None:
    rate(people, closed, acting=people.intake, channel="phone")
    assert Rating.objects.get().channel == "phone"
    for actor in (people.other_head, people.front, people.inspector):
        with pytest.raises(NotAllowed):
            rate(people, closed, acting=actor, channel="counter")


def test_the_record_keeps_the_rating_behind_its_commitment(people: Any, closed: Matter) -> None:
    rate(people, closed, reason="Tốt.")
    entry = Entry.objects.get(act="petitioner.rated")
    assert entry.facts == {}
    assert entry.commitment is not None
    assert entry.payload.body["score"] == 4


def test_not_solved_obliges_the_head_to_examine(people: Any, closed: Matter) -> None:
    matter = reopen_ask(submission=letter(closed), acting=people.citizen, reason=REASON)
    assert (matter.state, matter.closed_at) == ("contested", None)
    duty = Duty.objects.get(matter=matter, state="open")
    assert duty.rule == "pa.reopen_examine"
    assert Projection.objects.get(pk=matter.pk).closed_on is None
    assert Matter.objects.get(pk=matter.pk).next_due_on == duty.due_on


def test_accepted_it_runs_again_with_a_fresh_clock(people: Any, closed: Matter) -> None:
    reopen_ask(submission=letter(closed), acting=people.citizen, reason=REASON)
    matter = matter_act(
        acting=people.head, matter_id=closed.pk, step_name="reopen", data={"reason": "Đúng."}
    )
    assert matter.state == "examined"
    assert set(Duty.objects.filter(matter=matter, state="open").values_list("rule", flat=True)) == {
        "xld.process"
    }
    assert Duty.objects.get(matter=matter, rule="pa.reopen_examine").state == "fulfilled"


def test_refused_it_stays_closed_with_the_reason_told(people: Any, closed: Matter) -> None:
    reopen_ask(submission=letter(closed), acting=people.citizen, reason=REASON)
    matter = matter_act(
        acting=people.head, matter_id=closed.pk, step_name="keep_closed",
        data={"note": "Đã kiểm tra: nắp cống còn nguyên."},
    )  # fmt: skip
    assert matter.state == "closed"
    entry = Entry.objects.filter(matter=matter).latest("id")
    assert (entry.act, entry.audience) == ("feedback.keep_closed", 1)


def test_it_is_asked_for_within_thirty_days_and_twice_at_most(people: Any, closed: Matter) -> None:
    sender = letter(closed)
    last = reopen_until(Matter.objects.get(pk=closed.pk))
    assert last is not None
    assert dt.timedelta(days=30) <= last - clock.today() <= dt.timedelta(days=34)
    with clock.at(clock.now() + dt.timedelta(days=36)), pytest.raises(MatterError):
        reopen_ask(submission=sender, acting=people.citizen, reason=REASON)
    for _turn in range(2):
        reopen_ask(submission=sender, acting=people.citizen, reason=REASON)
        matter_act(
            acting=people.head, matter_id=closed.pk, step_name="keep_closed", data={"note": "Đủ."}
        )
    with pytest.raises(MatterError, match="2"):
        reopen_ask(submission=sender, acting=people.citizen, reason=REASON)


def test_while_one_request_is_examined_there_is_no_second(people: Any, closed: Matter) -> None:
    reopen_ask(submission=letter(closed), acting=people.citizen, reason=REASON)
    with pytest.raises(MatterError):
        reopen_ask(submission=letter(closed), acting=people.citizen, reason=REASON)
    assert Entry.objects.filter(act="petitioner.reopen_asked").count() == 1


def test_a_complaint_is_not_reopened_on_request(people: Any, submit: Any) -> None:
    matter = matter_in(people, submit, "complaint", "closed")
    with pytest.raises(MatterError):
        reopen_ask(submission=letter(matter), acting=people.citizen, reason=REASON)
