"""How the look-up speaks of a matter: its state, and the words that its kind has of its own.

Most kinds are told by their declared states. A decision of the people that is recognised for a
later day (Điều 21.2 Luật 10/2022/QH15) has the state of one in force, but is not.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from dongthuan.core.matters.kinds import kind_of
from dongthuan.core.matters.models import Projection
from dongthuan.core.ui.templatetags.ui import vndate
from dongthuan.work.decisions.selectors import days_of_force

Text = str | Promise


@dataclass(frozen=True)
class Told:
    """A state for the public: `tone` of its tag, and the words."""

    tone: str
    words: str


def rows_told(rows: Sequence[Projection]) -> list[tuple[Projection, Told]]:
    """Each row with what everybody reads of its state; one query at most."""
    decided = [row.pk for row in rows if (row.kind, row.state) == ("decision", "in_force")]
    later = days_of_force(decided) if decided else {}
    return [(row, _told(row, later.get(row.pk))) for row in rows]


def _told(row: Projection, later: dt.date | None) -> Told:
    if later:
        words = _("recognised, in force from %(day)s") % {"day": vndate(later)}
        return Told("waiting", words)
    state = kind_of(row.kind).state(row.state)
    return Told(state.tone, str(state.public))


def state_told(row: Projection) -> Told:
    return rows_told([row])[0][1]


@dataclass(frozen=True)
class Words:
    """What the parts of a matter are called on its page of the look-up."""

    about: Text
    origin: Text  # whose text it is that stands there
    answer: Text
    opened: Text


_COMMON = Words(
    about=gettext_lazy("What it is about"),
    origin=gettext_lazy("Published text: an official has taken out what concerns persons."),
    answer=gettext_lazy("The answer"),
    opened=gettext_lazy("Received"),
)
_OF_KIND = {
    # Not brought by a citizen: drafted by a body, and published as it was sent.
    "body_recommendation": Words(
        about=gettext_lazy("What is recommended"),
        origin=gettext_lazy("Text of the body that recommends it, as it was sent."),
        answer=gettext_lazy("Answer of the authority"),
        opened=gettext_lazy("Drafted on"),
    )
}


def words_of(kind: str) -> Words:
    return _OF_KIND.get(kind, _COMMON)
