"""Khoản 2 Điều 28: at least twenty days from publication; never earlier, holidays or not."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from dongthuan.core import clock
from dongthuan.core.matters.errors import MatterError
from dongthuan.core.matters.models import Duty, Matter
from dongthuan.work.consultations.tests.conftest import AFTER, LAST, TODAY, ZONE, step


def test_nineteen_days_are_refused_and_twenty_are_enough(people: Any, planned: Any) -> None:
    matter = planned()
    with pytest.raises(MatterError) as error:
        step(people.handler, matter, "publish", closes_on=LAST - dt.timedelta(days=1))
    assert error.value.field == "closes_on"
    assert "22/11/2026" in error.value.message
    assert step(people.handler, matter, "publish", closes_on=LAST).closes_on == LAST


def test_the_day_is_counted_through_tet_and_does_not_move(people: Any, planned: Any) -> None:
    """Published on 25 January 2027, twenty days end on Sunday 14 February, within the holidays."""
    matter = planned()
    with clock.at(dt.datetime(2027, 1, 25, 16, tzinfo=ZONE)):
        with pytest.raises(MatterError):
            step(people.handler, matter, "publish", closes_on=dt.date(2027, 2, 13))
        matter = step(people.handler, matter, "publish", closes_on=dt.date(2027, 2, 14))
    duty = Duty.objects.get(matter=matter, rule="dc.consult_min")
    assert duty.due_on == dt.date(2027, 2, 14)
    with clock.at(dt.datetime(2027, 2, 14, 23, 59, tzinfo=ZONE)):
        assert matter.takes_opinions
        with pytest.raises(MatterError):
            step(people.handler, matter, "close")
    with clock.at(dt.datetime(2027, 2, 15, 0, 1, tzinfo=ZONE)):
        assert not matter.takes_opinions
        assert step(people.handler, matter, "close").state == "closed"


def test_a_publication_late_at_night_counts_by_the_day_in_viet_nam(
    people: Any, planned: Any
) -> None:
    matter = planned()
    with clock.at(dt.datetime(2026, 11, 2, 23, 30, tzinfo=ZONE)):
        assert step(people.handler, matter, "publish", closes_on=LAST).closes_on == LAST


def test_it_cannot_be_closed_on_the_last_day(people: Any, opened: Any) -> None:
    matter = opened()
    with clock.at(dt.datetime(2026, 11, 22, 23, 59, tzinfo=ZONE)), pytest.raises(MatterError):
        step(people.handler, matter, "close")
    with clock.at(AFTER):
        assert step(people.handler, matter, "close").state == "closed"
    assert Duty.objects.get(matter=matter, rule="dc.consult_min").state == "fulfilled"


@pytest.mark.parametrize(
    ("given", "field"),
    [
        ({"other_law": "Điều 5 Nghị định thử"}, "other_days"),
        ({"other_days": 7}, "other_law"),
        ({"other_law": "theo chỉ đạo của cấp trên", "other_days": 7}, "other_law"),
        ({"other_law": "Điều 5 Nghị định thử", "other_days": 400}, "other_days"),
        ({"other_law": "Điều 5 Nghị định thử", "other_days": 10}, "closes_on"),
    ],
)
def test_another_term_needs_its_article_and_its_days(
    people: Any, planned: Any, given: Any, field: str
) -> None:
    matter = planned()
    with pytest.raises(MatterError) as error:
        step(people.handler, matter, "publish", closes_on=dt.date(2026, 11, 9), **given)
    assert error.value.field == field
    assert Matter.objects.get(pk=matter.pk).state == "planned"


def test_the_term_of_another_law_takes_the_place_of_the_twenty_days(
    people: Any, planned: Any
) -> None:
    matter = step(
        people.handler, planned(), "publish", closes_on=dt.date(2026, 11, 9),
        other_law="Điều 5 Nghị định thử", other_days=7,
    )  # fmt: skip
    assert matter.other_days == 7
    assert not Duty.objects.filter(matter=matter, rule="dc.consult_min").exists()


def test_what_must_last_is_not_overdue_and_the_synthesis_is_the_next_day_to_keep(
    opened: Any,
) -> None:
    matter = Matter.objects.get(pk=opened().pk)
    assert matter.next_rule == "dc.consult_synthesis"


def test_opinions_may_be_taken_longer_and_the_synthesis_moves(people: Any, opened: Any) -> None:
    matter = opened()
    before = Duty.objects.get(matter=matter, rule="dc.consult_synthesis").due_on
    with pytest.raises(MatterError):
        step(people.handler, matter, "prolong", until=LAST, reason="Thêm thời gian")
    matter = step(
        people.handler, matter, "prolong", until=dt.date(2026, 11, 30), reason="Thêm thời gian"
    )
    assert matter.closes_on == dt.date(2026, 11, 30)
    now = Duty.objects.get(matter=matter, rule="dc.consult_synthesis", state="open").due_on
    assert now > before


def test_nothing_is_published_without_something_to_speak_to(people: Any, draft: Any) -> None:
    matter = step(people.handler, draft(), "send_plan", document="1/KH", sent_on=TODAY.date())
    with pytest.raises(MatterError):
        step(people.handler, matter, "publish", closes_on=LAST)
