"""How far a task is: its figure, counted by the system or reported, and its traffic light.

The rule of the lights is the table LIGHTS, read from the top: the first that holds is shown, with
the sentence that says why. It looks at days, figures and named obstacles of a task, nothing else.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field, replace
from decimal import Decimal
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from dongthuan.core import clock
from dongthuan.core.matters.indicators import Figure, indicator_of
from dongthuan.core.people.actors import area_of
from dongthuan.work.coordination.models import CoordinationTask
from dongthuan.work.coordination.text import plain

RISK_DAYS = 14
RISK_PERCENT = 80


@dataclass(frozen=True)
class Measured:
    """A task's figure on a day. `percent`: of the way to the target; None where there is none.

    `figure`: what the system counted; None for a figure that the lead reports.
    """

    task: CoordinationTask
    value: Decimal | None = None
    percent: int | None = None
    figure: Figure | None = None

    @property
    def reached(self) -> bool:
        return self.percent is None or self.percent >= 100

    @property
    def nothing_counted(self) -> bool:
        """A rate without a base: nothing of what it counts has come up."""
        return self.figure is not None and self.figure.denominator == 0

    @property
    def facts(self) -> dict[str, Any]:
        if self.value is None:
            return {}
        facts: dict[str, Any] = {"value": plain(self.value)}
        if self.figure and self.figure.denominator is not None:
            facts["counted"] = f"{self.figure.numerator}/{self.figure.denominator}"
        return facts

    @property
    def missing(self) -> str:
        """Why the task is not done yet by its figure; '' where nothing is missing."""
        if self.task.line.target is None or self.reached:
            return ""
        if self.nothing_counted:
            return _("Nothing has come up yet that this figure counts; wait until the last day.")
        return _("The target is %(target)s, reached is %(value)s; it is not done yet.") % {
            "target": plain(self.task.line.target), "value": plain(self.value)
        }  # fmt: skip


def measured(
    tasks: Iterable[CoordinationTask], *, until: dt.date | None = None
) -> dict[int, Measured]:
    """The figures of tasks by id; each counted figure is asked once for a body and a period.

    Counted from the first day of the plan's year to `until` (today), over the area of the plan.
    """
    until = until or clock.today()
    asked: dict[tuple[str, str, dt.date], Figure | None] = {}
    found = {}
    for task in tasks:
        line, figure, value = task.line, None, task.value
        if line.bound:
            key = (line.bound, area_of(task.plan.path), dt.date(task.plan.year, 1, 1))
            if key not in asked:
                asked[key] = _counted(*key, until)
            figure = asked[key]
            raw = figure.value if figure else None
            value = None if raw is None else Decimal(str(round(raw, 2)))
        one = Measured(task, value, attainment(task, value), figure)
        if one.nothing_counted and task.days_left <= 0:
            # Nobody can do better than a year in which nothing of it came up.
            one = replace(one, percent=None)
        found[task.pk] = one
    return found


def _counted(bound: str, path: str, since: dt.date, until: dt.date) -> Figure | None:
    indicator = indicator_of(bound)
    return indicator.count(path, since, until) if indicator else None


def attainment(task: CoordinationTask, value: Decimal | None) -> int | None:
    """How much of the target is reached, in whole per cent, 0 … 100; None without a target.

    Where less is better the target is a ceiling. Where more is better the whole target counts, not
    the way from the baseline: a figure that stood high at the start does not look like failure.
    """
    target = task.line.target
    if target is None:
        return None
    if value is None:
        return 0
    if task.line.better == "down":
        if value <= target:
            return 100
        return int(100 * target / value)
    if value >= target:
        return 100
    # What was given back may outweigh what was given: below a target of nothing.
    return max(0, int(100 * value / target)) if target else 0


@dataclass(frozen=True)
class Light:
    """`tone`: of the tag; `holds`: of a task's figure today; `why`: the sentence with its facts."""

    name: str
    label: Promise
    tone: str
    holds: Callable[[Measured], bool]
    why: Promise


def _near(one: Measured) -> bool:
    behind = one.percent is not None and one.percent < RISK_PERCENT
    unstarted = one.percent is None and one.task.state == "planned"
    return one.task.days_left <= RISK_DAYS and (behind or unstarted)


LIGHTS = (
    Light("done", gettext_lazy("done"), "good", lambda one: one.task.state == "done",
          gettext_lazy("Done on %(done)s, with evidence.")),
    Light("carried", gettext_lazy("carried on"), "neutral", lambda one: one.task.state == "carried",
          gettext_lazy("Goes on in the next plan.")),
    Light("dropped", gettext_lazy("dropped"), "neutral", lambda one: one.task.state == "dropped",
          gettext_lazy("Dropped; the reason stands in its record.")),
    Light("late", gettext_lazy("late"), "bad", lambda one: one.task.days_left < 0,
          gettext_lazy("Was due on %(due)s, %(late)s days ago, and is not done.")),
    Light("stuck", gettext_lazy("at risk"), "waiting", lambda one: one.task.has_obstacle,
          gettext_lazy("An obstacle stands in the way: %(obstacle)s")),
    Light("near", gettext_lazy("at risk"), "waiting", _near,
          gettext_lazy("Due in %(left)s days; %(reached)s of the target is reached.")),
    Light("on_track", gettext_lazy("on track"), "active", lambda one: True,
          gettext_lazy("Due on %(due)s, in %(left)s days; no obstacle is named.")),
)  # fmt: skip


@dataclass(frozen=True)
class Row:
    """A task as lists show it: its figure, its light, and why."""

    measured: Measured
    light: Light
    why: str
    links: list[Any] = field(default_factory=list)

    @property
    def task(self) -> CoordinationTask:
        return self.measured.task

    @property
    def value_text(self) -> str:
        value = self.measured.value
        if value is None:
            return "–"
        return f"{plain(value)} {self.task.line.measure}".strip()

    @property
    def target_text(self) -> str:
        return f"{plain(self.task.line.target)} {self.task.line.measure}".strip()


def light_of(one: Measured) -> tuple[Light, str]:
    """The light of a task today and the sentence that says why."""
    light = next(light for light in LIGHTS if light.holds(one))
    task = one.task
    reached = _("nothing") if one.percent is None else f"{one.percent} %"
    return light, str(light.why) % {
        "done": f"{task.done_on:%d/%m/%Y}" if task.done_on else "–",
        "due": f"{task.due_on:%d/%m/%Y}",
        "late": -task.days_left,
        "left": task.days_left,
        "obstacle": task.blocked_by,
        "reached": reached,
    }


def rows_of(tasks: Iterable[CoordinationTask], *, until: dt.date | None = None) -> list[Row]:
    """Tasks with their lights; the queries are those of the distinct counted figures."""
    held = list(tasks)
    figures = measured(held, until=until)
    return [Row(figures[task.pk], *light_of(figures[task.pk])) for task in held]
