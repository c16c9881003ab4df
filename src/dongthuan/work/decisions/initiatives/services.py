"""Writing initiatives: proposed by a resident, supported by households, taken back.

The one who proposes answers for the number and the list of the households (Điều 16.3); the system
counts each household once and forgets nothing.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from dongthuan.core import clock
from dongthuan.core.law import deadline
from dongthuan.core.matters.creation import matter_create
from dongthuan.core.matters.entries import entry_append
from dongthuan.core.matters.errors import MatterError, NotAllowed
from dongthuan.core.matters.models import Audience, Channel, Matter, Submission
from dongthuan.core.matters.opening import text_checked, title_of
from dongthuan.core.matters.receipts import receipt_secret, secret_matches, secret_of, secrets_equal
from dongthuan.core.matters.services import matter_act
from dongthuan.core.people.actors import SYSTEM, Actor
from dongthuan.core.people.households import households_of
from dongthuan.core.people.models import Citizen, Household
from dongthuan.core.people.services import citizen_data
from dongthuan.core.text import clean
from dongthuan.core.units.models import Role, Unit
from dongthuan.work.decisions.initiatives.models import Initiative, InitiativeItem, Support
from dongthuan.work.decisions.village_matters import (
    OFFICE,
    VILLAGE,
    holds_in,
    must_hold,
    parties_of,
    village_checked,
)

RULE = "dc.initiative_valid"
MOST_AT_ONCE = 2000


@dataclass(frozen=True)
class Proposer:
    """A resident of the village; name and address as the village knows them, a way to answer."""

    name: str
    address: str = ""
    phone: str = ""
    email: str = ""


@dataclass(frozen=True)
class InitiativeReceipt:
    initiative: Initiative
    secret: str


@transaction.atomic
def initiative_propose(
    *,
    acting: Actor,
    village: Unit,
    item: str,
    text: str,
    proposer: Proposer,
    is_demo: bool = False,
) -> InitiativeReceipt:
    """A resident proposes; at the counter the village or its commune writes it down for them.

    Not public before the village has looked at it (`take_up`). Raises MatterError, PersonError.
    """
    village, office = village_checked(village)
    if item not in InitiativeItem.values:
        raise MatterError(_("Choose which of the six contents it belongs to."), field="item")
    text = text_checked(text)
    person = citizen_data(
        name=proposer.name, address=proposer.address, phone=proposer.phone, email=proposer.email
    )
    if not person["name"]:
        raise MatterError(_("Write your name: the village must know who proposes."), field="name")
    if not (person["phone"] or person["email"]):
        raise MatterError(_("Give a telephone number or an e-mail address."), field="phone")
    now = clock.now()
    channel = Channel.COUNTER if acting.is_official else Channel.WEB
    made = matter_create(
        acting=acting, model=Initiative, kind="initiative", unit=office, place=village,
        title=title_of(text), listed=False, act="initiative.proposed",
        audience=Audience.PETITIONER, channel=channel, parties=parties_of(village, office),
        item=item, proposal=text, facts={"item": item}, is_demo=is_demo,
        rules=[("dc.initiative.check", "received", now)], owner=village, now=now,
    )  # fmt: skip
    _public_title(made, village)
    submission = Submission.objects.create(
        matter=made, channel=channel, text=text, citizen=Citizen.objects.create(**person),
        received_at=now, registered_by_id=acting.account_id if acting.is_official else None,
    )  # fmt: skip
    Matter.objects.filter(pk=made.pk).update(submission_count=1, person_count=1)
    return InitiativeReceipt(made, receipt_secret(submission))


def _public_title(made: Initiative, village: Unit) -> None:
    """Until somebody has read it, the public sees that it exists, and no word of it."""
    from dongthuan.core.matters.models import Projection

    title = f"Sáng kiến của công dân tại {village.name}"[:200]
    Projection.objects.filter(pk=made.pk).update(title=title, body="", search_text=made.code)


# -- supports ---------------------------------------------------------------------------------


@transaction.atomic
def support_add(
    *,
    acting: Actor,
    initiative_id: int,
    number: str,
    channel: str,
    signed_on: dt.date | None = None,
    code: str = "",
) -> Support:
    """One household supports it. With its code anybody may; on paper or at a meeting the village
    (or its commune) enters it with the day on which it was given.

    Raises MatterError: support is not collected, no such household, given already, code wrong,
    day in the future or older than the three months.
    """
    matter = _collecting(initiative_id)
    _may_add(acting, matter, channel, number, code)
    support = _support(acting, matter, number, channel, signed_on or clock.today())
    _counted(acting, matter, [support])
    return support


@transaction.atomic
def supports_add(
    *,
    acting: Actor,
    initiative_id: int,
    numbers: Sequence[str],
    channel: str,
    signed_on: dt.date,
) -> list[Support]:
    """A list of households that signed on one day, all or none; village or commune enter it."""
    if not numbers or len(numbers) > MOST_AT_ONCE:
        raise MatterError(_("Choose the households that support it."), field="numbers")
    matter = _collecting(initiative_id)
    if channel == Support.Channel.CODE:
        raise MatterError(_("A code is typed by the household itself."), field="channel")
    _may_add(acting, matter, channel, "", "")
    made = [_support(acting, matter, number, channel, signed_on) for number in numbers]
    _counted(acting, matter, made)
    return made


def _collecting(initiative_id: int) -> Initiative:
    """The matter, locked: two that come at once are counted one after the other."""
    Matter.objects.select_for_update().filter(pk=initiative_id).first()
    matter = Initiative.objects.select_related("unit", "place").filter(pk=initiative_id).first()
    if matter is None:
        raise NotAllowed(_("There is no such matter, or you may not see it."))
    if matter.state != "collecting":
        raise MatterError(_("This initiative collects no support now."))
    return matter


def _may_add(acting: Actor, matter: Initiative, channel: str, number: str, code: str) -> None:
    if channel not in Support.Channel.values:
        raise MatterError(_("Choose how the support was given."), field="channel")
    if channel != Support.Channel.CODE:
        must_hold(
            acting,
            _("Only the village and its commune enter supports given on paper."),
            (matter.home, VILLAGE),
            (matter.unit, OFFICE),
        )
    elif not secrets_equal(support_code(matter, number), code):
        raise MatterError(_("Number and code do not belong together; check both."), field="code")


def _support(
    acting: Actor, matter: Initiative, number: str, channel: str, signed_on: dt.date
) -> Support:
    household = _household(matter, number)
    if signed_on > clock.today():
        raise MatterError(_("The day lies in the future."), field="signed_on")
    until = deadline(key=RULE, anchor=signed_on).due_on
    if until < clock.today():
        raise MatterError(
            _("A support given on this day has expired: it counts for three months."),
            field="signed_on",
        )
    _expired_ended(matter, household)
    try:
        with transaction.atomic():
            return Support.objects.create(
                initiative=matter, number=household.number, household=household, channel=channel,
                signed_on=signed_on, valid_until=until, entered_by_id=acting.account_id,
                entered_at=clock.now(),
            )  # fmt: skip
    except IntegrityError:
        raise MatterError(
            _("Household %(number)s supports it already.") % {"number": household.number},
            field="number",
        ) from None


def _household(matter: Initiative, number: str) -> Household:
    found = households_of(village=matter.home).filter(number=clean(number)[:20]).first()
    if found is None:
        raise MatterError(
            _("There is no household %(number)s in the list of this village.")
            % {"number": clean(number)[:20]},
            field="number",
        )
    return found


def _expired_ended(matter: Initiative, household: Household) -> None:
    """What has expired may be given anew; the old row ends and stays readable."""
    matter.supports.filter(
        number=household.number, ended_on=None, valid_until__lt=clock.today()
    ).update(ended_on=clock.today(), end=Support.End.RENEWED)


def _counted(acting: Actor, matter: Initiative, made: Sequence[Support]) -> None:
    """Write that there are more, never whose; with enough, the next step takes itself."""
    entry_append(
        matter=matter, act="initiative.supported", acting=acting, audience=Audience.OFFICIAL,
        before=matter.state, after=matter.state,
        facts={"supports": len(made), "channel": made[0].channel},
    )  # fmt: skip
    fresh = Initiative.objects.select_related("unit", "place").get(pk=matter.pk)
    if fresh.has_enough:
        matter_act(acting=SYSTEM, matter_id=matter.pk, step_name="reach")


@transaction.atomic
def support_withdraw(*, acting: Actor, initiative_id: int, number: str, code: str = "") -> Support:
    """A household takes its support back, with its code or at the village."""
    matter = _collecting(initiative_id)
    number = clean(number)[:20]
    by_code = Support.Channel.CODE if code else Support.Channel.PAPER
    _may_add(acting, matter, by_code, number, code)
    support = matter.supports.filter(number=number, ended_on=None).first()
    if support is None:
        raise MatterError(
            _("Household %(number)s does not support it.") % {"number": number}, field="number"
        )
    support.ended_on, support.end = clock.today(), Support.End.WITHDRAWN
    support.save(update_fields=["ended_on", "end"])
    entry_append(
        matter=matter, act="initiative.support_withdrawn", acting=acting,
        audience=Audience.OFFICIAL, before=matter.state, after=matter.state,
    )  # fmt: skip
    return support


# -- codes ------------------------------------------------------------------------------------


def support_code(matter: Initiative, number: str) -> str:
    """The code of a household for this initiative: derived, stored nowhere (see receipts.py)."""
    return secret_of(f"initiative:{matter.pk}:{clean(number)[:20]}:{matter.codes_version}")


@transaction.atomic
def codes_renew(*, acting: Actor, initiative_id: int) -> Initiative:
    """Make all codes handed out worthless, as when a sheet was lost. The village's head."""
    matter = _collecting(initiative_id)
    must_hold(acting, _("Only the village hands out codes."), (matter.home, (Role.VILLAGE_HEAD,)))
    matter.codes_version += 1
    matter.save(update_fields=["codes_version"])
    entry_append(
        matter=matter, act="initiative.codes", acting=acting, audience=Audience.OFFICIAL,
        before=matter.state, after=matter.state,
    )  # fmt: skip
    return matter


def hands_out_codes(actor: Actor, matter: Initiative) -> bool:
    return matter.state == "collecting" and holds_in(actor, matter.place, Role.VILLAGE_HEAD)


# -- the one who proposed ---------------------------------------------------------------------


@transaction.atomic
def initiative_withdraw(*, code: str, secret: str) -> Initiative:
    """The author takes it back, with the code and secret of the receipt."""
    matter = Initiative.objects.filter(code=clean(code).upper()[:40]).first()
    submission = matter.submissions.first() if matter else None
    if matter is None or submission is None or not secret_matches(submission, secret):
        raise MatterError(_("Code and secret do not belong together; check both."), field="secret")
    matter_act(acting=SYSTEM, matter_id=matter.pk, step_name="withdraw")
    matter.refresh_from_db()
    return matter
