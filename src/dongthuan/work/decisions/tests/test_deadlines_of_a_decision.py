"""When what is owed: notices before the meeting, five working days to send and to answer."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Any

import pytest

from dongthuan.core import clock
from dongthuan.core.law import load_rulebook
from dongthuan.core.matters.errors import MatterError
from dongthuan.core.matters.models import Duty
from dongthuan.core.units.models import Unit
from dongthuan.work.decisions.services import decision_propose
from dongthuan.work.decisions.tests.conftest import moment
from dongthuan.work.decisions.tests.paths import AFTER, VOTED, Walk


@pytest.fixture
def walk(people: Any, households: Callable[..., Any]) -> Walk:
    households(3)
    return Walk(people)


def due(decision: Any, rule: str) -> Duty:
    return Duty.objects.get(matter=decision, rule=rule, state="open")


def test_a_meeting_is_told_two_days_before_by_the_village(walk: Walk) -> None:
    decision = walk.along(walk.propose(), "agree", "convene")
    for rule in ("dc.meeting_notice", "dc.meeting_documents"):
        found = due(decision, rule)
        assert found.due_on == dt.date(2026, 10, 8)
        assert found.path == "vn.51.21439.t01."


def test_item_six_owes_no_papers(walk: Walk) -> None:
    decision = walk.along(walk.propose(item="6"), "agree", "convene")
    assert not Duty.objects.filter(matter=decision, rule="dc.meeting_documents").exists()


def test_a_meeting_tomorrow_is_refused(walk: Walk) -> None:
    decision = walk.along(walk.propose(), "agree")
    with clock.at(moment("2026-10-09 10:00")), pytest.raises(MatterError) as refused:
        walk.take(decision, "convene")
    assert refused.value.field == "meeting_on"


def test_a_ballot_is_planned_two_days_and_told_two_days(walk: Walk) -> None:
    decision = walk.along(walk.propose(item="6"), "agree", "plan_ballot")
    assert due(decision, "dc.ballot_plan").due_on == dt.date(2026, 10, 7)
    assert due(decision, "dc.ballot_notice").due_on == dt.date(2026, 10, 13)


def test_five_working_days_to_send_count_from_the_vote(walk: Walk) -> None:
    decision = walk.along(walk.propose(), "agree", "convene", "VOTE")
    with clock.at(moment("2026-10-10 20:30")):
        decision = walk.take(decision, "count")
    found = due(decision, "dc.send_decision")
    assert found.due_on == dt.date(2026, 10, 16)  # voted on a Saturday
    assert found.path == "vn.51.21439.t01."


def test_through_tet_the_days_off_do_not_count(walk: Walk) -> None:
    """Tết Bính Ngọ 2026: 16 to 20 February are off; a vote of 12 February is sent by the 26th."""

    with clock.at(moment("2026-02-05 08:00")):
        decision = decision_propose(
            acting=walk.people.village_head, place=Unit.objects.get(code="21439-t01"), item="1",
            title="Góp tiền làm đường", proposal="Mỗi hộ góp 500.000 đồng để làm đường.",
        )  # fmt: skip
        walk.take(decision, "agree")
        walk.take(decision, "convene", meeting_on=dt.date(2026, 2, 12))
    with clock.at(moment("2026-02-12 20:00")):
        walk.meet(decision, present=3, yes=True)
        decision = walk.take(decision, "count")
    assert due(decision, "dc.send_decision").due_on == dt.date(2026, 2, 26)


def test_commune_wide_the_committee_fixes_the_day_by_a_term_that_says_the_law_is_silent(
    walk: Walk,
) -> None:
    decision = walk.along(walk.propose(item="2", commune=True), *VOTED, "record", "send")
    found = due(decision, "dc.commune_effect")
    assert found.due_on == dt.date(2026, 10, 19)
    assert found.path == "vn.51.21439.ubnd."
    assert load_rulebook().version("dc.commune_effect", found.due_on).evidence == "D"


def test_within_a_village_nobody_recognises_it(walk: Walk) -> None:
    decision = walk.along(walk.propose(), *VOTED, "record", "send")
    assert decision.state == "in_force"
    assert decision.effective_on == decision.voted_on
    assert not Duty.objects.filter(matter=decision, rule="dc.commune_effect").exists()


def test_a_commune_wide_decision_holds_from_the_day_that_is_said(walk: Walk) -> None:
    decision = walk.along(walk.propose(item="2", commune=True), *VOTED, "record", "send")
    with clock.at(AFTER):
        decision = walk.take(decision, "recognise")
    assert decision.effective_on == dt.date(2026, 11, 1)
