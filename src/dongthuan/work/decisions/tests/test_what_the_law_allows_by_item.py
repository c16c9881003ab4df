"""Which way of deciding the law allows for which item; what is refused, and by which sentence."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Any

import pytest

from dongthuan.core import clock
from dongthuan.core.matters.errors import MatterError, NotAllowed
from dongthuan.core.matters.meeting import proof_of
from dongthuan.core.matters.models import Projection
from dongthuan.core.units.models import Unit
from dongthuan.work.decisions import voting
from dongthuan.work.decisions.models import Decision, Roll, Vote
from dongthuan.work.decisions.papers import signers_of
from dongthuan.work.decisions.services import decision_propose
from dongthuan.work.decisions.tests.conftest import BEGIN, moment
from dongthuan.work.decisions.tests.paths import AFTER, VOTED, Walk


@pytest.fixture
def walk(people: Any, households: Callable[..., Any]) -> Walk:
    households(3)
    return Walk(people)


def test_item_one_goes_to_a_ballot_only_after_a_small_meeting(walk: Walk) -> None:
    decision = walk.along(walk.propose(), "agree")
    with clock.at(BEGIN), pytest.raises(MatterError):
        walk.take(decision, "plan_ballot")
    decision = walk.along(decision, "convene", "FEW", "declare_short", "plan_ballot")
    assert (decision.state, decision.ground) == ("polling", "b")
    voided = Vote.objects.filter(matter=decision).earliest("id")
    assert (voided.state, voided.result) == ("void", None)


def test_a_meeting_large_enough_is_not_declared_small(walk: Walk) -> None:
    decision = walk.along(walk.propose(), "agree", "convene", "VOTE")
    with clock.at(AFTER), pytest.raises(MatterError) as refused:
        walk.take(decision, "declare_short")
    assert "3" in refused.value.message


def test_commune_wide_the_chair_may_choose_the_ballot(walk: Walk) -> None:
    decision = walk.along(walk.propose(item="2", commune=True), "agree", "plan_ballot")
    assert decision.ground == "a"


def test_online_is_for_item_six_and_in_two_steps(walk: Walk) -> None:
    first = walk.along(walk.propose(item="1"), "agree")
    for step in ("poll_method", "plan_online"):
        with clock.at(BEGIN), pytest.raises(MatterError):
            walk.take(first, step)
    decision = walk.along(walk.propose(item="6"), "agree")
    with clock.at(BEGIN), pytest.raises(MatterError):
        walk.take(decision, "plan_online")
    with clock.at(BEGIN):
        decision = walk.take(decision, "poll_method")
    assert poll(walk, decision, voices=1) is False
    with clock.at(AFTER), pytest.raises(MatterError):
        walk.take(decision, "plan_online")


def test_more_than_half_wanted_it_online_then_it_is_voted_online(walk: Walk) -> None:
    decision = walk.along(walk.propose(item="6"), "agree")
    with clock.at(BEGIN):
        decision = walk.take(decision, "poll_method")
    assert poll(walk, decision, voices=2) is True
    with clock.at(moment("2026-10-18 08:00")):
        decision = walk.take(decision, "plan_online", paper_too=True)
    vote = decision.vote
    assert vote.methods == ["online", "ballot"]
    assert [option["key"] for option in vote.options] == ["yes", "no", "other"]


def poll(walk: Walk, decision: Any, *, voices: int) -> bool:
    """Step one, online: so many of the three households say yes."""
    vote = Vote.objects.get(matter=decision, purpose="method")
    head = walk.people.village_head
    with clock.at(moment("2026-10-15 08:00")):
        voting.roll_freeze(acting=head, vote=vote)
        voting.vote_open(acting=head, vote=vote)
        for _line, code in voting.codes_issue(acting=head, roll=Roll.objects.get(vote=vote))[
            :voices
        ]:
            voting.ballot_cast(code=code, choice="yes")
    with clock.at(moment("2026-10-17 17:00")):
        return voting.vote_close(acting=head, vote=vote).carried


def test_item_six_is_not_decided_commune_wide(walk: Walk) -> None:
    with pytest.raises(MatterError) as refused:
        walk.propose(item="6", commune=True)
    assert refused.value.field == "item"


@pytest.mark.parametrize(
    ("field", "given"),
    [
        ("item", {"item": "4"}),
        ("title", {"title": "  "}),
        ("proposal", {"proposal": "ngắn"}),
        ("proposal", {"proposal": "Hộ ông An số 0905123456 góp 500.000 đồng làm đường."}),
    ],
)
def test_a_proposal_that_says_too_little_or_too_much(
    walk: Walk, field: str, given: dict[str, Any]
) -> None:
    with pytest.raises(MatterError) as refused:
        walk.propose(**given)
    assert refused.value.field == field
    assert not Decision.objects.exists()


def test_only_its_head_proposes_in_a_village_and_the_office_in_a_commune(people: Any) -> None:
    values = {"item": "1", "title": "Góp tiền làm đường", "proposal": "Mỗi hộ góp 500.000 đồng."}
    village, commune = (Unit.objects.get(code=code) for code in ("21439-t01", "21439"))
    for name in ("other_village_head", "village_front", "head", "front", "citizen"):
        with pytest.raises(NotAllowed):
            decision_propose(acting=people.actors[name], place=village, **values)
    for name in ("village_head", "front", "other_head", "citizen"):
        with pytest.raises(NotAllowed):
            decision_propose(acting=people.actors[name], place=commune, **values)


def test_nobody_reads_a_proposal_before_the_front_agrees(walk: Walk) -> None:
    decision = walk.propose()
    assert not Projection.objects.get(pk=decision.pk).listed
    walk.along(decision, "agree")
    assert Projection.objects.get(pk=decision.pk).listed


def test_what_it_proves_to_other_rooms(walk: Walk) -> None:
    decision = walk.along(walk.propose(), *VOTED)
    with clock.at(AFTER):
        proof = proof_of(decision)
    assert proof is not None
    assert (proof.item, proof.carried, proof.in_force) == ("1", True, True)
    assert (proof.yes, proof.all, proof.threshold) == (3, 3, "dc.vote.contrib")
    decision = walk.along(decision, "record", "annul")
    annulled = proof_of(decision)
    assert annulled is not None
    assert (annulled.carried, annulled.in_force) == (False, False)


def test_commune_wide_it_proves_villages_and_holds_from_its_day(walk: Walk) -> None:
    decision = walk.along(walk.propose(item="2", commune=True), *VOTED, "record", "send", "FORCE")
    with clock.at(moment("2026-10-31 08:00")):
        before = proof_of(decision)
    with clock.at(moment("2026-11-01 08:00")):
        after = proof_of(decision)
    assert before is not None and after is not None
    assert (before.carried, before.in_force, after.in_force) == (True, False, True)
    assert (after.yes, after.all, after.threshold) == (6, 6, "dc.vote.contrib_commune")


def test_what_was_rejected_proves_nothing(walk: Walk) -> None:
    proof = proof_of(walk.along(walk.propose(), "agree", "convene", "AGAINST", "count"))
    assert proof is not None
    assert (proof.carried, proof.in_force, proof.yes) == (False, False, 1)


def test_done_again_everything_of_the_first_time_is_gone(walk: Walk) -> None:
    decision = walk.along(walk.propose(), *VOTED, "record", "ask_redo")
    assert (decision.carried, decision.text, decision.effective_on) == (None, "", None)
    with clock.at(AFTER):
        decision = walk.take(decision, "convene", meeting_on=dt.date(2026, 10, 20))
    assert decision.vote.state == "prepared"
    assert Vote.objects.filter(matter=decision).count() == 2


def test_two_different_households_sign(walk: Walk) -> None:
    decision = walk.along(walk.propose(), *VOTED)
    with clock.at(AFTER), pytest.raises(MatterError) as refused:
        walk.take(decision, "record", signer_two="nguyễn thị hộ một")
    assert refused.value.field == "signer_two"


def test_commune_wide_no_household_signs_for_the_others(walk: Walk) -> None:
    """Điều 20.2.g is of each village's decision; the committee puts them together (Điều 21.2)."""
    decision = walk.along(walk.propose(item="2", commune=True), *VOTED, "record")
    assert decision.signers == []
    assert [signer.title for signer in signers_of(decision)] == ["Chủ tịch Ủy ban nhân dân"]
