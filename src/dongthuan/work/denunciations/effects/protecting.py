"""Protection: one row a type, its duty while nothing is decided (Chương VI Luật Tố cáo 2018)."""

from __future__ import annotations

import datetime as dt

from django.utils import timezone
from django.utils.translation import gettext as _

from dongthuan.core.matters.duties import duties_open, duty_close
from dongthuan.core.matters.errors import MatterError
from dongthuan.core.matters.kinds import StepContext
from dongthuan.work.denunciations.effects import denunciation, running
from dongthuan.work.denunciations.models import Denunciation, Protection, ProtectionState

LIVE = (ProtectionState.REQUESTED, ProtectionState.ASKED, ProtectionState.RUNNING)


def ask(context: StepContext) -> None:
    matter, data = denunciation(context), context.data
    live = set(matter.protections.filter(state__in=LIVE).values_list("type", flat=True))
    new = [type for type in data["types"] if type not in live]
    if not new:
        raise MatterError(_("This protection is already asked for or in force."), field="types")
    Protection.objects.bulk_create(
        Protection(
            matter=matter,
            type=type,
            urgent=bool(data.get("urgent")),
            requested_on=data["asked_on"],
        )
        for type in new
    )
    if data.get("urgent") and not running(context, "tc.protect"):
        # Khoản 3 Điều 50, khoản 2 Điều 7 NĐ 31/2019: at once; counted under its own condition.
        context.duties += duties_open(
            matter=matter,
            rules=[("tc.protect", "asked", context.now)],
            conditions=["urgent"],
            now=context.now,
        )


def decide(context: StepContext) -> None:
    """By the settler, on request or of itself (khoản 1 Điều 51)."""
    matter, data = denunciation(context), context.data
    today = timezone.localdate(context.now)
    row = _row(matter, data["type"], ProtectionState.REQUESTED) or Protection(
        matter=matter, type=data["type"], requested_on=today
    )
    if row.pk is None and _live(matter, data["type"]):
        raise MatterError(_("This protection is already asked for or in force."), field="type")
    _start(row, data["measures"], data["document"], today, data["started_on"])
    _decided(context)


def request(context: StepContext) -> None:
    """Not within the settler's power: the police answer in three working days, five if many places
    must be seen (khoản 3 Điều 5 Thông tư 145/2020/TT-BCA: corruption and waste)."""
    matter, data = denunciation(context), context.data
    row = _row(matter, data["type"], ProtectionState.REQUESTED) or Protection(
        matter=matter, type=data["type"], requested_on=timezone.localdate(context.now)
    )
    if row.pk is None and _live(matter, data["type"]):
        raise MatterError(_("This protection is already asked for or in force."), field="type")
    row.state, row.authority, row.document = (
        ProtectionState.ASKED,
        data["authority"],
        data["document"],
    )
    row.save()
    police = data["authority"] == "police" and data.get("corruption")
    if police and not running(context, "tc.protect_police"):
        context.duties += duties_open(
            matter=matter,
            rules=[("tc.protect_police", "now", context.now)],
            conditions=["multi_place"] if data.get("multi_place") else [],
            now=context.now,
        )
    _decided(context)


def answered(context: StepContext) -> None:
    data = context.data
    row = _must(denunciation(context), data["type"], ProtectionState.ASKED)
    if data["granted"] == "yes":
        if not data.get("measures"):
            raise MatterError(_("Say which measures are taken."), field="measures")
        day = data["decided_on"]
        _start(row, data["measures"], data["document"], day, day)
    else:
        row.state, row.decided_on = ProtectionState.REFUSED, data["decided_on"]
        row.save()


def refuse(context: StepContext) -> None:
    row = _must(denunciation(context), context.data["type"], ProtectionState.REQUESTED)
    row.state, row.decided_on = ProtectionState.REFUSED, timezone.localdate(context.now)
    row.save()
    _decided(context)


def change(context: StepContext) -> None:
    data = context.data
    row = _must(denunciation(context), data["type"], ProtectionState.RUNNING)
    context.facts["was"] = row.measures
    row.measures, row.document = sorted(data["measures"]), data["document"]
    row.save()


def end(context: StepContext) -> None:
    data = context.data
    row = _must(denunciation(context), data["type"], ProtectionState.RUNNING)
    if row.started_on and data["ended_on"] < row.started_on:
        raise MatterError(_("It began later than that."), field="ended_on")
    row.state, row.ended_on, row.end_ground = (
        ProtectionState.ENDED,
        data["ended_on"],
        data["ground"],
    )
    row.save()


def all_ended(matter: Denunciation, context: StepContext, *, ground: str) -> None:
    """The conclusion or termination ends every protection (điểm a khoản 2 Điều 54)."""
    rows = matter.protections.filter(state__in=LIVE)
    types = sorted(rows.values_list("type", flat=True))
    if types:
        context.facts["protection_ended"] = types
        day = timezone.localdate(context.now)
        rows.update(state=ProtectionState.ENDED, ended_on=day, end_ground=ground)


def _decided(context: StepContext) -> None:
    """The duty to decide is kept when no request waits any more."""
    matter, duty = denunciation(context), running(context, "tc.protect")
    if duty and not matter.protections.filter(state=ProtectionState.REQUESTED).exists():
        duty_close(duty=duty, now=context.now)


def _start(
    row: Protection, measures: list[str], document: str, decided: dt.date, started: dt.date
) -> None:
    row.state, row.measures, row.document = ProtectionState.RUNNING, sorted(measures), document
    row.decided_on, row.started_on = decided, started
    row.save()


def _live(matter: Denunciation, type: str) -> bool:
    return matter.protections.filter(type=type, state__in=LIVE).exists()


def _row(matter: Denunciation, type: str, state: str) -> Protection | None:
    return matter.protections.select_for_update().filter(type=type, state=state).first()


def _must(matter: Denunciation, type: str, state: str) -> Protection:
    row = _row(matter, type, state)
    if row is None:
        raise MatterError(_("No such protection is at this stage."), field="type")
    return row
