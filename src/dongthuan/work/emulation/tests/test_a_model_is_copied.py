"""Copying: the words come along, both files know of each other, the tree tells each result."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client

from dongthuan.core import clock
from dongthuan.core.matters.errors import MatterError
from dongthuan.core.matters.indicators import indicator_of
from dongthuan.core.matters.models import MatterLink
from dongthuan.core.units.models import Unit
from dongthuan.work.emulation.models import EmulationModel
from dongthuan.work.emulation.selectors import tree_of
from dongthuan.work.emulation.services import cycle_open
from dongthuan.work.emulation.tests.conftest import AUTUMN, recognised


@pytest.fixture
def next_year(people: Any, lead: Any) -> Any:
    import datetime as dt

    return cycle_open(
        acting=people.dvan, lead=lead, year=2027, register_until=dt.date(2027, 3, 31),
        midyear_until=dt.date(2027, 7, 15), appraise_until=dt.date(2027, 12, 15),
    )  # fmt: skip


@pytest.fixture
def copied(people: Any, register: Any, next_year: Any) -> tuple[Any, Any]:
    origin = recognised(people, register())
    with clock.at(AUTUMN):
        other = Unit.objects.get(code="21439-t02")
        copy = register(
            people.other_village_head, other, cycle=next_year, copies=origin, name="Ngõ sạch tổ 2"
        )
    return EmulationModel.objects.get(pk=origin.pk), copy


def test_only_a_recognised_model_is_copied(people: Any, register: Any) -> None:
    with pytest.raises(MatterError) as refusal:
        register(copies=register(), name="Bản sao")
    assert refusal.value.field == "copies"


def test_both_files_know_of_each_other(copied: tuple[Any, Any]) -> None:
    origin, copy = copied
    assert origin.state == "spreading"
    link = MatterLink.objects.get(matter=copy)
    assert (link.other_id, link.role) == (origin.pk, "copies")
    tree: Any = tree_of(copy)
    assert tree.model == origin
    assert [branch.model for branch in tree.below] == [copy]
    page = Client().get(f"/dan-van-kheo/{copy.code}/").content.decode()
    assert origin.title in page
    assert "Điểm rác tự phát đã xóa: 5 điểm" in page


def test_the_form_comes_filled(copied: tuple[Any, Any], browser_of: Any) -> None:
    origin, _copy = copied
    page = browser_of("village_head").get(f"/ban-lam-viec/dan-van-kheo/dang-ky/?mau={origin.code}")
    assert page.status_code == 200
    text = page.content.decode()
    assert "Mỗi ngõ tự quản một đoạn" in text
    assert 'value="Điểm rác tự phát đã xóa"' in text


def test_what_is_counted(copied: tuple[Any, Any], place: Any) -> None:
    import datetime as dt

    span = (dt.date(2026, 1, 1), dt.date(2026, 12, 31))
    found = {
        name: indicator_of(f"emulation.{name}").count(place.path, *span)  # type: ignore[union-attr]
        for name in ("registered", "recognised", "copied")
    }
    assert {name: figure.value for name, figure in found.items()} == {
        "registered": 2.0, "recognised": 1.0, "copied": 1.0,
    }  # fmt: skip
    assert [matter.pk for matter in found["copied"].matters] == [copied[1].pk]
