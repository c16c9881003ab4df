"""Decree 59/2023, Điều 6: twenty, fifteen, ten, seven days before, also through Tết."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from dongthuan.core import clock
from dongthuan.core.matters.errors import MatterError, NotAllowed
from dongthuan.core.matters.models import Duty, Matter
from dongthuan.work.decisions.elections.services import candidate_add, election_open
from dongthuan.work.decisions.tests.village_paths import Story


@pytest.fixture
def story(people: Any, villages: Any, households: Any) -> Story:
    households(10)
    return Story(people, villages[0])


def due(story: Story) -> dict[str, tuple[str, str]]:
    return {
        duty.rule: (duty.due_on.isoformat(), duty.unit.code.removeprefix("21439-"))
        for duty in Duty.objects.filter(matter=story.pk, state="open").select_related("unit")
    }


def test_each_body_owes_its_own_days(story: Story) -> None:
    story.election(held_on=dt.date(2026, 11, 20))
    assert due(story) == {
        "dc.village_head.plan": ("2026-10-30", "ubnd"),  # the 31st is a Saturday
        "dc.village_head.candidates": ("2026-11-05", "t01"),
        "dc.village_head.team": ("2026-11-10", "ubnd"),
        "dc.village_head.notice": ("2026-11-13", "ubnd"),
        "dc.meeting_notice": ("2026-11-18", "t01"),
    }


def test_what_falls_into_tet_must_be_done_before_it(story: Story) -> None:
    """Tết 2027 is 6 February; the offices are closed around it and nothing moves behind it."""
    story.at("2026-12-01 08:00").election(held_on=dt.date(2027, 2, 22))
    days = {rule: day for rule, (day, _unit) in due(story).items()}
    assert days["dc.village_head.plan"] <= days["dc.village_head.candidates"] == "2027-02-03"
    assert days["dc.village_head.team"] == "2027-02-12"
    assert days["dc.village_head.notice"] == "2027-02-15"


def test_an_election_in_less_than_twenty_days_is_not_opened(story: Story) -> None:
    with pytest.raises(MatterError, match="25/10/2026") as caught:
        story.election(held_on=story.today + dt.timedelta(days=19))
    assert caught.value.field == "held_on"
    assert not Matter.objects.exists()
    story.election(held_on=story.today + dt.timedelta(days=20))


def test_the_committee_opens_that_of_the_head_and_the_village_that_of_a_board(
    story: Story,
) -> None:
    day = story.today + dt.timedelta(days=30)
    refused = {
        "head": ("village_head", "village_front", "front", "other_head", "citizen", "board"),
        "inspection": ("head", "handler", "other_village_head", "citizen", "board"),
    }
    for post, names in refused.items():
        for name in names:
            with clock.at(story.now), pytest.raises(NotAllowed):
                election_open(
                    acting=story.people.actors[name], village=story.village, post=post,
                    held_on=day,
                )  # fmt: skip
    story.election("inspection")
    assert list(due(story)) == ["dc.meeting_notice"]


def test_a_dismissal_is_asked_for_by_half_of_the_households(story: Story) -> None:
    for asked in (None, 4, 11):
        with pytest.raises(MatterError) as caught:
            story.election(sort="dismiss", grounds="households", requested_by=asked)
        assert caught.value.field == "requested_by"
    story.election(sort="dismiss", grounds="households", requested_by=5)


def test_households_ask_for_the_dismissal_of_a_head_and_the_front_for_that_of_a_board(
    story: Story,
) -> None:
    with pytest.raises(MatterError) as caught:
        story.election("inspection", sort="dismiss", grounds="households", requested_by=9)
    assert caught.value.field == "grounds"
    story.election("inspection", sort="dismiss", grounds="front")


def test_two_for_one_office_are_not_prepared_at_once(story: Story) -> None:
    story.election()
    with pytest.raises(MatterError):
        story.election()


def test_the_list_needs_somebody_old_enough(story: Story) -> None:
    story.election()
    with pytest.raises(MatterError):
        story.take("list")
    with clock.at(story.now), pytest.raises(MatterError) as caught:
        candidate_add(
            acting=story.people.village_front, election_id=story.pk, name="Trần Văn Trẻ",
            born=2006, source="front",
        )  # fmt: skip
    assert caught.value.field == "born"
    story.stand("Trần Văn Một").take("list")
    with pytest.raises(MatterError):
        story.stand("Lê Thị Muộn")  # the Front's list is fixed; at the meeting others may stand
    story.stand("Lê Thị Muộn", source="self")


def test_who_stands_does_not_sit_in_the_team(story: Story) -> None:
    story.election().stand("Trần Văn Một")
    with pytest.raises(MatterError) as caught:
        story.take("team", members="Lê Thị Hai\ntrần văn một")
    assert caught.value.field == "members"


def test_committee_or_village_records_that_the_decisions_were_posted(story: Story) -> None:
    for name in ("handler", "village_front"):
        story.election().stand("Trần Văn Một").takes("list", "plan", "team")
        story.take("post", acting=story.people.actors[name])
        assert "dc.village_head.notice" not in due(story)
        story.take("cancel")


def test_the_meeting_waits_for_all_that_must_come_before(story: Story) -> None:
    story.election().stand("Trần Văn Một").takes("list", "plan", "tell").later(28)
    with pytest.raises(MatterError):
        story.take("set_vote")


def test_a_later_day_counts_what_is_still_owed_anew(story: Story) -> None:
    story.election().stand("Trần Văn Một").takes("list", "plan", "postpone")
    assert story.matter.held_on == dt.date(2026, 11, 16)
    assert due(story) == {
        "dc.village_head.team": ("2026-11-06", "ubnd"),
        "dc.village_head.notice": ("2026-11-09", "ubnd"),
        "dc.meeting_notice": ("2026-11-13", "t01"),
    }


def test_the_way_of_voting_needs_more_than_half_of_those_attending(story: Story) -> None:
    story.election("inspection").prepared("Một Hai").later(28)
    for attending, agreed in ((8, 4), (8, 9)):
        with pytest.raises(MatterError) as caught:
            story.take("set_vote", attending=attending, agreed=agreed)
        assert caught.value.field == "agreed"
    story.take("set_vote", attending=8, agreed=5)


def test_the_head_does_not_preside_over_his_own_election(story: Story) -> None:
    story.election().prepared().later(28)
    with clock.at(story.now), pytest.raises(MatterError):
        story.take("set_vote", acting=story.people.village_head)
