"""Words for the acts of the room that are no declared step, and for the facts they leave."""

from __future__ import annotations

from django.utils.translation import gettext_lazy

ACTS = {"rating_round.opened": gettext_lazy("the quarter has ended; its results are owed")}
FACTS = {
    "quarter": gettext_lazy("quarter"),
    "answers": gettext_lazy("answers"),
    "digest": gettext_lazy("fingerprint of the published figures"),
}
