"""The example: a signed plan with tasks, meetings, an inspection and a review, all labelled."""

from __future__ import annotations

import datetime as dt
from typing import Any

from dongthuan.core import clock
from dongthuan.demo_coordination import demo_coordination_load
from dongthuan.work.coordination.models import CoordinationPlan, PaperYear, PlanReview


def test_it_is_whole_and_labelled(people: Any) -> None:
    with clock.at(clock.noon(dt.date(2026, 11, 26))):
        made = demo_coordination_load(
            officer=people.dvan, partner_head=people.dvan_head, handler=people.handler,
            head=people.head, front=people.front,
        )  # fmt: skip
    assert made == 2
    signed = CoordinationPlan.objects.get(year=2026)
    assert signed.state == "midterm"
    assert signed.tasks.filter(state="done").count() == 1
    assert signed.meetings.filter(state="held").count() == 3
    assert signed.inspections.get().state == "reported"
    assert PlanReview.objects.get().state == "adopted"
    assert all(plan.is_demo for plan in CoordinationPlan.objects.all())
    assert all(year.is_demo for year in PaperYear.objects.all())


def test_it_loads_on_any_day_of_the_year(people: Any) -> None:
    with clock.at(clock.noon(dt.date(2026, 2, 3))):
        demo_coordination_load(
            officer=people.dvan, partner_head=people.dvan_head, handler=people.handler,
            head=people.head, front=people.front,
        )  # fmt: skip
    assert CoordinationPlan.objects.get().state == "in_force"
