"""What the regime of a recommendation or feedback changes: its conditions, walls and clocks.

Field reports follow the unit's service levels; feedback on regulations Nghị định 20/2008/NĐ-CP
(amended by 48/2013 and 92/2017); feedback on conduct goes to the head and past the official whom
it is about.
"""

from __future__ import annotations

import datetime as dt
from typing import cast

from django.utils.translation import gettext as _

from dongthuan.core import clock
from dongthuan.core.matters.duties import duties_open, duty_close
from dongthuan.core.matters.errors import MatterError
from dongthuan.core.matters.kinds import StepContext
from dongthuan.core.matters.models import Duty, DutyState, Level, Matter
from dongthuan.core.matters.services import matter_settle
from dongthuan.core.people.models import Account, Appointment
from dongthuan.core.text import personal_data
from dongthuan.core.units.models import Role, in_force
from dongthuan.work.petitions import effects
from dongthuan.work.petitions.models import Petition, Regime

OF_KIND = {
    "feedback": (Regime.FIELD, Regime.REGULATION, Regime.CONDUCT),
    "recommendation": (Regime.REGULATION, Regime.CONDUCT),
}


def _petition(context: StepContext) -> Petition:
    return cast(Petition, context.matter)


def field_report_open(*, matter: Matter, duties: list[Duty], now: dt.datetime) -> list[Duty]:
    """What the sender calls a field report is to be classified within the unit's service level."""
    opened = duties_open(
        matter=matter, rules=[("pa.classify", "received", matter.opened_at)], now=now
    )
    matter_settle(matter=matter, duties=[*duties, *opened])
    return [*duties, *opened]


def classify(context: StepContext) -> None:
    """Classify by content, then by regime; the name of whoever it is about stays in the payload."""
    data = context.data = dict(context.data)
    kind, regime = data["kind"], data.get("regime") or ""
    concerned: Account | None = data.pop("concerned", None)
    if regime and regime not in OF_KIND.get(kind, ()):
        raise MatterError(_("This regime does not exist for what you chose above."), field="regime")
    if bool(concerned) != (regime == Regime.CONDUCT):
        raise MatterError(
            _("Name the official concerned if, and only if, it is about conduct."),
            field="concerned",
        )
    was = _petition(context).regime
    effects.classify(context)
    if kind not in OF_KIND:
        if was:
            _leave(_petition(context), was)
            _transfer_clock(context, None)
        return
    matter = _petition(context)
    if was != regime:
        _leave(matter, was)
        matter.regime = regime
    if concerned:
        _wall_off(context, concerned)
    _transfer_clock(context, matter)


def _transfer_clock(context: StepContext, matter: Petition | None) -> None:
    """Five working days from receipt to send on what is not ours (điểm d khoản 1 Điều 9)."""
    if matter and matter.on_regulation:
        context.opens.append(("pakn.transfer", "received", matter.opened_at))
        return
    for duty in context.duties:
        if duty.is_running and duty.rule == "pakn.transfer":
            reason = _("classified otherwise")
            duty_close(duty=duty, now=context.now, state=DutyState.WAIVED, reason=reason)


def _leave(matter: Petition, was: str) -> None:
    matter.regime = ""
    if was == Regime.CONDUCT:
        matter.walled_accounts = []


def _wall_off(context: StepContext, concerned: Account) -> None:
    """Past the official concerned, to another head of the unit, if there is one."""
    matter = _petition(context)
    matter.level = Level.UNIT
    matter.walled_accounts = sorted({*matter.walled_accounts, concerned.pk})
    context.payload["concerned"] = {"account": concerned.pk, "name": concerned.name}
    heads = heads_beyond(matter)
    matter.handler_id = heads[0] if heads else None


def heads_beyond(matter: Petition) -> list[int]:
    """The heads of the matter's unit today who are not walled off from it."""
    held = Appointment.objects.filter(
        in_force(clock.today()),
        position__unit_id=matter.unit_id,
        position__role=Role.HEAD,
        account__is_active=True,
    ).exclude(account__in=matter.walled_accounts)
    return sorted(set(held.values_list("account_id", flat=True)))


def examine(context: StepContext) -> None:
    """Feedback on a regulation needs who sends it and how to reach them (Điều 7 NĐ 20/2008)."""
    effects.examine(context)
    matter = _petition(context)
    if not (matter.on_regulation and matter.eligible):
        return
    for sender in matter.submissions.select_related("citizen").order_by("id")[:200]:
        citizen = sender.citizen
        if citizen and citizen.name and (citizen.address or citizen.phone or citizen.email):
            return
    raise MatterError(
        _(
            "Feedback on a regulation needs the sender's name and an address or telephone "
            "(Decree 20/2008, Article 7); this one has none."
        ),
        field="eligible",
    )


def accept(context: StepContext) -> None:
    """Conduct of the head is not settled by the head's own unit."""
    matter = _petition(context)
    if matter.on_conduct and not heads_beyond(matter):
        raise MatterError(
            _("It concerns the head of this unit; transfer it to the higher authority.")
        )
    handler = context.data.get("handler")
    if matter.on_conduct and handler is None:
        handler = Account.objects.get(pk=heads_beyond(matter)[0])
        context.data = {**context.data, "handler": handler}
    effects.accept(context)


def split(context: StepContext) -> None:
    """The parts stand behind the same wall as the whole."""
    effects.split(context)
    whole = _petition(context)
    if whole.walled_accounts:
        parts = Petition.objects.filter(code__in=context.facts["parts"])
        parts.update(walled_accounts=whole.walled_accounts)
        parts.filter(level__lt=Level.UNIT).update(level=Level.UNIT)


def publish(context: StepContext) -> None:
    """What is published on conduct names nobody: neither who asked nor whom it is about."""
    matter, data = _petition(context), context.data
    if matter.walled_accounts:
        accounts = Account.objects.filter(pk__in=matter.walled_accounts)
        names = tuple(accounts.values_list("name", flat=True))
        for field in ("public_title", "public_body", "public_answer"):
            if personal_data(data[field], names=names):
                raise MatterError(
                    _("Feedback on conduct is published without the name of any official."),
                    field=field,
                )
    effects.publish(context)
