"""Words for acts that are no declared step, and for facts that no form names."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

from django.utils.translation import gettext_lazy as _

from dongthuan.work.decisions.elections.models import Candidate
from dongthuan.work.decisions.initiatives.models import InitiativeItem, Support

ACTS = {
    "initiative.proposed": _("proposed"),
    "initiative.supported": _("supports entered"),
    "initiative.support_withdrawn": _("a support was taken back"),
    "initiative.codes": _("new codes for the households"),
    "convention.proposed": _("proposed"),
    "convention.drafted": _("draft written"),
    "election.opened": _("election opened"),
    "election.candidate": _("put on the list"),
    "election.candidate_removed": _("taken off the list"),
}
FACTS = {
    "item": _("item of Art. 15"),
    "supports": _("supports"),
    "supporters": _("households that support it"),
    "households": _("all households"),
    "came": _("households that came"),
    "yes": _("households that said yes"),
    "voted": _("day of the vote"),
    "outcome": _("outcome"),
    "sections": _("sections"),
    "sha256": _("hash of the text (SHA-256)"),
    "review_on": _("next yearly review"),
    "report_on": _("next yearly report"),
    "amended_in": _("amended version"),
    "candidates": _("people on the list"),
    "number": _("number in the list"),
    "source": _("brought forward"),
    "term_until": _("end of the term"),
    "opened": _("file opened"),
    "position": _("position"),
    "until": _("until"),
    "was_until": _("end of the term before"),
}


def _item(code: str, _on: dt.date) -> str:
    return str(InitiativeItem(code).label) if code in InitiativeItem.values else code


def _support(code: str, _on: dt.date) -> str:
    return str(Support.Channel(code).label) if code in Support.Channel.values else code


def _source(code: str, _on: dt.date) -> str:
    return str(Candidate.Source(code).label) if code in Candidate.Source.values else code


def _too_few(code: str, _on: dt.date) -> str:
    return str(_("too few households came")) if code == "too_few" else code


CODES: dict[tuple[str, str], Callable[[str, dt.date], str]] = {
    ("initiative.proposed", "item"): _item,
    ("initiative.supported", "channel"): _support,
    ("election.candidate", "source"): _source,
    ("election.hold", "outcome"): _too_few,
    ("convention.hold", "outcome"): _too_few,
}
