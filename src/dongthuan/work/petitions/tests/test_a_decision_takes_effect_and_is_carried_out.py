"""Sending, effect, the second level, posting and execution (Điều 32, 33, 41, 44, 46)."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import Any

import pytest
from django.db import IntegrityError, transaction

from dongthuan.core import clock
from dongthuan.core.matters.errors import MatterError
from dongthuan.core.matters.models import Entry, Matter
from dongthuan.core.outbox.models import Message
from dongthuan.core.units.models import Unit
from dongthuan.work.petitions.complaint_execution import superior_of
from dongthuan.work.petitions.complaints import complaint_view, complaints_overdue_tell
from dongthuan.work.petitions.models import Petition, Recovery
from dongthuan.work.petitions.tests.paths import matter_in, walk_steps


def later(days: int) -> Any:
    return clock.at(clock.now() + dt.timedelta(days=days))


def petition(matter: Matter) -> Petition:
    return Petition.objects.get(pk=matter.pk)


def test_effect_comes_only_after_its_term(people: Any, submit: Any) -> None:
    matter = matter_in(people, submit, "complaint", "decided")
    due = petition(matter).complaint_row.effect_on
    assert due >= clock.today() + dt.timedelta(days=30)
    assert not petition(matter).effect_reached
    with later((due - clock.today()).days):
        assert not petition(matter).effect_reached
    with later((due - clock.today()).days + 1):
        assert petition(matter).effect_reached


def test_a_second_complaint_keeps_the_first_from_taking_effect(people: Any, submit: Any) -> None:
    matter = matter_in(people, submit, "complaint", "decided")
    walk_steps(people, matter, ("second_level",), {})
    with later(90):
        assert not petition(matter).effect_reached
    assert not matter.duties.filter(rule="kn.effect_check", state="open").exists()
    assert walk_steps(people, matter, ("send", "close"), {}).state == "closed"


def test_a_second_complaint_that_is_refused_lets_the_first_take_effect(
    people: Any, submit: Any
) -> None:
    matter = matter_in(people, submit, "complaint", "decided")
    walk_steps(people, matter, ("second_level",), {})
    Petition.objects.filter(parent=matter).update(state="refused")
    with later(90):
        assert petition(matter).effect_reached


def test_a_decision_that_comes_after_the_second_complaint_waits_for_no_effect(
    people: Any, submit: Any
) -> None:
    matter = matter_in(people, submit, "complaint", "accepted")
    with later(40):
        given = {"second_level": {"why": "no_decision"}}
        done = walk_steps(people, matter, ("second_level", "report", "decide", "send"), given)
        assert not done.duties.filter(rule="kn.effect_check").exists()
        assert walk_steps(people, done, ("close",), {}).state == "closed"


def test_the_file_stays_open_until_the_decision_is_in_effect(people: Any, submit: Any) -> None:
    matter = matter_in(people, submit, "complaint", "decided")
    with pytest.raises(MatterError, match="44"):
        walk_steps(people, matter, ("send", "close"), {})


def test_the_second_term_counts_from_the_receipt(people: Any, submit: Any) -> None:
    matter = matter_in(people, submit, "complaint", "decided")
    with later(5):
        walk_steps(people, matter, ("send",), {"send": {"received_on": clock.today()}})
    with later(34):
        walk_steps(people, matter, ("second_level",), {})
    entry = Entry.objects.filter(matter=matter, act="complaint.second_level").get()
    assert entry.facts["in_time"] is True
    second = Petition.objects.get(parent=matter)
    assert second.complaint_row.known_on.isoformat() == entry.facts["counted_from"]


def test_without_a_decision_one_goes_up_when_the_term_is_over(people: Any, submit: Any) -> None:
    matter = matter_in(people, submit, "complaint", "accepted")
    given = {"second_level": {"why": "no_decision"}}
    with pytest.raises(MatterError):
        walk_steps(people, matter, ("second_level",), given)
    with later(40):
        walk_steps(people, matter, ("second_level",), given)
    assert Petition.objects.filter(parent=matter, instance=2).exists()


def test_the_overdue_are_told_once_and_their_superior_too(people: Any, submit: Any) -> None:
    matter = matter_in(people, submit, "complaint", "accepted")
    assert complaints_overdue_tell() == 0
    with later(40):
        assert complaints_overdue_tell() == 1
        assert complaints_overdue_tell() == 0
    entry = Entry.objects.filter(matter=matter, act="complaint.overdue").get()
    assert entry.facts["to"]["unit"] == "51-ubnd"
    assert Message.objects.filter(key__startswith=f"{matter.code}/{entry.pk}").exists()


def test_the_second_level_is_the_district_until_july_2025(people: Any) -> None:
    province = Unit.objects.get(code="51-ubnd")
    district = Unit.objects.get(code="534-ubnd")  # thị xã Đức Phổ, ended on 30 June 2025
    commune = f"{district.path.removesuffix('ubnd.')}21400.ubnd."
    assert superior_of(commune, dt.date(2025, 6, 30)) == district
    assert superior_of(commune, dt.date(2025, 7, 1)) == province


def test_what_is_posted_stays_for_fifteen_days(people: Any, submit: Any) -> None:
    matter = matter_in(people, submit, "complaint", "decided")
    walk_steps(people, matter, ("post",), {})
    with later(10), pytest.raises(MatterError) as refused:
        walk_steps(people, matter, ("post_end",), {"post_end": {"ended_on": clock.today()}})
    assert refused.value.field in ("ended_on", "")


def test_execution_is_complete_when_every_row_is_settled_or_waived(
    people: Any, submit: Any
) -> None:
    matter = matter_in(people, submit, "complaint", "executing")
    first = {"to": "state", "money": 5_000_000_000, "land": Decimal("12.50")}
    walk_steps(people, matter, ("recovery_add",), {"recovery_add": first})
    walk_steps(people, matter, ("recovery_add",), {"recovery_add": {"to": "individual"}})
    with pytest.raises(MatterError):
        walk_steps(people, matter, ("complete",), {})
    part = {"number": 1, "money": 2_000_000_000, "land": Decimal("12.50")}
    walk_steps(people, matter, ("recovery_collect",), {"recovery_collect": part})
    with pytest.raises(MatterError) as refused:
        more = {"number": 1, "money": 3_000_000_001}
        walk_steps(people, matter, ("recovery_collect",), {"recovery_collect": more})
    assert refused.value.field == "money"
    rest = {"number": 1, "money": 3_000_000_000}
    walk_steps(people, matter, ("recovery_collect",), {"recovery_collect": rest})
    walk_steps(people, matter, ("recovery_waive",), {"recovery_waive": {"number": 2}})
    walk_steps(people, matter, ("complete",), {})
    sums = complaint_view(matter=petition(matter), inner=True).sums
    assert [(s.money, s.money_done, s.waived) for s in sums] == [
        (5_000_000_000, 5_000_000_000, 0), (1, 0, 1),
    ]  # fmt: skip


def test_the_database_keeps_sums_in_bounds(people: Any, submit: Any) -> None:
    matter = matter_in(people, submit, "complaint", "decided")
    with pytest.raises(IntegrityError), transaction.atomic():
        Recovery.objects.create(petition_id=matter.pk, number=1, to="state", money=1, money_done=2)
