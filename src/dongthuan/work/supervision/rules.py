"""What the law fixes about boards: how many, from where, until when; and words that are public."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from dongthuan.core import clock
from dongthuan.core.calendar import CalendarError
from dongthuan.core.clock import noon
from dongthuan.core.law import RuleError, deadline, load_rulebook
from dongthuan.core.law.terms import add_months
from dongthuan.core.matters.errors import MatterError, NotAllowed
from dongthuan.core.matters.wording import impersonal_check
from dongthuan.core.people.actors import Actor
from dongthuan.core.text import clean
from dongthuan.core.units.models import Unit
from dongthuan.core.units.selectors import villages_of
from dongthuan.work.supervision.models import Board, Member, Seat, Stands

NOTICE = "dc.ttnd.plan_notice"
INVESTOR = "dc.gsdtcd.notice"
REPLY = "dc.reply_supervision"
CONVENE = "dc.yearly_meeting_notice"
CONFERENCE = "dc.conference.yearly"


def belongs(acting: Actor, roles: Sequence[str], *units: Unit | None) -> bool:
    """Whether the actor holds one of the roles in one of the units (or an organ above it)."""
    if acting.is_system:
        return True
    paths = [unit.path for unit in units if unit is not None]
    return any(
        path.startswith(scope.unit_path) for scope in acting.scopes_of(*roles) for path in paths
    )


def belongs_check(acting: Actor, roles: Sequence[str], *units: Unit | None) -> None:
    if not belongs(acting, roles, *units):
        raise NotAllowed(_("Your position may not do this for that body."))


def said(text: str, field: str, *, most: int, needed: str = "") -> str:
    """A text that everybody will read: clean, not too long, without what looks personal."""
    text = clean(text or "")
    if needed and not text:
        raise MatterError(needed, field=field)
    if len(text) > most:
        raise MatterError(
            _("This is longer than %(max)d letters; shorten it.") % {"max": most}, field=field
        )
    impersonal_check(text, field)
    return text


def last_day_for(rule: str, event: dt.date, *, field: str) -> dt.date:
    """The last day on which a notice before `event` is still in time."""
    try:
        return deadline(key=rule, anchor=noon(event), now=clock.now()).due_on
    except (RuleError, CalendarError) as error:
        raise MatterError(error.en if get_language() == "en" else error.vi, field=field) from None


def notice_check(rule: str, event: dt.date, *, field: str) -> None:
    """Refuse a day that leaves no time for the notice that the law wants before it."""
    last = last_day_for(rule, event, field=field)
    if last < clock.today():
        said = {"day": f"{last:%d/%m/%Y}", "first": f"{_first_in_time(rule, event):%d/%m/%Y}"}
        raise MatterError(
            _("The notice would have been due on %(day)s; choose %(first)s or a later day.") % said,
            field=field,
        )


def _first_in_time(rule: str, event: dt.date) -> dt.date:
    """The first day after `event` for which a notice sent today is still in time."""
    later = (event + dt.timedelta(days=n) for n in range(1, 400))
    return next(day for day in later if last_day_for(rule, day, field="") >= clock.today())


def term_end(start: dt.date) -> dt.date | None:
    """The last day of a board's term, which is that of the village heads (khoản 2 Điều 36)."""
    try:
        return deadline(key="dc.village_term", anchor=noon(start), now=clock.now()).due_on
    except (RuleError, CalendarError):
        return None  # no term of the rulebook was in force on that day


def size_check(*, sort: str, size: int, deputies: int, villages: int, on: dt.date) -> None:
    """The number of members that the Front decides, against the law. Raises MatterError."""
    book = load_rulebook()
    least = book.value(f"dc.{sort}.min_members", on=on)
    if not least.met(size):
        raise MatterError(
            _("A board has at least %(n)d members.") % {"n": int(least.amount)}, field="size"
        )
    if not book.value("dc.board.max_deputies", on=on).met(deputies):
        raise MatterError(_("A board has at most two deputy heads."), field="deputies")
    if sort != "ttnd":
        return
    if size < villages:
        raise MatterError(
            _("Every village has a member on the board; there are %(n)d villages.")
            % {"n": villages},
            field="size",
        )
    few = book.value("dc.ttnd.max_if_few_villages", on=on)
    if villages < 5 and not few.met(size):
        raise MatterError(
            _("Where there are fewer than five villages the board has at most five members."),
            field="size",
        )


def standards(sort: str) -> str:
    """What the Front confirms of a member; the two boards differ (Điều 37, Điều 42 of the Law)."""
    if sort == "ttnd":
        return _(
            "Confirm that the person lives here for good and is no official, civil servant or"
            " part-time officer of commune or village (Law on Grassroots Democracy, Art. 37.2)."
        )
    return _(
        "Confirm that the person lives here for good, is no official or civil servant of the"
        " commune and has no relative who decides on, owns, consults on, builds or runs the"
        " project (Law on Grassroots Democracy, Art. 42.2)."
    )


def lacking(board: Board, members: Iterable[Member] | None = None) -> list[str]:
    """What the composition of a board still lacks, each one sentence; [] when it is whole."""
    seated = list(board.members.filter(left_on=None) if members is None else members)
    found = []
    if len(seated) != board.size:
        found.append(
            _("%(there)d of %(size)d members are named.")
            % {"there": len(seated), "size": board.size}
        )
    return found + (_ttnd_lacks(board, seated) if board.is_ttnd else _gsdtcd_lacks(seated))


def _ttnd_lacks(board: Board, seated: list[Member]) -> list[str]:
    there = {member.village_id for member in seated}
    commune = board.organ.parent
    villages = villages_of(commune, clock.today()) if commune else []
    missing = [village.label for village in villages if village.pk not in there]
    if not missing:
        return []
    return [_("No member comes from: %(names)s.") % {"names": ", ".join(missing)}]


def _gsdtcd_lacks(seated: list[Member]) -> list[str]:
    stand = [member.stands for member in seated]
    found = []
    if Stands.FRONT not in stand:
        found.append(_("No member was sent by the Front."))
    if Stands.TTND not in stand:
        found.append(_("No member was sent by the People's Inspection Board."))
    residents = stand.count(Stands.VILLAGE)
    most = load_rulebook().value("dc.gsdtcd.max_residents", on=clock.today())
    if not residents:
        found.append(_("No member stands for the people of the villages."))
    elif not most.met(residents):
        found.append(_("At most five members stand for the people of the villages."))
    return found


def seats_lacking(board: Board) -> list[str]:
    """Whether the board has chosen its head and no more deputies than the Front decided."""
    seats = list(board.members.filter(left_on=None).values_list("seat", flat=True))
    found = []
    if seats.count(Seat.HEAD) != 1:
        found.append(_("The board has not chosen its head: set who it is in the list of members."))
    if seats.count(Seat.DEPUTY) > board.deputies:
        found.append(_("The Front decided on at most %(n)d deputy heads.") % {"n": board.deputies})
    return found


def vacancies(board: Board) -> int:
    if board.closed_at or board.state == "forming":
        return 0
    return max(board.size - board.members.filter(left_on=None).count(), 0)


def owes_election(board: Board) -> bool:
    """A seat is empty and enough of the term is left for the village to elect (khoản 2 Điều 36).

    The law gives no day for that election, so it is told and not counted.
    """
    if not vacancies(board) or not board.is_ttnd:
        return False
    if board.term_to is None:
        return True
    months = load_rulebook().value("dc.ttnd.by_election_months", on=clock.today())
    return add_months(clock.today(), int(months.amount)) <= board.term_to
