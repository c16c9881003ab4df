"""Two at once: one last slot, one number each in the queue, nobody waits in a closed session."""

from __future__ import annotations

import threading
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest
from django.db import connection

from dongthuan.core import clock
from dongthuan.core.matters.errors import MatterError
from dongthuan.work.receptions.models import Booking, Visit
from dongthuan.work.receptions.tests.conftest import HOURS, ON_THE_DAY, PLANNED_ON, book, step
from dongthuan.work.receptions.visits import visit_arrive

pytestmark = pytest.mark.django_db(transaction=True)


def at_once(*acts: Callable[[], Any], moment: Any) -> list[str]:
    """Start all at the same moment, each with a connection of its own; what became of each."""
    start, results = threading.Barrier(len(acts)), []

    def run(act: Callable[[], Any]) -> None:
        try:
            with clock.at(moment):
                start.wait(10)
                act()
            results.append("won")
        except MatterError:
            results.append("refused")
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=(act,)) for act in acts]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)
    return sorted(results)


def test_the_last_slot_goes_to_one(plan: Any, people: Any) -> None:
    posted = step(people.intake, plan(hours=replace(HOURS, capacity=1)), "post")
    acts = [lambda name=name: book(posted, name) for name in ("Trần Thị Một", "Lê Văn Hai")]
    assert at_once(*acts, moment=PLANNED_ON) == ["refused", "won"]
    assert Booking.objects.count() == 1


def test_the_same_person_twice_makes_one(posted: Any) -> None:
    assert at_once(*[lambda: book(posted)] * 2, moment=PLANNED_ON) == ["refused", "won"]
    assert Booking.objects.count() == 1


def test_no_number_is_given_twice(people: Any, opened: Any) -> None:
    acts = [lambda: visit_arrive(acting=people.intake, reception_id=opened.pk)] * 4
    assert at_once(*acts, moment=ON_THE_DAY) == ["won"] * 4
    numbers = Visit.objects.order_by("number").values_list("number", flat=True)
    assert list(numbers) == [1, 2, 3, 4]


def test_nobody_is_left_waiting_in_a_session_that_was_just_closed(people: Any, opened: Any) -> None:
    def arrive() -> None:
        visit_arrive(acting=people.intake, reception_id=opened.pk)

    def close() -> None:
        step(people.handler, opened, "hold", receiver="self", minutes="Đã tiếp.")

    assert at_once(arrive, close, moment=ON_THE_DAY) == ["refused", "won"]
    opened.refresh_from_db()
    assert (opened.state, Visit.objects.count()) in {("held", 0), ("open", 1)}
