"""One person drafts, another approves; whoever else has no part in it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.db import Error, IntegrityError, connection, transaction

from dongthuan.core.matters.errors import MatterError, NotAllowed
from dongthuan.work.rulebook.models import DraftState, RuleDraft, RuleEntry
from dongthuan.work.rulebook.services import (
    draft_approve,
    draft_change,
    draft_create,
    draft_propose,
    draft_reject,
    draft_withdraw,
)
from dongthuan.work.rulebook.tests.conftest import Officers, typed

Draft = Callable[..., RuleDraft]


def test_the_whole_way_is_recorded(officers: Officers, approved: Draft) -> None:
    made = approved()
    assert made.state == DraftState.APPROVED
    assert made.decided_by_id != made.drafted_by_id
    entries = RuleEntry.objects.filter(draft=made).order_by("id")
    assert [entry.act for entry in entries] == ["drafted", "proposed", "approved"]
    assert entries[0].facts["table"]["term"] == "5 wd"
    assert all(entry.actor_label for entry in entries)


def test_who_drafted_may_not_approve_nor_reject(officers: Officers, draft: Draft) -> None:
    made = draft_propose(acting=officers.drafter, draft_id=draft().pk)
    with pytest.raises(NotAllowed):
        draft_approve(acting=officers.drafter, draft_id=made.pk)
    with pytest.raises(NotAllowed):
        draft_reject(acting=officers.drafter, draft_id=made.pk, note="không")
    assert RuleDraft.objects.get().state == DraftState.PROPOSED


def test_the_database_itself_wants_two_people(officers: Officers, draft: Draft) -> None:
    made = draft()
    with pytest.raises(IntegrityError, match="rule_draft_two_people"), transaction.atomic():
        RuleDraft.objects.filter(pk=made.pk).update(
            state="approved", decided_by=officers.drafter.account_id
        )


@pytest.mark.parametrize(
    "name", ["admin", "intake", "handler", "head", "front", "dvan", "province", "citizen"]
)
def test_nobody_else_drafts(people: Any, name: str) -> None:
    with pytest.raises(NotAllowed):
        draft_create(acting=getattr(people, name), key="kn.accept", typed=typed(), reason="thử")
    assert not RuleDraft.objects.exists()


def test_a_draft_is_not_approved_before_it_is_proposed(officers: Officers, draft: Draft) -> None:
    with pytest.raises(NotAllowed):
        draft_approve(acting=officers.approver, draft_id=draft().pk)


def test_only_the_drafter_changes_proposes_and_withdraws(officers: Officers, draft: Draft) -> None:
    made = draft()
    with pytest.raises(NotAllowed):
        draft_propose(acting=officers.approver, draft_id=made.pk)
    with pytest.raises(NotAllowed):
        draft_withdraw(acting=officers.approver, draft_id=made.pk)
    changed = draft_change(
        acting=officers.drafter, draft_id=made.pk, typed=typed(term="6 wd"), reason="sửa",
        revision=1,
    )  # fmt: skip
    assert (changed.table["term"], changed.revision) == ("6 wd", 2)
    with pytest.raises(MatterError):
        draft_change(
            acting=officers.drafter, draft_id=made.pk, typed=typed(), reason="sửa", revision=1
        )


def test_a_rejection_needs_a_reason_and_closes_the_draft(officers: Officers, draft: Draft) -> None:
    made = draft_propose(acting=officers.drafter, draft_id=draft().pk)
    with pytest.raises(MatterError) as refused:
        draft_reject(acting=officers.approver, draft_id=made.pk, note=" ")
    assert refused.value.field == "note"
    draft_reject(acting=officers.approver, draft_id=made.pk, note="Chưa có hiệu lực")
    with pytest.raises(NotAllowed):
        draft_approve(acting=officers.approver, draft_id=made.pk)
    assert draft().pk != made.pk  # the rule is free for another draft


def test_one_draft_of_a_rule_is_open_at_a_time(draft: Draft) -> None:
    draft()
    with pytest.raises(MatterError):
        draft()
    assert RuleDraft.objects.count() == 1


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE rulebook_ruleentry SET act = 'x'",
        "DELETE FROM rulebook_ruleentry",
        "TRUNCATE rulebook_ruleentry CASCADE",
        "UPDATE rulebook_ruledraft SET table = '{}' WHERE state = 'approved'",
        "UPDATE rulebook_ruledraft SET valid_from = '2020-01-01' WHERE state = 'approved'",
        "DELETE FROM rulebook_ruledraft",
    ],
)
def test_the_record_and_what_was_approved_cannot_be_changed(
    approved: Draft, statement: str
) -> None:
    approved()
    statement = statement.replace("SET table", 'SET "table"')
    with pytest.raises(Error), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)
    assert RuleEntry.objects.count() == 3
    assert RuleDraft.objects.get().table["term"] == "5 wd"
