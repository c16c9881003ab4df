from __future__ import annotations

from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

CONTROL = ("BEGIN", "COMMIT", "SAVEPOINT", "RELEASE")


@pytest.mark.django_db(transaction=True)
def test_receiving_a_petition_takes_at_most_twelve(send: Any) -> None:
    send(form_token="the-first-one-warms-up")
    with CaptureQueriesContext(connection) as queries:
        assert send(form_token="the-second-one-counts").status_code == 302
    asked = [q["sql"] for q in queries.captured_queries if not q["sql"].startswith(CONTROL)]
    assert len(asked) <= 12, asked
