from __future__ import annotations

from django.db import connection

from dongthuan.core.units.models import Position
from dongthuan.core.units.selectors import unit_get


def test_even_a_change_in_plain_sql_leaves_a_trace(duc_pho: None) -> None:
    unit = unit_get(code="21439-ubnd")
    with connection.cursor() as cursor:
        cursor.execute("UPDATE units_unit SET phone = '02553000000' WHERE id = %s", [unit.pk])
    assert list(unit.events.order_by("pgh_id").values_list("pgh_label", "phone")) == [
        ("insert", ""),
        ("update", "02553000000"),
    ]


def test_a_change_of_a_position_leaves_a_trace(duc_pho: None) -> None:
    Position.objects.filter(code="21439-head").update(title="Quyền Chủ tịch")
    assert Position.objects.get(code="21439-head").events.count() == 2
