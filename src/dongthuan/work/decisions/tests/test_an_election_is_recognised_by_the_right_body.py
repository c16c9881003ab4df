"""The People's Committee recognises heads, the commune's Front the boards; nobody is appointed by
the count itself (Luật Điều 21.2, Decree 59 Điều 8, Decree 185 Điều 4)."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from dongthuan.core import clock
from dongthuan.core.matters.errors import MatterError, NotAllowed
from dongthuan.core.matters.meeting import proof_of
from dongthuan.core.matters.models import Duty, Entry, Matter
from dongthuan.core.people.models import Appointment
from dongthuan.work.decisions.elections.models import Election
from dongthuan.work.decisions.tests.village_paths import Story
from dongthuan.work.decisions.village_papers import convention_pdf, election_pdf


@pytest.fixture
def story(people: Any, villages: Any, households: Any) -> Story:
    households(10)
    return Story(people, villages[0])


def elected(story: Story, post: str = "head") -> Story:
    story.election(post).prepared("Trần Văn Một", "Lê Thị Hai")
    return story.meeting(9, c1=6, c2=3).takes("hold", "send")


def held(name: str, story: Story) -> list[tuple[str, dt.date | None, bool]]:
    rows = Appointment.objects.filter(account=story.people.accounts[name]).order_by("id")
    return [(row.position.code, row.valid_to, row.acting) for row in rows]


def test_the_one_who_recognises_owes_it_within_five_working_days(story: Story) -> None:
    for post, owner in (("head", "21439-ubnd"), ("inspection", "21439-mttq")):
        elected(story, post)
        duty = Duty.objects.get(matter=story.pk, rule="dc.recognise")
        assert (duty.unit.code, duty.due_on) == (owner, dt.date(2026, 11, 9) if post == "head"
                                                 else dt.date(2026, 12, 7))  # fmt: skip


def test_the_front_does_not_recognise_a_head_nor_the_committee_a_board(story: Story) -> None:
    elected(story)
    for step, name in (("front_recognise", "front"), ("recognise", "front"),
                       ("recognise", "village_head"), ("recognise", "handler")):  # fmt: skip
        with pytest.raises(MatterError):
            story.take(step, acting=story.people.actors[name])
    elected(story, "inspection")
    for step, name in (("recognise", "head"), ("front_recognise", "head"),
                       ("front_recognise", "village_front")):  # fmt: skip
        with pytest.raises(MatterError):
            story.take(step, acting=story.people.actors[name])
    assert story.take("front_recognise").state == "recognised"


def test_half_of_the_households_elect_nobody(story: Story) -> None:
    story.election().prepared().meeting(9, c1=5, c2=4).takes("hold")
    assert story.matter.state == "not_elected"
    assert not story.matter.candidates.filter(elected=True).exists()
    proof = proof_of(story.matter)
    assert proof and (proof.item, proof.carried, proof.in_force) == ("4", False, False)


def test_too_few_at_the_meeting_open_the_ballot_and_only_they(story: Story) -> None:
    story.election().prepared().later(28)
    with pytest.raises(MatterError):
        story.take("fail", attended=6)
    story.take("fail", attended=5)
    story.takes("ballot", "send_plan", "post_ballot").later(4).counted(8, c1=6, c2=2)
    assert story.takes("count").matter.state == "elected"
    assert proof_of(story.matter).carried  # type: ignore[union-attr]


def test_nobody_is_appointed_before_the_committee_does_it(story: Story) -> None:
    elected(story).take("recognise")
    done = story.matter
    assert (done.term_until, done.recognised_on) == (dt.date(2031, 11, 2), dt.date(2026, 11, 2))
    assert held("handler2", story) == [("21439-handler-2", None, False)]
    with pytest.raises(MatterError):
        story.take("appoint", candidate=2)  # was not elected
    with pytest.raises(MatterError):
        story.take("appoint", email="khong-co@vidu.vn")
    story.take("appoint")
    assert held("handler2", story)[-1] == ("21439-t01-head", dt.date(2031, 11, 2), False)
    assert held("village_head", story) == [("21439-t01-head", dt.date(2026, 11, 1), False)]
    entry = Entry.objects.filter(act="election.appoint").get()
    assert entry.facts["position"] == "21439-t01-head" and "email" not in entry.facts


def test_a_refusal_gives_its_reason_and_it_is_held_again(story: Story) -> None:
    elected(story)
    with pytest.raises(MatterError):
        story.take("refuse", reason="")
    story.takes("refuse", "again")
    again = Election.objects.exclude(pk=story.pk).get()
    assert (again.parent_id, again.attempt, again.state) == (story.pk, 2, "preparing")
    assert Matter.objects.get(pk=story.pk).projection.answer


def test_after_a_dismissal_the_next_election_is_decided_within_sixty_days(story: Story) -> None:
    story.election(sort="dismiss").takes("tell").meeting(9, yes=6, no=3)
    story.takes("hold", "send", "recognise", "end_office")
    duty = Duty.objects.get(matter=story.pk, rule="dc.village_head.by_election")
    assert duty.due_on == dt.date(2027, 1, 4)  # sixty days end on Friday the 1st, a holiday
    assert held("village_head", story) == [("21439-t01-head", dt.date(2026, 11, 2), False)]
    with pytest.raises(MatterError) as caught:
        story.take("acting", last_day=dt.date(2027, 5, 3))
    assert caught.value.field == "last_day"
    story.take("acting", last_day=dt.date(2027, 5, 2))
    assert held("handler2", story)[-1] == ("21439-t01-head", dt.date(2027, 5, 2), True)
    story.takes("next")
    assert Duty.objects.get(pk=duty.pk).state == "fulfilled"
    assert Election.objects.exclude(pk=story.pk).get().sort == "elect"


def test_where_the_meeting_does_not_dismiss_the_committee_decides(story: Story) -> None:
    story.election(sort="dismiss").takes("tell").meeting(9, yes=5, no=4).takes("hold")
    with clock.at(story.now), pytest.raises(NotAllowed):
        story.take("settle", acting=story.people.front)
    assert story.take("settle").state == "recognised"
    assert Duty.objects.filter(matter=story.pk, rule="dc.village_head.by_election").exists()


def test_several_seats_of_a_board_are_filled_by_one_ballot(story: Story) -> None:
    story.election("supervision", seats=2).prepared("A Một", "B Hai", "C Ba")
    story.meeting(9, c1=7, c2=6, c3=5).takes("hold")
    won = story.matter.candidates.filter(elected=True).values_list("number", flat=True)
    assert list(won) == [1, 2]


def test_a_term_is_moved_by_six_months_at_the_most(story: Story) -> None:
    elected(story).takes("recognise", "appoint")
    for day in (dt.date(2031, 5, 1), dt.date(2032, 5, 3)):
        with pytest.raises(MatterError) as caught:
            story.take("shift", last_day=day)
        assert caught.value.field == "last_day"
    for day in (dt.date(2031, 5, 2), dt.date(2032, 5, 2)):
        assert story.take("shift", last_day=day).term_until == day
        assert held("handler2", story)[-1][1] == day


def test_minutes_and_text_are_printed(story: Story) -> None:
    assert election_pdf(elected(story).matter).startswith(b"%PDF")
    story.convention().takes("agree", "team")
    assert convention_pdf(story.drafted().matter).startswith(b"%PDF")
