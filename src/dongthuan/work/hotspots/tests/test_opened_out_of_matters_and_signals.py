"""Opened by hand out of matters, or on a signal of the early warning; they stay as they are."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from dongthuan.core import clock
from dongthuan.core.matters.errors import MatterError
from dongthuan.core.matters.kinds import open_as
from dongthuan.core.matters.links import links_of
from dongthuan.core.matters.models import Entry, Matter
from dongthuan.core.matters.services import matter_note
from dongthuan.work.hotspots.contact import Raised, contact_plan, visit_record
from dongthuan.work.hotspots.indicators import contact_kept
from dongthuan.work.hotspots.models import Hotspot
from dongthuan.work.hotspots.services import Signal, hotspot_create
from dongthuan.work.hotspots.tests.conftest import TODAY, open_spot

TEXT = "Nhiều người phản ánh rác ở chợ mới trong tháng."


def test_the_matters_are_linked_and_stay_as_they_are(people: Any, submit: Any) -> None:
    petition = submit().matter
    before = Matter.objects.filter(pk=petition.pk).values().get()
    entries = Entry.objects.filter(matter=petition).count()
    spot = open_spot(people, matters=[petition.code])
    assert (spot.source, spot.signal_count) == ("matters", 1)
    assert [link.other.code for link in links_of(actor=people.head, matter=spot)] == [petition.code]
    assert links_of(actor=people.intake, matter=petition) == []
    assert Matter.objects.filter(pk=petition.pk).values().get() == before
    assert Entry.objects.filter(matter=petition).count() == entries


def test_a_code_out_of_sight_is_refused_and_nothing_is_opened(people: Any) -> None:
    with pytest.raises(MatterError) as refused:
        open_spot(people, matters=["21478-26-000001"])
    assert refused.value.field == "matters"
    assert not Hotspot.objects.exists()


def test_another_room_opens_it_out_of_a_matter(people: Any, submit: Any) -> None:
    petition = submit().matter
    made = open_as(acting=people.head, origin=petition, kind="hotspot", text=TEXT, now=clock.now())
    assert made.is_restricted
    assert made.parent_id is None, "its page tells nothing"


def test_a_signal_opens_it_with_topic_place_period_and_number(people: Any, place: Any) -> None:
    made = hotspot_create(
        acting=people.head, title="Rác ở chợ mới", about=TEXT, place=place, topic="environment",
        signal=Signal(since=TODAY - dt.timedelta(days=30), until=TODAY, count=7),
    )  # fmt: skip
    spot = Hotspot.objects.get(pk=made.pk)
    assert (spot.source, spot.topic, spot.place, spot.signal_count) == (
        "radar", "environment", place, 7,
    )  # fmt: skip
    assert (spot.signal_since, spot.signal_until) == (TODAY - dt.timedelta(days=30), TODAY)


def test_a_note_on_the_file_names_nobody_either(people: Any, spot: Any) -> None:
    with pytest.raises(MatterError):
        matter_note(acting=people.head, matter_id=spot.pk, text="Hộ ông Bảy phản đối.")
    matter_note(acting=people.head, matter_id=spot.pk, text="Đã mời Ban quản lý chợ.")


def test_the_plan_of_contact_counts_turns_within_its_period(
    people: Any, group: Any, areas: Any
) -> None:
    for area, turns in zip(areas, (10, 30), strict=True):
        contact_plan(
            acting=people.head, hotspot=group.hotspot, group=group, area=area, since=TODAY,
            until=TODAY + dt.timedelta(days=7), turns=turns, purpose="Nghe ý kiến",
        )  # fmt: skip
        visit_record(
            acting=people.dvan, hotspot=group.hotspot, group=group, area=area, on=TODAY, turns=12,
            concerns=[Raised(topic="economy", text="Giá thuê?")],
        )  # fmt: skip
    found = contact_kept("vn.51.21439.", TODAY, TODAY + dt.timedelta(days=30))
    assert (found.numerator, found.denominator, found.matters) == (1, 2, None)
