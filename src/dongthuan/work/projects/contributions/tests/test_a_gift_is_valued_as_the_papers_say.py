"""Money, labour days by the rate of the day, land with consent and boundary, materials by price."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import Any

import pytest

from dongthuan.core.matters.errors import MatterError
from dongthuan.work.projects.contributions.campaigns import labour_rate_set
from dongthuan.work.projects.contributions.ledger import Gift
from dongthuan.work.projects.contributions.models import LabourRate, Voucher
from dongthuan.work.projects.contributions.spelling import amount_in_words
from dongthuan.work.projects.contributions.totals import totals_of


def test_labour_takes_the_rate_of_its_day(giving: Any) -> None:
    campaign = giving.opened()
    labour_rate_set(
        acting=giving.people.head, unit=giving.office, amount=350_000,
        valid_from=dt.date(2026, 11, 10), document="80/QĐ-UBND",
    )  # fmt: skip
    before = giving.receive(campaign, giving.labour(0, "1.5"), on=dt.date(2026, 11, 9))[0]
    after = giving.receive(campaign, giving.labour(0, "1.5"), on=dt.date(2026, 11, 10))[0]
    assert (before.amount, after.amount) == (450_000, 525_000)
    assert after.rate and after.rate.document == "80/QĐ-UBND"
    assert totals_of([campaign.pk])[campaign.pk].quantities["labour"] == Decimal("3.00")


def test_without_a_rate_labour_is_not_written(giving: Any) -> None:
    campaign = giving.opened()
    LabourRate.objects.all().delete()
    with pytest.raises(MatterError):
        giving.receive(campaign, giving.labour(0, "1"))


LAND = {"form": "land", "quantity": Decimal("35.5"), "consent": "Đơn hiến đất ngày 02/11/2026",
        "boundary": "BB 01 ngày 03/11/2026"}  # fmt: skip


def test_land_may_have_no_value_but_has_its_papers(giving: Any) -> None:
    campaign = giving.opened()
    made = giving.receive(campaign, Gift(household=giving.homes[0], **LAND))[0]
    assert (made.amount, made.measure, made.postings.count()) == (0, "m²", 0)
    assert totals_of([campaign.pk])[campaign.pk].quantities["land"] == Decimal("35.50")


@pytest.mark.parametrize("missing", ["quantity", "consent", "boundary"])
def test_land_without_one_of_them_is_refused(giving: Any, missing: str) -> None:
    campaign = giving.opened()
    said = LAND | {missing: None if missing == "quantity" else " "}
    with pytest.raises(MatterError) as refused:
        giving.receive(campaign, Gift(household=giving.homes[0], **said))
    assert refused.value.field == missing


def test_materials_are_quantity_times_price(giving: Any) -> None:
    campaign = giving.opened()
    gift = Gift(form="materials", household=giving.homes[0], quantity=Decimal("2.5"),
                measure="m³ cát", price=333_333)  # fmt: skip
    assert giving.receive(campaign, gift)[0].amount == 833_333


@pytest.mark.parametrize(
    ("said", "field"),
    [
        ({"form": "cash", "amount": 0}, "amount"),
        ({"form": "cash", "amount": -5}, "amount"),
        ({"form": "cash", "amount": 10**13}, "amount"),
        ({"form": "gold", "amount": 5}, "form"),
        ({"form": "cash", "amount": 5, "household": None}, "household"),
        ({"form": "cash", "amount": 5, "payer": "organisation"}, "household"),
        ({"form": "cash", "amount": 5, "payer": "organisation", "household": None}, "donor"),
        ({"form": "cash", "amount": 5, "payer": "anonymous", "household": None,
          "display": "name"}, "display"),
        ({"form": "cash", "amount": 5, "about": "Gọi 0905123456"}, "about"),
        ({"form": "materials", "quantity": Decimal(1), "price": 5}, "measure"),
        ({"form": "materials", "quantity": Decimal(1), "price": 5, "measure": "0905123456"},
         "measure"),
        ({"form": "materials", "quantity": Decimal(2), "price": 5, "amount": 11, "measure": "bao"},
         "amount"),
        ({"form": "labour", "quantity": Decimal("0.333")}, "quantity"),
        ({**LAND, "quantity": Decimal("0.001")}, "quantity"),
        ({"form": "cash", "amount": 5, "about": "Cô Vết Tên Hộ 1 nộp thay"}, "about"),
    ],
)  # fmt: skip
def test_bad_lines_are_refused_in_one_sentence(
    giving: Any, said: dict[str, Any], field: str
) -> None:
    campaign = giving.opened()
    with pytest.raises(MatterError) as refused:
        giving.receive(campaign, Gift(**({"household": giving.homes[0]} | said)))
    assert refused.value.field == field
    assert refused.value.message
    assert not Voucher.objects.exists()


@pytest.mark.parametrize(
    "on", [dt.date(2026, 11, 21), dt.date(2026, 10, 31)], ids=["tomorrow", "before it began"]
)
def test_a_day_outside_is_refused(giving: Any, on: dt.date) -> None:
    campaign = giving.opened()
    with pytest.raises(MatterError) as refused:
        giving.receive(campaign, giving.cash(0), on=on)
    assert refused.value.field == "on"


@pytest.mark.parametrize(
    ("amount", "words"),
    [
        (0, "Không đồng"),
        (15, "Mười lăm đồng"),
        (21, "Hai mươi mốt đồng"),
        (105, "Một trăm linh năm đồng"),
        (500_000, "Năm trăm nghìn đồng"),
        (1_005_000, "Một triệu không trăm linh năm nghìn đồng"),
        (2_350_755, "Hai triệu ba trăm năm mươi nghìn bảy trăm năm mươi lăm đồng"),
        (240_000_000_000, "Hai trăm bốn mươi tỷ đồng"),
        (1_000_000_000_000, "Một nghìn tỷ đồng"),
    ],
)
def test_amounts_are_written_in_words(amount: int, words: str) -> None:
    assert amount_in_words(amount) == words
