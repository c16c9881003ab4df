"""From the code on the wall to the published quarter, without an account and without a name."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from django.test import Client

from dongthuan.core import clock
from dongthuan.core.matters.services import matter_act
from dongthuan.core.units.models import Unit
from dongthuan.work.satisfaction.models import Answer, Desk, Round
from dongthuan.work.satisfaction.services import answer_give, desk_add, rounds_open, slips_print

AUGUST = dt.datetime(2026, 8, 12, 3, tzinfo=dt.UTC)
OCTOBER = dt.datetime(2026, 10, 2, 3, tzinfo=dt.UTC)


@pytest.fixture
def desk(people: Any) -> Desk:
    unit = Unit.objects.get(code="21439-ubnd")
    return desk_add(acting=people.intake, unit=unit, name="Quầy 1 – Đất đai")


def test_a_form_without_an_answer_is_told_so(client: Client, desk: Desk) -> None:
    page = client.post(f"/hai-long/quay/{desk.token}/", {})
    assert page.status_code == 422
    assert "ít nhất một câu" in page.content.decode()


def test_an_answer_is_kept_and_thanked_for(client: Client, desk: Desk) -> None:
    page = client.post(f"/hai-long/quay/{desk.token}/", {"q_time": "2", "q_attitude": "0"})
    assert page.status_code == 200
    assert Answer.objects.get().points == {"time": 2, "attitude": 0}


def test_a_slip_is_filled_in_by_its_code(client: Client, people: Any, desk: Desk) -> None:
    (code,) = slips_print(acting=people.intake, desk=desk, count=1)
    assert "data-from-hash" in client.get(f"/hai-long/quay/{desk.token}/").content.decode()
    assert client.get(f"/hai-long/quay/{desk.token}/{code}").status_code == 404
    client.post(f"/hai-long/quay/{desk.token}/", {"q_time": "2", "slip": code})
    assert Answer.objects.get().source == "slip"


def test_the_commune_as_a_whole_is_rated(client: Client, people: Any) -> None:
    page = client.post("/hai-long/21439/danh-gia/", {"q_know": "1"})
    assert page.status_code == 200
    assert Answer.objects.get().subject == "commune"


def test_unknown_desks_and_communes_are_not_there(client: Client, people: Any) -> None:
    for address in ("/hai-long/quay/khongco/", "/hai-long/99999/", "/hai-long/99999/danh-gia/"):
        assert client.get(address).status_code == 404


def test_the_published_quarter_is_read_by_everybody(
    client: Client, people: Any, desk: Desk
) -> None:
    with clock.at(AUGUST):
        desk = Desk.objects.get()
        Desk.objects.update(valid_from=dt.date(2026, 7, 1))
        for _n in range(6):
            answer_give(acting=people.citizen, subject="desk", unit=desk.unit, desk=desk,
                        points={"time": 2, "attitude": 1}, remark="GHI-CHU-KIN")  # fmt: skip
    with clock.at(OCTOBER):
        rounds_open(now=clock.now())
        before = client.get("/hai-long/21439/").content.decode()
        assert "15/10/2026" in before
        matter_act(acting=people.head, matter_id=Round.objects.get().pk, step_name="publish")
    page = client.get("/hai-long/21439/").content.decode()
    assert "Quý 3/2026" in page
    assert "2,00" in page
    assert "GHI-CHU-KIN" not in page
    listed = client.get("/hai-long/").content.decode()
    assert "3,0/4" in listed
    table = client.get("/hai-long/21439/so-lieu.csv").content.decode("utf-8-sig")
    assert "2026Q3" in table
    assert "GHI-CHU-KIN" not in table


def test_the_list_of_communes_costs_the_same_with_many_rounds(
    client: Client, people: Any, desk: Desk, django_assert_max_num_queries: Any
) -> None:
    client.get("/hai-long/")
    with django_assert_max_num_queries(4):
        client.get("/hai-long/")
