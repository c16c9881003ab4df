"""What several steps of the room ask."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from dongthuan.core.matters.kinds import Ask

DOCUMENT = Ask("document", "text", _("Number and symbol of the document"), max_length=80)
REASON = Ask("reason", "lines", _("Reason"), max_length=2000)
PAPER = Ask("papers", "paper", _("Document, minutes"), required=False)
