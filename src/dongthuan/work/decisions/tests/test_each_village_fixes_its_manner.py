"""Commune-wide each village's meeting chooses how it votes (Điều 18.4.d); all count together."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client

from dongthuan.core import clock
from dongthuan.core.matters.errors import MatterError, NotAllowed
from dongthuan.core.matters.models import Entry
from dongthuan.work.decisions import voting
from dongthuan.work.decisions.models import Decision, Roll, RollLine, Station, Vote
from dongthuan.work.decisions.tests.paths import MEETING, Walk, walk_of_three

TEAM = ["Trần Văn Một", "Lê Thị Hai", "Phạm Văn Ba"]


@pytest.fixture
def walk(people: Any) -> Walk:
    return walk_of_three(people)


@pytest.fixture
def convened(walk: Walk) -> Decision:
    """A meeting of every village, proposed to vote by show of hands."""
    decision: Decision = walk.along(walk.propose(commune=True), "agree", "convene")
    return decision


def roll_of(decision: Decision, village: str) -> Roll:
    return Roll.objects.get(vote__matter=decision, village__code=village)


def fix(actor: Any, roll: Roll, method: str = "paper") -> Vote:
    with clock.at(MEETING):
        return voting.method_fix(acting=actor, roll=roll, method=method, in_favour=2, present=3)


def test_one_village_votes_in_secret_and_the_others_raise_hands(
    people: Any, walk: Walk, convened: Decision
) -> None:
    one = roll_of(convened, "21439-t01")
    assert fix(people.village_head, one).methods == ["hands", "paper"]
    assert Station.objects.get(roll=one).method == "paper"
    others = Station.objects.filter(roll__vote__matter=convened).exclude(roll=one)
    assert set(others.values_list("method", flat=True)) == {"hands"}
    entry = Entry.objects.get(matter=convened, act="vote.manner")
    assert (entry.facts["village"], entry.facts["manner"]) == (one.village.name, "paper")
    with clock.at(MEETING):
        walk.meet(convened, present=3, yes=True)
        station = Station.objects.get(roll=one)
        voting.station_change(
            acting=people.village_head, station=station, team=TEAM,
            witnesses=list(RollLine.objects.filter(roll=one)[:2]),
        )  # fmt: skip
    decision = walk.along(convened, "count")
    assert decision.state == "carried"
    tallies = Vote.objects.get(matter=decision).files.get(name="tallies.csv").body
    assert tallies.count(",paper,") == 1
    assert tallies.count(",hands,") == others.count()


def test_a_village_goes_back_to_hands_and_speaks_for_itself_alone(
    people: Any, convened: Decision
) -> None:
    one, other = roll_of(convened, "21439-t01"), roll_of(convened, "21439-t02")
    fix(people.village_head, one)
    assert fix(people.village_head, one, "hands").methods == ["hands"]
    with pytest.raises(NotAllowed):
        fix(people.village_head, other)
    assert fix(people.other_village_head, other).methods == ["hands", "paper"]


def test_a_voice_given_elsewhere_leaves_it_free_one_of_its_own_does_not(
    people: Any, convened: Decision
) -> None:
    one, other = roll_of(convened, "21439-t01"), roll_of(convened, "21439-t02")
    with clock.at(MEETING):
        vote = Vote.objects.get(matter=convened)
        voting.roll_freeze(acting=people.head, vote=vote)
        voting.vote_open(acting=people.head, vote=vote)
        voting.voices_take(
            acting=people.village_head, station=Station.objects.get(roll=one),
            lines=list(one.lines.all()[:1]),
        )  # fmt: skip
    with pytest.raises(MatterError):
        fix(people.village_head, one)
    assert fix(people.other_village_head, other).methods == ["hands", "paper"]


def test_a_cluster_votes_as_its_village_does(people: Any, convened: Decision) -> None:
    one = roll_of(convened, "21439-t01")
    fix(people.village_head, one)
    given = {"acting": people.village_head, "roll": one, "name": "Cụm trên", "dispersed": True}
    with clock.at(MEETING), pytest.raises(MatterError) as refused:
        voting.station_add(**given, method="hands")
    assert refused.value.field == "method"
    with clock.at(MEETING):
        assert voting.station_add(**given, method="paper").method == "paper"


def test_a_village_head_fixes_it_at_the_desk(
    people: Any, convened: Decision, settings: Any
) -> None:
    settings.OFFICIALS_NEED_MFA = False
    desk = Client()
    backend = settings.AUTHENTICATION_BACKENDS[1]
    desk.force_login(people.accounts["village_head"], backend=backend)
    one, other = roll_of(convened, "21439-t01"), roll_of(convened, "21439-t02")
    console = f"/ban-lam-viec/quyet-dinh/bieu-quyet/{one.vote.uuid}/"
    with clock.at(MEETING):
        page = desk.get(console).content.decode()
        assert f'href="{console}cach-thuc/?thon={one.pk}"' in page
        assert f"thon={other.pk}" not in page
        form = desk.get(f"{console}cach-thuc/?thon={one.pk}").content.decode()
        assert one.village.name in form and other.village.name not in form
        said = {"roll": one.pk, "method": "paper", "present": 3, "in_favour": 2}
        assert desk.post(f"{console}cach-thuc/", said | {"roll": other.pk}).status_code == 422
        assert desk.post(f"{console}cach-thuc/", said | {"in_favour": 1}).status_code == 422
        assert desk.post(f"{console}cach-thuc/", said).status_code == 302
    assert Station.objects.get(roll=one).method == "paper"
    assert Station.objects.get(roll=other).method == "hands"


def test_the_meeting_of_one_village_still_fixes_it_for_itself(people: Any, walk: Walk) -> None:
    decision = walk.along(walk.propose(), "agree", "convene")
    assert fix(people.village_head, Roll.objects.get(vote__matter=decision)).methods == ["paper"]
