"""From the plan to the count: what the steps of an election do beside what they declare."""

from __future__ import annotations

import datetime as dt
from typing import cast

from django.utils import timezone
from django.utils.translation import gettext as _

from dongthuan.core import clock
from dongthuan.core.clock import noon
from dongthuan.core.matters.duties import duties_open, duty_close
from dongthuan.core.matters.errors import MatterError
from dongthuan.core.matters.kinds import StepContext
from dongthuan.core.matters.models import DutyState
from dongthuan.core.people.actors import Actor
from dongthuan.core.units.models import Role
from dongthuan.work.decisions import counting
from dongthuan.work.decisions.elections.models import Candidate, Election, Post
from dongthuan.work.decisions.elections.winners import winners
from dongthuan.work.decisions.initiatives.effects import initiative_given_back
from dongthuan.work.decisions.models import Method
from dongthuan.work.decisions.village_matters import holds_in, public_words, threshold
from dongthuan.work.decisions.voting import YES_NO

# Whose duties they are before the meeting; the rest are the village's.
# The decisions are made known by the chair who issues them (khoản 1 Điều 6); the village may record
# that they hang at its own places.
OFFICE_RULES = ("dc.village_head.plan", "dc.village_head.team", "dc.village_head.notice")
VILLAGE_RULES = ("dc.village_head.candidates", "dc.meeting_notice")


def _of(context: StepContext) -> Election:
    return cast(Election, context.matter)


# What is done by whoever presides over the meeting or the ballot.
CHAIRED = ("set_vote", "hold", "fail", "ballot", "count")


def presides(actor: Actor, matter: Election) -> bool:
    """Whether the actor may preside: nobody does over the election or dismissal of the head but
    the head of the Front committee."""
    return not matter.of_head or holds_in(actor, matter.place, Role.VILLAGE_FRONT)


def _chaired(context: StepContext) -> Election:
    """The head does not preside over the meeting that elects or dismisses the head.

    The election team does, led by the Front committee (Decree 59, Điều 3.1.b, 6.1.b); or the head
    of the Front committee (Điều 3.1.c).
    """
    matter = _of(context)
    if not presides(context.acting, matter):
        raise MatterError(
            _("For the village head this is done by the head of the Front committee"
              " (Decree 59, Art. 3.1).")
        )  # fmt: skip
    return matter


def list_fixed(context: StepContext) -> None:
    """The Front's list: at least one candidate for the head (Decree 59, Điều 6.2)."""
    matter = _of(context)
    listed = matter.candidates.count()
    least = threshold("dc.village_head.min_candidates")
    if not listed or (matter.of_head and not least.met(listed)):
        raise MatterError(_("The list names nobody yet; enter at least one candidate."))
    if matter.post == Post.INSPECTION and listed < matter.seats:
        raise MatterError(_("The list names fewer people than there are seats."))
    matter.listed_on = clock.today()
    context.facts["candidates"] = listed


def team(context: StepContext) -> None:
    """Nobody who stands sits in the team (Điều 6.1.b)."""
    matter = _of(context)
    members = str(context.data["members"])
    for candidate in matter.candidates.all():
        if candidate.name.casefold() in members.casefold():
            raise MatterError(
                _("%(name)s stands for election and cannot sit in the team.")
                % {"name": candidate.name},
                field="members",
            )
    matter.team_on = clock.today()


def post(context: StepContext) -> None:
    _of(context).posted_on = clock.today()


def tell(context: StepContext) -> None:
    _of(context).notified_on = clock.today()


def question_of(matter: Election) -> str:
    return matter.title[:500]


def _options(matter: Election) -> tuple[list[dict[str, str]], int]:
    """Candidates as the options of the vote; of a dismissal, yes and no."""
    if not matter.is_election:
        return list(YES_NO), 1
    standing = list(matter.candidates.all())
    if not standing:
        raise MatterError(_("The list names nobody yet; enter at least one candidate."))
    options = [{"key": c.key, "label": f"{c.name} ({c.born})"} for c in standing]
    return options, min(matter.seats, len(options))


def set_vote(context: StepContext) -> None:
    """At the meeting, the list being final: the way of voting, and the vote itself."""
    matter, data = _chaired(context), context.data
    if not matter.is_prepared and not matter.is_election:
        raise MatterError(
            _("First write down who is to be dismissed, and that the households were told.")
        )
    if not matter.is_prepared:
        raise MatterError(
            _("First the list, the team, the posting and the notice of the meeting must be done.")
        )
    if clock.today() != matter.held_on:
        raise MatterError(_("The meeting decides this on its own day."))
    counting.not_voted_checked(matter)
    counting.way_checked(data["attending"], data["agreed"])
    options, most = _options(matter)
    counting.meeting_vote(
        acting=context.acting, matter=matter, question=question_of(matter), way=data["way"],
        day=matter.held_on, options=options, choices_max=most,
    )  # fmt: skip


def hold(context: StepContext) -> None:
    matter = _chaired(context)
    vote = matter.vote
    if (
        vote is None
        or Method.BALLOT in vote.methods
        or timezone.localdate(vote.opens_at) != matter.held_on
    ):
        raise MatterError(_("Close and count the vote first."))
    _take_figures(context)
    if context.target == "not_elected" and not threshold(counting.SHARE).met(
        matter.attended or 0, matter.all_households or 0
    ):
        # So few were there that nobody could be elected: the ballot is open (Điều 19.1.b).
        context.target = "failed"
        context.facts["outcome"] = "too_few"


def count(context: StepContext) -> None:
    matter = _chaired(context)
    vote = matter.vote
    if vote is None or Method.BALLOT not in vote.methods:
        raise MatterError(_("Close and count the vote first."))
    _take_figures(context)


def _take_figures(context: StepContext) -> None:
    """Votes onto the candidates; elected is who has more than half of ALL households."""
    matter = _of(context)
    result = counting.counted(matter.vote)
    matter.attended, matter.all_households = result.voted, result.all
    matter.voted_on = dt.date.fromisoformat(result.on)
    context.data["voted"] = matter.voted_on
    context.facts |= {"came": result.voted, "households": result.all}
    if matter.is_election:
        carried = _elect(matter, result.counts, result.all)
    else:
        carried = result.carried
        context.facts["yes"] = result.yes
    matter.has_outcome = carried
    if not carried:
        context.target = "not_elected"


def _elect(matter: Election, counts: dict[str, int], all_: int) -> bool:
    standing = list(matter.candidates.all())
    won = winners({c.number: counts.get(c.key, 0) for c in standing}, seats=matter.seats, all_=all_)
    for candidate in standing:
        candidate.votes = counts.get(candidate.key, 0)
        candidate.elected = candidate.number in won
    Candidate.objects.bulk_update(standing, ["votes", "elected"])
    return bool(won)


def fail(context: StepContext) -> None:
    matter = _chaired(context)
    if clock.today() < matter.held_on:
        raise MatterError(_("The day of the meeting has not come yet."))
    counting.not_voted_checked(matter)
    came = context.data.get("attended") or 0
    matter.all_households = counting.too_few_checked(matter, came)
    matter.attended = came
    counting.running_void(
        acting=context.acting, matter=matter, reason=f"{came}/{matter.all_households} hộ dự họp"
    )
    context.facts |= {"came": came, "households": matter.all_households}


def ballot(context: StepContext) -> None:
    """The exception: only after a meeting to which too few came."""
    matter, data = _chaired(context), context.data
    counting.notice_checked(
        "dc.ballot_notice", data["since"], field="since",
        sentence=_("A ballot from %(day)s can no longer be announced two days before."),
    )  # fmt: skip
    options, most = _options(matter)
    counting.ballot_vote(
        acting=context.acting, matter=matter, question=question_of(matter), since=data["since"],
        until=data["until"], options=options, choices_max=most,
    )  # fmt: skip
    matter.by_ballot = True


def rules_before(matter: Election) -> list[tuple[str, bool]]:
    """What is owed before the meeting: (rule, whether the People's Committee owes it)."""
    if matter.elects_head:
        village = [(rule, False) for rule in VILLAGE_RULES]
        return [(rule, True) for rule in OFFICE_RULES] + village
    return [("dc.meeting_notice", False)]


def postpone(context: StepContext) -> None:
    """To a later day; what has not been done yet is owed before the new day."""
    matter = _of(context)
    day: dt.date = context.data["day"]
    if day <= matter.held_on and matter.state == "preparing":
        raise MatterError(_("The new day must lie after the old one."), field="day")
    if matter.state == "preparing":
        counting.not_voted_checked(matter)
    counting.notice_checked(
        "dc.meeting_notice", day, field="day",
        sentence=_("A meeting on %(day)s can no longer be announced two days before."),
    )  # fmt: skip
    reason = public_words(str(context.data["reason"]), field="reason", least=5, most=1000)
    counting.running_void(acting=context.acting, matter=matter, reason=reason)
    context.facts["was"] = matter.held_on.isoformat()
    matter.held_on, matter.notified_on = day, None
    _owe_again(context, day)


def _owe_again(context: StepContext, day: dt.date) -> None:
    """What ran is counted from the new day; the households are told anew in any case."""
    matter = _of(context)
    running = {duty.rule for duty in context.duties if duty.is_running}
    for duty in context.duties:
        if duty.is_running:
            duty_close(duty=duty, now=context.now, state=DutyState.WAIVED, reason="Dời ngày họp")
            duty.save()
    for rule, by_office in rules_before(matter):
        if rule in running or rule == "dc.meeting_notice":
            context.duties += duties_open(
                matter=matter, rules=[(rule, "event", noon(day))], now=context.now,
                owner=None if by_office else matter.home,
            )  # fmt: skip


def cancel(context: StepContext) -> None:
    matter = _of(context)
    if matter.state == "preparing":
        counting.not_voted_checked(matter)
    reason = public_words(str(context.data["reason"]), field="reason", least=5, most=1000)
    counting.running_void(acting=context.acting, matter=matter, reason=reason)
    initiative_given_back(context)
