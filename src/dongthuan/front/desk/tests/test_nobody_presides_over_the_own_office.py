"""The vote on a village head: the head is offered none of it, the Front's head all of it; and
nobody is offered what would be refused."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from dongthuan.core import clock
from dongthuan.core.people.actors import SYSTEM
from dongthuan.core.people.households import Line, households_add
from dongthuan.core.units.models import Unit
from dongthuan.work.decisions.elections.models import Election
from dongthuan.work.decisions.tests.village_paths import Story

D = "/ban-lam-viec/"
NEW = f"{D}quyet-dinh/bau-cu/moi/"


@pytest.fixture
def story(people: Any) -> Story:
    village = Unit.objects.get(code="21439-t01")
    households_add(
        acting=SYSTEM, village=village, on=dt.date(2026, 1, 1),
        lines=[Line(f"{n:03}", f"Nguyễn Thị Hộ {n}") for n in range(1, 11)],
    )  # fmt: skip
    return Story(people, village)


def test_the_head_reads_of_the_own_dismissal_and_conducts_nothing(
    story: Story, desk_of: Callable[[str], Client]
) -> None:
    story.election(sort="dismiss").prepared()
    story.now = dt.datetime.combine(story.matter.held_on, dt.time(12), tzinfo=story.now.tzinfo)
    story.take("set_vote")
    path, vote = f"{D}vu-viec/{story.matter.code}/", story.matter.vote
    with clock.at(story.now):
        shown = desk_of("village_head").get(path).content.decode()
        assert f"{path}fail/" not in shown
        assert f"/ban-va-quyet-dinh/bieu-quyet/{vote.uuid}/" in shown
        assert f"{D}quyet-dinh/bieu-quyet/{vote.uuid}/" not in shown
        shown = desk_of("village_front").get(path).content.decode()
        assert f"{path}fail/" in shown
        assert f"{D}quyet-dinh/bieu-quyet/{vote.uuid}/" in shown


def test_a_meeting_that_was_counted_was_not_too_small(
    story: Story, desk_of: Callable[[str], Client]
) -> None:
    story.election(sort="dismiss").prepared().meeting(9, yes=6, no=3)
    path = f"{D}vu-viec/{story.matter.code}/"
    with clock.at(story.now):
        shown = desk_of("village_front").get(path).content.decode()
    assert f"{path}hold/" in shown
    assert f"{path}fail/" not in shown


def test_a_dismissal_says_who_asked_and_leads_to_the_election_that_follows(story: Story) -> None:
    story.election(sort="dismiss", grounds="households", requested_by=6).prepared()
    story.meeting(9, yes=6, no=3).takes("hold", "send", "recognise", "next")
    old = story.matter
    shown = Client().get(f"/ban-va-quyet-dinh/bau-cu/{old.code}/").content.decode()
    assert "kiến nghị của ít nhất 50% tổng số hộ gia đình (6)" in shown
    new = Election.objects.get(parent=old)
    assert f"/ban-va-quyet-dinh/bau-cu/{new.code}/" in shown


@pytest.mark.parametrize(
    ("name", "offered"),
    [("head", ["head"]), ("village_head", ["inspection", "supervision"]),
     ("front", ["inspection", "supervision"])],
)  # fmt: skip
def test_only_offices_that_one_may_open_are_offered(
    people: Any, desk_of: Callable[[str], Client], name: str, offered: list[str]
) -> None:
    shown = desk_of(name).get(NEW).content.decode()
    for post in ("head", "inspection", "supervision"):
        assert (f'<option value="{post}"' in shown) == (post in offered), post


def test_the_dismissal_of_a_member_of_a_board_leads_to_its_vote_by_the_pages(
    story: Story, desk_of: Callable[[str], Client]
) -> None:
    story.election("inspection", sort="dismiss", requested_by=8)
    found, desk = story.matter, desk_of("village_front")
    assert found.requested_by is None  # the Front has asked, no household
    page, names = f"{D}vu-viec/{found.code}/", f"{D}quyet-dinh/bau-cu/{found.code}/ung-cu/"
    with clock.at(story.now):
        assert names in desk.get(page).content.decode()
        shown = desk.get(names).content.decode()
        assert "Người được đề nghị cho thôi" in shown
        assert 'name="source"' not in shown
        assert desk.post(names, {"name": "Trần Văn Một", "born": 1970}).status_code == 302
    story.take("tell")
    with clock.at(dt.datetime.combine(found.held_on, dt.time(12), tzinfo=story.now.tzinfo)):
        assert f"{page}set_vote/" in desk.get(page).content.decode()
