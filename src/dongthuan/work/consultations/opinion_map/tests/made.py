"""Votes made for tests: groups planted on purpose, or none."""

from __future__ import annotations

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from dongthuan.work.consultations.opinion_map import Votes, votes_make


def planted(
    people: int,
    statements: int,
    groups: int,
    *,
    part: float = 0.8,
    chance: float = 0.2,
    seed: int = 1,
) -> tuple[Votes, NDArray[np.int64]]:
    """Votes of people who follow their group's opinion except by chance; and their group."""
    random = np.random.RandomState(seed)
    of = random.permutation(np.arange(people) % groups)
    opinion = random.choice([-1, 1], size=(groups, statements))
    who, what = np.nonzero(random.random_sample((people, statements)) < part)
    by_chance = random.random_sample(len(who)) < chance
    values = np.where(by_chance, random.choice([-1, 0, 1], size=len(who)), opinion[of[who], what])
    votes = votes_make(participants=who, statements=what, values=values)
    return votes, of[np.array(votes.participants)]


def chance(people: int, statements: int, *, seed: int = 1) -> Votes:
    random = np.random.RandomState(seed)
    who, what = np.nonzero(random.random_sample((people, statements)) < 0.7)
    values = random.choice([-1, 0, 1], size=len(who))
    return votes_make(participants=who, statements=what, values=values)


def table(votes: Votes) -> pd.DataFrame:
    """The votes as red-dwarf takes them: NaN where nothing was voted."""
    full = np.full(votes.matrix.shape, np.nan)
    rows = np.repeat(np.arange(full.shape[0]), np.diff(votes.matrix.indptr))
    full[rows, votes.matrix.indices] = votes.matrix.data
    columns = pd.Index(votes.statements, name="statement_id")
    return pd.DataFrame(full, index=votes.participants, columns=columns)
