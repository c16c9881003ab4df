"""What the preview says beforehand is what happens on the day; each move has its entry."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from dongthuan.core import clock
from dongthuan.core.clock import noon
from dongthuan.core.matters.models import Duty, DutyState, Entry, Level, Matter
from dongthuan.work.rulebook.models import RuleDraft
from dongthuan.work.rulebook.selectors import draft_preview
from dongthuan.work.rulebook.services import versions_apply
from dongthuan.work.rulebook.tests.conftest import Officers, in_days

RULE = "tcd.result_notice"  # 10 working days: owed to everybody who submits at the counter


@pytest.fixture
def running(submit: Any) -> Callable[[int], list[Duty]]:
    """So many matters whose soonest duty runs under one rule."""

    def running(count: int) -> list[Duty]:
        for number in range(count):
            submit(f"Nội dung phản ánh thứ {number}, xin xem xét.")
        return list(Duty.objects.filter(state=DutyState.OPEN).order_by("id"))

    return running


def rule_of(duties: list[Duty]) -> str:
    return duties[0].rule


def test_an_immediate_version_moves_them_as_the_preview_said(
    officers: Officers, approved: Callable[..., RuleDraft], running: Callable[[int], list[Duty]]
) -> None:
    duties = running(3)
    rule = rule_of(duties)
    made = approved(rule, valid_from=in_days(2), term="60 d", transition="immediate")
    said = draft_preview(actor=officers.drafter, draft=made)
    mine = [duty for duty in duties if duty.rule == rule]
    assert said is not None
    assert (said.open, said.later, said.earlier) == (len(mine), len(mine), 0)
    with clock.at(noon(in_days(2))):
        assert versions_apply(now=clock.now()) == len(mine)
    after = {duty.pk: duty.due_on for duty in Duty.objects.filter(rule=rule)}
    assert {row.duty_id: row.after for row in said.rows} == after
    assert {row.duty_id: row.before for row in said.rows} == {d.pk: d.due_on for d in mine}


def test_no_due_date_moves_without_an_entry(
    approved: Callable[..., RuleDraft], running: Callable[[int], list[Duty]]
) -> None:
    duty = running(1)[0]
    approved(duty.rule, valid_from=in_days(2), term="60 d", transition="immediate")
    with clock.at(noon(in_days(2))):
        versions_apply(now=clock.now())
    entry = Entry.objects.get(matter=duty.matter_id, act="duty.recomputed")
    now = Duty.objects.get(pk=duty.pk)
    assert entry.facts["due_before"] == duty.due_on.isoformat()
    assert entry.facts["due_after"] == now.due_on.isoformat()
    assert entry.facts["basis"] == "Điều 1 Nghị định thử"
    assert now.version_from == in_days(2)
    matter = Matter.objects.get(pk=duty.matter_id)
    soonest = Duty.objects.filter(matter=matter, state="open").order_by("due_on", "id").first()
    assert soonest is not None
    assert (matter.next_due_on, matter.next_rule) == (soonest.due_on, soonest.rule)


def test_applying_twice_changes_nothing_more(
    approved: Callable[..., RuleDraft], running: Callable[[int], list[Duty]]
) -> None:
    rule = rule_of(running(2))
    approved(rule, valid_from=in_days(2), term="60 d", transition="immediate")
    with clock.at(noon(in_days(2))):
        assert versions_apply(now=clock.now()) > 0
        assert versions_apply(now=clock.now()) == 0
    assert Entry.objects.filter(act="duty.recomputed").count() == 2


def test_before_its_day_nothing_moves(
    approved: Callable[..., RuleDraft], running: Callable[[int], list[Duty]]
) -> None:
    rule = rule_of(running(1))
    approved(rule, valid_from=in_days(2), term="60 d", transition="immediate")
    assert versions_apply(now=clock.now()) == 0


def test_an_anchored_version_leaves_running_duties_alone(
    officers: Officers, approved: Callable[..., RuleDraft], running: Callable[[int], list[Duty]]
) -> None:
    rule = rule_of(running(2))
    made = approved(rule, valid_from=in_days(2), term="60 d", transition="anchored")
    said = draft_preview(actor=officers.drafter, draft=made)
    assert said is not None and (said.moved, said.kept, said.rows) == (0, 2, [])
    with clock.at(noon(in_days(2))):
        assert versions_apply(now=clock.now()) == 0


def test_a_term_that_ran_out_before_stays_broken(
    officers: Officers, approved: Callable[..., RuleDraft], running: Callable[[int], list[Duty]]
) -> None:
    duty = running(1)[0]
    made = approved(
        duty.rule, valid_from=duty.due_on + dt.timedelta(days=1), term="90 d",
        transition="immediate",
    )  # fmt: skip
    said = draft_preview(actor=officers.drafter, draft=made)
    assert said is not None and (said.broken, said.moved) == (1, 0)
    with clock.at(noon(made.valid_from)):
        assert versions_apply(now=clock.now()) == 0
    assert Duty.objects.get(pk=duty.pk).due_on == duty.due_on


def test_matters_out_of_sight_are_counted_and_not_named(
    officers: Officers, draft: Callable[..., RuleDraft], running: Callable[[int], list[Duty]]
) -> None:
    duty = running(2)[0]
    Matter.objects.filter(pk=duty.matter_id).update(level=Level.SEALED)
    made = draft(duty.rule, valid_from=in_days(2), term="60 d", transition="immediate")
    said = draft_preview(actor=officers.drafter, draft=made)
    assert said is not None
    assert (said.later, len(said.rows)) == (2, 1)
    assert duty.pk not in {row.duty_id for row in said.rows}


def test_a_fact_counts_no_days(officers: Officers, draft: Callable[..., RuleDraft]) -> None:
    assert draft_preview(actor=officers.drafter, draft=draft("kn.suspend", value="false")) is None


def test_the_preview_costs_the_same_for_ten_and_for_a_hundred(
    officers: Officers, draft: Callable[..., RuleDraft], running: Callable[[int], list[Duty]]
) -> None:
    duty = running(10)[0]
    made = draft(duty.rule, valid_from=in_days(2), term="60 d", transition="immediate")
    costs = []
    for more in (0, 90):
        running(more)
        with CaptureQueriesContext(connection) as captured:
            said = draft_preview(actor=officers.drafter, draft=made)
        costs.append(len(captured))
    assert said is not None and said.later == 100
    assert costs[0] == costs[1] <= 8
