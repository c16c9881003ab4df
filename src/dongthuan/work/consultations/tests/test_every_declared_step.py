"""Walks the declared table: every step, from every state, by every role."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from dongthuan.core import clock
from dongthuan.core.matters.errors import MatterError, NotAllowed
from dongthuan.core.matters.kinds import Step
from dongthuan.core.matters.models import Duty, Entry, Matter, Projection
from dongthuan.core.matters.selectors import matter_get, steps_for
from dongthuan.core.matters.services import matter_act
from dongthuan.work.consultations.kinds import CONSULTATION
from dongthuan.work.consultations.tests.conftest import AFTER, LAST, TODAY

TO_END = ("close", "synthesise", "answer", "decide", "report")
WAYS: dict[str, tuple[str, ...]] = {
    "drafted": (),
    "planned": ("send_plan",),
    "open": ("send_plan", "publish"),
    "closed": ("send_plan", "publish", *TO_END[:1]),
    "synthesised": ("send_plan", "publish", *TO_END[:2]),
    "answered": ("send_plan", "publish", *TO_END[:3]),
    "decided": ("send_plan", "publish", *TO_END[:4]),
    "reported": ("send_plan", "publish", *TO_END),
    "cancelled": ("cancel",),
}
ANSWERS: dict[str, dict[str, Any]] = {
    "send_plan": {"document": "12/KH-UBND", "sent_on": TODAY.date()},
    "publish": {"closes_on": LAST},
    "prolong": {"until": dt.date(2026, 12, 1), "reason": "Dân đề nghị thêm thời gian"},
    "synthesise": {"synthesis": "Không có ý kiến nào được gửi đến."},
    "answer": {"document": "20/BC-UBND"},
    "decide": {"document": "30/QĐ-UBND", "decision": "Ban hành phương án.",
               "session_on": dt.date(2026, 12, 10)},
    "report": {"document": "31/BC-UBND"},
    "cancel": {"reason": "Chưa đủ hồ sơ", "document": "9/TB-UBND"},
}  # fmt: skip
OPENS = {
    "publish": {"dc.consult_min", "dc.consult_synthesis"},
    "prolong": {"dc.consult_min", "dc.consult_synthesis"},
    "close": {"dc.consult_synthesis"},
    "decide": {"dc.consult_report"},
}


def take(actor: Any, matter: Any, name: str) -> Matter:
    with clock.at(AFTER if name in TO_END else TODAY):
        answers = ANSWERS.get(name, {})
        return matter_act(acting=actor, matter_id=matter.pk, step_name=name, data=answers)


def brought_to(people: Any, draft: Any, state: str) -> Any:
    from dongthuan.work.consultations.drafts import draft_add

    matter = draft()
    draft_add(
        acting=people.handler, consultation_id=matter.pk, title="Dự thảo", text="Điều 1. Nội dung."
    )
    for name in WAYS[state]:
        matter = take(people.head, matter, name)
    return matter


def test_every_state_has_a_way() -> None:
    assert set(WAYS) == {state.name for state in CONSULTATION.states}


@pytest.mark.parametrize("state", WAYS)
@pytest.mark.parametrize("step", CONSULTATION.steps, ids=lambda step: step.name)
def test_a_state_allows_just_the_declared_steps(
    people: Any, draft: Any, state: str, step: Step
) -> None:
    matter = brought_to(people, draft, state)
    assert matter.state == state
    fresh = matter_get(actor=people.head, code=matter.code)
    assert fresh is not None
    offered = step in steps_for(actor=people.head, matter=fresh)
    assert offered == (state in step.source)
    if not offered:
        with pytest.raises(MatterError):
            take(people.head, matter, step.name)
        assert Matter.objects.get(pk=matter.pk).state == state
        return
    done = take(people.head, matter, step.name)
    assert done.state == (step.target or state)
    running = set(Duty.objects.filter(matter=done, state="open").values_list("rule", flat=True))
    assert running == OPENS.get(step.name, running & {"dc.consult_synthesis"})
    entry = Entry.objects.filter(matter=done).latest("id")
    assert (entry.act, entry.audience) == (f"consultation.{step.name}", step.audience)
    assert Projection.objects.get(pk=done.pk).state == done.state


@pytest.mark.parametrize("step", CONSULTATION.steps, ids=lambda step: step.name)
def test_only_the_declared_roles_take_a_step(people: Any, draft: Any, step: Step) -> None:
    matter = brought_to(people, draft, step.source[-1])
    before = Matter.objects.get(pk=matter.pk).version
    for name in ("intake", "handler", "front", "dvan", "inspector", "admin", "other_head",
                 "village_head", "village_front", "board", "citizen"):  # fmt: skip
        if name in step.roles:
            continue
        with pytest.raises(NotAllowed):
            take(people.actors[name], matter, step.name)
    assert Matter.objects.get(pk=matter.pk).version == before
