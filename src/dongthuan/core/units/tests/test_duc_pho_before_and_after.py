from __future__ import annotations

import datetime as dt

import pytest

from dongthuan.core.units.errors import UnitError
from dongthuan.core.units.models import Kind, Succession, Tier
from dongthuan.core.units.selectors import (
    communes_of,
    unit_children,
    unit_get,
    unit_successors,
    units_search,
)

LAST_DAY = dt.date(2025, 6, 30)
FIRST_DAY = dt.date(2025, 7, 1)


def codes(units) -> list[str]:  # type: ignore[no-untyped-def]
    return sorted(unit.code for unit in units)


def test_the_town_had_eight_wards_and_seven_communes(quang_ngai: None) -> None:
    below = unit_children(unit_get(code="534", on=LAST_DAY), LAST_DAY)
    kinds = sorted(unit.kind for unit in below)
    assert kinds == [Kind.COMMUNE] * 7 + [Kind.WARD] * 8
    assert communes_of("534", LAST_DAY).count() == 15


def test_the_town_ended_with_june_2025(quang_ngai: None) -> None:
    assert unit_get(code="534", on=LAST_DAY).tier == Tier.DISTRICT
    with pytest.raises(UnitError, match=r"534.*01/07/2025"):
        unit_get(code="534", on=FIRST_DAY)
    with pytest.raises(UnitError, match=r"21439.*30/06/2025"):
        unit_get(code="21439", on=LAST_DAY)
    assert not communes_of("534", FIRST_DAY).exists()


def test_five_units_stand_in_the_towns_place(quang_ngai: None) -> None:
    town = unit_get(code="534")
    assert unit_successors(town, LAST_DAY) == [town]
    assert [unit.name for unit in unit_successors(town, FIRST_DAY)] == [
        "Phường Đức Phổ",
        "Xã Khánh Cường",
        "Xã Nguyễn Nghiêm",
        "Phường Sa Huỳnh",
        "Phường Trà Câu",
    ]


def test_each_old_commune_went_whole_into_one(quang_ngai: None) -> None:
    for successor, whole in {
        "Phường Đức Phổ": ["21439", "21460", "21463", "21466", "21469"],
        "Phường Trà Câu": ["21442", "21448", "21451", "21454"],
        "Phường Sa Huỳnh": ["21478", "21481"],
        "Xã Nguyễn Nghiêm": ["21445", "21457"],
        "Xã Khánh Cường": ["21472", "21475"],
    }.items():
        for code in whole:
            old = unit_get(code=f"534-{code}")
            assert [unit.name for unit in unit_successors(old, FIRST_DAY)] == [successor]
            assert Succession.objects.get(predecessor=old).share == 1


def test_the_share_of_each_successor_in_the_town_is_not_made_up(quang_ngai: None) -> None:
    shares = Succession.objects.filter(predecessor__code="534").values_list("share", flat=True)
    assert list(shares) == [None] * 5


def test_the_old_ward_and_the_new_commune_of_one_name_are_two_units(quang_ngai: None) -> None:
    old, new = unit_get(code="534-21439"), unit_get(code="21457")
    assert (old.name, new.name) == ("Phường Nguyễn Nghiêm", "Xã Nguyễn Nghiêm")
    assert codes(units_search("nguyễn nghiêm", on=FIRST_DAY)) == ["21457"]
    assert codes(units_search("nguyễn nghiêm", former=True)) == ["21457", "534-21439"]
    assert codes(unit_successors(old, FIRST_DAY)) == ["21439"]


def test_one_official_code_was_used_for_two_units(quang_ngai: None) -> None:
    old, new = unit_get(code="534-21439"), unit_get(code="21439")
    assert old.official_code == new.official_code == "21439"
    assert old.pk != new.pk


def test_the_province_goes_on(quang_ngai: None) -> None:
    before = unit_get(code="51", on=LAST_DAY)
    assert before == unit_get(code="51", on=FIRST_DAY)
    assert before.contains(unit_get(code="534-21481"))
    assert before.contains(unit_get(code="21478"))


def test_organs_are_followed_too(duc_pho: None) -> None:
    former = unit_get(code="534-bdv", on=LAST_DAY)
    assert former.name == "Ban Dân vận Thị ủy Đức Phổ"
    assert codes(unit_successors(former, FIRST_DAY)) == [
        "21439-xdd",
        "21451-xdd",
        "21457-xdd",
        "21472-xdd",
        "21478-xdd",
    ]
    assert codes(unit_successors(unit_get(code="534-21481-ubnd"), FIRST_DAY)) == ["21478-ubnd"]
