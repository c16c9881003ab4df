"""A member of the registrant's body declares it and cannot score; the quorum counts the others."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from dongthuan.core import clock
from dongthuan.core.matters.errors import MatterError, NotAllowed
from dongthuan.core.matters.models import Entry
from dongthuan.core.people.actors import actor_for
from dongthuan.core.people.models import Appointment
from dongthuan.core.people.services import appointment_create
from dongthuan.core.units.models import Position, Unit
from dongthuan.work.emulation.appraising import conflict_declare, sheet_score
from dongthuan.work.emulation.models import Sheet
from dongthuan.work.emulation.selectors import model_view
from dongthuan.work.emulation.services import outputs_record
from dongthuan.work.emulation.tests.conftest import act, convened, handed_in, points


@pytest.fixture
def of_the_front(people: Any, register: Any) -> Any:
    """A model of the Front itself, whose chairman sits on the board as its secretary."""
    front = Unit.objects.get(code="21439-mttq")
    model = register(people.front, front)
    model = act(people.dvan, model, "guide", guidance="Nêu số liệu.")
    model = act(people.front, model, "begin", on=model.opened_at.date())
    figures = {row.pk: 5 for row in model.outputs.all()}
    outputs_record(acting=people.front, model=model, achieved=figures)
    model = act(people.front, model, "submit", results="Xóa 5 điểm rác.")
    convened(people, model.cycle)
    return model


def test_a_member_of_the_registrants_body_cannot_score(people: Any, of_the_front: Any) -> None:
    with pytest.raises(MatterError):
        sheet_score(acting=people.front_head, model=of_the_front, points=points())
    assert not Sheet.objects.exists()


def test_no_result_before_it_is_declared(people: Any, of_the_front: Any) -> None:
    for name in ("dvan_head", "council"):
        sheet_score(acting=people.actors[name], model=of_the_front, points=points())
    with pytest.raises(MatterError) as refusal:
        act(people.dvan, of_the_front, "appraise")
    assert "Chủ tịch Ủy ban MTTQ" in str(refusal.value)
    conflict_declare(acting=people.front_head, model=of_the_front, ground="Mô hình của cơ quan tôi")
    done = act(people.dvan, of_the_front, "appraise")
    assert (done.points, done.scorers) == (200, 2)


def test_who_stood_aside_cannot_come_back(people: Any, register: Any) -> None:
    model = handed_in(people, register())
    convened(people, model.cycle)
    sheet_score(acting=people.council, model=model, points=points())
    conflict_declare(acting=people.council, model=model, ground="Người nhà tham gia")
    assert Sheet.objects.get().points == {}
    with pytest.raises(MatterError):
        sheet_score(acting=people.council, model=model, points=points())
    sheet_score(acting=people.dvan_head, model=model, points=points())
    with pytest.raises(MatterError):
        act(people.dvan, model, "appraise")  # one of two is fewer than two thirds


@pytest.mark.parametrize("name", ["dvan", "head", "village_head", "front", "inspector"])
def test_only_seats_of_the_board_score(people: Any, register: Any, name: str) -> None:
    model = handed_in(people, register())
    convened(people, model.cycle)
    with pytest.raises(NotAllowed):
        sheet_score(acting=people.actors[name], model=model, points=points())


def test_the_others_sheets_are_shown_after_the_result(people: Any, register: Any) -> None:
    model = handed_in(people, register())
    convened(people, model.cycle)
    for name in ("dvan_head", "front_head"):
        sheet_score(acting=people.actors[name], model=model, points=points())
    before: Any = model_view(actor=people.council, code=model.code)
    assert (before.sheets, before.own) == ([], None)
    told = Entry.objects.filter(matter=model, act="emulation_model.scored")
    assert [entry.facts for entry in told] == [{}, {}]
    act(people.dvan, model, "appraise")
    after: Any = model_view(actor=people.council, code=model.code)
    assert [sheet.total for sheet in after.sheets] == [100, 100]
    village: Any = model_view(actor=people.village_head, code=model.code)
    assert village.sheets == []


def test_a_second_position_in_the_registrants_body_is_an_interest_too(
    people: Any, register: Any
) -> None:
    """One person may sit on the board for the Council and head the village whose model it is."""
    model = handed_in(people, register())
    convened(people, model.cycle)
    head = Position.objects.get(unit=model.registrant, role="village_head")
    appointment_create(
        account=people.accounts["council"], position=head, valid_from=clock.today(),
    )  # fmt: skip
    both = actor_for(people.accounts["council"])
    with pytest.raises(MatterError):
        sheet_score(acting=both, model=model, points=points())
    conflict_declare(acting=both, model=model, ground="Mô hình của tổ tôi")


def test_a_seat_that_nobody_holds_does_not_stop_the_result(people: Any, of_the_front: Any) -> None:
    for name in ("dvan_head", "council"):
        sheet_score(acting=people.actors[name], model=of_the_front, points=points())
    Appointment.objects.filter(account=people.accounts["front_head"]).update(
        valid_from=clock.today() - dt.timedelta(days=9),
        valid_to=clock.today() - dt.timedelta(days=1),
    )
    assert act(people.dvan, of_the_front, "appraise").scorers == 2
