"""Planning: patterns roll to working days, nothing is made twice, bad input makes nothing."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from dongthuan.core.matters.errors import MatterError, NotAllowed
from dongthuan.core.matters.models import Duty, Entry, Projection
from dongthuan.work.receptions.models import Reception
from dongthuan.work.receptions.services import (
    Hours,
    pattern_days,
    receptions_plan,
    regular_open,
)
from dongthuan.work.receptions.tests.conftest import DAY, HOURS


def test_a_planned_day_owes_its_posting_five_working_days_before(plan: Any) -> None:
    reception = plan()
    [duty] = Duty.objects.filter(matter=reception)
    assert (duty.rule, duty.due_on) == ("tcd.schedule_post", dt.date(2026, 11, 3))
    assert Reception.objects.get().next_due_on == duty.due_on
    assert Entry.objects.get(matter=reception).act == "reception.planned"
    assert not Projection.objects.get(pk=reception.pk).listed


def test_an_online_session_owes_notice_test_and_connection(plan: Any) -> None:
    owed = Duty.objects.filter(matter=plan(form="online")).values_list("rule", "due_on")
    assert dict(owed) == {
        "tcd.schedule_post": dt.date(2026, 11, 3),
        "tcd.online.notice": dt.date(2026, 11, 3),
        "tcd.online.test": dt.date(2026, 11, 9),
        "tcd.online.connect": DAY,
    }
    connect = Duty.objects.get(rule="tcd.online.connect")
    assert connect.due_at is not None
    assert connect.due_at.isoformat() == "2026-11-10T00:00:00+00:00"  # 07:00, an hour before


@pytest.mark.parametrize("form", ["regular", "adhoc"])
def test_others_owe_no_posting(plan: Any, form: str) -> None:
    assert not Duty.objects.filter(matter=plan(form=form)).exists()


def test_a_quarter_is_planned_in_one_go(people: Any, chair: Any) -> None:
    made = receptions_plan(
        acting=people.intake, position=chair, month=dt.date(2026, 11, 1), months=3,
        days=[10, 25], hours=HOURS,
    )  # fmt: skip
    assert [row.held_on for row in made.made] == [
        dt.date(2026, 11, 10), dt.date(2026, 11, 25), dt.date(2026, 12, 10),
        dt.date(2026, 12, 25), dt.date(2027, 1, 11), dt.date(2027, 1, 25),
    ]  # fmt: skip
    assert made.lacking == []
    again = receptions_plan(
        acting=people.intake, position=chair, month=dt.date(2026, 11, 1), months=1,
        days=[10], hours=HOURS,
    )  # fmt: skip
    assert (again.made, again.present) == ([], [DAY])
    assert Reception.objects.count() == 6


def test_too_few_days_are_told(people: Any, chair: Any) -> None:
    made = receptions_plan(
        acting=people.intake, position=chair, month=dt.date(2026, 12, 1), months=1,
        days=[31], hours=HOURS,
    )  # fmt: skip
    assert made.lacking == [(dt.date(2026, 12, 1), 1, 2)]


def test_a_day_that_a_month_lacks_is_refused(people: Any, chair: Any) -> None:
    with pytest.raises(MatterError) as refused:
        receptions_plan(
            acting=people.intake, position=chair, month=dt.date(2026, 11, 1), months=2,
            days=[31], hours=HOURS,
        )  # fmt: skip
    assert refused.value.field == "days"
    assert "11/2026" in refused.value.message


def test_a_day_too_near_to_be_posted_is_planned_only_on_purpose(people: Any, chair: Any) -> None:
    asked: dict[str, Any] = {
        "acting": people.intake, "position": chair, "month": dt.date(2026, 11, 1), "months": 1,
        "days": [6], "hours": HOURS,
    }  # fmt: skip
    with pytest.raises(MatterError) as refused:
        receptions_plan(**asked)
    assert "09/11/2026" in refused.value.message
    assert not Reception.objects.exists()
    assert len(receptions_plan(**asked, late=True).made) == 1
    assert Duty.objects.get().due_on < dt.date(2026, 11, 2)


def test_every_tuesday(people: Any, chair: Any) -> None:
    made = receptions_plan(
        acting=people.intake, position=chair, month=dt.date(2026, 12, 1), months=1,
        weekdays=[1], hours=HOURS,
    )  # fmt: skip
    assert [row.held_on.day for row in made.made] == [1, 8, 15, 22, 29]


@pytest.mark.parametrize("text", ["", "0", "32", "mười", "10; 40"])
def test_odd_days_of_a_month_are_refused(text: str) -> None:
    with pytest.raises(MatterError):
        pattern_days(text)


def test_days_are_read_as_people_type_them() -> None:
    assert pattern_days(" 25;10 ,10") == [10, 25]


@pytest.mark.parametrize(
    ("bad", "field"),
    [
        ({"held_on": dt.date(2026, 10, 30)}, "held_on"),
        ({"held_on": dt.date(2026, 11, 8)}, "held_on"),
        ({"held_on": dt.date(2099, 1, 5)}, "held_on"),
        ({"position": None}, "position"),
        ({"form": "adhoc", "ground": ""}, "ground"),
        ({"form": "online", "ground": "9"}, "ground"),
        ({"hours": Hours(venue="")}, "venue"),
        ({"hours": Hours(venue="A", ends_at=dt.time(7))}, "ends_at"),
        ({"hours": Hours(venue="A", capacity=0)}, "capacity"),
        ({"hours": Hours(venue="Gọi 0905123456")}, "venue"),
    ],
)
def test_bad_input_plans_nothing(plan: Any, bad: dict[str, Any], field: str) -> None:
    with pytest.raises(MatterError) as refused:
        plan(**bad)
    assert refused.value.field == field
    assert not Reception.objects.exists()


def test_one_day_of_a_head_is_planned_once(plan: Any) -> None:
    plan()
    with pytest.raises(MatterError):
        plan()


@pytest.mark.parametrize("name", ["front", "dvan", "inspector", "admin", "other_intake", "citizen"])
def test_only_the_office_plans(people: Any, plan: Any, name: str) -> None:
    with pytest.raises(NotAllowed):
        plan(acting=people.actors[name])


def test_the_regular_reception_of_a_day_is_one(people: Any, office: Any) -> None:
    first = regular_open(acting=people.intake, unit=office, venue="Phòng tiếp công dân")
    again = regular_open(acting=people.handler, unit=office, venue="Phòng tiếp công dân")
    assert first.pk == again.pk
    assert again.state == "open"
