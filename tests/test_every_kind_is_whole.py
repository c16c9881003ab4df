"""What every declaration owes, whatever room it comes from: read as a table, without a database."""

from __future__ import annotations

import pytest

from dongthuan.core.law import load_rulebook
from dongthuan.core.matters.kinds import Kind, Step, all_kinds
from dongthuan.core.units.models import Role

KINDS = all_kinds()
STEPS = [(kind, step) for kind in KINDS for step in kind.steps]
by_name = pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.name)
by_step = pytest.mark.parametrize(("kind", "step"), STEPS, ids=lambda one: one.name)


def rules_of(step: Step) -> set[str]:
    named = {opens.rule for opens in step.opens} | {*step.closes, *step.waives, *step.extends}
    return (named | ({step.in_force} if step.in_force else set())) - {"*"}


@by_step
def test_every_rule_that_a_step_names_is_in_the_rulebook(kind: Kind, step: Step) -> None:
    book = load_rulebook()
    assert [rule for rule in sorted(rules_of(step)) if rule not in book] == []


@by_step
def test_every_step_has_a_role_an_answerable_form_and_words(kind: Kind, step: Step) -> None:
    assert step.roles and set(step.roles) <= set(Role)
    assert str(step.label)
    names = [ask.name for ask in step.asks]
    assert len(set(names)) == len(names)
    assert not any(ask.type in ("choice", "choices") and not ask.choices for ask in step.asks)
    if step.extends:
        assert "term" in names, "prolonging asks for the term"
    if step.announce:
        assert str(step.announce) % {"code": "1", "unit": "2", "note": "3"}


@by_name
def test_every_state_is_reached_and_every_unfinished_one_can_be_left(kind: Kind) -> None:
    targets = {step.target for step in kind.steps}
    first = kind.states[0].name
    for state in kind.states:
        leaving = [step for step in kind.steps_from(state.name) if step.target != state.name]
        moving = [step for step in leaving if step.target or step.effect]
        if not state.final and (state.name in targets or state.name == first):
            assert moving, f"{kind.name}: nobody gets out of {state.name}"


@by_name
def test_every_promise_that_a_step_opens_can_be_kept(kind: Kind) -> None:
    """For each rule that is opened there is a step of the same kind that closes it."""
    opened = {opens.rule for step in kind.steps for opens in step.opens}
    closed = {rule for step in kind.steps for rule in (*step.closes, *step.may_close)}
    assert sorted(opened - closed) == []
