"""Each voice is asked every statement once, drawn by priority, the same on reloading."""

from __future__ import annotations

from typing import Any

from dongthuan.work.consultations.models import Statement
from dongthuan.work.consultations.statements.selectors import statement_next, statements_desk
from dongthuan.work.consultations.statements.services import statement_vote
from dongthuan.work.consultations.tests.statements import statements_in, voice_of, votes_in


def test_every_statement_comes_once_and_reloading_changes_nothing(people: Any, opened: Any) -> None:
    matter = opened()
    statements_in(people, matter, 6)
    voice, seen = voice_of(matter, "0901"), []
    while (asked := statement_next(matter, voice=voice.pseudonym)).statement:
        assert statement_next(matter, voice=voice.pseudonym) == asked
        assert asked.said == len(seen)
        seen.append(asked.statement.number)
        statement_vote(
            consultation_id=matter.pk, voice=voice, statement_id=asked.statement.pk, value=0
        )
    assert sorted(seen) == [1, 2, 3, 4, 5, 6]


def test_asking_costs_the_same_at_any_number_of_statements(
    people: Any, opened: Any, django_assert_num_queries: Any
) -> None:
    matter = opened()
    statements_in(people, matter, 3)
    with django_assert_num_queries(2):
        statement_next(matter, voice="x")
    Statement.objects.bulk_create(
        Statement(consultation=matter, number=n, text=f"Câu {n}", folded=f"cau {n}", state="shown",
                  origin="staff") for n in range(10, 110)
    )  # fmt: skip
    with django_assert_num_queries(2):
        assert statement_next(matter, voice="x").shown == 103
    with django_assert_num_queries(1):
        assert len(statements_desk(matter, view="shown").rows) == 50


def test_the_desk_sees_what_many_pass_on(people: Any, opened: Any) -> None:
    matter = opened()
    statements = statements_in(people, matter, 3)
    votes_in(matter, statements, people=12)
    Statement.objects.filter(pk=statements[1].pk).update(agreed=4, disagreed=2, passed=6)
    queue = statements_desk(matter, view="unclear")
    assert [row.number for row in queue.rows] == [2]
    weights = [row.weight for row in statements_desk(matter, view="shown").rows]  # type: ignore[attr-defined]
    assert weights == sorted(weights, reverse=True)
