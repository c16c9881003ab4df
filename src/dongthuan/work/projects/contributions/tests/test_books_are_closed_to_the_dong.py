"""Till and bank are counted before the books close; terms run over Tết; what is settled stays."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from dongthuan.core import clock
from dongthuan.core.matters.errors import MatterError
from dongthuan.core.matters.models import Duty, Entry
from dongthuan.work.projects.contributions.campaigns import exemption_set
from dongthuan.work.projects.contributions.ledger import (
    Spending,
    expense_record,
    move_record,
    voucher_reverse,
)
from dongthuan.work.projects.contributions.models import Campaign

VN = dt.timezone(dt.timedelta(hours=7))


def at(year: int, month: int, day: int) -> dt.datetime:
    return dt.datetime(year, month, day, 9, tzinfo=VN)


@pytest.fixture
def filled(giving: Any) -> Campaign:
    """600.000 in the till, 400.000 in the bank."""
    campaign: Campaign = giving.opened()
    giving.receive(campaign, giving.cash(0), giving.cash(1))
    move_record(acting=giving.people.head, campaign=campaign, on=dt.date(2026, 11, 20),
                form="cash", amount=400_000)  # fmt: skip
    return campaign


@pytest.mark.parametrize(
    ("counted", "field"),
    [({"cash_counted": 599_999, "bank_balance": 400_000}, "cash_counted"),
     ({"cash_counted": 600_000, "bank_balance": 400_001}, "bank_balance"),
     ({}, "cash_counted")],
)  # fmt: skip
def test_a_count_that_does_not_add_up_closes_nothing(
    giving: Any, filled: Campaign, counted: dict[str, int], field: str
) -> None:
    with pytest.raises(MatterError) as refused:
        giving.act(filled, "close", **counted)
    assert refused.value.field == field
    assert Campaign.objects.get(pk=filled.pk).state == "open"


COUNTED = {"cash_counted": 600_000, "bank_balance": 400_000}


def test_the_settlement_tells_what_was_collected_used_and_left(
    giving: Any, filled: Campaign
) -> None:
    campaign = giving.act(filled, "close", **COUNTED)
    with pytest.raises(MatterError):
        giving.receive(campaign, giving.cash(2))
    expense_record(
        acting=giving.people.village_head, campaign=campaign, on=dt.date(2026, 11, 20),
        spending=Spending(form="cash", amount=250_000, component="Xi măng", about="Xi măng"),
    )  # fmt: skip
    with pytest.raises(MatterError):
        giving.act(campaign, "settle", document="7/BC", **COUNTED)
    campaign = giving.act(campaign, "settle", document="7/BC", cash_counted=350_000,
                          bank_balance=400_000)  # fmt: skip
    facts = Entry.objects.filter(matter=campaign).latest("id").facts
    assert (facts["collected"], facts["used"], facts["left"]) == (1_000_000, 250_000, 750_000)
    opened, published = campaign.children.order_by("id")
    assert campaign.title in opened.title
    assert campaign.title in published.title
    refused = [
        lambda: voucher_reverse(acting=giving.people.head, voucher=campaign.vouchers.first(),
                                reason="Muộn."),
        lambda: exemption_set(acting=giving.people.head, campaign=campaign,
                              household=giving.homes[3], reason="poor"),
        lambda: move_record(acting=giving.people.head, campaign=campaign,
                            on=dt.date(2026, 11, 20), form="bank", amount=1),
    ]  # fmt: skip
    for late in refused:
        with pytest.raises(MatterError):
            late()


def test_thirty_days_that_end_in_tet_end_after_it(giving: Any) -> None:
    """Closed on 8 January 2027; day 30 is 7 February, the second day of Tết Đinh Mùi."""
    campaign = giving.opened(ends_on=dt.date(2027, 1, 8))
    with clock.at(at(2027, 1, 8)):
        campaign = giving.act(campaign, "close")
    duty = Duty.objects.get(matter=campaign, rule="contrib.settle")
    assert duty.due_on > dt.date(2027, 2, 7)
    assert any("Tết" in str(step) or "nghỉ" in str(step) for step in duty.steps)
    with clock.at(dt.datetime.combine(duty.due_on, dt.time(16), VN)):
        giving.act(campaign, "settle", document="1/BC")
    duty.refresh_from_db()
    assert duty.state == "fulfilled"


def test_settled_a_day_late_is_late(giving: Any) -> None:
    campaign = giving.act(giving.opened(), "close")
    duty = Duty.objects.get(matter=campaign, rule="contrib.settle")
    after = duty.due_on + dt.timedelta(days=1)
    with clock.at(dt.datetime.combine(after, dt.time(9), VN)):
        giving.act(campaign, "settle", document="1/BC")
    duty.refresh_from_db()
    assert duty.state == "late"


def test_the_last_day_is_moved_with_a_reason_and_only_before_it_has_passed(giving: Any) -> None:
    campaign = giving.opened()
    said = {"reason": "Mưa lũ.", "document": "9/TB-TDP"}
    with pytest.raises(MatterError):
        giving.act(campaign, "extend", until=dt.date(2026, 12, 31), **said)
    campaign = giving.act(campaign, "extend", until=dt.date(2027, 1, 15), **said)
    duty = Duty.objects.get(matter=campaign, state="open")
    assert (campaign.ends_on, duty.due_on) == (dt.date(2027, 1, 15), dt.date(2027, 1, 15))
    with clock.at(at(2027, 1, 16)), pytest.raises(MatterError):
        giving.act(campaign, "extend", until=dt.date(2027, 2, 15), **said)


def test_nobody_is_exempt_from_what_nobody_owes(giving: Any) -> None:
    campaign = giving.opened(voluntary=True)
    with pytest.raises(MatterError):
        exemption_set(acting=giving.people.head, campaign=campaign, household=giving.homes[0],
                      reason="poor")  # fmt: skip
