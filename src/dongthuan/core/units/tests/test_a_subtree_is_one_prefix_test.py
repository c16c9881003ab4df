from __future__ import annotations

import datetime as dt

from django.db import connection

from dongthuan.core.units.models import Unit
from dongthuan.core.units.selectors import communes_of, unit_get


def test_a_province_is_read_with_one_query(viet_nam: None, django_assert_num_queries) -> None:  # type: ignore[no-untyped-def]
    province = unit_get(code="51")
    with django_assert_num_queries(1):
        assert len(province.subtree) == 113  # itself, 96 communes, the former town and its 15


def test_the_prefix_is_a_condition_on_the_index(viet_nam: None) -> None:
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE units_unit")
    plan = unit_get(code="51").subtree.explain()
    assert "Index Cond" in plan
    assert "vn.51." in plan.split("Index Cond")[1].split("\n")[0]
    assert "unit_path_once" in plan


def test_a_code_that_begins_alike_is_outside(quang_ngai: None) -> None:
    ngai = unit_get(code="51")
    gia_lai = Unit.objects.create(
        code="510", kind="province", tier="province", name="Tỉnh Thử", short_name="Thử",
        sort_key="", folded="tinh thu", path="vn.510.", valid_from=dt.date(2025, 7, 1),
    )  # fmt: skip
    assert not ngai.contains(gia_lai)
    assert gia_lai not in ngai.subtree


def test_a_unit_contains_itself_and_what_is_below(quang_ngai: None) -> None:
    nation, province, ward = (unit_get(code=code) for code in ("vn", "51", "21439"))
    assert nation.contains(province) and province.contains(ward) and ward.contains(ward)
    assert not ward.contains(province)


def test_the_communes_of_any_scope(viet_nam: None) -> None:
    day = dt.date(2026, 11, 23)
    assert communes_of("vn", day).count() == 3321
    assert communes_of("51", day).count() == 96
    assert [unit.code for unit in communes_of("21439", day)] == ["21439"]
