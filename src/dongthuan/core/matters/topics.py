"""What matters are about: one list for all kinds of work, so that figures can be added up."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

TOPICS = (
    ("land", _("land, housing, clearance")),
    ("environment", _("environment, waste")),
    ("construction", _("building, traffic, public works")),
    ("welfare", _("policies, allowances, poor households")),
    ("order", _("security, public order")),
    ("service", _("procedures, conduct of officials")),
    ("education", _("education, culture, health")),
    ("economy", _("farming, trade, markets")),
    ("other", _("other")),
)
