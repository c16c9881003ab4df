"""How the portal writes rates."""

from __future__ import annotations

from django import template

register = template.Library()


@register.filter
def percent(rate: float | None) -> str:
    """0.964 -> '96,4 %'; a rate without a denominator is a dash.

    Rounded down to a tenth, so that 100 % is only ever said when nothing was late.
    """
    if rate is None:
        return "–"
    tenths = int(rate * 1000 + 1e-9)
    text = f"{tenths / 10:.1f}".rstrip("0").rstrip(".").replace(".", ",")
    return f"{text} %"
