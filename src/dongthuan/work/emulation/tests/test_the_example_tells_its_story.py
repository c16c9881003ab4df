"""The example of Đức Phổ: three models, one copied, labelled as invented."""

from __future__ import annotations

import datetime as dt
from typing import Any

from dongthuan.core import clock
from dongthuan.demo_emulation import demo_emulation_load
from dongthuan.work.emulation.models import EmulationModel
from dongthuan.work.emulation.tests.conftest import ZONE


def test_three_models_labelled(people: Any) -> None:
    with clock.at(dt.datetime(2026, 11, 26, 9, tzinfo=ZONE)):
        demo_emulation_load(
            lead=people.dvan, lead_head=people.dvan_head, front=people.front,
            front_head=people.front_head, council=people.council, village=people.village_head,
        )  # fmt: skip
    rows = EmulationModel.objects.order_by("pk")
    assert [row.state for row in rows] == ["spreading", "running", "registered"]
    assert rows[2].copies == rows[0]
    assert all(row.is_demo for row in rows)
