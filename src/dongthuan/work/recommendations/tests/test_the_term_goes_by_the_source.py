"""Each source has its own term; across Tết the due day moves off the holiday."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from dongthuan.core import clock
from dongthuan.core.matters.errors import MatterError
from dongthuan.core.matters.models import Duty
from dongthuan.work.recommendations.tests.conftest import BODIES, ZONE, act

# Sent so that the term ends in the Tết holiday of 2026 (14 to 22 February): due on the first
# working day after it. Sessions are on the day that was named, whatever it is.
FIRST = dt.date(2026, 2, 23)
CASES = {
    "mass_mobilisation": ("rec.answer_partner", dt.date(2026, 2, 3), FIRST),
    "women": ("rec.answer_partner", dt.date(2026, 2, 3), FIRST),
    "front": ("rec.answer_front", dt.date(2026, 1, 19), FIRST),
    "board": ("dc.reply_supervision", dt.date(2026, 2, 3), FIRST),
    "voters": ("rec.answer_session", dt.date(2026, 2, 3), dt.date(2026, 3, 26)),
    "council": ("rec.answer_session", dt.date(2026, 2, 3), dt.date(2026, 3, 26)),
}


@pytest.mark.parametrize("source", CASES)
def test_an_answer_is_due_by_the_term_of_its_source(people: Any, drafted: Any, source: str) -> None:
    rule, day, due = CASES[source]
    data: dict[str, Any] = {"document": "1/KN"}
    if source in ("voters", "council"):
        data["session_on"] = due
    with clock.at(dt.datetime.combine(day, dt.time(9), ZONE)):
        row = act(people.actors[BODIES[source][1]], drafted(source), "send", **data)
    duty = Duty.objects.get(matter=row, state="open")
    assert (duty.rule, duty.due_on, duty.unit.code) == (rule, due, "21439-ubnd")
    assert row.next_due_on == due


def test_voters_and_council_must_name_their_session(people: Any, drafted: Any) -> None:
    with pytest.raises(MatterError) as refused:
        act(people.council, drafted("council"), "send", document="1/KN")
    assert refused.value.field == "session_on"
    assert not Duty.objects.exists()
