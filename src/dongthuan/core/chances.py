"""Tails of the two distributions of counting, without a library that takes seconds to load.

The terms are summed from their logarithms, so that a province's numbers cost no more than a
village's; equal to SciPy's to nine digits (tests).
"""

from __future__ import annotations

import math
from collections.abc import Callable

ENOUGH = 1e-17  # a term this much smaller than the sum, past the peak, changes no digit


def dealt_at_least(found: int, *, own: int, marked: int, total: int) -> float:
    """The chance that a hand of `own` out of `total` holds at least `found` of the `marked`.

    The upper tail of the hypergeometric distribution (Fisher's exact test, one-sided).
    """
    least = max(0, own + marked - total)
    if found <= least:
        return 1.0
    return _tail(
        found,
        min(marked, own),
        lambda n: _ways(marked, n) + _ways(total - marked, own - n) - _ways(total, own),
        lambda n: (marked - n) * (own - n) / ((n + 1) * (total - marked - own + n + 1)),
    )


def drawn_at_least(found: int, *, draws: int, share: float) -> float:
    """The chance that of `draws` at least `found` fall to a side that has `share` (0 to 1, within).

    The upper tail of the binomial distribution.
    """
    if found <= 0:
        return 1.0
    side, other = math.log(share), math.log1p(-share)
    odds = share / (1 - share)
    return _tail(
        found,
        draws,
        lambda n: _ways(draws, n) + n * side + (draws - n) * other,
        lambda n: odds * (draws - n) / (n + 1),
    )


def _ways(of: int, some: int) -> float:
    """The logarithm of the number of ways to choose `some` of `of`."""
    return math.lgamma(of + 1) - math.lgamma(some + 1) - math.lgamma(of - some + 1)


def _tail(
    first: int, last: int, log_term: Callable[[int], float], ratio: Callable[[int], float]
) -> float:
    """The sum of the terms from `first` to `last`; each follows from the one before by `ratio`."""
    if first > last:
        return 0.0
    # In units of the first term: far out that is too small for a float. Far on the other side the
    # sum passes every float, and the chance is one.
    total, term = 1.0, 1.0
    for n in range(first, last):
        step = ratio(n)
        term *= step
        total += term
        if step < 1 and term < ENOUGH * total:
            break
    return min(1.0, math.exp(log_term(first) + math.log(total)))
