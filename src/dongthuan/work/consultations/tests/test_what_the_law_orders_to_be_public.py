"""Khoản 11 Điều 11: plan and content at the opening, synthesis and answers at the end."""

from __future__ import annotations

from typing import Any

from dongthuan.core import clock
from dongthuan.core.matters.models import Matter, Projection
from dongthuan.work.consultations.tests.conftest import AFTER, step


def owed(matter: Matter) -> list[str]:
    rows = Matter.objects.filter(parent=matter, kind="disclosure").order_by("id")
    return list(rows.values_list("title", flat=True))


def test_the_opening_owes_the_disclosure_of_plan_and_content(opened: Any) -> None:
    matter = opened()
    (title,) = owed(matter)
    assert title == f"Kế hoạch, nội dung lấy ý kiến: {matter.title}"
    assert Projection.objects.get(pk=matter.pk).listed


def test_the_answers_owe_a_disclosure_of_their_own(people: Any, closed: Any) -> None:
    matter = closed()
    with clock.at(AFTER):
        matter = step(people.handler, matter, "synthesise", synthesis="Hai ý kiến về vạch sơn.")
        assert len(owed(matter)) == 1
        step(people.head, matter, "answer", document="20/BC-UBND")
    assert len(owed(matter)) == 2
    assert Projection.objects.get(pk=matter.pk).answer == "Hai ý kiến về vạch sơn."
