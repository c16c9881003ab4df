"""Every address of the desk is opened for its people only; coordination has its own file."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from dongthuan.front.desk.tests.pages import PAGES, POSTED
from dongthuan.front.desk.tests.walking import COORDINATION, ROOMS, walk
from dongthuan.front.desk.urls import urlpatterns


def test_the_table_names_every_address() -> None:
    assert {pattern.name for pattern in urlpatterns} == set(PAGES) | POSTED


@pytest.mark.parametrize("room", [room for room in ROOMS if room not in COORDINATION])
def test_a_page_opens_for_its_people_only(
    people: Any, matter: Any, desk_of: Callable[[str], Client], room: str, request: Any
) -> None:
    walk(people, matter, desk_of, room, request)
