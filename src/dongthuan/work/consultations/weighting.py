"""Weights that make those who took part stand for those who live there (raking, cách tính v1).

Iterative proportional fitting on the margins village, age band and sex: the weights are multiplied
in turn by target / present share of each category until all margins agree to 1e-9. A category of
residents from which nobody took part cannot be reached by weights: it is left out of its margin
and named. Weights are then cut at CAP times the mean and brought back to the mean of one, so that
no single voice counts more than CAP times; with a cut the margins agree only nearly, and
`deviation` says by how much. Deterministic; numpy only.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np

VERSION = "gia-quyen-v1"
CAP = 4.0
ROUNDS = 1_000
TOLERANCE = 1e-9


@dataclass(frozen=True)
class Raked:
    """`weights` by person, mean 1; `converged` before the cut; `missing`: (margin, category) from
    which nobody took part; `deviation`: the largest difference of a share after the cut;
    `effective`: how many equal voices these weighted ones are worth (Kish)."""

    weights: list[float]
    converged: bool
    missing: list[tuple[str, str]] = field(default_factory=list)
    deviation: float = 0.0
    effective: float = 0.0
    capped: int = 0


def rake(people: Sequence[Mapping[str, str]], targets: Mapping[str, Mapping[str, float]]) -> Raked:
    """`people`: category by margin for each; `targets`: number of residents by margin, category.

    People of a category that has no residents on record keep the weight that the other margins
    give them. [] for no people.
    """
    if not people:
        return Raked([], converged=True)
    margins, missing = _margins(people, targets)
    weights = np.ones(len(people))
    converged = not margins
    for _round in range(ROUNDS):
        change = 0.0
        for codes, share in margins:
            present = np.bincount(codes, weights, minlength=len(share) + 1)[:-1]
            factor = np.ones(len(share) + 1)
            factor[:-1] = share * present.sum() / present
            weights *= factor[codes]
            change = max(change, float(np.abs(factor - 1).max()))
        weights *= len(people) / weights.sum()
        if change < TOLERANCE:
            converged = True
            break
    weights, capped = _cut(weights)
    return Raked(
        weights=weights.tolist(), converged=converged, missing=missing, capped=capped,
        deviation=_deviation(weights, margins),
        effective=float(weights.sum() ** 2 / (weights**2).sum()),
    )  # fmt: skip


def _margins(
    people: Sequence[Mapping[str, str]], targets: Mapping[str, Mapping[str, float]]
) -> tuple[list[tuple[np.ndarray, np.ndarray]], list[tuple[str, str]]]:
    """For each margin the code of each person (the last code: no target) and the target shares."""
    margins, missing = [], []
    for name, wanted in targets.items():
        seen = {person.get(name, "") for person in people}
        known = sorted(c for c, number in wanted.items() if number > 0 and c in seen)
        missing += [(name, c) for c in sorted(wanted) if wanted[c] > 0 and c not in seen]
        if not known:
            continue
        at = {category: n for n, category in enumerate(known)}
        codes = np.array([at.get(person.get(name, ""), len(known)) for person in people])
        share = np.array([float(wanted[category]) for category in known])
        margins.append((codes, share / share.sum()))
    return margins, missing


def _cut(weights: np.ndarray) -> tuple[np.ndarray, int]:
    """No weight above CAP times the mean; what is cut is spread evenly over all by rescaling."""
    cut = 0
    for _round in range(100):
        high = weights > CAP * (1 + 1e-12)
        if not high.any():
            break
        cut = max(cut, int((weights >= CAP * (1 - 1e-12)).sum()))
        weights = np.minimum(weights, CAP)
        low = weights < CAP * (1 - 1e-12)
        room = len(weights) - CAP * float((~low).sum())
        if not low.any() or room <= 0:
            break
        weights[low] *= room / weights[low].sum()
    return weights * (len(weights) / weights.sum()), cut


def _deviation(weights: np.ndarray, margins: Sequence[tuple[np.ndarray, np.ndarray]]) -> float:
    worst = 0.0
    for codes, share in margins:
        present = np.bincount(codes, weights, minlength=len(share) + 1)[:-1]
        worst = max(worst, float(np.abs(present / present.sum() - share).max()))
    return worst
