"""What steps of a board and of its inspections change; called inside the engine's transaction."""

from __future__ import annotations

import datetime as dt
from typing import cast

from django.utils.translation import gettext as _

from dongthuan.core import clock
from dongthuan.core.matters.errors import MatterError
from dongthuan.core.matters.kinds import StepContext
from dongthuan.core.matters.models import Projection
from dongthuan.core.text import clean
from dongthuan.work.supervision import rules
from dongthuan.work.supervision.models import Board, Inspection


def _board(context: StepContext) -> Board:
    return cast(Board, context.matter)


def recognise(context: StepContext) -> None:
    """The Front recognises who was elected once the composition is that of the law."""
    board = _board(context)
    if lacking := rules.lacking(board):
        raise MatterError(" ".join(lacking))
    on = context.data["on"]
    board.document = clean(context.data["document"])
    board.term_from = on
    if board.is_ttnd:
        board.term_to = rules.term_end(on)
        if board.term_to:
            context.facts["term_to"] = board.term_to.isoformat()
    else:
        starts_on = context.data.get("starts_on")
        if starts_on is None:
            raise MatterError(_("Say when the supervision begins."), field="starts_on")
        rules.notice_check(rules.INVESTOR, starts_on, field="starts_on")
        board.starts_on = starts_on
    board.decided_at = context.now


def constitute(context: StepContext) -> None:
    board = _board(context)
    if lacking := [*rules.lacking(board), *rules.seats_lacking(board)]:
        raise MatterError(" ".join(lacking))
    others = Board.objects.filter(organ=board.organ, sort="ttnd", state="active")
    if board.is_ttnd and others.exclude(pk=board.pk).exists():
        raise MatterError(_("The board of the last term still works; record its end first."))
    names = board.members.filter(left_on=None).order_by("id").values_list("name", flat=True)
    # The people are told who sits on it (điểm b khoản 2 Điều 40, điểm b khoản 1 Điều 45).
    Projection.objects.filter(pk=board.pk).update(
        listed=True, search_text=f"{board.code}\n{board.title}\n{chr(10).join(names)}"
    )


def end(context: StepContext) -> None:
    board = _board(context)
    if board.inspections.filter(closed_at=None).exists():
        raise MatterError(_("An inspection of this board is still open; conclude or cancel it."))
    rules.said(context.data.get("reason", ""), "reason", most=1000)


# -- inspections ----------------------------------------------------------------------------------


def _inspection(context: StepContext) -> Inspection:
    return cast(Inspection, context.matter)


def notify(context: StepContext) -> None:
    """The plan was sent; from now on everybody can read what is inspected."""
    _publish(_inspection(context))


def _publish(inspection: Inspection) -> None:
    inspection.parties = sorted({inspection.front.path, inspection.office.path})
    text = f"{inspection.code}\n{inspection.target}\n{inspection.content}"
    Projection.objects.filter(pk=inspection.pk).update(
        title=inspection.title, body=inspection.content, listed=True, search_text=text[:20_000]
    )


def begin(context: StepContext) -> None:
    inspection = _inspection(context)
    if inspection.is_ttnd and inspection.state == "planned":
        raise MatterError(
            _("The plan is sent five working days before (Decree 59/2023, Art. 14.1.b).")
        )
    if inspection.starts_on > clock.today():
        raise MatterError(
            _("The inspection begins on %(day)s.") % {"day": f"{inspection.starts_on:%d/%m/%Y}"}
        )
    _publish(inspection)


def move(context: StepContext) -> None:
    inspection = _inspection(context)
    starts_on, ends_on = context.data["starts_on"], context.data["ends_on"]
    days_check(inspection.board, starts_on, ends_on)
    context.facts["day_before"] = inspection.starts_on.isoformat()
    inspection.starts_on, inspection.ends_on = starts_on, ends_on


def days_check(board: Board, starts_on: dt.date, ends_on: dt.date) -> None:
    """The days of an inspection: in order, and late enough for the notice before it."""
    if starts_on < clock.today():
        raise MatterError(_("The day lies in the past."), field="starts_on")
    if ends_on < starts_on:
        raise MatterError(_("It ends before it begins."), field="ends_on")
    if (ends_on - starts_on).days > 366:
        raise MatterError(_("One inspection lasts a year at the most."), field="ends_on")
    if board.is_ttnd:
        rules.notice_check(rules.NOTICE, starts_on, field="starts_on")
    elif board.starts_on and starts_on < board.starts_on:
        raise MatterError(
            _("The investor was told that supervision begins on %(day)s.")
            % {"day": f"{board.starts_on:%d/%m/%Y}"},
            field="starts_on",
        )


def ask(context: StepContext) -> None:
    inspection = _inspection(context)
    inspection.request = rules.said(context.data["request"], "request", most=2000)
    inspection.asked_on, inspection.supplied_on = clock.today(), None


def supply(context: StepContext) -> None:
    _inspection(context).supplied_on = clock.today()


def conclude(context: StepContext) -> None:
    inspection = _inspection(context)
    inspection.document = clean(context.data["document"])
    inspection.conclusion = rules.said(context.data["conclusion"], "conclusion", most=5000)
    inspection.decided_at = context.now
    Projection.objects.filter(pk=inspection.pk).update(answer=inspection.conclusion)
