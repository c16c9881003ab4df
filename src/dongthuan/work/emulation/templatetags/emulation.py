"""How pages show a registration."""

from __future__ import annotations

from django import template
from django.utils.translation import gettext_lazy as _

from dongthuan.work.emulation.models import EmulationModel

register = template.Library()

LABELS = (
    ("situation", _("Situation and reason")),
    ("goal", _("Goal and criteria")),
    ("content", _("What is done, and how")),
    ("beneficiaries", _("Where, and who benefits")),
    ("forces", _("Who takes part, and in which role")),
    ("resources", _("Resources: money, facilities, labour, what people give")),
    ("timeline", _("Timeline of the work")),
    ("replication", _("How it lasts and can be copied")),
)


@register.simple_tag
def registration_facts(model: EmulationModel) -> list[tuple[str, str]]:
    """(label, words) of the fields of a registration, in the order of the form."""
    return [(str(label), getattr(model, name)) for name, label in LABELS]
