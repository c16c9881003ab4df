"""Điều 27: addressees are told, may speak or not, and the explanation stays with the file."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from dongthuan.core import clock
from dongthuan.core.matters.errors import MatterError, NotAllowed
from dongthuan.core.matters.models import Entry
from dongthuan.work.consultations.hearings import addressee_add, hearing_record
from dongthuan.work.consultations.models import Addressee
from dongthuan.work.consultations.tests.conftest import AFTER, TODAY, step

NAME = "Nguyễn Văn Riêng"
DAY = TODAY.date()


@pytest.fixture
def hearing(opened: Any) -> Any:
    return opened(item="8", forms=["e", "h"])


def add(people: Any, matter: Any, **fields: Any) -> Addressee:
    values: dict[str, Any] = {
        "name": NAME, "address": "Tổ 3", "notice": "5/TB-UBND", "notified_on": DAY,
        "answer_by": dt.date(2026, 11, 20),
    }  # fmt: skip
    return addressee_add(acting=people.handler, consultation_id=matter.pk, **(values | fields))


def record(people: Any, row: Addressee, wish: str, **fields: Any) -> Addressee:
    return hearing_record(
        acting=people.handler, consultation_id=row.consultation_id, addressee_id=row.pk, wish=wish,
        **fields,
    )  # fmt: skip


def test_only_item_eight_hears_addressees(people: Any, opened: Any) -> None:
    with pytest.raises(MatterError):
        add(people, opened())


def test_whoever_spoke_has_an_explanation_before_the_answers(people: Any, hearing: Any) -> None:
    row = add(people, hearing)
    with pytest.raises(MatterError):
        record(people, row, "speaks", statement="Tôi không đồng ý.")
    record(people, row, "speaks", statement="Tôi không đồng ý.", heard_on=DAY)
    with clock.at(AFTER):
        matter = step(people.handler, hearing, "close")
        matter = step(people.handler, matter, "synthesise", synthesis="Đã nghe một người.")
        with pytest.raises(MatterError):
            step(people.head, matter, "answer", document="20/BC-UBND")
        record(people, row, "speaks", statement="Tôi không đồng ý.", heard_on=DAY,
               explanation="Đã giảm diện tích thu hồi.")  # fmt: skip
        assert step(people.head, matter, "answer", document="20/BC-UBND").state == "answered"


def test_silence_is_recorded_only_after_the_day(people: Any, hearing: Any) -> None:
    row = add(people, hearing)
    with pytest.raises(MatterError):
        record(people, row, "silent")
    with clock.at(AFTER):
        assert record(people, row, "silent").wish == "silent"


def test_while_somebody_may_still_answer_nothing_is_summed_up(people: Any, hearing: Any) -> None:
    add(people, hearing, answer_by=dt.date(2026, 11, 30))
    with clock.at(AFTER):
        matter = step(people.handler, hearing, "close")
        with pytest.raises(MatterError):
            step(people.handler, matter, "synthesise", synthesis="Không có ý kiến.")


@pytest.mark.parametrize(
    ("given", "field"),
    [
        ({"name": ""}, "name"),
        ({"notice": ""}, "notice"),
        ({"notified_on": dt.date(2026, 11, 3)}, "notified_on"),
        ({"answer_by": DAY}, "answer_by"),
    ],
)
def test_what_is_wrong_is_named(people: Any, hearing: Any, given: Any, field: str) -> None:
    with pytest.raises(MatterError) as error:
        add(people, hearing, **given)
    assert error.value.field == field
    assert not Addressee.objects.exists()


def test_who_is_addressed_stands_in_no_entry(people: Any, hearing: Any) -> None:
    row = add(people, hearing)
    record(people, row, "none")
    facts = [str(entry.facts) for entry in Entry.objects.filter(matter=hearing)]
    assert not any(NAME in said for said in facts)


def test_only_the_office_hears(people: Any, hearing: Any) -> None:
    row = add(people, hearing)
    for name in ("front", "village_head", "other_head"):
        with pytest.raises(NotAllowed):
            hearing_record(
                acting=people.actors[name], consultation_id=hearing.pk, addressee_id=row.pk,
                wish="none",
            )  # fmt: skip
