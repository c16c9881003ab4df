"""What is inspected is made known by the plan that is sent, to everybody at the same time."""

from __future__ import annotations

from typing import Any

from dongthuan.core.matters.models import Projection
from dongthuan.core.matters.selectors import matter_get
from dongthuan.work.supervision.tests.conftest import act


def test_prepared_it_says_nothing_announced_it_says_all(
    people: Any, plan: Any, browser_of: Any
) -> None:
    made, anyone = plan(), browser_of()
    pages = (
        f"/tra-cuu/{made.code}/",
        "/tra-cuu/?q=chất+lượng",
        f"/giam-sat/ban/{made.board.code}/",
    )
    for page in pages:
        assert "ngõ 12" not in anyone.get(page).content.decode(), page
    act(people.board, made, "notify", document="01/KH")
    assert Projection.objects.get(pk=made.pk).listed
    for page in pages:
        assert "ngõ 12" in anyone.get(page).content.decode(), page


def test_the_office_learns_of_it_by_the_plan_that_is_sent(people: Any, plan: Any) -> None:
    made = plan()
    assert matter_get(actor=people.front, code=made.code)
    assert matter_get(actor=people.head, code=made.code) is None
    act(people.board, made, "notify", document="01/KH")
    assert matter_get(actor=people.head, code=made.code)
