"""From recognition on: who recognises, again, the position, the acting head, the next election."""

from __future__ import annotations

import datetime as dt
from typing import cast

from django.db.models import QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lazy

from dongthuan.core import clock
from dongthuan.core.law import deadline, load_rulebook
from dongthuan.core.law.terms import add_months
from dongthuan.core.matters.errors import MatterError
from dongthuan.core.matters.kinds import StepContext
from dongthuan.core.matters.models import Projection
from dongthuan.core.people.models import Account, Appointment
from dongthuan.core.people.services import PersonError, appointment_create, appointment_end
from dongthuan.core.text import clean
from dongthuan.core.units.models import Position, in_force
from dongthuan.work.decisions.elections.models import Election
from dongthuan.work.decisions.village_matters import public_words

SETTLED = (
    ("dismiss", _lazy("dismissed")),
    ("keep", _lazy("not dismissed")),
)


def _of(context: StepContext) -> Election:
    return cast(Election, context.matter)


def recognise(context: StepContext) -> None:
    """In office from the decision on (Decree 59, Điều 8), for the term of Decree 185, Điều 4.3."""
    matter = _of(context)
    matter.document = str(context.data["document"])
    matter.recognised_on = clock.today()
    matter.decided_at = context.now
    if matter.is_election:
        matter.term_until = _term_end(matter)
        context.facts["term_until"] = matter.term_until.isoformat()


def _term_end(matter: Election) -> dt.date:
    """A board's term is that of the village head (Luật Điều 36.2); nobody's is longer than it."""
    return deadline(key="dc.village_term", anchor=clock.today()).due_on


def refuse(context: StepContext) -> None:
    _of(context).document = str(context.data["document"])
    _reasoned(context)


def _reasoned(context: StepContext) -> None:
    reason = public_words(str(context.data["reason"]), field="reason", least=10, most=1000)
    Projection.objects.filter(pk=context.matter.pk).update(answer=reason)


def settle(context: StepContext) -> None:
    """The meeting did not carry the dismissal: the committee decides, agreed with the Front."""
    matter = _of(context)
    _reasoned(context)
    matter.document = str(context.data["document"])
    matter.decided_at = context.now
    matter.is_dismissed = context.data["settled"] == "dismiss"
    if matter.is_dismissed:
        matter.recognised_on = clock.today()
    else:
        context.target = "kept"


def again(context: StepContext) -> None:
    """Held again as a file of its own, with its own notices (Decree 59, Điều 3.5.d, Điều 8)."""
    _reasoned(context)
    _child(context, attempt=_of(context).attempt + 1, sort=_of(context).sort)


def next_election(context: StepContext) -> None:
    """Within sixty days of the dismissal the committee decides on the next election (Điều 9.3)."""
    _child(context, attempt=1, sort="elect")


def _child(context: StepContext, *, attempt: int, sort: str) -> None:
    from dongthuan.work.decisions.elections.services import election_open

    matter = _of(context)
    made = election_open(
        acting=context.acting, village=matter.home, post=matter.post, sort=sort,
        held_on=context.data["day"], venue=matter.venue, seats=matter.seats,
        grounds=matter.grounds if sort == matter.sort else "",
        requested_by=matter.requested_by if sort == matter.sort else None,
        document=str(context.data["document"]), parent=matter, attempt=attempt,
        is_demo=matter.is_demo,
    )  # fmt: skip
    if sort == matter.sort == "dismiss":
        for candidate in matter.candidates.all():
            made.candidates.create(
                number=candidate.number, name=candidate.name, born=candidate.born,
                source=candidate.source,
            )  # fmt: skip
    context.facts["opened"] = made.code


# -- the position ---------------------------------------------------------------------------------


def _account(context: StepContext) -> Account:
    email = clean(str(context.data["email"])).lower()
    found = Account.objects.filter(email=email, is_active=True).first()
    if found is None:
        raise MatterError(
            _("No account has this e-mail address; it is made by the administrator first."),
            field="email",
        )
    return found


def _seat(context: StepContext) -> Position:
    """The position of the village's head; of a board the one whose code is written."""
    matter = _of(context)
    seats = matter.positions.filter(in_force(clock.today()))
    code = clean(str(context.data.get("seat") or ""))
    if matter.of_board or code:
        seats = seats.filter(code=code)
    found = seats.select_related("unit").first()
    if found is None:
        raise MatterError(_("There is no such position here."), field="seat")
    return found


def appoint(context: StepContext) -> None:
    """The seat passes to whoever was elected, from today to the end of the term.

    Never done by itself: the committee's head names the account and the decision.
    """
    matter, data = _of(context), context.data
    won = matter.candidates.filter(number=data["candidate"], elected=True).first()
    if won is None:
        raise MatterError(_("Nobody of this number was elected."), field="candidate")
    account, seat, today = _account(context), _seat(context), clock.today()
    if matter.of_head:
        for held in _held(seat).exclude(account=account):
            appointment_end(
                appointment=held, last_day=today - dt.timedelta(days=1),
                document=str(data["document"]),
            )  # fmt: skip
    _appointed(account, seat, matter.term_until, str(data["document"]))
    context.facts |= {"position": seat.code, "until": cast(dt.date, matter.term_until).isoformat()}


def _held(seat: Position) -> QuerySet[Appointment]:
    return Appointment.objects.filter(in_force(clock.today()), position=seat)


def _appointed(
    account: Account, seat: Position, until: dt.date | None, document: str, *, acting: bool = False
) -> None:
    if Appointment.objects.filter(
        in_force(clock.today()), account=account, position=seat, acting=acting
    ).exists():
        raise MatterError(_("This account holds the position already."), field="email")
    try:
        appointment_create(
            account=account, position=seat, valid_from=clock.today(), valid_to=until,
            acting=acting, document=document,
        )  # fmt: skip
    except PersonError as error:
        raise MatterError(str(error)) from None


def end_office(context: StepContext) -> None:
    account, seat = _account(context), _seat(context)
    held = Appointment.objects.filter(
        in_force(clock.today()), position=seat, account=account
    ).first()
    if held is None:
        raise MatterError(_("This account does not hold the position."), field="email")
    appointment_end(
        appointment=held, last_day=clock.today(), document=str(context.data["document"])
    )
    context.facts["position"] = seat.code


def acting_head(context: StepContext) -> None:
    """An acting head serves six months at the most (Decree 185/2026, Điều 4.2)."""
    last: dt.date = context.data["last_day"]
    most = deadline(key="dc.village_head.acting", anchor=clock.today()).due_on
    if last > most:
        raise MatterError(
            _("An acting head serves until %(day)s at the latest.") % {"day": f"{most:%d/%m/%Y}"},
            field="last_day",
        )
    seat = _seat(context)
    _appointed(_account(context), seat, last, str(context.data["document"]), acting=True)
    context.facts["position"] = seat.code


def shift(context: StepContext) -> None:
    """The committee may move the end of a head's term by six months, once, either way.

    Decree 185/2026, Điều 4.3; counted from the term of the recognition, not from an earlier shift.
    """
    matter, last = _of(context), context.data["last_day"]
    whole = _whole_term(matter)
    months = _shift_months()
    if not add_months(whole, -months) <= last <= add_months(whole, months):
        raise MatterError(
            _("The term ends on %(day)s; it is moved by six months at the most.")
            % {"day": f"{whole:%d/%m/%Y}"},
            field="last_day",
        )
    _reasoned(context)
    for held in Appointment.objects.filter(
        in_force(clock.today()), position__in=matter.positions, valid_to=matter.term_until
    ):
        appointment_end(appointment=held, last_day=last, document=str(context.data["document"]))
    context.facts["was_until"] = cast(dt.date, matter.term_until).isoformat()
    matter.term_until = last


def _whole_term(matter: Election) -> dt.date:
    return deadline(key="dc.village_term", anchor=cast(dt.date, matter.recognised_on)).due_on


def _shift_months() -> int:
    """What the rule allows as its extension: '6 months'."""
    version = load_rulebook().version("dc.village_term", on=clock.today())
    return int(str(version.extensions[0].term).split()[0])
