"""Past and present days, overlaps and unclear words are refused; nothing is written then."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from dongthuan.core import clock, law
from dongthuan.core.clock import noon
from dongthuan.core.law import deadline, load_rulebook, shipped_rulebook
from dongthuan.core.matters.errors import MatterError
from dongthuan.work.rulebook.models import RuleDraft
from dongthuan.work.rulebook.services import draft_approve, draft_create, draft_propose
from dongthuan.work.rulebook.tables import typed_of
from dongthuan.work.rulebook.tests.conftest import Officers, in_days, typed

DATA = Path(law.__file__).parent / "data"


@pytest.mark.parametrize("days", [0, -1, -400])
def test_a_past_or_present_day_is_refused(officers: Officers, days: int) -> None:
    with pytest.raises(MatterError) as refused:
        draft_create(
            acting=officers.drafter, key="kn.accept", typed=typed(valid_from=in_days(days)),
            reason="thử",
        )  # fmt: skip
    assert refused.value.field == "valid_from"
    assert not RuleDraft.objects.exists()


@pytest.mark.parametrize(
    ("key", "fields"),
    [
        ("kn.moon", {}),
        ("kn.accept", {"term": "soon"}),
        ("kn.accept", {"basis_vi": " "}),
        ("kn.accept", {"evidence": "sure"}),
        ("kn.accept", {"when": "complex 9 d"}),
        ("kn.accept", {"when": "moon: 9 d"}),
        ("kn.accept", {"extension": "30 d"}),
        ("tcd.chair_commune.min_days", {"value": "often", "text_vi": "ngày", "text_en": "days"}),
        ("kn.suspend", {"value": "perhaps"}),
        ("kn.non_acceptance_grounds", {"value": "1 | chỉ tiếng Việt"}),
        ("tcd.group_reps", {"value": "5 to 10"}),
    ],
)
def test_what_is_unclear_is_refused_in_one_sentence(
    officers: Officers, key: str, fields: dict[str, Any]
) -> None:
    with pytest.raises(MatterError) as refused:
        draft_create(acting=officers.drafter, key=key, typed=typed(**fields), reason="thử")
    assert refused.value.message.rstrip("”").endswith(
        (".", fields.get("when", "."), *fields.values())
    )
    assert not RuleDraft.objects.exists()


def test_an_overlap_with_an_approved_version_is_refused(
    officers: Officers, approved: Callable[..., RuleDraft]
) -> None:
    approved(valid_from=in_days(30))
    for days in (30, 20):
        with pytest.raises(MatterError, match="chồng nhau"):
            draft_create(
                acting=officers.drafter, key="kn.accept", typed=typed(valid_from=in_days(days)),
                reason="thử",
            )  # fmt: skip
    later = approved(valid_from=in_days(60), term="6 wd")
    assert load_rulebook().rule("kn.accept").versions[-1].valid_from == later.valid_from


def test_a_proposal_whose_day_has_come_is_not_approved(
    officers: Officers, draft: Callable[..., RuleDraft]
) -> None:
    made = draft_propose(acting=officers.drafter, draft_id=draft(valid_from=in_days(2)).pk)
    with clock.at(noon(in_days(2))), pytest.raises(MatterError) as refused:
        draft_approve(acting=officers.approver, draft_id=made.pk)
    assert refused.value.field == "valid_from"
    assert RuleDraft.objects.get().state == "proposed"


def test_from_its_day_the_clock_counts_by_it(approved: Callable[..., RuleDraft]) -> None:
    approved("kn.send_decision1", valid_from=dt.date(2027, 3, 1), term="9 wd")
    assert deadline(key="kn.send_decision1", anchor=dt.date(2027, 2, 26)).term == "3 wd"
    found = deadline(key="kn.send_decision1", anchor=dt.date(2027, 3, 1))
    assert (found.term, found.document) == ("9 wd", "1/2027/NĐ-CP")


def test_the_shipped_files_and_the_shipped_rules_stay_untouched(
    approved: Callable[..., RuleDraft],
) -> None:
    before = {file.name: file.read_bytes() for file in DATA.iterdir()}
    rules = shipped_rulebook().entries()
    approved()
    approved("kn.suspend", value="false")
    assert {file.name: file.read_bytes() for file in DATA.iterdir()} == before
    assert shipped_rulebook().entries() == rules


def test_every_rule_and_fact_can_be_drafted_from_its_last_version(officers: Officers) -> None:
    for entry in shipped_rulebook().entries():
        fields = typed_of(entry) | {"valid_from": in_days(400)}
        draft_create(acting=officers.drafter, key=entry.key, typed=fields, reason="thử")
    assert RuleDraft.objects.count() == len(shipped_rulebook().entries())


def test_a_process_that_was_not_told_reads_it_when_its_knowledge_is_old(
    officers: Officers, draft: Callable[..., RuleDraft], django_capture_on_commit_callbacks: Any
) -> None:
    made = draft_propose(acting=officers.drafter, draft_id=draft().pk)
    with django_capture_on_commit_callbacks(execute=True):
        draft_approve(acting=officers.approver, draft_id=made.pk)
    assert len(load_rulebook().rule("kn.accept").versions) == 3
