"""The public ledger as a file, from which everybody can add the sums up again."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from dongthuan.core.tables import table_csv
from dongthuan.work.projects.contributions.models import Campaign
from dongthuan.work.projects.contributions.selectors import ledger_rows

HEAD = (
    "number", "date", "kind", "form", "quantity", "measure", "amount", "who", "component", "about",
    "document", "reverses",
)  # fmt: skip


def ledger_csv(campaign: Campaign) -> bytes:
    """Every voucher in its order; `amount` in đồng, negative for a reversal. No name without
    consent, no supplier, no reference of a payment."""
    return table_csv(HEAD, _rows(campaign))


def _rows(campaign: Campaign) -> Iterator[tuple[Any, ...]]:
    for row in ledger_rows(campaign):
        v = row.voucher
        yield (
            v.code, v.on.isoformat(), v.kind, v.form, v.quantity, v.measure, v.signed, row.who,
            v.component, v.about, v.document, v.reverses.code if v.reverses else "",
        )  # fmt: skip
