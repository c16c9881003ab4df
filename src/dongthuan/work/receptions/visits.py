"""The queue on the day and the ledger: each turn from its number to its line (Mẫu 03/TCD)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from dongthuan.core import clock
from dongthuan.core.law import RuleError, load_rulebook
from dongthuan.core.matters import policies
from dongthuan.core.matters.duties import duties_open
from dongthuan.core.matters.entries import entry_append
from dongthuan.core.matters.errors import Conflict, MatterError, NotAllowed
from dongthuan.core.matters.models import (
    Audience,
    Channel,
    Level,
    Matter,
    Projection,
    Submission,
)
from dongthuan.core.matters.services import code_next, matter_settle
from dongthuan.core.outbox.services import messages_erase
from dongthuan.core.people.actors import Actor
from dongthuan.core.people.models import Citizen
from dongthuan.core.people.services import citizen_data
from dongthuan.core.text import clean
from dongthuan.core.units.models import Unit
from dongthuan.work.receptions import rules
from dongthuan.work.receptions.models import (
    Booking,
    Content,
    Outcome,
    Reception,
    Refusal,
    Visit,
)
from dongthuan.work.receptions.services import office_check

NOTICE = "tcd.refusal_notice"


@dataclass(frozen=True)
class Visitor:
    """Who stands there, as Điều 12 Nghị định 154/2026/NĐ-CP asks: name, address, ID number."""

    name: str = ""
    address: str = ""
    id_number: str = ""
    phone: str = ""
    email: str = ""


@dataclass(frozen=True, kw_only=True)
class Line:
    """What the officer writes of one turn; the columns of the ledger."""

    type: str
    content: str = ""
    outcome: str = ""
    people_count: int = 1
    representatives: int = 0
    case_count: int = 1
    is_repeat: bool = False
    settled_by: str = ""
    in_competence: bool | None = None
    guided_to: str = ""
    guide_document: str = ""
    accepted_by: str = ""
    transfer_document: str = ""
    note: str = ""
    papers: str = ""


# -- the queue ------------------------------------------------------------------------------------


def _session(acting: Actor, reception_id: int) -> Reception:
    """The session, locked, if the actor keeps it and it is open.

    The row of Matter is locked, as the steps do: a join would lock two rows in an order of its own.
    """
    Matter.objects.select_for_update().filter(pk=reception_id).first()
    reception = (
        Reception.objects.select_related("unit")
        .filter(policies.visible_to(acting), pk=reception_id)
        .first()
    )
    if reception is None:
        raise NotAllowed(_("There is no such session, or you may not see it."))
    office_check(acting, reception.unit)
    if reception.state != "open":
        raise MatterError(_("The session is not open; open it on its day first."))
    return reception


def _visit(acting: Actor, visit_id: int) -> Visit:
    found = Visit.objects.filter(pk=visit_id).values_list("reception_id", flat=True).first()
    if found is None:
        raise NotAllowed(_("There is no such session, or you may not see it."))
    _session(acting, found)
    return (
        Visit.objects.select_for_update(of=("self",))
        .select_related("reception__unit")
        .get(pk=visit_id)
    )


@transaction.atomic
def visit_arrive(*, acting: Actor, reception_id: int, booking_id: int | None = None) -> Visit:
    """Somebody comes, booked or not, and takes the next number of the session."""
    reception = _session(acting, reception_id)
    booking = None
    if booking_id is not None:
        booking = reception.bookings.select_for_update().filter(pk=booking_id).first()
        if booking is None or booking.state != Booking.State.BOOKED:
            raise MatterError(_("This booking has already been used or cancelled."))
        booking.state = Booking.State.ARRIVED
        booking.save(update_fields=["state"])
    last = reception.visits.aggregate(last=Max("number"))["last"] or 0
    return Visit.objects.create(
        reception=reception,
        unit=reception.unit,
        on=reception.held_on,
        number=last + 1,
        booking=booking,
        citizen=booking.citizen if booking else None,
        people_count=booking.people_count if booking else 1,
        arrived_at=clock.now(),
        registered_by_id=acting.account_id,
    )


@transaction.atomic
def visit_call(*, acting: Actor, reception_id: int, visit_id: int | None = None) -> Visit:
    """Call a number, or the lowest one that waits."""
    reception = _session(acting, reception_id)
    waiting = reception.visits.select_for_update(of=("self",)).order_by("number")
    if visit_id is None:
        visit = waiting.filter(state=Visit.State.WAITING).first()
    else:
        recallable = (Visit.State.WAITING, Visit.State.CALLED, Visit.State.ABSENT)
        visit = waiting.filter(pk=visit_id, state__in=recallable).first()
    if visit is None:
        raise MatterError(_("Nobody is waiting."))
    visit.state, visit.called_at = Visit.State.CALLED, clock.now()
    visit.save(update_fields=["state", "called_at"])
    return visit


@transaction.atomic
def visit_absent(*, acting: Actor, visit_id: int) -> Visit:
    """The number was called and nobody came; it can be called again."""
    visit = _waiting(acting, visit_id)
    visit.state = Visit.State.ABSENT
    visit.save(update_fields=["state"])
    return visit


def _waiting(acting: Actor, visit_id: int) -> Visit:
    visit = _visit(acting, visit_id)
    if not visit.is_waiting:
        state = visit.get_state_display()
        raise Conflict(_("This turn is already “%(state)s”.") % {"state": state})
    return visit


# -- the line of the ledger -----------------------------------------------------------------------


@transaction.atomic
def visit_record(*, acting: Actor, visit_id: int, line: Line, visitor: Visitor) -> Visit:
    """Write a turn into the ledger. Raises MatterError (field named), PersonError, NotAllowed.

    Of a denunciation only number, day and type are kept, and whatever the booking knew is erased;
    the officer then opens the sealed form.
    """
    visit = _waiting(acting, visit_id)
    if line.type not in Content.values:
        raise MatterError(_("Choose what it is."), field="type")
    _check_group(visit, line)
    if line.type == Content.DENUNCIATION:
        _strip(visit)
        visit.outcome = Outcome.SEALED
    else:
        _fill(visit, line, visitor)
    visit.type, visit.people_count = line.type, line.people_count
    visit.representatives, visit.is_repeat = line.representatives, line.is_repeat
    visit.case_count = line.case_count
    return _served(acting, visit, Visit.State.SERVED)


def _check_group(visit: Visit, line: Line) -> None:
    if not 1 <= line.people_count <= 10_000:
        raise MatterError(_("The number of people lies between 1 and 10,000."),
                          field="people_count")  # fmt: skip
    if not 1 <= line.case_count <= 50:
        raise MatterError(_("The number of cases lies between 1 and 50."), field="case_count")
    asked = rules.representatives(line.people_count, visit.on)
    if not asked.least <= line.representatives <= asked.most:
        raise MatterError(
            _("A group of %(people)d is represented by %(least)d to %(most)d of them (%(basis)s).")
            % {
                "people": line.people_count, "least": asked.least, "most": asked.most,
                "basis": asked.basis,
            },
            field="representatives",
        )  # fmt: skip


def _fill(visit: Visit, line: Line, visitor: Visitor) -> None:
    content = clean(line.content)
    if len(content) < 10:
        raise MatterError(_("Write what it is about, in at least ten letters."), field="content")
    if len(content) > 5000:
        raise MatterError(_("The text is longer than 5,000 letters."), field="content")
    if line.outcome not in (Outcome.ANSWERED, Outcome.GUIDED, Outcome.TAKEN):
        raise MatterError(_("Say what became of it."), field="outcome")
    if line.outcome == Outcome.GUIDED and not clean(line.guided_to):
        raise MatterError(_("Say to which body the citizen was guided."), field="guided_to")
    visit.citizen = _citizen(visit, visitor)
    visit.content, visit.outcome = content, line.outcome
    visit.in_competence = line.in_competence
    for name in ("settled_by", "guided_to", "accepted_by"):
        setattr(visit, name, clean(getattr(line, name))[:200])
    for name in ("guide_document", "transfer_document"):
        setattr(visit, name, clean(getattr(line, name))[:80])
    visit.note, visit.papers = clean(line.note)[:500], clean(line.papers)[:2000]


def _citizen(visit: Visit, visitor: Visitor) -> Citizen:
    data = citizen_data(
        name=visitor.name, address=visitor.address, id_number=visitor.id_number,
        phone=visitor.phone, email=visitor.email,
    )  # fmt: skip
    if not data["name"]:
        raise MatterError(_("Write the full name (Decree 154/2026, Art. 12)."), field="name")
    if not data["address"]:
        raise MatterError(_("Write the address (Decree 154/2026, Art. 12)."), field="address")
    if visit.citizen:
        known = {k: v for k, v in data.items() if v or k in ("name", "name_key", "address")}
        Citizen.objects.filter(pk=visit.citizen.pk).update(**known)
        return Citizen.objects.get(pk=visit.citizen.pk)
    return Citizen.objects.create(place_id=visit.reception.place_id, **data)


def _strip(visit: Visit) -> None:
    """Nothing of who denounced stays in this room, not even by way of the booking."""
    booking, citizen = visit.booking, visit.citizen
    visit.booking, visit.citizen, visit.content, visit.papers = None, None, "", ""
    visit.save()
    if booking:
        booking.about, booking.person_key, booking.citizen = "", "", None
        booking.save()
        messages_erase(about=booking.code)
    if citizen and not Submission.objects.filter(citizen=citizen).exists():
        citizen.delete()


def _served(acting: Actor, visit: Visit, state: str) -> Visit:
    """The next number of the unit's ledger in the year; the locked row gives none twice."""
    Unit.objects.select_for_update(no_key=True).get(pk=visit.unit_id)
    last = Visit.objects.filter(unit=visit.unit_id, on__year=visit.on.year).aggregate(
        last=Max("ledger_number")
    )["last"]
    visit.ledger_number = (last or 0) + 1
    visit.state, visit.served_at = state, clock.now()
    visit.registered_by_id = acting.account_id
    visit.save()
    entry_append(
        matter=visit.reception,
        act="reception.visit",
        acting=acting,
        audience=Audience.OFFICIAL,
        before=visit.reception.state,
        after=visit.reception.state,
        facts={"ledger": visit.ledger_number},
    )
    return visit


@transaction.atomic
def visit_link(*, acting: Actor, visit: Visit, matter: Matter) -> Visit:
    """Name the matter that was opened from a turn; never a restricted or sealed one."""
    visit = (
        Visit.objects.select_for_update(of=("self",))
        .select_related("reception__unit")
        .get(pk=visit.pk)
    )
    office_check(acting, visit.reception.unit)
    if matter.is_restricted or not policies.may_see(acting, matter):
        raise NotAllowed(_("There is no such matter, or you may not see it."))
    if matter.is_sealed or visit.type == Content.DENUNCIATION:
        raise MatterError(_("A denunciation is never named beside a turn of the ledger."))
    if visit.outcome != Outcome.TAKEN or visit.matter_id:
        raise MatterError(_("This turn opens no matter, or has opened one already."))
    visit.matter = matter
    visit.save(update_fields=["matter"])
    return visit


@transaction.atomic
def visit_follow(*, acting: Actor, visit: Visit, result: str, transfer_document: str = "") -> Visit:
    """Column 12 and the number of a transfer, written when they become known."""
    visit = (
        Visit.objects.select_for_update(of=("self",))
        .select_related("reception__unit")
        .get(pk=visit.pk)
    )
    office_check(acting, visit.reception.unit)
    if visit.state not in (Visit.State.SERVED, Visit.State.REFUSED):
        raise MatterError(_("Only a turn that stands in the ledger is followed up."))
    if visit.type == Content.DENUNCIATION:
        raise MatterError(_("The result of a denunciation stands in its sealed file only."))
    visit.result = clean(result)[:500]
    if transfer_document:
        visit.transfer_document = clean(transfer_document)[:80]
    visit.save(update_fields=["result", "transfer_document"])
    return visit


def leave(matter: Matter) -> list[dict[str, Any]]:
    """The turns from which a matter was opened that is sealed now: their lines become bare.

    Number and day stay, as of every denunciation; returns what was written there, for the vault.
    """
    said = []
    for visit in Visit.objects.select_for_update(of=("self",)).filter(matter=matter).order_by("id"):
        lines = [visit.content, visit.papers, visit.note, visit.result, visit.settled_by]
        said.append({"text": "\n".join(line for line in lines if line), "act": "reception.visit"})
        visit.matter = None
        for name in _WRITTEN:
            setattr(visit, name, "")
        visit.type, visit.outcome = Content.DENUNCIATION, Outcome.SEALED
        _strip(visit)
    return said


_WRITTEN = (
    "note", "result", "settled_by", "guided_to", "guide_document", "accepted_by",
    "transfer_document",
)  # fmt: skip


# -- refusal --------------------------------------------------------------------------------------


@transaction.atomic
def visit_refuse(
    *, acting: Actor, visit_id: int, ground: str, explained: bool, visitor: Visitor,
    content: str = "",
) -> tuple[Visit, Refusal | None]:  # fmt: skip
    """Refuse to receive on a ground of the law, explained on the spot (Điều 4 Nghị định 154).

    On grounds L3 and h the head owes a written notice in three working days: a matter of its own,
    so that several refusals of one day each keep their term.
    """
    visit = _waiting(acting, visit_id)
    found = rules.refusal_ground(ground, visit.on)
    if found is None:
        raise MatterError(_("This is no ground of the law on that day."), field="ground")
    if not explained:
        raise MatterError(
            _("The reason must be explained to the citizen (Art. 4.2)."), field="explained"
        )
    if found.written or visitor.name:
        visit.citizen = _citizen(visit, visitor)
    visit.content = clean(content)[:5000]
    visit.refusal_ground, visit.outcome = found.code, Outcome.REFUSED
    visit = _served(acting, visit, Visit.State.REFUSED)
    owed = found.written and _provided(visit)
    return visit, _refusal_open(acting, visit, found) if owed else None


def _provided(visit: Visit) -> bool:
    """The term of three working days exists since Decree 154/2026/NĐ-CP."""
    try:
        load_rulebook().version(NOTICE, on=visit.on)
    except RuleError:
        return False
    return True


def _refusal_open(acting: Actor, visit: Visit, ground: rules.Ground) -> Refusal:
    reception, now = visit.reception, clock.now()
    code = code_next(unit=reception.unit, on=clock.today())
    title = "Từ chối tiếp công dân, thông báo bằng văn bản"
    common: dict[str, Any] = {
        "code": code, "kind": "refusal", "state": "owed", "title": title, "unit": reception.unit,
        "path": reception.path, "place": reception.place, "is_demo": reception.is_demo,
    }  # fmt: skip
    refusal = Refusal.objects.create(
        **common, level=Level.UNIT, channel=Channel.COUNTER, parent=reception, opened_at=now,
        submission_count=1, person_count=visit.people_count, search_text=code,
        ground=ground.code, visit=visit,
    )  # fmt: skip
    Submission.objects.create(
        matter=refusal, channel=Channel.COUNTER, text=visit.content, citizen=visit.citizen,
        people_count=visit.people_count, received_at=now, registered_by_id=acting.account_id,
    )  # fmt: skip
    Projection.objects.create(matter=refusal, opened_on=clock.today(), **common)
    entry_append(
        matter=refusal,
        act="refusal.opened",
        acting=acting,
        audience=Audience.PETITIONER,
        after="owed",
        facts={"ground": ground.code, "origin": reception.code},
        at=now,
    )
    duties = duties_open(matter=refusal, rules=[(NOTICE, "grounds", now)], now=now)
    matter_settle(matter=refusal, duties=duties)
    return refusal
