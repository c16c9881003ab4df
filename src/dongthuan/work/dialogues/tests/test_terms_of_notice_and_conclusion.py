"""Seven days before, ten days after, and what becomes of both at Tết."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from dongthuan.core import clock
from dongthuan.core.matters.errors import MatterError
from dongthuan.core.matters.models import Duty
from dongthuan.work.dialogues.tests.conftest import ANNOUNCED, HELD, WHEN, ZONE, act


def due(dialogue: Any, rule: str) -> dt.date:
    return Duty.objects.get(matter=dialogue, rule=rule, state="open").due_on


def test_a_commune_gives_seven_days_a_party_committee_five_working_days(
    people: Any, plan: Any, secretary: Any
) -> None:
    assert due(plan(), "dialogue.notice") == dt.date(2026, 11, 13)
    partys = plan(acting=people.party, host=secretary, sort="regular")
    assert due(partys, "dialogue.notice_local") == dt.date(2026, 11, 13)


@pytest.mark.parametrize(("now", "on", "rule", "last"), [
    # The holidays of Tết do not stretch calendar days, but a last day among them is moved to the
    # working day before.
    ((2027, 1, 18), (2027, 2, 16), "dialogue.notice", (2027, 2, 3)),
    ((2026, 1, 26), (2026, 2, 26), "dialogue.notice", (2026, 2, 13)),
])  # fmt: skip
def test_a_notice_before_a_day_after_tet(
    plan: Any, now: Any, on: Any, rule: str, last: Any
) -> None:
    with clock.at(dt.datetime(*now, 9, tzinfo=ZONE)):
        made = plan(on=dt.date(*on))
        assert due(made, rule) <= dt.date(*on) - dt.timedelta(days=7)
        assert due(made, rule) == dt.date(*last)


def test_five_working_days_before_tet_are_counted_over_the_holidays(
    people: Any, plan: Any, secretary: Any
) -> None:
    """Tết of 2026: 16 to 20 February, with the weekends nine days; the last working day before
    them is Friday the 13th."""
    with clock.at(dt.datetime(2026, 1, 26, 9, tzinfo=ZONE)):
        made = plan(acting=people.party, host=secretary, on=dt.date(2026, 2, 25), sort="regular")
        assert due(made, "dialogue.notice_local") == dt.date(2026, 2, 11)


def test_a_day_that_leaves_no_time_for_the_notice_is_refused(plan: Any) -> None:
    for day in (3, 8):
        with pytest.raises(MatterError) as refused:
            plan(on=dt.date(2026, 11, day))
        assert refused.value.field == "on"


def test_a_late_notice_stays_late(people: Any, planned: Any) -> None:
    with clock.at(dt.datetime(2026, 11, 17, 9, tzinfo=ZONE)):
        act(people.handler, planned, "announce", **ANNOUNCED)
    assert Duty.objects.get(matter=planned).state == "late"


def test_a_moved_day_asks_for_a_new_notice(people: Any, announced: Any) -> None:
    moved = act(people.handler, announced, "move", reason="Bão",
                **(WHEN | {"on": dt.date(2026, 12, 10)}))  # fmt: skip
    assert (moved.state, moved.means) == ("planned", "")
    assert due(moved, "dialogue.notice") == dt.date(2026, 12, 3)


@pytest.mark.parametrize("time", ["25:00", "tối", "8", ""])
def test_an_hour_that_is_none_is_refused(plan: Any, time: str) -> None:
    with pytest.raises(MatterError) as refused:
        plan(time=time)
    assert refused.value.field == "time"


def test_the_conclusion_is_due_ten_days_after_or_on_the_first_working_day(
    people: Any, announced: Any
) -> None:
    with clock.at(dt.datetime(2026, 11, 20, 11, tzinfo=ZONE)):
        held = act(people.head, announced, "hold", **HELD)
    assert due(held, "dialogue.conclude") == dt.date(2026, 11, 30)


def test_a_yearly_dialogue_is_held_in_its_year(people: Any, yearly: Any) -> None:
    with pytest.raises(MatterError) as refused:
        act(people.head, yearly, "plan", **(WHEN | {"on": dt.date(2027, 1, 20)}))
    assert refused.value.field == "on"
