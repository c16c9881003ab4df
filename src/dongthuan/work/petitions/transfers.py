"""Transfers: the sender's duty ends with sending, the receiver's begins; both keep their clocks.

The matter itself moves to a unit in this system (one code, one thread) and waits there to be taken
over or sent back. What the sender still owes – following it up, relaying the result – is a matter
of its own at the sender, the referral (phiếu chuyển), child of the one that was sent.

One transfer for one content: Điều 14 Thông tư 05/2021/TT-TTCP says it of denunciations and is
followed here. Result to the sending body in 7 working days, relayed to the citizen in 5: Điều 27,
Điều 28 Luật Tiếp công dân 2013, written of complaints and denunciations, followed here as well.
"""

from __future__ import annotations

import datetime as dt
from typing import Any, cast

from django.db.models import Q
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from dongthuan.core import clock
from dongthuan.core.matters import policies
from dongthuan.core.matters.duties import duties_open, duty_close
from dongthuan.core.matters.entries import entry_append
from dongthuan.core.matters.errors import MatterError
from dongthuan.core.matters.kinds import StepContext
from dongthuan.core.matters.messages import petitioners_tell
from dongthuan.core.matters.models import (
    Audience,
    Duty,
    DutyState,
    Level,
    Matter,
    Submission,
)
from dongthuan.core.matters.opening import office_of
from dongthuan.core.matters.services import code_next, matter_settle
from dongthuan.core.people.actors import SYSTEM, Actor, area_of
from dongthuan.core.text import clean, containment
from dongthuan.core.units.models import Unit
from dongthuan.work.petitions import effects
from dongthuan.work.petitions.models import Petition

# Two texts that share half of the shorter one say the same.
SAME = 0.5
CANDIDATES = 200


def _petition(context: StepContext) -> Petition:
    return cast(Petition, context.matter)


# -- the steps of the matter that is sent ---------------------------------------------------


def send(context: StepContext) -> None:
    """To a unit in the system the matter moves and waits to be taken over; else it ends here."""
    matter, data = _petition(context), context.data
    to, body = data.get("to"), clean(data.get("body") or "")[:200]
    document = clean(data.get("document") or "")
    if bool(to) == bool(body):
        raise MatterError(
            _("Say to which body it is transferred, either inside or outside this system."),
            field="to",
        )
    if body and not document:
        raise MatterError(
            _("A transfer to a body outside needs the number of its letter."), field="document"
        )
    if not data.get("again"):
        _never_before(matter)
    sender = matter.unit
    matter.transferred_from_id = sender.pk
    matter.outcome = "transfer"
    referral = referral_open(context=context, to_name=to.name if to else body, inside=bool(to))
    context.facts["referral"] = referral.code
    if not to:
        return
    receiver = office_of(to)
    if receiver.pk == sender.pk:
        raise MatterError(_("The matter already lies with that unit."), field="to")
    context.facts["from_unit"] = {"unit": sender.code, "name": sender.name}
    hand_to(context, receiver, state="transferring", opens="xld.receive_transfer")


def hand_to(context: StepContext, receiver: Unit, *, state: str, opens: str) -> None:
    """Move the matter to another unit; what its old unit has not fulfilled goes over, told."""
    matter = _petition(context)
    for duty in context.duties:
        if duty.is_running and duty.rule not in context.step.closes:
            duty_close(duty=duty, now=context.now, state=DutyState.TRANSFERRED)
    matter.unit, matter.path, matter.handler = receiver, receiver.path, None
    context.target = state
    context.opens.append((opens, "now", context.now))


def _never_before(matter: Petition) -> None:
    """The same content is not transferred twice; the officer is told of the earlier one."""
    earlier = same_text_sent(matter)
    if earlier is not None:
        raise MatterError(
            _(
                "The same content was already transferred (%(code)s, %(unit)s). Tick the box "
                "below if this is another matter."
            )
            % {"code": earlier.code, "unit": earlier.unit.name},
            field="again",
        )


def same_text_sent(matter: Matter) -> Matter | None:
    """A matter of the same text that has been transferred; never a sealed one."""
    own = matter.submissions.order_by("id").only("matter", "text", "fingerprints").first()
    if own is None or not own.fingerprints:
        return None
    alike = (
        Submission.objects.filter(
            Q(matter__petition__transferred_from__isnull=False),
            fingerprints__overlap=own.fingerprints,
            matter__level__lt=Level.SEALED,
            matter__walled_accounts=[],
        )
        .exclude(matter=matter)
        .select_related("matter__unit")
        .only("text", "matter__code", "matter__unit__name")
        .order_by("-pk")[:CANDIDATES]
    )
    return next((row.matter for row in alike if containment(own.text, row.text) >= SAME), None)


def take_over(context: StepContext) -> None:
    matter = _petition(context)
    matter.eligible = matter.in_competence = None
    referral_tell(matter, acting=context.acting, state="taken", act="referral.taken")


def send_back(context: StepContext) -> None:
    """Back to the sender with the reason; once it was sent it is not sent elsewhere again."""
    matter = _petition(context)
    if matter.bound or matter.transferred_from is None:
        raise MatterError(_("The superior has decided that this unit settles it."))
    sender = _still(matter.transferred_from)
    context.facts["from_unit"] = {"unit": matter.unit.code, "name": matter.unit.name}
    referral_tell(matter, acting=context.acting, state="sent_back", act="referral.sent_back")
    hand_to(context, sender, state="examined", opens="xld.process")
    matter.sent_back = True
    matter.eligible, matter.in_competence = True, False


def _still(unit: Unit) -> Unit:
    """The unit, or whoever took its place if it has ended meanwhile."""
    while not unit.in_force_on(clock.today()):
        heir = unit.succeeded_by.select_related("successor").order_by("-share", "id").first()
        if heir is None:
            raise MatterError(_("The unit that sent it has ended without a successor."))
        unit = heir.successor
    return unit


def refer_up(context: StepContext) -> None:
    """Sender and receiver disagree: the office of the higher territory decides."""
    matter = _petition(context)
    above = superior_of(matter.unit)
    if above is None:
        raise MatterError(_("There is no authority above this unit in the system."))
    context.facts["from_unit"] = {"unit": matter.unit.code, "name": matter.unit.name}
    hand_to(context, above, state="disputed", opens="xld.decide_competence")


def superior_of(unit: Unit) -> Unit | None:
    """The People's Committee of the next higher territory in force."""
    above = area_of(unit.path)
    while above := above.rstrip(".").rpartition(".")[0]:
        found = Unit.objects.filter(path=f"{above}.ubnd.").exclude(pk=unit.pk).first()
        if found is not None and found.in_force_on(clock.today()):
            return found
    return None


def assign_competence(context: StepContext) -> None:
    """The superior names the unit that settles it, itself or one below; nobody sends it on."""
    matter = _petition(context)
    receiver = office_of(context.data["to"])
    if not receiver.path.startswith(area_of(matter.path)):
        raise MatterError(_("That unit does not lie below yours."), field="to")
    context.facts["from_unit"] = {"unit": matter.unit.code, "name": matter.unit.name}
    hand_to(context, receiver, state="classified", opens="xld.process")
    matter.bound, matter.sent_back = True, False
    matter.eligible = matter.in_competence = None


def outcome(context: StepContext) -> None:
    """An end without an answer: the body that sent it learns at once how it ended."""
    effects.outcome(context)
    report(context)


def report(context: StepContext) -> None:
    """The result goes to the sender's referral, where it is to be relayed within its term."""
    referral = referral_tell(
        _petition(context), acting=context.acting, state="answered", act="referral.answered"
    )
    if referral is not None:
        _reopen_clock(referral, "xld.reply_to_sender", context.now)


# -- the referral at the sender ---------------------------------------------------------------


def referral_open(*, context: StepContext, to_name: str, inside: bool) -> Matter:
    """What the sender keeps of a transfer: the number, the receiver, its own clock; no content."""
    matter, now = context.matter, context.now
    unit = matter.unit
    code = code_next(unit=unit, on=clock.today())
    title = f"Đơn chuyển {matter.code} → {to_name}"[:200]
    referral = Matter.objects.create(
        kind="referral",
        code=code,
        title=title,
        state="waiting" if inside else "outside",
        unit=unit,
        path=unit.path,
        topic=matter.topic,
        level=Level.UNIT,
        walled_accounts=matter.walled_accounts,
        channel=matter.channel,
        parent=matter,
        opened_at=now,
        is_demo=matter.is_demo,
        search_text=f"{code}\n{title}",
    )
    entry_append(
        matter=referral,
        act="referral.opened",
        acting=context.acting,
        audience=Audience.OFFICIAL,
        after=referral.state,
        facts={
            "origin": matter.code,
            "to": to_name,
            "document": clean(context.data.get("document") or ""),
        },
        at=now,
    )
    if not inside:
        _reopen_clock(referral, "xld.transfer_followup", now)
    return referral


def referral_of(matter: Matter) -> Matter | None:
    """The sender's open referral of a matter."""
    return (
        matter.children.select_for_update()
        .filter(kind="referral", closed_at=None)
        .order_by("-id")
        .first()
    )


def followed_as(*, actor: Actor, code: str) -> Matter | None:
    """The open referral by which an actor follows a matter that was sent on and is out of sight."""
    return (
        Matter.objects.filter(
            policies.visible_to(actor), kind="referral", parent__code=code, closed_at=None
        )
        .order_by("-id")
        .first()
    )


def referral_tell(matter: Matter, *, acting: Actor, state: str, act: str) -> Matter | None:
    """Write on the sender's referral what became of the matter; None if nobody keeps one."""
    referral = referral_of(matter)
    if referral is None or referral.state == "answered":
        return None
    before, referral.state = referral.state, state
    now = clock.now()
    if state == "sent_back":
        referral.closed_at = now
    referral.version += 1
    referral.save(update_fields=["state", "closed_at", "version"])
    # The receiver's officer is named to the sender by position only: the label of the entry.
    entry_append(
        matter=referral,
        act=act,
        acting=acting if acting.is_official else SYSTEM,
        audience=Audience.OFFICIAL,
        before=before,
        after=state,
        facts={"origin": matter.code, "from": {"unit": matter.unit.code, "name": matter.unit.name}},
        at=now,
    )
    return referral


def _reopen_clock(referral: Matter, rule: str, now: dt.datetime) -> None:
    duties = list(Duty.objects.filter(matter=referral, state=DutyState.OPEN))
    if rule not in {duty.rule for duty in duties}:
        duties += duties_open(matter=referral, rules=[(rule, "now", now)], now=now)
    matter_settle(matter=referral, duties=duties)


def followed_up(context: StepContext) -> None:
    """Another letter went to the body outside; the next follow-up counts from today."""
    for duty in context.duties:
        if duty.rule == "xld.transfer_followup":
            duty_close(duty=duty, now=context.now)
    context.opens.append(("xld.transfer_followup", "now", context.now))


def relay(context: StepContext) -> None:
    """The petitioner reads the result where they look: on the matter that they sent."""
    origin = context.matter.parent
    if origin is None:
        raise MatterError(_("The matter that was sent is no longer known."))
    note: dict[str, Any] = {"text": clean(context.data["note"])}
    entry_id = entry_append(
        matter=origin,
        act="referral.relayed",
        acting=context.acting,
        audience=Audience.PETITIONER,
        before=origin.state,
        after=origin.state,
        facts={"from": {"unit": context.matter.unit.code, "name": context.matter.unit.name}},
        payload=note,
        at=context.now,
    )
    petitioners_tell(
        matter=origin,
        sentence=gettext_lazy("The result of %(code)s, which was transferred, is there for you."),
        key=f"{origin.code}/{entry_id}",
    )
