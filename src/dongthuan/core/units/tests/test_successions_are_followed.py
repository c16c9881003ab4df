from __future__ import annotations

import datetime as dt

import pytest

from dongthuan.core.units.errors import UnitError
from dongthuan.core.units.models import Kind, Position, Succession
from dongthuan.core.units.selectors import unit_get, unit_successors
from dongthuan.core.units.services import organ_add, position_add, unit_end, village_add

DAY = dt.date(2026, 3, 31)
MORROW = dt.date(2026, 4, 1)


def village(number: int, start: dt.date):  # type: ignore[no-untyped-def]
    return village_add(
        commune=unit_get(code="21472"),
        code=f"21472-t{number:02d}",
        kind=Kind.VILLAGE,
        name=f"Thôn {number} (minh họa)",
        valid_from=start,
    )


def test_a_chain_is_followed_to_who_is_in_force_that_day(quang_ngai: None) -> None:
    one, two = village(1, dt.date(2025, 7, 1)), village(2, dt.date(2025, 7, 1))
    three, four = village(3, MORROW), village(4, MORROW)
    unit_end(unit=one, last_day=DAY, successors=[three, four])
    unit_end(unit=two, last_day=DAY, successors=[four])
    five = village(5, dt.date(2026, 10, 1))
    for ended in (three, four):
        unit_end(unit=ended, last_day=dt.date(2026, 9, 30), successors=[five])
    one.refresh_from_db()
    assert unit_successors(one, DAY) == [one]
    assert unit_successors(one, MORROW) == [three, four]
    assert unit_successors(one, dt.date(2026, 10, 1)) == [five]
    assert Succession.objects.get(predecessor=two).share == 1
    assert Succession.objects.filter(predecessor=one).first().share is None  # type: ignore[union-attr]


def test_what_ended_without_successor_has_none(quang_ngai: None) -> None:
    ended = unit_end(unit=village(1, dt.date(2025, 7, 1)), last_day=DAY)
    assert unit_successors(ended, MORROW) == []


def test_a_ring_of_successions_does_not_hang(quang_ngai: None) -> None:
    one, two = village(1, dt.date(2025, 7, 1)), village(2, dt.date(2025, 7, 1))
    ended = unit_end(unit=one, last_day=DAY, successors=[two])
    unit_end(unit=two, last_day=dt.date(2026, 5, 1))
    Succession.objects.create(predecessor=two, successor=one, on=dt.date(2026, 5, 2))
    assert unit_successors(ended, dt.date(2026, 6, 1)) == []


def test_the_positions_end_with_their_organ(quang_ngai: None) -> None:
    organ = organ_add(
        parent=unit_get(code="21472"), code="21472-vp", kind=Kind.DEPARTMENT,
        name="Văn phòng", valid_from=dt.date(2025, 7, 1),
    )  # fmt: skip
    position_add(
        unit=organ, code="21472-clerk", role="intake", title="Công chức",
        valid_from=dt.date(2025, 7, 1),
    )  # fmt: skip
    unit_end(unit=organ, last_day=DAY)
    assert Position.objects.get(code="21472-clerk").valid_to == DAY


def test_a_bad_end_is_refused_and_changes_nothing(quang_ngai: None) -> None:
    one = village(1, dt.date(2025, 7, 1))
    later = village(2, dt.date(2026, 10, 1))
    commune, town = unit_get(code="21472"), unit_get(code="534")
    for unit, last_day, heirs in [
        (one, dt.date(2025, 6, 30), []),  # before its first day
        (one, DAY, [one]),  # itself
        (one, DAY, [later]),  # not in force on the day after
        (commune, DAY, []),  # villages below would hang in the air
        (town, dt.date(2025, 6, 1), []),  # ended already
    ]:
        with pytest.raises(UnitError):
            unit_end(unit=unit, last_day=last_day, successors=heirs)
    one.refresh_from_db()
    assert one.valid_to is None
    assert not Succession.objects.filter(predecessor=one).exists()
