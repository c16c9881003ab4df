"""The town ended on 1 July 2025: who took over answers, confirms, and sends what was a draft."""

from __future__ import annotations

import datetime as dt
from typing import Any

from dongthuan.core import clock
from dongthuan.core.matters.handing import matters_hand_over
from dongthuan.core.matters.models import Duty
from dongthuan.core.people.actors import SYSTEM
from dongthuan.work.recommendations.models import BodyRecommendation
from dongthuan.work.recommendations.services import (
    Said,
    recommendation_create,
    recommendation_edit,
)
from dongthuan.work.recommendations.tests.conftest import CONTENT, ZONE, act, unit

BEFORE = dt.datetime(2025, 6, 20, 9, tzinfo=ZONE)
AFTER = dt.datetime(2025, 7, 2, 9, tzinfo=ZONE)


def drafted() -> BodyRecommendation:
    said = Said(addressee=unit("534-ubnd"), content=CONTENT)
    made = recommendation_create(
        acting=SYSTEM, body=unit("534-bdv"), source="mass_mobilisation", said=said
    )
    return BodyRecommendation.objects.get(pk=made.pk)


def test_an_open_recommendation_goes_on_with_both_successors(people: Any) -> None:
    with clock.at(BEFORE):
        draft, row = drafted(), drafted()
        row = act(SYSTEM, row, "send", document="3/KN")
        due = row.next_due_on
    with clock.at(AFTER):
        for step, heir in (("ubnd", "ubnd"), ("bdv", "xdd")):
            matters_hand_over(
                acting=SYSTEM, predecessor=unit(f"534-{step}"), successor=unit(f"21439-{heir}"),
                on=dt.date(2025, 7, 1), document="1/BB", codes=[row.code, draft.code],
            )  # fmt: skip
        row.refresh_from_db()
        assert (row.unit.code, row.next_due_on) == ("21439-ubnd", due)
        row = act(people.head, row, "answer", answer="accepted", reply="Sẽ làm.", document="8/U",
                  until=dt.date(2025, 9, 30))  # fmt: skip
        row = act(people.head, row, "finish", report="Đã lắp đèn.")
        assert Duty.objects.get(matter=row, state="open").unit.code == "21439-xdd"
        assert act(people.dvan, row, "confirm", verdict="Đúng.").state == "confirmed"
        draft.refresh_from_db()
        said = Said(addressee=unit("21439-ubnd"), content=CONTENT)
        draft = recommendation_edit(
            acting=people.dvan, row=draft, source="mass_mobilisation", said=said,
            version=draft.version,
        )  # fmt: skip
        draft = act(people.dvan, draft, "send", document="4/KN")
        assert (draft.state, draft.body.code) == ("sent", "21439-xdd")
