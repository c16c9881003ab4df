"""Plausible answers to every declared step, and the ways that lead to every state."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from contextlib import AbstractContextManager, nullcontext
from typing import Any

from dongthuan.core import clock
from dongthuan.core.matters.kinds import Ask, Step, kind_of
from dongthuan.core.matters.models import Matter
from dongthuan.core.matters.selectors import matter_get
from dongthuan.core.matters.services import matter_act
from dongthuan.core.people.actors import SYSTEM
from dongthuan.core.units.models import Unit
from dongthuan.work.petitions.joining import matters_join
from dongthuan.work.petitions.rating import reopen_ask
from dongthuan.work.petitions.services import Sender, submission_create

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
    "effective": ("register", "classify", "examine", "accept", "DECIDE", "EFFECT"),
    "executing": ("register", "classify", "examine", "accept", "DECIDE", "EXECUTE"),
    "closed": ("register", "classify", "examine", "accept", "DECIDE", "DUES", "publish", "close"),
    "terminating": ("register", "classify", "examine", "accept", "terminate"),
    "terminated": (
        "register", "classify", "examine", "accept", "terminate", "termination_sent",
    ),
    "refused": ("register", "classify", "examine", "refuse"),
    "returned": ("register", "classify", "examine", "return"),
    "stored": ("register", "classify", "store"),
    "withdrawn": ("register", "classify", "withdraw"),
    "split": ("register", "classify", "split"),
    "guided": ("register", "classify", "EXAMINE_OUT", "guide"),
    "transferred": ("register", "classify", "EXAMINE_OUT", "transfer"),
    "urged": ("register", "classify", "EXAMINE_OUT", "urge"),
    "transferring": ("register", "classify", "EXAMINE_OUT", "TRANSFER_IN"),
    "disputed": ("register", "classify", "EXAMINE_OUT", "TRANSFER_IN", "send_back", "refer_up"),
    "contested": (
        "register", "classify", "examine", "accept", "DECIDE", "DUES", "publish", "close",
        "CONTEST",
    ),
    "joined": ("register", "classify", "JOIN"),
}  # fmt: skip
DECIDE = {"complaint": ("report", "decide")}
EXECUTE = {"complaint": ("EFFECT", "execute")}
DUES = {"complaint": ("send", "EFFECT")}
# For steps that need more than a state: the state and what is done in it before.
READY: dict[tuple[str, str], tuple[str, tuple[str, ...]]] = {
    ("complaint", "verification_plan"): ("accepted", ("designate",)),
    ("complaint", "verify_extend"): ("accepted", ("designate",)),
    ("complaint", "dialogue_notice"): ("accepted", ("dialogue_call",)),
    ("complaint", "dialogue_hold"): ("accepted", ("dialogue_call", "dialogue_notice")),
    ("complaint", "dialogue_cancel"): ("accepted", ("dialogue_call",)),
    ("complaint", "decide"): ("accepted", ("report",)),
    ("complaint", "stay_lift"): ("accepted", ("stay",)),
    ("complaint", "restore_part"): ("accepted", ("withdraw_part",)),
    ("complaint", "represent_end"): ("accepted", ("represent",)),
    ("complaint", "represent_act"): ("accepted", ("represent",)),
    ("complaint", "delivered"): ("decided", ("send",)),
    ("complaint", "post_end"): ("decided", ("post",)),
    ("complaint", "meeting_notice"): ("decided", ("meeting_call",)),
    ("complaint", "meeting_held"): ("decided", ("meeting_call", "meeting_notice")),
    ("complaint", "take_effect"): ("decided", ()),
    ("complaint", "recovery_collect"): ("effective", ("recovery_add",)),
    ("complaint", "recovery_waive"): ("effective", ("recovery_add",)),
    ("complaint", "close"): ("effective", ("send", "publish")),
}
# Steps that exist only from a day on: the fact of the complaint that names it, and days more.
LATER = {"take_effect": ("effect_on", 1), "post_end": ("post_until", 0),
         "dialogue_hold": ("dialogue_on", 0)}  # fmt: skip
OPTIONAL = (
    "body",
    "known_on",
    "money",
    "opinions",
    "coerced",
    "written_on",
    "criteria",
    "document",
)


def at_its_time(name: str, matter: Matter) -> AbstractContextManager[None]:
    """The moment at which a step that waits for a day can be taken; else the present."""
    wanted = LATER.get(name)
    row = getattr(matter, "complaint_row", None) if wanted else None
    day = getattr(row, wanted[0]) if row and wanted else None
    if not wanted or day is None or day + dt.timedelta(days=wanted[1]) <= clock.today():
        return nullcontext()
    noon = dt.datetime.combine(day, dt.time(5), dt.UTC)
    return clock.at(noon + dt.timedelta(days=wanted[1]))


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
        "coerced": True,
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
        case "future":
            return clock.today() + dt.timedelta(days=10)
        case "money" | "area":
            return 1
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
        if ask.type != "paper" and (ask.required or ask.name in OPTIONAL)
    }
    if step.name == "store":
        data["defects"] = ["copy"]
    data |= given or {}
    if step.name == "transfer" and data.get("to"):
        data.pop("body", None)
    elif step.name == "transfer" and any(ask.name == "document" for ask in step.asks):
        data.setdefault("document", "12/CV-UBND")
    return data


def worker_for(people: Any, matter: Matter) -> Any:
    """Who works the matter: the head of the unit that owes it may take every step."""
    code = Unit.objects.values_list("code", flat=True).get(pk=matter.unit_id)
    return {"21478-ubnd": people.other_head, "51-ubnd": people.province}.get(code, people.head)


def walk_steps(
    people: Any, matter: Matter, steps: Sequence[str], given: dict[str, dict[str, Any]]
) -> Matter:
    """Take the steps in turn; capital words stand for what the kind calls them."""
    for name in steps:
        matter = _one(people, matter, name, given)
    return matter


def _one(people: Any, matter: Matter, name: str, given: dict[str, dict[str, Any]]) -> Matter:
    data = dict(given.get(name, {}))
    parts: tuple[str, ...] = ()
    match name:
        case "DECIDE":
            parts = DECIDE.get(matter.kind, ("answer",))
        case "EXECUTE":
            parts = EXECUTE.get(matter.kind, ("execute",))
        case "EFFECT":
            parts = ("take_effect",)
        case "EXAMINE_OUT":
            name, data = "examine", {"competence": "out", **data}
        case "TRANSFER_IN":
            name, data = "transfer", {"to": Unit.objects.get(code="21478-ubnd"), **data}
        case "CONTEST":
            sender = matter.submissions.earliest("id")
            return reopen_ask(
                submission=sender, acting=people.citizen, reason="Nắp cống lại vỡ như cũ."
            )
        case "JOIN":
            return _join(people, matter)
        case "DUES":
            parts = DUES.get(matter.kind, ())
    if parts or name == "DUES":
        return walk_steps(people, matter, parts, given)
    step = kind_of(matter.kind).step(name)
    assert step is not None, f"{matter.kind} has no step {name}"
    found = matter_get(actor=SYSTEM, code=matter.code)
    assert found is not None
    with at_its_time(name, found):
        return matter_act(
            acting=worker_for(people, matter),
            matter_id=matter.pk,
            step_name=name,
            data=answers(step, matter, data),
        )


def _join(people: Any, matter: Matter) -> Matter:
    """Join the matter into another one of its kind and unit."""
    text = "Một vụ việc khác cùng nội dung để nhập vào."
    main = submission_create(
        acting=people.citizen, place=Unit.objects.get(code="21439"), text=text, channel="web",
        sender=Sender(),
    ).matter  # fmt: skip
    if matter.kind != "petition":
        main = walk_steps(
            people, main, ("register", "classify"), {"classify": {"kind": matter.kind}}
        )
    matters_join(
        acting=people.head, main_id=main.pk, other_ids=[matter.pk], reason="Cùng một nội dung."
    )
    return type(matter).objects.get(pk=matter.pk)


def matter_in(people: Any, submit: Any, kind: str, state: str) -> Matter:
    """A fresh matter of a kind brought to a state by its declared way."""
    matter = submit(f"Nội dung thử cho {kind} ở trạng thái {state}.").matter
    way = WAYS[state]
    if kind == "petition":
        way = tuple(step for step in way if step != "classify")
    return walk_steps(people, matter, way, {"classify": {"kind": kind}})
