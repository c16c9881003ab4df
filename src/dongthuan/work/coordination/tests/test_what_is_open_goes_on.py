"""Open tasks go into the next plan; those of the town go to its successors on 1 July 2025."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from dongthuan.core import clock
from dongthuan.core.matters.errors import MatterError, NotAllowed
from dongthuan.core.matters.handing import matters_hand_over
from dongthuan.core.matters.models import Duty, MatterLink
from dongthuan.core.people.actors import SYSTEM, actor_for
from dongthuan.core.people.services import account_create, appointment_create
from dongthuan.core.units.models import Position, Unit
from dongthuan.work.coordination.carrying import heirs_of, plan_hand_over, tasks_carry
from dongthuan.work.coordination.history import paper_year_add, years_of
from dongthuan.work.coordination.models import CoordinationPlan
from dongthuan.work.coordination.planning import plan_create
from dongthuan.work.coordination.selectors import below_of
from dongthuan.work.coordination.tests.conftest import (
    PARTNER,
    PLAN_WAYS,
    given,
    review_adopt,
    unit_of,
)

NEW_YEAR = dt.date(2027, 3, 1)


def test_all_open_tasks_are_carried_with_their_new_day(
    people: Any, plan_in: Any, take: Any
) -> None:
    plan = plan_in("in_force", given(), given(title="Bàn giao chợ"))
    take(people.head, plan.tasks.get(title="Bàn giao chợ"), "complete")
    into = plan_create(acting=people.dvan, partner=unit_of(PARTNER), year=2027)
    went = tasks_carry(
        acting=people.head, plan=plan, into=into, until=NEW_YEAR, reason="Chưa đủ vốn."
    )
    old = plan.tasks.get(state="carried")
    line = into.lines.get()
    assert (went, line.carries_id, line.due_on) == (1, old.pk, NEW_YEAR)
    assert old.duties.get().state == "transferred"
    told = into.entries.get(act="coordination_plan.line_carried").facts
    assert (told["origin"], told["reason"]) == (old.code, "Chưa đủ vốn.")


def test_a_carried_task_opens_when_the_next_plan_is_signed(
    people: Any, plan_in: Any, plan_of: Any, take: Any
) -> None:
    old = plan_in("in_force").tasks.get()
    into = plan_of(given(due_on=NEW_YEAR), year=2027)
    take(people.head, old, "carry", into=into.code)
    for actor, step in PLAN_WAYS["in_force"]:
        into = take(people.actors[actor], into, step)
    new = into.tasks.get(line__carries=old)
    assert MatterLink.objects.filter(matter=new, other=old, role="carries_on").exists()
    assert new.duties.get().due_on == dt.date(2027, 2, 1)


def test_a_signed_plan_takes_no_task_on(people: Any, plan_in: Any, take: Any) -> None:
    old = plan_in("in_force").tasks.get()
    into = plan_in("in_force", given(due_on=NEW_YEAR), year=2027)
    with pytest.raises(MatterError):
        take(people.head, old, "carry", into=into.code)


def test_a_late_task_that_is_carried_stays_a_broken_promise(
    people: Any, plan_in: Any, take: Any
) -> None:
    task = plan_in("in_force").tasks.get()
    into = plan_create(acting=people.dvan, partner=unit_of(PARTNER), year=2027)
    with clock.at(clock.noon(dt.date(2026, 5, 4))):
        take(people.head, task, "carry", into=into.code)
    assert task.duties.get().state == "late"


@pytest.fixture
def town(people: Any) -> dict[str, Any]:
    """Both heads and an officer of the town, at work until 30 June 2025."""
    made = {}
    day = clock.at(clock.noon(dt.date(2025, 3, 3)))
    with day:
        for code in ("534-bdv-head", "534-head", "534-mass-mobilisation", "534-handler"):
            account = account_create(email=f"{code}@vidu.vn", name=code, password="mat-khau-thu")
            position = Position.objects.get(code=code)
            appointment_create(
                account=account, position=position, valid_from=dt.date(2025, 1, 1),
                valid_to=dt.date(2025, 6, 30),
            )  # fmt: skip
            made[code] = actor_for(account)
    return made


@pytest.fixture
def town_plan(people: Any, town: Any, plan_of: Any, take: Any) -> CoordinationPlan:
    """The town's plan of 2025 in force: one task of a ward that was, one of the whole town."""
    ward = Unit.objects.filter(parent__code="534", name="Phường Phổ Ninh").first()
    ward = ward or Unit.objects.filter(path__startswith="vn.51.534.", tier="commune").first()
    office = unit_of("534-ubnd")
    with clock.at(clock.noon(dt.date(2025, 3, 3))):
        plan = plan_of(
            given(title="Chợ cũ", lead=office, place=ward, due_on=dt.date(2025, 6, 30)),
            given(title="Cả thị xã", lead=office, due_on=dt.date(2025, 6, 30)),
            acting=town["534-mass-mobilisation"], partner=unit_of("534-bdv"), year=2025,
        )  # fmt: skip
        for name, step in (
            ("534-mass-mobilisation", "exchange"), ("534-mass-mobilisation", "agree"),
            ("534-handler", "agree"), ("534-bdv-head", "sign"), ("534-head", "sign"),
        ):  # fmt: skip
            plan = take(town[name], plan, step)
    return plan


def test_the_towns_open_tasks_go_to_its_five_successors(
    people: Any, town: Any, town_plan: Any, take: Any
) -> None:
    names = {"head": town["534-head"], "dvan_head": town["534-bdv-head"],
             "handler": town["534-handler"]}  # fmt: skip
    with clock.at(clock.noon(dt.date(2025, 6, 30))):
        review_adopt(type("Town", (), names), take, town_plan, "final")
    with clock.at(clock.noon(dt.date(2025, 7, 1))):
        assert len(heirs_of(town_plan)) == 5
        made = plan_hand_over(
            acting=people.head, plan=town_plan, document="1677/NQ-UBTVQH15", reason="Hết cấp huyện."
        )
    assert [plan.unit.code for plan in made].count("21439-xdd") == 1
    assert len(made) == 5
    tasks = {plan.unit.code: sorted(plan.tasks.values_list("title", flat=True)) for plan in made}
    assert sum("Chợ cũ" in titles for titles in tasks.values()) == 1
    assert all("Cả thị xã" in titles for titles in tasks.values())
    assert set(town_plan.tasks.values_list("state", flat=True)) == {"carried"}
    assert MatterLink.objects.filter(role="carries_on").count() == 6
    assert Duty.objects.filter(rule="coord.task.keep", state="open").count() == 6
    assert not Duty.objects.filter(
        rule="coord.task.keep", path__startswith="vn.51.534.", state="open"
    ).exists()


def test_a_review_that_the_town_did_not_sign_is_signed_by_its_heirs(
    people: Any, town: Any, town_plan: Any, take: Any
) -> None:
    record = "1677/NQ-UBTVQH15"
    with clock.at(clock.noon(dt.date(2025, 7, 1))):
        plan_hand_over(acting=people.head, plan=town_plan, document=record, reason="Hết cấp huyện.")
        with pytest.raises(NotAllowed):  # nobody yet: both sides have ended
            review_adopt(people, take, town_plan, "final")
        for acting, old, new in (
            (people.dvan_head, "534-bdv", PARTNER), (people.head, "534-ubnd", "21439-ubnd"),
        ):  # fmt: skip
            went = matters_hand_over(
                acting=acting, predecessor=unit_of(old), successor=unit_of(new), document=record,
                on=clock.today(), codes=[town_plan.code],
            )  # fmt: skip
            assert went
    with clock.at(clock.noon(dt.date(2025, 7, 9))):
        review = review_adopt(people, take, town_plan, "final")
    assert (review.figures["tasks"]["carried"], review.until) == (2, dt.date(2025, 6, 30))
    town_plan.refresh_from_db()
    assert town_plan.state == "closed"
    assert town_plan.duties.get(rule="coord.review.final").state == "fulfilled"


@pytest.mark.parametrize(("day", "state"), [(30, "transferred"), (31, "late")])
def test_what_the_town_missed_stays_missed(town_plan: Any, day: int, state: str) -> None:
    """Due on 30 June: handed over in time it goes on; the day after, the town has missed it."""
    when = dt.date(2025, 6, 1) + dt.timedelta(days=day - 1)
    with clock.at(clock.noon(when)):
        plan_hand_over(acting=SYSTEM, plan=town_plan, document="1677/NQ", reason="Hết cấp huyện.")
    old = Duty.objects.filter(rule="coord.task.keep", matter__parent=town_plan)
    assert set(old.values_list("state", flat=True)) == {state}


def test_others_do_not_hand_a_plan_over(people: Any, town_plan: Any) -> None:
    for name in ("handler", "front_head", "inspector"):
        with pytest.raises(NotAllowed):
            plan_hand_over(acting=people.actors[name], plan=town_plan, document="1", reason="Thử.")


def test_many_years_are_assembled_each_with_its_source(people: Any, plan_in: Any) -> None:
    plan_in("closed")
    paper_year_add(
        acting=people.dvan, unit=unit_of(PARTNER), year=2019, source="Báo cáo 12-BC/BDV",
        tasks=20, done=18,
    )  # fmt: skip
    found = years_of(unit_of(PARTNER), since=2018, until=2026)
    assert [(row.year, row.tasks, row.done, row.on_paper) for row in found.rows] == [
        (2019, 20, 18, True), (2026, 1, 0, False)
    ]  # fmt: skip
    assert (found.tasks, found.done) == (21, 18)
    assert 2018 in found.missing and 2019 not in found.missing
    with pytest.raises(MatterError):
        paper_year_add(acting=people.dvan, unit=unit_of(PARTNER), year=2026, source="Báo cáo")


def test_the_upper_plan_shows_who_below_has_signed(people: Any, plan_in: Any) -> None:
    upper = plan_in("in_force")
    upper.unit, upper.path = unit_of("51-tgdv"), unit_of("51-tgdv").path
    below = {one.unit.code: one.plan for one in below_of(upper)}
    assert set(below) >= {"21439-xdd", "21478-xdd"}
    assert below["21439-xdd"] is not None
    assert below["21478-xdd"] is None
