"""The worker publishes at the minute; before it nobody finds a word of the article."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from django.test import Client

from dongthuan.core import clock
from dongthuan.core.matters.errors import Conflict, MatterError
from dongthuan.core.matters.models import Entry
from dongthuan.core.matters.selectors import steps_offered
from dongthuan.core.matters.services import matter_act
from dongthuan.work.news.jobs import publish
from dongthuan.work.news.models import Article
from dongthuan.work.news.services import picture_add
from dongthuan.work.news.tests.conftest import BODY, NOW, TITLE, act, photo

TOMORROW = dt.date(2026, 11, 3)


def test_the_job_publishes_what_is_due_and_nothing_else(people: Any, draft: Any) -> None:
    article = draft()
    picture = picture_add(
        acting=people.handler, article=article, attachment=photo(), alt="Đường mới nhìn từ chợ"
    )
    act(people.head, article, "approve", on=TOMORROW, at="7:30")
    addresses = [
        "/tin/", f"/tin/{article.code}/", "/tin/tin.xml", f"/tra-cuu/{article.code}/",
        "/tra-cuu/?q=duong+tranh", "/", f"/tin/anh/{picture.attachment.uuid}/",
    ]  # fmt: skip
    with clock.at(dt.datetime(2026, 11, 3, 7, 29, tzinfo=NOW.tzinfo)):
        publish(0)
        for address in addresses:
            page = Client().get(address)
            assert TITLE not in page.content.decode(errors="replace"), address
        assert Client().get(addresses[-1]).status_code == 404
    with clock.at(dt.datetime(2026, 11, 3, 7, 30, tzinfo=NOW.tzinfo)):
        publish(0)
        publish(0)
        for address in (*addresses[:3], "/tra-cuu/?q=duong+tranh", "/"):
            assert TITLE in Client().get(address).content.decode(), address
        assert Client().get(addresses[-1]).status_code == 200
    assert Entry.objects.filter(act="article.publish").count() == 1


@pytest.mark.parametrize(
    ("given", "field"),
    [({"on": NOW.date(), "at": "8:59"}, "at"), ({"on": TOMORROW, "at": "25:00"}, "at"),
     ({"at": "7:30"}, "on")],
)  # fmt: skip
def test_an_hour_that_cannot_be_is_refused(
    people: Any, draft: Any, given: dict[str, Any], field: str
) -> None:
    with pytest.raises(MatterError) as refusal:
        act(people.head, draft(), "approve", **given)
    assert refusal.value.field == field


def test_one_that_cannot_be_published_stops_no_other(people: Any, draft: Any) -> None:
    first, second = draft(), draft(title="Bài thứ hai ra cùng lúc")
    for article in (first, second):
        act(people.head, article, "approve")
    Article.objects.filter(pk=first.pk).update(state="draft")
    publish(0)
    assert Article.objects.get(pk=second.pk).state == "published"
    assert Article.objects.get(pk=first.pk).state == "draft"


def test_a_correction_stands_on_the_article_and_the_old_text_is_kept(
    people: Any, published: Any
) -> None:
    article = published()
    act(people.head, article, "correct", note="Đường dài ba cây số.",
        body=BODY.replace("hai cây số", "ba cây số"))  # fmt: skip
    page = Client().get(f"/tin/{article.code}/").content.decode()
    assert "Đường dài ba cây số." in page
    assert "hai cây số" not in page
    assert article.corrections.get().body_before == BODY
    assert "Đường dài ba" not in str(Entry.objects.latest("id").facts.get("body", ""))


def test_a_withdrawn_article_says_why(people: Any, published: Any) -> None:
    article = published()
    act(people.head, article, "withdraw", reason="Số liệu chưa được kiểm chứng")
    page = Client().get(f"/tin/{article.code}/")
    assert page.status_code == 410
    assert "Số liệu chưa được kiểm chứng" in page.content.decode()
    for address in ("/tin/", "/tin/tin.xml", "/", "/tra-cuu/?q=duong+tranh"):
        assert TITLE not in Client().get(address).content.decode(), address


def test_who_releases_has_seen_every_picture(people: Any, draft: Any) -> None:
    """A picture put in between the reading and the pressing is not released unseen."""
    article = draft()
    picture_add(
        acting=people.handler, article=article, attachment=photo(), alt="Đường mới nhìn từ chợ"
    )
    with pytest.raises(Conflict):
        matter_act(
            acting=people.head, matter_id=article.pk, step_name="approve", version=article.version
        )


def test_publishing_is_offered_only_when_the_hour_has_come(people: Any, draft: Any) -> None:
    article = act(people.head, draft(), "approve", on=TOMORROW, at="7:30")
    early = [step.name for step in steps_offered(actor=people.head, matter=article)]
    with clock.at(dt.datetime(2026, 11, 3, 7, 30, tzinfo=NOW.tzinfo)):
        late = [step.name for step in steps_offered(actor=people.head, matter=article)]
    assert "publish" not in early and "publish" in late
    with pytest.raises(MatterError, match="Chưa đến giờ đăng"):
        act(people.head, article, "publish")
