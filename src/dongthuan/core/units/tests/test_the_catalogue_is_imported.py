from __future__ import annotations

import datetime as dt
import unicodedata
from collections import Counter

import pytest

from dongthuan.core.units.errors import UnitError
from dongthuan.core.units.importer import units_import
from dongthuan.core.units.models import Kind, Succession, Tier, Unit, UnitName
from dongthuan.core.units.selectors import communes_of, unit_get, units_in_force

TODAY = dt.date(2026, 11, 23)


def test_viet_nam_has_34_provinces_and_3321_communes(viet_nam: None) -> None:
    assert units_in_force(TODAY, tier=Tier.PROVINCE).count() == 34
    assert units_in_force(TODAY, tier=Tier.COMMUNE).count() == 3321
    assert communes_of("51", TODAY).count() == 96


def test_the_kinds_are_those_of_the_statistics_office(viet_nam: None) -> None:
    kinds = Counter(units_in_force(TODAY).values_list("kind", flat=True))
    assert kinds == {
        Kind.NATION: 1,
        Kind.PROVINCE: 25,
        Kind.CITY: 9,
        Kind.COMMUNE: 2599,
        Kind.WARD: 709,
        Kind.SPECIAL_ZONE: 13,
    }


def test_hoang_sa_and_truong_sa_are_special_zones(viet_nam: None) -> None:
    assert unit_get(code="20333", on=TODAY).name == "Đặc khu Hoàng Sa"
    assert unit_get(code="22736", on=TODAY).name == "Đặc khu Trường Sa"


def test_names_are_composed_and_paths_follow_the_parents(viet_nam: None) -> None:
    for unit in Unit.objects.exclude(parent=None).select_related("parent"):
        assert unicodedata.is_normalized("NFC", unit.name)
        assert unit.parent.contains(unit)
        assert unit.path == f"{unit.parent.path}{unit.code.rsplit('-', 1)[-1]}."


def test_a_second_import_changes_nothing(viet_nam: None) -> None:
    units = list(Unit.objects.order_by("pk").values())
    names = list(UnitName.objects.order_by("pk").values())
    links = list(Succession.objects.order_by("pk").values())
    report = units_import()
    assert not report.changed
    assert (report.unchanged, report.missing, report.kept) == (3372, [], set())
    assert units == list(Unit.objects.order_by("pk").values())
    assert names == list(UnitName.objects.order_by("pk").values())
    assert links == list(Succession.objects.order_by("pk").values())


def test_an_import_mends_names_and_leaves_contact_data_alone(quang_ngai: None) -> None:
    Unit.objects.filter(code="21439").update(name="Phường Đức Phồ", phone="02553000000")
    report = units_import(province="51")
    unit = unit_get(code="21439")
    assert (report.created, report.updated) == (0, 1)
    assert (unit.name, unit.phone) == ("Phường Đức Phổ", "02553000000")


def test_the_communes_of_one_province_can_be_imported_alone(quang_ngai: None) -> None:
    assert units_in_force(TODAY, tier=Tier.PROVINCE).count() == 34
    assert units_in_force(TODAY, tier=Tier.COMMUNE).count() == 96


def test_an_unknown_province_is_refused(db: None) -> None:
    with pytest.raises(UnitError, match="62"):
        units_import(province="62")
    assert not Unit.objects.exists()


def test_a_unit_that_left_the_catalogue_is_reported_and_kept(quang_ngai: None) -> None:
    Unit.objects.filter(code="21484").update(code="21999", path="vn.51.21999.")
    report = units_import(province="51")
    assert report.missing == ["21999"]
    assert unit_get(code="21999").valid_to is None


def test_an_import_takes_few_queries(db: None, django_assert_max_num_queries) -> None:  # type: ignore[no-untyped-def]
    with django_assert_max_num_queries(45):
        units_import()
    with django_assert_max_num_queries(20):
        units_import()
