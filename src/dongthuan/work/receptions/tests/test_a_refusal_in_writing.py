"""Refusals: told on the spot, or owed in writing within three working days, each by itself."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from dongthuan.core import clock
from dongthuan.core.matters.errors import MatterError
from dongthuan.core.matters.models import Duty, Projection
from dongthuan.work.receptions.models import Refusal, Visit
from dongthuan.work.receptions.papers import refusal_pdf
from dongthuan.work.receptions.rules import refusal_grounds
from dongthuan.work.receptions.services import reception_create
from dongthuan.work.receptions.tests.conftest import DAY, HOURS, ZONE, step
from dongthuan.work.receptions.visits import Visitor, visit_arrive, visit_refuse

WHO = Visitor("Nguyễn Thị Thử", "thôn minh họa", "051095012345")


def refuse(people: Any, reception: Any, ground: str, **fields: Any) -> Any:
    visit = visit_arrive(acting=people.intake, reception_id=reception.pk)
    values: dict[str, Any] = {"explained": True, "visitor": WHO, "content": "Việc đã trả lời"}
    return visit_refuse(acting=people.intake, visit_id=visit.pk, ground=ground, **(values | fields))


@pytest.mark.parametrize("ground", [g.code for g in refusal_grounds(DAY)])
def test_only_l3_and_h_owe_a_notice(people: Any, opened: Any, ground: str) -> None:
    visit, refusal = refuse(people, opened, ground)
    assert (visit.state, visit.refusal_ground, visit.ledger_number) == ("refused", ground, 1)
    assert (refusal is not None) == (ground in ("L3", "h"))


def test_two_refusals_of_a_day_keep_two_terms(people: Any, opened: Any) -> None:
    _visit, one = refuse(people, opened, "h")
    _visit, two = refuse(people, opened, "L3")
    due = Duty.objects.filter(rule="tcd.refusal_notice").values_list("matter", "due_on")
    assert set(due) == {(one.pk, dt.date(2026, 11, 13)), (two.pk, dt.date(2026, 11, 13))}
    assert one.parent_id == opened.pk
    assert "Thử" not in Projection.objects.get(pk=one.pk).title
    assert refusal_pdf(one).startswith(b"%PDF")


@pytest.mark.parametrize(
    ("ground", "fields", "field"),
    [
        ("m", {}, "ground"),
        ("", {}, "ground"),
        ("a", {"explained": False}, "explained"),
        ("h", {"visitor": Visitor()}, "name"),
        ("L3", {"visitor": Visitor("Nguyễn Thị Thử")}, "address"),
    ],
)
def test_a_refusal_that_is_not_lawful_is_not_written(
    people: Any, opened: Any, ground: str, fields: dict[str, Any], field: str
) -> None:
    with pytest.raises(MatterError) as refused:
        refuse(people, opened, ground, **fields)
    assert refused.value.field == field
    assert Visit.objects.get().state == "waiting"
    assert not Refusal.objects.exists()


def test_somebody_drunk_is_refused_without_a_name(people: Any, opened: Any) -> None:
    visit, _refusal = refuse(people, opened, "L1", visitor=Visitor(), content="")
    assert visit.citizen is None


def test_before_the_decree_there_was_no_term(people: Any, office: Any) -> None:
    with clock.at(dt.datetime(2026, 6, 9, 9, tzinfo=ZONE)):
        reception = reception_create(
            acting=people.intake, unit=office, form="regular", held_on=dt.date(2026, 6, 9),
            hours=HOURS,
        )  # fmt: skip
        step(people.intake, reception, "open")
        with pytest.raises(MatterError):
            refuse(people, reception, "h")
        visit = Visit.objects.get()
        _visit, refusal = visit_refuse(
            acting=people.intake, visit_id=visit.pk, ground="L3", explained=True, visitor=WHO
        )
    assert refusal is None
