"""Each change of a clause is a version; comments are answered before agreement."""

from __future__ import annotations

from typing import Any

import pytest

from dongthuan.core.matters.errors import Conflict, MatterError, NotAllowed
from dongthuan.work.coordination.planning import (
    clause_edit,
    clause_remove,
    comment_add,
    comment_answer,
)
from dongthuan.work.coordination.selectors import changes_of, pieces_of


def test_every_change_is_a_version_and_the_difference_is_shown(people: Any, plan_of: Any) -> None:
    clause = plan_of().clauses.get(section=3)
    clause_edit(acting=people.handler, clause=clause, text="Tiếp dân, đối thoại, trả lời.")
    clause_remove(acting=people.dvan, clause=clause)
    versions = [(one.number, one.side, one.removed) for one in clause.versions.all()]
    assert versions == [(1, "partner", False), (2, "office", False), (3, "partner", True)]
    second = changes_of(clause)[1]
    assert [(one.kind, one.text.strip()) for one in second.pieces if one.kind != "same"] == [
        ("removed", "thoại."), ("added", "thoại, trả lời.")
    ]  # fmt: skip


def test_a_difference_puts_together_to_both_texts() -> None:
    old, new = "một hai ba bốn", "một ba bốn năm"
    pieces = pieces_of(old, new)
    assert "".join(one.text for one in pieces if one.kind != "added") == old
    assert "".join(one.text for one in pieces if one.kind != "removed") == new


def test_two_who_write_at_once_do_not_overwrite_each_other(people: Any, plan_of: Any) -> None:
    clause = plan_of().clauses.get(section=3)
    clause_edit(acting=people.handler, clause=clause, text="Bản của Ủy ban.", number=1)
    with pytest.raises(Conflict):
        clause_edit(acting=people.dvan, clause=clause, text="Bản của Ban.", number=1)


def test_the_text_is_not_agreed_while_a_comment_is_open(
    people: Any, plan_in: Any, take: Any
) -> None:
    plan = plan_in("exchanged")
    comment = comment_add(acting=people.handler, clause=plan.clauses.first(), text="Nêu rõ hơn.")
    with pytest.raises(MatterError):
        take(people.dvan, plan, "agree")
    with pytest.raises(MatterError):
        comment_answer(acting=people.handler, comment=comment, outcome="taken")
    with pytest.raises(MatterError):
        comment_answer(acting=people.dvan, comment=comment, outcome="declined")
    comment_answer(acting=people.dvan, comment=comment, outcome="declined", answer="Đã đủ rõ.")
    assert take(people.dvan, plan, "agree").state == "exchanged"
    assert take(people.handler, plan, "agree").state == "agreed"


def test_others_neither_write_nor_comment(people: Any, plan_in: Any) -> None:
    clause = plan_in("exchanged").clauses.first()
    for name in ("front", "party", "other_head", "inspector", "intake"):
        with pytest.raises(NotAllowed):
            comment_add(acting=people.actors[name], clause=clause, text="Góp ý.")
        with pytest.raises(NotAllowed):
            clause_edit(acting=people.actors[name], clause=clause, text="Sửa.")
