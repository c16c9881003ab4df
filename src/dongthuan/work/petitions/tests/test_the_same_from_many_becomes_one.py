"""Joining: all letters on one matter, each with its receipt, no promise lost; and back again."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from dongthuan.core import clock
from dongthuan.core.matters.errors import MatterError, NotAllowed
from dongthuan.core.matters.models import Duty, Entry, Matter, Projection
from dongthuan.core.matters.receipts import receipt_secret
from dongthuan.core.outbox.models import Message
from dongthuan.work.petitions.joining import matter_separate, matters_join
from dongthuan.work.petitions.services import submission_find
from dongthuan.work.petitions.tests.paths import matter_in

WHY = "Cùng một đoạn đường hỏng."


def join(people: Any, main: Matter, *others: Matter, actor: Any = None) -> Matter:
    return matters_join(
        acting=actor or people.head, main_id=main.pk, other_ids=[o.pk for o in others], reason=WHY
    )


def running(matter: Matter) -> dict[str, dt.date]:
    rows = Duty.objects.filter(matter=matter, state__in=["open", "paused"])
    return dict(rows.values_list("rule", "due_on"))


@pytest.fixture
def two(people: Any, submit: Any) -> tuple[Matter, Matter]:
    """The main one came ten days later than the other."""
    with clock.at(clock.now() - dt.timedelta(days=10)):
        other = matter_in(people, submit, "feedback", "classified")
    return matter_in(people, submit, "feedback", "classified"), other


def test_the_earliest_date_stays(people: Any, two: tuple[Matter, Matter]) -> None:
    main, other = two
    early = running(other)["xld.process"]
    assert early < running(main)["xld.process"]
    join(people, main, other)
    assert running(main) == {"xld.process": early}
    assert running(other) == {}
    assert Matter.objects.get(pk=main.pk).next_due_on == early
    duty = Duty.objects.get(matter=main, state="open")
    assert duty.steps
    assert Duty.objects.get(matter=other).state == "transferred"


def test_a_promise_that_the_main_one_lacks_goes_over(people: Any, submit: Any) -> None:
    main = matter_in(people, submit, "feedback", "classified")
    other = matter_in(people, submit, "feedback", "accepted")
    due = running(other)["pa.answer"]
    join(people, main, other)
    assert running(main)["pa.answer"] == due
    assert "xld.process" in running(main)


def test_a_letter_that_joins_an_accepted_matter_is_sorted_by_that(people: Any, submit: Any) -> None:
    main = matter_in(people, submit, "feedback", "accepted")
    other = matter_in(people, submit, "feedback", "classified")
    join(people, main, other)
    assert set(running(main)) == {"pa.answer"}
    assert Duty.objects.get(matter=other).state == "fulfilled"


def test_letters_and_people_are_counted_apart(people: Any, submit: Any) -> None:
    main = submit(people_count=3).matter
    other = submit("Một đơn khác cùng nội dung.", people_count=4).matter
    done = join(people, main, other)
    assert (done.submission_count, done.person_count) == (2, 7)
    assert Matter.objects.filter(closed_at=None).count() == 1


def test_each_receipt_still_opens_and_leads_to_the_main_one(people: Any, submit: Any) -> None:
    main, other = submit(), submit("Một đơn khác cùng nội dung.")
    join(people, main.matter, other.matter)
    for code in (other.code, main.code):
        found = submission_find(code=code, secret=other.secret)
        assert found is not None
        assert found.pk == other.submission.pk
        assert found.matter.code == main.code
    assert submission_find(code=other.code, secret=main.secret) is None


def test_both_records_say_so_and_the_people_are_told(people: Any, submit: Any) -> None:
    main, other = submit().matter, submit("Một đơn khác cùng nội dung.").matter
    before = Message.objects.count()
    join(people, main, other)
    assert Entry.objects.filter(matter=main, act="petition.joined_here").exists()
    entry = Entry.objects.get(matter=other, act="petition.joined_into")
    assert entry.facts == {"main": main.code, "reason": WHY}
    assert Message.objects.count() == before + 1
    assert Projection.objects.get(pk=other.pk).state == "joined"


def test_separated_again_everything_is_owed_again_with_its_dates(
    people: Any, two: tuple[Matter, Matter]
) -> None:
    main, other = two
    before = running(other)
    letters = set(other.submissions.values_list("pk", flat=True))
    join(people, main, other)
    matter_separate(acting=people.intake, matter_id=other.pk, reason="Hai chỗ khác nhau.")
    fresh = Matter.objects.get(pk=other.pk)
    assert (fresh.state, fresh.closed_at) == ("classified", None)
    assert running(other) == before
    assert set(fresh.submissions.values_list("pk", flat=True)) == letters
    assert fresh.next_due_on == min(before.values())
    assert Matter.objects.get(pk=main.pk).submission_count == 1
    assert running(main), "what stands on the main one stays"


def test_it_can_be_joined_and_separated_more_than_once(people: Any, submit: Any) -> None:
    main, other = submit().matter, submit("Một đơn khác cùng nội dung.").matter
    for _turn in range(2):
        join(people, main, other)
        matter_separate(acting=people.head, matter_id=other.pk, reason="Tách ra.")
    assert Matter.objects.get(pk=other.pk).is_open
    with pytest.raises(MatterError):
        matter_separate(acting=people.head, matter_id=other.pk, reason="Tách ra.")


@pytest.mark.parametrize("kind", ["complaint", "recommendation"])
def test_another_kind_does_not_fit(people: Any, submit: Any, kind: str) -> None:
    main = matter_in(people, submit, "feedback", "classified")
    other = matter_in(people, submit, kind, "classified")
    with pytest.raises(MatterError):
        join(people, main, other)


@pytest.mark.parametrize("state", ["closed", "suspended", "joined"])
def test_what_is_not_worked_on_is_not_joined(people: Any, submit: Any, state: str) -> None:
    kind = "complaint" if state == "suspended" else "feedback"
    main = matter_in(people, submit, kind, "classified")
    other = matter_in(people, submit, kind, state)
    with pytest.raises(MatterError):
        join(people, main, other)
    with pytest.raises(MatterError):
        join(people, other, main)


def test_nothing_sealed_is_joined_even_by_those_who_hold_it(people: Any, denounce: Any) -> None:
    one = denounce().matter
    two = denounce().matter
    for actor in (people.sealed, people.head):
        with pytest.raises(MatterError):
            join(people, one, two, actor=actor)


def test_a_sealed_matter_is_answered_like_one_that_does_not_exist(
    people: Any, submit: Any, denounce: Any
) -> None:
    main = submit().matter
    sealed = denounce().matter
    with pytest.raises(NotAllowed) as real:
        join(people, main, sealed)
    with pytest.raises(NotAllowed) as none:
        matters_join(acting=people.head, main_id=main.pk, other_ids=[10**9], reason=WHY)
    assert real.value.message == none.value.message


@pytest.mark.parametrize("name", ["handler", "front", "dvan", "inspector", "admin", "other_head"])
def test_only_head_and_intake_of_the_unit_join(people: Any, submit: Any, name: str) -> None:
    main, other = submit().matter, submit("Một đơn khác cùng nội dung.").matter
    with pytest.raises(NotAllowed):
        join(people, main, other, actor=people.actors[name])
    assert Matter.objects.get(pk=other.pk).state == "received"


def test_one_that_does_not_fit_stops_all(people: Any, submit: Any) -> None:
    main, good = submit().matter, submit("Một đơn khác cùng nội dung.").matter
    bad = matter_in(people, submit, "feedback", "classified")
    with pytest.raises(MatterError):
        join(people, main, good, bad)
    assert Matter.objects.get(pk=good.pk).state == "received"


def test_a_main_matter_that_gathered_others_is_not_itself_joined(people: Any, submit: Any) -> None:
    first, second, third = (submit(f"Đơn số {n} cùng nội dung.").matter for n in range(3))
    join(people, first, second)
    with pytest.raises(MatterError):
        join(people, third, first)
    assert join(people, first, third).submission_count == 3


def test_the_secret_of_the_joined_one_stays_what_it_was(people: Any, submit: Any) -> None:
    main, other = submit(), submit("Một đơn khác cùng nội dung.")
    join(people, main.matter, other.matter)
    other.submission.refresh_from_db()
    assert receipt_secret(other.submission) == other.secret
