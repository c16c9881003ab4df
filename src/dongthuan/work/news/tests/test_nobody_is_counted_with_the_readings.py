"""What is counted: an article, a day, a number. No reader, no cookie, no program."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from django.db import connection
from django.test import Client

from dongthuan.core import clock
from dongthuan.core.people.models import Bucket
from dongthuan.work.news.models import Reads
from dongthuan.work.news.selectors import most_read
from dongthuan.work.news.services import article_read
from dongthuan.work.news.tests.conftest import NOW, READER


def test_the_table_holds_nothing_about_readers() -> None:
    assert {field.name for field in Reads._meta.get_fields()} == {"id", "article", "day", "count"}


def test_the_table_in_the_database_is_the_same(db: None) -> None:
    with connection.cursor() as cursor:
        columns = {c.name for c in connection.introspection.get_table_description(
            cursor, "news_reads")}  # fmt: skip
    assert columns == {"id", "article_id", "day", "count"}


def test_an_opening_is_counted_and_leaves_no_cookie(published: Any) -> None:
    article = published()
    reader = Client(headers={"user-agent": READER})
    for _time in range(3):
        page = reader.get(f"/tin/{article.code}/")
    assert not page.cookies
    row = Reads.objects.get()
    assert (row.article_id, row.day, row.count) == (article.pk, NOW.date(), 3)


@pytest.mark.parametrize(
    "headers",
    [{"user-agent": "Mozilla/5.0 (compatible; Googlebot/2.1)"}, {"user-agent": "curl/8.0"},
     {"user-agent": "facebookexternalhit/1.1"}, {},
     {"user-agent": READER, "sec-purpose": "prefetch;prerender"}],
)  # fmt: skip
def test_programs_are_not_counted(published: Any, headers: dict[str, str]) -> None:
    article = published()
    assert Client(headers=headers).get(f"/tin/{article.code}/").status_code == 200
    Client(headers={"user-agent": READER}).head(f"/tin/{article.code}/")
    assert not Reads.objects.exists()


def test_one_address_does_not_push_an_article_up(published: Any) -> None:
    article, other = published(), published(title="Bài mới hơn về chợ")
    reader = Client(headers={"user-agent": READER}, REMOTE_ADDR="203.0.113.7")
    for _time in range(35):
        reader.get(f"/tin/{article.code}/")
    reader.get(f"/tin/{other.code}/")
    Client(headers={"user-agent": READER}, REMOTE_ADDR="203.0.113.8").get(f"/tin/{article.code}/")
    counted = dict(Reads.objects.values_list("article_id", "count"))
    assert counted == {article.pk: 31, other.pk: 1}
    assert not Bucket.objects.exists()


def test_most_read_is_of_thirty_days(published: Any) -> None:
    old, new = published(), published(title="Bài mới hơn về chợ")
    with clock.at(NOW + dt.timedelta(days=1)):
        for _time in range(2):
            article_read(article=new)
    for _time in range(5):
        article_read(article=old)
    assert [(row.pk, row.times) for row in most_read()] == [(old.pk, 5), (new.pk, 2)]
    with clock.at(NOW + dt.timedelta(days=30)):
        assert [row.pk for row in most_read()] == [new.pk]
