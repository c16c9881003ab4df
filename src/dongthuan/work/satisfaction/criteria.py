"""What is asked and how it counts: declared lists, each answer 2, 1 or 0 points.

The nine criteria of a desk are those of the rulebook (`mc.rating_criteria`). `feedback` is not
asked: it is counted from the record, 2 points where every promise about feedback was kept in time,
1 from 90 % on. The questions about the commune follow the four contents of grassroots democracy
(Điều 34.1, 35.2.a).
"""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from dongthuan.core.law import load_rulebook

COUNTED = "feedback"
ONLINE = "online"
DESK, COMMUNE = "desk", "commune"

# What each question reads like to whoever has just been at the desk.
DESK_QUESTIONS: dict[str, Any] = {
    "time": _("Was your file finished within the time written on the slip?"),
    "unit_time": _("Did every office that took part keep its own time?"),
    "contacts": _("How often did you have to come to complete the file?"),
    "agencies": _("How many offices did you have to turn to?"),
    "organisation": _("Was it clear where to go, and was your turn kept?"),
    "publication": _("Was what is posted about the procedure right and complete?"),
    "attitude": _("How were you served?"),
    "online": _("If you used the online service: did it work well?"),
}
DESK_ANSWERS: dict[str, tuple[Any, Any, Any]] = {
    "time": (_("yes, or earlier"), _("later, with an apology and a new day"), _("no")),
    "unit_time": (_("yes"), _("mostly"), _("no")),
    "contacts": (_("once"), _("twice"), _("three times or more")),
    "agencies": (_("only this desk"), _("one more"), _("two more or above")),
    "organisation": (_("yes"), _("partly"), _("no")),
    "publication": (_("yes"), _("partly"), _("no")),
    "attitude": (_("well"), _("acceptably"), _("badly")),
    "online": (_("yes"), _("partly"), _("no")),
}
COMMUNE_QUESTIONS: dict[str, Any] = {
    "know": _("The commune lets me know what it must make public"),
    "discuss": _("We are asked and decide on what is ours to decide"),
    "comment": _("What we say before decisions is answered"),
    "supervise": _("We can check what the commune does"),
    "petitions": _("Complaints, recommendations and feedback are settled in time"),
    "service": _("Officials serve people well"),
}
COMMUNE_ANSWERS = (_("satisfied"), _("partly"), _("not satisfied"))


def desk_criteria(on: dt.date) -> dict[str, str]:
    """Code and name, in the reader's language, of the nine criteria in force on a day."""
    items = load_rulebook().value("mc.rating_criteria", on=on)
    english = get_language() == "en"
    return {item.code: item.text_en if english else item.text_vi for item in items}


def asked(subject: str) -> dict[str, Any]:
    """Code and question of everything that people are asked about a desk or a commune."""
    return DESK_QUESTIONS if subject == DESK else COMMUNE_QUESTIONS


def answers(subject: str, code: str) -> tuple[Any, Any, Any]:
    """The words for 2, 1 and 0 points."""
    return DESK_ANSWERS[code] if subject == DESK else COMMUNE_ANSWERS
