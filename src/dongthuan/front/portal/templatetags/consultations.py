"""How figures of consultations are written."""

from __future__ import annotations

from django import template
from django.utils.translation import get_language

register = template.Library()


@register.filter
def share(value: float | None) -> str:
    """A share of 0..1 as '12,3 %'; '–' where it is kept back or unknown."""
    if value is None:
        return "–"
    text = f"{100 * value:.1f}\u00a0%"
    return text if get_language() == "en" else text.replace(".", ",")
