"""Rows into answers: nothing here asks who may see; the callers have done that."""

from __future__ import annotations

from typing import Any

from django.utils.translation import get_language

from dongthuan.core import clock
from dongthuan.core.matters import labels
from dongthuan.core.matters.kinds import kind_of
from dongthuan.core.matters.models import Duty, DutyState, Entry, Matter, Paper
from dongthuan.core.matters.selectors import rule_name
from dongthuan.core.units.models import Unit


def kind_out(kind: str) -> dict[str, str]:
    return {"name": kind, "label": str(kind_of(kind).label)}


def state_out(kind: str, state: str, *, public: bool = False) -> dict[str, str]:
    found = kind_of(kind).state(state)
    return {"name": state, "label": str(found.public if public else found.label)}


def unit_out(unit: Unit | None) -> dict[str, str] | None:
    return {"code": unit.code, "name": unit.name} if unit else None


def rule_out(key: str) -> str:
    return rule_name(key, get_language() or "vi") if key else ""


def duty_promised(duty: Duty) -> dict[str, Any]:
    return {
        "rule": duty.rule,
        "name": rule_out(duty.rule),
        "due_on": duty.due_on,
        "basis": duty.basis,
        "evidence": duty.evidence,
    }


def duty_out(duty: Duty) -> dict[str, Any]:
    names = (
        "due_at", "anchor", "anchor_at", "term", "conditions", "version_from", "closed_at",
        "reason", "pauses", "extensions", "steps",
    )  # fmt: skip
    return {
        **duty_promised(duty),
        **{name: getattr(duty, name) for name in names},
        "state": {"name": duty.state, "label": str(DutyState(duty.state).label)},
    }


def entry_out(entry: Entry, *, told: bool = False) -> dict[str, Any]:
    """`told`: for the petitioner, without the facts that officials alone read."""
    facts = labels.fact_lines(entry, told=told)
    return {
        "at": entry.at,
        "act": entry.act,
        "label": labels.act_label(entry.act),
        "by": entry.actor_label,
        "state": entry.after,
        "facts": [{"label": label, "value": value} for label, value in facts],
        "text": labels.payload_text(entry),
    }


def paper_out(paper: Paper, *, under: str) -> dict[str, Any]:
    """`under`: the address of the matter or submission that the paper belongs to."""
    attachment = paper.attachment
    return {
        "id": str(attachment.uuid),
        "title": paper.title,
        "content_type": attachment.content_type,
        "size": attachment.size,
        "sha256": attachment.sha256,
        "url": f"{under}/papers/{attachment.uuid}",
    }


def matter_row(matter: Matter) -> dict[str, Any]:
    names = (
        "code", "title", "version", "level", "channel", "topic", "opened_at", "closed_at",
        "next_due_on", "next_rule", "submission_count", "person_count",
    )  # fmt: skip
    handler, due = matter.handler, matter.next_due_on
    return {
        **{name: getattr(matter, name) for name in names},
        "kind": kind_out(matter.kind),
        "state": state_out(matter.kind, matter.state),
        "unit": unit_out(matter.unit),
        "place": unit_out(matter.place),
        "handler": {"id": handler.pk, "name": handler.name or handler.email} if handler else None,
        "next_rule_name": rule_out(matter.next_rule),
        "overdue": bool(due and matter.is_open and due < clock.today()),
    }
