"""What of an opinion map may be shown: the limits are put in here, before anything is stored.

No group under ten people, no cell under five votes (nor the one beside it by which it could be
computed), no groups at all that halves of the people do not confirm, no point of a person. The
dictionary (`MapResult.data`):

    version, votes, people            counted by the map; `enough`: ten people or more
    clustered, stability, drawn       people with enough votes; index of halves; groups are shown
    groups    [{name, size, x, y, rx, ry, turn, chosen: [row]}]    ellipse in units of the plane
    clouds    [{group, x, y, n}]      places where five or more stand together
    consensus [row]                   what most agree with, then what most disagree with
    all       [{number, n, agree, disagree, passes, by: [[n, agree, disagree] per group]}]
              None: too few

    row: {number, side, n, of, low, high, weighted}
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np

from dongthuan.work.consultations.figures import FEWEST, SMALL, suppressed
from dongthuan.work.consultations.opinion_map.choosing import Chosen, representative
from dongthuan.work.consultations.opinion_map.computing import VERSION, OpinionMap, merged
from dongthuan.work.consultations.opinion_map.projection import Floats
from dongthuan.work.consultations.opinion_map.stability import THRESHOLD
from dongthuan.work.consultations.opinion_map.statistics import Statistics, statistics_of
from dongthuan.work.consultations.opinion_map.votes import Ints

NAMES = "ABCDE"
GRID = 12


def published(found: OpinionMap, weights: Mapping[int, float] | None = None) -> dict[str, Any]:
    """The dictionary above. `weights` by participant id, of those who can be weighted."""
    people = int((found.votes.per_participant() > 0).sum())
    enough = people >= FEWEST
    labels = _labels(found)
    groups = int(labels.max()) + 1 if len(labels) else 0
    drawn = enough and groups > 1
    statistics = statistics_of(found.votes.matrix, labels, groups) if drawn else None
    heavy = _weights(found, weights or {})
    return {
        "version": VERSION,
        "votes": found.votes.count if enough else None,
        "people": people if enough else None,
        "enough": enough,
        "clustered": len(found.clustered) if enough else None,
        "stability": round(found.stability, 3) if enough else None,
        "drawn": drawn,
        "groups": _groups(found, labels, statistics) if statistics else [],
        "clouds": _clouds(found.projection.points, labels) if drawn else [],
        "consensus": [_row(found, one, heavy) for one in found.consensus() if one.voted >= SMALL]
        if enough
        else [],
        "all": _all(found, statistics) if enough else [],
    }


def _labels(found: OpinionMap) -> Ints:
    """Groups as they may be shown: small ones joined to others; none if halves disagree."""
    if found.grouping is None or found.stability < THRESHOLD:
        return np.full(len(found.labels), -1, np.int64)
    return merged(found.labels, found.grouping.centres)


def _groups(found: OpinionMap, labels: Ints, statistics: Statistics) -> list[dict[str, Any]]:
    groups = []
    for group in range(len(statistics.counts.voted)):
        members = found.projection.points[labels == group]
        chosen = representative(statistics, group, found.votes.withdrawn)
        groups.append(
            {"name": NAMES[group], "size": len(members), **_ellipse(members),
             "chosen": [_row(found, one, {}) for one in chosen if one.voted >= SMALL]}
        )  # fmt: skip
    return groups


def _ellipse(members: Floats) -> dict[str, float]:
    """Where most of a group stands: its mean, twice the spread along its own axes."""
    middle = members.mean(0)
    values, vectors = np.linalg.eigh(np.cov(members.T) + np.eye(2) * 1e-9)
    rx, ry = 2 * np.sqrt(np.maximum(values[::-1], 1e-4))
    turn = np.degrees(np.arctan2(vectors[1, 1], vectors[0, 1]))
    found = {"x": middle[0], "y": middle[1], "rx": rx, "ry": ry, "turn": turn}
    return {key: round(float(value), 3) for key, value in found.items()}


def _clouds(points: Floats, labels: Ints) -> list[dict[str, Any]]:
    """People counted in the cells of a grid; a cell under five is not drawn."""
    inside = labels >= 0
    places, groups = points[inside], labels[inside]
    low, span = places.min(0), np.maximum(np.ptp(places, axis=0), 1e-9)
    cells = np.minimum(((places - low) / span * GRID).astype(int), GRID - 1)
    key = (groups * GRID + cells[:, 0]) * GRID + cells[:, 1]
    clouds = []
    for one in np.unique(key):
        here = key == one
        if (n := int(here.sum())) >= SMALL:
            x, y = places[here].mean(0)
            clouds.append({"group": int(groups[here][0]), "n": n,
                           "x": round(float(x), 3), "y": round(float(y), 3)})  # fmt: skip
    return clouds


def _weights(found: OpinionMap, weights: Mapping[int, float]) -> dict[int, float]:
    """Weight by row of the matrix."""
    return {
        row: weights[who]
        for row, who in enumerate(found.votes.participants) if who in weights
    }  # fmt: skip


def _row(found: OpinionMap, one: Chosen, heavy: Mapping[int, float]) -> dict[str, Any]:
    low, high = one.interval
    return {
        "number": found.votes.statements[one.place],
        "side": one.side,
        "n": one.success,
        "of": one.voted,
        "low": round(low, 4),
        "high": round(high, 4),
        "weighted": _weighted(found, one, heavy) if heavy else None,
    }


def _weighted(found: OpinionMap, one: Chosen, heavy: Mapping[int, float]) -> float | None:
    """The share on this side if each village, age and sex counted by its residents."""
    column = found.votes.matrix[:, [one.place]].tocoo()
    wanted = 1 if one.side == "agree" else -1
    total = side = 0.0
    n = 0
    for row, value in zip(column.coords[0].tolist(), column.data.tolist(), strict=True):
        if row in heavy:
            n += 1
            total += heavy[row]
            side += heavy[row] * (value == wanted)
    return round(side / total, 4) if n >= FEWEST and total else None


def _all(found: OpinionMap, statistics: Statistics | None) -> list[dict[str, Any]]:
    counts, rows = found.overall.counts, []
    for place, number in enumerate(found.votes.statements):
        if found.votes.withdrawn[place]:
            continue
        n = int(counts.voted[0, place])
        agree, disagree = int(counts.agreed[0, place]), int(counts.disagreed[0, place])
        few = n < SMALL
        rows.append({
            "number": number,
            "n": None if few else n,
            "agree": None if few else agree,
            "disagree": None if few else disagree,
            "passes": None if few else n - agree - disagree,
            "by": _by_group(statistics, place) if statistics and not few else [],
        })  # fmt: skip
    return rows


def _by_group(statistics: Statistics, place: int) -> list[list[int] | None]:
    """Votes, agreement and disagreement in each group; None where too few, never just one None."""
    voted = statistics.counts.voted[:, place].tolist()
    agreed = statistics.counts.agreed[:, place].tolist()
    disagreed = statistics.counts.disagreed[:, place].tolist()
    shown = suppressed(voted)
    return [
        [n, a, d] if known is not None and n >= SMALL else None
        for n, a, d, known in zip(voted, agreed, disagreed, shown, strict=True)
    ]
