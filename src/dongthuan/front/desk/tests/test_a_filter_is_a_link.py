from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from dongthuan.core.matters.models import SavedFilter

LIST = "/ban-lam-viec/"


@pytest.fixture
def three(people: Any, submit: Any, walk: Any) -> dict[str, str]:
    """A complaint about land, feedback about order, a petition just received; their codes."""
    land = walk(
        submit("Khiếu nại về việc thu hồi đất vườn.").matter, "register", "classify",
        register={"topic": "land"}, classify={"kind": "complaint"},
    )  # fmt: skip
    order = walk(
        submit("Quán hát mở loa đến nửa đêm.").matter, "register", "classify",
        register={"topic": "order"}, classify={"kind": "feedback"},
    )  # fmt: skip
    fresh = submit("Cống vỡ nắp trước nhà văn hóa.").matter
    return {"land": land.code, "order": order.code, "fresh": fresh.code}


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("", {"land", "order", "fresh"}),
        ("kind=complaint", {"land"}),
        ("state=received", {"fresh"}),
        ("topic=order", {"order"}),
        ("kind=complaint&topic=order", set()),
        ("unit=21439-ubnd", {"land", "order", "fresh"}),
        ("unit=21478-ubnd", set()),
        ("q=thu+hoi+dat", {"land"}),
        ("q=thu+hồi+đất", {"land"}),
        ("q=%21%21%21", set()),
        ("kind=khong-co", set()),
        ("view=khong-co&topic=order", {"order"}),
        ("unknown=1", {"land", "order", "fresh"}),
    ],
)
def test_the_address_alone_makes_the_list(
    three: dict[str, str], desk_of: Callable[[str], Client], query: str, found: set[str]
) -> None:
    view = "" if "view=" in query else "view=unit&"
    answer = desk_of("intake").get(f"{LIST}?{view}{query}")
    assert {row.code for row in answer.context["page"].rows} == {three[name] for name in found}


def test_a_view_keeps_the_filters(three: dict[str, str], desk_of: Callable[[str], Client]) -> None:
    answer = desk_of("intake").get(f"{LIST}?view=unit&topic=order")
    assert all(url.endswith("&topic=order") for _name, _label, url in answer.context["views"])


def test_a_list_is_saved_under_a_name_and_taken_away(
    three: dict[str, str], desk_of: Callable[[str], Client]
) -> None:
    client = desk_of("intake")
    answer = client.post(
        f"{LIST}luu-bo-loc/", {"name": "Trật tự", "query": "view=unit&topic=order"}
    )
    assert answer["Location"] == f"{LIST}?view=unit&topic=order"
    saved = SavedFilter.objects.get()
    page = client.get(LIST).content.decode()
    assert "?view=unit&amp;topic=order" in page
    client.post(f"{LIST}bo-loc/{saved.pk}/xoa/")
    assert not SavedFilter.objects.exists()


def test_the_same_name_replaces(three: dict[str, str], desk_of: Callable[[str], Client]) -> None:
    client = desk_of("intake")
    client.post(f"{LIST}luu-bo-loc/", {"name": "Của tôi", "query": "topic=order"})
    client.post(f"{LIST}luu-bo-loc/", {"name": " Của tôi ", "query": "topic=land"})
    assert [f.query for f in SavedFilter.objects.all()] == ["topic=land"]


@pytest.mark.parametrize("name", ["", "   ", "x" * 61])
def test_a_list_needs_a_name(people: Any, desk_of: Callable[[str], Client], name: str) -> None:
    answer = desk_of("intake").post(f"{LIST}luu-bo-loc/", {"name": name, "query": ""}, follow=True)
    assert len(list(answer.context["messages"])) == 1
    assert not SavedFilter.objects.exists()


def test_nobody_takes_away_the_list_of_another(
    people: Any, desk_of: Callable[[str], Client]
) -> None:
    desk_of("intake").post(f"{LIST}luu-bo-loc/", {"name": "Của tôi", "query": ""})
    saved = SavedFilter.objects.get()
    desk_of("head").post(f"{LIST}bo-loc/{saved.pk}/xoa/")
    assert SavedFilter.objects.exists()
    assert "Của tôi" not in desk_of("head").get(LIST).content.decode()


def test_thirty_lists_are_enough(people: Any, desk_of: Callable[[str], Client]) -> None:
    client = desk_of("intake")
    for number in range(31):
        client.post(f"{LIST}luu-bo-loc/", {"name": f"Danh sách {number}", "query": ""})
    assert SavedFilter.objects.count() == 30


def test_a_saved_query_cannot_lead_elsewhere(people: Any, desk_of: Callable[[str], Client]) -> None:
    answer = desk_of("intake").post(
        f"{LIST}luu-bo-loc/", {"name": "x", "query": "//kegian.vn/\r\nSet-Cookie: a=b"}
    )
    assert answer.status_code == 302
    assert answer["Location"].startswith(f"{LIST}?")
    assert "\n" not in answer["Location"]
