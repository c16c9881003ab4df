"""Makes initiatives, conventions and elections known to the engine; called by the room's app."""

from __future__ import annotations

from dongthuan.core.matters.kinds import register
from dongthuan.core.matters.labels import words_add
from dongthuan.core.matters.meeting import Proof, register_proof
from dongthuan.core.matters.models import Matter
from dongthuan.work.decisions.conventions.kinds import CONVENTION
from dongthuan.work.decisions.conventions.models import Convention
from dongthuan.work.decisions.elections.kinds import ELECTION
from dongthuan.work.decisions.elections.models import Election
from dongthuan.work.decisions.initiatives.kinds import INITIATIVE
from dongthuan.work.decisions.initiatives.models import Initiative
from dongthuan.work.decisions.village_words import ACTS, CODES, FACTS

SHARE = "dc.vote.other"


def convention_proof(matter: Matter) -> Proof:
    """Item 3: in force from the recognition, not while the whole of it is suspended."""
    row = Convention.objects.get(pk=matter.pk)
    return Proof(
        item="3", carried=row.is_passed, in_force=row.is_in_force, yes=row.yes or 0,
        all=row.all_households or 0, threshold=SHARE, on=row.held_on,
    )  # fmt: skip


def election_proof(matter: Matter) -> Proof:
    """Items 4 and 5: `yes` is what the last of the elected has, or who wished the dismissal."""
    row = Election.objects.get(pk=matter.pk)
    if row.is_election:
        won = [c.votes or 0 for c in row.candidates.filter(elected=True)]
        yes, carried = min(won, default=0), bool(won)
    else:
        result = (row.vote.result if row.vote else None) or {}
        yes, carried = result.get("counts", {}).get("yes", 0), bool(result.get("carried"))
    return Proof(
        item=row.item, carried=carried, in_force=row.recognised_on is not None, yes=yes,
        all=row.all_households or 0, threshold=SHARE, on=row.voted_on,
    )  # fmt: skip


def register_village_kinds() -> None:
    register(INITIATIVE, model=Initiative)
    register(CONVENTION, model=Convention)
    register(ELECTION, model=Election)
    register_proof("convention", convention_proof)
    register_proof("election", election_proof)
    words_add(acts=ACTS, facts=FACTS, codes=CODES)
