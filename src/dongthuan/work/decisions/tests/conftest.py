"""A village of a few households, and votes in it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from django.core.files.base import ContentFile

from dongthuan.core import clock
from dongthuan.core.papers.services import attachment_store

ZONE = ZoneInfo("Asia/Ho_Chi_Minh")


def moment(text: str) -> dt.datetime:
    """'2026-10-05 08:00' in Viet Nam."""
    return dt.datetime.fromisoformat(text).replace(tzinfo=ZONE)


BEGIN = moment("2026-10-05 08:00")


def scan() -> Any:
    return attachment_store(upload=ContentFile(b"bien ban kiem phieu", name="bien-ban.txt"))


@pytest.fixture
def villages(people: Any) -> list[Any]:
    from dongthuan.core.units.models import Unit

    return list(Unit.objects.filter(code__in=["21439-t01", "21439-t02"]).order_by("code"))


@pytest.fixture
def households(people: Any, villages: list[Any]) -> Callable[..., Any]:
    """Fill a village (the first) with so many households."""
    from dongthuan.core.people.actors import SYSTEM
    from dongthuan.core.people.households import Line, households_add

    def fill(count: int, village: Any = None) -> Any:
        return households_add(
            acting=SYSTEM,
            village=village or villages[0],
            lines=[
                Line(f"{n:03}", f"Nguyễn Thị Hộ {n}", f"số {n} đường Thử")
                for n in range(1, count + 1)
            ],
            on=dt.date(2026, 1, 1),
        )

    return fill


@pytest.fixture
def matter(people: Any, place: Any) -> Any:
    """Any matter of the commune; a vote needs no more."""
    from dongthuan.core.matters.creation import matter_create
    from dongthuan.core.matters.models import Matter
    from dongthuan.core.units.models import Unit

    with clock.at(BEGIN):
        return matter_create(
            acting=people.village_head,
            model=Matter,
            kind="promise",
            unit=Unit.objects.get(code="21439-ubnd"),
            title="Việc thử",
            act="promise.given",
            parties=list(Unit.objects.filter(code__in=["21439-t01", "21439-t02", "21439-mttq"])),
        )


@pytest.fixture
def vote(people: Any, villages: list[Any], matter: Any) -> Callable[..., Any]:
    """A prepared vote; `opened=True` freezes and opens it too."""
    from dongthuan.work.decisions import voting

    def make(opened: bool = True, **given: Any) -> Any:
        values: dict[str, Any] = {
            "acting": people.village_head,
            "matter": matter,
            "question": "Mỗi hộ góp 500.000 đồng làm đường?",
            "villages": villages[:1],
            "methods": ["hands"],
            "threshold": "dc.vote.contrib",
            "opens_at": BEGIN,
            "closes_at": BEGIN + dt.timedelta(days=2),
        }
        made = voting.vote_prepare(**(values | given))
        if opened:
            with clock.at(BEGIN):
                voting.roll_freeze(acting=people.village_head, vote=made)
                made = voting.vote_open(acting=people.village_head, vote=made)
        return made

    return make


@pytest.fixture
def count_station(people: Any) -> Callable[..., Any]:
    """Tick households, name team and witnesses, enter the same figures by two people."""
    from dongthuan.work.decisions import voting
    from dongthuan.work.decisions.models import RollLine

    def count(station: Any, present: int, counts: dict[str, int], **more: int) -> Any:
        lines = list(RollLine.objects.filter(roll=station.roll)[:present])
        acting = people.village_head
        if "t02" in station.roll.village.code:
            acting = people.other_village_head
        voting.voices_take(acting=acting, station=station, lines=lines)
        witnesses = list(RollLine.objects.filter(roll=station.roll)[:2])
        voting.station_change(
            acting=acting,
            station=station,
            team=["Trần Văn Một", "Lê Thị Hai", "Phạm Văn Ba"],
            witnesses=witnesses if len(witnesses) == 2 else None,
        )
        valid = sum(counts.values())
        figures = {
            "issued": present, "returned": present - more.get("missing", 0), "missing": 0,
            "valid": valid, "blank": 0, "spoilt": 0,
        } | more  # fmt: skip
        entered = voting.Figures(**figures, counts=counts)
        voting.tally_enter(acting=acting, station=station, figures=entered, scan=scan())
        return voting.tally_enter(acting=people.handler, station=station, figures=entered)

    return count
