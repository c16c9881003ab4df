"""The example of Đức Phổ: three models, one copied; five articles; labelled as invented."""

from __future__ import annotations

import datetime as dt
from typing import Any

from dongthuan.core import clock
from dongthuan.demo_emulation import demo_emulation_load, demo_news_load
from dongthuan.work.emulation.models import EmulationModel
from dongthuan.work.emulation.tests.conftest import ZONE
from dongthuan.work.news.models import Article


def test_three_models_and_five_articles_labelled(people: Any) -> None:
    with clock.at(dt.datetime(2026, 11, 26, 9, tzinfo=ZONE)):
        demo_emulation_load(
            lead=people.dvan, lead_head=people.dvan_head, front=people.front,
            front_head=people.front_head, council=people.council, village=people.village_head,
        )  # fmt: skip
        demo_news_load(writer=people.handler, head=people.head)
    rows = EmulationModel.objects.order_by("pk")
    assert [row.state for row in rows] == ["spreading", "running", "registered"]
    assert rows[2].copies == rows[0]
    assert all(row.is_demo for row in rows)
    articles = Article.objects.all()
    assert {(row.state, row.is_demo) for row in articles} == {("published", True)}
    assert articles.count() == 5
