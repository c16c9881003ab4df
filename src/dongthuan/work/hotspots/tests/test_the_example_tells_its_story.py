"""The two worked examples of the demonstration load under the rules for words, and are labelled."""

from __future__ import annotations

from typing import Any

from dongthuan.core.matters.models import Matter
from dongthuan.demo_hotspots import demo_hotspots_load
from dongthuan.work.hotspots.models import Hotspot


def test_the_market_and_the_plant_are_whole_and_labelled(vault_keys: Any) -> None:
    people = vault_keys  # with the head of the province among them
    made = demo_hotspots_load(
        office=people.handler, head=people.head, mobilisation=people.dvan,
        elsewhere=people.other_head, province=people.province,
    )  # fmt: skip
    assert made == Hotspot.objects.filter(is_demo=True).count() == 2
    assert set(Hotspot.objects.values_list("state", flat=True)) == {"closed", "hot"}
    assert not Matter.objects.filter(is_demo=False).exists()
