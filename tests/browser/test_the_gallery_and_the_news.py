"""Models and articles on an old telephone: no JavaScript, 360 pixels, no fault that axe finds."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from dongthuan.core import clock
from dongthuan.demo_emulation import demo_emulation_load
from dongthuan.demo_news import demo_news_load
from dongthuan.work.emulation.models import EmulationModel, EmulationYear
from dongthuan.work.news.models import Article

pytestmark = pytest.mark.browser
WIDTHS = (360, 1280)
ZONE = dt.timezone(dt.timedelta(hours=7))


@pytest.fixture
def scene(people: Any, settings: Any, tmp_path: Any) -> None:
    settings.MEDIA_ROOT = tmp_path / "files"
    noon = dt.datetime.combine(clock.today(), dt.time(12), ZONE)
    with clock.at(noon):
        demo_emulation_load(
            lead=people.dvan, lead_head=people.dvan_head, front=people.front,
            front_head=people.front_head, council=people.council, village=people.village_head,
        )  # fmt: skip
        demo_news_load(writer=people.handler, head=people.head)


def test_a_reader_without_javascript(scene: None, visitor: Any) -> None:
    guest = visitor(viewport={"width": 360, "height": 800}, java_script_enabled=False)
    page = guest.open("/dan-van-kheo/")
    page.select_option("[name=result]", "awarded")
    guest.press_submit(".filter-bar button[type=submit]")
    assert page.locator(".results .card").count() == 1
    with page.expect_navigation():
        page.get_by_role("link", name="Tuyến đường không rác (minh họa)").click()
    assert page.locator(".tree li").count() == 2
    assert page.locator(".shots img").first.get_attribute("alt")
    page = guest.open("/")
    with page.expect_navigation():
        page.get_by_role("link", name="Về bài viết gợi ý cho hệ thống này").click()
    assert page.locator("#dia-chi").input_value().endswith("/")
    page = guest.open("/tin/?q=diem+rac")
    assert page.locator(".results .card").count() == 1
    with page.expect_navigation():
        page.get_by_role("link", name="Tổ dân phố 1 xóa xong điểm rác tự phát").click()
    assert page.locator(".article-text a").get_attribute("href") == "/dan-van-kheo/"


def test_their_pages_are_sound(scene: None, visitor: Any) -> None:
    model = EmulationModel.objects.order_by("pk")[0].code
    later = EmulationModel.objects.order_by("-pk")[0].code
    cycle = EmulationYear.objects.order_by("pk")[0].code
    article = Article.objects.order_by("pk")[1].code
    guest = visitor(widths=WIDTHS)
    for name, path in {
        "portal-models": "/dan-van-kheo/", "portal-models-empty": "/dan-van-kheo/?field=politics",
        "portal-model": f"/dan-van-kheo/{model}/", "portal-news": "/tin/",
        "portal-article": f"/tin/{article}/", "portal-home-news": "/",
    }.items():  # fmt: skip
        guest.open(path)
        guest.picture(name)
        guest.check(name)
    desk = "/ban-lam-viec/dan-van-kheo/"
    lead = visitor(widths=WIDTHS).sign_in("dvan")
    for name, path in {
        "desk-movement": desk, "desk-movement-year": f"{desk}nam/{cycle}/",
        "desk-movement-new": f"{desk}nam/mo/", "desk-model": f"{desk}mo-hinh/{model}/",
        "desk-model-registered": f"{desk}mo-hinh/{later}/",
        "desk-model-register": f"{desk}dang-ky/?mau={model}",
    }.items():  # fmt: skip
        lead.open(path)
        lead.picture(name)
        lead.check(name)
    writer = visitor(widths=WIDTHS).sign_in("head")
    for name, path in {
        "desk-news": "/ban-lam-viec/tin/", "desk-article": f"/ban-lam-viec/tin/{article}/",
        "desk-article-new": "/ban-lam-viec/tin/them/",
        "desk-article-correct": f"/ban-lam-viec/tin/{article}/dinh-chinh/",
    }.items():  # fmt: skip
        writer.open(path)
        writer.picture(name)
        writer.check(name)
