"""What the steps of a campaign change beyond the state; called by the engine in its transaction."""

from __future__ import annotations

import datetime as dt
from typing import cast

from django.conf import settings
from django.utils import translation
from django.utils.translation import gettext as _

from dongthuan.core import clock
from dongthuan.core.clock import noon
from dongthuan.core.matters.errors import MatterError
from dongthuan.core.matters.kinds import StepContext
from dongthuan.core.matters.meeting import Proof, disclosure_owe, proof_of
from dongthuan.core.matters.models import DutyState, Matter
from dongthuan.core.text import clean
from dongthuan.work.projects.contributions.models import Campaign
from dongthuan.work.projects.contributions.totals import totals_of

ITEMS = ("1", "2")  # of Điều 15
DISCLOSED = "5"  # of Điều 11: what is mobilised from the people
CLOSING = "contrib.close"


def decide(context: StepContext) -> None:
    """Link the decision of the people that carries the campaign."""
    campaign = cast(Campaign, context.matter)
    code = clean(str(context.data["decision"])).upper()
    found = Matter.objects.filter(code=code).select_related("unit").first()
    proof = carrying(campaign, found)
    campaign.decision, campaign.decided_on = found, proof.on
    campaign.yes, campaign.voices = proof.yes, proof.all
    campaign.decided_at = noon(proof.on or clock.today())
    context.facts |= {"decision": code, "yes": proof.yes, "voices": proof.all}


def carrying(campaign: Campaign, found: Matter | None) -> Proof:
    """What the decision proves; MatterError where it does not carry contributions.

    It is of Điều 15 khoản 1 or 2, counted at two thirds (khoản 1 Điều 21), in force today
    (khoản 2 Điều 21), and every village that gives took part in it.
    """
    proof = proof_of(found) if found else None
    if found is None or proof is None:
        raise MatterError(_("This code is not of a decision of the people."), field="decision")
    # A village is bound by what it voted on itself, or the commune with it as one of its villages.
    if not {village.path for village in campaign.villages} <= {found.path, *found.parties}:
        raise MatterError(
            _("This decision was not taken by every village of the campaign."), field="decision"
        )
    if proof.item not in ITEMS:
        raise MatterError(
            _("This decision is not about contributions (khoản 1, khoản 2 Điều 15)."),
            field="decision",
        )
    if not proof.carried:
        raise MatterError(
            _("%(yes)s of %(all)s are for it: contributions need two thirds (khoản 1 Điều 21).")
            % {"yes": proof.yes, "all": proof.all},
            field="decision",
        )
    if not proof.in_force:
        raise MatterError(
            _("This decision is not in force today (khoản 2 Điều 21)."), field="decision"
        )
    return proof


def open_collection(context: StepContext) -> None:
    """Nothing is collected unless the decision still carries it on the day."""
    campaign = cast(Campaign, context.matter)
    carrying(campaign, campaign.decision)
    if campaign.ends_on < clock.today():
        raise MatterError(_("The last day of the campaign has passed; draft it anew."))
    context.opens.append((CLOSING, "promised", noon(campaign.ends_on)))
    with translation.override(settings.LANGUAGE_CODE):  # the record speaks one language
        _owe_plan(context, campaign)


def _owe_plan(context: StepContext, campaign: Campaign) -> None:
    level = (
        _("voluntary, no level for a household")
        if campaign.voluntary
        else _("%(amount)s đồng per household") % {"amount": _dotted(campaign.level_amount or 0)}
    )
    disclosure_owe(
        acting=context.acting, origin=campaign, item=DISCLOSED,
        title=_("Contributions: %(title)s") % {"title": campaign.title},
        body=_("%(purpose)s Level: %(level)s. From %(start)s to %(end)s.")
        % {"purpose": f"{campaign.purpose}\n", "level": level,
           "start": f"{campaign.starts_on:%d/%m/%Y}", "end": f"{campaign.ends_on:%d/%m/%Y}"},
        decided_at=context.now,
    )  # fmt: skip


def extend(context: StepContext) -> None:
    """The earlier last day stands in the record; a day that has passed is not moved."""
    campaign = cast(Campaign, context.matter)
    until: dt.date = context.data["until"]
    if campaign.ends_on < clock.today():
        raise MatterError(_("The last day has passed; it can no longer be moved."))
    if until <= campaign.ends_on:
        raise MatterError(_("The new day must lie after the old one."), field="until")
    context.facts["due_before"] = campaign.ends_on.isoformat()
    for duty in context.duties:
        if duty.rule == CLOSING and duty.is_running:
            duty.state, duty.closed_at = DutyState.WAIVED, context.now
            duty.reason = str(context.data["reason"])[:300]
    context.opens.append((CLOSING, "promised", noon(until)))
    campaign.ends_on = until


def close(context: StepContext) -> None:
    """Collecting ends only where till and bank hold what the ledger says."""
    _counted(context)


def settle(context: StepContext) -> None:
    """The last count, then the result is made public (khoản 5 Điều 11)."""
    campaign = cast(Campaign, context.matter)
    _counted(context)
    found = totals_of([campaign.pk])[campaign.pk]
    context.facts |= {"collected": found.given, "used": found.used, "left": found.left}
    with translation.override(settings.LANGUAGE_CODE):
        disclosure_owe(
            acting=context.acting, origin=campaign, item=DISCLOSED,
            title=_("Result of contributions: %(title)s") % {"title": campaign.title},
            body=_("Collected %(given)s đồng, used %(used)s đồng, left %(left)s đồng.")
            % {"given": _dotted(found.given), "used": _dotted(found.used),
               "left": _dotted(found.left)},
            decided_at=context.now,
        )  # fmt: skip


def _counted(context: StepContext) -> None:
    """What was counted must be what the ledger holds, to the đồng; both stand in the record."""
    held = totals_of([context.matter.pk])[context.matter.pk].held
    for name, account in (("cash_counted", "cash"), ("bank_balance", "bank")):
        counted = int(context.data.get(name) or 0)
        context.facts[name] = counted
        if counted != held[account]:
            raise MatterError(
                _("The ledger holds %(held)s đồng, %(counted)s were counted: find the difference"
                  " before you close.")
                % {"held": _dotted(held[account]), "counted": _dotted(counted)},
                field=name,
            )  # fmt: skip


def _dotted(amount: int) -> str:
    return f"{amount:,}".replace(",", ".")
