"""Words for the acts that are no declared step, and for the facts they leave."""

from __future__ import annotations

from django.utils.translation import gettext_lazy

ACTS = {
    "information_note.sent": gettext_lazy("note sent"),
    "information_note.led_to": gettext_lazy("a matter was opened out of it"),
    "situation_note.begun": gettext_lazy("begun"),
    "situation_note.merged": gettext_lazy("notes of the period merged"),
    "situation_note.edited": gettext_lazy("written anew"),
}
FACTS = {
    "receiver": gettext_lazy("receiver"),
    "copies": gettext_lazy("copies to"),
    "notes": gettext_lazy("notes"),
    "figures": gettext_lazy("figures"),
    "code": gettext_lazy("code"),
    "kind": gettext_lazy("kind"),
}
