"""The hours of a vote: one place for decisions, village conventions and elections.

Neither Luật 10/2022/QH15 (Điều 19) nor Nghị định 59/2023/NĐ-CP (Điều 4, 5) nor Nghị định
61/2023/NĐ-CP sets an hour. What is brought to the households, or voted online, begins and ends in
the hours of the office, so that the ballots are counted the same day; a meeting has its day.
"""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.utils import timezone
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

OPENS, CLOSES = dt.time(7), dt.time(17)
MIDNIGHT, DAY_END = dt.time(0), dt.time(23, 59)

CLOSES_HELP: Any = format_lazy(_("It ends at {hour}."), hour=f"{CLOSES:%H:%M}")
CLOSES_OR_DAY_HELP: Any = format_lazy(
    _("It ends at {hour}; at a meeting, with the day."), hour=f"{CLOSES:%H:%M}"
)


def at(day: dt.date, hour: dt.time) -> dt.datetime:
    """That hour of the day in Viet Nam."""
    return dt.datetime.combine(day, hour, timezone.get_default_timezone())


def opens_at(day: dt.date) -> dt.datetime:
    """When ballots are first brought, or the online vote opens."""
    return at(day, OPENS)


def closes_at(day: dt.date) -> dt.datetime:
    """When the last ballot is taken on the last day; the slips and pages print this."""
    return at(day, CLOSES)


def day_ends(day: dt.date) -> dt.datetime:
    """When a meeting of that day is over at the latest: villages meet in the evening."""
    return at(day, DAY_END)
