"""Desks of the example, a quarter of invented answers, and its published round."""

from __future__ import annotations

import datetime as dt

from dongthuan.core import clock
from dongthuan.core.clock import noon
from dongthuan.core.matters.services import matter_act
from dongthuan.core.people.actors import ANONYMOUS, Actor
from dongthuan.core.units.models import Unit
from dongthuan.work.satisfaction.figures import quarter_before, quarter_span
from dongthuan.work.satisfaction.models import Desk, Round
from dongthuan.work.satisfaction.services import answer_give, desk_add, rounds_open

DESKS = ("Quầy 1 – Hộ tịch, chứng thực (minh họa)", "Quầy 2 – Đất đai, xây dựng (minh họa)")


def demo_satisfaction_load(*, intake: Actor, head: Actor) -> None:
    """Everything through the services, the clock standing at each day. Dữ liệu minh họa."""
    unit = Unit.objects.get(code="21439-ubnd")
    first, last = quarter_span(quarter_before(clock.today()))
    with clock.at(noon(first)):
        desks = [desk_add(acting=intake, unit=unit, name=name, is_demo=True) for name in DESKS]
    for number in range(24):
        with clock.at(noon(first + dt.timedelta(days=3 * number))):
            _answer(unit, desks[number % 2], number)
    with clock.at(noon(last + dt.timedelta(days=1))):
        rounds_open(now=clock.now())
    with clock.at(noon(last + dt.timedelta(days=9))):
        matter_act(
            acting=head, matter_id=Round.objects.get(unit=unit).pk, step_name="publish",
            data={"response": "Bổ sung bảng hướng dẫn tại quầy 2 và nhắn tin khi hồ sơ trễ hẹn."},
        )  # fmt: skip


def _answer(unit: Unit, desk: Desk, number: int) -> None:
    land = number % 2
    points = {
        "time": 1 if land and number % 3 else 2, "unit_time": 2 - land, "contacts": 2 - land,
        "agencies": 2, "organisation": 2 if number % 5 else 1, "publication": 1 + (number % 4 > 0),
        "attitude": 2 if number % 7 else 0,
    }  # fmt: skip
    answer_give(acting=ANONYMOUS, subject="desk", unit=unit, desk=desk, points=points)
    whole = {"know": 2 if number % 3 else 1, "discuss": 2, "comment": 1, "supervise": 1,
             "petitions": 2 if number % 4 else 0, "service": 2}  # fmt: skip
    if number % 2:
        answer_give(acting=ANONYMOUS, subject="commune", unit=unit, points=whole)
