"""The pages: from the draft on the desk to the list, the archive, the feed; pinned lists."""

from __future__ import annotations

import datetime as dt
from typing import Any
from xml.etree import ElementTree

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from dongthuan.core import clock
from dongthuan.core.matters.errors import MatterError, NotAllowed
from dongthuan.core.matters.kinds import open_as
from dongthuan.work.news.models import Article
from dongthuan.work.news.selectors import related
from dongthuan.work.news.services import article_draft, article_link, picture_add
from dongthuan.work.news.tests.conftest import BODY, NOW, TITLE, act, photo

D = "/ban-lam-viec/tin/"


def test_from_the_draft_to_the_reader(people: Any, office: Any, browser_of: Any) -> None:
    desk, head = browser_of("handler"), browser_of("head")
    text = {"unit": office.pk, "title": TITLE, "lead": "Tin ngắn.", "body": BODY, "topic": "land"}
    assert desk.get(f"{D}them/").status_code == 200
    assert desk.post(f"{D}them/", text | {"title": "x"}).status_code == 422
    assert desk.post(f"{D}them/", text).status_code == 302
    article = Article.objects.get()
    there = f"{D}{article.code}/"
    from django.core.files.uploadedfile import SimpleUploadedFile

    picture = SimpleUploadedFile("a.jpg", photo().file.read())
    assert desk.post(f"{there}anh/", {"picture": picture, "alt": ""}).status_code == 422
    picture.seek(0)
    assert (
        desk.post(f"{there}anh/", {"picture": picture, "alt": "Đường mới nhìn từ chợ"}).status_code
        == 302
    )
    assert (
        desk.post(f"{there}sua/", text | {"title": "Đường tránh chợ đã thông"}).status_code == 302
    )
    step = f"/ban-lam-viec/vu-viec/{article.code}/"
    version = Article.objects.get().version
    assert head.post(f"{step}approve/", {"version": version, "on": "", "at": ""}).status_code == 302
    version = Article.objects.get().version
    assert head.post(f"{step}publish/", {"version": version}).status_code == 302
    page = Client().get(f"/tin/{article.code}/").content.decode()
    assert 'alt="Đường mới nhìn từ chợ"' in page
    assert "<h2>Từ hôm nay</h2>" in page
    assert head.get(f"{step}correct/").status_code == 302
    fixed = text | {"note": "Sửa tiêu đề.", "title": "Đường tránh chợ đã thông xe"}
    assert head.post(f"{there}dinh-chinh/", fixed).status_code == 302
    assert Article.objects.get().title == "Đường tránh chợ đã thông xe"
    assert desk.get(f"{there}dinh-chinh/").status_code == 404
    for view in ("", "?xem=draft", "?xem=scheduled", "?xem=published"):
        assert desk.get(D + view).status_code == 200


def test_archive_search_and_feed(people: Any, published: Any) -> None:
    november = published()
    with clock.at(dt.datetime(2026, 12, 1, 8, tzinfo=NOW.tzinfo)):
        december = published(title="Tiêm vắc xin cho đàn bò", topic="economy", body=BODY)
        for query, there in {
            "?thang=2026-11": [november], "?thang=2026-12": [december], "?q=vac+xin": [december],
            "?topic=construction": [november], "?unit=21439": [november, december],
            "?thang=xx": [november, december], "?after=xx-1": [november, december],
        }.items():  # fmt: skip
            page = Client().get(f"/tin/{query}").content.decode()
            for article in (november, december):
                assert (article.title in page) == (article in there), (query, article.title)
        feed = ElementTree.fromstring(Client().get("/tin/tin.xml").content)
    atom = "{http://www.w3.org/2005/Atom}"
    titles = [entry.findtext(f"{atom}title") for entry in feed.findall(f"{atom}entry")]
    assert titles == [december.title, november.title]


def test_related_by_links_and_by_words(people: Any, published: Any, submit: Any) -> None:
    matter = submit(acting=people.handler, channel="counter").matter
    one = published()
    two = published(title="Tiêm vắc xin cho đàn bò", body="Thú y phường tiêm miễn phí.")
    alike = published(title="Chợ Đức Phổ có đường tránh mới")
    assert [row.pk for row in related(one)] == [alike.pk]
    for article in (one, two):
        article_link(acting=people.handler, article=article, code=matter.code)
    assert {row.pk for row in related(one)} == {two.pk, alike.pk}
    # The matter is not published, so readers do not see which one it is.
    assert matter.code not in Client().get(f"/tin/{one.code}/").content.decode()


def test_another_room_begins_an_article(people: Any, submit: Any) -> None:
    matter = submit(acting=people.handler, channel="counter").matter
    made: Any = open_as(
        acting=people.handler, origin=matter, kind="article", text=BODY, now=clock.now()
    )
    assert (made.state, made.unit_id, made.body) == ("draft", matter.unit_id, BODY)
    assert [link.other_id for link in made.links_from.all()] == [matter.pk]


def test_numbers_of_people_are_asked_about(people: Any, draft: Any) -> None:
    said = {"body": "Gọi bà Hai 0905 123 456 để được xe đón, ở đầu ngõ chợ."}
    with pytest.raises(MatterError) as refusal:
        draft(**said)
    assert refusal.value.field == "body"
    assert draft(numbers_public=True, **said).state == "draft"


def test_nobody_writes_for_another_body(people: Any, office: Any) -> None:
    for name in ("other_intake", "front", "village_head", "admin", "board"):
        with pytest.raises(NotAllowed):
            article_draft(acting=people.actors[name], unit=office, title=TITLE, lead="", body=BODY)


def test_a_published_article_is_written_anew_by_correction_alone(
    people: Any, published: Any
) -> None:
    with pytest.raises(MatterError):
        picture_add(
            acting=people.handler, article=published(), attachment=photo(), alt="Ảnh thêm vào"
        )


def test_lists_cost_the_same_at_ten_and_a_hundred(
    people: Any, published: Any, browser_of: Any
) -> None:
    desk, guest = browser_of("handler"), Client()

    def queries() -> list[int]:
        counted = []
        for browser, path in ((guest, "/tin/"), (guest, "/tin/tin.xml"), (desk, D)):
            with CaptureQueriesContext(connection) as seen:
                assert browser.get(path).status_code == 200
            counted.append(len(seen))
        return counted

    for n in range(10):
        published(title=f"Bài số {n} về đường tránh")
    queries()
    at_ten = queries()
    for n in range(10, 100):
        published(title=f"Bài số {n} về đường tránh")
    assert queries() == at_ten


def test_a_step_back_to_the_draft(people: Any, draft: Any) -> None:
    article = act(people.head, draft(), "approve", on=dt.date(2026, 11, 5), at="")
    assert article.due_at is not None
    assert act(people.head, article, "recall").due_at is None


def test_a_draft_that_another_has_changed_is_not_written_over(
    people: Any, office: Any, browser_of: Any
) -> None:
    article = article_draft(acting=people.handler, unit=office, title=TITLE, lead="", body=BODY)
    there, text = f"{D}{article.code}/sua/", {"title": TITLE, "lead": "", "body": BODY, "topic": ""}
    desk = browser_of("handler")
    read = desk.get(there).context["form"]["version"].value()
    assert desk.post(there, text | {"version": read, "lead": "Một."}).status_code == 302
    late = desk.post(there, text | {"version": read, "lead": "Hai."})
    assert late.status_code == 422
    assert "Vụ việc vừa có thay đổi" in late.content.decode()
    assert Article.objects.get().lead == "Một."
