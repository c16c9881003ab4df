"""Neither words nor the order of numbers tell who gave without a name (khoản 5 Điều 11)."""

from __future__ import annotations

from typing import Any

import pytest

from dongthuan.core.matters.errors import MatterError
from dongthuan.work.projects.contributions.ledger import Gift, voucher_reverse
from dongthuan.work.projects.contributions.models import Voucher


def test_the_numbers_of_a_sheet_do_not_follow_the_register(giving: Any) -> None:
    campaign = giving.opened()
    gifts = [giving.cash(home, display="hidden" if home == 4 else "") for home in range(12)]
    made = giving.receive(campaign, *gifts)
    assert [row.household for row in made] == giving.homes
    numbers = [row.number for row in made]
    assert sorted(numbers) == list(range(1, 13))
    assert numbers != sorted(numbers)  # by chance once in 479 million sheets


def test_where_nobody_is_hidden_they_do(giving: Any) -> None:
    made = giving.receive(giving.opened(), *(giving.cash(home) for home in range(12)))
    assert [row.number for row in made] == list(range(1, 13))


@pytest.mark.parametrize("display", ["number", "hidden"])
def test_the_reason_of_a_reversal_does_not_name_the_household(giving: Any, display: str) -> None:
    campaign = giving.opened()
    voucher = giving.receive(campaign, giving.cash(0, display=display))[0]
    with pytest.raises(MatterError) as refused:
        voucher_reverse(
            acting=giving.people.head, voucher=voucher, reason="Ghi nhầm của ông Vết Tên Hộ 1"
        )
    assert refused.value.field == "reason"
    assert Voucher.objects.count() == 1


def test_nor_does_it_name_another_donor(giving: Any) -> None:
    gift = Gift(form="cash", amount=5, payer="person", donor="Vết Tên Xa Quê")
    voucher = giving.receive(giving.opened(), gift)[0]
    with pytest.raises(MatterError):
        voucher_reverse(acting=giving.people.head, voucher=voucher, reason="Vết Tên Xa Quê nhầm")
