"""A year of promises of phường Đức Phổ, made by chance from a seed, with some out of everybody's
sight."""

from __future__ import annotations

import datetime as dt
import random
from collections.abc import Callable, Iterator
from typing import Any

import pytest

from dongthuan.core import clock
from dongthuan.core.matters.models import Channel, Duty, Level, Matter
from dongthuan.core.units.models import Unit

NOON = dt.datetime(2026, 11, 23, 5, tzinfo=dt.UTC)
STATES = ("fulfilled", "late", "open", "open", "paused", "waived", "transferred")
TOPICS = ("", "land", "environment", "order")
PLACES = ("", "21439", "21439-t01", "21439-t02", "21478")
OWNERS = ("21439-ubnd", "21439-vp", "21439-t01", "21439-mttq", "21478-ubnd")


@pytest.fixture(autouse=True)
def _monday() -> Iterator[None]:
    with clock.at(NOON):
        yield


@pytest.fixture
def promises(people: Any) -> Callable[..., list[Duty]]:
    """promises(n, seed): duties on matters of their own; every tenth restricted or sealed."""
    units = {unit.code: unit for unit in Unit.objects.filter(code__in=[*OWNERS, *PLACES])}

    def promises(n: int, seed: int = 1) -> list[Duty]:
        chance = random.Random(seed)
        begin = Matter.objects.count()
        owners = [chance.choice(OWNERS) for _ in range(n)]
        levels = [
            chance.choice((Level.RESTRICTED, Level.SEALED))
            if number % 10 == 9
            else chance.choice((Level.PARTNER, Level.UNIT))
            for number in range(n)
        ]
        matters = [
            Matter.objects.create(
                kind=chance.choice(("feedback", "recommendation", "finding")),
                code=f"THU-{begin + number:05d}", title=f"Việc thử {begin + number}",
                state="received", unit=units[owner], path=units[owner].path, level=level,
                place=units.get(chance.choice(PLACES)), topic=chance.choice(TOPICS),
                channel=chance.choice(Channel.values), opened_at=NOON - dt.timedelta(days=9),
            )
            for number, (owner, level) in enumerate(zip(owners, levels, strict=True))
        ]  # fmt: skip
        return Duty.objects.bulk_create(_duty(chance, matter) for matter in matters)

    return promises


def _duty(chance: random.Random, matter: Matter) -> Duty:
    due = dt.date(2026, 11, 23) + dt.timedelta(days=chance.randint(-60, 20))
    state = chance.choice(STATES)
    return Duty(
        matter=matter, unit=matter.unit, path=matter.path, rule="pa.answer", basis="thử",
        version_from=dt.date(2026, 1, 1), term="7 wd", evidence="P", anchor="received",
        anchor_at=NOON - dt.timedelta(days=90), due_on=due, state=state,
        closed_at=None if state in ("open", "paused") else NOON,
    )  # fmt: skip
