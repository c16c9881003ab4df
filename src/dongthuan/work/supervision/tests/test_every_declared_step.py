"""Walks the declared tables: every step of the four kinds, from every state, by every body."""

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
from dongthuan.core.matters.services import matter_act, step_exists
from dongthuan.core.matters.tests.undoing import undone
from dongthuan.core.units.models import Role
from dongthuan.work.supervision.boards import seat_set
from dongthuan.work.supervision.kinds import BOARD, CONFERENCE, FINDING, INSPECTION
from dongthuan.work.supervision.tests.conftest import GS_STARTS, ON_THE_DAY

KINDS = {"ttnd": BOARD, "gsdtcd": BOARD, "inspection": INSPECTION, "finding": FINDING,
         "conference": CONFERENCE}  # fmt: skip
WHO = {Role.FRONT: "front", Role.BOARD: "board", Role.HEAD: "head", Role.HANDLER: "handler",
       Role.INTAKE: "intake", Role.VILLAGE_HEAD: "village_head"}  # fmt: skip
DOCUMENT = {"document": "12/VB"}
WHEN = {"on": dt.date(2026, 11, 20), "time": "19:00", "venue": "Nhà văn hóa", "agenda": "Tình hình"}
ANSWERS: dict[str, dict[str, Any]] = {
    "recognise": DOCUMENT | {"on": dt.date(2026, 11, 1), "starts_on": GS_STARTS},
    "notify_investor": DOCUMENT, "end_term": {"reason": "Hết nhiệm kỳ"},
    "dissolve": {"reason": "Công trình đã quyết toán"}, "drop": {"reason": "Dự án dừng"},
    "notify": DOCUMENT, "ask": {"request": "Hồ sơ nghiệm thu"},
    "supply": {"report": "Đã gửi bản sao"}, "conclude": DOCUMENT | {"conclusion": "Đạt yêu cầu."},
    "certify": DOCUMENT, "cancel": {"reason": "Trùng kế hoạch"}, "send_back": {"reason": "Bổ sung"},
    "answer": DOCUMENT | {"answer": "accepted", "reply": "Sẽ làm lại.",
                          "until": dt.date(2026, 12, 30)},
    "urge": DOCUMENT, "finish": {"report": "Đã làm lại đoạn đường."},
    "confirm": {"reason": "Đã kiểm tra lại"}, "object": {"reason": "Chưa làm hết"},
    "again": {"recommendation": "Làm nốt 20 m"}, "withdraw": {"reason": "Ghi nhầm"},
    "escalate": {"to": "Thanh tra tỉnh", "measure": "handle", "reason": "Không khắc phục"},
    "certify_further": DOCUMENT, "plan": WHEN, "convene": {"means": "written"},
    "report": DOCUMENT, "miss": {"reason": "Bão lũ"},
}  # fmt: skip
MOVES = {
    "inspection": {"starts_on": dt.date(2026, 11, 24), "ends_on": dt.date(2026, 11, 25),
                   "reason": "Mưa"},
    "conference": WHEN | {"on": dt.date(2026, 12, 5), "reason": "Mưa"},
}  # fmt: skip
HOLDS = {
    "conference": {"households": 100, "present": 70, "report_head": "a", "report_front": "b",
                   "report_board": "c", "minutes": "Biên bản", "conclusion": "Thống nhất."},
}  # fmt: skip
SENT = ("submit", "certify", "send")
WAYS: dict[str, dict[str, tuple[str, ...]]] = {
    "ttnd": {"forming": (), "recognised": ("recognise",), "active": ("recognise", "constitute"),
             "ended": ("recognise", "constitute", "end_term"), "dropped": ("drop",)},
    "gsdtcd": {"forming": (), "recognised": ("recognise",), "active": ("recognise", "constitute"),
               "dissolved": ("recognise", "constitute", "dissolve"), "dropped": ("drop",)},
    "inspection": {"planned": (), "noticed": ("notify",), "under_way": ("notify", "begin"),
                   "concluded": ("notify", "begin", "conclude"),
                   "certified": ("notify", "begin", "conclude", "certify"),
                   "cancelled": ("cancel",)},
    "finding": {"drafted": (), "awaiting": ("submit",), "certified": ("submit", "certify"),
                "sent": SENT, "doing": (*SENT, "answer"), "refused": (*SENT, "REFUSE"),
                "done": (*SENT, "answer", "finish"),
                "unsatisfied": (*SENT, "answer", "finish", "object"),
                "escalating": (*SENT, "answer", "finish", "object", "escalate"),
                "escalated": (*SENT, "answer", "finish", "object", "escalate", "certify_further"),
                "confirmed": (*SENT, "answer", "finish", "confirm"), "withdrawn": ("withdraw",)},
    "conference": {"due": (), "planned": ("plan",), "convened": ("plan", "convene"),
                   "held": ("plan", "convene", "hold"),
                   "reported": ("plan", "convene", "hold", "report"), "missed": ("miss",)},
}  # fmt: skip
# When a step is taken; the others at the moment where the clock stands.
MOMENTS = {
    "begin": ON_THE_DAY,
    "hold": dt.datetime(2026, 11, 20, 22, tzinfo=ON_THE_DAY.tzinfo),
    "miss": dt.datetime(2027, 1, 4, 9, tzinfo=ON_THE_DAY.tzinfo),
    "escalate": dt.datetime(2027, 1, 4, 9, tzinfo=ON_THE_DAY.tzinfo),
}
STATES = [(name, state) for name, ways in WAYS.items() for state in ways]
# Declared, but refused by the facts of the walk: an effect says why.
REFUSED_BY_FACTS = {("inspection", "planned", "begin")}


@pytest.fixture
def brought(request: Any, people: Any) -> Any:
    """brought(name, state): a matter of that kind, walked to the state by the right people."""
    fixtures = {"ttnd": "forming", "gsdtcd": "gs_forming", "finding": "finding",
                "conference": "conference"}  # fmt: skip

    def brought(name: str, state: str) -> Any:
        made: Any = (
            request.getfixturevalue("plan")()
            if name == "inspection"
            else request.getfixturevalue(fixtures[name])
        )
        for step in WAYS[name][state]:
            made = take(people, name, made, step)
            if step == "recognise":
                seat_set(acting=people.front, member=made.members.first(), seat="head")
        return made

    return brought


def answers(name: str, step: str, matter: Any) -> dict[str, Any]:
    if step == "move":
        return dict(MOVES[name])
    if step == "hold":
        return dict(HOLDS[name])
    if step == "REFUSE":
        return ANSWERS["answer"] | {"answer": "refused", "until": None}
    data = dict(ANSWERS.get(step, {}))
    if name == "ttnd":
        data.pop("starts_on", None)
    return data


def doer(people: Any, step: Step) -> Any:
    return people.actors[WHO[Role(step.roles[0])]]


def take(people: Any, name: str, matter: Any, step: str, actor: Any = None) -> Any:
    declared = KINDS[name].step({"REFUSE": "answer"}.get(step, step))
    assert declared is not None
    moment = max(MOMENTS.get(step, clock.now()), clock.now())
    with clock.at(moment):
        matter_act(
            acting=actor or doer(people, declared), matter_id=matter.pk, step_name=declared.name,
            data=answers(name, step, matter),
        )  # fmt: skip
    return type(matter).objects.get(pk=matter.pk)


def picture(matter: Any) -> Any:
    return (
        Matter.objects.filter(pk=matter.pk).values_list("state", "version", "path").get(),
        list(Duty.objects.filter(matter=matter).order_by("id").values_list("rule", "state")),
        Entry.objects.filter(matter=matter).count(),
    )


def test_every_state_has_a_way() -> None:
    reached: dict[str, set[str]] = {}
    for name, ways in WAYS.items():
        reached.setdefault(KINDS[name].name, set()).update(ways)
    kinds: dict[str, Kind] = {kind.name: kind for kind in KINDS.values()}
    assert reached == {name: set(kind.by_state) for name, kind in kinds.items()}


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
    if not step_exists(fresh, step):
        assert step.when
        return
    running = fresh.running_rules
    done = take(people, name, matter, step.name)
    assert done.state == (step.target or matter.state)
    after = set(Duty.objects.filter(matter=done, state="open").values_list("rule", flat=True))
    assert not set(step.closes) & running & after
    opened = {o.rule for o in step.opens if not o.when or getattr(done, o.when)}
    assert opened <= after
    entry = Entry.objects.filter(matter=done).latest("id")
    assert (entry.act, entry.audience) == (f"{done.kind}.{step.name}", step.audience)
    assert Projection.objects.get(pk=done.pk).state == done.state
    due = [d.due_on for d in Duty.objects.filter(matter=done, state="open")]
    assert Matter.objects.get(pk=done.pk).next_due_on == min(due, default=None)


STEPS = [
    (name, step)
    for name, kind in KINDS.items()
    for step in kind.steps
    if name not in ("ttnd", "gsdtcd")
    or (step.when in ("", {"ttnd": "is_ttnd", "gsdtcd": "is_gsdtcd"}[name]))
    or (name == "gsdtcd" and step.name == "notify_investor")
]


def first_steps() -> Iterator[tuple[str, str, list[Step]]]:
    """Each step of each kind with the state of the walk from which it is tried."""
    at: dict[tuple[str, str], list[Step]] = {}
    for name, step in STEPS:
        alone = len(step.source) == 1
        state = next(s for s in step.source if (s in WAYS[name] and s != "planned") or alone)
        at.setdefault((name, state), []).append(step)
    for (name, state), steps in at.items():
        yield name, state, steps


@pytest.mark.parametrize(
    ("name", "state", "steps"), list(first_steps()), ids=lambda v: v if isinstance(v, str) else ""
)
def test_only_the_declared_roles_take_a_step(
    people: Any, brought: Any, name: str, state: str, steps: list[Step]
) -> None:
    matter = brought(name, state)
    for step in steps:
        with undone(step.name):
            _others_are_refused(people, name, matter, step)


def _others_are_refused(people: Any, name: str, matter: Any, step: Step) -> None:
    if step.name == "supply":
        matter = take(people, name, matter, "ask")
    before = picture(matter)
    for other in ("intake", "handler", "head", "front", "dvan", "inspector", "admin", "board",
                  "village_head", "other_village_head", "village_front", "other_head"):  # fmt: skip
        if other in {WHO[Role(role)] for role in step.roles if Role(role) in WHO}:
            continue
        with pytest.raises(NotAllowed):
            take(people, name, matter, step.name, people.actors[other])
        assert picture(matter) == before
