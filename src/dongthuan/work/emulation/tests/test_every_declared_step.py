"""Walks the declared tables: every step of both kinds, from every state, by every body."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from dongthuan.core import clock
from dongthuan.core.matters.errors import MatterError, NotAllowed
from dongthuan.core.matters.kinds import Step
from dongthuan.core.matters.models import Duty, Entry, Matter, Projection
from dongthuan.core.matters.selectors import matter_get, steps_for
from dongthuan.core.matters.services import matter_act, step_exists
from dongthuan.core.units.models import Position, Role
from dongthuan.work.emulation.kinds import CYCLE, MODEL
from dongthuan.work.emulation.services import ENDED, juror_add, outputs_record
from dongthuan.work.emulation.tests.conftest import AUTUMN, AWARD, BOARD, convened, scored

KINDS = {"cycle": CYCLE, "model": MODEL}
WHO = {
    Role.MASS_MOBILISATION: "dvan", Role.PARTNER_HEAD: "dvan_head",
    Role.VILLAGE_HEAD: "village_head", Role.VILLAGE_FRONT: "village_front",
}  # fmt: skip
DOCUMENT = {"document": "12/VB"}
REASON = {"reason": "Vì bão lũ"}
ANSWERS: dict[str, dict[str, Any]] = {
    "close": DOCUMENT, "midyear": {"report": "Đúng tiến độ."}, "convene": DOCUMENT,
    "conclude": DOCUMENT | {"minutes": "Không có mô hình nào."},
    "move": DOCUMENT | REASON | {"appraise_until": dt.date(2026, 12, 20)},
    "guide": {"guidance": "Nêu rõ số liệu."}, "begin": {"on": dt.date(2026, 2, 1)},
    "check": {"finding": "Đúng tiến độ."}, "submit": {"results": "Xóa 5 điểm rác."},
    "send_back": REASON, "recognise": AWARD, "not_recognise": REASON, "withdraw": REASON,
    "raise_level": AWARD | {"level": "province"},
}  # fmt: skip
TO_SUBMIT = ("guide", "begin", "FIGURES", "submit")
TO_RESULT = (*TO_SUBMIT, "SCORES", "appraise")
WAYS: dict[str, dict[str, tuple[str, ...]]] = {
    "cycle": {
        "registering": (), "running": ("close",), "checked": ("close", "midyear"),
        "appraising": ("close", "midyear", "SEATS", "convene"),
        "concluded": ("close", "midyear", "SEATS", "convene", "conclude"),
    },
    "model": {
        "registered": (), "guided": ("guide",), "running": ("guide", "begin", "FIGURES"),
        "checked": ("guide", "begin", "FIGURES", "check"), "submitted": (*TO_SUBMIT, "SCORES"),
        "appraised": TO_RESULT, "recognised": (*TO_RESULT, "recognise"),
        "spreading": (*TO_RESULT, "recognise", "spread"),
        "not_recognised": (*TO_RESULT, "not_recognise"), "withdrawn": ("withdraw",),
        "not_handed_in": ("guide", "YEAR_ENDS"),
    },
}  # fmt: skip
STATES = [(name, state) for name, ways in WAYS.items() for state in ways]
# Declared, but refused by the facts of the walk: no board has its seats yet.
REFUSED_BY_FACTS = {("cycle", "checked", "convene")}
CASES = [
    (name, state, step)
    for name, state in STATES
    for step in KINDS[name].steps
    if state in step.source and (name, state, step.name) not in REFUSED_BY_FACTS
]


@pytest.fixture
def brought(people: Any, cycle: Any, register: Any) -> Any:
    """brought(name, state): a matter of that kind, walked to the state by the right people."""

    def brought(name: str, state: str) -> Any:
        made = register() if name == "model" else cycle
        for step in WAYS[name][state]:
            made = prepare(people, made, step) or take(people, name, made, step)
        return made

    return brought


def prepare(people: Any, made: Any, name: str) -> Any:
    """What lies between two steps and is none: figures, seats, the members' points."""
    if name == "FIGURES":
        figures = {row.pk: 5 for row in made.outputs.all()}
        return outputs_record(acting=people.village_head, model=made, achieved=figures)
    if name == "SCORES":
        convened(people, made.cycle)
        scored(people, made, 5, 10, 15)
        return made
    if name == "YEAR_ENDS":
        take(people, "cycle", convened(people, made.cycle), "conclude")
        return type(made).objects.get(pk=made.pk)
    if name == "SEATS":
        for code, seat in BOARD:
            position = Position.objects.get(code=code)
            juror_add(acting=people.dvan, cycle=made, position=position, seat=seat)
        return made
    return None


def doer(people: Any, step: Step) -> Any:
    if step.by:
        return people.village_head
    return people.actors[WHO[Role(step.roles[0])]]


def take(people: Any, name: str, matter: Any, step: str, actor: Any = None) -> Any:
    declared = KINDS[name].step(step)
    assert declared is not None
    late = step in ("recognise", "raise_level", "conclude")
    with clock.at(AUTUMN if late else clock.now()):
        matter_act(
            acting=actor or doer(people, declared), matter_id=matter.pk, step_name=step,
            data=dict(ANSWERS.get(step, {})),
        )  # fmt: skip
    return type(matter).objects.get(pk=matter.pk)


def picture(matter: Any) -> Any:
    return (
        Matter.objects.filter(pk=matter.pk).values_list("state", "version", "path").get(),
        list(Duty.objects.filter(matter=matter).order_by("id").values_list("rule", "state")),
        Entry.objects.filter(matter=matter).count(),
    )


def test_every_state_has_a_way() -> None:
    for name, ways in WAYS.items():
        assert set(ways) == set(KINDS[name].by_state)


@pytest.mark.parametrize(("name", "state"), STATES)
def test_a_state_refuses_what_is_not_declared_for_it(
    people: Any, brought: Any, name: str, state: str
) -> None:
    matter = brought(name, state)
    assert matter.state == state
    before = picture(matter)
    for step in KINDS[name].steps:
        actor = doer(people, step)
        fresh: Any = matter_get(actor=actor, code=matter.code)
        if fresh is None:
            fresh = matter
            with pytest.raises(NotAllowed):
                take(people, name, matter, step.name)
            continue
        allowed = state in step.source and step_exists(fresh, step)
        assert (step in steps_for(actor=actor, matter=fresh)) == allowed
        if not allowed or (name, state, step.name) in REFUSED_BY_FACTS:
            with pytest.raises(MatterError):
                take(people, name, matter, step.name)
            assert picture(matter) == before


@pytest.mark.parametrize(("name", "state", "step"), CASES, ids=lambda v: getattr(v, "name", v))
def test_a_declared_step_does_what_it_says(
    people: Any, brought: Any, name: str, state: str, step: Step
) -> None:
    matter = brought(name, state)
    if step.name == "lapse":  # what a year left open that was concluded before it closed them
        Matter.objects.filter(pk=matter.cycle_id).update(state="concluded")
    running = matter.running_rules
    done = take(people, name, matter, step.name)
    assert done.state == (step.target or state)
    after = set(Duty.objects.filter(matter=done, state="open").values_list("rule", flat=True))
    assert not set(step.closes) & running & after
    entry = Entry.objects.filter(matter=done).latest("id")
    assert (entry.act, entry.audience) == (f"{done.kind}.{step.name}", step.audience)
    shown = Projection.objects.get(pk=done.pk)
    assert shown.state == done.state
    assert shown.listed == (done.state not in ENDED)
    due = [d.due_on for d in Duty.objects.filter(matter=done, state="open")]
    assert Matter.objects.get(pk=done.pk).next_due_on == min(due, default=None)


STEPS = [(name, step) for name, kind in KINDS.items() for step in kind.steps]


@pytest.mark.parametrize(("name", "step"), STEPS, ids=lambda v: getattr(v, "name", v))
def test_only_the_declared_roles_take_a_step(
    people: Any, brought: Any, name: str, step: Step
) -> None:
    matter = brought(name, step.source[-1])
    before = picture(matter)
    allowed = {"village_head", "village_front"} if step.by else {"dvan", "dvan_head"}
    if step.roles == (Role.PARTNER_HEAD,):
        allowed = {"dvan_head"}
    for other in set(people.accounts) - allowed:
        with pytest.raises(NotAllowed):
            take(people, name, matter, step.name, people.actors[other])
    assert picture(matter) == before
