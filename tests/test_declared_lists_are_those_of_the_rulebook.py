"""Lists of the law that the rooms declare for their forms stand in the rulebook with as many lines.

The rooms speak of them by names of their own, in the order of the article. When a new text of law
adds a ground to the rulebook, this test says which form does not offer it yet.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import pytest

from dongthuan.core import clock
from dongthuan.core.law import load_rulebook
from dongthuan.work.denunciations import terms
from dongthuan.work.petitions.kinds import complaint_tables

# The letters or numbers by which the article tells the lines of each declared list apart.
LISTS: list[tuple[str, Sequence[Any], list[str]]] = [
    ("kn.non_acceptance_grounds", complaint_tables.REFUSAL_GROUNDS, [*"123456789"]),
    ("kn.complex_criteria", complaint_tables.CRITERIA, [*"abcdđeg"]),
    # Point a names two: force majeure and objective obstacles.
    ("kn.suspend_grounds", complaint_tables.SUSPENSION_GROUNDS, [*"aab"]),
    # "Including but not limited to": the last is any other cause.
    ("kn.obstacles", complaint_tables.CAUSES[:-1], [*"abc"]),
    ("kn.terminate_grounds", complaint_tables.TERMINATION_GROUNDS, [*"ab"]),
    ("kn.publish_forms", complaint_tables.PUBLICATION_FORMS, [*"abc"]),
    # Point c, competence, is asked by itself.
    ("tc.acceptance_conditions", [*terms.REFUSALS, "competence"], ["a", "b", "d", "settled", "c"]),
    ("tc.anonymous_checked", list(terms.CHECKABLE), ["who", "evidence", "checkable"]),
    ("tc.complex_criteria", list(terms.CRITERIA), [*"abcdđeg"]),
    ("tc.suspend_grounds", list(terms.SUSPENSIONS), [*"ab"]),
    # Point a, withdrawal, is a step of its own.
    ("tc.terminate_grounds", ["withdraw", *terms.TERMINATIONS], [*"abc"]),
    ("tc.withdraw_continue", list(terms.GOES_ON), [*"abc"]),
    # The last is clause 2.b of the article, no ground of its clause 3.
    ("tc.again_grounds", list(terms.AGAIN_GROUNDS)[:-1], [*"abc"]),
    ("tc.take_over", list(terms.TAKE_OVER), ["1a", "1b", "2a", "2b", "2c"]),
    ("tc.publish_forms", list(terms.POSTING), [*"abcd"]),
]


@pytest.mark.parametrize(("key", "declared", "letters"), LISTS, ids=[row[0] for row in LISTS])
def test_as_many_as_the_article_has(key: str, declared: Sequence[Any], letters: list[str]) -> None:
    assert len(declared) == len(letters)
    assert set(letters) == set(load_rulebook().value(key, on=clock.today()).codes)


def test_the_record_cites_criteria_of_denunciations_by_the_letters_of_the_rulebook() -> None:
    for letters, key in (
        (terms.CRITERION, "tc.complex_criteria"),
        (terms.SUSPENSION, "tc.suspend_grounds"),
    ):
        assert tuple(letters.values()) == load_rulebook().value(key, on=clock.today()).codes
