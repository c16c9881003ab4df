"""Once the households have voted, nobody swaps names, votes again or calls the meeting off."""

from __future__ import annotations

from typing import Any

import pytest

from dongthuan.core import clock
from dongthuan.core.matters.errors import MatterError, NotAllowed
from dongthuan.work.decisions import voting
from dongthuan.work.decisions.elections.services import candidate_add, candidate_remove
from dongthuan.work.decisions.models import RollLine, Station, Vote
from dongthuan.work.decisions.tests.conftest import moment
from dongthuan.work.decisions.tests.village_paths import Story


@pytest.fixture
def story(people: Any, villages: Any, households: Any) -> Story:
    households(10)
    return Story(people, villages[0])


def test_nobody_takes_over_the_votes_of_a_name_on_the_list(story: Story) -> None:
    story.election().prepared().stand("Người Tự Ứng Cử", source="self").meeting(9, c3=6, c1=3)
    with clock.at(story.now):
        with pytest.raises(MatterError):
            candidate_remove(acting=story.people.village_front, election_id=story.pk, number=3)
        with pytest.raises(MatterError):
            story.stand("Người Khác", source="self")
    story.take("hold")
    assert story.matter.candidates.get(elected=True).name == "Người Tự Ứng Cử"


@pytest.mark.parametrize("step", ["set_vote", "fail", "postpone", "cancel"])
def test_an_election_that_was_voted_on_is_written_down_and_nothing_else(
    story: Story, step: str
) -> None:
    story.election().prepared().meeting(9, c1=6, c2=3)
    with pytest.raises(MatterError, match=r"written|write down|ghi"):
        story.take(step)
    assert Vote.objects.filter(matter=story.pk).count() == 1
    assert story.take("hold").state == "elected"


@pytest.mark.parametrize("step", ["set_vote", "fail", "postpone", "drop"])
def test_a_convention_that_was_voted_on_is_written_down(story: Story, step: str) -> None:
    story.revised().takes("convene", "tell").meeting(8, yes=7, no=1)
    with pytest.raises(MatterError):
        story.take(step)
    story.take("hold")
    with pytest.raises(MatterError):
        story.take("drop")  # what the households have adopted is filed
    assert story.matter.state == "passed"


def test_a_head_holds_no_vote_on_the_own_office(story: Story) -> None:
    story.election().prepared()
    story.now = moment(f"{story.matter.held_on} 19:30")
    story.take("set_vote")
    vote, head = story.matter.vote, story.people.village_head
    with clock.at(story.now):
        for act in (voting.roll_freeze, voting.vote_open, voting.vote_close):
            with pytest.raises(NotAllowed):
                act(acting=head, vote=vote)
        with pytest.raises(NotAllowed):
            voting.vote_void(acting=head, vote=vote, reason="Không muốn")
        with pytest.raises(NotAllowed):
            candidate_add(
                acting=head, election_id=story.pk, name="Bạn Tôi", born=1980, source="self"
            )
        voting.roll_freeze(acting=story.people.village_front, vote=vote)


def test_who_is_ticked_as_present_has_come(story: Story) -> None:
    story.election().prepared()
    story.now = moment(f"{story.matter.held_on} 19:30")
    story.take("set_vote")
    vote, front = story.matter.vote, story.people.village_front
    with clock.at(story.now):
        voting.roll_freeze(acting=front, vote=vote)
        voting.vote_open(acting=front, vote=vote)
        station = Station.objects.select_related("roll__vote").get(roll__vote=vote)
        lines = list(RollLine.objects.filter(roll=station.roll)[:5])
        voting.voices_take(acting=front, station=station, lines=lines)
    with pytest.raises(MatterError) as refused:
        story.take("fail", attended=1)
    assert refused.value.field == "attended"
    assert story.take("fail", attended=5).state == "failed"


def test_a_ballot_that_ended_without_a_count_is_ordered_again(story: Story) -> None:
    story.election().prepared().later(28).takes("fail", "ballot")
    with pytest.raises(MatterError):
        story.take("ballot")  # one runs
    with clock.at(story.now):
        voting.vote_void(
            acting=story.people.village_front, vote=story.matter.vote, reason="Phiếu in sai"
        )
    story.take("ballot")
    assert Vote.objects.filter(matter=story.pk, state="prepared").count() == 1
