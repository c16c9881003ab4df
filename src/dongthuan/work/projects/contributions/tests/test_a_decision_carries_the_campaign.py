"""Nothing is collected without a decision of the people at two thirds (Điều 15, 21)."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from dongthuan.core.matters.errors import MatterError, NotAllowed
from dongthuan.work.projects.contributions.ledger import Gift
from dongthuan.work.projects.contributions.models import Campaign, Voucher


def decide(giving: Any, code: str) -> Campaign:
    made: Campaign = giving.act(giving.draft(), "decide", decision=code)
    return made


@pytest.mark.parametrize("item", ["1", "2"])
def test_a_decision_on_contributions_carries_it(giving: Any, item: str) -> None:
    code = giving.decided(item=item).code
    campaign = decide(giving, code.lower())
    assert campaign.decision and campaign.decision.code == code
    assert (campaign.yes, campaign.voices, campaign.decided_on) == (9, 12, dt.date(2026, 10, 1))


@pytest.mark.parametrize("item", ["3", "4", "5", "6"])
def test_a_decision_on_something_else_does_not(giving: Any, item: str) -> None:
    with pytest.raises(MatterError, match="Điều 15") as refused:
        decide(giving, giving.decided(item=item).code)
    assert refused.value.field == "decision"


def test_seven_of_twelve_are_too_few(giving: Any) -> None:
    code = giving.decided(carried=False, yes=7).code
    with pytest.raises(MatterError, match=r"7.*12.*Điều 21"):
        decide(giving, code)


def test_a_decision_that_is_not_in_force_does_not(giving: Any) -> None:
    with pytest.raises(MatterError, match="Điều 21"):
        decide(giving, giving.decided(in_force=False).code)


def test_a_decision_of_another_village_does_not(giving: Any) -> None:
    with pytest.raises(MatterError) as refused:
        decide(giving, giving.decided(village="21439-t02").code)
    assert refused.value.field == "decision"


def test_one_village_does_not_decide_for_two(giving: Any) -> None:
    from dongthuan.core.units.models import Unit

    both = [giving.village, Unit.objects.get(code="21439-t02")]
    campaign = giving.draft(villages=both)
    with pytest.raises(MatterError):
        giving.act(campaign, "decide", decision=giving.decided().code)
    giving.act(campaign, "decide", decision=giving.decided(villages=both).code)


@pytest.mark.parametrize("code", ["", "21439-26-999999", "x"])
def test_what_is_no_decision_is_refused(giving: Any, code: str) -> None:
    with pytest.raises(MatterError) as refused:
        decide(giving, code)
    assert refused.value.field == "decision"


def test_a_decision_annulled_meanwhile_keeps_the_collection_shut(
    giving: Any, giving_decided: Any
) -> None:
    from dataclasses import replace

    from dongthuan.core.matters import meeting

    made = giving_decided()
    campaign = giving.act(giving.draft(), "decide", decision=made.code)
    before = meeting.proof_of(made)
    assert before
    proofs = meeting._PROOFS["promise"]
    meeting.register_proof("promise", lambda matter: replace(proofs(matter), in_force=False))
    with pytest.raises(MatterError, match="Điều 21"):
        giving.act(campaign, "open")


def test_a_decision_annulled_while_collecting_ends_the_receipts(
    giving: Any, giving_decided: Any
) -> None:
    from dataclasses import replace

    from dongthuan.core.matters import meeting

    campaign = giving.opened()
    giving.receive(campaign, giving.cash(0))
    proofs = meeting._PROOFS["promise"]
    meeting.register_proof("promise", lambda matter: replace(proofs(matter), in_force=False))
    with pytest.raises(MatterError, match="Điều 21"):
        giving.receive(campaign, giving.cash(1))
    assert Voucher.objects.count() == 1


def test_nothing_is_received_on_a_day_before_the_people_decided(giving: Any) -> None:
    code = giving.decided(on=dt.date(2026, 11, 10)).code
    campaign = giving.act(giving.act(giving.draft(), "decide", decision=code), "open")
    with pytest.raises(MatterError) as refused:
        giving.receive(campaign, giving.cash(0), on=dt.date(2026, 11, 9))
    assert refused.value.field == "on"
    assert giving.receive(campaign, giving.cash(0), on=dt.date(2026, 11, 10))


def test_nothing_is_received_before_the_collection_is_open(giving: Any) -> None:
    campaign = giving.act(giving.draft(), "decide", decision=giving.decided().code)
    with pytest.raises(MatterError):
        giving.receive(campaign, giving.cash(0))
    assert not Voucher.objects.exists()


def test_opening_makes_it_public_by_the_rules_of_disclosure(giving: Any) -> None:
    campaign = giving.opened()
    owed = campaign.children.get()
    assert campaign.title in owed.title


@pytest.mark.parametrize("name", ["intake", "front", "board", "village_front", "other_village_head",
                                  "dvan", "inspector", "admin", "citizen"])  # fmt: skip
def test_only_the_treasurer_writes(giving: Any, name: str) -> None:
    campaign = giving.opened()
    with pytest.raises(NotAllowed):
        giving.receive(campaign, giving.cash(0), by=name)
    assert not Voucher.objects.exists()


def test_a_village_head_writes_for_the_own_village_alone(giving: Any) -> None:
    from dongthuan.core.people.households import Line, households_add
    from dongthuan.core.units.models import Unit

    other = Unit.objects.get(code="21439-t02")
    home = households_add(acting=giving.people.head, village=other, lines=[Line("1", "Hộ xa")])[0]
    both = [giving.village, other]
    code = giving.decided(villages=both).code
    campaign = giving.act(giving.draft(villages=both), "decide", decision=code)
    campaign = giving.act(campaign, "open")
    gift = Gift(form="cash", household=home, amount=5)
    giving.receive(campaign, gift, by="other_village_head")
    with pytest.raises(MatterError):
        giving.receive(campaign, gift, by="village_head")
