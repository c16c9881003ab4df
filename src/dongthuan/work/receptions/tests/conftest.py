"""Sessions of phường Đức Phổ, told with a clock that stands still."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator
from typing import Any

import pytest

from dongthuan.core import clock
from dongthuan.core.matters.services import matter_act
from dongthuan.core.people.actors import actor_for
from dongthuan.core.units.models import Position, Unit
from dongthuan.work.receptions.booking import Booker, booking_create
from dongthuan.work.receptions.models import Booking, Reception, Visit
from dongthuan.work.receptions.services import Hours, reception_create
from dongthuan.work.receptions.visits import Line, Visitor, visit_arrive, visit_record

ZONE = dt.timezone(dt.timedelta(hours=7))
PLANNED_ON = dt.datetime(2026, 11, 2, 9, tzinfo=ZONE)  # a Monday
DAY = dt.date(2026, 11, 10)  # a Tuesday; five working days before it: 3 November
ON_THE_DAY = dt.datetime(2026, 11, 10, 8, 30, tzinfo=ZONE)
HOURS = Hours(venue="Phòng tiếp công dân, trụ sở UBND", agenda="Đất đai", attendees="Địa chính")


@pytest.fixture(autouse=True)
def _planning_day() -> Iterator[None]:
    with clock.at(PLANNED_ON):
        yield


@pytest.fixture
def office(people: Any) -> Unit:
    return Unit.objects.get(code="21439-ubnd")


@pytest.fixture
def chair(people: Any) -> Position:
    return Position.objects.select_related("unit__parent").get(code="21439-head")


@pytest.fixture
def plan(people: Any, office: Unit, chair: Position) -> Callable[..., Reception]:
    """Plan a session of the chair (or another form) on 10 November 2026."""

    def plan(**fields: Any) -> Reception:
        form = fields.get("form", "head")
        values: dict[str, Any] = {
            "acting": people.intake,
            "unit": office,
            "form": form,
            "held_on": DAY,
            "hours": HOURS,
            "position": None if form == "regular" else chair,
            "ground": {"adhoc": "a", "online": "2"}.get(form, ""),
        }
        return reception_create(**(values | fields))

    return plan


@pytest.fixture
def posted(plan: Any, people: Any) -> Reception:
    return step(people.intake, plan(), "post")


@pytest.fixture
def opened(posted: Reception, people: Any) -> Iterator[Reception]:
    """A posted session, opened on its day; the clock stays there."""
    with clock.at(ON_THE_DAY):
        yield step(people.intake, posted, "open")


def step(actor: Any, reception: Any, name: str, **data: Any) -> Reception:
    matter_act(acting=actor, matter_id=reception.pk, step_name=name, data=data)
    return Reception.objects.select_related("unit__parent", "position__unit__parent").get(
        pk=reception.pk
    )


def book(reception: Reception, name: str = "Nguyễn Thị Thử", **fields: Any) -> Booking:
    fields.setdefault("phone", "0905123456")
    about = fields.pop("about", "Hỏi về bồi thường đất vườn")
    people = fields.pop("people_count", 1)
    return booking_create(
        reception_id=reception.pk, booker=Booker(name, **fields), about=about, people_count=people
    )


def turn(actor: Any, reception: Reception, *, visitor: Visitor | None = None, **line: Any) -> Visit:
    """A person comes and is written into the ledger."""
    visit = visit_arrive(acting=actor, reception_id=reception.pk)
    line.setdefault("type", "feedback")
    line.setdefault("content", "Phản ánh đường thôn bị sạt lở")
    line.setdefault("outcome", "answered")
    visitor = visitor or Visitor("Nguyễn Thị Thử", "thôn minh họa", "051095012345")
    return visit_record(acting=actor, visit_id=visit.pk, line=Line(**line), visitor=visitor)


def session_on(
    day: dt.date, people: Any, chair: Position, *, end: str = "held", **data: Any
) -> Any:
    """A head's session of a past day, brought to an end in its own time."""
    before = dt.datetime.combine(day - dt.timedelta(days=14), dt.time(9), ZONE)
    on_day = dt.datetime.combine(day, dt.time(9), ZONE)
    with clock.at(before):
        reception = reception_create(
            acting=actor_for(people.accounts["intake"]), unit=chair.unit, form="head",
            held_on=day, position=chair, hours=HOURS,
        )  # fmt: skip
        reception = step(people.intake, reception, "post")
    with clock.at(on_day):
        if end == "not_held":
            return step(people.intake, reception, "not_hold", reason="Họp đột xuất ở tỉnh")
        reception = step(people.intake, reception, "open")
        return step(
            people.intake, reception, "hold", minutes="Đã tiếp công dân.",
            **({"receiver": "self"} | data),
        )  # fmt: skip
