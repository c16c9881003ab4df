"""One hot spot of phường Đức Phổ, the market that moves, told with a clock that stands still."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.test import Client

from dongthuan.core import clock
from dongthuan.core.matters.services import matter_act
from dongthuan.core.units.models import Position, Unit
from dongthuan.work.hotspots.models import Group, Hotspot
from dongthuan.work.hotspots.services import Named, group_create, hotspot_create, seats_decide

ZONE = dt.timezone(dt.timedelta(hours=7))
NOW = dt.datetime(2026, 11, 2, 9, tzinfo=ZONE)  # a Monday
TODAY = NOW.date()
STEERING = "12/QĐ-UBND"


@pytest.fixture(autouse=True)
def _standing_clock() -> Iterator[None]:
    with clock.at(NOW):
        yield


@pytest.fixture
def browser_of(people: Any, settings: Any) -> Callable[[str], Client]:
    """The browser of one of `people`; of nobody with an empty name."""
    settings.OFFICIALS_NEED_MFA = False

    def open_browser(name: str = "") -> Client:
        client = Client()
        if name:
            backend = settings.AUTHENTICATION_BACKENDS[1]
            client.force_login(people.accounts[name], backend=backend)
        return client

    return open_browser


def seat(code: str) -> Position:
    return Position.objects.get(code=code)


def open_spot(people: Any, **fields: Any) -> Hotspot:
    values: dict[str, Any] = {
        "acting": people.handler,
        "place": Unit.objects.get(code="21439"),
        "title": "Di dời chợ cũ sang chợ mới",
        "about": "Tiểu thương lo lắng về chỗ bán, giá thuê và lối đi ở chợ mới.",
        "topic": "economy",
    }
    return hotspot_create(**(values | fields))


@pytest.fixture
def spot(people: Any) -> Hotspot:
    """Under watch since this morning; opened by the handler."""
    return open_spot(people)


@pytest.fixture
def areas(people: Any) -> list[Unit]:
    return list(Unit.objects.filter(code__in=["21439-t01", "21439-t02"]).order_by("code"))


def steer(people: Any, spot: Hotspot) -> Hotspot:
    """A steering committee by decision: the head of the office, the Party, the Front."""
    return seats_decide(
        acting=people.head, hotspot=spot, document=STEERING, decided_on=TODAY,
        named=[
            Named(position=seat("21439-party"), part="steering_head"),
            Named(position=seat("21439-mttq-head"), part="steering"),
            Named(position=seat("21439-xdd-head"), part="steering"),
        ],
    )  # fmt: skip


@pytest.fixture
def steered(people: Any, spot: Hotspot) -> Hotspot:
    return steer(people, spot)


@pytest.fixture
def group(people: Any, steered: Hotspot, areas: list[Unit]) -> Group:
    """A working group of two residential groups: mass mobilisation leads, a village head is in."""
    made = group_create(
        acting=people.head, hotspot=steered, name="Tổ công tác số 1", areas=areas,
        tasks="Gặp bà con tiểu thương, nghe và trả lời.", document="13/QĐ-BCĐ", decided_on=TODAY,
    )  # fmt: skip
    seats_decide(
        acting=people.head, hotspot=steered, document="13/QĐ-BCĐ", decided_on=TODAY,
        named=[
            Named(position=seat("21439-mass-mobilisation"), part="group_head", group=made),
            Named(position=seat("21439-t01-head"), part="group", group=made),
        ],
    )  # fmt: skip
    return made


ANSWERS: dict[str, dict[str, Any]] = {
    "report": {"situation": "Ba mươi người ở cổng chợ.", "done": "Đã nghe.", "next": "Đối thoại."},
    "declare_complex": {"criteria": ["people", "repeated"], "reason": "Nhiều người hỏi."},
    "declare_hot": {"criteria": ["people", "crowd", "services"], "reason": "Chợ ngừng bán."},
    "lower_complex": {"criteria": ["people", "long"], "reason": "Chợ bán lại."},
    "lower_watch": {"reason": "Đã yên."},
    "stabilise": {"reason": "Đã yên."},
    "close": {"criteria": ["answered", "kept", "calm", "told"], "reason": "Đã xong."},
    "review_first": {"findings": "Không phát sinh."},
    "review_last": {"findings": "Không phát sinh."},
    "relapse_complex": {"criteria": ["people", "repeated"], "reason": "Hỏi lại."},
    "relapse_hot": {"criteria": ["people", "crowd", "services"], "reason": "Tụ tập lại."},
}


def act(actor: Any, spot: Hotspot, step: str, **data: Any) -> Hotspot:
    matter_act(
        acting=actor, matter_id=spot.pk, step_name=step, data={**ANSWERS.get(step, {}), **data}
    )
    return Hotspot.objects.get(pk=spot.pk)
