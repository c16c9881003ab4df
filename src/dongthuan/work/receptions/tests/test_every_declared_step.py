"""Walks the declared table: every step of both kinds, from every state, by every role."""

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
from dongthuan.core.matters.tests.undoing import undone
from dongthuan.work.receptions.kinds import RECEPTION, REFUSAL
from dongthuan.work.receptions.tests.conftest import ON_THE_DAY
from dongthuan.work.receptions.visits import Visitor, visit_arrive, visit_refuse

WAYS = {
    "planned": (),
    "posted": ("post",),
    "postponed": ("post", "postpone"),
    "open": ("post", "open"),
    "held": ("post", "open", "hold"),
    "concluded": ("post", "open", "hold", "END"),
    "not_held": ("post", "not_hold"),
    "cancelled": ("cancel",),
    "owed": (),
    "issued": ("issue",),
    "lifted": ("lift",),
}
ANSWERS: dict[str, dict[str, Any]] = {
    "hold": {"receiver": "self", "minutes": "Đã tiếp công dân.", "recording": "kho dữ liệu số 1"},
    "conclude": {"document": "12/TB-UBND", "conclusion": "Giao kiểm tra lại hiện trạng."},
    "postpone": {"new_day": dt.date(2026, 11, 19), "reason": "Họp đột xuất ở tỉnh"},
    "not_hold": {"reason": "Họp đột xuất ở tỉnh"},
    "cancel": {"reason": "Lập nhầm ngày"},
    "notify": {"document": "9/TB-UBND"},
    "test": {"link": "biên bản kết nối thử"},
    "issue": {"document": "3/TB-UBND"},
    "lift": {"reason": "Có tình tiết mới"},
}
CASES = [
    (form, state.name)
    for form in ("head", "regular", "adhoc", "online")
    for state in RECEPTION.states
]


def take(actor: Any, matter: Any, name: str) -> Matter:
    answers = dict(ANSWERS.get(name, {}))
    if name == "hold" and matter.form == "regular":
        answers["receiver"] = "officer"
    return matter_act(acting=actor, matter_id=matter.pk, step_name=name, data=answers)


def brought_to(people: Any, plan: Any, form: str, state: str) -> Any:
    matter = plan(form=form)
    for name in WAYS[state]:
        if name == "END":
            name = "conclude" if matter.by_head else "finish"
        with clock.at(ON_THE_DAY) if name in ("open", "hold") else clock.at(clock.now()):
            matter = take(people.head, matter, name)
    return matter


def picture(matter: Any) -> Any:
    return (
        Matter.objects.filter(pk=matter.pk).values_list("state", "version").get(),
        list(Duty.objects.filter(matter=matter).order_by("id").values_list("rule", "state")),
        Entry.objects.filter(matter=matter).count(),
    )


def test_every_state_has_a_way() -> None:
    assert set(WAYS) == {s.name for kind in (RECEPTION, REFUSAL) for s in kind.states}


@pytest.mark.parametrize(("form", "state"), CASES)
def test_a_state_allows_just_the_declared_steps(
    people: Any, plan: Any, form: str, state: str
) -> None:
    """Each step from the same reception, and undone again."""
    matter = brought_to(people, plan, form, state)
    assert matter.state == state
    for step in RECEPTION.steps:
        with undone(step.name), clock.at(ON_THE_DAY - dt.timedelta(hours=2)):
            _tried(people, matter, step)


def _tried(people: Any, matter: Any, step: Step) -> None:
    state = matter.state
    fresh: Any = matter_get(actor=people.head, code=matter.code)
    allowed = state in step.source and step_exists(fresh, step)
    if step.name == "open" and fresh.held_on != clock.today():
        allowed = False
    assert (step in steps_for(actor=people.head, matter=fresh)) == allowed
    before = picture(matter)
    if not allowed:
        with pytest.raises(MatterError):
            take(people.head, fresh, step.name)
        assert picture(matter) == before
        return
    running = fresh.running_rules
    done = take(people.head, fresh, step.name)
    assert done.state == (step.target or state)
    after = set(Duty.objects.filter(matter=done, state="open").values_list("rule", flat=True))
    assert not set(step.closes) & running & after
    entry = Entry.objects.filter(matter=done).latest("id")
    assert (entry.act, entry.audience) == (f"reception.{step.name}", step.audience)
    assert Projection.objects.get(pk=done.pk).state == done.state
    due = [d.due_on for d in Duty.objects.filter(matter=done, state="open")]
    assert Matter.objects.get(pk=done.pk).next_due_on == min(due, default=None)


@pytest.mark.parametrize("step", RECEPTION.steps, ids=lambda step: step.name)
def test_only_the_declared_roles_take_a_step(people: Any, plan: Any, step: Step) -> None:
    form = {"finish": "regular", "notify": "online", "test": "online", "connect": "online"}
    matter = brought_to(people, plan, form.get(step.name, "head"), step.source[-1])
    before = picture(matter)
    with clock.at(ON_THE_DAY):
        for name in ("intake", "handler", "head", "front", "dvan", "inspector", "admin",
                     "other_head"):  # fmt: skip
            if name in step.roles:
                continue
            with pytest.raises(NotAllowed):
                take(people.actors[name], matter, step.name)
            assert picture(matter) == before


@pytest.mark.parametrize("step", REFUSAL.steps, ids=lambda step: step.name)
@pytest.mark.parametrize("state", ["owed", "issued", "lifted"])
def test_a_refusal_allows_just_its_steps(people: Any, opened: Any, state: str, step: Step) -> None:
    visit = visit_arrive(acting=people.intake, reception_id=opened.pk)
    _visit, refusal = visit_refuse(
        acting=people.intake, visit_id=visit.pk, ground="h", explained=True,
        visitor=Visitor("Nguyễn Thị Thử", "thôn minh họa"), content="Đã trả lời bằng văn bản",
    )  # fmt: skip
    for name in WAYS[state]:
        take(people.head, refusal, name)
    before = picture(refusal)
    if state not in step.source:
        with pytest.raises(MatterError):
            take(people.head, refusal, step.name)
        assert picture(refusal) == before
        return
    for name in ("handler", "front", "inspector", "other_head"):
        with pytest.raises(NotAllowed):
            take(people.actors[name], refusal, step.name)
    assert take(people.head, refusal, step.name).state == step.target
