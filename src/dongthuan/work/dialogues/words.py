"""Words for the acts of the room that are no declared step, and for the facts they leave."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.utils.translation import gettext_lazy, pgettext_lazy

from dongthuan.work.dialogues.models import Question, Sort

ACTS = {
    "dialogue.planned": gettext_lazy("dialogue planned"),
    "yearly_dialogue.owed": gettext_lazy("owed this year"),
}
for _kind in ("dialogue", "yearly_dialogue"):
    ACTS |= {
        f"{_kind}.invited": gettext_lazy("put on the list of those invited"),
        f"{_kind}.sent": gettext_lazy("invitations sent"),
        f"{_kind}.asked": gettext_lazy("a citizen asked"),
        f"{_kind}.added": pgettext_lazy("dialogue", "a question was written down"),
        f"{_kind}.read": gettext_lazy("a question was read"),
        f"{_kind}.merged": gettext_lazy("two questions that ask the same were joined"),
        f"{_kind}.separated": gettext_lazy("a joined question was taken out again"),
        f"{_kind}.settled": gettext_lazy("a question came to its end"),
    }

FACTS = {
    "question": pgettext_lazy("dialogue", "question"),
    "into": gettext_lazy("joined to question"),
    "outcome": gettext_lazy("how it ended"),
    "ground": gettext_lazy("ground"),
    "matter": gettext_lazy("code"),
    "invited": gettext_lazy("how many"),
    "sort": gettext_lazy("sort"),
    "year": gettext_lazy("year"),
    "day_before": gettext_lazy("day before"),
}


def _words(choices: Any) -> Any:
    def words(value: Any, on: dt.date) -> str:
        return str(choices(value).label) if value in choices.values else str(value)

    return words


CODES = {
    ("dialogue.planned", "sort"): _words(Sort),
    ("dialogue.read", "ground"): _words(Question.Ground),
    ("yearly_dialogue.read", "ground"): _words(Question.Ground),
    ("dialogue.settled", "outcome"): _words(Question.Outcome),
    ("yearly_dialogue.settled", "outcome"): _words(Question.Outcome),
}
