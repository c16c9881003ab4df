"""Beside the vault the page tells how far the procedure is, and nothing of people."""

from __future__ import annotations

from typing import Any

from dongthuan.work.denunciations.selectors import case_view
from dongthuan.work.denunciations.tests.paths import matter_in, take, walk


def test_the_designated_see_facts_protection_and_the_draft(people: Any, denounce: Any) -> None:
    matter = matter_in(people, denounce, "reported")
    take(people, matter, "protect_decide", type="position", measures=["57.1a"])
    matter = walk(people, matter, ("conclude", "draft"))
    take(people, matter, "figures", sort="due", state_money=120)
    case = case_view(actor=people.sealed, code=matter.code)
    assert case is not None
    assert [line.row.state for line in case.protections] == ["ended"]
    assert case.public_text.startswith("Kết luận")
    assert case.figures[0][1][0][1] == 120
    assert "Kín" not in str(case)


def test_others_see_no_case(people: Any, denounce: Any, django_assert_num_queries: Any) -> None:
    matter = denounce().matter
    for name in ("intake", "head", "inspector", "admin"):
        assert case_view(actor=people.actors[name], code=matter.code) is None
    with django_assert_num_queries(2):
        case_view(actor=people.sealed, code=matter.code)
