"""Where the people pay a part, works begin only under a decision that carries (Điều 15, 21)."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from dongthuan.core import clock
from dongthuan.core.matters import meeting
from dongthuan.core.matters.creation import matter_create
from dongthuan.core.matters.errors import MatterError
from dongthuan.core.matters.meeting import Proof
from dongthuan.core.matters.models import Entry, Matter
from dongthuan.work.projects.services import Fund, project_change
from dongthuan.work.projects.tests.conftest import OFFICE, VILLAGE, unit_of

FUNDS = [Fund(source="state", planned=400_000_000), Fund(source="people", planned=200_000_000)]


@pytest.fixture
def voted(people: Any, monkeypatch: pytest.MonkeyPatch) -> Any:
    """A matter of another room that proves what is given."""

    def voted(village: str = VILLAGE, **given: Any) -> Matter:
        fields: dict[str, Any] = {
            "item": "1", "carried": True, "in_force": True, "yes": 40, "all": 50,
            "threshold": "dc.vote.contrib", "on": dt.date(2026, 11, 1),
        }  # fmt: skip
        proof = Proof(**(fields | given))
        monkeypatch.setitem(meeting._PROOFS, "promise", lambda matter: proof)
        return matter_create(
            acting=people.head, model=Matter, kind="promise", unit=unit_of(OFFICE),
            title="Quyết định của cộng đồng dân cư", act="promise.given",
            parties=[unit_of(village)],
        )  # fmt: skip

    return voted


def begun(people: Any, project: Any, take: Any) -> Any:
    return take(people.head, take(people.head, project, "prepare"), "start")


def test_without_a_decision_the_works_do_not_begin(people: Any, project_of: Any, take: Any) -> None:
    project = take(people.head, project_of(funds=FUNDS), "prepare")
    with pytest.raises(MatterError, match=r"(15\.1|Điều 15).*21"):
        take(people.head, project, "start")
    project.refresh_from_db()
    assert project.state == "preparation"


@pytest.mark.parametrize(
    "given", [{"carried": False, "yes": 33}, {"in_force": False}, {"item": "5"}]
)
def test_a_decision_that_does_not_carry_is_refused(
    people: Any, project_of: Any, take: Any, voted: Any, given: dict[str, Any]
) -> None:
    project = project_of(funds=FUNDS, decision_code=voted(**given).code)
    project = take(people.head, project, "prepare")
    with pytest.raises(MatterError):
        take(people.head, project, "start")


def test_a_decision_that_carries_lets_the_works_begin(
    people: Any, project_of: Any, take: Any, voted: Any
) -> None:
    project = begun(people, project_of(funds=FUNDS, decision_code=voted().code), take)
    assert project.state == "implementation"
    facts = Entry.objects.get(matter=project, act="project.start").facts
    assert (facts["yes"], facts["all"]) == (40, 50)


def test_without_money_of_the_people_no_decision_is_asked_for(
    people: Any, project_of: Any, take: Any
) -> None:
    assert begun(people, project_of(), take).state == "implementation"


def test_what_proves_nothing_is_no_decision(people: Any, project_of: Any) -> None:
    other = project_of()
    with pytest.raises(MatterError) as refused:
        project_of(decision_code=other.code)
    assert refused.value.field == "decision_code"
    with pytest.raises(MatterError):
        project_of(decision_code=f"21439-{clock.today():%y}-999999")


def test_a_decision_of_another_village_does_not_carry_it(
    people: Any, project_of: Any, take: Any, voted: Any
) -> None:
    project = project_of(funds=FUNDS, decision_code=voted(village="21439-t02").code)
    project = take(people.head, project, "prepare")
    with pytest.raises(MatterError):
        take(people.head, project, "start")


def test_money_of_the_people_is_not_written_in_later_without_one(
    people: Any, project_of: Any, take: Any, voted: Any
) -> None:
    project = begun(people, project_of(), take)
    change = {"acting": people.handler, "project": project, "purpose": "Như cũ.", "funds": FUNDS}
    with pytest.raises(MatterError):
        project_change(**change)
    assert not project.fundings.filter(source="people").exists()
    project_change(**change, decision_code=voted().code)
    assert project.fundings.filter(source="people").exists()
