"""What each group says to each statement: rules 9, 10 and 12, and the interval that is shown.

The formulas are those of the Clojure sources of Polis; red-dwarf 0.4.0 computes the same ones, and
the tests hold both equal to 1e-9 for the same groups.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from scipy import sparse

from dongthuan.work.consultations.opinion_map.projection import Floats
from dongthuan.work.consultations.opinion_map.votes import Ints

Z_90 = 1.2816
"""One-sided 90 %: what counts as more than chance for Polis (red-dwarf: 1.28155…)."""
Z_95 = 1.959963984540054
"""Two-sided 95 %: the interval shown."""

CHUNK = 500_000
"""Votes counted at a time."""


@dataclass(frozen=True)
class Counts:
    """Group × statement: `voted` with passes, `agreed`, `disagreed`."""

    voted: Ints
    agreed: Ints
    disagreed: Ints


@dataclass(frozen=True)
class Side:
    """For agree or disagree, group × statement.

    `success` how many, `share` (n+1)/(S+2), `share_z` its test against one half, `ratio` how much
    likelier than among the others, `ratio_z` its test.
    """

    success: Ints
    share: Floats
    share_z: Floats
    ratio: Floats
    ratio_z: Floats


@dataclass(frozen=True)
class Statistics:
    counts: Counts
    agree: Side
    disagree: Side
    consensus: Floats
    """Group-informed consensus: by statement the product over groups of the share of agreement."""


def counts_of(matrix: sparse.csr_array, labels: Ints, groups: int) -> Counts:
    """`labels` by row of the matrix; -1 stands outside all groups."""
    columns, indptr = matrix.shape[1], matrix.indptr
    tables = np.zeros((3, groups * columns), np.int64)
    step = max(1, CHUNK * matrix.shape[0] // max(matrix.nnz, 1))
    for first in range(0, matrix.shape[0], step):
        last = min(first + step, matrix.shape[0])
        votes = slice(indptr[first], indptr[last])
        of = np.repeat(labels[first:last], np.diff(indptr[first : last + 1]))
        cell, value = of * columns + matrix.indices[votes], matrix.data[votes]
        for table, wanted in zip(tables, (of >= 0, value == 1, value == -1), strict=True):
            table += np.bincount(cell[wanted & (of >= 0)], minlength=groups * columns)
    voted, agreed, disagreed = tables.reshape(3, groups, columns)
    return Counts(voted, agreed, disagreed)


def statistics_of(matrix: sparse.csr_array, labels: Ints, groups: int) -> Statistics:
    counts = counts_of(matrix, labels, groups)
    agree = _side(counts.agreed, counts.voted)
    return Statistics(counts, agree, _side(counts.disagreed, counts.voted), agree.share.prod(0))


def everybody(matrix: sparse.csr_array) -> Statistics:
    """The same over all participants as one group."""
    return statistics_of(matrix, np.zeros(matrix.shape[0], np.int64), 1)


def _side(success: Ints, voted: Ints) -> Side:
    rest, rest_voted = success.sum(0) - success, voted.sum(0) - voted
    mine = share(success, voted)
    return Side(
        success,
        mine,
        one_proportion(success, voted),
        mine / share(rest, rest_voted),
        two_proportions(success, voted, rest, rest_voted),
    )


def share(success: Ints, voted: Ints) -> Floats:
    found: Floats = (success + 1) / (voted + 2)
    return found


def one_proportion(success: Ints, voted: Ints) -> Floats:
    """z against one half, with one added to each count."""
    more = voted + 1
    found: Floats = 2 * np.sqrt(more) * ((success + 1) / more - 0.5)
    return found


def two_proportions(success: Ints, voted: Ints, rest: Ints, rest_voted: Ints) -> Floats:
    """z of the difference of two shares, one added to each count; 0 where all agree."""
    one, other = voted + 1, rest_voted + 1
    pooled = (success + rest + 2) / (one + other)
    with np.errstate(divide="ignore", invalid="ignore"):
        found = ((success + 1) / one - (rest + 1) / other) / np.sqrt(
            pooled * (1 - pooled) * (1 / one + 1 / other)
        )
    return np.where(pooled == 1, 0.0, found)


def wilson(success: int, voted: int) -> tuple[float, float]:
    """The 95 % interval of a share (Wilson 1927); (0, 1) when nobody voted."""
    if voted == 0:
        return 0.0, 1.0
    z2 = Z_95**2
    middle = (success + z2 / 2) / (voted + z2)
    reach = Z_95 / (voted + z2) * np.sqrt(success * (voted - success) / voted + z2 / 4)
    return max(0.0, float(middle - reach)), min(1.0, float(middle + reach))
