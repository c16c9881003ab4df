"""Denounced again at the authority above (Điều 37, Điều 38 Luật Tố cáo 2018)."""

from __future__ import annotations

from django.utils.translation import gettext as _

from dongthuan.core.matters.duties import duties_open, duty_close
from dongthuan.core.matters.entries import entry_append
from dongthuan.core.matters.errors import MatterError
from dongthuan.core.matters.kinds import StepContext
from dongthuan.core.matters.models import Audience, Duty, DutyState
from dongthuan.core.matters.services import matter_settle
from dongthuan.core.people.actors import area_of
from dongthuan.core.text import clean
from dongthuan.work.denunciations.effects import accept, denunciation
from dongthuan.work.denunciations.models import Denunciation
from dongthuan.work.denunciations.terms import SETTLING


def link(context: StepContext) -> None:
    """Tie it to the earlier one, which lies with an authority below; its content stays sealed."""
    matter, data = denunciation(context), context.data
    code = clean(data["earlier"]).upper()
    earlier = (
        Denunciation.objects.select_for_update(of=("self",))
        .filter(code=code, path__startswith=area_of(matter.path))
        .exclude(pk=matter.pk)
        .first()
    )
    if earlier is None or area_of(earlier.path) == area_of(matter.path):
        raise MatterError(
            _("No denunciation with this code lies with an authority below."), field="earlier"
        )
    if data["ground"] == "overdue" and not earlier.is_overdue:
        raise MatterError(_("Its term has not passed without settlement."), field="ground")
    if data["ground"] == "unlawful" and not earlier.decided_at:
        raise MatterError(_("It has not been settled yet."), field="ground")
    matter.earlier = earlier
    matter.again_ground = data["ground"]
    matter.demanded = False


def demand(context: StepContext) -> None:
    """The authority below owes a report on the delay from the day it has the demand."""
    matter = denunciation(context)
    matter.demanded = True
    first = _first(matter)
    if first.state in SETTLING:
        _below(context, first, "denunciation.demanded", [("tc.overdue_report", "now", context.now)])


def report(context: StepContext) -> None:
    """Nothing but the record: the report itself goes by document."""


def take_over(context: StepContext) -> None:
    """The authority below must end its settlement and hand the file up (khoản 3 Điều 5 NĐ 31)."""
    first = _first(denunciation(context))
    if first.state in SETTLING:
        for duty in Duty.objects.filter(matter=first, state__in=["open", "paused"]):
            duty_close(duty=duty, now=context.now, state=DutyState.TRANSFERRED)
            duty.save(update_fields=["state", "closed_at", "reason"])
        before, first.state, first.outcome = first.state, "terminated", "taken_over"
        first.version += 1
        first.save(update_fields=["state", "outcome", "version"])
        _below(context, first, "denunciation.taken_over", [], before=before)
    accept(context)


def _first(matter: Denunciation) -> Denunciation:
    return Denunciation.objects.select_for_update(of=("self",)).get(again=matter)


def _below(
    context: StepContext,
    first: Denunciation,
    act: str,
    rules: list[tuple[str, str, object]],
    before: str = "",
) -> None:
    """Write on the matter of the authority below: duties and an entry that names the document."""
    owed = set(first.running_rules)
    duties_open(
        matter=first,
        rules=[rule for rule in rules if rule[0] not in owed],  # type: ignore[misc]
        now=context.now,
    )
    entry_append(
        matter=first,
        act=act,
        acting=context.acting,
        audience=Audience.OFFICIAL,
        before=before or first.state,
        after=first.state,
        facts={"document": context.data["document"]},
        at=context.now,
    )
    matter_settle(matter=first)
