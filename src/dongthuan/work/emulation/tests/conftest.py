"""The year 2026 of the movement in phường Đức Phổ, told with a clock that stands still."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.test import Client

from dongthuan.core import clock
from dongthuan.core.matters.services import matter_act
from dongthuan.core.units.models import Position, Unit
from dongthuan.work.emulation.appraising import sheet_score
from dongthuan.work.emulation.models import EmulationModel, EmulationYear
from dongthuan.work.emulation.scoring import criteria
from dongthuan.work.emulation.services import (
    Promised,
    Registration,
    cycle_open,
    juror_add,
    model_register,
    outputs_record,
)

ZONE = dt.timezone(dt.timedelta(hours=7))
NOW = dt.datetime(2026, 2, 2, 9, tzinfo=ZONE)
AUTUMN = dt.datetime(2026, 10, 5, 9, tzinfo=ZONE)
DAYS = {
    "register_until": dt.date(2026, 3, 31),
    "midyear_until": dt.date(2026, 7, 15),
    "appraise_until": dt.date(2026, 12, 15),
}
BOARD = (("21439-xdd-head", "chair"), ("21439-mttq-head", "secretary"), ("21439-council", "member"))


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


def registration(**fields: Any) -> Registration:
    values: dict[str, Any] = {
        "name": "Tuyến đường không rác",
        "field": "culture",
        "sort": "collective",
        "situation": "Rác để ngoài giờ trên tuyến đường chính của tổ.",
        "goal": "Không còn điểm rác tự phát.",
        "content": "Mỗi ngõ tự quản một đoạn, để rác đúng giờ.",
        "beneficiaries": "Các hộ của tổ dân phố 1.",
        "forces": "Chi bộ lãnh đạo, Mặt trận và các chi hội thực hiện.",
        "resources": "Người dân góp công; phường cho mượn xe đẩy.",
        "timeline": "Từ tháng 2 đến tháng 10.",
        "replication": "Có thể làm ở mọi tổ dân phố.",
        "outputs": (Promised(what="Điểm rác tự phát đã xóa", measure="điểm", target=6),),
    }
    return Registration(**(values | fields))


@pytest.fixture
def lead(people: Any) -> Unit:
    return Unit.objects.get(code="21439-xdd")


@pytest.fixture
def village(people: Any) -> Unit:
    return Unit.objects.get(code="21439-t01")


@pytest.fixture
def cycle(people: Any, lead: Unit) -> EmulationYear:
    return cycle_open(acting=people.dvan, lead=lead, year=2026, **DAYS)


@pytest.fixture
def register(people: Any, cycle: EmulationYear, village: Unit) -> Callable[..., EmulationModel]:
    def register(actor: Any = None, body: Unit | None = None, **more: Any) -> EmulationModel:
        origin = more.pop("copies", None)
        return model_register(
            acting=actor or people.village_head, cycle=more.pop("cycle", cycle),
            registrant=body or village, registration=registration(**more), copies=origin,
        )  # fmt: skip

    return register


def act(actor: Any, matter: Any, name: str, **data: Any) -> Any:
    """Take a step and read the row of its kind again."""
    matter_act(acting=actor, matter_id=matter.pk, step_name=name, data=data)
    return type(matter).objects.get(pk=matter.pk)


def handed_in(people: Any, model: EmulationModel) -> EmulationModel:
    """A model after its work: begun in February, its figures entered, handed in."""
    if model.state == "registered":
        model = act(people.dvan, model, "guide", guidance="Nêu rõ số điểm rác.")
        model = act(people.village_head, model, "begin", on=dt.date(2026, 2, 1))
    figures = {row.pk: 5 for row in model.outputs.all()}
    outputs_record(acting=people.village_head, model=model, achieved=figures)
    handed: EmulationModel = act(
        people.village_head, model, "submit", results="Xóa 5 trong 6 điểm rác tự phát."
    )
    return handed


def convened(people: Any, cycle: EmulationYear) -> EmulationYear:
    """The board of three seats at work."""
    for code, seat in BOARD:
        juror_add(
            acting=people.dvan, cycle=cycle, position=Position.objects.get(code=code), seat=seat
        )
    cycle = act(people.dvan, cycle, "close", document="01/KH-BXDD")
    cycle = act(people.dvan, cycle, "midyear", report="Các mô hình đang làm tốt.")
    done: EmulationYear = act(people.dvan_head, cycle, "convene", document="05/QĐ-BXDD")
    return done


def points(short: int = 0) -> dict[str, int]:
    """Full points of every criterion, less `short` at the first one."""
    full = {one.key: one.most for one in criteria(2026)}
    return full | {"1": full["1"] - short}


def scored(people: Any, model: EmulationModel, *short: int) -> None:
    for name, less in zip(("dvan_head", "front_head", "council"), short, strict=False):
        sheet_score(acting=people.actors[name], model=model, points=points(less))


def appraised(people: Any, model: EmulationModel, *short: int) -> EmulationModel:
    model = handed_in(people, model)
    convened(people, model.cycle)
    scored(people, model, *(short or (5, 10, 15)))
    done: EmulationModel = act(people.dvan, model, "appraise")
    return done


AWARD = {"level": "commune", "document": "12/QĐ-UBND", "on": dt.date(2026, 10, 5)}


def recognised(people: Any, model: EmulationModel) -> EmulationModel:
    with clock.at(AUTUMN):
        done: EmulationModel = act(people.dvan_head, appraised(people, model), "recognise", **AWARD)
    return done
