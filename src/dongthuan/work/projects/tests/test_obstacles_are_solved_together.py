"""An obstacle has an owner and a day; it is agreed together, verified, or goes further up."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from dongthuan.core import clock
from dongthuan.core.matters.errors import MatterError, NotAllowed
from dongthuan.core.matters.models import Duty, Entry
from dongthuan.core.matters.selectors import matter_get
from dongthuan.work.projects.models import Obstacle, Project
from dongthuan.work.projects.obstacles import obstacle_create
from dongthuan.work.projects.tests.conftest import FRONT, OFFICE, VILLAGE, unit_of


def test_a_partner_names_it_and_the_office_owes_to_give_it_on(obstacle_in: Any) -> None:
    obstacle = obstacle_in("raised")
    duty = Duty.objects.get(matter=obstacle)
    assert (duty.rule, duty.unit.code) == ("project.obstacle.owner", OFFICE)
    assert obstacle.raised_by.code == VILLAGE


def test_who_it_was_given_to_owes_it_on_the_day(people: Any, obstacle_in: Any) -> None:
    obstacle = obstacle_in("assigned")
    duty = Duty.objects.get(matter=obstacle, state="open")
    assert (duty.rule, duty.unit.code) == ("project.obstacle", VILLAGE)
    assert duty.due_on == obstacle.due_on
    assert matter_get(actor=people.village_head, code=obstacle.code) is not None


def test_after_its_day_it_is_overdue_and_solving_it_is_late(
    people: Any, obstacle_in: Any, take: Any
) -> None:
    obstacle = obstacle_in("assigned")
    with clock.at(clock.now() + dt.timedelta(days=16)):
        assert Obstacle.objects.get(pk=obstacle.pk).is_overdue
        solved = take(people.village_head, obstacle, "solve")
        assert not solved.is_overdue
    assert Duty.objects.get(matter=obstacle, rule="project.obstacle").state == "late"


def test_a_day_that_has_passed_stays_missed_when_a_new_one_is_agreed(
    people: Any, obstacle_in: Any, take: Any
) -> None:
    obstacle = obstacle_in("assigned")
    before = obstacle.due_on
    with clock.at(clock.now() + dt.timedelta(days=30)):
        until = clock.today() + dt.timedelta(days=5)
        take(people.head, obstacle, "agree", until=until)
    states = Duty.objects.filter(matter=obstacle, rule="project.obstacle").order_by("id")
    assert [duty.state for duty in states] == ["late", "open"]
    entry = Entry.objects.get(matter=obstacle, act="obstacle.agree")
    assert entry.facts["due_before"] == before.isoformat()


def test_what_is_not_solved_is_given_back(people: Any, obstacle_in: Any, take: Any) -> None:
    obstacle = take(people.head, obstacle_in("solved"), "again")
    assert (obstacle.state, obstacle.done_on) == ("assigned", None)
    assert Duty.objects.get(matter=obstacle, state="open").rule == "project.obstacle"


def test_the_province_owes_an_answer_to_what_was_brought_up(
    people: Any, obstacle_in: Any, take: Any
) -> None:
    obstacle = obstacle_in("escalated")
    duty = Duty.objects.get(matter=obstacle, state="open")
    assert (duty.rule, duty.unit.code) == ("project.obstacle.upper", "51-ubnd")
    answered = take(people.province, obstacle, "answer")
    assert (answered.state, answered.upper_answer) == ("agreed", "Đồng ý bổ sung kinh phí.")


def test_after_an_answer_from_above_somebody_owes_the_solution(
    people: Any, obstacle_in: Any, take: Any
) -> None:
    """Brought up before it was given to anybody, it falls back on the unit of the project."""
    obstacle = take(people.province, obstacle_in("escalated"), "answer")
    duty = Duty.objects.get(matter=obstacle, state="open")
    assert duty.unit.code == OFFICE
    assert take(people.head, obstacle, "solve").state == "solved"


@pytest.mark.parametrize("name", ["other_village_head", "other_head", "admin", "citizen"])
def test_who_has_no_part_names_nothing(people: Any, project_of: Any, name: str) -> None:
    project = project_of()
    with pytest.raises(NotAllowed):
        obstacle_create(
            acting=people.actors[name], project=project, raised_by=unit_of(VILLAGE), what="Trụ điện"
        )
    assert not Obstacle.objects.exists()


def test_nobody_speaks_for_another_body(people: Any, project_of: Any) -> None:
    with pytest.raises(NotAllowed):
        obstacle_create(
            acting=people.front, project=project_of(), raised_by=unit_of(VILLAGE), what="Trụ điện"
        )


def test_it_goes_only_to_a_body_of_the_project(people: Any, obstacle_in: Any, take: Any) -> None:
    with pytest.raises(MatterError) as refused:
        take(people.head, obstacle_in("raised"), "assign", owner="21478-ubnd")
    assert refused.value.field == "owner"


def test_a_body_that_is_given_something_sees_the_project(people: Any, project_of: Any,
                                                         take: Any) -> None:  # fmt: skip
    project = project_of(partners=[])
    obstacle = obstacle_create(
        acting=people.handler, project=project, raised_by=unit_of(OFFICE), what="Trụ điện"
    )
    take(people.head, obstacle, "assign", owner=unit_of(FRONT).name)
    assert unit_of(FRONT).path in Project.objects.get(pk=project.pk).parties


def test_what_is_public_holds_no_personal_data(people: Any, project_of: Any) -> None:
    with pytest.raises(MatterError) as refused:
        obstacle_create(
            acting=people.handler, project=project_of(), raised_by=unit_of(OFFICE),
            what="Gọi 0905 123 456 để hẹn.",
        )  # fmt: skip
    assert refused.value.field == "what"
