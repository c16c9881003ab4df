"""Giving a project up ends what was owed for it, in the record; not what the people are owed."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from dongthuan.core import clock
from dongthuan.core.matters.errors import MatterError
from dongthuan.core.matters.models import Duty, Entry, Matter
from dongthuan.work.projects.contributions.campaigns import campaign_create
from dongthuan.work.projects.models import Project
from dongthuan.work.projects.tests.conftest import OFFICE, VILLAGE, unit_of


@pytest.mark.parametrize("kind", ["task", "obstacle"])
def test_tasks_and_obstacles_end_with_it(
    people: Any, task_in: Any, obstacle_in: Any, take: Any, kind: str
) -> None:
    child = task_in("given") if kind == "task" else obstacle_in("assigned")
    project = Project.objects.get(pk=child.parent_id)
    take(people.head, project, "cancel")
    child.refresh_from_db()
    assert (child.is_open, child.state) == (False, "withdrawn" if kind == "task" else "dropped")
    assert not Duty.objects.filter(matter=child, state="open").exists()
    assert Entry.objects.filter(matter=child).latest("id").facts["reason"] == "Không còn cần."


def test_a_duty_broken_before_stays_broken(people: Any, task_in: Any, take: Any) -> None:
    task = task_in("given")
    with clock.at(clock.now() + dt.timedelta(days=40)):
        take(people.head, Project.objects.get(pk=task.parent_id), "cancel")
    assert Duty.objects.get(matter=task).state == "late"


@pytest.mark.parametrize("state", ["open", "closed"])
def test_not_while_what_the_people_gave_is_unsettled(
    people: Any, project_of: Any, take: Any, state: str
) -> None:
    project = project_of()
    campaign = campaign_create(
        acting=people.head, unit=unit_of(OFFICE), title="Góp làm đường", purpose="Mua xi măng.",
        villages=[unit_of(VILLAGE)], starts_on=clock.today(), ends_on=clock.today(),
        treasurer="Tổ trưởng", voluntary=True, project=project,
    )  # fmt: skip
    Matter.objects.filter(pk=campaign.pk).update(state=state)
    with pytest.raises(MatterError):
        take(people.head, project, "cancel")
    Matter.objects.filter(pk=campaign.pk).update(state="settled")
    assert take(people.head, project, "cancel").state == "cancelled"
