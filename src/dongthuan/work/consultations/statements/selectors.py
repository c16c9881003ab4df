"""Reads on statements: the next one to ask, lists, what still needs an answer of the law."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from django.contrib.postgres.search import TrigramSimilarity

from dongthuan.core.text import fold
from dongthuan.work.consultations.models import Consultation
from dongthuan.work.consultations.opinion_map.routing import draw, priority
from dongthuan.work.consultations.statements.maps import map_whole
from dongthuan.work.consultations.statements.models import Statement, StatementVote

PAGE = 50
ALIKE = 0.45


@dataclass(frozen=True)
class Asked:
    """What a voice is asked next (None: all said), how many it has said, how many there are."""

    statement: Statement | None
    said: int
    shown: int


def priorities(statements: Sequence[Statement]) -> list[float]:
    """Rule 13 for each statement, from its counters and the last map."""
    if not statements:
        return []
    found = priority(
        agreed=np.array([one.agreed for one in statements]),
        passed=np.array([one.passed for one in statements]),
        voted=np.array([one.voted for one in statements]),
        extremity=np.array([one.extremity for one in statements]),
        about_process=np.array([one.about_process for one in statements]),
    )
    return [float(value) for value in found]


def statement_next(matter: Consultation, *, voice: str) -> Asked:
    """Drawn by priority among what this voice has not said. Three queries at any length.

    The draw is the same when the page is loaded again: its seed is the voice and how much it said.
    """
    shown = Statement.objects.filter(consultation=matter, state="shown")
    total = shown.count()
    mine = StatementVote.objects.filter(consultation=matter, voice=voice).values("statement")
    left = list(
        shown.exclude(pk__in=mine)
        .only("number", "text", "agreed", "passed", "disagreed", "extremity", "about_process")
        .order_by("number")
    )
    said = total - len(left)
    if not left:
        return Asked(None, said, total)
    return Asked(left[draw(priorities(left), seed=f"{voice}/{said}")], said, total)


def statement_shown(matter: Consultation, number: int) -> Statement | None:
    return Statement.objects.filter(consultation=matter, state="shown", number=number).first()


def texts_of(matter: Consultation) -> dict[int, str]:
    """Words of the statements that are shown, by number."""
    rows = Statement.objects.filter(consultation=matter, state="shown")
    return dict(rows.values_list("number", "text"))


@dataclass
class Queue:
    """Statements at the desk with their priority (`weight`), by view; `counts` by state."""

    rows: list[Statement]
    counts: dict[str, int]
    next: str = ""


def statements_desk(
    matter: Consultation, *, view: str = "new", after: str = "", size: int = PAGE
) -> Queue:
    """'new' waits to be read, oldest first; 'shown' by priority; 'unclear' much passed on; 'out'.

    Two queries. The list by priority pages by its place, the others by number.
    """
    rows = list(Statement.objects.filter(consultation=matter).order_by("number"))
    counts = {
        "new": sum(1 for row in rows if row.state == "new"),
        "shown": sum(1 for row in rows if row.state == "shown"),
        "unclear": sum(1 for row in rows if row.state == "shown" and row.is_unclear),
        "out": sum(1 for row in rows if row.state == "out"),
    }
    wanted = view if view in counts else "new"
    chosen = [
        row
        for row in rows
        if (row.state == "shown" and row.is_unclear if wanted == "unclear" else row.state == wanted)
    ]
    for row, weight in zip(chosen, priorities(chosen), strict=True):
        row.weight = weight  # type: ignore[attr-defined]
    if wanted in ("shown", "unclear"):
        chosen.sort(key=lambda row: (-row.weight, row.number))  # type: ignore[attr-defined]
    start = int(after) if after.isdecimal() and len(after) < 9 else 0
    more = len(chosen) > start + size
    return Queue(chosen[start : start + size], counts, str(start + size) if more else "")


def statements_alike(matter: Consultation, text: str, *, but: int = 0) -> list[Statement]:
    """At most three that say nearly the same, read without marks (trigrams)."""
    rows = (
        Statement.objects.filter(consultation=matter)
        .exclude(pk=but)
        .exclude(state="out")
        .annotate(alike=TrigramSimilarity("folded", fold(text)))
        .filter(alike__gte=ALIKE)
    )
    return list(rows.order_by("-alike", "number")[:3])


# -- the law's answer -----------------------------------------------------------------------------


@dataclass(frozen=True)
class MapPoint:
    """What the map says and the authority must answer: a statement that stands out."""

    number: int
    text: str
    where: str  # '' for the common ground, else the names of the groups
    ref: str


def map_points(matter: Consultation, data: dict[str, Any] | None) -> list[MapPoint]:
    """Statements of the common ground and those that speak for a group, each once."""
    if data is None:
        return []
    texts = texts_of(matter)
    where: dict[int, list[str]] = {row["number"]: [] for row in data["consensus"]}
    for group in data["groups"]:
        for row in group["chosen"]:
            where.setdefault(row["number"], []).append(group["name"])
    return [
        MapPoint(number, texts[number], ", ".join(groups), f"statement-{number}")
        for number, groups in where.items()
        if number in texts
    ]


def map_points_open(matter: Consultation) -> list[MapPoint]:
    """Those that have no group of opinions yet, and so no answer of the law (khoản 3 Điều 28).

    By all the votes there are at this moment, not by the map that was published last.
    """
    points = map_points(matter, map_whole(matter))
    refs: set[Any] = set(
        matter.clusters.filter(source="statement").values_list("source_ref", flat=True)
    )
    return [point for point in points if point.ref not in refs]
