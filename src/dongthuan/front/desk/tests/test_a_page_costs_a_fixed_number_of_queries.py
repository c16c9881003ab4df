"""Counts of statements, without those that only frame a transaction."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from dongthuan.core.matters.services import matter_note
from dongthuan.work.petitions.services import Sender

FRAMES = ("SAVEPOINT", "RELEASE SAVEPOINT", "BEGIN", "COMMIT", "ROLLBACK")


def statements(client: Client, address: str) -> list[str]:
    assert client.get(address).status_code == 200  # warms what a process remembers
    with CaptureQueriesContext(connection) as captured:
        assert client.get(address).status_code == 200
    return [q["sql"] for q in captured if not q["sql"].startswith(FRAMES)]


VIEWS = ("unit", "mine", "unassigned", "overdue", "soon", "all", "closed")


def test_the_lists_at_ten_and_at_a_hundred(
    people: Any, submit: Any, desk_of: Callable[[str], Client]
) -> None:
    seen = [
        (desk_of(name), f"/ban-lam-viec/?view={view}")
        for name in ("intake", "head", "inspector")
        for view in VIEWS
    ]
    for number in range(10):
        submit(f"Nội dung phản ánh thứ {number} của danh sách.", sender=Sender())
    few = [statements(client, address) for client, address in seen]
    for number in range(10, 100):
        submit(f"Nội dung phản ánh thứ {number} của danh sách.", sender=Sender())
    many = [statements(client, address) for client, address in seen]
    assert [len(one) for one in few] == [len(one) for one in many]
    for one in many:
        assert len(one) <= 8, "\n".join(one)


def test_a_matter_with_ten_and_with_a_hundred_entries(
    people: Any, submit: Any, desk_of: Callable[[str], Client]
) -> None:
    matter = submit().matter
    client, address = desk_of("head"), f"/ban-lam-viec/vu-viec/{matter.code}/"
    for number in range(9):
        matter_note(acting=people.head, matter_id=matter.pk, text=f"Ghi chú {number}.")
    few = statements(client, address)
    for number in range(90):
        matter_note(acting=people.handler, matter_id=matter.pk, text=f"Ghi chú thêm {number}.")
    many = statements(client, address)
    assert len(few) == len(many)
    assert len(many) <= 12, "\n".join(many)


@pytest.mark.parametrize(
    "path", ["vao-so/", "vu-viec/{code}/register/", "vu-viec/{code}/thoi-han/{duty}/"]
)
def test_the_other_pages_stay_below_twelve(
    people: Any, submit: Any, desk_of: Callable[[str], Client], path: str
) -> None:
    receipt = submit()
    address = path.format(code=receipt.code, duty=receipt.duties[0].pk)
    assert len(statements(desk_of("intake"), f"/ban-lam-viec/{address}")) <= 12
