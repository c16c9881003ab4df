"""Sums of the ledger, always from its postings: collected, used, left, by form."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from decimal import Decimal

from django.db.models import Case, DecimalField, F, Sum, When

from dongthuan.work.projects.contributions.models import Account, Form, Kind, Posting, Voucher

# Till and bank are one to a reader: what moves between them is neither collected nor used.
GROUPS: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("money", (Form.CASH, Form.BANK)),
    ("labour", (Form.LABOUR,)),
    ("land", (Form.LAND,)),
    ("materials", (Form.MATERIALS,)),
)


@dataclass
class Totals:
    """Sums in đồng. `held`: by account; `collected`, `spent`: by account; `quantities`: by form.

    `given` and `used` are the balances of the two accounts that say where value came from and
    went; that `left == given - used` follows from double entry and is tested against plain SQL.
    """

    held: dict[str, int] = field(default_factory=lambda: defaultdict(int))
    collected: dict[str, int] = field(default_factory=lambda: defaultdict(int))
    spent: dict[str, int] = field(default_factory=lambda: defaultdict(int))
    quantities: dict[str, Decimal] = field(default_factory=dict)
    given: int = 0
    used: int = 0

    @property
    def left(self) -> int:
        return sum(self.held.values())

    @property
    def groups(self) -> list[tuple[str, int, int, int]]:
        """(group, collected, used, left) for each that has anything."""
        rows = []
        for name, forms in GROUPS:
            given, used, left = (
                sum(part[form] for form in forms)
                for part in (self.collected, self.spent, self.held)
            )
            if given or used or left or any(self.quantities.get(form) for form in forms):
                rows.append((name, given, used, left))
        return rows


def totals_of(ids: Sequence[int]) -> dict[int, Totals]:
    """Totals of campaigns by their id; two queries however many they are."""
    found: dict[int, Totals] = {pk: Totals() for pk in ids}
    rows = (
        Posting.objects.filter(voucher__campaign__in=ids)
        .values_list("voucher__campaign", "voucher__kind", "account")
        .annotate(left=Sum("debit"), right=Sum("credit"))
    )
    for pk, kind, account, left, right in rows:
        total, net = found[pk], int(left - right)
        if account == Account.GIVEN:
            total.given -= net
        elif account == Account.USED:
            total.used += net
        else:
            total.held[account] += net
            if kind == Kind.RECEIPT:
                total.collected[account] += net
            elif kind == Kind.EXPENSE:
                total.spent[account] -= net
    _quantities(ids, found)
    return found


def _quantities(ids: Sequence[int], found: dict[int, Totals]) -> None:
    """Labour days and m²: what the đồng do not say."""
    signed = Case(
        When(reverses=None, then=F("quantity")), default=-F("quantity"),
        output_field=DecimalField(max_digits=14, decimal_places=2),
    )  # fmt: skip
    rows = (
        Voucher.objects.filter(
            campaign__in=ids, kind=Kind.RECEIPT, form__in=[Form.LABOUR, Form.LAND]
        )
        .values_list("campaign", "form")
        .annotate(total=Sum(signed))
    )
    for pk, form, total in rows:
        found[pk].quantities[form] = total or Decimal(0)


def used_by_component(campaign_id: int) -> list[tuple[str, int]]:
    """What each part of the work has taken, the largest first."""
    signed = Case(When(reverses=None, then=F("amount")), default=-F("amount"))
    rows = (
        Voucher.objects.filter(campaign=campaign_id, kind=Kind.EXPENSE)
        .values_list("component")
        .annotate(total=Sum(signed))
        .order_by("-total", "component")
    )
    return [(name, int(total)) for name, total in rows if total]
