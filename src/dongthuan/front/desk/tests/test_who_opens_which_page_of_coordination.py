"""The pages of the menu's group “Coordination” open for their people only."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from dongthuan.front.desk.tests.walking import COORDINATION, ROOMS, walk


@pytest.mark.parametrize("room", [room for room in ROOMS if room in COORDINATION])
def test_a_page_of_coordination_opens_for_its_people_only(
    people: Any, matter: Any, desk_of: Callable[[str], Client], room: str, request: Any
) -> None:
    walk(people, matter, desk_of, room, request)
