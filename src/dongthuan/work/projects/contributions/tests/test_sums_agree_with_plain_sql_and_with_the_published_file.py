"""Three ways to the same đồng: the page's sums, SQL over the rows, a recount of the CSV alone."""

from __future__ import annotations

import datetime as dt
import random
import subprocess
import sys
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from django.db import connection

from dongthuan.core.matters.errors import MatterError
from dongthuan.work.projects.contributions.export import ledger_csv
from dongthuan.work.projects.contributions.ledger import (
    Gift,
    Spending,
    expense_record,
    move_record,
    voucher_reverse,
)
from dongthuan.work.projects.contributions.models import Campaign, Voucher
from dongthuan.work.projects.contributions.tests.recount import recount
from dongthuan.work.projects.contributions.totals import totals_of, used_by_component

ON = dt.date(2026, 11, 20)
SQL = """
SELECT coalesce(sum(p.credit - p.debit) FILTER (WHERE p.account = 'given'), 0),
       coalesce(sum(p.debit - p.credit) FILTER (WHERE p.account = 'used'), 0),
       coalesce(sum(p.debit - p.credit) FILTER (WHERE p.account NOT IN ('given', 'used')), 0),
       (SELECT coalesce(sum(CASE WHEN reverses_id IS NULL THEN amount ELSE -amount END), 0)
          FROM projects_voucher WHERE campaign_id = %(id)s AND kind = 'receipt'),
       (SELECT coalesce(sum(CASE WHEN reverses_id IS NULL THEN amount ELSE -amount END), 0)
          FROM projects_voucher WHERE campaign_id = %(id)s AND kind = 'expense')
  FROM projects_posting p JOIN projects_voucher v ON v.id = p.voucher_id
 WHERE v.campaign_id = %(id)s
"""


def _step(giving: Any, campaign: Campaign, chance: random.Random) -> None:
    head = giving.people.head
    home = giving.homes[chance.randrange(12)]
    match chance.randrange(6):
        case 0 | 1:
            form = chance.choice(["cash", "bank"])
            giving.receive(campaign, Gift(form=form, household=home,
                                          amount=chance.randrange(1, 900_000)))  # fmt: skip
        case 2:
            days = Decimal(chance.randrange(1, 12)) / 2
            giving.receive(campaign, Gift(form="labour", household=home, quantity=days))
        case 3:
            form = chance.choice(["cash", "bank", "labour"])
            spending = Spending(form=form, amount=chance.randrange(1, 700_000),
                                component=chance.choice("ABC"), about="mua")  # fmt: skip
            expense_record(acting=head, campaign=campaign, on=ON, spending=spending)
        case 4:
            move_record(acting=head, campaign=campaign, on=ON,
                        form=chance.choice(["cash", "bank"]),
                        amount=chance.randrange(1, 400_000))  # fmt: skip
        case _:
            voucher = chance.choice(list(Voucher.objects.filter(campaign=campaign)) or [None])
            if voucher:
                voucher_reverse(acting=head, voucher=voucher, reason="Ghi nhầm.")


@pytest.mark.parametrize("seed", range(3))
def test_whatever_happens_to_a_ledger(giving: Any, seed: int) -> None:
    chance = random.Random(seed)
    campaign, other = giving.opened(), giving.opened()
    giving.receive(other, giving.cash(0, 77_777))
    refused = 0
    for _n in range(50):
        try:
            _step(giving, campaign, chance)
        except MatterError:
            refused += 1
    with connection.cursor() as cursor:
        cursor.execute(SQL, {"id": campaign.pk})
        given, used, left, received, spent = (int(n) for n in cursor.fetchone())
    sums = totals_of([campaign.pk, other.pk])[campaign.pk]
    assert refused, "some of these steps must not be possible"
    assert (sums.given, sums.used, sums.left) == (given, used, left)
    assert (given, used, left) == (received, spent, received - spent)
    assert all(amount >= 0 for amount in sums.held.values())
    assert sum(row[1] for row in sums.groups) == given
    assert sum(row[2] for row in sums.groups) == used
    found = recount(ledger_csv(campaign).decode())
    assert found == {
        "given": given, "used": used, "left": left, "faults": [],
        "parts": found["parts"],
    }  # fmt: skip
    parts = {name: amount for name, amount in found["parts"].items() if amount}  # type: ignore[attr-defined]
    assert parts == dict(used_by_component(campaign.pk))


def test_the_recount_runs_on_its_own(giving: Any, tmp_path: Path) -> None:
    campaign = giving.opened()
    giving.receive(campaign, giving.cash(0), giving.cash(1, 250_000))
    file = tmp_path / "so-cai.csv"
    file.write_bytes(ledger_csv(campaign))
    script = Path(__file__).with_name("recount.py")
    said = subprocess.run(
        [sys.executable, "-I", str(script), str(file)], capture_output=True, text=True, check=True
    )
    assert "'given': 750000" in said.stdout
