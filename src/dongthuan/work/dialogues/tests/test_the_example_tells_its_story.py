"""The example loads through the services and has something to show on each page."""

from __future__ import annotations

from typing import Any

from dongthuan.demo_dialogues import demo_dialogues_load
from dongthuan.work.dialogues.models import Dialogue, Question


def test_four_dialogues_with_promises(people: Any, place: Any) -> None:
    made = demo_dialogues_load(head=people.head, party=people.party, handler=people.handler)
    assert made == 4
    states = dict(Dialogue.objects.values_list("state", "sort"))
    assert {"concluded", "held", "announced", "planned"} == set(states)
    assert Question.objects.filter(outcome="promised").count() == 2
