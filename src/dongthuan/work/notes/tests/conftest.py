"""A note between the mass-mobilisation body and the ward, and a situation note, in any state."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.utils import timezone

from dongthuan.core import clock
from dongthuan.core.matters.services import matter_act
from dongthuan.core.units.models import Unit
from dongthuan.work.notes.models import InformationNote, SituationNote
from dongthuan.work.notes.services import Told, note_send
from dongthuan.work.notes.situation import situation_create

TODAY = dt.date(2026, 11, 16)
FACTS = "Rãnh thoát nước đường Nguyễn Nghiêm bị tắc, nước tràn vào chợ sau mỗi trận mưa."
ANSWERS: dict[str, dict[str, Any]] = {
    "answer": {"handling": "settles", "reply": "Đã giao đội công trình nạo vét trong tuần."},
    "withdraw": {"reason": "Gửi nhầm."},
    "send": {"document": "15/BC-BXDĐ"},
    "reopen": {"reason": "Bổ sung số liệu."},
    "drop": {"reason": "Lập trùng kỳ."},
}
NOTE_WAYS = {
    "sent": (), "acknowledged": ("acknowledge",), "answered": ("answer",),
    "withdrawn": ("withdraw",),
}  # fmt: skip
SITUATION_WAYS = {
    "draft": (), "adopted": ("adopt",), "sent": ("adopt", "send"), "dropped": ("drop",),
}  # fmt: skip
BY_RECEIVER = {"acknowledge", "answer"}


@pytest.fixture(autouse=True)
def _monday() -> Iterator[None]:
    nine = dt.datetime.combine(TODAY, dt.time(9), timezone.get_default_timezone())
    with clock.at(nine):
        yield


def told(**changes: Any) -> Told:
    said = {"topic": "environment", "facts": FACTS, "source": "meeting", "learnt_on": TODAY}
    return Told(**(said | changes))


@pytest.fixture
def note(people: Any) -> Callable[..., InformationNote]:
    """note(facts=…, …): from the Party building board to the People's Committee of the ward."""

    def note(**changes: Any) -> InformationNote:
        return note_send(
            acting=people.dvan, sender=Unit.objects.get(code="21439-xdd"),
            receiver=Unit.objects.get(code="21439-ubnd"), told=told(**changes),
        )  # fmt: skip

    return note


def act(actor: Any, matter: Any, name: str, **data: Any) -> Any:
    return matter_act(
        acting=actor, matter_id=matter.pk, step_name=name, data=ANSWERS.get(name, {}) | data
    )


@pytest.fixture
def note_in(people: Any, note: Any) -> Callable[[str], InformationNote]:
    def note_in(state: str) -> InformationNote:
        made: InformationNote = note()
        for name in NOTE_WAYS[state]:
            act(people.intake if name in BY_RECEIVER else people.dvan, made, name)
        return InformationNote.objects.get(pk=made.pk)

    return note_in


@pytest.fixture
def situation(people: Any) -> Callable[..., SituationNote]:
    """The note of October 2026 by the Party building board, sent to the ward and the Front."""

    def situation(**changes: Any) -> SituationNote:
        receivers = Unit.objects.filter(code__in=["21439-ubnd", "21439-mttq"])
        given = {
            "period": "month", "year": 2026, "number": 10, "receivers": list(receivers),
            "keys": ["notes.exchanged", "notes.acknowledged_on_time"],
        } | changes  # fmt: skip
        return situation_create(
            acting=people.dvan, author=Unit.objects.get(code="21439-xdd"), **given
        )

    return situation


@pytest.fixture
def situation_in(people: Any, situation: Any, note: Any) -> Callable[[str], SituationNote]:
    def situation_in(state: str) -> SituationNote:
        october = dt.datetime.combine(
            dt.date(2026, 10, 12), dt.time(9), timezone.get_default_timezone()
        )
        with clock.at(october):
            note(learnt_on=dt.date(2026, 10, 11))
        made: SituationNote = situation()
        for name in SITUATION_WAYS[state]:
            act(people.dvan_head, made, name)
        return SituationNote.objects.get(pk=made.pk)

    return situation_in
