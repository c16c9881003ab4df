"""What the early warning counts: matters that people brought, by topic, place and day.

By the place where it is, or where none was told by the area of the body that has it. Restricted and
sealed ones are counted for nobody.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import Any

from django.db.models import Count, Q, QuerySet
from django.utils import timezone

from dongthuan.core.matters.kinds import case_kinds
from dongthuan.core.matters.models import Level, Matter
from dongthuan.core.people.actors import area_of
from dongthuan.core.units.models import Unit
from dongthuan.insight.radar.rising import Counts, Window


def cases_of(area: Unit) -> QuerySet[Matter]:
    """Matters that people brought: those that lie in the area, and those that its bodies have.

    A letter that was split is counted by its parts, not once more itself.
    """
    lies = Q(place__path__startswith=area.path) | Q(path__startswith=area.path)
    open_ones = Matter.objects.filter(lies, kind__in=case_kinds(), level__lt=Level.RESTRICTED)
    return open_ones.exclude(state="split").order_by()


def where_of(place: str | None, path: str) -> str:
    """The path of the place of a matter; where none was told, the territory of who has it."""
    return place or area_of(path)


def _from_day(day: dt.date) -> dt.datetime:
    return dt.datetime.combine(day, dt.time(), timezone.get_default_timezone())


def opened_within(since: dt.date, until: dt.date) -> Q:
    return Q(opened_at__gte=_from_day(since), opened_at__lt=_from_day(until + dt.timedelta(days=1)))


def span_of(window: Window, until: dt.date) -> tuple[dt.date, dt.date]:
    """First day of the window, first day of its past."""
    since = until - dt.timedelta(days=window.days - 1)
    return since, since - dt.timedelta(days=window.past)


def counts_of(
    matters: QuerySet[Matter], until: dt.date, windows: Sequence[Window]
) -> Counts:  # fmt: skip
    """One query: every topic at every place, now and before, for each window."""
    wanted = {}
    for at, window in enumerate(windows):
        since, past = span_of(window, until)
        wanted[f"now_{at}"] = Count("pk", filter=opened_within(since, until))
        wanted[f"before_{at}"] = Count(
            "pk", filter=opened_within(past, since - dt.timedelta(days=1))
        )
    earliest = min(span_of(window, until)[1] for window in windows)
    rows: Any = matters.filter(opened_within(earliest, until))
    counts: dict[tuple[str, str], list[tuple[int, int]]] = {}
    for row in rows.values("topic", "place__path", "path").annotate(**wanted):
        key = (row["topic"], where_of(row["place__path"], row["path"]))
        there = counts.get(key, [(0, 0)] * len(windows))
        counts[key] = [
            (now + row[f"now_{at}"], before + row[f"before_{at}"])
            for at, (now, before) in enumerate(there)
        ]
    return counts


def lying(area: Unit, topic: str, place: str) -> Q:
    """The same in SQL: a topic at a place of the area, and at all below it."""
    if place == area.path:
        return Q(topic=topic)
    here = Q(place__path__startswith=place)
    if area_of(place) == place:
        here |= Q(place=None, path__startswith=place)
    return Q(topic=topic) & here
