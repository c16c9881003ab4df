"""Entries in words: what was done, with which facts, as people read it."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Iterable, Mapping
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from dongthuan.core.matters.kinds import Ask, Step, Text, all_kinds
from dongthuan.core.matters.models import Channel, Entry

_DAY = re.compile(r"\d{4}-\d\d-\d\d")

_ACTS: dict[str, Text] = {
    "petitioner.reply": gettext_lazy("the petitioner wrote"),
    "matter.assign": gettext_lazy("assigned"),
    "matter.note": gettext_lazy("note"),
    "matter.message": gettext_lazy("message to the petitioner"),
    "matter.hand_over": gettext_lazy("handed over to the successor"),
    "promise.given": gettext_lazy("promised"),
    "duty.recomputed": gettext_lazy("due date counted again under the new version of the rule"),
    "payload.erased": gettext_lazy("personal content erased"),
}

_FACTS: dict[str, Text] = {
    "channel": gettext_lazy("channel"),
    "people": gettext_lazy("number of people"),
    "handler": gettext_lazy("handler"),
    "was": gettext_lazy("before"),
    "from": gettext_lazy("from"),
    "to": gettext_lazy("to"),
    "on": gettext_lazy("on"),
    "due_before": gettext_lazy("due before"),
    "due_after": gettext_lazy("due now"),
    "rule": gettext_lazy("rule"),
    "basis": gettext_lazy("legal basis"),
    "day": gettext_lazy("day"),
    "time": gettext_lazy("time"),
    "place": gettext_lazy("place"),
    "origin": gettext_lazy("origin"),
    "entry": gettext_lazy("entry"),
    "reason": gettext_lazy("reason"),
    "document": gettext_lazy("document"),
    "files": gettext_lazy("files"),
}


# Facts that the petitioner does not read: how officials find their own files.
_INNER: set[str] = set()
# (act, fact) -> the words of a code on a day, where the law's own list gives them.
_CODES: dict[tuple[str, str], Callable[[str, dt.date], str]] = {}


def words_add(
    *,
    acts: Mapping[str, Text],
    facts: Mapping[str, Text],
    inner: Iterable[str] = (),
    codes: Mapping[tuple[str, str], Callable[[str, dt.date], str]] | None = None,
) -> None:
    """A room brings the words of its own acts and facts, from AppConfig.ready().

    `inner` names the facts that officials alone read; `codes` puts the codes of a fact into words.
    """
    _ACTS.update(acts)
    _FACTS.update(facts)
    _INNER.update(inner)
    _CODES.update(codes or {})


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


def fact_lines(entry: Entry, *, told: bool = False) -> list[tuple[str, str]]:
    """The facts of an entry as (label, value) pairs; choices in words, nothing empty.

    `told`: only what the petitioner reads, without the inner facts of officials.
    """
    asks = _asks(entry.act)
    hidden = _INNER | {ask.name for ask in asks.values() if ask.inner} if told else set()
    lines = []
    for name, value in entry.facts.items():
        if name in hidden:
            continue
        label = asks[name].label if name in asks else _FACTS.get(name, name)
        if value in (None, "", [], {}):
            continue
        if words := _CODES.get((entry.act, name)):
            text = words(value, timezone.localdate(entry.at))
        else:
            text = _value(value, asks, name)
        lines.append((str(label), text))
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
