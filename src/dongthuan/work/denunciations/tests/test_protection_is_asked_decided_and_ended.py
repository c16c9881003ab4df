"""Protection of the denouncer and relatives: request, decision, change, end; whom, stays sealed."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from dongthuan.core import clock
from dongthuan.core.matters.errors import MatterError
from dongthuan.core.matters.models import Duty, Entry
from dongthuan.work.denunciations import vault
from dongthuan.work.denunciations.models import Protection
from dongthuan.work.denunciations.services import denouncer_wrote
from dongthuan.work.denunciations.tests.paths import matter_in, take


def duty(matter: Any, rule: str) -> Duty:
    return Duty.objects.get(matter=matter, rule=rule)


def test_a_request_owes_a_decision_and_a_decision_keeps_it(people: Any, denounce: Any) -> None:
    with clock.at(dt.datetime(2026, 11, 2, 2, tzinfo=dt.UTC)):
        matter = matter_in(people, denounce, "examined")
        take(people, matter, "protect_ask", types=["position", "life"])
        assert duty(matter, "tc.protect").due_on == dt.date(2026, 11, 5)
        take(people, matter, "protect_decide", type="position", measures=["57.1a"])
        assert duty(matter, "tc.protect").state == "open"  # the other request waits
        take(people, matter, "protect_refuse", type="life")
        assert duty(matter, "tc.protect").state == "fulfilled"
    states = dict(Protection.objects.values_list("type", "state"))
    assert states == {"position": "running", "life": "refused"}


def test_an_urgent_request_is_decided_the_next_working_day(people: Any, denounce: Any) -> None:
    with clock.at(dt.datetime(2026, 11, 2, 2, tzinfo=dt.UTC)):
        matter = matter_in(people, denounce, "received")
        take(people, matter, "protect_ask", types=["life"], urgent=True)
        assert duty(matter, "tc.protect").due_on == dt.date(2026, 11, 3)


@pytest.mark.parametrize(("places", "day"), [(False, 5), (True, 9)])
def test_the_police_answer_in_three_or_five_working_days(
    people: Any, denounce: Any, places: bool, day: int
) -> None:
    with clock.at(dt.datetime(2026, 11, 2, 2, tzinfo=dt.UTC)):
        matter = matter_in(people, denounce, "examined")
        take(people, matter, "protect_ask", types=["life"])
        take(
            people, matter, "protect_request",
            type="life", authority="police", corruption=True, multi_place=places,
        )  # fmt: skip
        assert duty(matter, "tc.protect").state == "fulfilled"
        assert duty(matter, "tc.protect_police").due_on == dt.date(2026, 11, day)
        take(people, matter, "protect_answered", type="life")
        assert duty(matter, "tc.protect_police").state == "fulfilled"
    assert Protection.objects.get().state == "running"


def test_the_conclusion_ends_every_protection(people: Any, denounce: Any) -> None:
    matter = matter_in(people, denounce, "reported")
    take(people, matter, "protect_decide", type="position", measures=["57.1a"])
    take(people, matter, "conclude")
    row = Protection.objects.get()
    assert (row.state, row.end_ground, row.ended_on) == ("ended", "concluded", clock.today())


def test_one_protection_of_a_type_at_a_time(people: Any, denounce: Any) -> None:
    matter = matter_in(people, denounce, "examined")
    take(people, matter, "protect_decide", type="position", measures=["57.1a"])
    with pytest.raises(MatterError):
        take(people, matter, "protect_ask", types=["position"])
    take(people, matter, "protect_change", type="position", measures=["57.1b"])
    assert Protection.objects.get().measures == ["57.1b"]


def test_for_whom_is_read_in_the_vault_alone(people: Any, denounce: Any) -> None:
    matter = matter_in(people, denounce, "examined")
    take(people, matter, "protect_ask", whom="Con gái là MOCDAU, học lớp 9.")
    told = str(list(Entry.objects.filter(matter=matter).values_list("facts", flat=True)))
    assert "MOCDAU" not in told
    view = vault.vault_read(
        acting=people.sealed, matter=matter, passphrase="mat-khau-kho-thu", reason="xem đề nghị"
    )
    assert "MOCDAU" in str([item.content for item in view.items])


def test_asked_through_the_receipt_the_decision_is_owed_at_once(people: Any, denounce: Any) -> None:
    matter = denounce().matter
    denouncer_wrote(matter=matter, sort="protection")
    denouncer_wrote(matter=matter, sort="reply")
    assert duty(matter, "tc.protect").state == "open"
