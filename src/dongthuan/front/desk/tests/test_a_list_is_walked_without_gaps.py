from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from dongthuan.core.matters.models import Matter
from dongthuan.core.matters.services import matter_assign
from dongthuan.work.petitions.services import Sender

LIST = "/ban-lam-viec/"


def walked(client: Client, address: str) -> list[str]:
    """The codes on all pages, followed by their links as a reader does."""
    codes: list[str] = []
    for _page in range(20):
        answer = client.get(address)
        assert answer.status_code == 200
        rows = answer.context["page"].rows
        assert len(rows) <= 50
        codes += [row.code for row in rows]
        following = answer.context["next_url"]
        if not following:
            return codes
        address = LIST + following
    pytest.fail("the list has no end")


@pytest.fixture
def crowd(people: Any, submit: Any) -> list[str]:
    """120 matters: some due the same day, some overdue, some without a duty, some closed."""
    made = [
        submit(f"Nội dung của vụ việc thứ {number} trong danh sách.", sender=Sender()).matter
        for number in range(120)
    ]
    for matter in made:
        matter_assign(acting=people.head, matter_id=matter.pk, account=people.accounts["head"])
    pks = [matter.pk for matter in made]
    Matter.objects.filter(pk__in=pks[::5]).update(next_due_on=None, next_rule="")
    Matter.objects.filter(pk__in=pks[1::5]).update(next_due_on="2026-01-05")
    Matter.objects.filter(pk__in=pks[2::5]).update(next_due_on="2026-01-06")
    return [matter.code for matter in made]


@pytest.mark.parametrize("view", ["unit", "mine", "all"])
def test_each_matter_comes_once(
    crowd: list[str], desk_of: Callable[[str], Client], view: str
) -> None:
    codes = walked(desk_of("head"), f"{LIST}?view={view}")
    assert len(codes) == 120
    assert sorted(codes) == sorted(crowd)


def test_the_overdue_come_soonest_first(crowd: list[str], desk_of: Callable[[str], Client]) -> None:
    Matter.objects.exclude(next_due_on=None).update(next_due_on="2026-01-07")
    Matter.objects.filter(code__in=crowd[50:60]).update(next_due_on="2026-01-02")
    codes = walked(desk_of("head"), f"{LIST}?view=overdue")
    due = dict(Matter.objects.values_list("code", "next_due_on"))
    assert len(codes) == len(set(codes)) == sum(1 for day in due.values() if day)
    assert [due[code] for code in codes] == sorted(due[code] for code in codes)


def test_the_unassigned_and_the_closed_too(
    crowd: list[str], desk_of: Callable[[str], Client]
) -> None:
    Matter.objects.all().update(handler=None)
    assert sorted(walked(desk_of("intake"), f"{LIST}?view=unassigned")) == sorted(crowd)
    Matter.objects.all().update(closed_at="2026-01-01T00:00:00Z")
    assert walked(desk_of("intake"), f"{LIST}?view=unassigned") == []
    assert walked(desk_of("intake"), f"{LIST}?view=closed") == sorted(crowd, reverse=True)


def test_a_search_is_walked_too(crowd: list[str], desk_of: Callable[[str], Client]) -> None:
    codes = walked(desk_of("head"), f"{LIST}?view=unit&q=danh+sach")
    assert codes == sorted(crowd, reverse=True)


def test_one_that_arrives_while_reading_shifts_nothing(
    crowd: list[str], submit: Any, desk_of: Callable[[str], Client]
) -> None:
    client = desk_of("head")
    first = client.get(f"{LIST}?view=all")
    submit("Một phản ánh đến trong lúc đang đọc.")
    rest = walked(client, LIST + first.context["next_url"])
    assert sorted([row.code for row in first.context["page"].rows] + rest) == sorted(crowd)


@pytest.mark.parametrize(
    "cursor", ["x", "_", "_x", "2026-02-30_1", f"_{10**30}", f"2026-01-01_{10**30}", "_-1", "_²"]
)
def test_a_spoilt_cursor_breaks_nothing(
    people: Any, submit: Any, desk_of: Callable[[str], Client], cursor: str
) -> None:
    submit()
    for view in ("unit", "all"):
        answer = desk_of("intake").get(LIST, {"view": view, "after": cursor})
        assert answer.status_code == 200


def test_the_caption_of_the_list_tells_its_order(desk_of: Any, submit: Any) -> None:
    submit()
    client = desk_of("intake")
    client.cookies["ngon-ngu"] = "en"
    assert "Matters, newest first" in client.get("/ban-lam-viec/?view=all").content.decode()
    assert "soonest due first" in client.get("/ban-lam-viec/?view=unit").content.decode()
