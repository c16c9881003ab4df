"""A review's figures equal an independent count, are frozen when fixed, and both sign them."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from django.db import connection

from dongthuan.core import clock
from dongthuan.core.matters.errors import MatterError
from dongthuan.core.matters.models import Entry
from dongthuan.core.matters.services import matter_act
from dongthuan.work.coordination.events import event_promise
from dongthuan.work.coordination.models import CoordinationPlan, PlanReview
from dongthuan.work.coordination.papers import review_docx, review_pdf
from dongthuan.work.coordination.reviewing import figures_of, review_create
from dongthuan.work.coordination.tests.conftest import (
    given,
    inspection_of,
    review_adopt,
    review_of,
    unit_of,
)

TASKS = """
SELECT count(*), count(*) FILTER (WHERE m.state = 'done'),
  count(*) FILTER (WHERE m.closed_at IS NULL AND t.due_on < %(today)s),
  count(*) FILTER (WHERE m.closed_at IS NULL)
FROM coordination_coordinationtask t JOIN matters_matter m ON m.id = t.matter_ptr_id
WHERE t.plan_id = %(plan)s
"""
DUTIES = """
SELECT count(*) FILTER (WHERE d.state IN ('fulfilled', 'late') OR d.due_on < %(until)s),
  count(*) FILTER (WHERE d.state = 'fulfilled'),
  count(*) FILTER (WHERE d.state = 'late' OR (d.state = 'open' AND d.due_on < %(until)s))
FROM matters_duty d JOIN matters_matter m ON m.id = d.matter_id
WHERE d.state NOT IN ('waived', 'transferred') AND (
  (d.rule = 'coord.task.keep' AND %(what)s = 'task' AND m.parent_id = %(plan)s)
  OR (m.kind = 'promise' AND %(what)s = 'promise' AND m.parent_id IN (
    SELECT id FROM matters_matter WHERE parent_id = %(plan)s
    AND kind IN ('plan_meeting', 'joint_inspection'))))
"""
MEETINGS = """
SELECT count(*), count(*) FILTER (WHERE m.state = 'held'),
  count(*) FILTER (WHERE m.state = 'held' AND e.held_on <= e.period_to)
FROM coordination_planmeeting e JOIN matters_matter m ON m.id = e.matter_ptr_id
WHERE e.plan_id = %(plan)s AND e.period_to BETWEEN %(since)s AND %(until)s
"""


def asked(query: str, **given_: Any) -> tuple[int, ...]:
    with connection.cursor() as cursor:
        cursor.execute(query, given_)
        return tuple(cursor.fetchone())


@pytest.fixture
def worked(people: Any, plan_in: Any, take: Any) -> CoordinationPlan:
    """A plan with one task done, one late, one open; a meeting held, one missed; two promises."""
    late = given(title="Công khai nguồn thu", due_on=dt.date(2026, 4, 1))
    far = given(title="Bàn giao chợ mới", due_on=dt.date(2026, 11, 1))
    plan: CoordinationPlan = plan_in("in_force", given(), late, far)
    take(people.head, plan.tasks.get(title="Đối thoại với Nhân dân tổ dân phố 1"), "complete")
    meeting = take(people.dvan, plan.meetings.order_by("pk").first(), "hold")
    inspection = take(people.dvan, inspection_of(people, plan), "inspect")
    words = {"unit": unit_of("21439-ubnd"), "document": "3/TB"}
    first = event_promise(
        acting=people.dvan, event=meeting, what="Sửa đường", due_on=dt.date(2026, 3, 30), **words
    )
    event_promise(
        acting=people.head, event=inspection, what="Niêm yết", due_on=dt.date(2026, 4, 9), **words
    )
    matter_act(acting=people.head, matter_id=first.pk, step_name="keep", data={"report": "Đã sửa."})
    return plan


def test_they_equal_an_independent_count(people: Any, worked: Any) -> None:
    with clock.at(clock.noon(dt.date(2026, 7, 3))):
        review = review_create(acting=people.dvan, plan=worked, sort="midterm")
        found = figures_of(review)
        today = clock.today()
    names = {"plan": worked.pk, "since": review.since, "until": review.until, "today": today}
    tasks = found["tasks"]
    assert asked(TASKS, **names) == (
        tasks["all"], tasks["done"], tasks["late"], len(found["carried"])
    )  # fmt: skip
    for what, key in (("task", "duties"), ("promise", "promises")):
        one = found[key]
        assert asked(DUTIES, what=what, **names) == (one["due"], one["kept"], one["late"])
    held = found["meetings"]
    assert asked(MEETINGS, **names) == (held["owed"], held["held"], held["in_time"])
    assert (tasks["all"], tasks["done"], tasks["late"]) == (3, 1, 1)
    assert (found["promises"]["due"], found["promises"]["kept"]) == (2, 1)
    assert (held["owed"], held["held"]) == (2, 1)


def test_they_are_frozen_when_laid_down_for_signing(people: Any, worked: Any, take: Any) -> None:
    review = take(people.handler, review_of(people, worked), "settle")
    before = figures_of(review)["tasks"]["done"]
    take(people.head, worked.tasks.get(title="Công khai nguồn thu"), "complete")
    assert figures_of(PlanReview.objects.get(pk=review.pk))["tasks"]["done"] == before
    again = take(people.handler, review, "rework")
    assert figures_of(again)["tasks"]["done"] == before + 1


def test_both_signatures_move_the_plan_and_close_its_duty(
    people: Any, worked: Any, take: Any
) -> None:
    review = review_adopt(people, take, worked, "midterm")
    worked.refresh_from_db()
    assert (review.state, worked.state) == ("adopted", "midterm")
    assert worked.duties.get(rule="coord.review.midterm").state == "fulfilled"
    assert Entry.objects.filter(matter=worked, act="coordination_plan.midterm").count() == 1
    with pytest.raises(MatterError):
        review_create(acting=people.dvan, plan=worked, sort="midterm")
    assert review_adopt(people, take, worked, "final").is_final
    worked.refresh_from_db()
    assert worked.state == "closed"


def test_it_is_printed_and_can_be_edited_as_docx(people: Any, worked: Any) -> None:
    review = review_of(people, worked)
    assert review_pdf(review).startswith(b"%PDF")
    assert review_docx(review).startswith(b"PK")


def test_a_quarter_without_a_meeting_is_a_broken_duty(people: Any, plan_in: Any, take: Any) -> None:
    plan = plan_in("in_force")
    meeting = plan.meetings.order_by("pk").first()
    with pytest.raises(MatterError):
        take(people.head, meeting, "miss")
    with clock.at(clock.noon(dt.date(2026, 4, 2))):
        take(people.head, meeting, "miss")
    assert meeting.duties.get().state == "late"
