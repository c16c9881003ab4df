"""Initiatives, conventions and elections at the desk: ways in, who sees which page, plain words."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from dongthuan.core import clock
from dongthuan.core.matters.models import Matter
from dongthuan.core.people.actors import SYSTEM
from dongthuan.core.people.households import Line, households_add
from dongthuan.core.units.models import Unit
from dongthuan.work.decisions.initiatives.models import Support
from dongthuan.work.decisions.initiatives.services import support_code
from dongthuan.work.decisions.tests.village_paths import Story, copies

D = "/ban-lam-viec/quyet-dinh/"
Desk = Callable[[str], Client]


@pytest.fixture
def village(people: Any) -> Unit:
    village = Unit.objects.get(code="21439-t01")
    lines = [Line(f"{n:03}", f"Nguyễn Thị Hộ {n}") for n in range(1, 21)]
    households_add(acting=SYSTEM, village=village, lines=lines, on=dt.date(2026, 1, 1))
    return village


@pytest.fixture
def story(people: Any, village: Unit) -> Story:
    story = Story(people, village)
    story.now = clock.now()
    return story


def test_an_initiative_is_entered_and_its_receipt_shown_once(desk_of: Desk, village: Unit) -> None:
    desk = desk_of("village_head")
    assert "Nhóm" not in desk.get(f"{D}sang-kien/moi/").content.decode()
    data = {"village": village.pk, "item": "6", "text": "Trồng hoa dọc đường vào xóm.",
            "name": "Trần Thị Hoa", "phone": ""}  # fmt: skip
    refused = desk.post(f"{D}sang-kien/moi/", data)
    assert (refused.status_code, Matter.objects.count()) == (422, 0)
    answer = desk.post(f"{D}sang-kien/moi/", data | {"phone": "0905123456"})
    made = Matter.objects.get()
    assert (answer.status_code, made.channel) == (200, "counter")
    assert made.code in answer.content.decode()
    assert "no-store" in answer["Cache-Control"]


def test_the_village_enters_a_signed_list_and_takes_one_back(desk_of: Desk, story: Story) -> None:
    story.initiative().takes("take_up")
    desk, path = desk_of("village_head"), f"{D}sang-kien/{story.matter.code}/dong-thuan/"
    day = story.today.isoformat()
    answer = desk.post(path, {"channel": "paper", "signed_on": day, "numbers": ["003"]})
    assert answer.status_code == 302
    again = desk.post(path, {"channel": "paper", "signed_on": day, "numbers": ["004", "003"]})
    assert (again.status_code, Support.objects.count()) == (422, 1)
    assert desk.post(path, {"channel": "paper", "signed_on": day}).status_code == 422
    back = f"{D}sang-kien/{story.matter.code}/rut-dong-thuan/"
    assert desk.post(back, {"number": "003"}).status_code == 302
    assert not Support.objects.filter(ended_on=None).exists()


def test_codes_are_handed_out_by_the_village_head_alone(desk_of: Desk, story: Story) -> None:
    story.initiative().takes("take_up")
    path, secret = f"{D}sang-kien/{story.matter.code}/ma-ho/", support_code(story.matter, "005")
    assert desk_of("village_head").get(path).status_code == 405
    page = desk_of("village_head").post(path)
    assert secret in page.content.decode() and "no-store" in page["Cache-Control"]
    assert secret not in desk_of("head").post(path, follow=True).content.decode()
    renewed = desk_of("village_head").post(path, {"renew": "on"}).content.decode()
    assert secret not in renewed and support_code(story.matter, "005") in renewed


def test_a_draft_is_written_in_one_field(desk_of: Desk, story: Story) -> None:
    story.convention().takes("agree", "team")
    desk, path = desk_of("village_head"), f"{D}huong-uoc/{story.matter.code}/du-thao/"
    assert desk.post(path, {"text": "Không có tiêu đề"}).status_code == 422
    text = "# Điều 1. Vệ sinh\nDọn đường.\n\n# Điều 2. Giờ giấc\nGiữ yên lặng."
    assert desk.post(path, {"text": text}).status_code == 302
    assert [s.heading for s in story.matter.sections.all()] == [
        "Điều 1. Vệ sinh", "Điều 2. Giờ giấc",
    ]  # fmt: skip
    assert "Giữ yên lặng." in desk.get(path).content.decode()


def test_an_election_is_opened_and_its_list_kept(desk_of: Desk, story: Story) -> None:
    day = (story.today + dt.timedelta(days=40)).isoformat()
    data = {"village": story.village.pk, "post": "head", "sort": "elect", "held_on": day,
            "seats": 1}  # fmt: skip
    assert desk_of("village_head").post(f"{D}bau-cu/moi/", data).status_code == 422
    assert desk_of("head").post(f"{D}bau-cu/moi/", data).status_code == 302
    made = Matter.objects.get()
    desk, path = desk_of("village_front"), f"{D}bau-cu/{made.code}/"
    person = {"name": "Trần Văn Một", "born": 1975, "source": "front"}
    assert desk.post(f"{path}ung-cu/", person).status_code == 302
    assert desk.post(f"{path}ung-cu/", person).status_code == 422
    assert "Trần Văn Một" in desk.get(f"{path}ung-cu/").content.decode()
    desk.post(f"{path}bo-ten/", {"number": "1"})
    assert "Trần Văn Một" not in desk.get(f"{path}ung-cu/").content.decode()


def test_who_opens_the_villages_own_pages(desk_of: Desk, story: Story) -> None:
    story.initiative().takes("take_up")
    paths = [f"{D}sang-kien/{story.matter.code}/dong-thuan/"]
    story.convention()
    paths.append(f"{D}huong-uoc/{story.matter.code}/du-thao/")
    opening = {"village_head": 200, "village_front": 200, "head": 200, "nobody": 302}
    others = ("front", "other_village_head", "other_head", "inspector", "admin", "board")
    for name, status in (opening | dict.fromkeys(others, 404)).items():
        for path in paths:
            assert desk_of(name).get(path).status_code == status, (name, path)


def test_the_page_of_a_matter_offers_what_is_due(desk_of: Desk, story: Story) -> None:
    story.election()
    page = desk_of("village_front").get(f"/ban-lam-viec/vu-viec/{story.matter.code}/")
    text = page.content.decode()
    assert f"{D}bau-cu/{story.matter.code}/ung-cu/" in text
    assert "Khoản 2 Điều 6" in text
    assert "Điểm a khoản 1 Điều 6" not in text.split('id="nghia-vu"')[0]  # the committee's step


@pytest.mark.parametrize("view", ["sang-kien", "huong-uoc", "bau-cu"])
def test_a_list_costs_the_same_at_ten_and_at_a_hundred_rows(
    desk_of: Desk, story: Story, view: str
) -> None:
    desk, costs = desk_of("village_head"), []
    begin = {"sang-kien": story.initiative, "huong-uoc": story.convention,
             "bau-cu": story.election}[view]  # fmt: skip
    begin()
    for rows in (10, 100):
        copies(story.matter, rows)
        with CaptureQueriesContext(
            connection,
        ) as seen:
            page = desk.get(f"{D}cua-thon/?xem={view}")
        assert page.status_code == 200
        costs.append(len(seen))
    assert costs[0] == costs[1] <= 12


def test_the_vote_of_an_election_is_closed_at_its_console(desk_of: Desk, story: Story) -> None:
    story.election().prepared()
    story.at(f"{story.matter.held_on} 19:30").takes("set_vote")
    story.tallied(16, c1=15)
    front, vote = desk_of("village_front"), story.matter.vote
    console = f"{D}bieu-quyet/{vote.uuid}/"
    with clock.at(story.now):
        assert f"{console}lam/dong/" in front.get(console).content.decode()
        front.post(f"{console}lam/dong/")
        page = front.get(console).content.decode()
    assert story.matter.vote.is_closed
    assert f"/ban-lam-viec/vu-viec/{story.matter.code}/" in page.split("<h1")[1]
    assert story.takes("hold").matter.state == "elected"


def test_a_fixed_list_takes_names_of_the_meeting_alone(desk_of: Desk, story: Story) -> None:
    story.election().prepared()
    page = desk_of("village_front").get(f"{D}bau-cu/{story.matter.code}/ung-cu/")
    offered = [key for key, _label in page.context["form"].fields["source"].choices]
    assert offered == ["self", "household"]


def test_an_amended_convention_is_reached_from_the_earlier_one(desk_of: Desk, story: Story) -> None:
    story.revised().takes("convene", "tell").meeting(18, yes=16).takes("hold", "file", "recognise")
    old = story.matter.code
    story.takes("amend")
    made = Matter.objects.exclude(code=old).get(kind="convention")
    page = desk_of("village_head").get(f"/ban-lam-viec/vu-viec/{old}/").content.decode()
    assert f"/ban-lam-viec/vu-viec/{made.code}/" in page
