"""Articles of the People's Committee of phường Đức Phổ, told with a clock that stands still."""

from __future__ import annotations

import datetime as dt
import io
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from PIL import Image

from dongthuan.core import clock
from dongthuan.core.matters.services import matter_act
from dongthuan.core.outbox.tests.conftest import by_smtp, post_office
from dongthuan.core.papers.services import attachment_store
from dongthuan.core.units.models import Unit
from dongthuan.work.news.models import Article
from dongthuan.work.news.services import article_draft, articles_publish

__all__ = ["by_smtp", "post_office"]  # fixtures of the outbox
ZONE = dt.timezone(dt.timedelta(hours=7))
NOW = dt.datetime(2026, 11, 2, 9, tzinfo=ZONE)
READER = "Mozilla/5.0 (Linux; Android 10) AppleWebKit/537.36 Chrome/120 Mobile Safari/537.36"
TITLE = "Mở đường tránh chợ Đức Phổ"
BODY = "Đoạn đường dài hai cây số được đưa vào sử dụng.\n\n## Từ hôm nay\n\n- xe tải đi đường tránh"


@pytest.fixture(autouse=True)
def _standing_clock() -> Iterator[None]:
    with clock.at(NOW):
        yield


@pytest.fixture(autouse=True)
def _own_files(settings: Any, tmp_path: Any) -> None:
    settings.MEDIA_ROOT = tmp_path / "files"


@pytest.fixture
def browser_of(people: Any, settings: Any) -> Callable[[str], Client]:
    """The browser of one of `people`; of nobody with an empty name."""
    settings.OFFICIALS_NEED_MFA = False

    def open_browser(name: str = "") -> Client:
        client = Client(headers={"user-agent": READER})
        if name:
            backend = settings.AUTHENTICATION_BACKENDS[1]
            client.force_login(people.accounts[name], backend=backend)
        return client

    return open_browser


@pytest.fixture
def office(people: Any) -> Unit:
    return Unit.objects.get(code="21439-ubnd")


@pytest.fixture
def draft(people: Any, office: Unit) -> Callable[..., Article]:
    def draft(**fields: Any) -> Article:
        values: dict[str, Any] = {
            "acting": people.handler, "unit": office, "title": TITLE,
            "lead": "Xe tải không còn qua chợ.", "body": BODY, "topic": "construction",
        }  # fmt: skip
        return article_draft(**(values | fields))

    return draft


def act(actor: Any, article: Article, name: str, **data: Any) -> Article:
    """Take a step and read the row again."""
    matter_act(acting=actor, matter_id=article.pk, step_name=name, data=data)
    return Article.objects.get(pk=article.pk)


@pytest.fixture
def published(people: Any, draft: Any) -> Callable[..., Article]:
    def published(**fields: Any) -> Article:
        article = act(people.head, draft(**fields), "approve")
        articles_publish()
        return Article.objects.get(pk=article.pk)

    return published


def photo() -> Any:
    data = io.BytesIO()
    Image.new("RGB", (60, 40), "#7d1416").save(data, "JPEG")
    upload: Any = SimpleUploadedFile("anh.jpg", data.getvalue())
    return attachment_store(upload=upload)
