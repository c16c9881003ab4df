"""Figures that the system counts itself: a plan's indicator is bound to one and never typed.

A room says what can be counted of its matters (`register_indicator`, from AppConfig.ready());
whoever shows a figure asks here and can open the matters behind it.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass

from django.db.models import QuerySet

from dongthuan.core.matters.kinds import Text
from dongthuan.core.matters.models import Matter


@dataclass(frozen=True)
class Part:
    """A line of a figure, in words: what, how many, how that is meant."""

    label: str
    value: str
    how: str


@dataclass(frozen=True)
class Figure:
    """What was counted. `value`: the figure itself, or numerator / denominator in per cent.

    `denominator` None: a plain number, `value` equals `numerator`; 0: there is no rate (`value`
    None). `matters`: all matters of the count's base (never restricted or sealed ones); `met`:
    those of the numerator. `parts`: of what the number is made, line by line, where that is told.
    """

    numerator: int
    denominator: int | None = None
    matters: QuerySet[Matter] | None = None
    met: QuerySet[Matter] | None = None
    parts: tuple[Part, ...] = ()

    @property
    def value(self) -> float | None:
        if self.denominator is None:
            return float(self.numerator)
        return 100 * self.numerator / self.denominator if self.denominator else None


# (path of a unit or an area, first day, last day) -> Figure, of it and of all below it
Count = Callable[[str, dt.date, dt.date], Figure]


@dataclass(frozen=True)
class Indicator:
    """`key` 'room.figure'; `measure`: percent, number or money (đồng); `better`: up or down."""

    key: str
    label: Text
    measure: str
    how: Text  # one sentence: how it is counted
    count: Count
    better: str = "up"
    # It counts restricted matters: a number that heads and the Party's secretary read, each of
    # their own area, and that stands in no plan, note or page for others: even “1” would tell.
    inner: bool = False
    # It tells of a situation, and no plan sets it as an aim: whoever is measured by how little
    # people write has a reason to keep them from writing.
    aim: bool = True


_INDICATORS: dict[str, Indicator] = {}


def register_indicator(indicator: Indicator) -> None:
    if indicator.measure not in ("percent", "number", "money"):
        raise ValueError(f"{indicator.key}: unknown measure {indicator.measure}")
    _INDICATORS[indicator.key] = indicator


def indicator_of(key: str, *, inner: bool = False) -> Indicator | None:
    """The figure of that key; an inner one only with `inner`."""
    found = _INDICATORS.get(key)
    return found if found and (inner or not found.inner) else None


def all_indicators(*, inner: bool = False) -> list[Indicator]:
    """All figures, in the order of their keys; with `inner` those of restricted matters too."""
    found = [_INDICATORS[key] for key in sorted(_INDICATORS)]
    return [one for one in found if inner or not one.inner]
