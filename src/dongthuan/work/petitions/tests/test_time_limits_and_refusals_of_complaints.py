"""When a complaint came too late, and the nine grounds of refusal (Điều 9, 11, 48)."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from dongthuan.core import clock
from dongthuan.core.matters.errors import MatterError
from dongthuan.core.matters.models import Duty, Entry, Matter
from dongthuan.core.matters.selectors import matter_get, steps_for
from dongthuan.work.petitions.kinds.complaint_tables import CRITERIA, REFUSAL_GROUNDS
from dongthuan.work.petitions.tests.paths import matter_in, walk_steps


def ago(days: int) -> dt.date:
    return clock.today() - dt.timedelta(days=days)


@pytest.fixture
def examined(people: Any, submit: Any) -> Any:
    def examined(**answers: Any) -> Matter:
        matter = matter_in(people, submit, "complaint", "classified")
        return walk_steps(people, matter, ("examine",), {"examine": answers})

    return examined


def test_the_law_has_nine_grounds_and_seven_cases() -> None:
    assert (len(REFUSAL_GROUNDS), len(CRITERIA)) == (9, 7)


def test_the_day_of_knowledge_is_asked(examined: Any) -> None:
    with pytest.raises(MatterError) as refused:
        examined(known_on=None)
    assert refused.value.field == "known_on"


@pytest.mark.parametrize(("days", "late"), [(85, False), (97, True)])
def test_ninety_days_are_counted(examined: Any, days: int, late: bool) -> None:
    matter = examined(known_on=ago(days))
    entry = Entry.objects.filter(matter=matter, act="complaint.examine").get()
    assert entry.facts["time_barred"] is late
    assert entry.facts["limit_on"]


def test_an_obstacle_is_not_counted(examined: Any) -> None:
    matter = examined(known_on=ago(110), obstacle_from=ago(90), obstacle_to=ago(60))
    entry = Entry.objects.filter(matter=matter, act="complaint.examine").get()
    assert entry.facts["time_barred"] is False


def test_discipline_has_fifteen_days(examined: Any) -> None:
    matter = examined(known_on=ago(30), subject="discipline")
    entry = Entry.objects.filter(matter=matter, act="complaint.examine").get()
    assert entry.facts["time_barred"] is True
    running = Duty.objects.filter(matter=matter, state="open").values_list("rule", flat=True)
    assert "kn.discipline.accept" in running and "kn.accept" not in running


def test_what_came_too_late_is_refused_or_accepted_for_a_reason(people: Any, examined: Any) -> None:
    matter = examined(known_on=ago(200))
    names = {
        step.name
        for step in steps_for(
            actor=people.head, matter=matter_get(actor=people.head, code=matter.code)
        )
    }
    assert {"accept", "refuse"} <= names and not {"return", "store"} & names
    with pytest.raises(MatterError) as refused:
        walk_steps(people, matter, ("accept",), {})
    assert refused.value.field == "good_reason"
    given = {"accept": {"good_reason": "Nằm viện, có giấy ra viện."}}
    assert walk_steps(people, matter, ("accept",), given).state == "accepted"


def test_ground_six_needs_a_missed_time_limit(people: Any, examined: Any) -> None:
    matter = examined(known_on=ago(10))
    with pytest.raises(MatterError) as refused:
        walk_steps(people, matter, ("refuse",), {"refuse": {"ground": "time_barred"}})
    assert refused.value.field == "ground"


def test_a_complex_case_names_its_case_and_paper(people: Any, examined: Any) -> None:
    matter = examined(known_on=ago(10))
    given = {"accept": {"conditions": ["complex"], "criteria": []}}
    with pytest.raises(MatterError) as refused:
        walk_steps(people, matter, ("accept",), given)
    assert refused.value.field == "criteria"
    given["accept"] |= {"criteria": ["places"]}
    with pytest.raises(MatterError) as refused:
        walk_steps(people, matter, ("accept",), given)
    assert refused.value.field == "complex_document"
    given["accept"] |= {"complex_document": "5/BC-VP", "complex_reason": "Hai thửa, hai xã."}
    walk_steps(people, matter, ("accept",), given)
    assert Duty.objects.get(matter=matter, rule="kn.settle1").term == "45 d"
