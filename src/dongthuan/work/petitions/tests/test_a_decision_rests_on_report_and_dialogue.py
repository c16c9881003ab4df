"""No decision before the basis that the law asks lies on the file (Điều 29, 30, 39, 53)."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from dongthuan.core import clock
from dongthuan.core.matters.errors import MatterError
from dongthuan.core.matters.models import Entry, Matter
from dongthuan.work.petitions.models import Petition
from dongthuan.work.petitions.tests.paths import matter_in, walk_steps


@pytest.fixture
def accepted(people: Any, submit: Any) -> Matter:
    return matter_in(people, submit, "complaint", "accepted")


def row(matter: Matter) -> Any:
    return Petition.objects.get(pk=matter.pk).complaint_row


def test_without_a_report_nothing_is_decided(people: Any, accepted: Matter) -> None:
    with pytest.raises(MatterError, match="29"):
        walk_steps(people, accepted, ("decide",), {})
    assert Petition.objects.get(pk=accepted.pk).state == "accepted"


def test_what_is_plainly_right_is_decided_at_once(people: Any, accepted: Matter) -> None:
    done = walk_steps(people, accepted, ("recheck", "decide"), {})
    assert done.state == "decided"


def test_without_verification_it_cannot_be_found_wrong(people: Any, accepted: Matter) -> None:
    given = {"decide": {"finding": "wrong", "measure": "keep"}}
    with pytest.raises(MatterError) as refused:
        walk_steps(people, accepted, ("recheck", "decide"), given)
    assert refused.value.field == "finding"


def test_a_first_dialogue_is_owed_when_results_differ(people: Any, accepted: Matter) -> None:
    given = {
        "report": {"finding": "partly"},
        "decide": {"finding": "partly", "measure": "amend"},
    }
    walk_steps(people, accepted, ("report",), given)
    with pytest.raises(MatterError, match="Điều 30"):
        walk_steps(people, accepted, ("decide",), given)
    steps = ("dialogue_call", "dialogue_notice", "dialogue_hold", "decide")
    assert walk_steps(people, accepted, steps, given).state == "decided"


def test_discipline_always_needs_a_dialogue(people: Any, submit: Any) -> None:
    matter = submit("Tôi khiếu nại quyết định kỷ luật khiển trách.").matter
    given = {"classify": {"kind": "complaint"}, "examine": {"subject": "discipline"}}
    steps = ("register", "classify", "examine", "accept", "report")
    matter = walk_steps(people, matter, steps, given)
    assert not row(matter).differs
    with pytest.raises(MatterError, match="Điều 53"):
        walk_steps(people, matter, ("decide",), given)


def test_a_dialogue_too_soon_for_its_notice_is_refused(people: Any, accepted: Matter) -> None:
    given = {"dialogue_call": {"day": clock.today() + dt.timedelta(days=3)}}
    with pytest.raises(MatterError) as refused:
        walk_steps(people, accepted, ("dialogue_call",), given)
    assert refused.value.field == "day"
    assert row(accepted).dialogue_on is None


def test_minutes_need_a_notice_first(people: Any, accepted: Matter) -> None:
    walk_steps(people, accepted, ("dialogue_call",), {})
    with pytest.raises(MatterError):
        walk_steps(people, accepted, ("dialogue_hold",), {})


@pytest.mark.parametrize(
    ("presence", "goes_on"), [("absent_unexcused", True), ("absent_excused", False)]
)
def test_absence_without_good_reason_stops_nothing(
    people: Any, accepted: Matter, presence: str, goes_on: bool
) -> None:
    given = {"dialogue_hold": {"presence": presence}}
    walk_steps(people, accepted, ("dialogue_call", "dialogue_notice", "dialogue_hold"), given)
    assert (row(accepted).dialogue_held_on is not None) is goes_on
    assert row(accepted).dialogue_on is None


def test_before_july_2026_only_the_second_absence_ended_the_dialogue(
    people: Any, submit: Any
) -> None:
    given = {
        "dialogue_call": {"day": dt.date(2026, 6, 3)},
        "dialogue_hold": {"presence": "absent_unexcused", "held_on": dt.date(2026, 6, 3)},
    }
    steps = ("dialogue_call", "dialogue_notice", "dialogue_hold")
    with clock.at(dt.datetime(2026, 6, 1, 3, tzinfo=dt.UTC)):
        matter = matter_in(people, submit, "complaint", "accepted")
        walk_steps(people, matter, steps, given)
        assert row(matter).dialogue_held_on is None
        walk_steps(people, matter, steps, given)
        assert row(matter).dialogue_held_on == dt.date(2026, 6, 3)


def test_what_is_left_empty_comes_from_report_and_minutes(people: Any, accepted: Matter) -> None:
    given = {"report": {"result": "Đo lại được 118 mét vuông."}}
    walk_steps(people, accepted, ("report", "decide"), given)
    entry = Entry.objects.filter(matter=accepted, act="complaint.decide").get()
    assert entry.payload.body["verification"] == "Đo lại được 118 mét vuông."
