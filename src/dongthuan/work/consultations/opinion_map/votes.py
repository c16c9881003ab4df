"""The votes of one conversation as a sparse matrix, in an order that does not depend on the file.

Rows are participants, columns statements, both sorted by their id (numbers by value, before other
text by code point): the map of the same votes is then the same map, however the file is ordered.
A pass is a vote: it is kept as an explicit zero. What is not voted is not stored.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

AGREE, PASS, DISAGREE = 1, 0, -1
MAX_PARTICIPANTS = 100_000
"""Later people are not counted (Polis caps the same); the reader says so."""
MAX_STATEMENTS = 10_000

Ints = NDArray[np.int64]


class VotesError(ValueError):
    """The votes cannot be used; the message is one sentence."""


@dataclass(frozen=True)
class Votes:
    """`matrix` is csr, int8, sorted indices, no duplicates; values -1, 0, 1, zeros explicit.

    `zeroed` marks statements that say nothing to the map but still count among the statements
    (rule 2 of the definition). `withdrawn` marks those that moderation took out or that are about
    the process: they are zeroed, and never chosen for a group or for the common ground.
    """

    participants: Sequence[Any]
    statements: Sequence[Any]
    matrix: sparse.csr_array
    zeroed: NDArray[np.bool_]
    withdrawn: NDArray[np.bool_]

    @property
    def count(self) -> int:
        return int(self.matrix.nnz)

    def per_participant(self) -> Ints:
        """Votes of each participant, passes included."""
        return np.diff(self.matrix.indptr).astype(np.int64)

    def without(self, ids: Iterable[Any]) -> Votes:
        """The same votes with these statements withdrawn."""
        out = {str(one) for one in ids}
        mask = np.fromiter((str(s) in out for s in self.statements), bool, len(self.statements))
        return replace(self, zeroed=self.zeroed | mask, withdrawn=self.withdrawn | mask)

    def without_rare(self) -> Votes:
        """Zeroes statements with less than half the votes of the median statement.

        For data that come without a list of what was moderated out: a statement that was taken out
        early was seen by few. On the public conversations this gives the groups that the true list
        gives; such a statement can still be chosen, if its few votes are enough.
        """
        counts = np.bincount(self.matrix.indices, minlength=len(self.statements))
        voted = counts[counts > 0]
        rare = counts < np.median(voted) / 2 if len(voted) else np.zeros(len(counts), bool)
        return replace(self, zeroed=self.zeroed | rare)


def votes_make(
    *,
    participants: Any,
    statements: Any,
    values: Any,
    at: Any = None,
    withdrawn: Iterable[Any] = (),
) -> Votes:
    """Votes from parallel columns; of two by one person on one statement the later stands.

    `at` orders in time (any numbers); without it, or when equal, the later row stands.
    """
    people, rows = _index(participants)
    things, columns = _index(statements)
    del participants, statements  # two of the four great columns are not needed any more
    values = np.asarray(values, dtype=np.int8)
    if len(values) and (values.min() < -1 or values.max() > 1):
        raise VotesError("A vote must be 1 (agree), 0 (pass) or -1 (disagree).")
    if len(things) > MAX_STATEMENTS:
        raise VotesError(f"There are more than {MAX_STATEMENTS:,} statements.")
    shape = (len(people), len(things))
    matrix = _matrix(rows, columns, values, at, shape)
    if len(people) > MAX_PARTICIPANTS:
        people, matrix = people[:MAX_PARTICIPANTS], matrix[:MAX_PARTICIPANTS]
    nothing = np.zeros(len(things), bool)
    votes = Votes(people, things, matrix, nothing, nothing)
    return votes.without(withdrawn) if withdrawn else votes


def _index(ids: Any) -> tuple[Sequence[Any], NDArray[np.int32]]:
    """The distinct ids in order, and for each row the place of its id."""
    array = np.asarray(ids)
    if array.dtype.kind in "iu":
        return _index_numbers(array)
    return _index_texts([str(one) for one in ids])


def _index_numbers(array: NDArray[Any]) -> tuple[Sequence[Any], NDArray[np.int32]]:
    if not len(array):
        return [], np.zeros(0, np.int32)
    low, high = int(array.min()), int(array.max())
    if low >= 0 and high < 4 * len(array) + 1_000_000:  # a table is faster than sorting
        present = np.zeros(high + 1, bool)
        present[array] = True
        place = np.cumsum(present, dtype=np.int32) - 1
        return np.flatnonzero(present).tolist(), place[array]
    found, inverse = np.unique(array, return_inverse=True)
    return found.tolist(), inverse.astype(np.int32)


def _index_texts(texts: list[str]) -> tuple[Sequence[Any], NDArray[np.int32]]:
    def key(text: str) -> tuple[int, int, str]:
        plain = text.isascii() and text.isdigit() and len(text) <= 4000
        return (0, int(text), text) if plain else (1, 0, text)

    found = sorted(set(texts), key=key)
    place = {text: number for number, text in enumerate(found)}
    return found, np.fromiter((place[text] for text in texts), np.int32, len(texts))


def _matrix(
    rows: NDArray[np.int32],
    columns: NDArray[np.int32],
    values: NDArray[np.int8],
    at: Any,
    shape: tuple[int, int],
) -> sparse.csr_array:
    """Sorted by row and column; duplicates resolved by time, without sorting five million keys."""
    numbers = np.arange(len(values), dtype=np.int32)
    starts = np.zeros(shape[0] + 1, np.int32)
    np.cumsum(np.bincount(rows, minlength=shape[0]), out=starts[1:])
    order, placed = numbers, columns
    if len(rows):
        # One counting pass in C puts every vote into its row, keeping the order of the file.
        whole = np.array([0, len(rows)], np.int32)
        order = sparse.csc_array((numbers, rows, whole), shape=(shape[0], 1)).tocsr().data
        placed = columns[order]
    made = sparse.csr_array((order, placed, starts), shape=shape)
    made.has_sorted_indices = False
    made.sort_indices()
    same = _same_as_before(made)
    if same.any():
        made = _latest(made, same, at)
    return sparse.csr_array((values[made.data], made.indices, made.indptr), shape=shape)


def _same_as_before(made: sparse.csr_array) -> NDArray[np.bool_]:
    same = np.zeros(made.nnz, bool)
    same[1:] = made.indices[1:] == made.indices[:-1]
    firsts = made.indptr[:-1][np.diff(made.indptr) > 0]
    same[firsts] = False
    return same


def _latest(made: sparse.csr_array, same: NDArray[np.bool_], at: Any) -> sparse.csr_array:
    """Of each run of like cells keep the vote that is last in time, then last in the file."""
    twice = same.copy()
    twice[:-1] |= same[1:]  # the first of each run too
    places = np.flatnonzero(twice)
    run, number = np.cumsum(~same[places]), made.data[places]
    when = np.zeros(len(places)) if at is None else np.asarray(at)[number]
    order = np.lexsort((number, when, run))
    last = np.ones(len(order), bool)
    last[:-1] = run[order][1:] != run[order][:-1]
    keep = ~twice
    keep[places[order[last]]] = True
    counts = np.add.reduceat(np.append(keep, False), made.indptr[:-1], dtype=np.int32)
    counts[np.diff(made.indptr) == 0] = 0
    indptr = np.zeros(made.shape[0] + 1, np.int32)
    np.cumsum(counts, out=indptr[1:])
    return sparse.csr_array((made.data[keep], made.indices[keep], indptr), shape=made.shape)
