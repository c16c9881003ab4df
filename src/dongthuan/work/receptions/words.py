"""Words for the acts of receptions that are no declared step, and for the facts they leave."""

from __future__ import annotations

from django.utils.translation import gettext_lazy

ACTS = {
    "reception.planned": gettext_lazy("planned"),
    "reception.visit": gettext_lazy("a turn was written into the ledger"),
    "refusal.opened": gettext_lazy("reception refused; the notice is owed"),
}

FACTS = {
    "day_before": gettext_lazy("day before"),
    "short_notice": gettext_lazy("posted fewer than five working days ahead; days left"),
    "ground": gettext_lazy("ground"),
    "turns": gettext_lazy("turns"),
    "ledger": gettext_lazy("number in the ledger"),
}
