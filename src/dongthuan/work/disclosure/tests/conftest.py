"""Disclosures of phường Đức Phổ, told with a clock that stands still."""

from __future__ import annotations

import datetime as dt
import io
from collections.abc import Callable, Iterator, Sequence
from typing import Any

import pytest
from xlsxwriter import Workbook

from dongthuan.core import clock
from dongthuan.core.matters.services import matter_act
from dongthuan.core.units.models import Unit
from dongthuan.work.disclosure.models import Disclosure, Place
from dongthuan.work.disclosure.owing import places_ensure
from dongthuan.work.disclosure.postings import Hung, postings_record
from dongthuan.work.disclosure.services import disclosure_create

ZONE = dt.timezone(dt.timedelta(hours=7))
START = dt.datetime(2026, 11, 2, 9, tzinfo=ZONE)  # a Monday


def at(day: dt.date, hour: int = 9) -> Any:
    """The clock at an hour of a day."""
    return clock.at(dt.datetime.combine(day, dt.time(hour), ZONE))


@pytest.fixture(autouse=True)
def _first_day() -> Iterator[None]:
    with clock.at(START):
        yield


@pytest.fixture
def office(people: Any) -> Unit:
    return Unit.objects.select_related("parent").get(code="21439-ubnd")


@pytest.fixture
def places(office: Unit) -> dict[str, Place]:
    """The places of the ward by name; `hq`, `portal`, `loudspeaker` also by their sort."""
    rows = places_ensure(office)
    return {row.name: row for row in rows} | {
        row.sort: row for row in rows if row.sort != "village"
    }


@pytest.fixture
def disclose(people: Any, office: Unit) -> Callable[..., Disclosure]:
    """Open a disclosure decided on 2 November 2026; item 5 if no other is named."""

    def disclose(**fields: Any) -> Disclosure:
        values: dict[str, Any] = {
            "acting": people.handler, "unit": office, "item": "5",
            "title": "Thu, chi quỹ đền ơn đáp nghĩa", "symbol": "12/BC-UBND",
            "decided_on": clock.today(), "summary": "Quỹ thu được trong quý.",
        }  # fmt: skip
        return disclosure_create(**(values | fields))

    return disclose


@pytest.fixture
def published(people: Any, disclose: Callable[..., Disclosure]) -> Callable[..., Disclosure]:
    """The same, published."""

    def published(**fields: Any) -> Disclosure:
        made = disclose(**fields)
        matter_act(acting=people.head, matter_id=made.pk, step_name="publish")
        return Disclosure.objects.select_related("unit").get(pk=made.pk)

    return published


@pytest.fixture
def post(people: Any) -> Callable[..., Any]:
    """Record that it hangs at places from a day on."""

    def post(found: Disclosure, places: Sequence[Place], day: dt.date, **fields: Any) -> Any:
        values: dict[str, Any] = {
            "acting": people.handler, "disclosure_id": found.pk, "channel": "a",
            "hung": [Hung(place) for place in places], "started_on": day,
        }  # fmt: skip
        return postings_record(**(values | fields))

    return post


def spreadsheet(rows: Sequence[Sequence[Any]]) -> bytes:
    """An .xlsx with these rows; the first are the heads."""
    out = io.BytesIO()
    with Workbook(out, {"in_memory": True, "default_date_format": "dd/mm/yyyy"}) as book:
        page = book.add_worksheet("Danh sách")
        for line, row in enumerate(rows):
            for column, cell in enumerate(row):
                page.write(line, column, cell)
    return out.getvalue()
