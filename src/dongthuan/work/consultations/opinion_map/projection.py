"""From votes to points in the plane: rules 3, 4 and 5 of the definition.

With every missing vote set to the mean of its column, the centred matrix is zero wherever nothing
was voted: the principal components of the full matrix are those of a sparse one.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy import sparse
from scipy.linalg import eigh_tridiagonal

from dongthuan.work.consultations.opinion_map.votes import Votes

Floats = NDArray[np.float64]

CHUNK = 500_000
STEPS = 300
"""Most Lanczos steps; votes of real people need some thirty."""


@dataclass(frozen=True)
class Projection:
    """`means` and `scales` by statement and participant; `components` c × 2; `points` n × 2.

    `shares` is the part of all variance each of the two components carries.
    """

    means: Floats
    components: Floats
    points: Floats
    shares: Floats


def projection_make(votes: Votes) -> Projection:
    means = column_means(votes.matrix, votes.zeroed)
    centred = centre(votes.matrix, means, votes.zeroed)
    components, shares = principal(centred)
    return Projection(means, components, project(votes, centred, components), shares)


def column_means(matrix: sparse.csr_array, zeroed: NDArray[np.bool_]) -> Floats:
    """Mean vote of each statement over those who voted on it; 0 for none and for zeroed ones."""
    columns = matrix.shape[1]
    counts, sums = np.zeros(columns), np.zeros(columns)
    for begin in range(0, matrix.nnz, CHUNK):
        part = matrix.indices[begin : begin + CHUNK]
        counts += np.bincount(part, minlength=columns)
        sums += np.bincount(part, weights=matrix.data[begin : begin + CHUNK], minlength=columns)
    means = sums / np.maximum(counts, 1)
    means[zeroed] = 0.0
    return means


def centre(matrix: sparse.csr_array, means: Floats, zeroed: NDArray[np.bool_]) -> sparse.csr_array:
    data = means[matrix.indices]
    np.subtract(matrix.data, data, out=data)
    if zeroed.any():
        data[zeroed[matrix.indices]] = 0.0
    return sparse.csr_array((data, matrix.indices, matrix.indptr), shape=matrix.shape)


def principal(
    centred: sparse.csr_array, *, tolerance: float = 1e-8, near: Floats | None = None
) -> tuple[Floats, Floats]:
    """The two leading eigenvectors of centredᵀ·centred (c × 2) and their share of its trace.

    A component that does not exist (one statement, or all votes alike) is a column of zeros. The
    entry of greatest size is positive, so that the map is never a mirror image of itself. `near`,
    components of like data, only makes it quicker.
    """
    columns = centred.shape[1]
    components, shares = np.zeros((columns, 2)), np.zeros(2)
    total = float((centred.data * centred.data).sum())
    if total <= 1e-12 or not columns:
        return components, shares
    values, vectors = _leading(centred, min(2, columns), tolerance, near)
    for place in range(len(values)):
        if values[place] > total * 1e-12:
            vector = vectors[:, place]
            components[:, place] = vector * np.sign(vector[np.argmax(np.abs(vector))])
            shares[place] = values[place] / total
    return components, shares


def _leading(
    centred: sparse.csr_array, wanted: int, tolerance: float, near: Floats | None
) -> tuple[Floats, Floats]:
    """Lanczos with full reorthogonalisation: only products with the sparse matrix are needed.

    Written out, because it is short, gives the same on every run, and the sums are taken without
    threads, which on a busy machine cost more than these small sums.
    """
    columns = centred.shape[1]
    across = centred.T
    # The start is fixed; a little of everything keeps it from being orthogonal to the answer.
    start = 1.0 + 0.5 * np.sin(np.arange(columns, dtype=np.float64))
    if near is not None:
        start = near.sum(1) + start * (0.01 / np.sqrt(columns))
    most = min(columns, STEPS)
    basis = np.zeros((most, columns))
    diagonal, beside = np.zeros(most), np.zeros(most)
    basis[0] = start / np.sqrt((start * start).sum())
    values, inner, step = np.zeros(0), np.zeros((0, 0)), 0
    for step in range(most):
        next_one = across @ (centred @ basis[step])
        known = basis[: step + 1]
        for again in range(2):  # twice is enough (Kahan, Parlett)
            parts = (known * next_one).sum(1)
            if not again:
                diagonal[step] = parts[step]
            next_one -= (parts[:, None] * known).sum(0)
        beside[step] = np.sqrt((next_one * next_one).sum())
        last = step + 1 == most or beside[step] <= 1e-12 * abs(diagonal[: step + 1]).max()
        if last or (step >= 3 and step % 3 == 0):
            values, inner = eigh_tridiagonal(diagonal[: step + 1], beside[:step])
            unsure = beside[step] * np.abs(inner[-1, -wanted:])
            if last or unsure.max() <= tolerance * values[-1]:
                break
        basis[step + 1] = next_one / beside[step]
    leading = inner[:, ::-1][:, :wanted]
    vectors = (basis[: step + 1, :, None] * leading[:, None, :]).sum(0)
    return values[::-1][:wanted], vectors


def project(votes: Votes, centred: sparse.csr_array, components: Floats) -> Floats:
    """√(c / votes cast) · Σ over votes of (vote − mean)·component.

    A zeroed statement counts as voted by everybody: that is how Polis zeroes, and what the groups
    it showed were computed with.
    """
    cast = votes.per_participant()
    silent = int(votes.zeroed.sum())
    if silent:
        hidden = np.add.reduceat(
            np.append(votes.zeroed[votes.matrix.indices], False), votes.matrix.indptr[:-1],
            dtype=np.int32,
        )  # fmt: skip
        cast = cast - np.where(cast > 0, hidden, 0) + silent
    scale = np.sqrt(len(votes.statements) / np.maximum(cast, 1))
    return (centred @ components) * scale[:, None]


def extremity(projection: Projection, zeroed: NDArray[np.bool_]) -> Floats:
    """How far from the middle a person stands who only agreed with this statement."""
    count = len(projection.means)
    reach = np.linalg.norm(projection.components, axis=1) * (1 - projection.means)
    return np.where(zeroed, 0.0, np.sqrt(count) * reach)
