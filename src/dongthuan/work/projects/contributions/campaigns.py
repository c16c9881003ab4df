"""Writes on campaigns beside their steps: drafting one, exemptions, rates of a labour day."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from dongthuan.core import clock
from dongthuan.core.matters import policies
from dongthuan.core.matters.creation import matter_create
from dongthuan.core.matters.entries import entry_append
from dongthuan.core.matters.errors import MatterError, NotAllowed
from dongthuan.core.matters.models import Audience, Matter
from dongthuan.core.matters.wording import impersonal_check
from dongthuan.core.people.actors import Actor, area_of
from dongthuan.core.people.models import Household
from dongthuan.core.text import clean
from dongthuan.core.units.models import Kind as UnitKind
from dongthuan.core.units.models import Tier, Unit
from dongthuan.work.projects.contributions.access import (
    collects_check,
    heads_villages,
    in_office,
    of_village,
)
from dongthuan.work.projects.contributions.models import Campaign, Exemption, LabourRate

MOST = 10**12  # đồng; more than any campaign of a commune


@transaction.atomic
def campaign_create(
    *,
    acting: Actor,
    unit: Unit,
    title: str,
    purpose: str,
    villages: Sequence[Unit],
    starts_on: dt.date,
    ends_on: dt.date,
    treasurer: str,
    voluntary: bool = False,
    level_amount: int | None = None,
    project: Matter | None = None,
    is_demo: bool = False,
) -> Campaign:
    """Draft a campaign of `unit` (a People's Committee) in `villages`.

    The office drafts it, or the head of the one village that gives. `level_amount`: đồng per
    household, none where voluntary. Raises MatterError with its field, NotAllowed.
    """
    paths = [village.path for village in villages]
    own = len(paths) == 1 and heads_villages(acting, paths)
    if not (in_office(acting, unit.path) or own):
        raise NotAllowed(_("Only the office or the head of the village drafts a campaign."))
    _villages_check(unit, villages)
    title, purpose, treasurer = clean(title)[:200], clean(purpose), clean(treasurer)[:160]
    _words_check(title=title, purpose=purpose, treasurer=treasurer)
    if ends_on < starts_on:
        raise MatterError(_("The last day lies before the first."), field="ends_on")
    _level_check(voluntary, level_amount)
    if project and not policies.may_see(acting, project):
        raise MatterError(_("There is no such matter, or you may not see it."), field="project")
    return matter_create(
        acting=acting, model=Campaign, kind="campaign", unit=unit, title=title,
        act="campaign.drafted", body=purpose, parent=project,
        place=villages[0] if len(villages) == 1 else None,
        parties=[*villages, *_watching(unit)], is_demo=is_demo,
        facts={"voluntary": voluntary, **({"level": level_amount} if level_amount else {})},
        purpose=purpose, voluntary=voluntary, level_amount=level_amount, starts_on=starts_on,
        ends_on=ends_on, treasurer=treasurer,
    )  # fmt: skip


def _villages_check(unit: Unit, villages: Sequence[Unit]) -> None:
    area = area_of(unit.path)
    if not villages:
        raise MatterError(_("Choose the villages that give."), field="villages")
    if any(v.tier != Tier.VILLAGE or not v.path.startswith(area) for v in villages):
        raise MatterError(_("Choose villages of this commune."), field="villages")


def _words_check(**words: str) -> None:
    """The words of a campaign are public."""
    for name, text in words.items():
        if not text:
            raise MatterError(_("Fill this in."), field=name)
        if len(text) > 5000:
            raise MatterError(_("This is longer than 5,000 letters."), field=name)
        impersonal_check(text, name)


def _level_check(voluntary: bool, level: int | None) -> None:
    if voluntary and level:
        raise MatterError(
            _("A voluntary campaign sets no level for a household."), field="level_amount"
        )
    if not voluntary and not level:
        raise MatterError(
            _("Write the level for a household that is put to the vote, or mark it voluntary."),
            field="level_amount",
        )
    if level and not 0 < level <= MOST:
        raise MatterError(_("This amount cannot be right."), field="level_amount")


def _watching(unit: Unit) -> list[Unit]:
    """The Front and the boards of the commune have a part in every campaign (Điều 30, 35, 40)."""
    area = area_of(unit.path)
    kinds = [UnitKind.FRONT, UnitKind.BOARD]
    return list(Unit.objects.in_force(clock.today()).filter(path__startswith=area, kind__in=kinds))


@transaction.atomic
def exemption_set(
    *, acting: Actor, campaign: Campaign, household: Household, reason: str
) -> Exemption:
    """The agreed level is not asked from a household; who and why stay inside."""
    campaign = _exempting(acting, campaign, household)
    if reason not in Exemption.Reason.values:
        raise MatterError(_("Choose the reason."), field="reason")
    try:
        with transaction.atomic():
            made = Exemption.objects.create(campaign=campaign, household=household, reason=reason)
    except IntegrityError:
        raise MatterError(_("This household is exempt already."), field="household") from None
    _exempted(acting, campaign, made, "campaign.exempted")
    return made


@transaction.atomic
def exemption_remove(*, acting: Actor, campaign: Campaign, exemption: Exemption) -> None:
    """Taken back, by mistake or because the reason has gone; the entry stays."""
    if exemption.campaign_id != campaign.pk:
        raise MatterError(_("This household is not exempt here."))
    _exempting(acting, campaign, exemption.household)
    _exempted(acting, campaign, exemption, "campaign.exemption_ended")
    exemption.delete()


def _exempting(acting: Actor, campaign: Campaign, household: Household) -> Campaign:
    collects_check(acting, campaign)
    campaign = locked(campaign)
    village = household.village
    if campaign.voluntary:
        raise MatterError(_("Nobody owes a voluntary contribution; there is no one to exempt."))
    if campaign.closed_at:
        raise MatterError(_("The campaign is settled; nothing more is changed."))
    if village.path not in campaign.parties or not of_village(acting, campaign, village):
        raise MatterError(_("This household is not of a village of yours here."), field="household")
    return campaign


def locked(campaign: Campaign) -> Campaign:
    """The campaign as it stands, its row locked: its ledger is written by one at a time."""
    Matter.objects.select_for_update().get(pk=campaign.pk)
    return Campaign.objects.select_related("unit", "place").get(pk=campaign.pk)


def _exempted(acting: Actor, campaign: Campaign, row: Exemption, act: str) -> None:
    entry_append(
        matter=campaign, act=act, acting=acting, audience=Audience.OFFICIAL,
        before=campaign.state, after=campaign.state,
        payload={"household": row.household_id, "reason": row.reason},
    )  # fmt: skip


@transaction.atomic
def labour_rate_set(
    *, acting: Actor, unit: Unit, amount: int, valid_from: dt.date, document: str
) -> LabourRate:
    """What a labour day is worth from a day on, by the document that says so."""
    if not in_office(acting, unit.path):
        raise NotAllowed(_("Only the office sets the rate of a labour day."))
    document = clean(document)[:120]
    if not 0 < amount <= 10_000_000:
        raise MatterError(_("This amount cannot be right."), field="amount")
    if not document:
        raise MatterError(_("Name the document that sets the rate."), field="document")
    label = acting.label_for(unit.path)[:160]
    try:
        with transaction.atomic():
            return LabourRate.objects.create(
                unit=unit, amount=amount, valid_from=valid_from, document=document,
                set_by_id=acting.account_id, set_as=label, set_at=clock.now(),
            )  # fmt: skip
    except IntegrityError:
        raise MatterError(
            _("A rate from that day on stands already; set the new one from another day."),
            field="valid_from",
        ) from None


def labour_rate_on(*, unit: Unit, on: dt.date) -> LabourRate | None:
    """The rate in force in a unit on a day."""
    found = LabourRate.objects.filter(unit=unit, valid_from__lte=on)
    return found.order_by("-valid_from").first()
