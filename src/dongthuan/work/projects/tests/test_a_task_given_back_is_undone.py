"""What was not done in truth is owed again, and published as owed."""

from __future__ import annotations

from typing import Any

from dongthuan.core.matters.models import Duty
from dongthuan.work.projects.oc4ids import _milestone


def test_a_task_given_back_is_no_milestone_met(people: Any, task_in: Any, take: Any) -> None:
    task = take(people.head, task_in("done"), "reopen")
    assert (task.state, task.done_on, task.evidence) == ("given", None, "")
    told = _milestone(task)
    assert told["status"] == "scheduled"
    assert "dateMet" not in told
    assert Duty.objects.get(matter=task, state="open").unit == task.responsible
