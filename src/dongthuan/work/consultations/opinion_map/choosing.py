"""Which statements speak for a group, and on which all agree: rules 10 and 11."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from dongthuan.work.consultations.opinion_map.projection import Floats
from dongthuan.work.consultations.opinion_map.statistics import Z_90, Side, Statistics, wilson

MOST = 5


@dataclass(frozen=True)
class Chosen:
    """One statement with the numbers behind it; `place` is its column, `side` agree or disagree.

    `ratio` and `ratio_z` compare with the people outside the group; None for the common ground.
    """

    place: int
    side: str
    success: int
    voted: int
    share: float
    share_z: float
    ratio: float | None = None
    ratio_z: float | None = None

    @property
    def interval(self) -> tuple[float, float]:
        return wilson(self.success, self.voted)


def representative(found: Statistics, group: int, withdrawn: NDArray[np.bool_]) -> list[Chosen]:
    """At most five, agreement first; the statement best agreed with is always among them."""
    places = np.flatnonzero(~withdrawn & (found.counts.voted.sum(0) > 0))
    head = _best_agreed(found, group, places)
    speaking = _sufficient(found, group)
    able = places[speaking[places]]
    if head is None and not len(able):
        if not len(places):
            return []
        z = np.maximum(found.agree.ratio_z[group, places], found.disagree.ratio_z[group, places])
        return [_chosen(found, group, int(places[int(z.argmax())]))]
    order = able[np.argsort(-_weight(found, group, able), kind="stable")]
    wanted = [] if head is None else [head]
    wanted += [int(place) for place in order if place != head]
    chosen = [_chosen(found, group, place) for place in wanted[:MOST]]
    return sorted(chosen, key=lambda one: one.side)  # a before d; the order within stays


def _sufficient(found: Statistics, group: int) -> NDArray[np.bool_]:
    def both(side: Side) -> NDArray[np.bool_]:
        return (side.share_z[group] > Z_90) & (side.ratio_z[group] > Z_90)

    return both(found.agree) | both(found.disagree)


def _weight(found: Statistics, group: int, places: NDArray[np.int64]) -> Floats:
    def product(side: Side) -> Floats:
        return (
            side.ratio[group, places] * side.ratio_z[group, places]
            * side.share[group, places] * side.share_z[group, places]
        )  # fmt: skip

    agrees = found.agree.ratio_z[group, places] > found.disagree.ratio_z[group, places]
    return np.where(agrees, product(found.agree), product(found.disagree))


def _best_agreed(found: Statistics, group: int, places: NDArray[np.int64]) -> int | None:
    """One pass in the order of the statements, as Polis does it; None if none is agreed with."""
    side = found.agree
    ratio, ratio_z = side.ratio[group].tolist(), side.ratio_z[group].tolist()
    share, share_z = side.share[group].tolist(), side.share_z[group].tolist()
    voted = (found.counts.agreed[group] + found.counts.disagreed[group]).tolist()
    best: int | None = None
    for place in places.tolist():
        if not voted[place]:
            continue
        if best is None:
            better = share_z[place] > Z_90 or (ratio[place] > 1 and share[place] > 0.5)
        elif ratio[best] > 1:
            better = (ratio[place] * ratio_z[place] * share[place] * share_z[place]) > (
                ratio[best] * ratio_z[best] * share[best] * share_z[best]
            )
        else:
            better = share[place] * share_z[place] > share[best] * share_z[best]
        if better:
            best = place
    return best


def _chosen(found: Statistics, group: int, place: int) -> Chosen:
    agrees = found.agree.ratio_z[group, place] > found.disagree.ratio_z[group, place]
    side, name = (found.agree, "agree") if agrees else (found.disagree, "disagree")
    return Chosen(
        place,
        name,
        int(side.success[group, place]),
        int(found.counts.voted[group, place]),
        float(side.share[group, place]),
        float(side.share_z[group, place]),
        float(side.ratio[group, place]),
        float(side.ratio_z[group, place]),
    )


def common_ground(all_votes: Statistics, withdrawn: NDArray[np.bool_]) -> list[Chosen]:
    """Statements most people agree with (at most five), then those most disagree with."""
    found = []
    for name, side in (("agree", all_votes.agree), ("disagree", all_votes.disagree)):
        share, share_z = side.share[0], side.share_z[0]
        places = np.flatnonzero((share > 0.5) & (share_z > Z_90) & ~withdrawn)
        order = places[np.argsort(-(share * share_z)[places], kind="stable")][:MOST]
        found += [
            Chosen(
                int(p), name, int(side.success[0, p]), int(all_votes.counts.voted[0, p]),
                float(share[p]), float(share_z[p]),
            )
            for p in order
        ]  # fmt: skip
    return found
