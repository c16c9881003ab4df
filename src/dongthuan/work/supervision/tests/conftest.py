"""Boards of phường Đức Phổ, told with a clock that stands still."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.test import Client

from dongthuan.core import clock
from dongthuan.core.matters.services import matter_act
from dongthuan.core.units.models import Unit
from dongthuan.core.units.selectors import villages_of
from dongthuan.work.supervision.boards import (
    Elected,
    Project,
    board_create,
    member_add,
    seat_set,
)
from dongthuan.work.supervision.gatherings import gatherings_open
from dongthuan.work.supervision.inspections import (
    Seen,
    Spot,
    finding_create,
    inspection_create,
    visit_record,
)
from dongthuan.work.supervision.models import Board, Finding, Gathering, Inspection, Visit

ZONE = dt.timezone(dt.timedelta(hours=7))
NOW = dt.datetime(2026, 11, 2, 9, tzinfo=ZONE)  # a Monday
STARTS = dt.date(2026, 11, 10)  # a Tuesday; five working days before it: 3 November
ON_THE_DAY = dt.datetime(2026, 11, 10, 15, tzinfo=ZONE)
GS_STARTS = dt.date(2026, 12, 20)  # 45 days before it: 5 November
SEEN = Seen(
    what="Bê tông mặt đường dày 12 cm, thiết kế 16 cm.",
    norm="Bản vẽ thi công số 07, mặt cắt 2-2",
    grade=3,
    recommendation="Khoan kiểm tra và làm lại đoạn không đạt.",
)
SPOT = Spot(place="Đường bê tông ngõ 12")


@pytest.fixture(autouse=True)
def _standing_clock() -> Iterator[None]:
    with clock.at(NOW):
        yield


@pytest.fixture(autouse=True)
def _own_files(settings: Any, tmp_path: Any) -> None:
    settings.MEDIA_ROOT = tmp_path / "files"


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


@pytest.fixture
def front(people: Any) -> Unit:
    return Unit.objects.get(code="21439-mttq")


@pytest.fixture
def office(people: Any) -> Unit:
    return Unit.objects.get(code="21439-ubnd")


@pytest.fixture
def villages(place: Any) -> list[Unit]:
    return list(villages_of(place, clock.today()))


def act(actor: Any, matter: Any, name: str, **data: Any) -> Any:
    """Take a step and read the row of its kind again."""
    matter_act(acting=actor, matter_id=matter.pk, step_name=name, data=data)
    return type(matter).objects.get(pk=matter.pk)


def elect(front_actor: Any, board: Board, name: str, village: Unit | None, **more: Any) -> Any:
    given: dict[str, Any] = {"elected_on": dt.date(2026, 10, 20), "document": "01/BB"}
    elected = Elected(name=name, village=village, **(given | more))
    return member_add(acting=front_actor, board=board, elected=elected, qualified=True)


@pytest.fixture
def forming(people: Any, front: Unit, villages: list[Unit]) -> Board:
    """The inspection board of six villages, all its members named."""
    board = board_create(acting=people.front, front=front, sort="ttnd", size=6, deputies=1)
    for number, village in enumerate(villages, start=1):
        elect(people.front, board, f"Người Thử {'ABCDEF'[number - 1]}", village)
    return board


def constituted(people: Any, board: Board, **data: Any) -> Board:
    data = {"document": "12/QĐ-MTTQ", "on": dt.date(2026, 11, 1)} | data
    act(people.front, board, "recognise", **data)
    first, second = board.members.order_by("id")[:2]
    seat_set(acting=people.front, member=first, seat="head")
    seat_set(acting=people.front, member=second, seat="deputy")
    found: Board = act(people.front, board, "constitute")
    return found


@pytest.fixture
def board(people: Any, forming: Board) -> Board:
    return constituted(people, forming)


@pytest.fixture
def gs_forming(people: Any, front: Unit, villages: list[Unit]) -> Board:
    """An investment board of one road: Front, inspection board, three residents."""
    project = Project(name="Đường tránh chợ", investor="Ban quản lý dự án")
    made = board_create(acting=people.front, front=front, sort="gsdtcd", size=5, project=project)
    elect(people.front, made, "Người Thử M", None, stands="front")
    elect(people.front, made, "Người Thử N", None, stands="ttnd")
    for letter, village in zip("PQR", villages, strict=False):
        elect(people.front, made, f"Người Thử {letter}", village)
    return made


@pytest.fixture
def gs_board(people: Any, gs_forming: Board) -> Board:
    return constituted(people, gs_forming, starts_on=GS_STARTS)


@pytest.fixture
def plan(people: Any, board: Board) -> Callable[..., Inspection]:
    def plan(**fields: Any) -> Inspection:
        values: dict[str, Any] = {
            "acting": people.board,
            "board": board,
            "target": "Đường bê tông ngõ 12",
            "content": "Kiểm tra chất lượng và khối lượng.",
            "starts_on": STARTS,
            "ends_on": STARTS + dt.timedelta(days=14),
        }
        return inspection_create(**(values | fields))

    return plan


@pytest.fixture
def under_way(people: Any, plan: Any) -> Iterator[Inspection]:
    """An inspection that has begun; the clock stands at its first afternoon."""
    made = act(people.board, plan(), "notify", document="01/KH-TTND")
    with clock.at(ON_THE_DAY):
        yield act(people.board, made, "begin")


def visit(people: Any, inspection: Inspection, **fields: Any) -> Visit:
    values: dict[str, Any] = {
        "acting": people.board,
        "inspection": inspection,
        "at": clock.now() - dt.timedelta(hours=2),
        "spot": SPOT,
        "members": list(inspection.board.members.order_by("id")[:2]),
        "seen": "Đo ba vị trí, mỗi vị trí hai lần.",
    }
    return visit_record(**(values | fields))


@pytest.fixture
def finding(people: Any, under_way: Inspection) -> Finding:
    return finding_create(acting=people.board, inspection=under_way, spot=SPOT, seen=SEEN)


def sent(people: Any, finding: Finding) -> Finding:
    act(people.board, finding, "submit")
    act(people.front, finding, "certify", document="05/XN-MTTQ")
    found: Finding = act(people.board, finding, "send")
    return found


@pytest.fixture
def year(people: Any, place: Any) -> list[Gathering]:
    """What the villages of the ward owe in 2026: six conferences."""
    return gatherings_open(acting=people.head, commune=place, year=2026)


@pytest.fixture
def conference(year: list[Gathering]) -> Gathering:
    return Gathering.objects.get(kind="conference", place__code="21439-t01")
