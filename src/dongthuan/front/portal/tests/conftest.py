from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import pytest
from django.core.files.storage import InMemoryStorage, storages
from django.test import Client

from dongthuan.work.projects.contributions.tests.stories import (  # noqa: F401
    giving,
    giving_decided,
)

TEXT = "Cống trước nhà văn hóa thôn Vĩnh Bình bị vỡ nắp, xin thay nắp mới."
FILLED = {
    "text": TEXT,
    "declared": "feedback",
    "commune": "21439",
    "place_text": "trước nhà văn hóa",
    "name": "Nguyễn Thị Thử",
    "address": "Tổ 3",
    "phone": "0912 345 678",
    "email": "thu@vidu.vn",
}


@pytest.fixture(autouse=True)
def _files_in_memory(monkeypatch: pytest.MonkeyPatch) -> None:
    """Uploads of tests leave nothing on the disk."""
    monkeypatch.setitem(storages._storages, "default", InMemoryStorage())


@pytest.fixture
def english(client: Client) -> Client:
    """A visitor who reads English, so that tests can name the sentences."""
    client.cookies["ngon-ngu"] = "en"
    return client


def hidden(page: Any, name: str) -> list[str]:
    """The values of the hidden fields of a page."""
    return re.findall(rf'<input type="hidden" name="{name}" value="([^"]*)"', page.content.decode())


@pytest.fixture
def send(people: Any, english: Client) -> Callable[..., Any]:
    """Send the filled form from its last page; fields may be replaced."""

    def send(**fields: Any) -> Any:
        token = {"form_token": "a-form-token-of-the-tests"}
        return english.post("/gui/", FILLED | token | {"step": "who", "go": "send"} | fields)

    return send
