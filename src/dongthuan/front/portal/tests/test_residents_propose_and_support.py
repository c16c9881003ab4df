"""Initiatives on the portal: no account, no script, no name of anybody on a public page."""

from __future__ import annotations

import datetime as dt
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

P = "/ban-va-quyet-dinh/"


@pytest.fixture
def story(people: Any) -> Story:
    village = Unit.objects.get(code="21439-t01")
    lines = [Line(f"{n:03}", f"Nguyễn Thị Hộ {n}") for n in range(1, 21)]
    households_add(acting=SYSTEM, village=village, lines=lines, on=dt.date(2026, 1, 1))
    story = Story(people, village)
    story.now = clock.now()
    return story


@pytest.fixture
def guest() -> Client:
    return Client()


def text(answer: Any) -> str:
    return str(answer.content.decode())


def test_a_resident_proposes_without_an_account(guest: Client, story: Story) -> None:
    form = {"village": "21439-t01", "item": "6", "text": "Trồng hoa dọc đường vào xóm.",
            "name": "Trần Thị Hoa", "phone": "0905123456"}  # fmt: skip
    assert guest.get(f"{P}sang-kien/de-xuat/").status_code == 200
    for missing in ("village", "item", "text", "name", "phone"):
        answer = guest.post(f"{P}sang-kien/de-xuat/", form | {missing: ""})
        assert (answer.status_code, Matter.objects.count()) == (422, 0), missing
    answer = guest.post(f"{P}sang-kien/de-xuat/", form)
    made = Matter.objects.get()
    assert made.code in text(answer) and "no-store" in answer["Cache-Control"]
    assert "Trồng hoa" not in text(guest.get(f"/tra-cuu/{made.code}/"))
    assert guest.get(f"{P}sang-kien/{made.code}/").status_code == 404


def test_everybody_reads_how_many_of_how_many_and_never_who(guest: Client, story: Story) -> None:
    story.initiative().takes("take_up").supported(7)
    for path in (f"{P}sang-kien/", f"{P}sang-kien/{story.matter.code}/"):
        page = text(guest.get(path))
        assert "1" in page and "20" in page
        assert "Nguyễn Thị Hộ 7" not in page and "007" not in page
        assert "Nguyễn Văn Thử" not in page and "0905123456" not in page


def test_a_household_supports_and_takes_back_with_its_slip(guest: Client, story: Story) -> None:
    story.initiative().takes("take_up")
    path = f"{P}sang-kien/{story.matter.code}/dong-thuan/"
    slip = {"number": "007", "code": support_code(story.matter, "007"), "go": "support"}
    wrong = guest.post(path, slip | {"code": "SAI1-SAI2-SAI3"})
    assert (wrong.status_code, Support.objects.count()) == (422, 0)
    assert guest.post(path, slip).status_code == 302
    assert guest.post(path, slip).status_code == 422
    assert guest.post(path, slip | {"go": "back"}).status_code == 302
    assert not Support.objects.filter(ended_on=None).exists()


def test_guessing_codes_is_stopped(guest: Client, story: Story) -> None:
    story.initiative().takes("take_up")
    path = f"{P}sang-kien/{story.matter.code}/dong-thuan/"
    guess = {"number": "007", "code": "SAI1-SAI2-SAI3", "go": "support"}
    codes = [guest.post(path, guess).status_code for _try in range(21)]
    assert codes == [422] * 20 + [429]
    right = guess | {"code": support_code(story.matter, "007")}
    assert guest.post(path, right).status_code == 429


def test_the_author_withdraws_it_on_the_portal(guest: Client, story: Story) -> None:
    story.initiative().takes("take_up")
    form = {"code": story.matter.code, "secret": story.receipt.secret, "sure": "on"}
    assert guest.post(f"{P}sang-kien/rut/", form | {"secret": "SAI"}).status_code == 422
    assert guest.post(f"{P}sang-kien/rut/", form | {"sure": ""}).status_code == 422
    assert guest.post(f"{P}sang-kien/rut/", form).status_code == 302
    assert story.matter.state == "withdrawn"


def test_the_author_follows_it_with_code_and_secret(guest: Client, story: Story) -> None:
    story.initiative().takes("take_up", "refuse")
    page = guest.post(
        "/tra-cuu/", {"code": story.matter.code, "secret": story.receipt.secret}, follow=True
    )
    assert page.status_code == 200 and story.matter.code in text(page)
    assert "Trái Điều 9" in text(guest.get(f"{P}sang-kien/{story.matter.code}/"))


def test_a_draft_takes_opinions_without_a_name_while_it_hangs(guest: Client, story: Story) -> None:
    story.convention()
    path = f"{P}huong-uoc/{story.matter.code}/"
    assert guest.get(path).status_code == 404  # nobody publishes an unfinished draft
    story.takes("agree", "team").drafted().takes("post")
    assert "Mỗi sáng chủ nhật" in text(guest.get(path))
    assert guest.post(f"{path}gop-y/", {"text": "gọi 0905123456"}).status_code == 422
    assert guest.post(f"{path}gop-y/", {"text": "Nên lùi giờ lại."}).status_code == 302
    assert story.matter.comments.get().text == "Nên lùi giờ lại."
    assert "Nên lùi giờ lại." not in text(guest.get(path))


def test_a_convention_in_force_shows_its_text_figures_and_versions(
    guest: Client, story: Story
) -> None:
    story.revised().takes("convene").meeting(15, yes=12, no=3).takes("hold", "file", "recognise")
    page = text(guest.get(f"{P}huong-uoc/{story.matter.code}/"))
    assert "12" in page and "20" in page and story.matter.frozen_sha256 in page
    assert story.matter.title in text(guest.get(f"{P}huong-uoc/?village=21439-t01"))
    assert story.matter.title not in text(guest.get(f"{P}huong-uoc/?village=21439-t02"))


def test_an_election_publishes_its_list_once_fixed_and_its_votes_once_counted(
    guest: Client, story: Story
) -> None:
    story.election().stand("Trần Văn Một", "Lê Thị Hai")
    path = f"{P}bau-cu/{story.matter.code}/"
    assert "Trần Văn Một" not in text(guest.get(path))
    story.takes("list", "plan", "team", "post", "tell")
    assert "Trần Văn Một" in text(guest.get(path))
    story.meeting(15, c1=13, c2=2)
    assert "13" in text(guest.get(story.takes("hold") and path))
    assert guest.get(f"{P}bau-cu/").status_code == 200


@pytest.mark.parametrize("view", ["sang-kien", "huong-uoc", "bau-cu"])
def test_a_public_list_costs_the_same_at_ten_and_at_a_hundred_rows(
    guest: Client, story: Story, view: str
) -> None:
    begin = {"sang-kien": lambda: story.initiative().takes("take_up"),
             "huong-uoc": lambda: story.convention().takes("agree", "team").drafted().takes("post"),
             "bau-cu": story.election}[view]  # fmt: skip
    begin()
    costs = []
    for rows in (10, 100):
        projected(story.matter, rows)
        with CaptureQueriesContext(connection) as seen:
            assert guest.get(f"{P}{view}/").status_code == 200
        costs.append(len(seen))
    assert costs[0] == costs[1] <= 8


def projected(row: Any, wanted: int) -> None:
    """Copies with their public rows."""
    first = row.projection
    copies(row, wanted)
    model = type(row)
    for made in model._default_manager.filter(projection=None):
        first.pk, first.matter_id, first.code = None, made.pk, made.code
        first._state.adding = True
        first.save()
