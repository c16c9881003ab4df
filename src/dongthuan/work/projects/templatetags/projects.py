"""Pictures and signs that only dossiers of projects have."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from django import template
from django.template import Context
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from dongthuan.core.ui.templatetags.ui import bar_chart, vnnumber

register = template.Library()


@register.simple_tag(takes_context=True)
def cost_bars(context: Context, rows: Any) -> SafeString:
    """Components in đồng: what is paid within the plan, beyond it, and still planned."""
    series = {"kept": _("Paid"), "late": _("Paid beyond the plan"), "waiting": _("Not yet paid")}
    return bar_chart(context, rows, _("Paid of what was planned (đồng)"), series)


@register.simple_tag(takes_context=True)
def land_bars(context: Context, rows: Any) -> SafeString:
    """Households of land clearance on each day, in numbers."""
    series = {
        "kept": _("Handed over"), "open": _("Agreed, not handed over"),
        "waiting": _("Not yet agreed"),
    }  # fmt: skip
    return bar_chart(context, rows, _("Land clearance by households"), series)


@register.filter
def trimmed(value: Decimal) -> str:
    """A measure without zeros behind the comma that say nothing: 420, not 420,00."""
    whole = value == value.to_integral_value()
    return vnnumber(value.to_integral_value() if whole else value.normalize())


@register.filter
def variance(line: Any) -> str:
    """Paid less planned, with its sign: more than planned is “+”."""
    more = line.paid - line.planned
    sign = "+" if more > 0 else ("−" if more < 0 else "")
    return f"{sign}{vnnumber(abs(more))}"
