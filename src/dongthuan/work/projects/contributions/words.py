"""Words for the acts of campaigns that are no declared step, and for the facts they leave."""

from __future__ import annotations

from django.utils.translation import gettext_lazy

ACTS = {
    "campaign.drafted": gettext_lazy("campaign drafted"),
    "campaign.exempted": gettext_lazy("a household exempted"),
    "campaign.exemption_ended": gettext_lazy("an exemption taken back"),
    "campaign.receipts": gettext_lazy("receipts written"),
    "campaign.expense": gettext_lazy("use of funds written"),
    "campaign.move": gettext_lazy("moved between till and bank"),
    "campaign.reversal": gettext_lazy("voucher reversed"),
    "campaign.donor_erased": gettext_lazy("name of a donor erased"),
}

FACTS = {
    "voluntary": gettext_lazy("voluntary"),
    "level": gettext_lazy("level for a household (đồng)"),
    "yes": gettext_lazy("for it"),
    "voices": gettext_lazy("of all"),
    "receipts": gettext_lazy("receipts"),
    "first": gettext_lazy("first number"),
    "last": gettext_lazy("last number"),
    "amount": gettext_lazy("amount (đồng)"),
    "voucher": gettext_lazy("voucher"),
    "reverses": gettext_lazy("reverses"),
    "collected": gettext_lazy("collected (đồng)"),
    "used": gettext_lazy("used (đồng)"),
    "left": gettext_lazy("left (đồng)"),
}
