"""Plausible answers to every declared step, and the ways that lead to every state."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from dongthuan.core import clock
from dongthuan.core.matters.kinds import Ask, Step, kind_of
from dongthuan.core.matters.models import Matter
from dongthuan.core.matters.services import matter_act

PASSPHRASE = "mat-khau-kho-thu"
MET = ["basis", "capacity", "form"]
CHECKABLE = ["basis", "clear", "evidence"]

START = ("register", "examine")
ACCEPTED = (*START, "accept")
REPORTED = (*ACCEPTED, "verify", "hear", "report")
WAYS: dict[str, tuple[str, ...]] = {
    "received": (),
    "registered": ("register",),
    "examined": START,
    "accepted": ACCEPTED,
    "verifying": (*ACCEPTED, "verify"),
    "reported": REPORTED,
    "suspended": (*ACCEPTED, "suspend"),
    "concluded": (*REPORTED, "conclude"),
    "refused": ("register", "EXAMINE_UNMET", "refuse"),
    "transferred": ("register", "EXAMINE_OUT", "transfer"),
    "unprocessed": ("register", "EXAMINE_COPY", "unprocess"),
    "inspecting": ("register", "EXAMINE_ANONYMOUS", "inspect"),
    "inspected": ("register", "EXAMINE_ANONYMOUS", "inspect", "inspected"),
    "terminated": (*ACCEPTED, "terminate"),
    "closed": ("register", "EXAMINE_UNMET", "refuse", "close"),
}
# What the initial check may find; the rest of the answers are those of `answers`.
EXAMINED: dict[str, dict[str, Any]] = {
    "EXAMINE_UNMET": {"met": ["form"]},
    "EXAMINE_OUT": {"competence": "out"},
    "EXAMINE_COPY": {"competence": "out", "many_bodies": True},
    "EXAMINE_ANONYMOUS": {"identity": "anonymous", "met": [], "checkable": CHECKABLE},
}
SPECIAL: dict[str, Any] = {
    "identity": "known",
    "met": MET,
    "competence": "in",
    "passphrase": PASSPHRASE,
    "to": ["denounced", "denouncer"],
    "no_kin": True,
    "members": 3,
    "days": 30,
    "criteria": ["places"],
    "who": "denounced",
    "body": "Thanh tra tỉnh",
    "head": False,
    "accounts": "",
    "forms": ["posted"],
    "types": ["position"],
    "type": "position",
    "granted": "yes",
    "state_money": 120,
    "public_text": "Kết luận: nội dung tố cáo đúng một phần; đã chấn chỉnh.",
    "respondents": "Trưởng phòng Kinh tế",
    "measures": ["own"],
}
OPTIONAL = ("met", "no_kin", "members", "body", "passphrase", "state_money")
BY_STEP: dict[str, dict[str, Any]] = {
    "send": {"to": ["denounced", "denouncer", "manager"]},
    "register": {"passphrase": None},
    "conclude": {"measures": "Chấn chỉnh, thu hồi tiền."},
    "protect_decide": {"measures": ["57.1a"]},
    "protect_answered": {"measures": ["58.2"]},
    "protect_change": {"measures": ["57.1b"]},
    "inspect": {"by": "own"},
    "crime": {"body": "investigation"},
    "transfer": {"to": None},
    "withdraw": {"document": "9/QĐ-UBND"},
}


def answer_to(ask: Ask) -> Any:
    """An answer that a reasonable official would give."""
    if ask.name in SPECIAL:
        return SPECIAL[ask.name]
    match ask.type:
        case "choice":
            return ask.choices[0][0]
        case "choices":
            return [ask.choices[0][0]]
        case "date" | "future":
            return clock.today()
        case "number":
            return 1
        case "bool":
            return True
    return "12/QĐ-UBND" if ask.name == "document" else "Nội dung thử cho bước này."


def answers(step: Step, given: dict[str, Any] | None = None) -> dict[str, Any]:
    data = {
        ask.name: answer_to(ask)
        for ask in step.asks
        if (ask.required and ask.type != "bool") or ask.name in OPTIONAL
    }
    names = {ask.name for ask in step.asks}
    data |= {k: v for k, v in BY_STEP.get(step.name, {}).items() if k in names}
    data |= given or {}
    return {name: value for name, value in data.items() if value is not None}


def worker_for(people: Any, matter: Matter) -> Any:
    """The designated person of the office with which the sealed matter lies."""
    return people.sealed if ".21439." in matter.path else people.province


def take(people: Any, matter: Matter, name: str, **given: Any) -> Matter:
    step = kind_of("denunciation").step(name)
    assert step is not None, name
    return matter_act(
        acting=worker_for(people, matter),
        matter_id=matter.pk,
        step_name=name,
        data=answers(step, given),
    )


def walk(people: Any, matter: Matter, steps: Sequence[str]) -> Matter:
    for name in steps:
        if name in EXAMINED:
            matter = take(people, matter, "examine", **EXAMINED[name])
        else:
            matter = take(people, matter, name)
    return matter


def matter_in(people: Any, denounce: Any, state: str, **given: Any) -> Matter:
    """A fresh denunciation brought to a state by its declared way."""
    if state in ("again", "upheld"):
        matter = denounced_again(people, denounce, "unlawful")
        return take(people, matter, "uphold") if state == "upheld" else matter
    return walk(people, denounce(**given).matter, WAYS[state])


def denounced_again(people: Any, denounce: Any, ground: str) -> Matter:
    """At the province, tied to an earlier one of the ward: concluded, or past its term."""
    import datetime as dt

    from dongthuan.core.units.models import Unit

    past = clock.now() - dt.timedelta(days=80)
    with clock.at(past):
        earlier = walk(people, denounce().matter, WAYS["concluded" if ground == "unlawful" else
                                                       "accepted"])  # fmt: skip
    again = denounce(place=Unit.objects.get(code="51")).matter
    again = walk(people, again, ("register",))
    return take(people, again, "link_again", earlier=earlier.code, ground=ground)
