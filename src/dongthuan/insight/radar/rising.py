"""Which topics rise at which places: counts go in, signals come out. No database, no persons.

How it is found, the same on every page and in every paper:

* A cell is a topic at a place; a place has with it all that lies below. In a cell there are `now`
  matters of the latest days and `before` matters of the days before these.
* Against its own past: if nothing had changed, each of the now + before matters would lie in the
  latest days by their share of all days. The chance that so many do is the tail of a binomial
  distribution, exact, without a fitted number. A place that is younger than the days before
  (a village made of two) is compared with the days that it has been there.
* Against what is around: if the cell had only gone along with all that was reported in the area
  (a holiday, a new door through which people write), the matters of the latest days would be
  dealt to it as those before. That chance is the tail of a hypergeometric distribution (the
  space-time permutation of Kulldorff 2005, Fisher's exact test). It is asked where there is
  enough around.
* Both must be small; the larger counts. Over all cells and all windows of a day the share of false
  signals is held by the procedure of Benjamini and Hochberg (1995).
* Letters that nobody has sorted yet ('' for their topic) count in what is around and are no cell:
  of the past all are sorted, so that they would rise every day.
* Of signals of one topic that lie within each other the one least by chance is told.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

from dongthuan.core.chances import dealt_at_least, drawn_at_least

# With fewer matters around there is nothing to compare with; its own past decides alone.
AROUND = 10

NO_AGES: Mapping[str, int] = {}

# (topic, path of the place) -> (now, before) for each window
Counts = Mapping[tuple[str, str], Sequence[tuple[int, int]]]


@dataclass(frozen=True)
class Window:
    """The latest `days` and the `past` days before them."""

    days: int
    past: int


@dataclass(frozen=True)
class Measures:
    """What counts as a signal (`core/law/data/radar.toml`).

    `least`: whether so many matters are enough; `past`: whether so many days to compare with are.
    """

    least: Callable[[int], bool]
    chance: Fraction
    past: Callable[[int], bool] = lambda days: days > 0


@dataclass(frozen=True)
class Rise:
    """A topic that rises at a place. `chance`: how likely so many would be if nothing had changed.

    `past`: days before, fewer than the window's where the place is younger. `around`: all other
    matters of the area, now and before; `compared`: whether they were enough.
    """

    topic: str
    place: str
    window: Window
    now: int
    before: int
    around: tuple[int, int]
    chance: float
    past: int

    @property
    def usual(self) -> float:
        """Matters that so many days had before, on average."""
        return self.before * self.window.days / self.past

    @property
    def around_usual(self) -> float:
        return self.around[1] * self.window.days / self.window.past

    @property
    def compared(self) -> bool:
        return sum(self.around) >= AROUND


def gathered(counts: Counts, *, area: str) -> dict[tuple[str, str], list[tuple[int, int]]]:
    """Cells of every place from the area down: a place has what is its own and what lies below."""
    cells: dict[tuple[str, str], list[tuple[int, int]]] = {}
    for (topic, place), windows in counts.items():
        for path in _from(area, place):
            there = cells.setdefault((topic, path), [(0, 0)] * len(windows))
            cells[topic, path] = [
                (now + n, before + b)
                for (now, before), (n, b) in zip(there, windows, strict=True)
            ]  # fmt: skip
    return cells


def _from(area: str, place: str) -> Iterator[str]:
    """'vn.51.', 'vn.51.21439.t01.' -> 'vn.51.', 'vn.51.21439.', 'vn.51.21439.t01.'"""
    path = area
    yield path
    rest = place[len(area) :] if place.startswith(area) else ""
    for step in rest.split(".")[:-1]:
        path += f"{step}."
        yield path


def rises(
    cells: Mapping[tuple[str, str], Sequence[tuple[int, int]]],
    *,
    area: str,
    windows: Sequence[Window],
    measures: Measures,
    heard: Callable[[str, str, int], bool] = lambda topic, place, window: True,
    ages: Mapping[str, int] = NO_AGES,
) -> list[Rise]:
    """Signals of an area, the least likely by chance first.

    `cells`: those of `gathered`. `heard(topic, place, window)`: whether enough different senders
    stand behind the latest matters of a cell; asked only where there are enough matters. `ages`:
    days that a place has been there, where that is less than what is compared.
    """
    wholes = [_whole(cells, area, at) for at in range(len(windows))]
    sorted_ = [(topic, place) for topic, place in cells if topic]
    found = [
        _rise(topic, place, window, cells[topic, place][at], wholes[at], past)
        for topic, place in sorted_
        for at, window in enumerate(windows)
        if measures.least(cells[topic, place][at][0])
        and measures.past(past := past_of(window, ages.get(place)))
        and heard(topic, place, at)
    ]
    # Where two are as unlikely, the narrower place says more.
    found.sort(key=lambda r: (r.chance, -len(r.place), r.topic, r.place, r.window.days))
    tests = len(sorted_) * len(windows)
    kept = max(
        (n for n, rise in enumerate(found, start=1) if rise.chance <= measures.chance * n / tests),
        default=0,
    )
    return _apart(found[:kept])


def _whole(cells: Counts, area: str, at: int) -> tuple[int, int]:
    """All matters of the area, now and before."""
    rows = [windows[at] for (_topic, place), windows in cells.items() if place == area]
    return sum(now for now, _before in rows), sum(before for _now, before in rows)


def past_of(window: Window, age: int | None) -> int:
    """Days before the window on which a place was there; 0 where it is younger than the window."""
    return window.past if age is None else max(0, min(window.past, age - window.days))


def _rise(
    topic: str, place: str, window: Window, cell: tuple[int, int], whole: tuple[int, int],
    past: int,
) -> Rise:  # fmt: skip
    now, before = cell
    around = (whole[0] - now, whole[1] - before)
    share = window.days / (window.days + past)
    chance = drawn_at_least(now, draws=now + before, share=share)
    if sum(around) >= AROUND:
        dealt = dealt_at_least(now, own=now + before, marked=whole[0], total=sum(whole))
        chance = max(chance, dealt)
    return Rise(topic, place, window, now, before, around, chance, past)


def _apart(found: Sequence[Rise]) -> list[Rise]:
    """One signal where several of a topic lie within each other."""
    told: list[Rise] = []
    for rise in found:
        if not any(rise.topic == one.topic and _nested(rise.place, one.place) for one in told):
            told.append(rise)
    return told


def _nested(one: str, other: str) -> bool:
    return one.startswith(other) or other.startswith(one)
