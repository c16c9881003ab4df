"""What steps of a conference change; called inside the engine's transaction."""

from __future__ import annotations

import datetime as dt
from typing import cast

from django.utils import timezone
from django.utils.translation import gettext as _

from dongthuan.core import clock
from dongthuan.core.matters.errors import MatterError
from dongthuan.core.matters.kinds import StepContext
from dongthuan.core.matters.models import Projection
from dongthuan.core.text import clean
from dongthuan.work.supervision import rules
from dongthuan.work.supervision.models import Gathering


def _gathering(context: StepContext) -> Gathering:
    return cast(Gathering, context.matter)


def plan(context: StepContext) -> None:
    """Day, hour, place and content; a village is called together five days before."""
    gathering, data = _gathering(context), context.data
    rules.notice_check(rules.CONVENE, data["on"], field="on")
    moment = dt.datetime.combine(data["on"], _hour(data["time"]), timezone.get_default_timezone())
    if moment < context.now:
        raise MatterError(_("That hour has passed."), field="time")
    if gathering.held_at:
        context.facts["day_before"] = timezone.localdate(gathering.held_at).isoformat()
    gathering.held_at = moment
    gathering.venue = rules.said(data["venue"], "venue", most=200)
    gathering.agenda = rules.said(data["agenda"], "agenda", most=3000)
    Projection.objects.filter(pk=gathering.pk).update(body=gathering.agenda, listed=True)


def _hour(text: str) -> dt.time:
    try:
        return dt.datetime.strptime(
            text.replace("h", ":").replace("g", ":").strip(), "%H:%M"
        ).time()
    except ValueError:
        raise MatterError(_("Write the hour like 19:00."), field="time") from None


def convene(context: StepContext) -> None:
    _gathering(context).means = context.data["means"]


def hold_conference(context: StepContext) -> None:
    gathering, data = _gathering(context), context.data
    _begun(gathering)
    gathering.households, gathering.present = data["households"], data["present"]
    if gathering.present > gathering.households:
        raise MatterError(
            _("More households came than the village has; check both numbers."), field="present"
        )
    for name in ("report_head", "report_front", "report_board", "conclusion"):
        setattr(gathering, name, rules.said(data[name], name, most=5000))
    gathering.minutes = clean(data["minutes"])
    gathering.decided_at = context.now
    Projection.objects.filter(pk=gathering.pk).update(answer=gathering.conclusion)


def _begun(gathering: Gathering) -> None:
    if gathering.held_at is None or gathering.held_at > clock.now():
        raise MatterError(_("It has not begun yet; record it afterwards."))


def report(context: StepContext) -> None:
    _gathering(context).document = clean(context.data["document"])


def miss(context: StepContext) -> None:
    """Only once the year is over; the duty stands in the record as broken."""
    if clock.today().year <= _gathering(context).year:
        raise MatterError(_("The year is not over; it can still be held."))
    rules.said(context.data["reason"], "reason", most=1000)
