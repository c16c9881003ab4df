"""Words for the acts that are no declared step, and for the facts they leave."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.utils.translation import gettext_lazy

from dongthuan.work.directives.models import Type

ACTS = {
    "directive.drafted": gettext_lazy("drafted"),
    "directive.edited": gettext_lazy("draft written anew"),
    "directive.keyed_in": gettext_lazy("signed on paper, keyed in"),
    "directive_order.sent": gettext_lazy("ordered"),
    "matter.linked": gettext_lazy("linked to another matter"),
}
FACTS = {
    "orders": gettext_lazy("orders"),
    "until": gettext_lazy("until"),
    "due_before": gettext_lazy("day before"),
    "type": gettext_lazy("type of document"),
    "link": gettext_lazy("linked matter"),
    "role": gettext_lazy("role"),
    "newer": gettext_lazy("newer document"),
}


def type_words(value: Any, on: dt.date) -> str:
    return str(Type(value).label) if value in Type.values else str(value)


CODES = {("directive.drafted", "type"): type_words}
