"""A village that was merged hands on its part in a matter, and what it owes (Điều 16)."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from dongthuan.core import clock
from dongthuan.core.matters.errors import NotAllowed
from dongthuan.core.matters.handing import matters_hand_over
from dongthuan.core.matters.models import Duty, Entry
from dongthuan.core.matters.policies import may_see
from dongthuan.core.units.models import Succession, Unit
from dongthuan.work.decisions.tests.conftest import moment
from dongthuan.work.decisions.tests.paths import Walk

TAKEN = moment("2026-10-07 09:00")


@pytest.fixture
def merged(people: Any, households: Any) -> Any:
    """The first village decides something and is merged into the second on 7 October."""
    households(3)
    walk = Walk(people)
    decision = walk.along(walk.propose(), "agree", "convene")
    old, new = (Unit.objects.get(code=code) for code in ("21439-t01", "21439-t02"))
    Unit.objects.filter(pk=old.pk).update(valid_to=dt.date(2026, 10, 6))
    old.refresh_from_db()
    Succession.objects.create(predecessor=old, successor=new, on=dt.date(2026, 10, 7))
    return decision, old, new


def hand_over(merged: Any, acting: Any) -> int:
    _decision, old, new = merged
    with clock.at(TAKEN):
        return matters_hand_over(
            acting=acting, predecessor=old, successor=new, on=TAKEN.date(), document="03/BB"
        )


def test_part_and_duties_go_to_the_successor_with_their_dates(people: Any, merged: Any) -> None:
    decision, old, new = merged
    owed = Duty.objects.filter(matter=decision, state="open").order_by("id")
    before = list(owed.values_list("rule", "due_on"))
    assert before and {duty.unit for duty in owed} == {old}
    assert hand_over(merged, people.head) == 1
    decision.refresh_from_db()
    assert new.path in decision.parties and old.path not in decision.parties
    assert decision.unit.code == "21439-ubnd"
    assert list(owed.all().values_list("rule", "due_on")) == before
    assert {duty.unit for duty in owed.all()} == {new}
    assert Entry.objects.filter(matter=decision, act="matter.hand_over").count() == 1
    assert hand_over(merged, people.head) == 0


def test_the_head_of_the_successor_goes_on_with_it(people: Any, merged: Any) -> None:
    decision, _old, _new = merged
    hand_over(merged, people.head)
    assert may_see(people.other_village_head, decision.__class__.objects.get(pk=decision.pk))
    with clock.at(TAKEN):
        done = Walk(people).take(decision, "notify", by=people.other_village_head)
    assert not done.duties.filter(rule="dc.meeting_notice", state="open").exists()


def test_nobody_but_the_head_of_its_commune_takes_it_over(people: Any, merged: Any) -> None:
    for name in ("handler", "other_head", "village_head", "other_village_head", "front"):
        with pytest.raises(NotAllowed):
            hand_over(merged, people.actors[name])


def test_the_desk_offers_the_merged_village_to_the_head(
    people: Any, merged: Any, client: Client, settings: Any
) -> None:
    settings.OFFICIALS_NEED_MFA = False
    client.force_login(people.accounts["head"], backend=settings.AUTHENTICATION_BACKENDS[1])
    with clock.at(TAKEN):
        page = client.get(reverse("desk:hand_over")).content.decode()
    assert "Tổ dân phố 1" in page
