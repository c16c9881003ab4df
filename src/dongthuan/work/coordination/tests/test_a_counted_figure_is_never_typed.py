"""A task bound to what the system counts takes no typed value; a typed one needs evidence."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import Any

import pytest

from dongthuan.core import clock
from dongthuan.core.matters.errors import MatterError
from dongthuan.work.coordination.listing import line_add
from dongthuan.work.coordination.measuring import rows_of
from dongthuan.work.coordination.models import TaskLine
from dongthuan.work.coordination.tests.conftest import evidence, given

BOUND = {"bound": "coordination.meetings", "indicator": "", "measure": "", "target": Decimal(1)}


def test_its_value_is_refused_and_counted_instead(people: Any, plan_in: Any, take: Any) -> None:
    plan = plan_in("in_force", given(**BOUND))
    task = plan.tasks.get()
    with pytest.raises(MatterError) as refused:
        take(people.head, task, "report", value=Decimal(9), papers=[evidence()])
    assert refused.value.field == "value"
    assert rows_of([task])[0].measured.value == 0
    with pytest.raises(MatterError):
        take(people.head, task, "complete", value=None)
    take(people.head, plan.meetings.order_by("pk").first(), "hold")
    assert rows_of([plan.tasks.get()])[0].measured.value == 1
    assert take(people.head, task, "complete", value=None).state == "done"


def test_a_typed_value_needs_evidence_and_so_does_what_is_done(
    people: Any, plan_in: Any, take: Any
) -> None:
    task = plan_in("in_force").tasks.get()
    with pytest.raises(MatterError):
        take(people.head, task, "report", value=Decimal(1))
    with pytest.raises(MatterError):
        take(people.head, task, "complete", papers=[])
    done = take(people.head, task, "report", value=Decimal(1), papers=[evidence()])
    assert (done.value, done.value_on) == (Decimal(1), clock.today())


@pytest.mark.parametrize(
    ("fields", "field"),
    [({"bound": "nothing.known"}, "bound"), (BOUND | {"bound": "radar.signals"}, "bound"),
     (BOUND | {"target": None}, "target"),
     ({"indicator": ""}, "indicator"), ({"content": 13}, "content"), ({"title": " "}, "title"),
     ({"title": "Gọi 0905123456"}, "title"), ({"due_on": dt.date(2027, 1, 1)}, "due_on")],
)  # fmt: skip
def test_a_task_that_cannot_be_is_refused(
    people: Any, plan_of: Any, fields: dict[str, Any], field: str
) -> None:
    plan = plan_of()
    with pytest.raises(MatterError) as refused:
        line_add(acting=people.dvan, plan=plan, given=given(**fields))
    assert refused.value.field == field
    assert TaskLine.objects.count() == 1


@pytest.mark.parametrize(
    ("day", "light"),
    [(dt.date(2026, 3, 3), "on_track"), (dt.date(2026, 4, 20), "near"),
     (dt.date(2026, 5, 1), "late")],
)  # fmt: skip
def test_a_light_is_computed_and_says_why(plan_in: Any, day: dt.date, light: str) -> None:
    plan = plan_in("in_force")
    with clock.at(clock.noon(day)):
        row = rows_of(plan.tasks.all())[0]
    assert row.light.name == light
    assert any(digit.isdigit() for digit in row.why)


def test_a_rate_of_nothing_is_reached_on_the_last_day(people: Any, plan_in: Any, take: Any) -> None:
    """No finding of a board fell due in the period: there was nothing to answer late."""
    rate = BOUND | {"bound": "findings.answered", "target": Decimal(100)}
    task = plan_in("in_force", given(**rate)).tasks.get()
    with pytest.raises(MatterError) as refused:
        take(people.head, task, "complete", value=None)
    assert "đến ngày cuối" in refused.value.message
    with clock.at(clock.noon(task.due_on)):
        assert take(people.head, task, "complete", value=None).state == "done"


def test_a_named_obstacle_turns_the_light(people: Any, plan_in: Any, take: Any) -> None:
    task = take(people.head, plan_in("in_force").tasks.get(), "obstacle")
    row = rows_of([task])[0]
    assert (row.light.name, "Chưa có địa điểm." in row.why) == ("stuck", True)
