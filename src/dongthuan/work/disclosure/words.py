"""Words for the acts of disclosure that are no declared step, and for the facts they leave."""

from __future__ import annotations

import datetime as dt

from django.utils.translation import gettext_lazy

from dongthuan.work.disclosure import rules

ACTS = {
    "disclosure.opened": gettext_lazy("opened"),
    "disclosure.owed": gettext_lazy("must be disclosed; it came from another matter"),
    "disclosure.content": gettext_lazy("the content was written"),
    "disclosure.posted": gettext_lazy("made known"),
    "disclosure.taken_down": gettext_lazy("taken down"),
    "disclosure.checked": gettext_lazy("somebody looked whether it was there"),
    "disclosure.gap": gettext_lazy("it was interrupted"),
    "disclosure_plan.opened": gettext_lazy("drafted"),
    "inforequest.received": gettext_lazy("received"),
}

FACTS = {
    "item": gettext_lazy("item of Art. 11"),
    "rows": gettext_lazy("rows"),
    "digest": gettext_lazy("fingerprint of the public table (SHA-256)"),
    "form": gettext_lazy("form"),
    "places": gettext_lazy("places"),
    "seen": gettext_lazy("seen"),
    "state": gettext_lazy("state"),
    "correction": gettext_lazy("correction"),
    "lines": gettext_lazy("lines"),
}


def _form(code: str, on: dt.date) -> str:
    return next((row.label for row in rules.channels(on) if row.code == code), code)


CODES = {
    ("disclosure.opened", "item"): rules.item_label,
    ("disclosure.publish", "item"): rules.item_label,
    ("inforequest.received", "item"): rules.item_label,
    ("disclosure.posted", "form"): _form,
}
