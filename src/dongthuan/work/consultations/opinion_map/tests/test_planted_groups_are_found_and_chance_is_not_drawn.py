"""Groups that are there are found; groups that are not there are not drawn."""

from __future__ import annotations

import pytest

from dongthuan.work.consultations.opinion_map import opinion_map
from dongthuan.work.consultations.opinion_map.stability import rand_index
from dongthuan.work.consultations.opinion_map.tests.made import chance, planted


@pytest.mark.parametrize(("people", "groups"), [(60, 2), (90, 3), (400, 2), (600, 3)])
def test_planted_groups_are_found(people: int, groups: int) -> None:
    votes, truth = planted(people, 30, groups)
    found = opinion_map(votes)
    assert found.stable
    assert rand_index(truth[found.clustered], found.labels[found.clustered]) > 0.9


@pytest.mark.parametrize("people", [30, 60, 200, 800])
@pytest.mark.parametrize("seed", [1, 2, 3])
def test_votes_by_chance_have_no_stable_groups(people: int, seed: int) -> None:
    found = opinion_map(chance(people, 20, seed=seed))
    assert not found.stable
    assert found.stability < 0.6


def test_people_of_one_mind_have_no_groups() -> None:
    votes, _ = planted(80, 20, 1, chance=0.0)
    found = opinion_map(votes)
    assert not found.stable
    assert found.sizes == []
    assert len(found.consensus()) > 0
