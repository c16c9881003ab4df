"""Handing over, releasing, classifying anew, joining: whatever comes after the day, it was late."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from dongthuan.core import clock
from dongthuan.core.matters.duties import duty_close, duty_condition, duty_extend
from dongthuan.core.matters.errors import MatterError
from dongthuan.core.matters.models import Duty, DutyState, Matter
from dongthuan.core.matters.services import matter_act
from dongthuan.core.units.models import Unit
from dongthuan.work.petitions.joining import matter_separate, matters_join
from dongthuan.work.petitions.tests.paths import matter_in, walk_steps


def later(days: int) -> Any:
    return clock.at(clock.now() + dt.timedelta(days=days))


def test_what_goes_to_the_superior_after_its_day_was_late(people: Any, submit: Any) -> None:
    matter = matter_in(people, submit, "feedback", "classified")
    walk_steps(people, matter, ("examine",), {"examine": {"competence": "out"}})
    said = {"to": Unit.objects.get(code="21478-ubnd"), "again": True}
    walk_steps(people, matter, ("transfer",), {"transfer": said})
    owed = Duty.objects.get(matter=matter, state="open", unit__code="21478-ubnd")
    with later(60):
        matter_act(
            acting=people.other_intake, matter_id=matter.pk, step_name="send_back",
            data={"reason": "Không thuộc thẩm quyền."},
        )  # fmt: skip
    owed.refresh_from_db()
    assert owed.state == DutyState.LATE


def test_classified_otherwise_after_its_day_it_was_late(people: Any, submit: Any) -> None:
    matter = matter_in(people, submit, "complaint", "classified")
    with later(60):
        walk_steps(people, matter, ("classify",), {"classify": {"kind": "feedback"}})
    assert Duty.objects.get(matter=matter, rule="kn.accept").state == DutyState.LATE


@pytest.mark.parametrize("state", [DutyState.WAIVED, DutyState.TRANSFERRED, DutyState.FULFILLED])
def test_no_state_hides_that_it_was_late(people: Any, submit: Any, state: str) -> None:
    duty = Duty.objects.filter(matter=submit().matter).earliest("id")
    with later(90):
        duty_close(duty=duty, now=clock.now(), state=state)
    assert duty.state == DutyState.LATE


def test_a_term_that_has_passed_gets_no_later_day(people: Any, submit: Any) -> None:
    matter = matter_in(people, submit, "complaint", "accepted")
    duty = Duty.objects.get(matter=matter, rule="kn.settle1")
    day = duty.due_on
    with later(90):
        duty_condition(duty=duty, now=clock.now(), conditions=["complex", "remote"])
        assert duty.due_on == day
        with pytest.raises(MatterError):
            duty_extend(duty=duty, now=clock.now(), term="30 d", reason="x", document="1")
    assert duty.due_on == day


def test_joining_and_separating_gives_no_fresh_clock(people: Any, submit: Any) -> None:
    """What the joining sorted is to be sorted again, by the day that stood before it."""
    main = matter_in(people, submit, "feedback", "accepted")
    other = matter_in(people, submit, "feedback", "classified")
    owed = dict(Duty.objects.filter(matter=other, state="open").values_list("rule", "due_on"))
    ids = [main.pk, other.pk]
    matters_join(acting=people.intake, main_id=ids[0], other_ids=ids[1:], reason="Trùng.")
    with later(5):
        matter_separate(acting=people.intake, matter_id=other.pk, reason="Hai chỗ khác nhau.")
    running = Duty.objects.filter(matter=other, state="open")
    assert dict(running.values_list("rule", "due_on")) == owed
    assert not Duty.objects.filter(matter=other, state=DutyState.FULFILLED).exists()
    assert Matter.objects.get(pk=other.pk).is_open
