"""In person, by a deputy where the law still allows it, online with its recording."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from dongthuan.core import clock
from dongthuan.core.matters.errors import MatterError
from dongthuan.core.matters.models import Duty, Entry
from dongthuan.work.receptions.tests.conftest import ON_THE_DAY, session_on, step
from dongthuan.work.receptions.visits import visit_arrive

DEPUTY = {"receiver": "delegate", "delegate": "Phó Chủ tịch UBND phường"}


def test_the_chair_of_a_commune_may_not_delegate(people: Any, opened: Any) -> None:
    with pytest.raises(MatterError, match="136/2025") as refused:
        step(people.intake, opened, "hold", minutes="Đã tiếp.", **DEPUTY)
    assert refused.value.field == "receiver"
    opened.refresh_from_db()
    assert opened.state == "open"


def test_before_july_2026_a_deputy_is_recorded(people: Any, chair: Any) -> None:
    held = session_on(dt.date(2026, 6, 9), people, chair, **DEPUTY)
    assert (held.receiver, held.delegate) == ("delegate", "Phó Chủ tịch UBND phường")


def test_a_deputy_has_a_position(people: Any, chair: Any) -> None:
    with pytest.raises(MatterError) as refused:
        session_on(dt.date(2026, 6, 9), people, chair, receiver="delegate")
    assert refused.value.field == "delegate"


@pytest.mark.parametrize(
    ("form", "receiver"), [("head", "officer"), ("regular", "self"), ("regular", "delegate")]
)
def test_the_receiver_fits_the_session(people: Any, plan: Any, form: str, receiver: str) -> None:
    reception = plan(form=form)
    with clock.at(ON_THE_DAY):
        reception = step(people.intake, reception, "open")
        with pytest.raises(MatterError):
            step(people.intake, reception, "hold", minutes="Đã tiếp.", receiver=receiver)


def test_an_online_session_names_its_recording(people: Any, plan: Any) -> None:
    reception = plan(form="online")
    step(people.intake, reception, "notify", document="9/TB-UBND")
    with clock.at(ON_THE_DAY):
        step(people.intake, reception, "open")
        with pytest.raises(MatterError) as refused:
            step(people.intake, reception, "hold", receiver="self", minutes="Đã tiếp.")
        assert refused.value.field == "recording"
        step(
            people.intake, reception, "hold", receiver="self", minutes="Đã tiếp.",
            recording="kho dữ liệu số, tệp 12",
        )  # fmt: skip
    states = dict(Duty.objects.filter(matter=reception).values_list("rule", "state"))
    assert states["tcd.online.notice"] == "fulfilled"
    assert states["tcd.online.test"] == "late"  # nobody recorded a test


def test_nobody_is_left_waiting(people: Any, opened: Any) -> None:
    visit_arrive(acting=people.intake, reception_id=opened.pk)
    with pytest.raises(MatterError):
        step(people.intake, opened, "hold", receiver="self", minutes="Đã tiếp.")


def test_the_minutes_are_kept_behind_the_commitment(people: Any, opened: Any) -> None:
    step(people.intake, opened, "hold", receiver="self", minutes="Bà Thử trình bày việc đất.")
    entry = Entry.objects.filter(matter=opened).latest("id")
    assert "Thử" not in str(entry.facts)
    assert entry.payload.body["minutes"] == "Bà Thử trình bày việc đất."


def test_a_conclusion_is_owed_and_is_public_without_persons(people: Any, opened: Any) -> None:
    held = step(people.intake, opened, "hold", receiver="self", minutes="Đã tiếp.")
    assert held.next_rule == "tcd.conclusion"
    with clock.at(ON_THE_DAY), pytest.raises(MatterError) as refused:
        step(people.head, held, "conclude", document="1/TB", conclusion="Trả lời số 0905123456")
    assert refused.value.field == "conclusion"
    done = step(people.head, held, "conclude", document="1/TB", conclusion="Giao địa chính đo lại.")
    assert done.state == "concluded"
    assert done.next_due_on is None
