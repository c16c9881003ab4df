"""Browsers of officials, already past their second factor, and a picture of the database."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.apps import apps
from django.conf import settings as django_settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from dongthuan.core.papers.services import attachment_store
from dongthuan.core.papers.tests.conftest import picture
from dongthuan.core.people.services import account_create
from dongthuan.insight.leadership.tests.conftest import promises  # noqa: F401
from dongthuan.work.projects.contributions.tests.stories import (  # noqa: F401
    giving,
    giving_decided,
)


@pytest.fixture(autouse=True)
def _own_files(settings: Any, tmp_path: Path) -> None:
    settings.MEDIA_ROOT = tmp_path / "files"


@pytest.fixture
def desk_of(people: Any, settings: Any) -> Callable[[str], Client]:
    """The browser of one of `people`, of 'account' (somebody without a position) or 'nobody'."""
    settings.OFFICIALS_NEED_MFA = False

    def open_browser(name: str) -> Client:
        client = Client(raise_request_exception=False)
        if name == "account" and name not in people.accounts:
            people.accounts[name] = account_create(email="dan@vidu.vn", name="Người dân thử")
        if name != "nobody":
            backend = django_settings.AUTHENTICATION_BACKENDS[1]
            client.force_login(people.accounts[name], backend=backend)
        return client

    return open_browser


@pytest.fixture
def matter(people: Any, submit: Any) -> Any:
    """Registered by `handler` at the counter, with a scan."""
    paper = attachment_store(upload=SimpleUploadedFile("don.jpg", picture()))
    return submit(acting=people.handler, channel="counter", attachments=[paper]).matter


def rows_kept() -> dict[str, int]:
    """How many rows each table holds that a refused form must leave alone."""
    return {
        model._meta.db_table: model._base_manager.count()
        for label in ("matters", "petitions", "papers", "outbox")
        for model in apps.get_app_config(label).get_models()
    }


def sentences(answer: Any) -> list[str]:
    """All that the form of an answered page complains about."""
    form = answer.context["form"]
    return [str(line) for lines in form.errors.values() for line in lines]
