"""After a gap the place is owed anew; what must always hang is owed from the day it is missed."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from dongthuan.core.matters.errors import MatterError
from dongthuan.core.matters.models import Duty, Matter
from dongthuan.work.disclosure.postings import check_record, disclosures_settle, posting_end
from dongthuan.work.disclosure.services import place_add, place_end
from dongthuan.work.disclosure.tests.conftest import at


def owed(found: Any) -> list[tuple[str, str]]:
    rows = Duty.objects.filter(matter=found, state="open").order_by("id")
    return list(rows.values_list("rule", "anchor"))


def test_a_gap_keeps_it_from_being_complete(
    people: Any, published: Any, post: Any, places: Any
) -> None:
    found = published()
    boards = list({p.pk: p for p in places.values() if p.sort in ("hq", "village")}.values())
    hung = post(found, boards, dt.date(2026, 11, 2))
    with at(dt.date(2026, 11, 10)):
        posting_end(acting=people.head, posting_id=hung[0].pk, ended_on=dt.date(2026, 11, 10))
    with at(dt.date(2026, 12, 4), 1):
        disclosures_settle()
        assert owed(found) == [("dc.publish_default", "discovered")]
        assert Matter.objects.get(pk=found.pk).state == "published"
        disclosures_settle()
        assert len(owed(found)) == 1  # asked twice, owed once
        post(found, [boards[0]], dt.date(2026, 12, 4))
        assert owed(found) == [("dc.post_min", "posted")]
    with at(dt.date(2027, 1, 4), 1):
        disclosures_settle()
    assert owed(found) == []
    assert Matter.objects.get(pk=found.pk).state == "complete"


def test_what_must_always_hang_is_owed_when_it_is_gone(
    people: Any, published: Any, post: Any, places: Any
) -> None:
    found = published(item="13")
    post(found, [places["hq"]], dt.date(2026, 11, 2))
    assert owed(found) == []
    with at(dt.date(2027, 11, 2)):
        check_record(
            acting=people.inspector, disclosure_id=found.pk, place=places["hq"],
            on=dt.date(2027, 11, 1), seen=False,
        )  # fmt: skip
        assert owed(found) == [("dc.publish_default", "discovered")]
        post(found, [places["hq"]], dt.date(2027, 11, 2))
        assert owed(found) == []
    assert Matter.objects.get(pk=found.pk).state == "published"


def test_what_must_always_hang_is_owed_again_after_it_was_taken_down(
    people: Any, published: Any, post: Any, places: Any
) -> None:
    found = published(item="13")
    (hung,) = post(found, [places["hq"]], dt.date(2026, 11, 2))
    with at(dt.date(2027, 5, 4)):
        posting_end(acting=people.head, posting_id=hung.pk, ended_on=dt.date(2027, 5, 4))
        assert owed(found) == []  # it can still be hung today
    with at(dt.date(2027, 5, 6), 1):
        disclosures_settle()
        assert owed(found) == [("dc.publish_default", "discovered")]
        disclosures_settle()
        assert len(owed(found)) == 1


def test_a_village_and_the_office_keep_a_place(people: Any, places: Any) -> None:
    hall = next(place for place in places.values() if place.sort == "village")
    for last in (places["hq"], hall):
        with pytest.raises(MatterError):
            place_end(acting=people.head, place=last)
    place_add(acting=people.head, unit=hall.unit, name="Bảng tin ngõ 5", village=hall.village)
    place_end(acting=people.head, place=hall)
    place_end(acting=people.head, place=places["loudspeaker"])
