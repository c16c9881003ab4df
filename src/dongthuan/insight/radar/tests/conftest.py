"""A year of letters to phường Đức Phổ, evenly spread, and more where a test says so."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator
from typing import Any

import pytest

from dongthuan.core import clock
from dongthuan.core.matters.models import Level, Matter, Submission
from dongthuan.core.people.models import Citizen
from dongthuan.core.units.models import Unit

NOON = dt.datetime(2026, 11, 23, 5, tzinfo=dt.UTC)
TODAY = dt.date(2026, 11, 23)
TOPICS = ("land", "environment", "construction", "order", "service")
VILLAGES = ("t01", "t02", "t03")


@pytest.fixture(autouse=True)
def _monday() -> Iterator[None]:
    with clock.at(NOON):
        yield


@pytest.fixture
def letters(people: Any) -> Callable[..., list[Matter]]:
    """letters(days_ago, …): one feedback a day named; each of a sender of its own unless `sender`.

    `place` a code or '' for none; `more` are columns of Matter.
    """

    def letters(
        *days_ago: int, topic: str = "environment", place: str = "21439-t02", sender: str = "",
        unit: str = "21439-ubnd", **more: Any,
    ) -> list[Matter]:  # fmt: skip
        owner = Unit.objects.get(code=unit)
        where = Unit.objects.get(code=place) if place else None
        given = {"kind": "feedback", "level": Level.PARTNER, "state": "received"} | more
        now = clock.now()
        numbers = range(Matter.objects.count(), Matter.objects.count() + len(days_ago))
        made = Matter.objects.bulk_create(
            Matter(
                code=f"THU-{number:05d}", title=f"Việc thử {number}", unit=owner, path=owner.path,
                place=where, topic=topic, channel="web", opened_at=now - dt.timedelta(days=days),
                **given,
            )
            for number, days in zip(numbers, days_ago, strict=True)
        )  # fmt: skip
        names = [sender or f"Người thử {number}" for number in numbers]
        people_ = Citizen.objects.bulk_create(
            Citizen(name=name, name_key=name.lower()) for name in names
        )
        Submission.objects.bulk_create(
            Submission(matter=matter, channel="web", citizen=citizen)
            for matter, citizen in zip(made, people_, strict=True)
        )
        return made

    return letters


@pytest.fixture
def year(letters: Any) -> None:
    """Two letters a week for a year, of every topic from every village in turn."""
    spread = list(enumerate(range(2, 390, 3)))
    for turn in range(15):
        days = [day for at, day in spread if at % 15 == turn]
        letters(*days, topic=TOPICS[turn % 5], place=f"21439-{VILLAGES[turn % 3]}")
