"""Dialogues of phường Đức Phổ, told with a clock that stands still."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.test import Client

from dongthuan.core import clock
from dongthuan.core.matters.services import matter_act
from dongthuan.core.units.models import Position, Unit
from dongthuan.work.dialogues.models import Dialogue, Question
from dongthuan.work.dialogues.questions import question_add
from dongthuan.work.dialogues.services import dialogue_create, yearly_open

ZONE = dt.timezone(dt.timedelta(hours=7))
NOW = dt.datetime(2026, 11, 2, 9, tzinfo=ZONE)  # a Monday
DAY = dt.date(2026, 11, 20)  # a Friday
MORNING = dt.datetime(2026, 11, 20, 8, 30, tzinfo=ZONE)
NEW_YEAR = dt.datetime(2027, 1, 4, 9, tzinfo=ZONE)
WHEN = {"on": DAY, "time": "8:00", "venue": "Hội trường phường", "agenda": "Đất đai; hạ tầng"}
ANNOUNCED = {"means": "both", "document": "128/TB-UBND"}
HELD = {"chair": "self", "present": 120, "minutes": "Có mặt bà Vết Tên Riêng."}
CONCLUDED = {"document": "140/TB-UBND", "conclusion": "Giao các phòng thực hiện."}


@pytest.fixture(autouse=True)
def _standing_clock() -> Iterator[None]:
    with clock.at(NOW):
        yield


@pytest.fixture
def browser_of(people: Any, settings: Any) -> Callable[..., Client]:
    """The browser of one of `people`; of nobody with an empty name."""
    settings.OFFICIALS_NEED_MFA = False

    def open_browser(name: str = "") -> Client:
        client = Client()
        if name:
            client.force_login(people.accounts[name], backend=settings.AUTHENTICATION_BACKENDS[1])
        return client

    return open_browser


def act(actor: Any, matter: Any, name: str, **data: Any) -> Any:
    """Take a step and read the row of its kind again."""
    matter_act(acting=actor, matter_id=matter.pk, step_name=name, data=data)
    return type(matter).objects.get(pk=matter.pk)


@pytest.fixture
def chair(people: Any) -> Position:
    return Position.objects.select_related("unit__parent").get(code="21439-head")


@pytest.fixture
def secretary(people: Any) -> Position:
    return Position.objects.select_related("unit__parent").get(code="21439-party")


@pytest.fixture
def plan(people: Any, chair: Position) -> Callable[..., Dialogue]:
    """A thematic dialogue of the chairperson with the traders of the market."""

    def plan(**fields: Any) -> Dialogue:
        values: dict[str, Any] = {
            "acting": people.handler, "host": chair, "sort": "group", **WHEN,
            "theme": "Đối thoại với tiểu thương chợ Đức Phổ", "groups": "Tiểu thương chợ",
            "partners": [Unit.objects.get(code="21439-mttq")],
        }  # fmt: skip
        return dialogue_create(**(values | fields))

    return plan


@pytest.fixture
def planned(plan: Any) -> Dialogue:
    made: Dialogue = plan()
    return made


@pytest.fixture
def announced(people: Any, planned: Dialogue) -> Dialogue:
    found: Dialogue = act(people.handler, planned, "announce", **ANNOUNCED)
    return found


@pytest.fixture
def yearly(people: Any, place: Unit) -> Dialogue:
    made = yearly_open(acting=people.head, commune=place, year=2026)
    assert made is not None
    return made


def question(people: Any, dialogue: Dialogue, text: str = "Bao giờ chợ có mái che?") -> Question:
    """Spoken and written down at once."""
    return question_add(acting=people.intake, dialogue=dialogue, text=text, channel="spoken")
