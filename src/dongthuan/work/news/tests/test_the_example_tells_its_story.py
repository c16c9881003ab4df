"""The example of Đức Phổ: five articles, labelled as invented."""

from __future__ import annotations

from typing import Any

from dongthuan.demo_news import demo_news_load
from dongthuan.work.news.models import Article


def test_five_articles_labelled(people: Any) -> None:
    assert demo_news_load(writer=people.handler, head=people.head) == 5
    articles = Article.objects.all()
    assert {(row.state, row.is_demo) for row in articles} == {("published", True)}
