"""Nothing under five answers is published, and nothing from which it could be computed."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dongthuan.core import clock
from dongthuan.core.units.models import Unit
from dongthuan.work.satisfaction.figures import (
    MIN,
    desks_of,
    figures_of,
    part_of,
    quarter_before,
    quarter_of,
    quarter_span,
)
from dongthuan.work.satisfaction.models import Answer, Desk
from dongthuan.work.satisfaction.services import answer_give, desk_add

AUGUST = dt.datetime(2026, 8, 12, 3, tzinfo=dt.UTC)


@pytest.fixture
def unit(people: Any) -> Unit:
    return Unit.objects.get(code="21439-ubnd")


@pytest.fixture
def say(people: Any, unit: Unit) -> Callable[..., None]:
    desks = {name: desk_add(acting=people.head, unit=unit, name=name) for name in ("A", "B", "C")}

    def say(name: str, count: int, **points: int) -> None:
        with clock.at(AUGUST):
            for _n in range(count):
                answer_give(acting=people.citizen, subject="desk", unit=unit, desk=desks[name],
                            points=points or {"time": 2})  # fmt: skip

    return say


def test_four_answers_publish_nothing(unit: Unit, say: Any) -> None:
    say("A", 4)
    assert figures_of(unit=unit, quarter="2026Q3")["desk"] == {
        "answers": None, "criteria": {}, "total": None, "most": 0,
    }  # fmt: skip


def test_five_answers_show_the_mean_of_each_criterion(unit: Unit, say: Any) -> None:
    say("A", 3, time=2, attitude=0)
    say("A", 2, time=1, attitude=1)
    part = figures_of(unit=unit, quarter="2026Q3")["desk"]
    assert part["criteria"] == {
        "time": {"n": 5, "mean": 1.6, "by": [3, 2, 0]},
        "attitude": {"n": 5, "mean": 0.4, "by": [0, 2, 3]},
    }
    assert (part["answers"], part["total"], part["most"]) == (5, 2.0, 4)


def test_a_question_that_few_left_out_is_hidden(unit: Unit, say: Any) -> None:
    say("A", 6, time=2, online=1)
    say("A", 2, time=2)
    assert set(figures_of(unit=unit, quarter="2026Q3")["desk"]["criteria"]) == {"time"}


def test_one_small_desk_hides_the_list_of_desks(unit: Unit, say: Any) -> None:
    say("A", 7)
    say("B", 3)
    assert figures_of(unit=unit, quarter="2026Q3")["desks"] == []
    say("C", 4)
    shown = figures_of(unit=unit, quarter="2026Q3")["desks"]
    assert [part["name"] for part in shown] == ["A"]


def test_other_quarters_count_for_nothing(unit: Unit, say: Any) -> None:
    say("A", 9)
    assert figures_of(unit=unit, quarter="2026Q2")["desk"]["answers"] is None


@given(st.dates(dt.date(2001, 1, 1), dt.date(2900, 1, 1)))
def test_quarters_cover_each_day_once(day: dt.date) -> None:
    first, last = quarter_span(quarter_of(day))
    assert first <= day <= last
    assert quarter_span(quarter_before(day))[1] == first - dt.timedelta(days=1)


@given(st.lists(st.tuples(st.sampled_from("ABC"), st.sampled_from([0, 1, 2])), max_size=30))
def test_no_difference_of_shown_numbers_is_small(given_points: list[tuple[str, int]]) -> None:
    """Brute force: the sum, minus any shown desks, never leaves one to four answers."""
    desks = {name: Desk(name=name) for name in "ABC"}
    rows = [Answer(desk=desks[name], points={"time": points}) for name, points in given_points]
    whole, shown = part_of(rows), desks_of(rows)
    assert all(part["answers"] >= MIN for part in shown)
    if whole["answers"] is not None and shown:
        left = whole["answers"] - sum(part["answers"] for part in shown)
        assert left == 0 or left >= MIN


def test_a_desk_does_not_show_what_a_difference_would_tell_of_another(unit: Unit, say: Any) -> None:
    say("A", 10, time=2, online=2)
    say("B", 3, time=2, online=0)
    say("B", 9, time=2)
    found = figures_of(unit=unit, quarter="2026Q3")
    assert found["desk"]["criteria"]["online"]["n"] == 13
    # 13 less the 10 of desk A would be the three of desk B.
    assert [set(part["criteria"]) for part in found["desks"]] == [{"time"}, {"time"}]
    assert [part["most"] for part in found["desks"]] == [2, 2]


def test_how_many_forms_the_office_entered_itself_is_published(
    people: Any, unit: Unit, say: Any
) -> None:
    say("A", 7)
    desk = Desk.objects.get(name="A")
    with clock.at(AUGUST):
        for _n in range(6):
            answer_give(acting=people.head, subject="desk", unit=unit, desk=desk,
                        points={"time": 2}, paper=True)  # fmt: skip
    part = figures_of(unit=unit, quarter="2026Q3")["desk"]
    assert (part["answers"], part["paper"]) == (13, 6)
