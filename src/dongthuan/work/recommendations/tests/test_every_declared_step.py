"""Walks the declared tables: every step of the three kinds, from every state, by every body."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from typing import Any

import pytest

from dongthuan.core import clock
from dongthuan.core.matters.errors import MatterError, NotAllowed
from dongthuan.core.matters.kinds import Kind, Step
from dongthuan.core.matters.models import Duty, Entry, Matter, Projection
from dongthuan.core.matters.selectors import matter_get, steps_for
from dongthuan.core.matters.services import matter_act, step_exists, truth
from dongthuan.core.matters.tests.undoing import undone
from dongthuan.core.units.models import Role
from dongthuan.work.recommendations.criticisms import criticism_answer
from dongthuan.work.recommendations.kinds import CRITICISM, HEARING, RECOMMENDATION
from dongthuan.work.recommendations.models import Point
from dongthuan.work.recommendations.tests.conftest import SESSION, UNTIL, ZONE, unit

# Voters ask by the session, the Front by days: both roads are walked.
KINDS: dict[str, Kind] = {
    "front": RECOMMENDATION, "voters": RECOMMENDATION, "criticism": CRITICISM, "hearing": HEARING,
}  # fmt: skip
WHO = {
    Role.MASS_MOBILISATION: "front", Role.INTAKE: "intake", Role.HEAD: "head", Role.FRONT: "front",
}  # fmt: skip
DOC = {"document": "12/VB"}
REASON = {"reason": "Chưa bố trí được vốn."}
ANSWERS: dict[str, dict[str, Any]] = {
    "answer": DOC | {"answer": "accepted", "reply": "Sẽ lắp đèn.", "until": UNTIL},
    "PARTLY": DOC | REASON | {"answer": "partly", "reply": "Lắp một nửa.", "until": UNTIL},
    "REFUSE": DOC | REASON | {"answer": "refused", "reply": "Chưa thể thực hiện."},
    "begin": {"plan": "Phòng Kinh tế khảo sát."}, "progress": {"report": "Đã khảo sát."},
    "finish": {"report": "Đã lắp 12 đèn."}, "confirm": {"verdict": "Đã xem, đúng như báo cáo."},
    "object": REASON, "take_note": {"verdict": "Sẽ kiến nghị ở kỳ sau."}, "urge": DOC,
    "postpone": DOC | REASON | {"until": dt.date(2027, 3, 31)}, "withdraw": REASON,
    "opine": DOC | {"form": "conference", "opinion": "Cần sửa.", "points": "1. Sửa\n2. Bỏ"},
    "NONE": DOC | {"form": "written", "opinion": "Nhất trí."}, "drop": REASON,
    "convene": DOC | {"on": dt.date(2026, 11, 20), "venue": "Hội trường"},
    "report": {"report": "Đã giám sát 5 đơn vị."}, "refresh": {}, "miss": REASON,
    "hold": DOC | {"present": 40, "minutes": "Biên bản.", "conclusion": "Giao UBND thực hiện."},
}  # fmt: skip
TOOK = ("send", "answer", "begin", "finish")
FRONT_WAYS: dict[str, tuple[str, ...]] = {
    "drafted": (), "sent": ("send",), "accepted": ("send", "answer"),
    "partly": ("send", "PARTLY"), "refused": ("send", "REFUSE"),
    "doing": ("send", "answer", "begin"), "done": TOOK, "confirmed": (*TOOK, "confirm"),
    "closed": ("send", "REFUSE", "take_note"), "withdrawn": ("withdraw",),
}  # fmt: skip
WAYS: dict[str, dict[str, tuple[str, ...]]] = {
    "front": FRONT_WAYS,
    "voters": {name: FRONT_WAYS[name] for name in ("drafted", "sent", "refused")},
    "criticism": {"planned": (), "sent": ("send",), "criticised": ("send", "opine"),
                  "answered": ("send", "opine", "POINTS"), "agreed": ("send", "NONE"),
                  "dropped": ("drop",)},
    "hearing": {"due": (), "convened": ("convene",), "held": ("convene", "hold"),
                "missed": ("miss",)},
}  # fmt: skip
MOMENTS = {
    "hold": dt.datetime(2026, 11, 20, 17, tzinfo=ZONE),
    "miss": dt.datetime(2027, 1, 20, 9, tzinfo=ZONE),
}
STATES = [(name, state) for name, ways in WAYS.items() for state in ways]
# The points are answered in a form of their own; the bare step is refused by what is open.
REFUSED_BY_FACTS = {("criticism", "criticised", "answer")}


@pytest.fixture
def brought(request: Any, people: Any, drafted: Any) -> Any:
    def brought(name: str, state: str) -> Any:
        made = request.getfixturevalue(name) if name in ("criticism", "hearing") else drafted(name)
        for step in WAYS[name][state]:
            made = take(people, name, made, step)
        return made

    return brought


def answers(name: str, step: str) -> dict[str, Any]:
    if step in ("send", "insist"):
        session = {"session_on": SESSION} if name == "voters" else {}
        return DOC | session | (REASON if step == "insist" else {})
    if step == "pass_on":
        return DOC | REASON | {"to": unit("51-ubnd")}
    if step == "move":
        day = {"submits_on": UNTIL} if name == "criticism" else {
            "on": dt.date(2026, 12, 1), "venue": "Nhà văn hóa"}  # fmt: skip
        return REASON | day
    if name == "criticism" and step == "answer":
        return DOC
    return dict(ANSWERS[step])


def doer(people: Any, step: Step) -> Any:
    return people.actors[WHO[Role(step.roles[0])]]


ALIAS = {"REFUSE": "answer", "PARTLY": "answer", "NONE": "opine"}


def take(people: Any, name: str, matter: Any, step: str, actor: Any = None) -> Any:
    if step == "POINTS":
        criticism_answer(
            acting=people.handler, criticism=matter, version=matter.version, document="9/UBND",
            answers={1: ("yes", ""), 2: ("no", "Luật đã quy định.")},
        )  # fmt: skip
        return type(matter).objects.get(pk=matter.pk)
    declared = KINDS[name].step(ALIAS.get(step, step))
    assert declared is not None
    with clock.at(max(MOMENTS.get(step, clock.now()), clock.now())):
        matter_act(
            acting=actor or doer(people, declared), matter_id=matter.pk, step_name=declared.name,
            data=answers(name, step),
        )  # fmt: skip
    return type(matter).objects.get(pk=matter.pk)


def picture(matter: Any) -> Any:
    return (
        Matter.objects.filter(pk=matter.pk).values_list("state", "version", "path").get(),
        list(Duty.objects.filter(matter=matter).order_by("id").values_list("rule", "state")),
        Entry.objects.filter(matter=matter).count(),
        Point.objects.count(),
    )


def test_every_state_has_a_way() -> None:
    for name in ("front", "criticism", "hearing"):
        assert set(WAYS[name]) == set(KINDS[name].by_state)


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
        allowed = fresh is not None and state in step.source and step_exists(fresh, step)
        if fresh is not None:
            assert (step in steps_for(actor=actor, matter=fresh)) == allowed
        if not allowed or (name, state, step.name) in REFUSED_BY_FACTS:
            with pytest.raises(MatterError):
                take(people, name, matter, step.name)
            assert picture(matter) == before


@pytest.mark.parametrize(("name", "state"), STATES)
def test_a_declared_step_does_what_it_says(
    people: Any, brought: Any, name: str, state: str
) -> None:
    """Each step from the same matter, and undone again."""
    matter = brought(name, state)
    for step in KINDS[name].steps_from(state):
        if (name, state, step.name) not in REFUSED_BY_FACTS:
            with undone(step.name):
                _it_does_what_it_says(people, name, matter, step)


def _it_does_what_it_says(people: Any, name: str, matter: Any, step: Step) -> None:
    fresh: Any = matter_get(actor=doer(people, step), code=matter.code)
    running = fresh.running_rules
    done = take(people, name, matter, step.name)
    assert done.state == (step.target or matter.state)
    after = set(Duty.objects.filter(matter=done, state="open").values_list("rule", flat=True))
    assert not set(step.closes) & running & after
    opened = {o.rule for o in step.opens if not o.when or truth(done, o.when)}
    assert opened <= after
    if done.state in KINDS[name].final_states:
        assert after == set()
    entry = Entry.objects.filter(matter=done).latest("id")
    assert (entry.act, entry.audience) == (f"{done.kind}.{step.name}", step.audience)
    assert Projection.objects.get(pk=done.pk).state == done.state
    due = [d.due_on for d in Duty.objects.filter(matter=done, state="open")]
    assert Matter.objects.get(pk=done.pk).next_due_on == min(due, default=None)


# Who of the ward and of others may take a step, by the roles that it names and the body it asks.
SIDE = {"front": {"front", "front_head"}, "voters": {"front", "front_head"}}
OFFICE = {"intake", "handler", "handler2", "head", "sealed"}


def takers(name: str, step: Step) -> set[str]:
    if name == "hearing" and step.name == "report":
        return {"front", "front_head"}
    if name == "criticism":
        return {"front", "front_head"} if step.name == "opine" else OFFICE
    if name == "hearing":
        return {"head"} if step.name == "miss" else OFFICE
    if step.by == ("body",):
        return SIDE[name]
    return {"head"} if step.name == "postpone" else OFFICE


def first_steps() -> Iterator[tuple[str, str, list[Step]]]:
    """Each step of each kind with the first state of the walk from which it is taken."""
    for name in ("front", "criticism", "hearing"):
        at: dict[str, list[Step]] = {}
        for step in KINDS[name].steps:
            at.setdefault(next(s for s in step.source if s in WAYS[name]), []).append(step)
        for state, steps in at.items():
            yield name, state, steps


@pytest.mark.parametrize(
    ("name", "state", "steps"), list(first_steps()), ids=lambda v: v if isinstance(v, str) else ""
)
def test_only_the_declared_roles_take_a_step(
    people: Any, brought: Any, name: str, state: str, steps: list[Step]
) -> None:
    matter = brought(name, state)
    before = picture(matter)
    for who, actor in people.actors.items():
        fresh: Any = matter_get(actor=actor, code=matter.code)
        offered = steps_for(actor=actor, matter=fresh) if fresh is not None else ()
        for step in steps:
            assert (step in offered) == (who in takers(name, step)), (who, step.name)
            if step not in offered:
                with pytest.raises(NotAllowed):
                    take(people, name, matter, step.name, actor)
    assert picture(matter) == before
