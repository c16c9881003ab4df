"""The whole map of one conversation, and the form in which anybody can check it."""

from __future__ import annotations

from dataclasses import dataclass
from time import perf_counter
from typing import Any

import numpy as np

from dongthuan.work.consultations.opinion_map.choosing import (
    Chosen,
    common_ground,
    representative,
)
from dongthuan.work.consultations.opinion_map.grouping import (
    MIN_GROUP,
    Grouping,
    grouping_make,
    squared_distances,
    who_is_clustered,
)
from dongthuan.work.consultations.opinion_map.projection import (
    Floats,
    Projection,
    projection_make,
)
from dongthuan.work.consultations.opinion_map.stability import THRESHOLD, stability_of
from dongthuan.work.consultations.opinion_map.statistics import (
    Statistics,
    everybody,
    statistics_of,
)
from dongthuan.work.consultations.opinion_map.votes import Ints, Votes

VERSION = "cách tính v1"


@dataclass(frozen=True)
class OpinionMap:
    """`labels` by participant, -1 who is not clustered; group 0 is the largest.

    `stability` is the mean adjusted Rand index of halves (0 without groups); `statistics` by
    group, `overall` of everybody; `seconds` what the computation took.
    """

    votes: Votes
    projection: Projection
    clustered: Ints
    grouping: Grouping | None
    labels: Ints
    stability: float
    statistics: Statistics | None
    overall: Statistics
    seconds: float

    @property
    def sizes(self) -> list[int]:
        if self.grouping is None:
            return []
        return [int(n) for n in np.bincount(self.labels[self.labels >= 0])]

    @property
    def stable(self) -> bool:
        """May the groups be drawn as they are: found again in halves, each of ten or more."""
        sizes = self.sizes
        return len(sizes) > 1 and min(sizes) >= MIN_GROUP and self.stability >= THRESHOLD

    def summary(self) -> str:
        """A few English words for the command line."""
        sizes = "/".join(str(size) for size in self.sizes) or "none"
        return f"groups {sizes}, {'stable' if self.stable else 'not stable'}"

    def representative(self, group: int) -> list[Chosen]:
        if self.statistics is None:
            return []
        return representative(self.statistics, group, self.votes.withdrawn)

    def consensus(self) -> list[Chosen]:
        return common_ground(self.overall, self.votes.withdrawn)


def opinion_map(votes: Votes) -> OpinionMap:
    """The map of these votes; the same votes always give the same map."""
    began = perf_counter()
    projection = projection_make(votes)
    clustered = who_is_clustered(votes)
    grouping = grouping_make(projection.points[clustered]) if len(clustered) > 1 else None
    labels = np.full(len(votes.participants), -1, np.int64)
    statistics, stability = None, 0.0
    if grouping is not None:
        labels[clustered] = grouping.labels
        statistics = statistics_of(votes.matrix, labels, grouping.count)
        stability = stability_of(votes, grouping, clustered, projection.components)
    return OpinionMap(
        votes, projection, clustered, grouping, labels, stability, statistics,
        everybody(votes.matrix), perf_counter() - began,
    )  # fmt: skip


def merged(labels: Ints, centres: Floats) -> Ints:
    """Labels after every group under ten people has joined the group nearest to it.

    A small group must not be told apart even by subtraction, so its people are counted with their
    neighbours. One group left means: there are none to show.
    """
    labels, sizes = labels.copy(), np.bincount(labels[labels >= 0], minlength=len(centres))
    centres = centres.copy()
    while (sizes > 0).sum() > 1 and sizes[sizes > 0].min() < MIN_GROUP:
        small = int(np.where(sizes > 0, sizes, np.iinfo(np.int64).max).argmin())
        far = squared_distances(centres[[small]], centres)[0]
        far[(sizes == 0) | (np.arange(len(sizes)) == small)] = np.inf
        host = int(far.argmin())
        both = sizes[[small, host]]
        centres[host] = (both @ centres[[small, host]]) / both.sum()
        labels[labels == small] = host
        sizes[host], sizes[small] = both.sum(), 0
    names = np.full(len(sizes) + 1, -1)
    order = np.argsort(-sizes, kind="stable")[: int((sizes > 0).sum())]
    names[order] = np.arange(len(order))
    renamed: Ints = names[labels]
    return renamed


def as_json(found: OpinionMap, *, seconds: float | None = None) -> dict[str, Any]:
    """What `dongthuan opinion-map` writes, to check a map against one's own data.

    `participants` gives the group of everybody who is in one, also when it is too small or not
    stable to be shown; `groups` describes those of ten or more.
    """
    names = [str(one) for one in found.votes.participants]
    inside = np.flatnonzero(found.labels >= 0).tolist()
    labels = found.labels.tolist()
    return {
        "version": VERSION,
        "participants": {names[i]: labels[i] for i in inside},
        "groups": [
            {"id": group, "size": size, "representative": _chosen(found, group)}
            for group, size in enumerate(found.sizes)
            if size >= MIN_GROUP
        ],
        "consensus": [chosen_json(found.votes, one) for one in found.consensus()],
        "stable": found.stable,
        "seconds": round(found.seconds if seconds is None else seconds, 4),
    }  # fmt: skip


def _chosen(found: OpinionMap, group: int) -> list[dict[str, Any]]:
    return [chosen_json(found.votes, one) for one in found.representative(group)]


def chosen_json(votes: Votes, one: Chosen) -> dict[str, Any]:
    low, high = one.interval
    found = {
        "id": votes.statements[one.place],
        "for": one.side,
        "n_success": one.success,
        "n_trials": one.voted,
        "p_success": one.share,
        "p_test": one.share_z,
        "low": low,
        "high": high,
    }
    if one.ratio is not None:
        found |= {"repness": one.ratio, "repness_test": one.ratio_z}
    return found
