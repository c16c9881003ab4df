from __future__ import annotations

import datetime as dt
import random
from collections.abc import Callable, Iterator
from statistics import median
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from dongthuan.core import clock
from dongthuan.core.matters.models import Duty
from dongthuan.core.units.models import Unit
from dongthuan.insight.statistics.selectors import scoreboard, units_compared, year_until

pytestmark = pytest.mark.django_db
TODAY = dt.date(2026, 11, 23)
NOON = dt.datetime(2026, 11, 23, 5, tzinfo=dt.UTC)


@pytest.fixture(autouse=True)
def _monday() -> Iterator[None]:
    with clock.at(NOON):
        yield


@pytest.fixture
def owe(submit: Callable[..., Any]) -> Callable[..., Duty]:
    """A duty of phường Đức Phổ, due on a day; `done` is the day on which it was fulfilled."""
    matter = submit().matter
    Duty.objects.all().delete()

    def owe(due: dt.date, state: str, done: dt.date | None = None, **fields: Any) -> Duty:
        moment = dt.datetime.combine(done, dt.time(3), dt.UTC) if done else None
        values: dict[str, Any] = {
            "matter": matter, "unit": matter.unit, "path": matter.path, "rule": "pa.answer",
            "version_from": dt.date(2026, 1, 1), "basis": "thử", "term": "10 wd", "evidence": "P",
            "anchor": "received", "anchor_at": dt.datetime(2026, 10, 1, 3, tzinfo=dt.UTC),
            "due_on": due, "state": state, "closed_at": moment,
        }  # fmt: skip
        # One duty of a rule may be open on a matter; here many are.
        if state in ("open", "paused"):
            values["rule"] = f"thu.{Duty.objects.count()}"
        return Duty.objects.create(**(values | fields))

    return owe


def board(code: str = "21439", since: str = "2026-01-01", until: str = "2026-12-31") -> Any:
    return scoreboard(
        unit=Unit.objects.get(code=code),
        since=dt.date.fromisoformat(since),
        until=dt.date.fromisoformat(until),
    )


def test_kept_and_late_make_the_denominator(owe: Any) -> None:
    owe(dt.date(2026, 10, 15), "fulfilled", dt.date(2026, 10, 10))
    owe(dt.date(2026, 10, 15), "late", dt.date(2026, 10, 20))
    owe(dt.date(2026, 11, 20), "open")
    found = board()
    assert (found.due, found.kept, found.late) == (3, 1, 2)
    assert found.rate == pytest.approx(1 / 3)


def test_the_last_day_itself_is_not_over(owe: Any) -> None:
    owe(TODAY, "open")
    owe(TODAY, "fulfilled", TODAY)
    owe(dt.date(2026, 12, 1), "fulfilled", TODAY)
    found = board()
    assert (found.due, found.open, found.overdue) == (0, 1, 0)
    assert found.rate is None


@pytest.mark.parametrize("state", ["waived", "transferred", "paused"])
def test_what_is_not_owed_now_is_not_counted(owe: Any, state: str) -> None:
    owe(dt.date(2026, 10, 15), state, dt.date(2026, 10, 20) if state != "paused" else None)
    assert board().due == 0


def test_paused_is_open_but_not_overdue(owe: Any) -> None:
    owe(dt.date(2026, 10, 15), "paused")
    owe(dt.date(2026, 10, 15), "open")
    found = board()
    assert (found.open, found.overdue) == (2, 1)


def test_both_ends_belong_to_the_period(owe: Any) -> None:
    for day in (30, 31):
        owe(dt.date(2026, 8, day), "fulfilled", dt.date(2026, 8, 1))
    for day in (1, 2):
        owe(dt.date(2026, 9, day), "fulfilled", dt.date(2026, 8, 1))
    assert board(since="2026-08-31", until="2026-09-01").due == 2


def test_a_unit_counts_with_all_above_it_and_no_other(owe: Any) -> None:
    owe(dt.date(2026, 10, 15), "fulfilled", dt.date(2026, 10, 10))
    assert [board(code).due for code in ("vn", "51", "21439", "21439-ubnd")] == [1, 1, 1, 1]
    assert board("21478").due == 0


def test_the_median_is_in_calendar_days_of_viet_nam(owe: Any) -> None:
    # 17:30 UTC is half past midnight of the next day in Viet Nam.
    begun = dt.datetime(2026, 10, 1, 17, 30, tzinfo=dt.UTC)
    for done in (3, 5, 12):
        owe(dt.date(2026, 10, 15), "fulfilled", dt.date(2026, 10, done), anchor_at=begun)
    assert board().median_days == 3.0


def test_months_without_promises_are_there(owe: Any) -> None:
    owe(dt.date(2026, 10, 15), "fulfilled", dt.date(2026, 10, 10))
    found = board(since="2026-09-01", until="2026-11-23")
    assert [(m.label, m.due) for m in found.months] == [
        ("2026-09", 0),
        ("2026-10", 1),
        ("2026-11", 0),
    ]


def test_nothing_at_all(submit: Any) -> None:
    found = board("21478")
    assert (found.due, found.rate, found.median_days, found.open) == (0, None, None, 0)
    assert len(found.months) == 12


def test_the_json_says_numerator_and_denominator(owe: Any) -> None:
    owe(dt.date(2026, 10, 15), "fulfilled", dt.date(2026, 10, 10))
    owe(dt.date(2026, 10, 15), "late", dt.date(2026, 10, 20))
    answer = board().as_json()
    assert answer["unit"] == {"code": "21439", "name": "Phường Đức Phổ"}
    assert answer["period"] == {"since": "2026-01-01", "until": "2026-12-31"}
    assert answer["on_time_rate"] == {"numerator": 1, "denominator": 2, "value": 0.5}
    assert answer["median_days"] == 14.0
    assert answer["months"][9] == {"month": "2026-10", "due": 2, "kept": 1, "late": 1}


def test_it_agrees_with_counting_by_hand(owe: Any) -> None:
    luck = random.Random(7)
    for _duty in range(300):
        state = luck.choice(["open", "paused", "fulfilled", "late", "waived", "transferred"])
        done = dt.date(2026, 1, 1) + dt.timedelta(days=luck.randrange(330))
        due = dt.date(2025, 12, 1) + dt.timedelta(days=luck.randrange(400))
        owe(due, state, done if state not in ("open", "paused") else None)
    since, until = dt.date(2026, 2, 10), dt.date(2026, 12, 10)
    rows = list(Duty.objects.values("due_on", "state", "anchor_at", "closed_at"))
    over = [r for r in rows if since <= r["due_on"] <= until and r["due_on"] < TODAY]
    kept = [r for r in over if r["state"] == "fulfilled"]
    late = [r for r in over if r["state"] in ("late", "open")]
    done = [r for r in kept + late if r["closed_at"]]
    days = [(r["closed_at"].date() - r["anchor_at"].date()).days for r in done]
    found = board(since="2026-02-10", until="2026-12-10")
    assert (found.kept, found.late) == (len(kept), len(late))
    assert found.median_days == median(days)
    assert found.open == sum(r["state"] in ("open", "paused") for r in rows)
    assert found.overdue == sum(r["state"] == "open" and r["due_on"] < TODAY for r in rows)
    assert sum(m.due for m in found.months) == sum(t.due for t in found.rules) == found.due
    row = next(
        row
        for row in units_compared(within=Unit.objects.get(code="51"), since=since, until=until)
        if row.unit.code == "21439"
    )
    assert (row.tally.kept, row.tally.late) == (found.kept, found.late)
    assert (row.open, row.overdue) == (found.open, found.overdue)


@pytest.mark.parametrize("count", [10, 100])
def test_three_queries_whatever_the_volume(owe: Any, count: int) -> None:
    for _duty in range(count):
        owe(dt.date(2026, 10, 15), "fulfilled", dt.date(2026, 10, 10))
    unit = Unit.objects.get(code="51")
    with CaptureQueriesContext(connection) as queries:
        scoreboard(unit=unit, since=dt.date(2026, 1, 1), until=TODAY)
    assert len(queries) <= 3
    with CaptureQueriesContext(connection) as queries:
        units_compared(within=unit, since=dt.date(2026, 1, 1), until=TODAY)
    assert len(queries) <= 2


def test_the_twelve_months_end_with_the_present_one() -> None:
    assert year_until(dt.date(2026, 11, 23)) == (dt.date(2025, 12, 1), dt.date(2026, 11, 23))
    assert year_until(dt.date(2026, 12, 31)) == (dt.date(2026, 1, 1), dt.date(2026, 12, 31))
