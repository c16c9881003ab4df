from __future__ import annotations

import datetime as dt

from dongthuan.core.units.models import Kind, Tier
from dongthuan.core.units.selectors import unit_get, units_in_force, villages_of
from dongthuan.core.units.services import village_add

DAY = dt.date(2026, 11, 23)


def test_provinces_stand_in_dictionary_order(viet_nam: None) -> None:
    names = [unit.short_name for unit in units_in_force(DAY, tier=Tier.PROVINCE)]
    assert names[:4] == ["An Giang", "Bắc Ninh", "Cà Mau", "Cao Bằng"]
    assert names.index("Lạng Sơn") < names.index("Lào Cai") < names.index("Lâm Đồng")
    assert names.index("Điện Biên") > names.index("Đắk Lắk") > names.index("Cần Thơ")


def test_group_2_stands_before_group_10(quang_ngai: None) -> None:
    ward = unit_get(code="21439")
    for number in (10, 2, 1):
        village_add(
            commune=ward, code=f"21439-t{number:02d}", kind=Kind.GROUP,
            name=f"Tổ dân phố {number}", valid_from=dt.date(2025, 7, 1),
        )  # fmt: skip
    assert [unit.name for unit in villages_of(ward, DAY)] == [
        "Tổ dân phố 1",
        "Tổ dân phố 2",
        "Tổ dân phố 10",
    ]
