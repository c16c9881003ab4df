"""From votes to points in the plane: rules 3, 4 and 5 of the definition.

With every missing vote set to the mean of its column, the centred matrix is zero wherever nothing
was voted: the principal components of the full matrix are those of a sparse one.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy import sparse
from scipy.sparse.linalg import ArpackNoConvergence, LinearOperator, eigsh

from dongthuan.work.consultations.opinion_map.votes import Votes

Floats = NDArray[np.float64]

DENSE = 200
"""Up to so many statements the small covariance matrix is solved whole."""


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
    counts = np.bincount(matrix.indices, minlength=columns)
    sums = np.bincount(matrix.indices, weights=matrix.data, minlength=columns)
    means = sums / np.maximum(counts, 1)
    means[zeroed] = 0.0
    return means


def centre(matrix: sparse.csr_array, means: Floats, zeroed: NDArray[np.bool_]) -> sparse.csr_array:
    data = matrix.data - means[matrix.indices]
    if zeroed.any():
        data[zeroed[matrix.indices]] = 0.0
    return sparse.csr_array((data, matrix.indices, matrix.indptr), shape=matrix.shape)


def principal(centred: sparse.csr_array) -> tuple[Floats, Floats]:
    """The two leading eigenvectors of centredᵀ·centred (c × 2) and their share of its trace.

    A component that does not exist (one statement, or all votes alike) is a column of zeros. The
    entry of greatest size is positive, so that the map is never a mirror image of itself.
    """
    columns = centred.shape[1]
    components, shares = np.zeros((columns, 2)), np.zeros(2)
    total = float(np.dot(centred.data, centred.data))
    if total <= 1e-12 or not columns:
        return components, shares
    values, vectors = _leading(centred, min(2, columns))
    for place in range(len(values)):
        if values[place] > total * 1e-12:
            vector = vectors[:, place]
            components[:, place] = vector * np.sign(vector[np.argmax(np.abs(vector))])
            shares[place] = values[place] / total
    return components, shares


def _leading(centred: sparse.csr_array, wanted: int) -> tuple[Floats, Floats]:
    columns = centred.shape[1]
    if columns <= DENSE:
        values, vectors = np.linalg.eigh((centred.T @ centred).toarray())
        return values[::-1][:wanted], vectors[:, ::-1][:, :wanted]
    transposed = centred.T.tocsr() if centred.nnz < 2_000_000 else centred.T
    covariance = LinearOperator(
        (columns, columns), matvec=lambda v: transposed @ (centred @ v), dtype=np.float64
    )
    # A fixed start makes the answer the same on every run; it must not be orthogonal to it.
    start = 1.0 + 0.5 * np.sin(np.arange(columns, dtype=np.float64))
    try:
        values, vectors = eigsh(covariance, k=wanted, v0=start, tol=1e-9, which="LA", maxiter=300)
    except ArpackNoConvergence:
        values, vectors = np.linalg.eigh((centred.T @ centred).toarray())
    order = np.argsort(values)[::-1][:wanted]
    return values[order], vectors[:, order]


def project(votes: Votes, centred: sparse.csr_array, components: Floats) -> Floats:
    """√(c / votes cast) · Σ over votes of (vote − mean)·component.

    A zeroed statement counts as voted by everybody: that is how Polis zeroes, and what the groups
    it showed were computed with.
    """
    cast = votes.per_participant()
    silent = int(votes.zeroed.sum())
    if silent:
        hidden = np.add.reduceat(
            np.append(votes.zeroed[votes.matrix.indices], False), votes.matrix.indptr[:-1], dtype=int
        )
        cast = cast - np.where(cast > 0, hidden, 0) + silent
    scale = np.sqrt(len(votes.statements) / np.maximum(cast, 1))
    return (centred @ components) * scale[:, None]


def extremity(projection: Projection, zeroed: NDArray[np.bool_]) -> Floats:
    """How far a person stands from the middle who only voted disagree on this statement."""
    count = len(projection.means)
    reach = np.linalg.norm(projection.components, axis=1) * (1 + projection.means)
    return np.where(zeroed, 0.0, np.sqrt(count) * reach)
