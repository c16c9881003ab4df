"""Axes and places are those of the full imputed matrix, though it is never made."""

from __future__ import annotations

import numpy as np
from reddwarf.utils.reducer.base import run_reducer

from dongthuan.work.consultations.opinion_map.projection import extremity, projection_make
from dongthuan.work.consultations.opinion_map.tests.made import planted, table


def test_people_and_statements_stand_where_the_full_matrix_puts_them() -> None:
    votes, _ = planted(120, 40, 3, part=0.5)
    ours = projection_make(votes)
    people, statements, model = run_reducer(table(votes).to_numpy())
    turn = np.sign((ours.components.T * model.components_).sum(1))
    np.testing.assert_allclose(ours.points, people * turn, atol=1e-5)
    assert statements is not None
    reach = extremity(ours, votes.zeroed)
    np.testing.assert_allclose(reach, np.linalg.norm(statements.T, axis=0), atol=1e-5)
