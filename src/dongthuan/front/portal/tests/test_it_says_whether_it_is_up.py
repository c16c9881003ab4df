from __future__ import annotations

from typing import Any
from unittest.mock import patch

import pytest
from django.db import OperationalError
from django.test import Client


def test_the_process_answers_without_a_database(client: Client) -> None:
    page = client.get("/healthz")
    assert (page.status_code, page.content) == (200, b"ok\n")
    assert not page.cookies


@pytest.mark.django_db
def test_the_database_answers(client: Client) -> None:
    assert client.get("/readyz").status_code == 200


@pytest.mark.django_db
def test_without_a_database_it_is_not_ready_and_says_nothing_else(client: Client) -> None:
    def refuse(*args: Any, **kwargs: Any) -> Any:
        raise OperationalError("connection to server at 10.0.0.5 failed: password")

    with patch("dongthuan.front.portal.views.home.connection.cursor", refuse):
        page = client.get("/readyz")
    assert (page.status_code, page.content) == (503, b"database unavailable\n")
