from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest

from dongthuan.core.units.errors import UnitError
from dongthuan.core.units.importer import catalogue_read, former_name, resolution_in, units_import
from dongthuan.core.units.models import Evidence, Kind, UnitName
from dongthuan.core.units.selectors import names_on, unit_get, unit_name_on
from dongthuan.core.units.services import unit_rename


def test_a_unit_is_called_what_it_was_called_that_day(viet_nam: None) -> None:
    for code, day, name, kind in [
        ("25270", dt.date(2025, 7, 1), "Xã Lộc Ninh", Kind.COMMUNE),
        ("25270", dt.date(2026, 4, 29), "Xã Lộc Ninh", Kind.COMMUNE),
        ("25270", dt.date(2026, 4, 30), "Phường Lộc Ninh", Kind.WARD),
        ("26248", dt.date(2026, 4, 29), "Xã Trảng Bom", Kind.COMMUNE),
        ("07294", dt.date(2026, 9, 19), "Xã Bố Hạ", Kind.COMMUNE),
        ("07294", dt.date(2026, 9, 20), "Phường Bố Hạ", Kind.WARD),
        ("75", dt.date(2026, 4, 29), "Tỉnh Đồng Nai", Kind.PROVINCE),
        ("75", dt.date(2026, 4, 30), "Thành phố Đồng Nai", Kind.CITY),
        ("22", dt.date(2026, 8, 31), "Tỉnh Quảng Ninh", Kind.PROVINCE),
        ("22", dt.date(2026, 9, 1), "Thành phố Quảng Ninh", Kind.CITY),
        ("24", dt.date(2026, 9, 19), "Tỉnh Bắc Ninh", Kind.PROVINCE),
        ("24", dt.date(2026, 9, 20), "Thành phố Bắc Ninh", Kind.CITY),
        ("51", dt.date(2026, 9, 20), "Tỉnh Quảng Ngãi", Kind.PROVINCE),
    ]:
        then = unit_name_on(unit_get(code=code), day)
        assert (then.name, then.kind) == (name, kind)


def test_25_units_changed_in_2026_and_each_name_has_its_document(viet_nam: None) -> None:
    assert UnitName.objects.values("unit").distinct().count() == 25
    assert not UnitName.objects.filter(document="").exists()
    before, since = UnitName.objects.filter(unit__code="07294")
    assert before.document == "Nghị quyết 1658/NQ-UBTVQH15 ngày 16/06/2025"
    assert since.document == "Nghị quyết 388/NQ-UBTVQH16 ngày 04/08/2026"
    assert since.evidence == Evidence.REPORTED


def test_every_commune_changed_in_2026_was_a_commune_of_the_same_name() -> None:
    changed = [row for row in catalogue_read() if "UBTVQH16" in row.note]
    assert len(changed) == 22
    for row in changed:
        name, kind = former_name(row)
        assert kind == Kind.COMMUNE
        assert name.removeprefix("Xã ") == row.name.removeprefix("Phường ")


def test_a_resolution_whose_first_day_is_unknown_is_marked_so() -> None:
    found = resolution_in("Thành lập phường A từ xã A. Số: 999/NQ-UBTVQH16; Ngày: 05/11/2026")
    assert found is not None
    assert found.operates_from == dt.date(2026, 11, 5)
    assert found.evidence == Evidence.UNVERIFIED
    assert resolution_in("Giữ nguyên.") is None


def test_a_later_catalogue_closes_the_name_before(db: None, tmp_path: Path) -> None:
    path = tmp_path / "units.csv"
    line = "code,kind,name,parent,note\n75,city,Thành phố Đồng Nai,vn,30/2026/QH16 - 24/04/2026\n"
    first = "26248,commune,Xã Trảng Bom,75,Số: 1662/NQ-UBTVQH15; Ngày: 16/06/2025\n"
    path.write_text(line + first)
    units_import(path=path)
    second = (
        "26248,ward,Phường Trảng Bom,75,"
        "Thành lập phường Trảng Bom từ xã Trảng Bom. Số: 237/NQ-UBTVQH16; Ngày: 14/04/2026\n"
    )
    path.write_text(line + second)
    units_import(path=path)
    third = (
        "26248,ward,Phường Trảng Bom Mới,75,"
        "Đổi tên từ phường Trảng Bom. Số: 500/NQ-UBTVQH16; Ngày: 01/12/2026\n"
    )
    path.write_text(line + third)
    units_import(path=path)
    assert list(
        UnitName.objects.filter(unit__code="26248").values_list("name", "valid_from", "valid_to")
    ) == [
        ("Xã Trảng Bom", dt.date(2025, 7, 1), dt.date(2026, 4, 29)),
        ("Phường Trảng Bom", dt.date(2026, 4, 30), dt.date(2026, 11, 30)),
        ("Phường Trảng Bom Mới", dt.date(2026, 12, 1), None),
    ]


def test_names_of_many_units_take_one_query(quang_ngai: None, django_assert_num_queries) -> None:  # type: ignore[no-untyped-def]
    units = [unit_get(code="24"), unit_get(code="51"), unit_get(code="75")]
    with django_assert_num_queries(1):
        then = names_on(units, dt.date(2026, 5, 1))
    assert [then[unit.pk].name for unit in units] == [
        "Tỉnh Bắc Ninh",
        "Tỉnh Quảng Ngãi",
        "Thành phố Đồng Nai",
    ]


def test_a_commune_becomes_a_ward_and_an_older_catalogue_does_not_undo_it(
    quang_ngai: None,
) -> None:
    unit_rename(
        unit=unit_get(code="21472"),
        name="Phường Khánh Cường",
        short_name="Khánh Cường",
        kind=Kind.WARD,
        on=dt.date(2026, 11, 1),
        document="Nghị quyết 600/NQ-UBTVQH16",
    )
    report = units_import(province="51")
    unit = unit_get(code="21472")
    assert (unit.name, unit.kind, unit.folded) == (
        "Phường Khánh Cường",
        Kind.WARD,
        "khanh cuong",
    )
    assert unit_name_on(unit, dt.date(2026, 10, 31)).name == "Xã Khánh Cường"
    assert unit_name_on(unit, dt.date(2026, 11, 1)).name == "Phường Khánh Cường"
    assert not report.changed
    assert report.kept == {"21472"}


@pytest.mark.parametrize(
    ("name", "kind", "day"),
    [
        ("Phường Khánh Cường", "ward", dt.date(2025, 7, 1)),  # no day left for the old name
        ("Phường Khánh Cường", "ward", dt.date(2019, 1, 1)),
        ("Tỉnh Khánh Cường", "province", dt.date(2026, 11, 1)),
        ("Phường Khánh Cường", "hamlet", dt.date(2026, 11, 1)),
        ("   ", "ward", dt.date(2026, 11, 1)),
        ("Phường " + "x" * 200, "ward", dt.date(2026, 11, 1)),
    ],
)
def test_a_bad_renaming_is_refused(quang_ngai: None, name: str, kind: str, day: dt.date) -> None:
    with pytest.raises(UnitError):
        unit_rename(unit=unit_get(code="21472"), name=name, kind=kind, on=day)
    assert unit_get(code="21472").name == "Xã Khánh Cường"
    assert not UnitName.objects.filter(unit__code="21472").exists()
