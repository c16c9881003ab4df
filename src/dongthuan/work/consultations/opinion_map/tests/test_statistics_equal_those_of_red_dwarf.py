"""For the same groups every statistic is that of red-dwarf 0.4.0 to 1e-9, and so is each choice."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from reddwarf.utils.consensus import select_consensus_statements
from reddwarf.utils.stats import (
    calculate_comment_statistics_dataframes,
    priority_metric,
    select_representative_statements,
)

from dongthuan.work.consultations.opinion_map import Votes, opinion_map
from dongthuan.work.consultations.opinion_map.projection import extremity
from dongthuan.work.consultations.opinion_map.reading import votes_read
from dongthuan.work.consultations.opinion_map.routing import priority
from dongthuan.work.consultations.opinion_map.tests.made import planted, table

SAN_JUAN = Path(__file__).resolve().parents[6] / "tests/data/polis-san-juan"


def conversation(name: str) -> Votes:
    if name == "San Juan":
        file = SAN_JUAN / "participants-votes.csv"
        return votes_read(file, comments=SAN_JUAN / "comments.csv")
    return planted(80, 25, 3, part=0.6, seed=4)[0]


@pytest.mark.parametrize("name", ["planted", "San Juan"])
def test_every_number_is_the_same(name: str) -> None:
    votes = conversation(name)
    found = opinion_map(votes)
    assert found.grouping and found.statistics
    matrix = table(votes)
    theirs, consensus = calculate_comment_statistics_dataframes(
        matrix.iloc[found.clustered], found.grouping.labels
    )
    ours = found.statistics
    columns = {
        "na": ours.counts.agreed, "nd": ours.counts.disagreed, "ns": ours.counts.voted,
        "pa": ours.agree.share, "pd": ours.disagree.share, "pat": ours.agree.share_z,
        "pdt": ours.disagree.share_z, "ra": ours.agree.ratio, "rd": ours.disagree.ratio,
        "rat": ours.agree.ratio_z, "rdt": ours.disagree.ratio_z,
    }  # fmt: skip
    for key, value in columns.items():
        for group in range(found.grouping.count):
            expected = theirs.loc[group][key].to_numpy(dtype=float)
            np.testing.assert_allclose(value[group], expected, rtol=0, atol=1e-9, err_msg=key)
    expected = consensus["group-aware-consensus"].to_numpy()
    np.testing.assert_allclose(ours.consensus, expected, rtol=0, atol=1e-9)


@pytest.mark.parametrize("name", ["planted", "San Juan"])
def test_the_same_statements_are_chosen(name: str) -> None:
    votes = conversation(name)
    found = opinion_map(votes)
    assert found.grouping
    matrix = table(votes)
    theirs, _ = calculate_comment_statistics_dataframes(
        matrix.iloc[found.clustered], found.grouping.labels
    )
    out = [s for s, gone in zip(votes.statements, votes.withdrawn, strict=True) if gone]
    chosen = select_representative_statements(theirs, mod_out_statement_ids=out)
    for group in range(found.grouping.count):
        ours = [(votes.statements[one.place], one.side) for one in found.representative(group)]
        assert ours == [(one["tid"], one["repful-for"]) for one in chosen[group]]
    common = select_consensus_statements(matrix, mod_out_statement_ids=out)
    ours = [(votes.statements[one.place], one.success) for one in found.consensus()]
    assert ours == [(s["tid"], s["n-success"]) for s in common["agree"] + common["disagree"]]


def test_the_priority_is_the_same() -> None:
    votes = conversation("San Juan")
    found = opinion_map(votes)
    counts = found.overall.counts
    reach = extremity(found.projection, votes.zeroed)
    ours = priority(
        agreed=counts.agreed[0],
        passed=(counts.voted - counts.agreed - counts.disagreed)[0],
        voted=counts.voted[0],
        extremity=reach,
        about_process=votes.withdrawn,
    )
    theirs = priority_metric(
        votes.withdrawn, counts.agreed[0], counts.disagreed[0], counts.voted[0], reach
    )
    np.testing.assert_allclose(ours, theirs, rtol=1e-9)
