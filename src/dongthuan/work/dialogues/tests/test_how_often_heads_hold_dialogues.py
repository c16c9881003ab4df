"""A year of a ward: what the chairperson and the secretary owe, and what they held."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from dongthuan.core import clock
from dongthuan.core.matters.indicators import indicator_of
from dongthuan.core.matters.models import Duty, Matter
from dongthuan.core.matters.services import matter_act
from dongthuan.core.units.models import Unit
from dongthuan.work.dialogues.frequency import Frequency, frequencies
from dongthuan.work.dialogues.jobs import year as year_job
from dongthuan.work.dialogues.models import Dialogue
from dongthuan.work.dialogues.questions import End, question_settle
from dongthuan.work.dialogues.services import yearly_open
from dongthuan.work.dialogues.tests.conftest import ANNOUNCED, HELD, NOW, ZONE, act, question


def hold(actor: Any, dialogue: Dialogue, **more: Any) -> Dialogue:
    act(actor, dialogue, "announce", **ANNOUNCED)
    assert dialogue.held_at is not None
    with clock.at(dialogue.held_at + dt.timedelta(hours=1)):
        held: Dialogue = act(actor, dialogue, "hold", **(HELD | more))
        return held


def of(place: Unit, seat: str, year: int = 2026) -> Frequency:
    return next(r for r in frequencies(within=place, year=year) if r.host.code == seat)


def test_nobody_is_shown_as_failing_before_anything_was_recorded(place: Unit) -> None:
    assert frequencies(within=place, year=2026) == []


def test_a_year_of_the_chairperson_and_the_secretary(
    people: Any, place: Unit, plan: Any, yearly: Dialogue, secretary: Any
) -> None:
    assert (of(place, "21439-head").owed, of(place, "21439-party").owed) == (1, 2)
    assert of(place, "21439-head").standing == "running"
    act(people.head, yearly, "plan", on=dt.date(2026, 11, 20), time="8:00", venue="Hội trường",
        agenda="Tình hình")  # fmt: skip
    hold(people.head, Dialogue.objects.get(pk=yearly.pk))
    assert (of(place, "21439-head").in_person, of(place, "21439-head").standing) == (1, "met")
    partys = {"acting": people.party, "host": secretary, "sort": "regular"}
    hold(people.party, plan(**partys))
    hold(people.party, plan(**partys, on=dt.date(2026, 12, 8)), chair="deputy")
    row = of(place, "21439-party")
    assert (row.in_person, row.by_deputy, row.standing) == (1, 1, "running")
    with clock.at(dt.datetime(2027, 1, 4, 9, tzinfo=ZONE)):
        assert of(place, "21439-party").standing == "short"
        assert of(place, "21439-head", 2027).in_person == 0


def test_half_a_year_in_office_owes_nothing(place: Unit, yearly: Dialogue) -> None:
    """The ward exists since 1 July 2025."""
    row = of(place, "21439-head", 2025)
    assert (row.owed, row.standing) == (None, "")


def test_one_that_was_called_off_is_not_counted(people: Any, place: Unit, announced: Any) -> None:
    act(people.head, announced, "cancel", reason="Bão")
    assert of(place, "21439-head").held == 0


def test_the_worker_opens_the_year_once(people: Any, settings: Any, place: Unit) -> None:
    settings.SCOPE = "21439"
    year_job(0)
    year_job(0)
    made = Dialogue.objects.get(sort="yearly")
    duty = Duty.objects.get(matter=made)
    assert (duty.rule, duty.due_on) == ("dc.dialogue.yearly", dt.date(2026, 12, 31))
    assert [unit.code for unit in made.partners.all()] == ["21439-mttq"]
    assert yearly_open(acting=people.head, commune=place, year=2026) is None


def test_a_year_without_a_dialogue_stands_as_broken(people: Any, yearly: Dialogue) -> None:
    with pytest.raises(ValueError):
        act(people.head, yearly, "miss", reason="Bận")
    with clock.at(dt.datetime(2027, 1, 4, 9, tzinfo=ZONE)):
        act(people.head, yearly, "miss", reason="Bão lũ")
    assert Duty.objects.get(matter=yearly).state == "late"


def test_figures_count_what_is_in_the_record(people: Any, place: Unit, announced: Any) -> None:
    until = dt.date(2026, 12, 1)
    first, second, _open = (question(people, announced, f"Câu hỏi thứ {n} là gì?") for n in "123")
    question_settle(acting=people.handler, question=first, end=End(outcome="answered", answer="Có"))
    for row in (second,):
        question_settle(
            acting=people.handler, question=row,
            end=End(outcome="promised", answer="Sẽ làm.", due_on=until),
        )  # fmt: skip
    with clock.at(dt.datetime(2026, 11, 20, 11, tzinfo=ZONE)):
        act(people.head, announced, "hold", **HELD)

    def figure(key: str) -> tuple[int, int | None]:
        indicator = indicator_of(key)
        assert indicator is not None
        found = indicator.count(place.path, dt.date(2026, 1, 1), dt.date(2026, 12, 31))
        assert found.matters is not None
        assert found.matters.count() >= bool(found.numerator)
        return found.numerator, found.denominator

    with clock.at(dt.datetime(2026, 11, 21, 9, tzinfo=ZONE)):
        assert figure("dialogues.held") == (1, None)
        assert figure("dialogues.answered_in_time") == (2, 2)  # the third has ten days yet
        assert figure("dialogues.promises_kept") == (0, 0)
    with clock.at(dt.datetime(2026, 12, 2, 9, tzinfo=ZONE)):
        assert figure("dialogues.answered_in_time") == (2, 3)
        assert figure("dialogues.promises_kept") == (0, 1)
    with clock.at(NOW + dt.timedelta(days=20)):
        promise = Matter.objects.get(kind="promise")
        matter_act(acting=people.head, matter_id=promise.pk, step_name="keep",
                   data={"report": "Xong."})  # fmt: skip
        assert figure("dialogues.promises_kept") == (1, 1)
