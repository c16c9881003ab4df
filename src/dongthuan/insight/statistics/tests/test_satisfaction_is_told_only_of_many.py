"""Ratings and reopenings of a unit: sums with denominators, small numbers hidden."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from dongthuan.core import clock
from dongthuan.core.matters.services import matter_act
from dongthuan.core.units.models import Unit
from dongthuan.insight.statistics.satisfaction import Satisfaction, satisfaction
from dongthuan.work.petitions.rating import rating_give, reopen_ask
from dongthuan.work.petitions.tests.paths import matter_in


def told(code: str = "21439") -> Satisfaction:
    today = clock.today()
    unit = Unit.objects.get(code=code)
    return satisfaction(unit=unit, since=today - dt.timedelta(days=30), until=today)


@pytest.fixture
def rated(people: Any, submit: Any) -> Any:
    def rated(scores: list[int]) -> list[Any]:
        matters = []
        for score in scores:
            matter = matter_in(people, submit, "feedback", "closed")
            sender = matter.submissions.get()
            rating_give(submission=sender, acting=people.citizen, score=score, solved=score > 2)
            matters.append(matter)
        return matters

    return rated


def test_two_ratings_are_not_told(rated: Any) -> None:
    rated([5, 1])
    found = told()
    assert (found.ratings, found.mean, found.solved) == (None, None, None)
    assert found.closed is None


def test_three_are_told_with_their_denominator(rated: Any) -> None:
    rated([5, 4, 3])
    found = told()
    assert (found.ratings, found.mean, found.solved) == (3, 4.0, 3)
    assert found.solved_rate == 1.0
    assert (found.closed, found.reopened, found.reopen_rate) == (3, 0, 0.0)


def test_one_who_was_not_satisfied_is_not_singled_out(rated: Any) -> None:
    rated([5, 4, 3, 1])
    found = told()
    assert found.ratings == 4
    assert found.solved is None


def test_what_was_reopened_counts_once_in_what_was_closed(people: Any, rated: Any) -> None:
    for matter in rated([1, 1, 1, 1]):
        reopen_ask(
            submission=matter.submissions.get(), acting=people.citizen, reason="Chưa xong việc."
        )
        matter_act(
            acting=people.head, matter_id=matter.pk, step_name="reopen", data={"reason": "Đúng."}
        )
    found = told()
    assert (found.closed, found.asked, found.reopened) == (4, 4, 4)


def test_another_unit_has_nothing_of_it(rated: Any) -> None:
    rated([5, 4, 3])
    assert told("21478").ratings is None


def test_it_costs_two_queries(rated: Any) -> None:
    rated([5])
    unit = Unit.objects.get(code="51")
    with CaptureQueriesContext(connection) as captured:
        satisfaction(unit=unit, since=clock.today(), until=clock.today())
    assert len(captured) == 2
