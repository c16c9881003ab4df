"""Are the groups more than chance? Found again in each of two halves of the people, or not drawn.

Several times the people are cut in two halves. Each half makes its own axes and groups, and by
them places everybody. If the opinions really divide, both halves tell the same story; the adjusted
Rand index (1: the same division, 0: no more alike than by chance) says how much.
"""

from __future__ import annotations

import numpy as np

from dongthuan.work.consultations.opinion_map.grouping import (
    Grouping,
    kmeans,
    nearest,
)
from dongthuan.work.consultations.opinion_map.projection import (
    Floats,
    centre,
    column_means,
    principal,
    project,
)
from dongthuan.work.consultations.opinion_map.votes import Ints, Votes

THRESHOLD = 0.6
CUTS = 5
MOST = 1_500
"""Of more people an even selection is cut; what fifteen hundred do not show is not there."""


def stability_of(votes: Votes, grouping: Grouping, clustered: Ints, axes: Floats) -> float:
    """Mean adjusted Rand index between the divisions two halves make of the same people."""
    some = clustered
    if len(clustered) > MOST:
        some = clustered[np.linspace(0, len(clustered) - 1, MOST).astype(int)]
    votes = _only(votes, some)
    labels = grouping.labels if some is clustered else grouping.labels[_places(clustered, some)]
    scores = []
    for cut in range(CUTS):
        order = np.random.RandomState(cut).permutation(len(some))  # a fixed cut, not a chance
        middle = len(some) // 2
        left = _division(votes, np.sort(order[:middle]), labels, axes)
        right = _division(votes, np.sort(order[middle:]), labels, axes)
        scores.append(0.0 if left is None or right is None else rand_index(left, right))
    return float(np.mean(scores))


def _places(clustered: Ints, some: Ints) -> Ints:
    return np.searchsorted(clustered, some)


def _only(votes: Votes, rows: Ints) -> Votes:
    if len(rows) == len(votes.participants):
        return votes
    return Votes([votes.participants[i] for i in rows], votes.statements, votes.matrix[rows],
                 votes.zeroed, votes.withdrawn)  # fmt: skip


def _division(votes: Votes, rows: Ints, labels: Ints, axes: Floats) -> Ints | None:
    """The groups this half finds, and in which of them everybody would stand.

    A half starts from where its own members of the groups stand on its own axes, as Polis starts
    each time from the last clustering: what is asked is whether the groups hold, not whether a
    half happens to begin in the same corner.
    """
    half = votes.matrix[rows]
    means = column_means(half, votes.zeroed)
    components, _ = principal(centre(half, means, votes.zeroed), tolerance=1e-4, near=axes)
    points: Floats = project(votes, centre(votes.matrix, means, votes.zeroed), components)
    own, known = points[rows], labels[rows]
    start = np.array([own[known == g].mean(0) for g in np.unique(known)])
    if len(start) < 2:
        return None
    return nearest(points, kmeans(own, np.ones(len(own)), start)[1])


def rand_index(one: Ints, other: Ints) -> float:
    """The adjusted Rand index of two divisions of the same people (Hubert and Arabie 1985)."""
    table = np.zeros((int(one.max()) + 1, int(other.max()) + 1))
    np.add.at(table, (one, other), 1)

    def pairs(counts: Floats) -> float:
        return float((counts * (counts - 1)).sum() / 2)

    together = pairs(table)
    rows, columns, total = pairs(table.sum(1)), pairs(table.sum(0)), len(one) * (len(one) - 1) / 2
    expected = rows * columns / total if total else 0.0
    greatest = (rows + columns) / 2
    return 1.0 if greatest == expected else (together - expected) / (greatest - expected)
