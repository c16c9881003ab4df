"""Postponing: a reason, a new working day, posted again; what was broken stays broken."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from dongthuan.core import clock
from dongthuan.core.matters.errors import MatterError
from dongthuan.core.matters.models import Duty, Entry
from dongthuan.core.outbox.models import Message
from dongthuan.work.receptions.models import Booking
from dongthuan.work.receptions.tests.conftest import ZONE, book, step

REASON = "Họp đột xuất ở tỉnh"


def duties(reception: Any) -> list[tuple[str, str]]:
    rows = Duty.objects.filter(matter=reception, rule="tcd.schedule_post").order_by("id")
    return [(str(duty.due_on), duty.state) for duty in rows]


def test_a_posted_day_moves_and_owes_its_posting_again(people: Any, posted: Any) -> None:
    moved = step(people.intake, posted, "postpone", new_day=dt.date(2026, 11, 19), reason=REASON)
    assert (moved.state, moved.held_on, moved.posted_on) == (
        "postponed", dt.date(2026, 11, 19), None,
    )  # fmt: skip
    assert duties(moved) == [("2026-11-03", "fulfilled"), ("2026-11-12", "open")]
    entry = Entry.objects.filter(matter=moved).latest("id")
    assert entry.facts["day_before"] == "2026-11-10"
    assert "short_notice" not in entry.facts
    assert step(people.intake, moved, "post").state == "posted"
    assert duties(moved)[-1] == ("2026-11-12", "fulfilled")


def test_too_short_a_notice_is_said_and_stays_broken(people: Any, posted: Any) -> None:
    with clock.at(dt.datetime(2026, 11, 9, 9, tzinfo=ZONE)):
        moved = step(
            people.intake, posted, "postpone", new_day=dt.date(2026, 11, 12), reason=REASON
        )
        assert Entry.objects.filter(matter=moved).latest("id").facts["short_notice"] == 3
        assert duties(moved)[-1] == ("2026-11-05", "open")
        step(people.intake, moved, "post")
    assert duties(moved)[-1] == ("2026-11-05", "late")


def test_a_posting_already_missed_is_not_hidden(people: Any, plan: Any) -> None:
    reception = plan()
    with clock.at(dt.datetime(2026, 11, 5, 9, tzinfo=ZONE)):
        moved = step(
            people.intake, reception, "postpone", new_day=dt.date(2026, 11, 19), reason=REASON
        )
    assert duties(moved) == [("2026-11-03", "late"), ("2026-11-12", "open")]


def test_a_session_opened_without_posting_has_broken_its_promise(people: Any, plan: Any) -> None:
    reception = plan()
    with clock.at(dt.datetime(2026, 11, 10, 8, tzinfo=ZONE)):
        step(people.intake, reception, "open")
    assert duties(reception) == [("2026-11-03", "late")]


@pytest.mark.parametrize(
    "bad",
    [
        {"new_day": dt.date(2026, 11, 10)},
        {"new_day": dt.date(2026, 11, 6)},
        {"new_day": dt.date(2026, 11, 15)},  # a Sunday
        {"new_day": dt.date(2026, 11, 24)},  # Ngày Văn hóa Việt Nam
        {"reason": ""},
        {"reason": "Ông A, 0905123456, ốm"},
    ],
)
def test_a_bad_postponement_changes_nothing(people: Any, posted: Any, bad: dict[str, Any]) -> None:
    data = {"new_day": dt.date(2026, 11, 19), "reason": REASON} | bad
    with pytest.raises(MatterError):
        step(people.intake, posted, "postpone", **data)
    posted.refresh_from_db()
    assert (posted.state, posted.held_on) == ("posted", dt.date(2026, 11, 10))


def test_two_days_of_one_head_do_not_fall_together(people: Any, plan: Any, posted: Any) -> None:
    plan(held_on=dt.date(2026, 11, 19))
    with pytest.raises(MatterError):
        step(people.intake, posted, "postpone", new_day=dt.date(2026, 11, 19), reason=REASON)


def test_bookers_are_told_the_new_day(people: Any, posted: Any) -> None:
    booking = book(posted)
    step(people.intake, posted, "postpone", new_day=dt.date(2026, 11, 19), reason=REASON)
    message = Message.objects.filter(about=booking.code).latest("id")
    assert "19/11/2026" in message.body
    assert booking.about not in message.body


def test_bookers_are_told_that_it_is_not_held(people: Any, posted: Any) -> None:
    booking = book(posted)
    step(people.intake, posted, "not_hold", reason=REASON)
    booking.refresh_from_db()
    assert booking.state == Booking.State.CANCELLED
    assert Message.objects.filter(about=booking.code).count() == 2
