"""Walks the tables of the three kinds: each state allows just its steps, for just its people."""

from __future__ import annotations

from typing import Any

import pytest

from dongthuan.core.matters.errors import MatterError, NotAllowed
from dongthuan.core.matters.kinds import Kind, Step
from dongthuan.core.matters.models import Duty, DutyState, Entry, Projection
from dongthuan.core.matters.selectors import matter_get, steps_for
from dongthuan.work.projects.kinds import PROJECT
from dongthuan.work.projects.obstacles import OBSTACLE
from dongthuan.work.projects.tasks import TASK
from dongthuan.work.projects.tests.conftest import OBSTACLE_WAYS, PROJECT_WAYS, TASK_WAYS

WAYS = {"project": PROJECT_WAYS, "projecttask": TASK_WAYS, "obstacle": OBSTACLE_WAYS}
KINDS = (PROJECT, TASK, OBSTACLE)
STEPS = [(kind, step) for kind in KINDS for step in kind.steps]
# Who takes a step, where it is not the head of the ward.
WHO = {"done": "village_head", "solve": "village_head", "answer": "province"}
# Rules that an effect opens, beside those of the declaration.
ALSO = {
    "inform": {"project.ack"},
    "start": {"project.finish"},
    "replan": {"project.finish"},
    "resume": {"project.report", "project.finish"},
    "postpone": {"project.task"},
    "reopen": {"project.task"},
    "assign": {"project.obstacle"},
    "again": {"project.obstacle"},
    "answer": {"project.obstacle"},
}


@pytest.fixture
def matter_of(project_in: Any, task_in: Any, obstacle_in: Any) -> Any:
    makers = {"project": project_in, "projecttask": task_in, "obstacle": obstacle_in}
    return lambda kind, state: makers[kind](state)


def actor_of(people: Any, step: Step) -> Any:
    return people.actors[WHO.get(step.name, "head")]


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.name)
def test_every_state_has_a_way(kind: Kind) -> None:
    assert set(WAYS[kind.name]) == {state.name for state in kind.states}


@pytest.mark.parametrize(
    ("kind", "state"), [(kind, state.name) for kind in KINDS for state in kind.states],
    ids=lambda one: getattr(one, "name", one),
)  # fmt: skip
def test_a_state_offers_and_allows_just_the_declared_steps(
    people: Any, matter_of: Any, take: Any, kind: Kind, state: str
) -> None:
    matter = matter_of(kind.name, state)
    assert matter.state == state
    for step in kind.steps:
        actor = actor_of(people, step)
        seen = matter_get(actor=actor, code=matter.code)
        offered = bool(seen) and step in steps_for(actor=actor, matter=seen)
        assert offered == (state in step.source)
        if state not in step.source:
            with pytest.raises((MatterError, NotAllowed)):
                take(actor, matter, step.name)


@pytest.mark.parametrize(("kind", "step"), STEPS, ids=lambda one: one.name)
def test_a_step_does_what_it_declares(
    people: Any, matter_of: Any, take: Any, kind: Kind, step: Step
) -> None:
    matter = matter_of(kind.name, step.source[0])
    if step.name == "settle":
        take(people.head, matter, "hand_over")
    before = set(_running(matter))
    done = take(actor_of(people, step), matter, step.name)
    if step.target:
        assert done.state == step.target or step.name == "resume"
    assert Projection.objects.get(pk=matter.pk).state == done.state
    entry = Entry.objects.filter(matter=matter, act=f"{kind.name}.{step.name}").get()
    assert entry.after == done.state
    ended = before if step.waives == ("*",) else before & {*step.closes, *step.waives}
    opened = {opens.rule for opens in step.opens} | ALSO.get(step.name, set())
    if kind is PROJECT and step.name == "replan":
        opened = set()  # before the works begin there is no promised end yet
    assert set(_running(matter)) == (before - ended) | opened


def _running(matter: Any) -> list[str]:
    open_ = Duty.objects.filter(matter=matter, state__in=[DutyState.OPEN, DutyState.PAUSED])
    return list(open_.values_list("rule", flat=True))


@pytest.mark.parametrize("name", ["front", "dvan", "inspector", "admin", "other_head", "board"])
@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.name)
def test_others_take_no_step(people: Any, matter_of: Any, take: Any, name: str, kind: Kind) -> None:
    first = kind.states[0].name
    matter = matter_of(kind.name, first)
    for step in kind.steps_from(first):
        with pytest.raises(NotAllowed):
            take(people.actors[name], matter, step.name)


def test_a_village_solves_only_what_it_was_given(people: Any, obstacle_in: Any, take: Any) -> None:
    obstacle = obstacle_in("assigned")
    with pytest.raises(NotAllowed):
        take(people.other_village_head, obstacle, "solve")
    assert take(people.village_head, obstacle, "solve").state == "solved"
