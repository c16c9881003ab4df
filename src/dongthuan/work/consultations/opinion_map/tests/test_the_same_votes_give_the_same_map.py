"""Neither the order of a file nor the hour changes a map."""

from __future__ import annotations

import numpy as np

from dongthuan.work.consultations.opinion_map import opinion_map, votes_make
from dongthuan.work.consultations.opinion_map.computing import as_json
from dongthuan.work.consultations.opinion_map.tests.made import planted


def test_shuffled_rows_give_the_same_map_to_the_last_digit() -> None:
    votes, _ = planted(150, 30, 3)
    people = np.repeat(votes.participants, np.diff(votes.matrix.indptr))
    statements = np.array(votes.statements)[votes.matrix.indices]
    first = as_json(opinion_map(votes), seconds=0)
    for seed in range(3):
        order = np.random.RandomState(seed).permutation(len(people))
        again = votes_make(
            participants=people[order],
            statements=statements[order],
            values=votes.matrix.data[order],
        )
        assert as_json(opinion_map(again), seconds=0) == first


def test_people_under_other_names_fall_into_the_same_groups() -> None:
    votes, _ = planted(150, 30, 2)
    people = np.repeat(np.arange(150), np.diff(votes.matrix.indptr))
    statements = np.array(votes.statements)[votes.matrix.indices]
    other = np.random.RandomState(5).permutation(150)
    renamed = votes_make(
        participants=other[people], statements=29 - statements, values=votes.matrix.data
    )
    one, two = opinion_map(votes).labels, opinion_map(renamed).labels[other]
    assert len(set(zip(one.tolist(), two.tolist(), strict=True))) == 2


def test_of_two_votes_on_one_statement_the_later_stands() -> None:
    votes = votes_make(
        participants=[1, 1, 1, 2, 2],
        statements=[7, 7, 7, 7, 7],
        values=[1, -1, 0, 1, -1],
        at=[5, 9, 2, 3, 3],
    )
    assert votes.matrix.toarray().tolist() == [[-1], [-1]]
