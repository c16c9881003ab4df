"""Continuity: the pure function against walking day by day, and through the services."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from dongthuan.core.matters.models import Duty, Entry
from dongthuan.work.disclosure.continuity import continuity
from dongthuan.work.disclosure.models import Check, Disclosure, Place
from dongthuan.work.disclosure.postings import (
    check_record,
    disclosures_settle,
    posting_end,
)
from dongthuan.work.disclosure.selectors import spots_of
from dongthuan.work.disclosure.tests.conftest import at

ZERO = dt.date(2026, 2, 1)
DAY = dt.timedelta(days=1)
days = st.integers(0, 25).map(lambda n: ZERO + n * DAY)
postings = st.lists(
    st.tuples(days, st.none() | st.integers(0, 12)).map(
        lambda p: (p[0], None if p[1] is None else p[0] + p[1] * DAY)
    ),
    max_size=5,
)


def walked(hung: Any, absences: Any, need: int, until: dt.date) -> tuple[Any, list[dt.date]]:
    """Day by day: which day kept it, which days broke a run. The slow, plain way."""
    gaps: list[dt.date] = []
    row, day = 0, ZERO
    # What is hung anew on a day on which it was missing counts from the next day.
    hung = [
        (first + DAY if first in absences and any(f < first for f, _e in hung) else first, end)
        for first, end in hung
    ]
    cut = {
        i: min((a for a in absences if first <= a <= (end or until)), default=None)
        for i, (first, end) in enumerate(hung)
    }
    while day <= until:
        there = any(
            first <= day <= (end or until) and (cut[i] is None or day < cut[i])
            for i, (first, end) in enumerate(hung)
        )
        if there:
            row += 1
            if row == need:
                return day, gaps
        else:
            if row:
                gaps.append(day)
            row = 0
        day += DAY
    return None, gaps


@given(postings, st.sets(days, max_size=4), st.integers(1, 12), days)
def test_it_agrees_with_walking_day_by_day(
    hung: Any, absences: set[dt.date], need: int, until: dt.date
) -> None:
    runs = continuity(hung, absences, days=need, until=until)
    kept = next((run.kept_on for run in runs if run.kept_on), None)
    assert (kept, [run.gap for run in runs if run.gap]) == walked(hung, absences, need, until)


def test_thirty_days_are_kept_on_the_thirtieth_after_the_first() -> None:
    first = dt.date(2026, 11, 2)
    runs = continuity([(first, None)], (), days=31, until=dt.date(2026, 12, 1))
    assert runs[0].kept_on is None and runs[0].gap is None
    runs = continuity([(first, None)], (), days=31, until=dt.date(2026, 12, 2))
    assert runs[0].kept_on == dt.date(2026, 12, 2)


def lasting(found: Disclosure) -> list[tuple[str, str]]:
    rows = Duty.objects.filter(matter=found, rule="dc.post_min").order_by("id")
    return list(rows.values_list("state", "reason"))


def test_a_day_without_breaks_the_promise_and_a_new_posting_begins_anew(
    people: Any, published: Callable[..., Disclosure], post: Any, places: dict[str, Place]
) -> None:
    found = published()
    with at(dt.date(2026, 11, 3)):
        (posting,) = post(found, [places["hq"]], dt.date(2026, 11, 3))
    with at(dt.date(2026, 11, 20)):
        posting_end(acting=people.head, posting_id=posting.pk, ended_on=dt.date(2026, 11, 20))
        assert [state for state, _why in lasting(found)] == ["open"]  # it can still be hung today
    with at(dt.date(2026, 11, 22), 1):
        disclosures_settle()
        ((state, why),) = lasting(found)
        assert state == "late"
        assert "21/11/2026" in why and "Trụ sở HĐND, UBND" in why
        assert Entry.objects.filter(matter=found, act="disclosure.gap").count() == 1
        post(found, [places["hq"]], dt.date(2026, 11, 22))
    assert [state for state, _why in lasting(found)] == ["late", "open"]
    with at(dt.date(2026, 12, 23), 1):
        disclosures_settle()
    assert [state for state, _why in lasting(found)] == ["late", "fulfilled"]
    last = Duty.objects.filter(matter=found, rule="dc.post_min").latest("id")
    assert last.due_on == dt.date(2026, 12, 22)


def test_moving_it_without_a_missing_day_is_no_gap(
    people: Any, published: Callable[..., Disclosure], post: Any, places: dict[str, Place]
) -> None:
    found = published()
    (posting,) = post(found, [places["hq"]], dt.date(2026, 11, 2))
    with at(dt.date(2026, 11, 20)):
        posting_end(acting=people.head, posting_id=posting.pk, ended_on=dt.date(2026, 11, 19))
        post(found, [places["hq"]], dt.date(2026, 11, 20))
    with at(dt.date(2026, 12, 3), 1):
        disclosures_settle()
    assert [state for state, _why in lasting(found)] == ["fulfilled"]


def test_through_tet_the_days_run_on(
    people: Any, published: Callable[..., Disclosure], post: Any, places: dict[str, Place]
) -> None:
    """Thirty days in a row are days of the calendar: Tết does not lengthen them."""
    with at(dt.date(2026, 2, 9)):
        found = published(decided_on=dt.date(2026, 2, 9))
        post(found, [places["hq"]], dt.date(2026, 2, 9))
        duty = Duty.objects.get(matter=found, rule="dc.post_min")
    assert duty.due_on == dt.date(2026, 3, 11)
    with at(dt.date(2026, 3, 11), 23):
        disclosures_settle()
        assert [state for state, _why in lasting(found)] == ["open"]
    with at(dt.date(2026, 3, 12), 1):
        disclosures_settle()
        assert [state for state, _why in lasting(found)] == ["fulfilled"]


def test_a_confirmed_absence_is_a_gap_even_after_the_time(
    people: Any, published: Callable[..., Disclosure], post: Any, places: dict[str, Place]
) -> None:
    found = published()
    post(found, [places["hq"]], dt.date(2026, 11, 2))
    with at(dt.date(2026, 12, 5)):
        disclosures_settle()
        assert [state for state, _why in lasting(found)] == ["fulfilled"]
        check_record(
            acting=people.inspector, disclosure_id=found.pk, place=places["hq"],
            on=dt.date(2026, 11, 10), seen=False,
        )  # fmt: skip
        assert [state for state, _why in lasting(found)] == ["late"]
        spot = next(s for s in spots_of(found) if s.place == places["hq"])
        assert spot.gap == dt.date(2026, 11, 10)


def test_what_a_partner_saw_waits_for_the_office(
    people: Any, published: Callable[..., Disclosure], post: Any, places: dict[str, Place]
) -> None:
    found = published()
    post(found, [places["hq"]], dt.date(2026, 11, 2))
    with at(dt.date(2026, 11, 12)):
        check = check_record(
            acting=people.front, disclosure_id=found.pk, place=places["hq"],
            on=dt.date(2026, 11, 10), seen=False,
        )  # fmt: skip
        assert check.state == Check.State.REPORTED
        assert [state for state, _why in lasting(found)] == ["open"]


def test_hung_anew_on_the_day_it_was_missing_it_counts_from_the_next(
    people: Any, published: Callable[..., Disclosure], post: Any, places: dict[str, Place]
) -> None:
    found = published()
    post(found, [places["hq"]], dt.date(2026, 11, 2))
    with at(dt.date(2026, 11, 10)):
        check_record(
            acting=people.inspector, disclosure_id=found.pk, place=places["hq"],
            on=dt.date(2026, 11, 10), seen=False,
        )  # fmt: skip
        post(found, [places["hq"]], dt.date(2026, 11, 10))
    with at(dt.date(2026, 12, 12), 1):
        disclosures_settle()
        assert [state for state, _why in lasting(found)] == ["late", "fulfilled"]
    last = Duty.objects.filter(matter=found, rule="dc.post_min").latest("id")
    assert last.due_on == dt.date(2026, 12, 11)
