"""Receipts of a unit and year are numbered without a gap, also when many write at once."""

from __future__ import annotations

import datetime as dt
import threading
import uuid
from typing import Any

import pytest
from django.db import connection

from dongthuan.core import clock
from dongthuan.core.matters.errors import MatterError
from dongthuan.work.projects.contributions.ledger import (
    Spending,
    expense_record,
    receipts_record,
    voucher_reverse,
)
from dongthuan.work.projects.contributions.models import Voucher
from dongthuan.work.projects.contributions.totals import totals_of

NOON = dt.datetime(2026, 11, 20, 12, tzinfo=dt.timezone(dt.timedelta(hours=7)))


def at_once(*jobs: Any) -> list[Exception]:
    """Run jobs in threads of their own that start together; what each refused."""
    gate, refused = threading.Barrier(len(jobs)), []

    def run(job: Any) -> None:
        try:
            gate.wait()
            with clock.at(NOON):
                job()
        except MatterError as error:
            refused.append(error)
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=(job,)) for job in jobs]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return refused


@pytest.mark.django_db(transaction=True)
def test_many_treasurers_at_once(transactional_db: None, giving: Any) -> None:
    campaigns = [giving.opened(), giving.opened()]

    def write(n: int) -> Any:
        campaign = campaigns[n % 2]
        return lambda: [giving.receive(campaign, giving.cash(n), giving.cash(n + 1))
                        for _again in range(3)]  # fmt: skip

    assert at_once(*(write(n) for n in range(6))) == []
    numbers = sorted(Voucher.objects.values_list("number", flat=True))
    assert numbers == list(range(1, 37))
    # One voucher is reversed, and the last money spent, by two at the same moment: one of each.
    first = Voucher.objects.order_by("id").first()
    head = giving.people.head
    undo = lambda: voucher_reverse(acting=head, voucher=first, reason="Nhầm.")  # noqa: E731
    assert len(at_once(undo, undo)) == 1
    campaign = campaigns[0]
    left = totals_of([campaign.pk])[campaign.pk].held["cash"]
    spending = Spending(form="cash", amount=left, component="Cát", about="Cát")
    spend = lambda: expense_record(  # noqa: E731
        acting=head, campaign=campaign, on=NOON.date(), spending=spending
    )
    assert len(at_once(spend, spend)) == 1
    assert totals_of([campaign.pk])[campaign.pk].left == 0
    # The same sheet from two windows is written once.
    batch, before = uuid.uuid4(), Voucher.objects.count()
    send = lambda: receipts_record(  # noqa: E731
        acting=head, campaign=campaign, on=NOON.date(), gifts=[giving.cash(0)], batch=batch
    )
    assert at_once(send, send) == []
    assert Voucher.objects.count() == before + 1


def test_a_refused_sheet_leaves_no_gap(giving: Any) -> None:
    campaign = giving.opened()
    giving.receive(campaign, giving.cash(0))
    with pytest.raises(MatterError) as refused:
        giving.receive(campaign, giving.cash(1), giving.cash(2, 0))
    assert refused.value.field == "line-2"
    made = giving.receive(campaign, giving.cash(3))[0]
    assert made.code == "BN26-00002"


def test_each_year_begins_with_one(giving: Any) -> None:
    campaign = giving.opened(ends_on=dt.date(2027, 2, 1))
    giving.receive(campaign, giving.cash(0))
    with clock.at(NOON.replace(year=2027, month=1, day=4)):
        assert giving.receive(campaign, giving.cash(1))[0].code == "BN27-00001"
