"""Ways by which a missed day could have vanished, or a text changed under its signatures."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import Any

import pytest

from dongthuan.core import clock
from dongthuan.core.matters.errors import Conflict, MatterError
from dongthuan.core.units.models import Unit
from dongthuan.work.coordination.listing import line_edit, line_remove
from dongthuan.work.coordination.measuring import attainment
from dongthuan.work.coordination.models import CoordinationPlan, TaskLine
from dongthuan.work.coordination.planning import amendment_create, clause_add, plan_create
from dongthuan.work.coordination.reviewing import figures_of
from dongthuan.work.coordination.tests.conftest import (
    PARTNER,
    PLAN_WAYS,
    given,
    inspection_of,
    review_adopt,
    review_of,
    unit_of,
)

LAST = dt.date(2026, 12, 31)


def at(year: int, month: int, day: int) -> Any:
    return clock.at(clock.noon(dt.date(year, month, day)))


@pytest.mark.parametrize(("when", "late", "open_"), [((2026, 12, 31), 0, 1), ((2027, 1, 4), 1, 0)])
def test_the_last_day_of_the_period_belongs_to_it(
    people: Any, plan_in: Any, when: tuple[int, int, int], late: int, open_: int
) -> None:
    """Most tasks fall due on 31 December: not done then, they are late in the final review."""
    plan = plan_in("in_force", given(due_on=LAST))
    with at(*when):
        review = review_of(people, plan, "final")
        duties = figures_of(review)["duties"]
    assert (duties["late"], duties["open"]) == (late, open_)


def test_a_review_begun_early_counts_to_the_end_of_its_period(
    people: Any, plan_in: Any, take: Any
) -> None:
    plan = plan_in("in_force")
    with at(2026, 12, 20):
        review = review_of(people, plan, "final")
    with at(2027, 1, 4):
        settled = take(people.handler, review, "settle")
    assert (settled.until, settled.figures["until"]) == (LAST, "2026-12-31")
    assert settled.figures["meetings"]["owed"] == 4


def amendment(people: Any, take: Any, plan: CoordinationPlan, state: str) -> CoordinationPlan:
    made = amendment_create(acting=people.dvan, plan=plan)
    clause_add(acting=people.dvan, plan=made, section=3, content=5, text="Thêm việc tiếp dân.")
    for actor, step in PLAN_WAYS[state]:
        made = take(people.actors[actor], made, step)
    return made


def test_a_late_task_gets_no_new_day_in_an_amendment_of_its_own_plan(
    people: Any, plan_in: Any, take: Any
) -> None:
    plan = plan_in("in_force")
    extra = amendment(people, take, plan, "drafting")
    with pytest.raises(MatterError) as refused:
        take(people.head, plan.tasks.get(), "carry", into=extra.code, until=dt.date(2026, 9, 1))
    assert refused.value.field == "into"


def test_a_task_does_not_go_into_the_plan_of_another_partner(
    people: Any, plan_in: Any, take: Any
) -> None:
    """The People's Committee has a plan with the Front too: that is another promise."""
    task = plan_in("in_force").tasks.get()
    other = plan_create(acting=people.front, partner=unit_of("21439-mttq"), year=2027)
    with pytest.raises(MatterError) as refused:
        take(people.head, task, "carry", into=other.code)
    assert refused.value.field == "into"
    assert not other.lines.exists()


def test_a_plan_that_is_over_takes_no_tasks_on_by_an_amendment(
    people: Any, plan_in: Any, take: Any
) -> None:
    plan = plan_in("in_force")
    half = amendment(people, take, plan, "half_signed")
    with at(2026, 12, 31):
        review_adopt(people, take, plan, "final")
        with pytest.raises(MatterError):
            take(people.head, half, "sign")
    assert plan.tasks.count() == 1


def test_what_is_signed_is_what_both_sides_agreed_to(people: Any, plan_in: Any, take: Any) -> None:
    plan = plan_in("agreed")
    Unit.objects.filter(code=PARTNER).update(name="Ban khác")
    with pytest.raises(Conflict):
        take(people.dvan_head, plan, "sign")
    again = take(people.dvan, plan, "rework")
    for name in ("handler", "dvan"):
        again = take(people.actors[name], again, "agree")
    assert take(people.dvan_head, again, "sign").state == "half_signed"


def test_a_task_that_was_taken_out_is_not_written_back_by_an_older_page(
    people: Any, plan_of: Any
) -> None:
    plan = plan_of()
    seen = TaskLine.objects.select_related("plan").get(plan=plan)
    line_remove(acting=people.handler, line=TaskLine.objects.get(pk=seen.pk))
    with pytest.raises(MatterError):
        line_edit(acting=people.dvan, line=seen, given=given(title="Việc đã bỏ"))
    assert TaskLine.objects.get(pk=seen.pk).removed


def test_less_than_a_target_of_nothing_is_no_fault_of_arithmetic(plan_in: Any) -> None:
    """Contributions given back may outweigh those received."""
    task = plan_in("in_force", given(target=Decimal(0))).tasks.get()
    assert attainment(task, Decimal(-5)) == 0


def test_what_was_carried_on_is_not_lost_with_the_draft_that_took_it(
    people: Any, plan_in: Any, plan_of: Any, take: Any
) -> None:
    task = plan_in("in_force").tasks.get()
    into = plan_of(given(due_on=dt.date(2027, 3, 1)), year=2027)
    take(people.head, task, "carry", into=into.code)
    with pytest.raises(MatterError):
        line_remove(acting=people.handler, line=into.lines.get(carries=task))
    with pytest.raises(MatterError):
        take(people.head, into, "withdraw")


def test_a_plan_that_ended_early_owes_no_more_meetings(
    people: Any, plan_in: Any, take: Any
) -> None:
    plan = plan_in("in_force")
    with at(2026, 5, 4):
        take(people.head, plan.tasks.get(), "drop")
        take(people.head, plan, "end_ask")
        take(people.dvan_head, plan, "end")
    held = plan.meetings.order_by("period_to")
    assert [row.state for row in held] == ["missed"] * 4
    assert [row.duties.get().state for row in held] == ["late", "waived", "waived", "waived"]


def test_an_inspection_does_not_lie_before_its_plan(people: Any, plan_in: Any, take: Any) -> None:
    found = inspection_of(people, plan_in("in_force"))
    with pytest.raises(MatterError) as refused:
        take(people.handler, found, "inspect", on=dt.date(1990, 1, 1))
    assert refused.value.field == "on"
