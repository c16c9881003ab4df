"""The example of the locality: documents in several states, notes, a situation note."""

from __future__ import annotations

from typing import Any

from dongthuan.core import clock
from dongthuan.demo_directives import demo_directives_load
from dongthuan.work.directives.models import Directive, Order
from dongthuan.work.notes.models import InformationNote, SituationNote


def test_the_example_is_whole_and_labelled(people: Any) -> None:
    demo_directives_load(
        head=people.head, handler=people.handler, village=people.village_head,
        front=people.front, mobilisation=people.dvan, party_head=people.dvan_head,
    )  # fmt: skip
    states = set(Directive.objects.values_list("state", flat=True))
    assert states == {"draft", "issued", "replaced"}
    assert not Directive.objects.filter(is_demo=False).exists()
    assert Order.objects.filter(state="confirmed").exists()
    assert Order.objects.filter(due_on__lt=clock.today(), closed_at=None).exists()
    assert InformationNote.objects.count() == 3
    assert SituationNote.objects.get().state == "sent"
