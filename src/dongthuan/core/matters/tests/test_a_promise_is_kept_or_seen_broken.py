"""A promise: public, owed on its day; kept, postponed with a reason in time, or released."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from typing import Any

import pytest

from dongthuan.core import clock
from dongthuan.core.matters.errors import MatterError, NotAllowed
from dongthuan.core.matters.models import Duty, Entry, Matter, Projection, Submission
from dongthuan.core.matters.promises import promise_open
from dongthuan.core.matters.services import matter_act
from dongthuan.core.outbox.models import Message
from dongthuan.core.units.models import Unit

ZONE = dt.timezone(dt.timedelta(hours=7))
TODAY = dt.datetime(2026, 11, 2, 9, tzinfo=ZONE)
DUE = dt.date(2026, 11, 20)


@pytest.fixture(autouse=True)
def _a_monday() -> Iterator[None]:
    with clock.at(TODAY):
        yield


@pytest.fixture
def promise(people: Any, submit: Any) -> Any:
    origin = submit().matter

    def promise(**fields: Any) -> Matter:
        values: dict[str, Any] = {
            "acting": people.intake, "origin": origin, "unit": Unit.objects.get(code="21439-ubnd"),
            "what": "Thay hai nắp cống trước nhà văn hóa", "due_on": DUE, "document": "12/TB-UBND",
        }  # fmt: skip
        return promise_open(**(values | fields))

    return promise


def duties(matter: Matter) -> list[tuple[dt.date, str]]:
    return list(Duty.objects.filter(matter=matter).order_by("id").values_list("due_on", "state"))


def act(actor: Any, matter: Matter, step: str, **data: Any) -> Matter:
    return matter_act(acting=actor, matter_id=matter.pk, step_name=step, data=data)


def test_it_is_owed_on_its_day_and_public(promise: Any) -> None:
    made = promise()
    assert duties(made) == [(DUE, "open")]
    assert (made.state, made.kind, made.parent.kind) == ("open", "promise", "petition")
    row = Projection.objects.get(pk=made.pk)
    assert row.listed
    assert "nắp cống" in row.body
    assert Entry.objects.get(matter=made).facts["document"] == "12/TB-UBND"


def test_a_day_off_does_not_move_it(promise: Any) -> None:
    sunday = dt.date(2026, 11, 15)
    assert duties(promise(due_on=sunday)) == [(sunday, "open")]


def test_kept_in_time(people: Any, promise: Any) -> None:
    made = promise()
    with clock.at(dt.datetime(2026, 11, 20, 23, tzinfo=ZONE)):
        done = act(people.handler, made, "keep", report="Đã thay, ảnh kèm theo")
    assert done.state == "kept"
    assert duties(made) == [(DUE, "fulfilled")]
    assert Projection.objects.get(pk=made.pk).closed_on == DUE


def test_kept_late_is_late(people: Any, promise: Any) -> None:
    made = promise()
    with clock.at(dt.datetime(2026, 11, 21, 8, tzinfo=ZONE)):
        act(people.handler, made, "keep", report="Đã thay")
    assert duties(made) == [(DUE, "late")]


def test_whoever_asked_is_told(people: Any, promise: Any) -> None:
    made = promise()
    assert Submission.objects.get(matter=made).citizen is not None
    act(people.handler, made, "keep", report="Đã thay")
    assert Message.objects.filter(about=made.code).exists()


def test_postponed_in_time_the_old_day_stands_in_the_record(people: Any, promise: Any) -> None:
    made = promise()
    later = dt.date(2026, 12, 1)
    act(people.head, made, "postpone", until=later, reason="Chờ vật tư", document="15/TB-UBND")
    assert duties(made) == [(DUE, "waived"), (later, "open")]
    assert Entry.objects.filter(matter=made).latest("id").facts["due_before"] == "2026-11-20"
    made.refresh_from_db()
    assert made.next_due_on == later


@pytest.mark.parametrize("until", [DUE, dt.date(2026, 11, 10)])
def test_the_new_day_lies_after_the_old_one(people: Any, promise: Any, until: dt.date) -> None:
    made = promise()
    with pytest.raises(MatterError) as refused:
        act(people.head, made, "postpone", until=until, reason="Chờ vật tư", document="15/TB")
    assert refused.value.field == "until"
    assert duties(made) == [(DUE, "open")]


def test_a_broken_promise_is_not_postponed(people: Any, promise: Any) -> None:
    made = promise()
    with clock.at(dt.datetime(2026, 11, 23, 8, tzinfo=ZONE)), pytest.raises(MatterError):
        act(people.head, made, "postpone", until=dt.date(2026, 12, 1), reason="Chờ",
            document="15/TB")  # fmt: skip
    assert duties(made) == [(DUE, "open")]


def test_released_with_a_document(people: Any, promise: Any) -> None:
    made = promise()
    done = act(people.head, made, "release", reason="Dân không còn yêu cầu", document="16/TB-UBND")
    assert done.state == "released"
    assert duties(made) == [(DUE, "waived")]


@pytest.mark.parametrize("step", ["postpone", "release"])
@pytest.mark.parametrize("name", ["intake", "handler", "front", "inspector", "other_head"])
def test_only_the_head_moves_or_releases(people: Any, promise: Any, step: str, name: str) -> None:
    made = promise()
    data = {"reason": "Chờ vật tư", "document": "15/TB"}
    if step == "postpone":
        data["until"] = dt.date(2026, 12, 1)  # type: ignore[assignment]
    with pytest.raises(NotAllowed):
        act(people.actors[name], made, step, **data)


@pytest.mark.parametrize("name", ["front", "dvan", "inspector", "admin", "other_intake", "citizen"])
def test_only_the_unit_that_gave_its_word_promises(people: Any, promise: Any, name: str) -> None:
    with pytest.raises(NotAllowed):
        promise(acting=people.actors[name])


@pytest.mark.parametrize(
    ("bad", "field"),
    [
        ({"due_on": dt.date(2026, 11, 1)}, "due_on"),
        ({"what": "  "}, "what"),
        ({"what": "a" * 2001}, "what"),
        ({"what": "Gọi lại cho bà Thử 0905123456"}, "what"),
        ({"document": ""}, "document"),
    ],
)
def test_a_bad_promise_is_not_given(promise: Any, bad: dict[str, Any], field: str) -> None:
    with pytest.raises(MatterError) as refused:
        promise(**bad)
    assert refused.value.field == field
    assert not Matter.objects.filter(kind="promise").exists()


def test_a_promise_for_today_is_still_possible(promise: Any) -> None:
    assert duties(promise(due_on=TODAY.date())) == [(TODAY.date(), "open")]
