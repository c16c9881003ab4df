"""Double entry holds against everybody who reaches the database, not only against the services."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from django.db import DatabaseError, IntegrityError, connection, transaction

from dongthuan.core.matters.errors import MatterError
from dongthuan.work.projects.contributions.ledger import (
    Spending,
    expense_record,
    move_record,
    voucher_reverse,
)
from dongthuan.work.projects.contributions.models import Posting, Voucher
from dongthuan.work.projects.contributions.totals import totals_of

ON = dt.date(2026, 11, 20)


@pytest.fixture
def written(giving: Any) -> Voucher:
    campaign = giving.opened()
    voucher: Voucher = giving.receive(campaign, giving.cash(0))[0]
    return voucher


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE projects_voucher SET amount = amount + 1",
        "UPDATE projects_posting SET debit = debit + 1 WHERE debit > 0",
        "DELETE FROM projects_posting",
        "DELETE FROM projects_voucher",
        "TRUNCATE projects_posting",
        "TRUNCATE projects_voucher CASCADE",
    ],
)
def test_nothing_is_changed_or_removed_even_by_sql(written: Voucher, statement: str) -> None:
    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)


def copied(voucher: Voucher, **other: Any) -> Voucher:
    """A voucher of the same kind that nobody's service made."""
    columns = {
        "kind": voucher.kind, "series": voucher.series, "number": 900, "amount": 5,
        "payer": "household", "household": voucher.household, "display": "number",
    }  # fmt: skip
    return Voucher(
        campaign=voucher.campaign, unit=voucher.unit, year=voucher.year, form="cash", on=ON,
        **(columns | other),
    )  # fmt: skip


def sides(*rows: tuple[str, int, int]) -> Any:
    return rows


@pytest.mark.parametrize(
    "rows",
    [
        sides(),
        sides(("cash", 5, 0)),
        sides(("cash", 5, 0), ("given", 0, 4)),
        sides(("cash", 6, 0), ("given", 0, 6)),
    ],
    ids=["no side", "one side", "unequal", "not the amount"],
)
def test_what_does_not_balance_is_refused_at_the_end(written: Voucher, rows: Any) -> None:
    with pytest.raises(IntegrityError, match="does not balance"), transaction.atomic():
        made = copied(written)
        made.save()
        for account, debit, credit in rows:
            Posting.objects.create(voucher=made, account=account, debit=debit, credit=credit)
        with connection.cursor() as cursor:
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")


def test_a_third_side_is_refused_afterwards(written: Voucher) -> None:
    with pytest.raises(IntegrityError, match="does not balance"), transaction.atomic():
        Posting.objects.create(voucher=written, account="cash", debit=1)
        with connection.cursor() as cursor:
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")


def test_a_reversal_that_is_no_mirror_is_refused(written: Voucher) -> None:
    with pytest.raises(IntegrityError, match="no mirror"), transaction.atomic():
        made = copied(written, series="DC", reverses=written, amount=3)
        made.save()
        Posting.objects.create(voucher=made, account="given", debit=3)
        Posting.objects.create(voucher=made, account="cash", credit=3)
        with connection.cursor() as cursor:
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")


def test_an_account_below_zero_is_refused_by_the_database(written: Voucher) -> None:
    with pytest.raises(IntegrityError, match="below zero"), transaction.atomic():
        made = copied(
            written, kind="expense", series="PC", payer="", household=None, display="",
            amount=500_001,
        )  # fmt: skip
        made.save()
        Posting.objects.create(voucher=made, account="used", debit=500_001)
        Posting.objects.create(voucher=made, account="cash", credit=500_001)
        with connection.cursor() as cursor:
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")


def test_a_voucher_is_reversed_once(giving: Any, written: Voucher) -> None:
    head = giving.people.head
    mirror = voucher_reverse(acting=head, voucher=written, reason="Ghi nhầm hộ.")
    assert (mirror.code, mirror.amount, mirror.signed) == ("DC26-00001", 500_000, -500_000)
    with pytest.raises(MatterError, match=r"(?i)reversed already|đã.*đảo"):
        voucher_reverse(acting=head, voucher=written, reason="Lần nữa.")
    with pytest.raises(MatterError):
        voucher_reverse(acting=head, voucher=mirror, reason="Đảo của đảo.")
    sums = totals_of([written.campaign_id])[written.campaign_id]
    assert (sums.given, sums.left, sums.collected["cash"]) == (0, 0, 0)


def test_a_receipt_whose_money_was_spent_is_not_reversed(giving: Any, written: Voucher) -> None:
    spend(giving, written, 400_000)
    with pytest.raises(MatterError, match=r"100\.000"):
        voucher_reverse(acting=giving.people.head, voucher=written, reason="Ghi nhầm.")
    assert Voucher.objects.filter(series="DC").count() == 0


def test_more_than_there_is_cannot_be_spent(giving: Any, written: Voucher) -> None:
    with pytest.raises(MatterError) as refused:
        spend(giving, written, 500_001)
    assert refused.value.field == "amount"
    assert Voucher.objects.filter(kind="expense").count() == 0


def test_money_moves_to_the_bank_and_is_neither_collected_nor_used(
    giving: Any, written: Voucher
) -> None:
    campaign = written.campaign
    move_record(acting=giving.people.head, campaign=campaign, on=ON, form="cash", amount=200_000)
    sums = totals_of([campaign.pk])[campaign.pk]
    assert (sums.held["cash"], sums.held["bank"]) == (300_000, 200_000)
    assert sums.groups == [("money", 500_000, 0, 500_000)]


def spend(giving: Any, voucher: Voucher, amount: int) -> Voucher:
    return expense_record(
        acting=giving.people.head, campaign=voucher.campaign, on=ON,
        spending=Spending(form="cash", amount=amount, component="Xi măng", about="Mua xi măng"),
    )  # fmt: skip


def written_by_sql(made: Voucher, *rows: tuple[str, int, int]) -> None:
    made.save()
    for account, debit, credit in rows:
        Posting.objects.create(voucher=made, account=account, debit=debit, credit=credit)
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")


def test_a_receipt_that_takes_from_the_till_is_refused(written: Voucher) -> None:
    with pytest.raises(IntegrityError, match="wrong account"), transaction.atomic():
        written_by_sql(copied(written), ("used", 5, 0), ("cash", 0, 5))


def test_labour_does_not_become_cash(written: Voucher) -> None:
    made = copied(written, kind="move", series="CT", payer="", household=None, display="")
    made.form = "labour"
    with pytest.raises(IntegrityError, match="money_alone_moves"), transaction.atomic():
        made.save()


@pytest.mark.parametrize("change", ["more than the whole", "another campaign", "its reversal"])
def test_a_reversal_is_of_the_whole_of_one_voucher_of_its_campaign(
    giving: Any, written: Voucher, change: str
) -> None:
    amount, campaign, of = written.amount, written.campaign, written
    if change == "more than the whole":
        giving.receive(campaign, giving.cash(1))
        amount += 1
    elif change == "another campaign":
        campaign = giving.opened()
        giving.receive(campaign, giving.cash(2))
    else:
        of = voucher_reverse(acting=giving.people.head, voucher=written, reason="Ghi nhầm.")
        giving.receive(campaign, giving.cash(1))
    made = copied(written, series="DC", reverses=of, amount=amount)
    made.campaign = campaign
    with pytest.raises(IntegrityError, match="no mirror"), transaction.atomic():
        written_by_sql(made, ("given", amount, 0), ("cash", 0, amount))
