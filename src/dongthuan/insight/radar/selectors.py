"""The early warning of an area on a day: signals, and the table of topics by places.

Counted are matters that people brought (`case_kinds`), by the place where it is, or where none was
told by the area of the body that has them. Restricted and sealed ones are counted for nobody: the
same number is right for everybody who reads it. Of senders only how many different ones there are
is asked, and not kept. What an actor may see behind a number is another question
(`matters_behind`). Nothing is stored: any day can be read again.
"""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.db.models import CharField, Count, F, Min, Q, QuerySet, TextField, Value
from django.db.models.functions import MD5, Cast, Coalesce, NullIf
from django.utils import timezone
from django.utils.translation import gettext as _

from dongthuan.core import clock
from dongthuan.core.law import load_rulebook
from dongthuan.core.law.values import Items, Threshold
from dongthuan.core.matters import policies
from dongthuan.core.matters.kinds import case_kinds
from dongthuan.core.matters.models import Level, Matter, Submission
from dongthuan.core.matters.topics import TOPICS
from dongthuan.core.people.actors import Actor, area_of
from dongthuan.core.units.models import Tier, Unit
from dongthuan.insight.radar.rising import (
    Counts,
    Measures,
    Rise,
    Window,
    gathered,
    past_of,
    rises,
)
from dongthuan.work.hotspots.models import Hotspot

BARS = 12  # at most so many periods of the same length in a signal's picture, the latest one last
NONE = "-"  # the key of what has no topic


@dataclass(frozen=True)
class Rules:
    """The measures of the rulebook on a day."""

    windows: tuple[int, ...]
    least: Threshold
    senders: Threshold
    past_least: Threshold
    past_most: int
    chance: Threshold

    @property
    def measures(self) -> Measures:
        return Measures(least=self.least.met, chance=self.chance.amount, past=self.past_least.met)


def rules_on(day: dt.date) -> Rules:
    book = load_rulebook()

    def value(name: str) -> Threshold:
        found = book.value(f"radar.{name}", on=day)
        assert isinstance(found, Threshold)
        return found

    windows = book.value("radar.windows", on=day)
    assert isinstance(windows, Items)
    return Rules(
        windows=tuple(int(code) for code in windows.codes),
        least=value("least"),
        senders=value("senders"),
        past_least=value("past_least"),
        past_most=int(value("past_most").amount),
        chance=value("chance"),
    )


@dataclass(frozen=True)
class Signal:
    """A rise with its place and the days that it counts. `bars`: (first day, last day, matters).

    `above`: the commune of a village, where more than one commune is read.
    """

    rise: Rise
    place: Unit
    since: dt.date
    until: dt.date
    senders: int
    bars: list[tuple[dt.date, dt.date, int]] = field(default_factory=list)
    above: Unit | None = None

    @property
    def topic_label(self) -> str:
        return topic_label(self.rise.topic)

    @property
    def where(self) -> str:
        """The place in words. Every commune has a first village: above it, its commune is told."""
        return f"{self.place.label}, {self.above.label}" if self.above else self.place.label

    @property
    def topic(self) -> str:
        """As what another matter is opened on it: what nobody has sorted yet is of no list."""
        return self.rise.topic or "other"


@dataclass(frozen=True)
class Row:
    """A place of the table: its matters of the longest window by topic, (now, usual)."""

    label: str
    cells: list[tuple[int, float]]
    total: int


@dataclass(frozen=True)
class Reading:
    """What the early warning of an area says on a day.

    `since`: the first day that is compared with; None where there is too little past. `cells`: how
    many topics at places were looked at. `topics`: the columns of the table `rows`.
    """

    area: Unit
    until: dt.date
    days: int
    since: dt.date | None = None
    cells: int = 0
    signals: list[Signal] = field(default_factory=list)
    topics: list[str] = field(default_factory=list)
    rows: list[Row] = field(default_factory=list)


def topic_label(topic: str) -> str:
    """The name of a topic; letters that intake has not read yet have none."""
    return str(dict(TOPICS).get(topic) or _("not sorted yet"))


# -- what is counted ------------------------------------------------------------------------------


def _cases(area: Unit) -> QuerySet[Matter]:
    """Matters that people brought: those that lie in the area, and those that its bodies have.

    A letter that was split is counted by its parts, not once more itself.
    """
    lies = Q(place__path__startswith=area.path) | Q(path__startswith=area.path)
    open_ones = Matter.objects.filter(lies, kind__in=case_kinds(), level__lt=Level.RESTRICTED)
    return open_ones.exclude(state="split").order_by()


def _where(place: str | None, path: str) -> str:
    """The path of the place of a matter; where none was told, the territory of who has it."""
    return place or area_of(path)


def _from_day(day: dt.date) -> dt.datetime:
    return dt.datetime.combine(day, dt.time(), timezone.get_default_timezone())


def _opened(since: dt.date, until: dt.date) -> Q:
    return Q(opened_at__gte=_from_day(since), opened_at__lt=_from_day(until + dt.timedelta(days=1)))


def _windows(area: Unit, until: dt.date, rules: Rules) -> list[Window]:
    """The windows that have enough of a past; one query for the first day on record."""
    first = _cases(area).aggregate(first=Min("opened_at"))["first"]
    if first is None:
        return []
    known = (until - timezone.localdate(first)).days + 1
    found = [Window(days, min(rules.past_most, known - days)) for days in rules.windows]
    return [window for window in found if rules.past_least.met(window.past)]


def _span(window: Window, until: dt.date) -> tuple[dt.date, dt.date]:
    """First day of the window, first day of its past."""
    since = until - dt.timedelta(days=window.days - 1)
    return since, since - dt.timedelta(days=window.past)


def _counts(area: Unit, until: dt.date, windows: Sequence[Window]) -> Counts:
    """One query: every topic at every place, now and before, for each window."""
    wanted = {}
    for at, window in enumerate(windows):
        since, past = _span(window, until)
        wanted[f"now_{at}"] = Count("pk", filter=_opened(since, until))
        wanted[f"before_{at}"] = Count("pk", filter=_opened(past, since - dt.timedelta(days=1)))
    earliest = min(_span(window, until)[1] for window in windows)
    rows: Any = _cases(area).filter(_opened(earliest, until))
    counts: dict[tuple[str, str], list[tuple[int, int]]] = {}
    for row in rows.values("topic", "place__path", "path").annotate(**wanted):
        key = (row["topic"], _where(row["place__path"], row["path"]))
        there = counts.get(key, [(0, 0)] * len(windows))
        counts[key] = [
            (now + row[f"now_{at}"], before + row[f"before_{at}"])
            for at, (now, before) in enumerate(there)
        ]
    return counts


_ORIGIN = "matter__joined_here__matter__"  # of a letter, the matter that it came in as


def _sender(citizen: str) -> MD5:
    """Who wrote, as far as the letters tell: the account, else telephone, e-mail, name.

    Only a digest leaves the database, and it is forgotten when the page is done.
    """
    return MD5(
        Coalesce(
            Cast(f"{citizen}__account", CharField()),
            NullIf(f"{citizen}__phone", Value("")),
            NullIf(f"{citizen}__email", Value("")),
            NullIf(f"{citizen}__name_key", Value("")),
            output_field=TextField(),
        )
    )


class _Heard:
    """Different senders behind the latest matters of a cell: how many, never who. Two queries.

    Letters that tell nothing of who wrote count one each. The letters of a matter that was joined
    into another lie with that one; their senders are counted where and when they wrote.
    """

    def __init__(self, area: Unit, until: dt.date, windows: Sequence[Window]) -> None:
        self._until, self._windows = until, windows
        since = min(_span(window, until)[0] for window in windows)
        self._rows: dict[str, list[tuple[str, dt.date, str | int]]] = defaultdict(list)
        cases = _cases(area).filter(_opened(since, until))
        rows: Any = cases.exclude(state="joined").values_list(
            "topic", "place__path", "path", "opened_at", "submissions__pk", "pk",
            _sender("submissions__citizen"),
        )  # fmt: skip
        joined: Any = Submission.objects.filter(
            matter__joined_here__matter__in=cases.filter(state="joined").values("pk"),
            matter__joined_here__submissions__contains=[F("pk")],
        ).values_list(
            *(f"{_ORIGIN}{name}" for name in ("topic", "place__path", "path", "opened_at")),
            "pk", f"{_ORIGIN}pk", _sender("citizen"),
        )  # fmt: skip
        for topic, place, path, opened_at, letter, pk, sender in (*rows, *joined):
            day = timezone.localdate(opened_at)
            self._rows[topic].append((_where(place, path), day, sender or letter or -pk))

    def count(self, area: str, topic: str, place: str, at: int) -> int:
        since = _span(self._windows[at], self._until)[0]
        return len(
            {
                sender
                for where, day, sender in self._rows[topic]
                if day >= since and (where.startswith(place) or place == area)
            }
        )


# -- the reading ----------------------------------------------------------------------------------


def reading(*, area: Unit, until: dt.date | None = None) -> Reading:
    """The early warning of an area on a day (today). Six queries, whatever the volume."""
    until = until or clock.today()
    rules = rules_on(until)
    windows = _windows(area, until, rules)
    if not windows:
        return Reading(area=area, until=until, days=max(rules.windows))
    cells = gathered(_counts(area, until, windows), area=area.path)
    heard = _Heard(area, until, windows)

    def enough(topic: str, place: str, at: int) -> bool:
        return rules.senders.met(heard.count(area.path, topic, place, at))

    inside = Unit.objects.filter(path__in={place for _topic, place in cells})
    places = {unit.path: unit for unit in inside.select_related("parent")}
    ages = _ages(places.values(), until, windows)
    found = rises(
        cells, area=area.path, windows=windows, measures=rules.measures, heard=enough, ages=ages
    )  # fmt: skip
    last = len(windows) - 1
    bars = _bars(area, until, found)
    signals = [
        Signal(
            rise=rise, place=places.get(rise.place, area), until=until,
            since=_span(rise.window, until)[0], bars=bars[at],
            senders=heard.count(area.path, rise.topic, rise.place, windows.index(rise.window)),
            above=_above(places.get(rise.place), area),
        )
        for at, rise in enumerate(found)
    ]  # fmt: skip
    topics, rows = _table(cells, windows[last], last, places, area, ages)
    return Reading(
        area=area, until=until, days=windows[last].days, since=_span(windows[last], until)[1],
        cells=sum(bool(topic) for topic, _place in cells), signals=signals, topics=topics, rows=rows,
    )  # fmt: skip


def _ages(
    places: Iterable[Unit], until: dt.date, windows: Sequence[Window]
) -> dict[str, int]:  # fmt: skip
    """Days in force, the day itself included, of places younger than what is compared."""
    earliest = min(_span(window, until)[1] for window in windows)
    return {
        unit.path: (until - unit.valid_from).days + 1
        for unit in places
        if unit.valid_from > earliest
    }


def _above(place: Unit | None, area: Unit) -> Unit | None:
    """The commune of a village, where the area is larger than that."""
    if place is None or place.tier != Tier.VILLAGE or place.parent is None:
        return None
    return place.parent if len(place.parent.path) > len(area.path) else None


def _one_below(place: str, area: str) -> bool:
    return place.startswith(area) and place[len(area) :].count(".") == 1


def _table(
    cells: dict[tuple[str, str], list[tuple[int, int]]], window: Window, at: int,
    places: dict[str, Unit], area: Unit, ages: dict[str, int],
) -> tuple[list[str], list[Row]]:  # fmt: skip
    """Topics that have a matter now, in the order of the list, by places directly below the area.

    The last row is the whole area, with what has no place below it.
    """
    now = {topic for (topic, place), rows in cells.items() if place == area.path and rows[at][0]}
    order = [code for code, _label in TOPICS if code in now] + sorted(now - set(dict(TOPICS)))
    below = sorted(
        (unit for path, unit in places.items() if _one_below(path, area.path)),
        key=lambda unit: unit.sort_key,
    )
    rows = []
    for unit in (*below, area):
        row = [cells.get((topic, unit.path), [(0, 0)] * (at + 1))[at] for topic in order]
        total = sum(n for n, _before in row)
        if total or unit is area:
            past = max(1, past_of(window, ages.get(unit.path)))
            usual = [(n, before * window.days / past) for n, before in row]
            rows.append(Row(unit.label, usual, total))
    return order, rows


def _bars(
    area: Unit, until: dt.date, found: Sequence[Rise]
) -> list[list[tuple[dt.date, dt.date, int]]]:
    """For each rise the matters of the latest periods of its length; one query for all."""
    if not found:
        return []
    wanted = Q(pk__in=[])
    for rise in found:
        first = until - dt.timedelta(days=BARS * rise.window.days - 1)
        wanted |= _behind(area, rise.topic, rise.place) & _opened(first, until)
    rows = _cases(area).filter(wanted).values_list("topic", "place__path", "path", "opened_at")
    days = [
        (topic, _where(place, path), timezone.localdate(opened_at))
        for topic, place, path, opened_at in rows
    ]
    return [_periods(area, until, rise, days) for rise in found]


def _periods(
    area: Unit, until: dt.date, rise: Rise, days: Iterable[tuple[str, str, dt.date]]
) -> list[tuple[dt.date, dt.date, int]]:
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


# -- behind a number ------------------------------------------------------------------------------


def _behind(area: Unit, topic: str, place: str) -> Q:
    """The same in SQL: a topic at a place of the area, and at all below it."""
    if place == area.path:
        return Q(topic=topic)
    here = Q(place__path__startswith=place)
    if area_of(place) == place:
        here |= Q(place=None, path__startswith=place)
    return Q(topic=topic) & here


def matters_behind(*, area: Unit, signal: Signal) -> QuerySet[Matter]:
    """The matters that a signal counts; the caller restricts them to what its actor may see."""
    rise = signal.rise
    behind = _behind(area, rise.topic, rise.place)
    cases = _cases(area).filter(behind, _opened(signal.since, signal.until))
    return Matter.objects.filter(pk__in=cases.values("pk"))


def codes_seen(*, actor: Actor, area: Unit, signal: Signal, most: int) -> list[str]:
    """Codes of the matters behind a signal that the actor may see, the oldest first; one query."""
    behind = matters_behind(area=area, signal=signal).filter(policies.visible_to(actor))
    return list(behind.order_by("pk").values_list("code", flat=True)[:most])


def signal_of(read: Reading, *, topic: str, place: str, days: int) -> Signal | None:
    """The signal of that topic, place (its code) and number of days, if the reading has it."""
    return next(
        (
            one
            for one in read.signals
            if (one.rise.topic or NONE, one.place.code, one.rise.window.days)
            == (topic, place, days)
        ),
        None,
    )


def watched(*, actor: Actor, signals: Sequence[Signal]) -> list[list[Hotspot]]:
    """For each signal the open hot spots of its topic that lie at its place, above or below, in the
    actor's sight; one query."""
    spots = list(
        Hotspot.objects.filter(
            policies.visible_to(actor), closed_on=None,
            topic__in={one.topic for one in signals},
        )
        .exclude(place=None)
        .select_related("place")
        .order_by("pk")
    ) if signals else []  # fmt: skip
    return [
        [
            spot
            for spot in spots
            if spot.topic == one.topic
            and spot.place is not None
            and (
                spot.place.path.startswith(one.place.path)
                or one.place.path.startswith(spot.place.path)
            )
        ]
        for one in signals
    ]
