"""Opinions are read and put into groups on one page; a refusal loses nothing that was ticked."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.test import Client

from dongthuan.core import clock
from dongthuan.work.consultations.models import Cluster, Opinion
from dongthuan.work.consultations.opinions import Given, part_give
from dongthuan.work.consultations.tests.conftest import TODAY, open_today

D = "/ban-lam-viec/lay-y-kien/"
Desk = Callable[[str], Client]


@pytest.fixture(autouse=True)
def _the_day() -> Iterator[None]:
    with clock.at(TODAY):
        yield


@pytest.fixture
def fresh(people: Any) -> tuple[str, int]:
    """The page of opinions, and one that nobody has read."""
    asked = open_today(people)
    matter = Opinion.objects.get(pk=asked["opinion"]).consultation
    part = part_give(
        consultation_id=matter.pk, given=Given(opinions=[(None, "Nên làm thêm vạch sơn.")])
    )
    return f"{D}{matter.code}/y-kien/", part.opinions.get().pk


def test_the_name_of_a_new_group_is_not_asked_of_who_only_reads(
    fresh: tuple[str, int], desk_of: Desk
) -> None:
    page = desk_of("handler").get(fresh[0]).content.decode()
    forms = re.findall(r"<form method=\"post\"[^>]*>.*?</form>", page, re.DOTALL)
    (form,) = (one for one in forms if 'name="opinion"' in one)
    assert 'name="title"' in form
    assert "novalidate" in form.partition(">")[0]


def test_a_refused_group_keeps_what_was_ticked_and_typed(
    fresh: tuple[str, int], desk_of: Desk
) -> None:
    here, pk = fresh
    before = Cluster.objects.count()
    answer = desk_of("handler").post(here, {"opinion": [pk], "go": "new", "title": "Sơn"})
    assert answer.status_code == 422
    page = answer.content.decode()
    assert f'id="y-{pk}" checked' in page
    assert 'value="Sơn"' in page
    assert "error-summary" in page
    assert Cluster.objects.count() == before


def test_showing_nothing_is_told(fresh: tuple[str, int], desk_of: Desk) -> None:
    answer = desk_of("handler").post(fresh[0], {"go": "show"})
    assert answer.status_code == 422
    assert "Hãy chọn ít nhất một ý kiến." in answer.content.decode()


def test_a_group_that_gets_no_opinion_is_not_left_behind(
    fresh: tuple[str, int], desk_of: Desk
) -> None:
    data = {"opinion": ["999999"], "go": "new", "title": "Vạch sơn qua đường"}
    before = Cluster.objects.count()
    assert desk_of("handler").post(fresh[0], data).status_code == 422
    assert Cluster.objects.count() == before


def test_papers_of_one_pile_share_their_source(fresh: tuple[str, int], desk_of: Desk) -> None:
    desk, here = desk_of("handler"), fresh[0].removesuffix("y-kien/") + "phieu-giay/"
    page = desk.get(here)
    form = page.context["form"].fields["form"].choices[0][0]
    data = {"form": form, "taken_on": TODAY.date().isoformat(), "source": "Hòm thư nhà văn hóa",
            "people": 1, "text": "Đường hẹp quá."}  # fmt: skip
    done = desk.post(here, data, follow=True)
    assert 'value="Hòm thư nhà văn hóa"' in done.content.decode()
    assert "Đường hẹp quá." not in done.content.decode()
