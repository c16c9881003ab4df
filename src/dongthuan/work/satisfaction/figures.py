"""How answers become figures: sums only, nothing under five answers, nothing that gives it away.

* A criterion shows its mean (0–2) and how many gave 2, 1 and 0 once MIN people have answered it.
* `total` is the sum of the means of the criteria shown, `most` twice their number: a desk with all
  nine shown is rated out of 18 points.
* Figures of a quarter appear when it has ended and the office publishes them, once. A running
  quarter is never shown: the difference of two days would be one person's answer.
* Desk by desk is shown only while no number under MIN could be had by taking the shown desks from
  the sum; otherwise the sum alone.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from typing import Any

from dongthuan.core.matters.models import Duty, DutyState
from dongthuan.core.units.models import Unit
from dongthuan.work.satisfaction import criteria
from dongthuan.work.satisfaction.models import Answer, Source

MIN = 5


def quarter_of(day: dt.date) -> str:
    return f"{day.year}Q{(day.month + 2) // 3}"


def quarter_span(quarter: str) -> tuple[dt.date, dt.date]:
    """First and last day; ValueError for what is no quarter."""
    year, number = int(quarter[:4]), int(quarter[5:])
    if quarter != f"{year:04d}Q{number}" or not 1 <= number <= 4 or not 2000 <= year <= 2999:
        raise ValueError(quarter)
    first = dt.date(year, 3 * number - 2, 1)
    following = dt.date(year + (number == 4), 1 if number == 4 else 3 * number + 1, 1)
    return first, following - dt.timedelta(days=1)


def quarter_before(day: dt.date) -> str:
    first, _last = quarter_span(quarter_of(day))
    return quarter_of(first - dt.timedelta(days=1))


def figures_of(*, unit: Unit, quarter: str) -> dict[str, Any]:
    """What may be published of a quarter: {'desk': part, 'commune': part, 'desks': [part, …]}."""
    first, last = quarter_span(quarter)
    rows = list(Answer.objects.filter(unit=unit, on__range=(first, last)).select_related("desk"))
    desk_rows = [row for row in rows if row.subject == criteria.DESK]
    kept = _feedback(unit, first, last)
    return {
        "quarter": quarter,
        "desk": part_of(desk_rows, counted=kept),
        "commune": part_of([row for row in rows if row.subject == criteria.COMMUNE]),
        "desks": desks_of(desk_rows),
    }


def part_of(rows: Sequence[Answer], counted: dict[str, Any] | None = None) -> dict[str, Any]:
    """Figures of some answers; with fewer than MIN only that there are too few."""
    if len(rows) < MIN:
        return {"answers": None, "criteria": {}, "total": None, "most": 0}
    found: dict[str, Any] = {}
    for code in dict.fromkeys(code for row in rows for code in row.points):
        given = [row.points[code] for row in rows if code in row.points]
        # Who left a question out is known as a number too: it must be nobody or enough people.
        missing = len(rows) - len(given)
        if len(given) >= MIN and (missing == 0 or missing >= MIN):
            found[code] = {
                "n": len(given),
                "mean": round(sum(given) / len(given), 2),
                "by": [given.count(2), given.count(1), given.count(0)],
            }
    if counted:
        found[criteria.COUNTED] = counted
    return {"answers": len(rows), **_sources(rows), "criteria": found, **_totals(found)}


def _totals(found: dict[str, Any]) -> dict[str, Any]:
    total = round(sum(entry["mean"] for entry in found.values()), 2) if found else None
    return {"total": total, "most": 2 * len(found)}


def _sources(rows: Sequence[Answer]) -> dict[str, int | None]:
    """How many answers came with a slip, and how many the office entered itself from paper."""
    slips = sum(row.source == Source.SLIP for row in rows)
    paper = sum(row.source == Source.PAPER for row in rows)
    by_slip, by_paper = _shown(slips, len(rows)), _shown(paper, len(rows))
    if by_slip is not None and _small(len(rows) - slips - paper):
        by_paper = None
    return {"slips": by_slip, "paper": by_paper}


def _small(count: int) -> bool:
    return 0 < count < MIN


def _shown(part: int, whole: int) -> int | None:
    """A part of a shown number, unless it or what is left of it is small."""
    return None if _small(part) or _small(whole - part) else part


def desks_of(rows: Iterable[Answer]) -> list[dict[str, Any]]:
    """Desk by desk, or nothing where the hidden desks together are fewer than MIN answers.

    A criterion is left out of all of them where the sum less those that show it would be small.
    """
    rows = list(rows)
    by_desk: dict[str, list[Answer]] = {}
    for row in rows:
        by_desk.setdefault(row.desk.name if row.desk else "", []).append(row)
    hidden = sum(len(group) for group in by_desk.values() if len(group) < MIN)
    if 0 < hidden < MIN:
        return []
    shown = [
        {"name": name, **part_of(group)}
        for name, group in sorted(by_desk.items())
        if len(group) >= MIN and name
    ]
    if shown:
        _differences_hide(shown, part_of(rows))
    return shown


def _differences_hide(desks: list[dict[str, Any]], whole: dict[str, Any]) -> None:
    """Take out of the desks what, subtracted from the sum, would leave one to four answers."""
    for code, entry in whole["criteria"].items():
        with_it = [desk for desk in desks if code in desk["criteria"]]
        left = entry["n"] - sum(desk["criteria"][code]["n"] for desk in with_it)
        others = whole["answers"] - sum(desk["answers"] for desk in with_it)
        if _small(left) or _small(others - left):
            for desk in with_it:
                del desk["criteria"][code]
    for source in ("slips", "paper"):
        with_it = [desk for desk in desks if desk[source] is not None]
        if whole[source] is None:
            continue
        left = whole[source] - sum(desk[source] for desk in with_it)
        others = whole["answers"] - sum(desk["answers"] for desk in with_it)
        if _small(left) or _small(others - left):
            for desk in with_it:
                desk[source] = None
    for desk in desks:
        desk.update(_totals(desk["criteria"]))


def _feedback(unit: Unit, first: dt.date, last: dt.date) -> dict[str, Any] | None:
    """The criterion that the record itself answers: promises about feedback that fell due."""
    due = Duty.objects.filter(
        path__startswith=unit.path,
        matter__kind__in=["feedback", "recommendation"],
        due_on__range=(first, last),
    ).exclude(state__in=[DutyState.WAIVED, DutyState.TRANSFERRED, DutyState.PAUSED])
    total = due.count()
    if total < MIN:
        return None
    kept = due.filter(state=DutyState.FULFILLED).count()
    points = 2 if kept == total else 1 if 10 * kept >= 9 * total else 0
    return {"n": total, "mean": float(points), "kept": kept}
