"""From the draft to the filing: what the steps of a convention do beside what they declare."""

from __future__ import annotations

import datetime as dt
from typing import cast

from django.utils import timezone
from django.utils.translation import gettext as _

from dongthuan.core import clock
from dongthuan.core.law import deadline
from dongthuan.core.matters.errors import MatterError
from dongthuan.core.matters.kinds import StepContext
from dongthuan.work.decisions import counting
from dongthuan.work.decisions.conventions.models import Convention
from dongthuan.work.decisions.initiatives.effects import initiative_given_back
from dongthuan.work.decisions.models import Method
from dongthuan.work.decisions.village_matters import public_words, threshold

QUORUM = "dc.convention.meeting_quorum"


def _of(context: StepContext) -> Convention:
    return cast(Convention, context.matter)


def post(context: StepContext) -> None:
    matter = _of(context)
    if not matter.is_drafted:
        raise MatterError(_("Write the draft first: it has no section yet."))
    matter.posted_on = context.data["posted"]
    matter.posted_places = str(context.data["places"])


def revise(context: StepContext) -> None:
    """The draft hangs for thirty days at the least, the last of them included (Điều 9.1)."""
    matter = _of(context)
    posted = cast(dt.date, matter.posted_on)
    last = deadline(key="dc.convention.post_min", anchor=posted).due_on
    if clock.today() <= last:
        raise MatterError(
            _("The draft must hang until %(day)s, that day included (Decree 61, Art. 9.1).")
            % {"day": f"{last:%d/%m/%Y}"}
        )
    matter.posted_until = clock.today()
    matter.comments_answered = public_words(
        str(context.data["answered"]), field="answered", least=5, most=5000
    )


def convene(context: StepContext) -> None:
    matter = _of(context)
    day: dt.date = context.data["day"]
    counting.notice_checked(
        "dc.meeting_notice", day, field="day",
        sentence=_("A meeting on %(day)s can no longer be announced two days before."),
    )  # fmt: skip
    matter.held_on, matter.venue = day, str(context.data["venue"])
    matter.by_ballot = False
    matter.attended = matter.yes = matter.all_households = None


def question_of(matter: Convention) -> str:
    return f"Thông qua {matter.get_name_display()}: {matter.title}"[:500]


def set_vote(context: StepContext) -> None:
    """At the meeting: the way of voting, and the vote that the console then runs."""
    matter, data = _of(context), context.data
    _on_the_day(matter)
    counting.way_checked(data["attending"], data["agreed"])
    counting.meeting_vote(
        acting=context.acting, matter=matter, question=question_of(matter), way=data["way"],
        day=cast(dt.date, matter.held_on),
    )  # fmt: skip


def _on_the_day(matter: Convention) -> None:
    if clock.today() != matter.held_on:
        raise MatterError(_("The meeting decides this on its own day."))
    counting.not_voted_checked(matter)


def hold(context: StepContext) -> None:
    """More than half of the households must be there, and more than half of all must say yes."""
    matter = _of(context)
    vote = matter.vote
    if vote is None or Method.BALLOT in vote.methods or not _of_this_meeting(matter):
        raise MatterError(_("Close and count the vote first."))
    _take_figures(context)
    if not threshold(QUORUM).met(matter.attended or 0, matter.all_households or 0):
        context.target = "failed"
        matter.yes = None
        context.facts["outcome"] = "too_few"
    elif not matter.is_passed:
        context.target = "not_passed"


def _of_this_meeting(matter: Convention) -> bool:
    """A count of an earlier meeting says nothing about this one."""
    vote = matter.vote
    return vote is not None and timezone.localdate(vote.opens_at) == matter.held_on


def _take_figures(context: StepContext) -> None:
    matter = _of(context)
    result = counting.counted(matter.vote)
    matter.attended, matter.yes, matter.all_households = result.voted, result.yes, result.all
    matter.decided_at = context.now
    context.data["voted"] = dt.date.fromisoformat(result.on)
    context.facts |= {"came": result.voted, "yes": result.yes, "households": result.all}


def fail(context: StepContext) -> None:
    """Only a meeting that was too small opens the way to a ballot (Điều 10.2.a)."""
    matter = _of(context)
    if matter.held_on is None or clock.today() < matter.held_on:
        raise MatterError(_("The day of the meeting has not come yet."))
    counting.not_voted_checked(matter)
    came = context.data.get("attended") or 0
    matter.all_households = counting.too_few_checked(matter, came)
    matter.attended, matter.yes = came, None
    counting.running_void(
        acting=context.acting, matter=matter, reason=f"{came}/{matter.all_households} hộ dự họp"
    )
    context.facts |= {"came": came, "households": matter.all_households}


def postpone(context: StepContext) -> None:
    if _of(context).state in ("convened", "balloting"):
        counting.not_voted_checked(_of(context))
    reason = public_words(str(context.data["reason"]), field="reason", least=5, most=1000)
    counting.running_void(acting=context.acting, matter=_of(context), reason=reason)


def ballot(context: StepContext) -> None:
    matter, data = _of(context), context.data
    counting.notice_checked(
        "dc.ballot_notice", data["since"], field="since",
        sentence=_("A ballot from %(day)s can no longer be announced two days before."),
    )  # fmt: skip
    counting.ballot_vote(
        acting=context.acting, matter=matter, question=question_of(matter), since=data["since"],
        until=data["until"],
    )  # fmt: skip
    matter.by_ballot = True
    matter.held_on = data["until"]


def count(context: StepContext) -> None:
    matter = _of(context)
    vote = matter.vote
    if vote is None or Method.BALLOT not in vote.methods:
        raise MatterError(_("Close and count the vote first."))
    _take_figures(context)
    if not matter.is_passed:
        context.target = "not_passed"


def file(context: StepContext) -> None:
    matter = _of(context)
    names = [line.strip()[:120] for line in str(context.data["signers"]).splitlines()]
    named = [name for name in names if name]
    if len(named) < 4:
        raise MatterError(
            _("Four sign it: the head, the head of the Front committee and two households; write"
              " one name a line."), field="signers",
        )  # fmt: skip
    matter.signers = named[:6]
    matter.filed_on = clock.today()


def redo(context: StepContext) -> None:
    matter = _of(context)
    matter.posted_on = matter.posted_until = matter.held_on = matter.filed_on = None
    matter.attended = matter.yes = matter.all_households = None
    matter.by_ballot = False


def drop(context: StepContext) -> None:
    postpone(context)
    initiative_given_back(context)
