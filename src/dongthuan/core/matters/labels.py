"""Entries in words: what was done, with which facts, as people read it."""

from __future__ import annotations

import re
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from dongthuan.core.matters.kinds import Ask, Step, all_kinds
from dongthuan.core.matters.models import Channel, Entry

_DAY = re.compile(r"\d{4}-\d\d-\d\d")

_ACTS = {
    "petition.received": gettext_lazy("received"),
    "petition.imported": gettext_lazy("taken over from a ledger"),
    "petition.part_of": gettext_lazy("opened as a part of another matter"),
    "denunciation.received": gettext_lazy("received"),
    "denunciation.classify": gettext_lazy("found to be a denunciation; taken into the vault"),
    "denunciation.split": gettext_lazy("split; taken into the vault"),
    "denunciation.risen": gettext_lazy("taken to the authority above"),
    "denunciation.taken_over": gettext_lazy("taken over by the authority above"),
    "denunciation.demanded": gettext_lazy("the authority above demands a report"),
    "petition.second_of": gettext_lazy("opened as a second complaint"),
    "petition.receipt_renewed": gettext_lazy("a new secret was given"),
    "petitioner.reply": gettext_lazy("the petitioner wrote"),
    "matter.assign": gettext_lazy("assigned"),
    "matter.note": gettext_lazy("note"),
    "matter.message": gettext_lazy("message to the petitioner"),
    "matter.hand_over": gettext_lazy("handed over to the successor"),
    "petition.joined_into": gettext_lazy("joined with another matter"),
    "petition.joined_here": gettext_lazy("others were joined into this matter"),
    "petition.promises_joined": gettext_lazy("promises of a joined matter taken over"),
    "petition.separated": gettext_lazy("separated again"),
    "petition.separated_from": gettext_lazy("a joined matter was separated again"),
    "petition.signers_added": gettext_lazy("signers added"),
    "petition.voice": gettext_lazy("somebody with the same problem joined"),
    "petitioner.rated": gettext_lazy("the petitioner rated the handling"),
    "petitioner.rating_changed": gettext_lazy("the petitioner changed the rating"),
    "petitioner.reopen_asked": gettext_lazy("the petitioner says it is not solved"),
    "referral.opened": gettext_lazy("sent on, to be followed up"),
    "referral.taken": gettext_lazy("taken over by the receiver"),
    "referral.sent_back": gettext_lazy("sent back by the receiver"),
    "referral.answered": gettext_lazy("the receiver told the result"),
    "referral.relayed": gettext_lazy("the body that sent it on told the result"),
    "complaint.overdue": gettext_lazy("the term of settlement has passed"),
    "vault.opened": gettext_lazy("vault opened"),
    "vault.refused": gettext_lazy("vault not opened: wrong passphrase"),
    "vault.file": gettext_lazy("file taken out of the vault"),
    "vault.filed": gettext_lazy("files put into the vault"),
    "vault.message": gettext_lazy("message to the denouncer"),
    "vault.granted": gettext_lazy("vault opened to more officials"),
    "vault.revoked": gettext_lazy("vault closed to officials"),
    "vault.rotated": gettext_lazy("vault locked anew with new keys"),
    "vault.recovered": gettext_lazy("vault opened with the recovery key"),
    "denouncer.reply": gettext_lazy("the denouncer wrote"),
    "denouncer.withdrawal": gettext_lazy("the denouncer withdrew"),
    "denouncer.protection": gettext_lazy("the denouncer asks for protection"),
    "promise.given": gettext_lazy("promised"),
    "duty.recomputed": gettext_lazy("due date counted again under the new version of the rule"),
    "reception.planned": gettext_lazy("planned"),
    "reception.visit": gettext_lazy("a turn was written into the ledger"),
    "refusal.opened": gettext_lazy("reception refused; the notice is owed"),
    "payload.erased": gettext_lazy("personal content erased"),
}

_FACTS = {
    "channel": gettext_lazy("channel"),
    "people": gettext_lazy("number of people"),
    "handler": gettext_lazy("handler"),
    "was": gettext_lazy("before"),
    "was_outcome": gettext_lazy("before"),
    "from": gettext_lazy("from"),
    "from_unit": gettext_lazy("from"),
    "to": gettext_lazy("to"),
    "on": gettext_lazy("on"),
    "due_before": gettext_lazy("due before"),
    "due_after": gettext_lazy("due now"),
    "rule": gettext_lazy("rule"),
    "basis": gettext_lazy("legal basis"),
    "second": gettext_lazy("second complaint"),
    "second_until": gettext_lazy("last day for a second complaint"),
    "counted_from": gettext_lazy("counted from"),
    "limit_on": gettext_lazy("time limit to complain"),
    "limit_basis": gettext_lazy("article of the time limit"),
    "time_barred": gettext_lazy("came too late"),
    "effect_on": gettext_lazy("legal effect after"),
    "effect_basis": gettext_lazy("article of the legal effect"),
    "in_effect_on": gettext_lazy("in legal effect since"),
    "post_until": gettext_lazy("posted at least until"),
    "post_basis": gettext_lazy("article of the posting"),
    "goes_on": gettext_lazy("the settlement goes on"),
    "number": gettext_lazy("number in the list"),
    "recoveries_dropped": gettext_lazy("recoveries dropped"),
    "day": gettext_lazy("day"),
    "time": gettext_lazy("time"),
    "place": gettext_lazy("place"),
    "in_time": gettext_lazy("in time"),
    "main": gettext_lazy("joined into"),
    "joined": gettext_lazy("joined"),
    "promises": gettext_lazy("promises"),
    "total": gettext_lazy("people in all"),
    "referral": gettext_lazy("followed up as"),
    "answered_on": gettext_lazy("answered on"),
    "parts": gettext_lazy("parts"),
    "origin": gettext_lazy("origin"),
    "entry": gettext_lazy("entry"),
    "reason": gettext_lazy("reason"),
    "document": gettext_lazy("document"),
    "accounts": gettext_lazy("officials"),
    "files": gettext_lazy("files"),
    "sealed": gettext_lazy("number in the vault"),
    "day_before": gettext_lazy("day before"),
    "short_notice": gettext_lazy("posted fewer than five working days ahead; days left"),
    "ground": gettext_lazy("ground"),
    "turns": gettext_lazy("turns"),
    "ledger": gettext_lazy("number in the ledger"),
}


def act_label(act: str) -> str:
    """'feedback.accept' -> 'Accept for settlement'; acts that are no step have their own words."""
    if act in _ACTS:
        return str(_ACTS[act])
    step = _step(act)
    return str(step.label) if step else act


def _step(act: str) -> Step | None:
    kind_name, _dot, step_name = act.partition(".")
    for kind in all_kinds():
        if kind.name == kind_name:
            return kind.step(step_name)
    return None


def _asks(act: str) -> dict[str, Ask]:
    step = _step(act)
    return {ask.name: ask for ask in step.asks} if step else {}


def fact_lines(entry: Entry) -> list[tuple[str, str]]:
    """The facts of an entry as (label, value) pairs; choices in words."""
    asks = _asks(entry.act)
    lines = []
    for name, value in entry.facts.items():
        label = asks[name].label if name in asks else _FACTS.get(name, name)
        lines.append((str(label), _value(value, asks, name)))
    return lines


def _value(value: Any, asks: dict[str, Ask], name: str) -> str:
    choices = dict(asks[name].choices) if name in asks else {}
    if isinstance(value, list):
        return ", ".join(_value(item, asks, name) for item in value)
    if isinstance(value, dict):
        return str(value.get("name") or value.get("unit") or "")
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    if name == "channel" and value in Channel.values:
        return str(Channel(value).label)
    if name == "was":
        return next((str(kind.label) for kind in all_kinds() if kind.name == value), str(value))
    if isinstance(value, str) and _DAY.fullmatch(value):
        return f"{value[8:]}/{value[5:7]}/{value[:4]}"
    return str(choices.get(value, value))


def payload_text(entry: Entry) -> str:
    """What the personal part says in words: notes, messages, answers; '' when it was erased."""
    payload = getattr(entry, "payload", None)
    if payload is None:
        return ""
    asks = _asks(entry.act)
    shown = ("text", "note", "answer", "remark", "part", "plan", "parts")
    texts = []
    # Many answers (a report, minutes) are read with their names before them.
    named = sum(ask.personal for ask in asks.values()) > 2
    for name, value in payload.body.items():
        if (name in asks and asks[name].personal and name != "title") or name in shown:
            label = f"{asks[name].label}: " if named and name in asks and value else ""
            texts.append(f"{label}{value}")
    return "\n\n".join(texts)
