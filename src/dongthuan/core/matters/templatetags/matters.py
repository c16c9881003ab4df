"""What kinds, states, rules and acts are called, for every template that shows matters."""

from __future__ import annotations

from typing import Any

from django import template
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from dongthuan.core.law import Term
from dongthuan.core.matters import labels
from dongthuan.core.matters.kinds import Step, kind_of
from dongthuan.core.matters.models import Entry
from dongthuan.core.matters.selectors import rule_name as name_of_rule

register = template.Library()


@register.filter
def kind_label(kind: str) -> str:
    return str(kind_of(kind).label)


@register.simple_tag
def state_label(kind: str, state: str, public: bool = False) -> str:
    """The state in words; '' of none, as before a matter was opened."""
    if not state:
        return ""
    found = kind_of(kind).state(state)
    return str(found.public if public else found.label)


@register.simple_tag
def state_tone(kind: str, state: str) -> str:
    return kind_of(kind).state(state).tone


@register.filter
def gives_up(step: Step) -> bool:
    """Whether a step ends a matter undone, so that no page puts it forward as the thing to do."""
    return step.target in (
        "dropped", "discarded", "withdrawn", "cancelled", "ended", "replaced",
    )  # fmt: skip


@register.filter
def rule_name(key: str) -> str:
    return name_of_rule(key, get_language() or "vi")


@register.filter
def act_label(entry: Entry) -> str:
    return labels.act_label(entry.act)


@register.filter
def fact_lines(entry: Entry) -> list[tuple[str, str]]:
    return labels.fact_lines(entry)


@register.filter
def told_lines(entry: Entry) -> list[tuple[str, str]]:
    """What the petitioner reads of the facts of an entry."""
    return labels.fact_lines(entry, told=True)


@register.filter
def payload_text(entry: Entry) -> str:
    return labels.payload_text(entry)


@register.filter
def step_text(step: dict[str, Any]) -> str:
    """A line of the clock's explanation in the reader's language."""
    return step["text_en"] if get_language() == "en" else step["text_vi"]


@register.filter
def term_words(term: str) -> str:
    """'7 wd' -> '7 ngày làm việc'; '0 d' -> on the day that was set."""
    found = Term(0, "d") if term == "0 d" else Term.parse(term)
    return found.text_en if get_language() == "en" else found.text_vi


@register.filter
def evidence_warning(mark: str) -> str:
    """'' for rules read in the text; a plain warning for the others."""
    return "" if mark == "P" else _("not verified in the legal text")
