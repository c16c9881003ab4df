"""Whether something hung (or was broadcast) without a gap. Pure: days in, runs out.

Definitions. A posting covers its days from the first to the last, both included; one that still
hangs covers every day that is over. A day on which it was confirmed missing cuts it: it covers
nothing from that day on, until it is posted anew; posted anew on that very day, it covers the days
after it. What a place has of several postings is the union
of their days; a run is a longest row of covered days without a hole. The promise is kept by the
first run that is long enough. A run that ends earlier is broken on the day after its last one, as
soon as that day is over. One missing day is a gap.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterable
from dataclasses import dataclass

_DAY = dt.timedelta(days=1)


@dataclass(frozen=True)
class Run:
    """Days without a hole. `kept_on`: the day that made it long enough; `gap`: the first day that
    is missing of one that is too short. Neither: it goes on."""

    first: dt.date
    last: dt.date
    kept_on: dt.date | None = None
    gap: dt.date | None = None


def continuity(
    postings: Iterable[tuple[dt.date, dt.date | None]],
    absences: Collection[dt.date],
    *,
    days: int,
    until: dt.date,
) -> list[Run]:
    """The runs up to the one that keeps the promise. `days` that must be covered in a row.

    `until`: the last day that is over. A posting that begins later makes a run without days yet
    (`last` lies before `first`). Empty without a posting.
    """
    runs: list[Run] = []
    for first, last in _merged(_cut(postings, absences, until)):
        full = first + (days - 1) * _DAY
        if last >= full:
            runs.append(Run(first, last, kept_on=full))
            break
        runs.append(Run(first, last, gap=last + _DAY if last < until else None))
    return runs


def _cut(
    postings: Iterable[tuple[dt.date, dt.date | None]],
    absences: Collection[dt.date],
    until: dt.date,
) -> list[tuple[dt.date, dt.date]]:
    """Each posting as the days that it covers; one that hangs from today on is kept, empty."""
    hung, found = list(postings), []
    for first, end in hung:
        if first in absences and first <= until and any(other < first for other, _end in hung):
            first += _DAY
            if end is not None and end < first:
                continue
        last = until if end is None else min(end, until)
        missing = [day for day in absences if first <= day <= last]
        if missing:
            last = min(missing) - _DAY
        if last >= first or (first > until and not missing):
            found.append((first, max(last, first - _DAY)))
    return sorted(found)


def _merged(spans: list[tuple[dt.date, dt.date]]) -> list[tuple[dt.date, dt.date]]:
    merged: list[tuple[dt.date, dt.date]] = []
    for first, last in spans:
        if merged and first <= merged[-1][1] + _DAY:
            merged[-1] = (merged[-1][0], max(merged[-1][1], last))
        else:
            merged.append((first, last))
    return merged
