"""What a reader sees around the signals: topics by places, and a signal period by period.

These numbers are small, and any day can be read again: only matters that the reader may open are
counted, so that no number tells of one that is closed to them, or has been closed since.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass, field

from django.db.models import Q, QuerySet
from django.utils import timezone

from dongthuan.core.matters import policies
from dongthuan.core.matters.models import Matter
from dongthuan.core.matters.topics import TOPICS
from dongthuan.core.people.actors import Actor
from dongthuan.core.units.models import Unit
from dongthuan.insight.radar.cases import cases_of, counts_of, lying, opened_within, where_of
from dongthuan.insight.radar.rising import Rise, Window, gathered, past_of
from dongthuan.insight.radar.selectors import Reading, ages_of

BARS = 12  # at most so many periods of the same length, the latest one last
Bars = list[tuple[dt.date, dt.date, int]]  # (first day, last day, matters)


@dataclass(frozen=True)
class Row:
    """A place of the table: its matters of the longest window by topic, (now, usual)."""

    label: str
    cells: list[tuple[int, float]]
    total: int


@dataclass(frozen=True)
class Picture:
    """`topics`: the columns of the table `rows`; `bars`: of each signal of the reading."""

    topics: list[str] = field(default_factory=list)
    rows: list[Row] = field(default_factory=list)
    bars: list[Bars] = field(default_factory=list)


def picture(*, actor: Actor, read: Reading) -> Picture:
    """The numbers around a reading, of matters in the actor's sight. Three queries."""
    if read.window is None:
        return Picture()
    seen = cases_of(read.area).filter(policies.visible_to(actor))
    topics, rows = _table(seen, read, read.window)
    return Picture(topics, rows, _bars(seen, read))


def _one_below(place: str, area: str) -> bool:
    return place.startswith(area) and place[len(area) :].count(".") == 1


def _table(
    seen: QuerySet[Matter], read: Reading, window: Window
) -> tuple[list[str], list[Row]]:  # fmt: skip
    """Topics that have a matter now, in the order of the list, by places directly below the area.

    The last row is the whole area, with what has no place below it. Two queries.
    """
    area = read.area
    cells = gathered(counts_of(seen, read.until, [window]), area=area.path)
    now = {topic for (topic, place), (row,) in cells.items() if place == area.path and row[0]}
    order = [code for code, _label in TOPICS if code in now] + sorted(now - set(dict(TOPICS)))
    below = {place for _topic, place in cells if _one_below(place, area.path)}
    places = list(Unit.objects.filter(path__in=below).order_by("sort_key"))
    ages = ages_of(places, read.until, window)
    rows = []
    for unit in (*places, area):
        row = [cells.get((topic, unit.path), [(0, 0)])[0] for topic in order]
        total = sum(n for n, _before in row)
        if total or unit is area:
            past = max(1, past_of(window, ages.get(unit.path)))
            usual = [(n, before * window.days / past) for n, before in row]
            rows.append(Row(unit.label, usual, total))
    return order, rows


def _bars(seen: QuerySet[Matter], read: Reading) -> list[Bars]:
    """For each signal the matters of the latest periods of its length; one query for all."""
    if not read.signals:
        return []
    area, until = read.area, read.until
    wanted = Q(pk__in=[])
    for signal in read.signals:
        first = until - dt.timedelta(days=BARS * signal.rise.window.days - 1)
        wanted |= lying(area, signal.rise.topic, signal.rise.place) & opened_within(first, until)
    rows = seen.filter(wanted).values_list("topic", "place__path", "path", "opened_at")
    days = [
        (topic, where_of(place, path), timezone.localdate(opened_at))
        for topic, place, path, opened_at in rows
    ]
    return [_periods(area, until, signal.rise, days) for signal in read.signals]


def _periods(
    area: Unit, until: dt.date, rise: Rise, days: Iterable[tuple[str, str, dt.date]]
) -> Bars:
    # None that lies before there was anything to count, wholly or in part: it would look quiet.
    counts = [0] * min(BARS, 1 + rise.past // rise.window.days)
    for topic, where, day in days:
        at = (until - day).days // rise.window.days
        here = where.startswith(rise.place) or rise.place == area.path
        if topic == rise.topic and here and at < len(counts):
            counts[at] += 1
    step = dt.timedelta(days=rise.window.days)
    ends = [until - at * step for at in range(len(counts))]
    return [
        (end - step + dt.timedelta(days=1), end, counts[at])
        for at, end in reversed(list(enumerate(ends)))
    ]
