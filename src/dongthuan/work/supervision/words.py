"""Words for the acts of the room that are no declared step, and for the facts they leave."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.utils.translation import gettext_lazy

from dongthuan.work.supervision.models import Seat, Severity

ACTS = {
    "board.opened": gettext_lazy("the Front begins to form the board"),
    "board.member": gettext_lazy("a member was elected or sent"),
    "board.member_left": gettext_lazy("a member left"),
    "board.seat": gettext_lazy("the board chose"),
    "board.plan": gettext_lazy("plan of activities"),
    "board.report": gettext_lazy("report to the Front"),
    "board.policy": gettext_lazy("the board was told of policies and yearly goals"),
    "board.results": gettext_lazy("the board was told of complaints and democracy results"),
    "board.hint": gettext_lazy("a citizen told the board something"),
    "board.hint_taken": gettext_lazy("the board looks into what a citizen told"),
    "board.hint_answered": gettext_lazy("the board answered a citizen"),
    "inspection.planned": gettext_lazy("inspection planned"),
    "inspection.visit": gettext_lazy("the board was there"),
    "finding.opened": gettext_lazy("finding written"),
    "finding.edited": gettext_lazy("finding written anew"),
    "conference.owed": gettext_lazy("owed this year"),
    "conference.point_added": gettext_lazy("a question was written down"),
    "conference.point_answered": gettext_lazy("a question was answered"),
}

FACTS = {
    "size": gettext_lazy("number of members"),
    "name": gettext_lazy("name"),
    "seat": gettext_lazy("seat"),
    "term_to": gettext_lazy("term until"),
    "present": gettext_lazy("members present"),
    "photos": gettext_lazy("photographs"),
    "finding": gettext_lazy("finding"),
    "severity": gettext_lazy("severity"),
    "promise": gettext_lazy("promise"),
    "year": gettext_lazy("year"),
    "point": gettext_lazy("question"),
    "recommendation": gettext_lazy("What is still to be done"),
    "hint": gettext_lazy("code of what was told"),
}


def severity_words(value: Any, on: dt.date) -> str:
    return str(Severity(value).label) if value in Severity.values else str(value)


def seat_words(value: Any, on: dt.date) -> str:
    return str(Seat(value).label) if value in Seat.values else str(value)


CODES = {
    ("finding.opened", "severity"): severity_words,
    ("finding.edited", "severity"): severity_words,
    ("board.seat", "seat"): seat_words,
}
