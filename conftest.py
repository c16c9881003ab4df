"""Tests run on a real PostgreSQL: the embedded one, unless DATABASE_URL names another."""

from __future__ import annotations

import os

import pytest

os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "1")  # Playwright's sync API runs a loop


def pytest_configure(config: pytest.Config) -> None:
    from django.conf import settings

    if settings.EMBEDDED and not hasattr(config, "workerinput"):
        settings.LOCAL_DB.start()


def pytest_unconfigure(config: pytest.Config) -> None:
    from django.conf import settings

    if settings.EMBEDDED and not hasattr(config, "workerinput"):
        settings.LOCAL_DB.stop()
