"""Whatever the households are asked, what is brought to them is collected until the same hour."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from django.utils import timezone, translation

from dongthuan.core import clock
from dongthuan.core.matters.errors import MatterError
from dongthuan.core.matters.kinds import kind_of
from dongthuan.work.decisions import hours, voting
from dongthuan.work.decisions.models import Vote
from dongthuan.work.decisions.tests.paths import walk_of_three
from dongthuan.work.decisions.tests.village_paths import Story


@pytest.fixture
def story(people: Any, villages: Any, households: Any) -> Story:
    households(10)
    return Story(people, villages[0])


def span(vote: Vote) -> tuple[str, str]:
    opens, closes = timezone.localtime(vote.opens_at), timezone.localtime(vote.closes_at)
    return f"{opens:%H:%M}", f"{closes:%H:%M}"


def test_a_ballot_on_a_decision_ends_at_five(people: Any) -> None:
    walk = walk_of_three(people)
    decision = walk.along(walk.propose(commune=True), "agree", "plan_ballot")
    assert span(Vote.objects.get(matter=decision)) == ("07:00", "17:00")


def test_so_does_one_on_a_convention(story: Story) -> None:
    story.revised().later(1).takes("convene").later(5).takes("fail", "ballot")
    assert span(story.matter.vote) == ("07:00", "17:00")


def test_so_does_one_of_an_election_and_nobody_closes_it_before(story: Story) -> None:
    story.election().prepared().later(28).takes("fail", "ballot").later(4).tallied(8, c1=6, c2=2)
    vote = story.matter.vote
    assert span(vote) == ("07:00", "17:00")
    with clock.at(vote.closes_at - dt.timedelta(minutes=1)), pytest.raises(MatterError):
        voting.vote_close(acting=story.people.village_front, vote=vote)
    with clock.at(vote.closes_at):
        assert voting.vote_close(acting=story.people.village_front, vote=vote).all == 10


@pytest.mark.parametrize(
    ("kind", "step", "name"),
    [("decision", "plan_ballot", "closes_on"), ("convention", "ballot", "until"),
     ("election", "ballot", "until")],
)  # fmt: skip
def test_every_form_that_asks_for_the_last_day_says_the_hour(
    kind: str, step: str, name: str
) -> None:
    asks = {ask.name: ask for ask in kind_of(kind).by_step[step].asks}
    with translation.override("vi"):
        assert str(asks[name].help) == f"Kết thúc lúc {hours.CLOSES:%H:%M}."
