"""How the portal writes rates, days and names."""

from __future__ import annotations

from django import template
from django.utils.translation import get_language

register = template.Library()


@register.filter
def percent(rate: float | None) -> str:
    """0.964 -> '96,4 %'; a rate without a denominator is a dash.

    Rounded half up to a tenth; yet 100 % is only ever said when nothing was late, and 0 % when
    nothing was kept.
    """
    if rate is None:
        return "–"
    tenths = int(rate * 1000 + 0.5 + 1e-9)
    if 0 < rate < 1:
        tenths = min(max(tenths, 1), 999)
    text = f"{tenths / 10:.1f}".rstrip("0").rstrip(".").replace(".", ",")
    return f"{text} %"


@register.filter
def days(number: float) -> str:
    """14.0 -> '14', 2.5 -> '2,5': a half only where there is one."""
    return f"{number:.1f}".removesuffix(".0").replace(".", ",")


@register.filter
def within(name: str) -> str:
    """A unit's name inside a Vietnamese sentence: 'tỉnh Quảng Ngãi'."""
    return name if get_language() == "en" else name[:1].lower() + name[1:]
