"""A slip gives one answer, leads to nobody, and is worthless to whoever reads the database."""

from __future__ import annotations

from typing import Any

import pytest

from dongthuan.core.matters.errors import MatterError, NotAllowed
from dongthuan.core.units.models import Unit
from dongthuan.work.satisfaction.models import Answer, Desk, Slip
from dongthuan.work.satisfaction.services import answer_give, desk_add, desk_end, slips_print


@pytest.fixture
def desk(people: Any) -> Desk:
    unit = Unit.objects.get(code="21439-ubnd")
    return desk_add(acting=people.intake, unit=unit, name="Quầy 1")


def give(people: Any, desk: Desk, **more: Any) -> Answer:
    return answer_give(acting=people.citizen, subject="desk", unit=desk.unit, desk=desk,
                       **({"points": {"time": 2}} | more))  # fmt: skip


def test_a_slip_counts_once(people: Any, desk: Desk) -> None:
    (code,) = slips_print(acting=people.intake, desk=desk, count=1)
    assert give(people, desk, slip=f"{code[:4]}-{code[4:].upper()}").source == "slip"
    with pytest.raises(MatterError, match="phiếu"):
        give(people, desk, slip=code)
    assert Answer.objects.count() == 1


def test_the_database_knows_neither_the_code_nor_whose_answer(people: Any, desk: Desk) -> None:
    (code,) = slips_print(acting=people.intake, desk=desk, count=1)
    give(people, desk, slip=code)
    slip = Slip.objects.get()
    assert code not in slip.digest
    assert {field.name for field in Answer._meta.get_fields()} == {
        "id", "subject", "unit", "path", "desk", "on", "source", "points", "remark",
    }  # fmt: skip


@pytest.mark.parametrize(
    "points", [{}, {"time": 3}, {"time": -1}, {"nonsense": 2}, {"time": 2, "x": 0}]
)
def test_nonsense_is_not_kept(people: Any, desk: Desk, points: dict[str, int]) -> None:
    with pytest.raises(MatterError):
        give(people, desk, points=points)
    assert not Answer.objects.exists()


def test_a_desk_that_has_ended_is_not_rated(people: Any, desk: Desk) -> None:
    desk_end(acting=people.intake, desk=desk)
    with pytest.raises(MatterError):
        give(people, Desk.objects.get())


@pytest.mark.parametrize("name", ["front", "board", "village_head", "other_intake", "admin"])
def test_others_keep_no_desks_of_the_office(people: Any, desk: Desk, name: str) -> None:
    with pytest.raises(NotAllowed):
        desk_add(acting=people.actors[name], unit=desk.unit, name="Quầy 2")
    with pytest.raises(NotAllowed):
        give_paper = {"points": {"time": 2}, "paper": True}
        answer_give(acting=people.actors[name], subject="desk", unit=desk.unit, desk=desk,
                    **give_paper)  # fmt: skip
