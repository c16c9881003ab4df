"""The law of decisions of the people as this room reads it: share, way, ground."""

from __future__ import annotations

import datetime as dt

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from dongthuan.core import clock
from dongthuan.core.calendar import CalendarError
from dongthuan.core.law import RuleError, deadline
from dongthuan.core.matters.errors import MatterError
from dongthuan.work.decisions.models import Item, Scope

# Điều 21.1 of the Law: the share of all households by item, and of villages where commune-wide.
CONTRIBUTION, COMMUNE, OTHER = "dc.vote.contrib", "dc.vote.contrib_commune", "dc.vote.other"
# Contributions of the people are among what the commune makes public (Điều 11, khoản 5).
DISCLOSED = {Item.CONTRIBUTION: "5", Item.FUNDS: "5"}
GROUNDS = {
    "a": gettext_lazy("the chair of the People's Committee chose it (Art. 19.1.a)"),
    "b": gettext_lazy("a meeting was too small to reach the share (Art. 19.1.b)"),
    "c": gettext_lazy("village head and Front agreed on it (Art. 19.1.c)"),
}
FORMS = (
    ("resolution", gettext_lazy("resolution (nghị quyết)")),
    ("minutes", gettext_lazy("minutes of the meeting (biên bản cuộc họp)")),
    ("memo", gettext_lazy("memorandum (bản ghi nhớ)")),
    ("agreement", gettext_lazy("agreement (bản thỏa thuận)")),
)
WAYS = (
    ("invitation", gettext_lazy("invitation")),
    ("door", gettext_lazy("told at each household")),
    ("loudspeaker", gettext_lazy("loudspeakers of the village")),
    ("telephone", gettext_lazy("telephone")),
    ("network", gettext_lazy("the village's group in a social network")),
    ("posting", gettext_lazy("posted at the culture house and meeting points")),
)


def shares_of(item: str, scope: str) -> tuple[str, str]:
    """Keys of the rulebook: share of the households, share of the villages ('' in a village)."""
    if item == Item.SELF_GOVERNANCE:
        return OTHER, ""
    return CONTRIBUTION, COMMUNE if scope == Scope.COMMUNE else ""


def ballot_ground(*, item: str, scope: str, short_meeting: bool) -> str:
    """Which case of Điều 19.1 allows a household ballot now: 'a', 'b', 'c', or '' for none.

    Decree 59/2023, Art. 4.1.c limits (c) to item 6 within a village.
    """
    if scope == Scope.COMMUNE:
        return "a"
    if short_meeting:
        return "b"
    return "c" if item == Item.SELF_GOVERNANCE else ""


def in_time_check(rule: str, event: dt.datetime, *, field: str) -> None:
    """Refuse an event so near that what the law wants done before it can no longer be done."""
    try:
        last = deadline(key=rule, anchor=event).due_on
    except (RuleError, CalendarError) as error:
        raise MatterError(str(error), field=field) from None
    if last < clock.today():
        raise MatterError(
            _("Households must be told at least two days before; choose a later day."), field=field
        )
