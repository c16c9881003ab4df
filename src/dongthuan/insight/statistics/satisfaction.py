"""What people say of how a unit handled their matters: sums only, small numbers hidden.

How it is counted ("cách tính"):

* `ratings` is the denominator of mean and share: ratings given in the period, one a letter.
* `mean` is the mean of their scores (1–5); `solved` of them said that it is solved.
* `closed` is the denominator of the reopen rate: matters of those kinds that were closed with a
  result in the period, each once. `asked` of them were said to be unsolved afterwards, `reopened`
  of them were opened again.
* A number below SMALL is hidden, and with it what could be computed from it.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any

from django.db.models import Avg, Count, Q
from django.utils import timezone

from dongthuan.core.matters.models import CLOSINGS, Entry, Level
from dongthuan.core.units.models import Unit
from dongthuan.insight.statistics.selectors import SMALL
from dongthuan.work.petitions.models import Rating
from dongthuan.work.petitions.rating import ASKED

CLOSES = [act for act in CLOSINGS if act.endswith(".close")]
REOPENS = [act for act in CLOSINGS if act.endswith(".reopen")]


@dataclass(frozen=True)
class Satisfaction:
    """Ratings and reopenings of a unit and all below it; None where there are too few."""

    ratings: int | None
    mean: float | None
    solved: int | None
    closed: int | None
    asked: int | None
    reopened: int | None

    @property
    def solved_rate(self) -> float | None:
        return None if self.solved is None or not self.ratings else self.solved / self.ratings

    @property
    def reopen_rate(self) -> float | None:
        return None if self.reopened is None or not self.closed else self.reopened / self.closed

    def as_json(self) -> dict[str, Any]:
        return {
            "ratings": self.ratings,
            "mean": None if self.mean is None else round(self.mean, 2),
            "solved": self.solved,
            "closed": self.closed,
            "asked": self.asked,
            "reopened": self.reopened,
        }


def satisfaction(*, unit: Unit, since: dt.date, until: dt.date) -> Satisfaction:
    """Of `unit` and all below it in [since, until]; two queries whatever the volume."""
    begin, end = _moments(since, until)
    given = Rating.objects.filter(
        path__startswith=unit.path,
        given_at__gte=begin,
        given_at__lt=end,
        matter__level__lt=Level.RESTRICTED,
    ).aggregate(n=Count("pk"), mean=Avg("score"), solved=Count("pk", filter=Q(solved=True)))
    moves = Entry.objects.filter(
        act__in=CLOSINGS,
        at__gte=begin,
        at__lt=end,
        matter__path__startswith=unit.path,
        matter__level__lt=Level.RESTRICTED,
    ).aggregate(
        closed=Count("matter", distinct=True, filter=Q(act__in=CLOSES)),
        asked=Count("matter", distinct=True, filter=Q(act=ASKED)),
        reopened=Count("matter", distinct=True, filter=Q(act__in=REOPENS, before="contested")),
    )
    return _shown(given, moves)


def _moments(since: dt.date, until: dt.date) -> tuple[dt.datetime, dt.datetime]:
    here = timezone.get_default_timezone()
    begin = dt.datetime.combine(since, dt.time(), here)
    return begin, dt.datetime.combine(until + dt.timedelta(days=1), dt.time(), here)


def _shown(given: dict[str, Any], moves: dict[str, Any]) -> Satisfaction:
    """Nothing of too few, nor of a split one side of which is too few to be told."""
    ratings, solved = given["n"], given["solved"]
    enough = ratings >= SMALL
    split = enough and _both(solved, ratings - solved)
    closed = moves["closed"]
    counted = closed >= SMALL
    return Satisfaction(
        ratings=ratings if enough else None,
        mean=given["mean"] if enough else None,
        solved=solved if split else None,
        closed=closed if counted else None,
        asked=_cell(moves["asked"], counted),
        reopened=_cell(moves["reopened"], counted),
    )


def _both(one: int, other: int) -> bool:
    return all(n == 0 or n >= SMALL for n in (one, other))


def _cell(count: int, counted: bool) -> int | None:
    return count if counted and (count == 0 or count >= SMALL) else None
