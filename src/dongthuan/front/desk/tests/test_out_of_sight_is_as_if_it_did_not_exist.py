from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from dongthuan.core.matters.models import Duty, Matter

D = "/ban-lam-viec/vu-viec/"
PATHS = ("", "register/", "thoi-han/{duty}/", "giay-to/00000000-0000-4000-8000-000000000000/")


def page(answer: Any, code: str) -> str:
    """The page without what differs in every answer."""
    html = answer.content.decode().replace(code, "CODE")
    return re.sub(r'(csrfmiddlewaretoken" value=|nonce=)"[^"]*"', "", html)


@pytest.fixture
def sealed(denounce: Any) -> Matter:
    return denounce("Nội dung chỉ người được giao mới đọc.").matter


@pytest.fixture
def walled(people: Any, submit: Any) -> Matter:
    """A matter about the handler, who therefore must not know of it."""
    matter = submit("Phản ánh về cách làm việc của một cán bộ.").matter
    Matter.objects.filter(pk=matter.pk).update(
        walled_accounts=[people.accounts["handler"].pk], walled_paths=people.inspector.unit_paths
    )
    return matter


@pytest.mark.parametrize("path", PATHS)
@pytest.mark.parametrize("method", ["get", "post"])
@pytest.mark.parametrize("name", ["intake", "handler", "head", "inspector", "front"])
def test_a_sealed_matter_answers_as_one_that_is_not_there(
    sealed: Matter, desk_of: Callable[[str], Client], name: str, method: str, path: str
) -> None:
    _compare(desk_of(name), sealed, method, path)


@pytest.mark.parametrize("path", PATHS)
@pytest.mark.parametrize("name", ["handler", "inspector", "other_intake"])
def test_a_walled_matter_answers_as_one_that_is_not_there(
    walled: Matter, desk_of: Callable[[str], Client], name: str, path: str
) -> None:
    _compare(desk_of(name), walled, "get", path)


def _compare(client: Client, matter: Matter, method: str, path: str) -> None:
    path = path.format(duty=Duty.objects.filter(matter=matter).latest("id").pk)
    missing = "21439-26-999999"
    there = getattr(client, method)(f"{D}{matter.code}/{path}")
    nowhere = getattr(client, method)(f"{D}{missing}/{path}")
    assert there.status_code == nowhere.status_code
    assert there.status_code in (404, 405)
    assert page(there, matter.code) == page(nowhere, missing)


def test_the_designated_officer_opens_the_sealed_matter(
    sealed: Matter, desk_of: Callable[[str], Client]
) -> None:
    assert desk_of("sealed").get(f"{D}{sealed.code}/").status_code == 200


def test_the_rest_of_the_unit_opens_the_walled_matter(
    walled: Matter, desk_of: Callable[[str], Client]
) -> None:
    assert desk_of("head").get(f"{D}{walled.code}/").status_code == 200


@pytest.mark.parametrize("view", ["unit", "all", "unassigned", "overdue", "soon", "closed"])
def test_no_list_shows_what_is_out_of_sight(
    sealed: Matter, walled: Matter, desk_of: Callable[[str], Client], view: str
) -> None:
    html = desk_of("handler").get(f"/ban-lam-viec/?view={view}").content.decode()
    assert sealed.code not in html
    assert walled.code not in html


def test_ticking_a_matter_out_of_sight_assigns_nothing(
    people: Any, sealed: Matter, submit: Any, desk_of: Callable[[str], Client]
) -> None:
    seen = submit().matter
    desk_of("head").post(
        "/ban-lam-viec/giao-viec/",
        {"matter": [seen.pk, sealed.pk], "account": people.accounts["handler"].pk},
    )
    assert set(Matter.objects.values_list("handler", flat=True)) == {None}
