"""The table of topics by places and the bars of a signal count only what their reader may open."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from dongthuan.core.matters.models import Level, Matter
from dongthuan.core.units.models import Unit
from dongthuan.insight.radar.picture import picture
from dongthuan.insight.radar.selectors import reading


@pytest.fixture
def ward(people: Any) -> Unit:
    return Unit.objects.get(code="21439")


def test_the_table_adds_up(people: Any, ward: Unit, year: None, letters: Any) -> None:
    letters(0, 1, 2, topic="")
    shown = picture(actor=people.head, read=reading(area=ward))
    *places, whole = shown.rows
    assert whole.label == ward.label
    assert whole.total == sum(row.total for row in places)
    for at in range(len(shown.topics)):
        assert whole.cells[at][0] == sum(row.cells[at][0] for row in places)


def test_of_a_province_it_shows_the_communes(
    people: Any, ward: Unit, year: None, letters: Any
) -> None:
    letters(0, 1, 1, 2, 3, 4)
    province = Unit.objects.get(code="51")
    shown = picture(actor=people.inspector, read=reading(area=province))
    assert [row.label for row in shown.rows] == [ward.label, province.label]


def test_the_last_bar_is_the_signal_for_whoever_sees_all_of_it(
    people: Any, ward: Unit, year: None, letters: Any
) -> None:
    made = letters(0, 1, 1, 3, 4, 6)
    Matter.objects.filter(pk__in=[made[0].pk, made[1].pk]).update(level=Level.UNIT)
    read = reading(area=ward)
    (signal,) = read.signals
    (of_head,), (of_front,) = (
        picture(actor=actor, read=read).bars for actor in (people.head, people.front)
    )
    assert of_head[-1] == (signal.since, signal.until, signal.rise.now)
    assert of_front[-1][2] == signal.rise.now - 2
    assert sum(n for _first, _last, n in of_head[:-1]) <= signal.rise.before


def test_a_letter_that_is_closed_to_a_reader_moves_none_of_their_numbers(
    people: Any, ward: Unit, year: None, letters: Any
) -> None:
    """Read again the next day, a one that is gone would tell of a letter that was sealed."""
    before = picture(actor=people.front, read=reading(area=ward))
    (hidden,) = letters(1, topic="welfare", level=Level.UNIT)
    assert picture(actor=people.front, read=reading(area=ward)) == before
    assert picture(actor=people.head, read=reading(area=ward)) != before
    Matter.objects.filter(pk=hidden.pk).update(level=Level.SEALED)
    assert picture(actor=people.front, read=reading(area=ward)) == before


def test_it_costs_the_same_at_ten_and_at_a_hundred(
    people: Any, ward: Unit, year: None, letters: Any
) -> None:
    def cost() -> int:
        read = reading(area=ward)
        with CaptureQueriesContext(connection) as captured:
            assert picture(actor=people.head, read=read).bars
        return len(captured)

    letters(*range(5), *range(5))
    few = cost()
    letters(*(days % 7 for days in range(90)), topic="order", place="21439-t01")
    assert cost() == few == 3
