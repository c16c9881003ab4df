"""Plausible answers to every declared step, and the ways that lead to every state."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from dongthuan.core import clock
from dongthuan.core.matters.kinds import Ask, Step, kind_of
from dongthuan.core.matters.models import Matter
from dongthuan.core.matters.services import matter_act
from dongthuan.core.units.models import Unit

# Steps from received to each state, for a matter in competence.
WAYS: dict[str, tuple[str, ...]] = {
    "received": (),
    "registered": ("register",),
    "classified": ("register", "classify"),
    "examined": ("register", "classify", "examine"),
    "accepted": ("register", "classify", "examine", "accept"),
    "suspended": ("register", "classify", "examine", "accept", "suspend"),
    "decided": ("register", "classify", "examine", "accept", "DECIDE"),
    "published": ("register", "classify", "examine", "accept", "DECIDE", "publish"),
    "executing": ("register", "classify", "examine", "accept", "DECIDE", "EXECUTE"),
    "closed": ("register", "classify", "examine", "accept", "DECIDE", "DUES", "publish", "close"),
    "refused": ("register", "classify", "examine", "refuse"),
    "returned": ("register", "classify", "examine", "return"),
    "stored": ("register", "classify", "store"),
    "withdrawn": ("register", "classify", "withdraw"),
    "split": ("register", "classify", "split"),
    "guided": ("register", "classify", "EXAMINE_OUT", "guide"),
    "transferred": ("register", "classify", "EXAMINE_OUT", "transfer"),
    "urged": ("register", "classify", "EXAMINE_OUT", "urge"),
}
DECIDE = {"complaint": "decide"}
DUES = {"complaint": ("send",)}


def answer_to(ask: Ask, matter: Matter) -> Any:
    """An answer that a reasonable official would give."""
    special = {
        "kind": "feedback",
        "eligible": "yes",
        "competence": "in",
        "conditions": [],
        "defects": [],
        "parts": "PA: đèn đường tắt đã lâu\nKN: bồi thường thiếu cây trồng",
        "body": "Tòa án nhân dân có thẩm quyền",
    }
    if ask.name in special:
        return special[ask.name]
    match ask.type:
        case "choice":
            return ask.choices[0][0]
        case "choices":
            return [ask.choices[0][0]]
        case "date":
            return clock.today()
        case "unit":
            return None if not ask.required else Unit.objects.get(code="51-ubnd")
        case "official":
            return matter.handler
        case "number":
            return 1
    return "Nội dung thử cho bước này."


def answers(step: Step, matter: Matter, given: dict[str, Any] | None = None) -> dict[str, Any]:
    data = {
        ask.name: answer_to(ask, matter)
        for ask in step.asks
        if ask.type != "paper" and (ask.required or ask.name == "body")
    }
    if step.name == "store":
        data["defects"] = ["copy"]
    return data | (given or {})


def worker_for(people: Any, matter: Matter) -> Any:
    """Who works the matter: the head of its office may take every step."""
    return people.head


def walk_steps(
    people: Any, matter: Matter, steps: Sequence[str], given: dict[str, dict[str, Any]]
) -> Matter:
    """Take the steps in turn; capital words stand for what the kind calls them."""
    for name in steps:
        matter = _one(people, matter, name, given)
    return matter


def _one(people: Any, matter: Matter, name: str, given: dict[str, dict[str, Any]]) -> Matter:
    data = dict(given.get(name, {}))
    match name:
        case "DECIDE":
            name = DECIDE.get(matter.kind, "answer")
        case "EXECUTE":
            name = "execute"
        case "EXAMINE_OUT":
            name, data = "examine", {"competence": "out", **data}
        case "DUES":
            for due in DUES.get(matter.kind, ()):
                matter = _one(people, matter, due, given)
            return matter
    step = kind_of(matter.kind).step(name)
    assert step is not None, f"{matter.kind} has no step {name}"
    return matter_act(
        acting=worker_for(people, matter),
        matter_id=matter.pk,
        step_name=name,
        data=answers(step, matter, data),
    )


def matter_in(people: Any, submit: Any, kind: str, state: str) -> Matter:
    """A fresh matter of a kind brought to a state by its declared way."""
    matter = submit(f"Nội dung thử cho {kind} ở trạng thái {state}.").matter
    way = WAYS[state]
    if kind == "petition":
        way = tuple(step for step in way if step != "classify")
    return walk_steps(people, matter, way, {"classify": {"kind": kind}})
