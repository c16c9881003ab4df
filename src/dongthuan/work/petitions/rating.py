"""After closing: what the sender thinks of it, and “closed but not solved”.

A rating is given once for a submission and may be changed for some days; it judges the handling
and says nothing of anybody. Who finds that nothing was solved asks for reopening within the term
of `pa.reopen_within`, as often as it allows; the head answers within `pa.reopen_examine`.
"""

from __future__ import annotations

import datetime as dt

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from dongthuan.core import clock
from dongthuan.core.law import deadline, load_rulebook
from dongthuan.core.matters import policies
from dongthuan.core.matters.duties import duties_open
from dongthuan.core.matters.entries import entry_append
from dongthuan.core.matters.errors import MatterError, NotAllowed
from dongthuan.core.matters.models import Audience, Channel, Entry, Matter, Submission
from dongthuan.core.matters.services import matter_settle, projection_sync
from dongthuan.core.people.actors import Actor
from dongthuan.core.text import clean
from dongthuan.work.petitions.models import Rating

RATED_KINDS = ("complaint", "recommendation", "feedback")
# A complaint is not reopened on request: the law gives a second complaint and the court.
REOPENED_KINDS = ("recommendation", "feedback")
ASKED = "petitioner.reopen_asked"
REASON_MAX = 1000


def rateable(matter: Matter) -> bool:
    """Whether senders may rate how the matter was handled: closed with a result, never sealed."""
    return matter.state == "closed" and matter.kind in RATED_KINDS and not matter.is_sealed


def rating_of(submission: Submission) -> Rating | None:
    return Rating.objects.filter(submission=submission).first()


def rating_changeable(rating: Rating) -> bool:
    """Within some days of giving it (`pa.rating_change`)."""
    last = deadline(key="pa.rating_change", anchor=rating.given_at).due_on
    return clock.today() <= last


@transaction.atomic
def rating_give(
    *,
    submission: Submission,
    acting: Actor,
    score: int,
    solved: bool,
    reason: str = "",
    channel: str = Channel.WEB,
) -> Rating:
    """Rate the handling from 1 (bad) to 5 (good), once; change it within the days allowed.

    At the counter or by telephone an official writes down what the sender says. Raises MatterError
    with its field, NotAllowed.
    """
    matter = _locked(submission, acting, channel)
    if not 1 <= score <= 5:
        raise MatterError(_("Choose a number from 1 to 5."), field="score")
    if not rateable(matter):
        raise MatterError(_("A matter is rated after it was closed with a result."))
    reason = _reason(reason)
    before = Rating.objects.select_for_update().filter(submission=submission).first()
    if before is not None and not rating_changeable(before):
        raise MatterError(_("The rating can no longer be changed."))
    now = clock.now()
    if before is None:
        rating = Rating.objects.create(
            submission=submission,
            matter=matter,
            path=matter.path,
            score=score,
            solved=solved,
            reason=reason,
            channel=channel,
            given_at=now,
        )
    else:
        rating = before
        rating.score, rating.solved, rating.reason = score, solved, reason
        rating.channel, rating.changed_at = channel, now
        rating.save()
    _entry(
        matter,
        acting,
        "petitioner.rated" if before is None else "petitioner.rating_changed",
        submission,
        # The number is behind the commitment too: one rating of one matter is somebody's.
        {"score": score, "solved": solved, "text": reason},
    )
    return rating


def _reason(text: str) -> str:
    text = clean(text)
    if len(text) > REASON_MAX:
        raise MatterError(_("The reason is longer than 1,000 letters."), field="reason")
    return text


def _locked(submission: Submission, acting: Actor, channel: str) -> Matter:
    """The matter, locked; an official speaks for the sender only in the unit that owes it."""
    matter = Matter.objects.select_for_update().get(pk=submission.matter_id)
    by_official = channel not in (Channel.WEB, Channel.API)
    if by_official and not (
        policies.may_see(acting, matter)
        and policies.speaks_for(acting, matter)
        and policies.may_register(acting)
    ):
        raise NotAllowed(_("Only the office that handles the matter writes this down."))
    return matter


def _entry(
    matter: Matter, acting: Actor, act: str, submission: Submission, said: dict[str, object]
) -> int:
    """Several people may stand behind one matter; each reads only what they said themselves."""
    return entry_append(
        matter=matter,
        act=act,
        acting=acting,
        audience=Audience.PETITIONER,
        after=matter.state,
        payload={**said, "submission": str(submission.uuid)},
    )


# -- closed but not solved ----------------------------------------


def reopen_until(matter: Matter) -> dt.date | None:
    """The last day to ask for reopening, or None where it cannot be asked (any more)."""
    if matter.state != "closed" or matter.kind not in REOPENED_KINDS or matter.is_sealed:
        return None
    if matter.closed_at is None or times_asked(matter) >= times_allowed():
        return None
    last = deadline(key="pa.reopen_within", anchor=timezone.localdate(matter.closed_at)).due_on
    return last if clock.today() <= last else None


def times_refused(matter: Matter) -> int:
    """How often the head has examined a request to reopen and left the matter closed."""
    return Entry.objects.filter(matter=matter, act=f"{matter.kind}.keep_closed").count()


def times_asked(matter: Matter) -> int:
    return Entry.objects.filter(matter=matter, act=ASKED).count()


def times_allowed() -> int:
    """How often one matter may be asked to be reopened; stands with the rule."""
    version = load_rulebook().version("pa.reopen_within", on=clock.today())
    allowed = version.extension_for(frozenset())
    return allowed.times if allowed else 1


@transaction.atomic
def reopen_ask(
    *, submission: Submission, acting: Actor, reason: str, channel: str = Channel.WEB
) -> Matter:
    """Say that a closed matter is not solved: the head examines it within its term.

    Raises MatterError with its field, NotAllowed.
    """
    matter = _locked(submission, acting, channel)
    if matter.kind in REOPENED_KINDS and times_asked(matter) >= times_allowed():
        raise MatterError(
            _("This matter was already asked to be reopened %(times)d times.")
            % {"times": times_allowed()}
        )
    if reopen_until(matter) is None:
        raise MatterError(_("Reopening cannot be asked for now; submit the matter anew."))
    reason = _reason(reason)
    if len(reason) < 10:
        raise MatterError(_("Write what is not solved, in at least ten letters."), field="reason")
    now = clock.now()
    before, matter.state = matter.state, "contested"
    matter.closed_at, matter.replied_at = None, now
    matter.version += 1
    matter.save(update_fields=["state", "closed_at", "replied_at", "version"])
    entry_append(
        matter=matter,
        act=ASKED,
        acting=acting,
        audience=Audience.PETITIONER,
        before=before,
        after=matter.state,
        payload={"text": reason, "submission": str(submission.uuid)},
        at=now,
    )
    duties = duties_open(matter=matter, rules=[("pa.reopen_examine", "asked", now)], now=now)
    matter_settle(matter=matter, duties=duties)
    projection_sync(matter=matter)
    return matter
