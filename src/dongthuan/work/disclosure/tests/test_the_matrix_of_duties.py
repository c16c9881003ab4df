"""Which item is owed where, and by when: Điều 11 to 13, item by item."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Any

import pytest

from dongthuan.core import clock
from dongthuan.core.matters.meeting import disclosure_owe
from dongthuan.core.matters.models import Duty
from dongthuan.core.units.models import Unit
from dongthuan.work.disclosure import rules
from dongthuan.work.disclosure.contents import types_for
from dongthuan.work.disclosure.models import Disclosure, Place
from dongthuan.work.disclosure.selectors import matrix
from dongthuan.work.disclosure.tests.conftest import at

LAW_DAY = dt.date(2026, 11, 2)
POSTED = {"1", "2", "3", "5", "6", "7", "8", "9", "10", "11", "12"}
LOUD = {"7", "8", "9", "10", "11", "12"}


@pytest.mark.parametrize("item", [str(n) for n in range(1, 15)])
def test_an_item_is_owed_at_the_places_of_the_law(
    people: Any, disclose: Callable[..., Disclosure], places: dict[str, Place], item: str
) -> None:
    found = disclose(item=item)
    duties = Duty.objects.filter(matter=found)
    villages = {place.name for place in places.values() if place.sort == "village"}
    expected = {places["portal"].name}
    if item in POSTED:
        expected |= {places["hq"].name, *villages}
    if item in {"4", "13"}:
        expected |= {places["hq"].name}
    if item in LOUD:
        expected |= {places["loudspeaker"].name}
    assert {duty.subject for duty in duties} == expected
    assert {duty.rule for duty in duties} == {"dc.publish_default"}
    assert {duty.due_on for duty in duties} == {dt.date(2026, 11, 9)}  # five working days
    assert found.permanent == (item in {"4", "13"})


def test_the_channels_are_ten_and_the_items_fourteen() -> None:
    assert [row.code for row in rules.channels(LAW_DAY)] == list("abcdđeghik")
    assert len(rules.items(LAW_DAY)) == 14
    assert rules.owed("7", LAW_DAY).channels == ("a", "b", "c", "d")
    assert rules.owed("14", LAW_DAY).channels == ("b",)
    assert rules.owed("1", dt.date(2023, 6, 30)).channels == ("b",)  # the Law is not in force yet


@pytest.mark.parametrize(
    ("decided", "due"),
    [
        (dt.date(2026, 2, 12), dt.date(2026, 2, 26)),  # Tết Bính Ngọ: 14 to 22 February off
        (dt.date(2026, 2, 23), dt.date(2026, 3, 2)),
        (dt.date(2026, 4, 27), dt.date(2026, 5, 6)),  # 30 April and 1 May
    ],
)
def test_five_working_days_run_through_the_holidays(
    people: Any, disclose: Callable[..., Disclosure], decided: dt.date, due: dt.date
) -> None:
    with at(decided):
        found = disclose(decided_on=decided)
    assert found.next_due_on == due


def test_a_sector_law_goes_before_the_five_days(
    people: Any, disclose: Callable[..., Disclosure]
) -> None:
    quarter = disclose(item="2", rule="ns.publish_quarter", decided_on=dt.date(2026, 9, 30))
    assert quarter.next_due_on == dt.date(2026, 10, 15)
    estimate = disclose(item="2", rule="ns.publish_estimate")
    assert estimate.next_due_on == dt.date(2026, 12, 2)


def test_another_room_hands_over_what_must_be_public(
    people: Any, disclose: Callable[..., Disclosure]
) -> None:
    origin = disclose(item="14")
    made = disclosure_owe(
        acting=people.front, origin=origin, item="11", title="Kết quả lấy ý kiến",
        body="Tổng hợp ý kiến của Nhân dân.", decided_at=clock.now(),
    )  # fmt: skip
    assert (made.parent_id, made.unit, made.state) == (origin.pk, origin.unit, "due")
    assert isinstance(made, Disclosure) and made.item == "11"


def test_the_matrix_counts_by_item_and_place(
    people: Any, disclose: Callable[..., Disclosure], office: Unit,
    django_assert_num_queries: Any,
) -> None:  # fmt: skip
    disclose(item="7")
    with at(dt.date(2026, 11, 20)), django_assert_num_queries(2):
        table = {item.code: cells for item, cells in matrix(unit=office, year=2026)}
    assert table["7"]["loudspeaker"].overdue == 1
    assert table["7"]["village"].overdue == Place.objects.filter(sort="village").count()
    assert not table["4"]["village"].owed and table["4"]["hq"].owed


def test_many_villages_cost_no_more_queries(
    people: Any, disclose: Callable[..., Disclosure], django_assert_max_num_queries: Any
) -> None:
    disclose()
    with django_assert_max_num_queries(26):
        disclose(item="7")


def test_contributions_of_the_people_belong_to_item_five_alone() -> None:
    """Khoản 12 Điều 11 is of fees and duties that the commune collects by law, not of these."""
    with_them = [
        str(n) for n in range(1, 15) if "contribution" in {k.code for k in types_for(str(n))}
    ]
    assert with_them == ["5"]
