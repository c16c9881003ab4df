"""Walks the tables of the three kinds: every step, from every state, by every role."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Any

import pytest

from dongthuan.core import clock
from dongthuan.core.matters.errors import MatterError, NotAllowed
from dongthuan.core.matters.kinds import Step
from dongthuan.core.matters.models import Duty, Entry, Matter, Projection
from dongthuan.core.matters.selectors import matter_get, steps_for
from dongthuan.core.matters.services import matter_act, step_exists
from dongthuan.core.units.models import Unit
from dongthuan.work.disclosure.kinds import DISCLOSURE, DISCLOSURE_PLAN
from dongthuan.work.disclosure.postings import Hung, postings_record
from dongthuan.work.disclosure.request_kinds import INFO_REQUEST
from dongthuan.work.disclosure.requests import Asker, inforequest_create
from dongthuan.work.disclosure.services import plan_create

ASKER = Asker(name="Nguyễn Thị Hỏi", address="tổ dân phố 1", phone="0905123456")
WAYS: dict[str, dict[str, tuple[str, ...]]] = {
    "disclosure": {
        "planned": (), "due": ("decide",), "published": ("decide", "publish"),
        "complete": ("decide", "publish", "DONE"),
        "corrected": ("decide", "publish", "correct"), "cancelled": ("cancel",),
    },
    "disclosure_plan": {"draft": (), "adopted": ("adopt",), "closed": ("adopt", "close")},
    "inforequest": {
        "received": (), "clarifying": ("clarify",), "open": ("complex",),
        "supplied": ("simple", "supply"), "refused": ("refuse",), "referred": ("refer",),
        "withdrawn": ("withdraw",),
    },
}  # fmt: skip
ANSWERS: dict[str, dict[str, Any]] = {
    "decide": {"symbol": "12/BC-UBND", "decided_on": dt.date(2026, 11, 2)},
    "disclosure.correct": {
        "reason": "Số liệu sai", "symbol": "13/BC-UBND", "decided_on": dt.date(2026, 11, 2),
    },
    "cancel": {"reason": "Không phát sinh"},
    "adopt": {"symbol": "1/KH-UBND"},
    "session": {"session_on": dt.date(2026, 12, 10)},
    "report": {"document": "99/BC-UBND"},
    "complex": {"document": "5/TB-UBND"},
    "clarify": {"wanted": "Chưa ghi rõ tên văn bản"},
    "extend": {"term": "15 d", "reason": "Phải tập hợp", "document": "6/TB-UBND"},
    "supply": {"answer": "Bản sao gửi kèm"},
    "refuse": {"ground": "b", "reason": "Đã công khai", "document": "7/TB-UBND"},
    "refer": {"body": "Sở Tài chính"},
    "withdraw": {"reason": "Đã xem trên mạng"},
    "doubt": {"what": "Số cuối trang 2"},
    "found_wrong": {"what": "Số cuối trang 2"},
    "inforequest.correct": {"answer": "Đã đính chính"},
}  # fmt: skip
KINDS = (DISCLOSURE, DISCLOSURE_PLAN, INFO_REQUEST)
CASES = [
    (kind.name, state.name, step) for kind in KINDS for state in kind.states for step in kind.steps
]


@pytest.fixture
def opened(people: Any, disclose: Any, office: Unit) -> Callable[[str], Any]:
    def opened(kind: str) -> Any:
        if kind == "disclosure":
            return disclose(item="14", symbol="", decided_on=None,
                            expected_on=dt.date(2026, 12, 1))  # fmt: skip
        if kind == "disclosure_plan":
            return plan_create(acting=people.handler, unit=office, year=2026)
        return inforequest_create(
            acting=people.citizen, place=Unit.objects.get(code="21439"), asker=ASKER,
            text="Xin bản sao quy hoạch khu dân cư.", by="online",
        ).matter  # fmt: skip

    return opened


def take(actor: Any, matter: Any, name: str) -> Any:
    answers = ANSWERS.get(f"{matter.kind}.{name}", ANSWERS.get(name, {}))
    return matter_act(acting=actor, matter_id=matter.pk, step_name=name, data=answers)


def brought_to(people: Any, opened: Any, kind: str, state: str) -> Any:
    matter = opened(kind)
    for name in WAYS[kind][state]:
        if name == "DONE":
            # Another form of Điều 12 is recorded: nothing is owed any more.
            postings_record(
                acting=people.head, disclosure_id=matter.pk, channel="i", started_on=clock.today(),
                reference="zalo.me/phuong",
            )  # fmt: skip
            continue
        matter = take(people.head, matter, name)
    return Matter.objects.get(pk=matter.pk)


def test_every_state_has_a_way() -> None:
    assert {kind.name: {s.name for s in kind.states} for kind in KINDS} == {
        kind: set(ways) for kind, ways in WAYS.items()
    }


@pytest.mark.parametrize(("kind", "state", "step"), CASES, ids=lambda v: getattr(v, "name", v))
def test_a_state_allows_just_the_declared_steps(
    people: Any, opened: Any, kind: str, state: str, step: Step
) -> None:
    matter = brought_to(people, opened, kind, state)
    assert matter.state == state
    fresh: Any = matter_get(actor=people.head, code=matter.code)
    allowed = state in step.source and step_exists(fresh, step)
    assert (step in steps_for(actor=people.head, matter=fresh)) == allowed
    before = Duty.objects.filter(matter=matter).values_list("rule", "state")
    rows, entries = list(before.order_by("id")), Entry.objects.filter(matter=matter).count()
    if not allowed:
        with pytest.raises(MatterError):
            take(people.head, fresh, step.name)
        assert list(before.order_by("id")) == rows
        assert Entry.objects.filter(matter=matter).count() == entries
        return
    running = fresh.running_rules
    done = take(people.head, fresh, step.name)
    assert done.state == (step.target or state)
    after = set(Duty.objects.filter(matter=done, state="open").values_list("rule", flat=True))
    assert not set(step.closes) & running & after
    entry = Entry.objects.filter(matter=done, act=f"{kind}.{step.name}").latest("id")
    assert entry.audience == step.audience
    assert Projection.objects.get(pk=done.pk).state == done.state


@pytest.mark.parametrize(("kind", "step"), [(k.name, s) for k in KINDS for s in k.steps],
                         ids=lambda v: getattr(v, "name", v))  # fmt: skip
def test_only_the_declared_roles_take_a_step(
    people: Any, opened: Any, kind: str, step: Step
) -> None:
    state = step.source[0]
    matter = brought_to(people, opened, kind, state)
    officers = {"intake": "intake", "handler": "handler", "head": "head"}
    for name, role in officers.items():
        if role not in step.roles:
            with pytest.raises(MatterError):
                take(people.actors[name], matter, step.name)
    for name in ("front", "village_head", "board", "admin", "other_head", "inspector"):
        with pytest.raises(NotAllowed):
            take(people.actors[name], matter, step.name)
    assert Matter.objects.get(pk=matter.pk).version == matter.version


def test_steps_that_wait_for_a_duty(people: Any, opened: Any) -> None:
    """Prolonging, reporting and correcting exist only while their duty runs."""
    asked = brought_to(people, opened, "inforequest", "open")
    due = Duty.objects.get(matter=asked, rule="tctt.complex").due_on
    assert due == dt.date(2026, 11, 23)  # fifteen working days
    take(people.head, asked, "extend")
    assert Duty.objects.get(matter=asked, rule="tctt.complex").due_on == dt.date(2026, 12, 8)
    take(people.head, asked, "supply")
    take(people.head, asked, "doubt")
    assert Duty.objects.get(matter=asked, state="open").rule == "tctt.correct_request"
    take(people.head, asked, "correct")
    assert not Duty.objects.filter(matter=asked, state="open").exists()
    plan = brought_to(people, opened, "disclosure_plan", "adopted")
    take(people.head, plan, "session")
    with pytest.raises(MatterError):
        take(people.head, plan, "close")
    take(people.head, plan, "report")
    take(people.head, plan, "close")


def test_a_duty_of_a_place_keeps_it_from_being_finished(
    people: Any, disclose: Any, places: Any
) -> None:
    found = disclose(item="4")
    matter_act(acting=people.head, matter_id=found.pk, step_name="publish")
    postings_record(
        acting=people.head, disclosure_id=found.pk, channel="a", hung=[Hung(places["hq"])],
        started_on=clock.today(),
    )  # fmt: skip
    assert Matter.objects.get(pk=found.pk).state == "published"  # it hangs for ever
    with pytest.raises(MatterError):
        take(people.head, found, "finish")
