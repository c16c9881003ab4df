"""How the portal writes rates, days and names."""

from __future__ import annotations

from typing import Any

from django import template
from django.urls import reverse
from django.utils.translation import get_language

from dongthuan.core.matters.topics import TOPICS

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


# The page that tells a kind in full; every other kind is told by its duties alone.
ROOM_PAGES = {
    "reception": "portal:reception",
    "disclosure": "portal:disclosure",
    "decision": "portal:decision",
    "initiative": "portal:initiative",
    "convention": "portal:convention",
    "election": "portal:election",
    "consultation": "portal:consultation",
    "project": "portal:project",
    "campaign": "portal:campaign",
    "board": "portal:board",
    "finding": "portal:finding",
    "conference": "portal:gathering",
    "dialogue": "portal:dialogue",
    "yearly_dialogue": "portal:dialogue",
    "emulation_model": "portal:emulation_model",
    "article": "portal:article",
    "body_recommendation": "portal:recommendation",
}


@register.filter
def room_page(row: Any) -> str:
    """Address of the page of a projection's own room; empty where it has none or is not listed."""
    name = ROOM_PAGES.get(row.kind) if row.listed else None
    return reverse(name, args=[row.code]) if name else ""


@register.filter
def topic_words(topic: str) -> str:
    return str(dict(TOPICS).get(topic, topic))


@register.filter
def public_page(matter: Any) -> str:
    """Where everybody reads a matter: in its room, or by its duties."""
    return room_page(matter.projection) or reverse("portal:public", args=[matter.code])
