"""The online vote: one code, one ballot, one receipt, and nothing that leads from one to another.

A household's voice (`Cast`) and its ballot are written in one transaction, but the whole urn is
rewritten in the order of its random numbers each time: afterwards the ballots of a vote share one
transaction number and lie in random order, so the tables, at rest, do not tell which is whose.
What a server's owner could watch while it happens is said in docs/adr/0014.
"""

from __future__ import annotations

from dataclasses import dataclass

from django.db import IntegrityError, connection, transaction
from django.utils.translation import gettext as _

from dongthuan.core import clock
from dongthuan.core.matters.errors import MatterError
from dongthuan.work.decisions.models import AccessCode, Ballot, Cast, Method, RollLine, Vote
from dongthuan.work.decisions.voting.rolls import code_digest, token, vote_locked
from dongthuan.work.decisions.voting.stations import used_sentence

# PostgreSQL sees the rows deleted by the same command as gone, so the keys may stay.
_SHUFFLE = """
WITH taken AS (
  DELETE FROM decisions_ballot WHERE vote_id = %s RETURNING id, vote_id, roll_id, receipt, choice
)
INSERT INTO decisions_ballot (id, vote_id, roll_id, receipt, choice)
SELECT id, vote_id, roll_id, receipt, choice FROM taken ORDER BY id
"""


@dataclass(frozen=True)
class Booth:
    """What a code opens: the vote and whose voice it is (number in the list, no name)."""

    vote: Vote
    line: RollLine
    used: bool


def booth_for(code: str) -> Booth:
    """The vote behind a code. Raises MatterError when the code is worthless."""
    found = (
        AccessCode.objects.filter(digest=code_digest(code))
        .select_related("line__roll__vote__matter", "line__roll__village")
        .first()
    )
    if found is None:
        raise MatterError(
            _("This code is not valid, or a newer one has taken its place."), field="code"
        )
    vote = found.line.roll.vote
    return Booth(vote, found.line, Cast.objects.filter(vote=vote, line=found.line).exists())


@transaction.atomic
def ballot_cast(*, code: str, choice: str) -> str:
    """Give a household's voice online; returns the receipt, which is shown once and never again.

    Raises MatterError: worthless code, not open, already used (by whichever way), no such option.
    """
    booth = booth_for(code)
    vote = vote_locked(booth.vote)
    now = clock.now()
    if vote.state != Vote.State.OPEN or not vote.opens_at <= now < vote.closes_at:
        raise MatterError(_("The vote is not open."))
    if choice not in vote.labels:
        raise MatterError(_("Choose one of the answers."), field="choice")
    used = Cast.objects.filter(vote=vote, line=booth.line).select_related("line").first()
    if used:
        raise MatterError(used_sentence(used))
    try:
        with transaction.atomic():
            Cast.objects.create(vote=vote, line=booth.line, method=Method.ONLINE)
    except IntegrityError:
        raise MatterError(_("This household has already used its voice.")) from None
    receipt = token(16)
    Ballot.objects.create(vote=vote, roll=booth.line.roll, receipt=receipt, choice=choice)
    urn_shuffle(vote)
    return receipt


def urn_shuffle(vote: Vote) -> None:
    with connection.cursor() as cursor:
        cursor.execute(_SHUFFLE, [vote.pk])
