"""From points to groups: rules 6, 7 and 8 of the definition. No randomness anywhere."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from dongthuan.work.consultations.opinion_map.projection import Floats
from dongthuan.work.consultations.opinion_map.votes import Ints, Votes

MIN_VOTES = 7
MIN_PEOPLE = 15
BASE_CLUSTERS = 100
MAX_ROUNDS = 100
MAX_GROUPS = 5
MIN_GROUP = 10
MARGIN = 0.03
STILL = 0.01
"""Polis calls a clustering the same when no centre has moved by more."""
CHUNK = 512  # people at a time, so that a chunk stays in the cache
FIT_PEOPLE = 5_000
"""Base clusters of more people are fitted on an even selection of so many, then all are placed."""


@dataclass(frozen=True)
class Grouping:
    """`labels` by clustered person (0 the largest group), the groups' `centres`, `silhouette`.

    `base` gives the base cluster of each person, `base_centres` their places.
    """

    labels: Ints
    centres: Floats
    silhouette: float
    base: Ints
    base_centres: Floats

    @property
    def count(self) -> int:
        return len(self.centres)


def who_is_clustered(votes: Votes) -> Ints:
    """Places of those with at least min(7, c) votes; under fifteen, the most active are added."""
    cast = votes.per_participant()
    enough = np.flatnonzero(cast >= max(1, min(MIN_VOTES, len(votes.statements))))
    if len(enough) >= MIN_PEOPLE:
        return enough
    active = np.argsort(-cast, kind="stable")[:MIN_PEOPLE]
    return np.union1d(enough, active[cast[active] > 0])


def grouping_make(points: Floats) -> Grouping | None:
    """Two to five groups; None when everybody stands in one place.

    Two groups, unless more stand clearly further apart: each of them at least `MIN_GROUP` people,
    and the silhouette of the base clusters greater by `MARGIN` than that of any smaller number.
    """
    base, centres = base_clusters(points)
    weights = np.bincount(base, minlength=len(centres)).astype(float)
    if len(centres) < 2:
        return None
    distances = np.sqrt(squared_distances(centres, centres))
    most = min(MAX_GROUPS, 2 + len(centres) // 12)
    best: tuple[float, Ints, Floats] | None = None
    for wanted in range(2, most + 1):
        labels, found = _groups(centres, weights, wanted)
        if len(found) < 2:
            continue
        score = silhouette(distances, labels)
        sizes = np.bincount(labels, weights=weights)
        if best is None or (sizes.min() >= MIN_GROUP and score > best[0] + MARGIN):
            best = score, labels, found
    if best is None:
        return None
    score, of_base, found = best
    labels, order = _largest_first(of_base[base])
    return Grouping(labels, found[order], score, base, centres)


def _groups(points: Floats, weights: Floats, count: int) -> tuple[Ints, Floats]:
    """Two groups start at the two halves of the first axis, on which they differ most.

    More groups are tried from three starts, and the closest fit is kept.
    """
    starts = [_along_axis(points, weights, count)]
    if count > 2:
        starts += [_around(points, weights, count), _far_apart(points, weights, count)]
    fits = [kmeans(points, weights, start) for start in starts]
    spreads = [float(weights @ ((points - c[of]) ** 2).sum(1)) for of, c in fits]
    return fits[int(np.argmin(np.round(spreads, 9)))]


def _along_axis(points: Floats, weights: Floats, count: int) -> Floats:
    """Centres of equal parts of the people, cut along the first axis."""
    order = np.lexsort((points[:, 1], points[:, 0]))
    part = np.empty(len(points), np.int64)
    upto = np.cumsum(weights[order]) / weights.sum()
    part[order] = np.minimum(((upto - 1e-12) * count).astype(np.int64), count - 1)
    return _means(points, weights, part)


def _around(points: Floats, weights: Floats, count: int) -> Floats:
    """Centres of equal sectors around the middle."""
    turn = (np.arctan2(points[:, 1], points[:, 0]) + np.pi) / (2 * np.pi)
    return _means(points, weights, (turn * count).astype(np.int64) % count)


def _means(points: Floats, weights: Floats, part: Ints) -> Floats:
    inside = [part == one for one in np.unique(part)]
    return np.array([np.average(points[i], axis=0, weights=weights[i]) for i in inside])


def _far_apart(points: Floats, weights: Floats, count: int) -> Floats:
    """Each next centre where weight times squared distance to the chosen ones is greatest."""
    middle = np.average(points, axis=0, weights=weights)
    far = ((points - middle) ** 2).sum(1)
    chosen = [int((weights * far).argmax())]
    far = np.full(len(points), np.inf)
    while len(chosen) < count:
        far = np.minimum(far, ((points - points[chosen[-1]]) ** 2).sum(1))
        chosen.append(int((weights * far).argmax()))
    starts: Floats = points[chosen]
    return starts


def _largest_first(labels: Ints) -> tuple[Ints, Ints]:
    """Groups named by size, ties by the first person in them: names do not hang on chance."""
    sizes = np.bincount(labels)
    order = np.argsort(-sizes, kind="stable")
    names = np.empty_like(order)
    names[order] = np.arange(len(order))
    return names[labels], order


def base_clusters(points: Floats) -> tuple[Ints, Floats]:
    """At most a hundred small clusters: label of each point, centres."""
    fitted = points
    if len(points) > FIT_PEOPLE:
        fitted = points[np.linspace(0, len(points) - 1, FIT_PEOPLE).astype(int)]
    start = first_distinct(fitted, BASE_CLUSTERS)
    labels, centres = kmeans(fitted, np.ones(len(fitted)), start, still=STILL)
    if len(fitted) == len(points):
        return labels, centres
    labels = nearest(points, centres)
    return _without_empty(labels, centres)


def first_distinct(points: Floats, count: int) -> Floats:
    """The first `count` points that differ, in the order of the participants (rule 7)."""
    _, firsts = np.unique(points.round(9), axis=0, return_index=True)
    chosen: Floats = points[np.sort(firsts)[:count]]
    return chosen


def kmeans(
    points: Floats, weights: Floats, centres: Floats, *, still: float = 0.0
) -> tuple[Ints, Floats]:
    """Lloyd's rounds from given centres, at most a hundred. Clusters that end up empty go.

    It ends when nobody changes place, or when no centre has moved by more than `still`.
    """
    labels = np.full(len(points), -1)
    for _ in range(MAX_ROUNDS):
        found = nearest(points, centres)
        if np.array_equal(found, labels):
            break
        labels = found
        mass = np.bincount(labels, weights=weights, minlength=len(centres))
        sums = [
            np.bincount(labels, weights=weights * points[:, axis], minlength=len(centres))
            for axis in range(points.shape[1])
        ]
        full = mass > 0
        moved = centres.copy()
        moved[full] = np.column_stack(sums)[full] / mass[full, None]
        step, centres = float(((moved - centres) ** 2).sum(1).max()), moved
        if step <= still * still:
            break
    return _without_empty(labels, centres)


def _without_empty(labels: Ints, centres: Floats) -> tuple[Ints, Floats]:
    used = np.bincount(labels, minlength=len(centres)) > 0
    return (np.cumsum(used) - 1)[labels], centres[used]


def nearest(points: Floats, centres: Floats) -> Ints:
    """The place of the nearest centre; of two equally near the first."""
    labels = np.empty(len(points), np.int64)
    half = (centres**2).sum(1) / 2
    for begin in range(0, len(points), CHUNK):
        part = points[begin : begin + CHUNK]
        near = part[:, :1] * centres[:, 0]
        near += part[:, 1:] * centres[:, 1]
        labels[begin : begin + CHUNK] = (near - half).argmax(1)
    return labels


def squared_distances(a: Floats, b: Floats) -> Floats:
    found: Floats = ((a[:, None, :] - b[None, :, :]) ** 2).sum(2)
    return found


def silhouette(distances: Floats, labels: NDArray[np.int64]) -> float:
    """Mean silhouette over base clusters, unweighted; one that stands alone counts 0."""
    count = int(labels.max()) + 1
    member = np.eye(count)[labels]
    sizes = member.sum(0)
    sums = distances @ member
    rows = np.arange(len(labels))
    own = sums[rows, labels] / np.maximum(sizes[labels] - 1, 1)
    others = sums / sizes
    others[rows, labels] = np.inf
    other = others.min(1)
    greatest = np.maximum(own, other)
    score = np.where(greatest > 0, (other - own) / np.where(greatest > 0, greatest, 1), 0.0)
    score[sizes[labels] == 1] = 0.0
    return float(score.mean())
