"""The early warning of an area on a day: its signals, and what stands behind them.

A signal is the same for everybody who leads the area, and tells of at least three matters of at
least three senders. Of senders only how many different ones there are is asked, and not kept. What
an actor may see behind a signal is another question (`matters_behind`, `picture`). Nothing is
stored: any day can be read again.
"""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.db.models import CharField, F, Min, QuerySet, TextField, Value
from django.db.models.functions import MD5, Cast, Coalesce, NullIf
from django.utils import timezone
from django.utils.translation import gettext as _

from dongthuan.core import clock
from dongthuan.core.law import load_rulebook
from dongthuan.core.law.values import Items, Threshold
from dongthuan.core.matters import policies
from dongthuan.core.matters.models import Matter, Submission
from dongthuan.core.matters.topics import TOPICS
from dongthuan.core.people.actors import Actor
from dongthuan.core.units.models import Tier, Unit
from dongthuan.insight.radar.cases import (
    cases_of,
    counts_of,
    lying,
    opened_within,
    span_of,
    where_of,
)
from dongthuan.insight.radar.rising import (
    Measures,
    Rise,
    Window,
    gathered,
    rises,
)
from dongthuan.work.hotspots.models import Hotspot


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
    """A rise with its place and the days that it counts.

    `above`: the commune of a village, where more than one commune is read.
    """

    rise: Rise
    place: Unit
    since: dt.date
    until: dt.date
    senders: int
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
        return self.rise.topic


@dataclass(frozen=True)
class Reading:
    """What the early warning of an area says on a day, the same for everybody who leads it.

    `window`: the longest that has enough of a past; None where none has. `cells`: how many topics
    at places were looked at.
    """

    area: Unit
    until: dt.date
    window: Window | None = None
    cells: int = 0
    signals: list[Signal] = field(default_factory=list)

    @property
    def since(self) -> dt.date | None:
        """The first day that is compared with."""
        return span_of(self.window, self.until)[1] if self.window else None


def topic_label(topic: str) -> str:
    """The name of a topic; letters that intake has not read yet have none."""
    return str(dict(TOPICS).get(topic) or _("not sorted yet"))


# -- who wrote ------------------------------------------------------------------------------------

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
        since = min(span_of(window, until)[0] for window in windows)
        self._rows: dict[str, list[tuple[str, dt.date, str | int]]] = defaultdict(list)
        cases = cases_of(area).filter(opened_within(since, until))
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
            self._rows[topic].append((where_of(place, path), day, sender or letter or -pk))

    def count(self, area: str, topic: str, place: str, at: int) -> int:
        since = span_of(self._windows[at], self._until)[0]
        return len(
            {
                sender
                for where, day, sender in self._rows[topic]
                if day >= since and (where.startswith(place) or place == area)
            }
        )


# -- the reading ----------------------------------------------------------------------------------


def _windows(area: Unit, until: dt.date, rules: Rules) -> list[Window]:
    """The windows that have enough of a past; one query for the first day on record."""
    first = cases_of(area).aggregate(first=Min("opened_at"))["first"]
    if first is None:
        return []
    known = (until - timezone.localdate(first)).days + 1
    found = [Window(days, min(rules.past_most, known - days)) for days in rules.windows]
    return [window for window in found if rules.past_least.met(window.past)]


def reading(*, area: Unit, until: dt.date | None = None) -> Reading:
    """The early warning of an area on a day (today). Five queries, whatever the volume."""
    until = until or clock.today()
    rules = rules_on(until)
    windows = _windows(area, until, rules)
    if not windows:
        return Reading(area=area, until=until)
    cells = gathered(counts_of(cases_of(area), until, windows), area=area.path)
    heard = _Heard(area, until, windows)

    def enough(topic: str, place: str, at: int) -> bool:
        return rules.senders.met(heard.count(area.path, topic, place, at))

    inside = Unit.objects.filter(path__in={place for _topic, place in cells})
    places = {unit.path: unit for unit in inside.select_related("parent")}
    ages = ages_of(places.values(), until, *windows)
    found = rises(
        cells, area=area.path, windows=windows, measures=rules.measures, heard=enough, ages=ages
    )  # fmt: skip
    signals = [
        Signal(
            rise=rise, place=places.get(rise.place, area), until=until,
            since=span_of(rise.window, until)[0],
            senders=heard.count(area.path, rise.topic, rise.place, windows.index(rise.window)),
            above=_above(places.get(rise.place), area),
        )
        for rise in found
    ]  # fmt: skip
    return Reading(
        area=area, until=until, window=windows[-1], signals=signals,
        cells=sum(bool(topic) for topic, _place in cells),
    )  # fmt: skip


def ages_of(places: Iterable[Unit], until: dt.date, *windows: Window) -> dict[str, int]:
    """Days in force, the day itself included, of places younger than what is compared."""
    earliest = min(span_of(window, until)[1] for window in windows)
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


# -- behind a number ------------------------------------------------------------------------------


def matters_behind(*, area: Unit, signal: Signal) -> QuerySet[Matter]:
    """The matters that a signal counts; the caller restricts them to what its actor may see."""
    rise = signal.rise
    behind = lying(area, rise.topic, rise.place)
    cases = cases_of(area).filter(behind, opened_within(signal.since, signal.until))
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
            if (one.topic, one.place.code, one.rise.window.days) == (topic, place, days)
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
