"""Service levels: set by the head with a document; every date says who set it."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from dongthuan.core import clock
from dongthuan.core.law import LocalTerm, RuleError, deadline
from dongthuan.core.matters.duties import duties_open, duty_extend
from dongthuan.core.matters.errors import MatterError, NotAllowed
from dongthuan.core.matters.levels import service_level_end, service_level_set
from dongthuan.core.matters.models import Duty, Matter, ServiceLevel
from dongthuan.core.units.models import Unit

NOW = dt.datetime(2026, 11, 16, 2, tzinfo=dt.UTC)  # a Monday


@pytest.fixture(autouse=True)
def _monday() -> Any:
    with clock.at(NOW):
        yield


@pytest.fixture
def ward(people: Any) -> Unit:
    return Unit.objects.get(code="21439-ubnd")


def level(people: Any, ward: Unit, **more: Any) -> ServiceLevel:
    values: dict[str, Any] = {
        "acting": people.head, "unit": ward, "rule": "pa.answer", "term": "3 wd",
        "document": "12/QĐ-UBND",
    }  # fmt: skip
    return service_level_set(**(values | more))


def owed(matter: Matter, rule: str = "pa.answer") -> Duty:
    return duties_open(matter=matter, rules=[(rule, "received", NOW)], now=NOW)[0]


def test_a_duty_carries_the_level_and_explains_it(people: Any, submit: Any, ward: Unit) -> None:
    level(people, ward)
    duty = owed(submit().matter)
    assert duty.due_on == dt.date(2026, 11, 19)
    assert duty.term == "3 wd"
    assert "12/QĐ-UBND" in duty.basis
    assert ward.name in duty.steps[0]["text_vi"]


def test_without_a_level_local_practice_applies(people: Any, submit: Any) -> None:
    duty = owed(submit().matter)
    assert (duty.term, duty.level) == ("7 wd", {})


def test_a_level_of_the_topic_goes_before_that_of_all(people: Any, submit: Any, ward: Unit) -> None:
    level(people, ward)
    level(people, ward, topic="environment", term="24 h")
    matter = submit().matter
    assert owed(matter).term == "3 wd"
    Duty.objects.filter(matter=matter, rule="pa.answer").delete()
    matter.topic = "environment"
    assert owed(matter).term == "24 h"


def test_what_runs_keeps_its_level_when_another_is_set(
    people: Any, submit: Any, ward: Unit
) -> None:
    level(people, ward)
    duty = owed(submit().matter)
    level(people, ward, term="5 wd", valid_from=clock.today() + dt.timedelta(days=1))
    duty_extend(duty=duty, now=NOW, term="5 wd", reason="Mưa bão", document="13/QĐ-UBND")
    assert duty.term == "3 wd"
    assert duty.due_on == dt.date(2026, 11, 27)  # 24 November is a holiday


def test_the_next_level_ends_the_one_before(people: Any, ward: Unit) -> None:
    first = level(people, ward)
    level(people, ward, term="5 wd", valid_from=dt.date(2026, 12, 1))
    first.refresh_from_db()
    assert first.valid_to == dt.date(2026, 11, 30)


def test_one_mistyped_is_replaced_on_its_first_day(people: Any, ward: Unit) -> None:
    level(people, ward, term="7 wd")
    level(people, ward, term="3 wd")
    assert [row.term for row in ServiceLevel.objects.all()] == ["3 wd"]
    level(people, ward, term="5 wd", valid_from=dt.date(2026, 12, 1))
    with pytest.raises(MatterError) as refused:
        level(people, ward, term="4 wd")
    assert refused.value.field == "valid_from"


def test_taken_back_it_ends_today(people: Any, submit: Any, ward: Unit) -> None:
    first = level(people, ward)
    service_level_end(acting=people.head, level=first)
    first.refresh_from_db()
    assert first.valid_to == clock.today()
    later = level(people, ward, valid_from=dt.date(2026, 12, 1))
    service_level_end(acting=people.head, level=later)
    assert ServiceLevel.objects.count() == 1


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"rule": "kn.accept"}, "rule"),
        ({"rule": "xld.process"}, "rule"),
        ({"term": "3 tuần"}, "term"),
        ({"term": "2 months"}, "term"),
        ({"term": "8 wd"}, "term"),
        ({"term": "10 d"}, "term"),
        ({"rule": "pa.classify", "term": "1 wd"}, "term"),
        ({"rule": "knpa.answer", "term": "31 d"}, "term"),
        ({"topic": "khac"}, "topic"),
        ({"document": " "}, "document"),
        ({"valid_from": dt.date(2026, 11, 15)}, "valid_from"),
    ],
)
def test_a_level_that_makes_no_sense_is_refused(
    people: Any, ward: Unit, change: dict[str, Any], field: str
) -> None:
    with pytest.raises(MatterError) as refused:
        level(people, ward, **change)
    assert refused.value.field == field
    assert not ServiceLevel.objects.exists()


@pytest.mark.parametrize("name", ["intake", "handler", "front", "inspector", "admin", "other_head"])
def test_only_the_head_of_the_unit_sets_it(people: Any, ward: Unit, name: str) -> None:
    with pytest.raises(NotAllowed):
        level(people, ward, acting=people.actors[name])
    own = level(people, ward)
    with pytest.raises(NotAllowed):
        service_level_end(acting=people.actors[name], level=own)


def test_no_locality_changes_what_a_law_fixes() -> None:
    term = LocalTerm("3 wd", "12/QĐ-UBND", "UBND phường", dt.date(2026, 1, 1))
    with pytest.raises(RuleError):
        deadline(key="kn.accept", anchor=NOW, local_term=term)
