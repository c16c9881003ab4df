"""How conventions and elections use the vote: prepared by a step, read once it is closed.

The law of items 3, 4 and 5 knows the meeting, and the household ballot only after a meeting to
which too few came (Điều 17.2 and 19.1.b); never an online vote.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lazy

from dongthuan.core import clock
from dongthuan.core.law import deadline
from dongthuan.core.matters.errors import MatterError
from dongthuan.core.people.actors import Actor
from dongthuan.core.people.households import household_count
from dongthuan.work.decisions import hours
from dongthuan.work.decisions.models import MEETING, Cast, Method, Vote
from dongthuan.work.decisions.village_matters import VillageMatter, threshold
from dongthuan.work.decisions.voting import YES_NO, Result, vote_prepare, vote_result, vote_void

SHARE = "dc.vote.other"
HOURS = tuple((f"{h:02d}:{m:02d}", f"{h:02d}:{m:02d}") for h in range(6, 22) for m in (0, 30))
WAYS = (
    (Method.HANDS.value, _lazy("show of hands")),
    (Method.PAPER.value, _lazy("secret ballot")),
)


def notice_checked(rule: str, event: dt.date, *, field: str, sentence: str) -> None:
    """Refuse an event so near that its notice would come too late; by the bare term of the law."""
    last = deadline(key=rule, anchor=event).nominal_due_on
    if last < clock.today():
        raise MatterError(sentence % {"day": f"{event:%d/%m/%Y}"}, field=field)


def way_checked(attending: int, agreed: int) -> None:
    """How it votes is fixed by more than half of those attending (Decree 59, Điều 3.5.b)."""
    if agreed > attending:
        raise MatterError(_("More agreed than attended; check the figures."), field="agreed")
    if 2 * agreed <= attending:
        raise MatterError(
            _("The way of voting is fixed by more than half of those attending."), field="agreed"
        )


def meeting_vote(
    *, acting: Actor, matter: VillageMatter, question: str, way: str, day: dt.date,
    options: Sequence[dict[str, str]] = YES_NO, choices_max: int = 1,
) -> Vote:  # fmt: skip
    """The vote of a meeting, by show of hands or by secret ballot, on its day."""
    return vote_prepare(
        acting=acting, matter=matter, question=question, villages=[matter.home], methods=[way],
        threshold=SHARE, opens_at=hours.at(day, hours.MIDNIGHT),
        closes_at=hours.day_ends(day), options=options,
        choices_max=choices_max,
    )  # fmt: skip


def ballot_vote(
    *, acting: Actor, matter: VillageMatter, question: str, since: dt.date, until: dt.date,
    options: Sequence[dict[str, str]] = YES_NO, choices_max: int = 1,
) -> Vote:  # fmt: skip
    """The ballot brought to each household after a meeting to which too few came."""
    if until < since:
        raise MatterError(_("The ballot ends before it begins."), field="until")
    return vote_prepare(
        acting=acting, matter=matter, question=question, villages=[matter.home],
        methods=[Method.BALLOT], threshold=SHARE, opens_at=hours.opens_at(since),
        closes_at=hours.closes_at(until), options=options, choices_max=choices_max,
    )  # fmt: skip


def running_void(*, acting: Actor, matter: VillageMatter, reason: str) -> None:
    """End the vote that still runs on a matter, without a count."""
    running = Vote.objects.filter(
        matter_id=matter.pk, state__in=[Vote.State.PREPARED, Vote.State.FROZEN, Vote.State.OPEN]
    ).first()
    if running:
        vote_void(acting=acting, vote=running, reason=reason)


def too_few_checked(matter: VillageMatter, attended: int) -> int:
    """That so few came that the share could not be reached (Điều 19.1.b); all households."""
    households = household_count(village=matter.home)
    present = Cast.objects.filter(
        vote__matter_id=matter.pk, vote__state=Vote.State.OPEN, method__in=MEETING
    ).count()
    if attended < present:
        raise MatterError(
            _("%(present)s households are ticked in the roll as present; fewer cannot have come.")
            % {"present": present},
            field="attended",
        )
    if attended > households:
        raise MatterError(
            _("More came than there are households in the list (%(all)s).") % {"all": households},
            field="attended",
        )
    if households and threshold(SHARE).met(attended, households):
        raise MatterError(
            _("With %(came)s of %(all)s households the share can be reached: the meeting votes.")
            % {"came": attended, "all": households},
            field="attended",
        )
    return households


def not_voted_checked(matter: Any) -> None:
    """A vote that was closed stands: nobody votes again, calls it small or moves it away."""
    if matter.has_voted:
        raise MatterError(_("The households have voted; write down the result."))


def counted(vote: Vote | None) -> Result:
    """The closed count; MatterError while there is none."""
    result = vote_result(vote) if vote else None
    if result is None:
        raise MatterError(_("Close and count the vote first."))
    return result
