"""Words for the acts of a vote that are no declared step, and for the facts they leave."""

from __future__ import annotations

import datetime as dt

from django.utils.translation import gettext_lazy

from dongthuan.work.decisions.models import Item, Method, Scope
from dongthuan.work.decisions.rules import GROUNDS

ACTS = {
    "decision.proposed": gettext_lazy("proposed to be put to the people"),
    "vote.frozen": gettext_lazy("roll of households frozen"),
    "vote.opened": gettext_lazy("vote opened"),
    "vote.codes": gettext_lazy("codes for the online vote handed out"),
    "vote.returned": gettext_lazy("tick of a household taken back: its voice is free again"),
    "vote.late": gettext_lazy("households ticked after the end of the vote"),
    "vote.manner": gettext_lazy("the meeting fixed the manner of voting"),
    "vote.recount": gettext_lazy("figures of two people did not agree: counted again"),
    "vote.closed": gettext_lazy("vote closed and counted"),
    "vote.void": gettext_lazy("vote ended without a count"),
}

FACTS = {
    "item": gettext_lazy("item of Art. 15"),
    "scope": gettext_lazy("scope"),
    "households": gettext_lazy("households"),
    "rolls": gettext_lazy("hash of the roll"),
    "codes": gettext_lazy("number of codes"),
    "replaced": gettext_lazy("of them in place of earlier codes"),
    "returned": gettext_lazy("ticks taken back"),
    "method": gettext_lazy("how votes are given"),
    "ticked": gettext_lazy("households ticked"),
    "village": gettext_lazy("village"),
    "manner": gettext_lazy("manner of voting"),
    "in_favour": gettext_lazy("in favour"),
    "present": gettext_lazy("present"),
    "attempt": gettext_lazy("attempt"),
    "counts": gettext_lazy("votes by option"),
    "all": gettext_lazy("all households"),
    "carried": gettext_lazy("carried"),
    "needed": gettext_lazy("needed"),
    "yes": gettext_lazy("in favour"),
    "voted": gettext_lazy("households that voted"),
    "villages": gettext_lazy("villages"),
    "approving": gettext_lazy("villages in favour"),
    "ground": gettext_lazy("ground"),
}


def _item(code: str, on: dt.date) -> str:
    return str(Item(code).label)


def _scope(code: str, on: dt.date) -> str:
    return str(Scope(code).label)


def _method(code: str, on: dt.date) -> str:
    return str(Method(code).label)


def _ground(code: str, on: dt.date) -> str:
    return str(GROUNDS[code])


CODES = {
    ("decision.proposed", "item"): _item,
    ("decision.proposed", "scope"): _scope,
    ("vote.manner", "manner"): _method,
    ("vote.returned", "method"): _method,
    ("vote.late", "method"): _method,
    ("decision.plan_ballot", "ground"): _ground,
}
