"""Consultations of phường Đức Phổ, told with a clock that stands still."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator
from typing import Any

import pytest

from dongthuan.core import clock
from dongthuan.core.matters.services import matter_act
from dongthuan.core.units.models import Unit
from dongthuan.work.consultations.models import Consultation
from dongthuan.work.consultations.services import consultation_create

ZONE = dt.timezone(dt.timedelta(hours=7))
TODAY = dt.datetime(2026, 11, 2, 9, tzinfo=ZONE)  # a Monday
LAST = dt.date(2026, 11, 22)  # the twentieth day after it
AFTER = dt.datetime(2026, 11, 23, 9, tzinfo=ZONE)
PURPOSE = "Xin ý kiến về việc mở rộng đường liên tổ dân phố và nơi đặt điểm tập kết rác."


@pytest.fixture(autouse=True)
def _the_day() -> Iterator[None]:
    with clock.at(TODAY):
        yield


@pytest.fixture
def office(people: Any) -> Unit:
    return Unit.objects.get(code="21439-ubnd")


@pytest.fixture
def draft(people: Any, office: Unit) -> Callable[..., Consultation]:
    def draft(**fields: Any) -> Consultation:
        values: dict[str, Any] = {
            "acting": people.handler, "unit": office, "item": "5",
            "title": "Dự thảo phương án phân luồng giao thông", "purpose": PURPOSE,
            "forms": ["b", "d", "e"],
        }  # fmt: skip
        return consultation_create(**(values | fields))

    return draft


def step(actor: Any, matter: Any, name: str, **data: Any) -> Consultation:
    matter_act(acting=actor, matter_id=matter.pk, step_name=name, data=data)
    return Consultation.objects.select_related("unit__parent").get(pk=matter.pk)
