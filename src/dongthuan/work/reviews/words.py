"""Words for the acts of the room that are no declared step, and for the facts they leave."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.utils.translation import gettext_lazy

from dongthuan.work.reviews.rules import reasons_words

ACTS = {
    "case_review.owed": gettext_lazy("a review is owed"),
    "case_review.left": gettext_lazy("the review ended; the matter is handled elsewhere"),
}
FACTS = {
    "reasons": gettext_lazy("Why it is reviewed"),
    "promise": gettext_lazy("promise"),
}


def _reasons(value: Any, on: dt.date) -> str:
    return reasons_words(value)


CODES = {("case_review.owed", "reasons"): _reasons}
