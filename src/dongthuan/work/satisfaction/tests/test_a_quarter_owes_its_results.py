"""A quarter that has ended opens a promise; publishing keeps it, once, with the figures frozen."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from django.db import DatabaseError, connection, transaction

from dongthuan.core import clock
from dongthuan.core.matters.errors import MatterError, NotAllowed
from dongthuan.core.matters.models import Duty, Entry, Matter, Projection
from dongthuan.core.matters.services import matter_act
from dongthuan.core.units.models import Unit
from dongthuan.work.satisfaction.kinds import ROUND
from dongthuan.work.satisfaction.models import Answer, Round
from dongthuan.work.satisfaction.services import answer_give, desk_add, rounds_open

AUGUST = dt.datetime(2026, 8, 12, 3, tzinfo=dt.UTC)
OCTOBER = dt.datetime(2026, 10, 1, 1, tzinfo=dt.UTC)


@pytest.fixture
def owed(people: Any) -> Round:
    """Six answers in the third quarter of 2026; it has just ended."""
    unit = Unit.objects.get(code="21439-ubnd")
    with clock.at(AUGUST):
        desk = desk_add(acting=people.intake, unit=unit, name="Quầy 1")
        for points in (2, 2, 1, 1, 0, 2):
            answer_give(acting=people.citizen, subject="desk", unit=unit, desk=desk,
                        points={"time": points, "attitude": 0})  # fmt: skip
    with clock.at(OCTOBER):
        rounds_open(now=clock.now())
    return Round.objects.get()


def publish(actor: Any, matter: Matter, **data: Any) -> Matter:
    with clock.at(OCTOBER + dt.timedelta(days=3)):
        return matter_act(acting=actor, matter_id=matter.pk, step_name="publish", data=data)


ANSWER = {"response": "Tập huấn lại cách tiếp dân, treo bảng hướng dẫn tại quầy."}


def test_the_results_fall_due_fifteen_days_after_the_quarter(owed: Round) -> None:
    duty = Duty.objects.get(matter=owed)
    assert (duty.rule, duty.due_on) == ("mc.rating_publish", dt.date(2026, 10, 15))


def test_opening_twice_opens_once(owed: Round) -> None:
    with clock.at(OCTOBER):
        assert rounds_open(now=clock.now()) == 0
    assert Round.objects.count() == 1


def test_publishing_keeps_the_promise_and_freezes_the_figures(people: Any, owed: Round) -> None:
    publish(people.handler, owed, **ANSWER)
    owed.refresh_from_db()
    assert owed.state == "published"
    assert owed.figures is not None
    assert owed.figures["desk"]["criteria"]["time"] == {"n": 6, "mean": 1.33, "by": [3, 2, 1]}
    assert Duty.objects.get(matter=owed).state == "fulfilled"
    assert Entry.objects.filter(matter=owed).latest("id").facts["digest"]
    assert Projection.objects.get(pk=owed.pk).answer == ANSWER["response"]
    with pytest.raises(MatterError):
        publish(people.handler, owed, **ANSWER)


def test_a_weak_criterion_asks_for_an_answer(people: Any, owed: Round) -> None:
    with pytest.raises(MatterError, match="1 điểm"):
        publish(people.handler, owed)
    assert Round.objects.get().figures is None


def test_what_the_office_will_do_becomes_a_promise(people: Any, owed: Round) -> None:
    publish(people.head, owed, **ANSWER, until=dt.date(2026, 12, 1), document="05/TB-UBND")
    promise = Matter.objects.get(kind="promise")
    assert promise.parent_id == owed.pk
    assert Duty.objects.get(matter=promise).due_on == dt.date(2026, 12, 1)


def test_personal_data_in_the_response_is_refused(people: Any, owed: Round) -> None:
    with pytest.raises(MatterError):
        publish(people.head, owed, response="Gọi chị Lan số 0905123456 để biết.")


@pytest.mark.parametrize(
    "name", ["intake", "front", "dvan", "board", "village_head", "inspector", "other_head"]
)
def test_only_the_declared_roles_publish(people: Any, owed: Round, name: str) -> None:
    with pytest.raises(NotAllowed):
        publish(people.actors[name], owed, **ANSWER)


def test_every_state_and_step_is_walked() -> None:
    assert [state.name for state in ROUND.states] == ["open", "published"]
    assert [step.name for step in ROUND.steps] == ["publish"]


@pytest.mark.parametrize("sql", ["UPDATE {} SET remark = 'x'", "DELETE FROM {}"])
def test_an_answer_can_be_neither_changed_nor_taken_away(owed: Round, sql: str) -> None:
    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(sql.format("satisfaction_answer"))
    assert Answer.objects.count() == 6
