from __future__ import annotations

from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from dongthuan.core.matters.models import Matter
from dongthuan.core.people.actors import ANONYMOUS
from dongthuan.core.units.models import Unit
from dongthuan.front.api.tests.conftest import CODE, Door
from dongthuan.work.petitions.services import Sender, submission_create


def cost(call: Any) -> int:
    """Queries without the bookkeeping of transactions."""
    with CaptureQueriesContext(connection) as queries:
        assert call().status_code < 300
    bookkeeping = ("SAVEPOINT", "RELEASE", "BEGIN", "COMMIT")
    return sum(not query["sql"].startswith(bookkeeping) for query in queries)


def some_matters(ward: Unit, number: int) -> None:
    for place in range(number):
        submission_create(
            acting=ANONYMOUS,
            place=ward,
            text=f"Phản ánh số {place} về đèn đường và mương nước.",
            channel="api",
            sender=Sender(),
        )


# Outside a transaction the units are remembered, as in a server that has run for a second.
@pytest.mark.django_db(transaction=True)
def test_submitting_takes_at_most_twelve_queries(ward: Unit, anyone: Door) -> None:
    body = {
        "place": "21439",
        "text": "Đèn đường ở ngã ba đã hỏng một tuần nay.",
        "sender": {"name": "Nguyễn Văn Minh Họa", "phone": "0912345678"},
    }
    key = "mot-khoa-moi-cho-don-nay"
    anyone.send("/api/v1/submissions", body)
    assert cost(lambda: anyone.send("/api/v1/submissions", body, Idempotency_Key=key)) <= 12


def test_the_list_costs_the_same_at_ten_and_at_fifty_rows(ward: Unit, intake: Door) -> None:
    some_matters(ward, 10)
    assert cost(lambda: intake.get("/api/v1/matters")) == 3
    some_matters(ward, 45)
    assert cost(lambda: intake.get("/api/v1/matters")) == 3


def test_every_matter_is_listed_once_over_the_pages(ward: Unit, intake: Door) -> None:
    some_matters(ward, 60)
    for view in ("all", "unit"):
        first = intake.get(f"/api/v1/matters?view={view}").json()
        rest = intake.get(f"/api/v1/matters?view={view}&cursor={first['next']}").json()
        codes = [row["code"] for row in first["items"] + rest["items"]]
        assert (len(first["items"]), rest["next"]) == (50, None)
        assert sorted(codes) == [f"21439-26-{n:06d}" for n in range(1, 61)]


def test_one_matter_costs_a_fixed_number(light: Matter, intake: Door) -> None:
    address = f"/api/v1/matters/{CODE}"
    before = cost(lambda: intake.get(address))
    for number in range(10):
        intake.send(f"{address}/notes", {"text": f"Ghi chú {number}"})
    assert cost(lambda: intake.get(address)) == before <= 11
