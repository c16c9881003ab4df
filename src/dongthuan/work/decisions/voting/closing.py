"""Closing: every figure is checked once more, the count is made, the files are published.

Before it nothing in the program computes what was chosen; after it the database refuses any
change. Whoever wants to know how a vote stands learns the turnout, and only that.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import asdict, dataclass
from typing import Any

from django.db import transaction
from django.db.models import Count
from django.utils import timezone
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from dongthuan.core import clock
from dongthuan.core.matters.errors import MatterError
from dongthuan.core.people.actors import Actor
from dongthuan.core.text import clean
from dongthuan.work.decisions.models import (
    YES,
    Ballot,
    Cast,
    Method,
    PublishedFile,
    Roll,
    Station,
    Vote,
)
from dongthuan.work.decisions.voting.ballots import urn_shuffle
from dongthuan.work.decisions.voting.publishing import files_of
from dongthuan.work.decisions.voting.rights import lead_check
from dongthuan.work.decisions.voting.rolls import vote_locked, vote_record
from dongthuan.work.decisions.voting.stations import differences
from dongthuan.work.decisions.voting.thresholds import carries, share, villages_carry


@dataclass(frozen=True)
class VillageResult:
    """Voices of one village: `all` households of the roll, `voted` of them, by option."""

    code: str
    name: str
    all: int
    voted: int
    counts: dict[str, int]
    blank: int
    spoilt: int
    missing: int
    passed: bool


@dataclass(frozen=True)
class Result:
    """The count. `passed`: for each option whether it reaches the share of all households (and of
    villages where commune-wide). `carried`: whether 'yes' does, or any candidate."""

    all: int
    voted: int
    counts: dict[str, int]
    blank: int
    spoilt: int
    missing: int
    share: str
    share_villages: str
    villages_passed: int
    passed: dict[str, bool]
    carried: bool
    on: str
    villages: list[VillageResult]

    @property
    def yes(self) -> int:
        return self.counts.get(YES, 0)


def vote_result(vote: Vote) -> Result | None:
    """The count of a closed vote; None before, whoever asks."""
    if vote.result is None:
        return None
    held: dict[str, Any] = dict(vote.result)
    villages = [VillageResult(**village) for village in held.pop("villages")]
    return Result(**held, villages=villages)


@dataclass(frozen=True)
class Turnout:
    """How many households of a village have used their voice: the only figure before the close."""

    roll: Roll
    all: int
    voted: int


def turnout(vote: Vote) -> list[Turnout]:
    voted = dict(
        Cast.objects.filter(vote=vote).values_list("line__roll").annotate(n=Count("id")).order_by()
    )
    return [
        Turnout(roll, roll.count, voted.get(roll.pk, 0))
        for roll in vote.rolls.select_related("village")
    ]


@transaction.atomic
def vote_close(*, acting: Actor, vote: Vote) -> Result:
    """Close and count, for good. Raises MatterError naming what does not add up.

    A vote by household ballot or online is not closed before its time, unless every household
    has voted; a meeting's as soon as its figures are agreed.
    """
    vote = vote_locked(vote)
    lead_check(acting, vote)
    rolls = list(vote.rolls.select_related("village"))
    if vote.state != Vote.State.OPEN:
        raise MatterError(_("The vote is not open."))
    now = clock.now()
    if not vote.is_over:
        raise MatterError(_("The vote runs until its time has come; nobody counts before."))
    places = Station.objects.filter(roll__vote=vote).select_related("roll__village", "agreed")
    for station in places:
        _check_station(vote, station, over=now >= vote.closes_at)
    urn_shuffle(vote)
    result = _count(vote, rolls, timezone.localdate(min(now, vote.closes_at)))
    files = files_of(vote, rolls, result_json(result))
    vote.state, vote.closed_at, vote.result = Vote.State.CLOSED, now, result_json(result)
    vote.save(update_fields=["state", "closed_at", "result"])
    PublishedFile.objects.bulk_create(files)
    facts = {
        "counts": [f"{vote.labels[key]}: {n}" for key, n in result.counts.items()],
        "all": result.all,
        "carried": result.carried,
        "files": [f"{file.name} {file.sha256}" for file in files],
    }
    vote_record(vote, acting, "vote.closed", facts)
    return result


def result_json(result: Result) -> dict[str, Any]:
    return asdict(result)


def _check_station(vote: Vote, station: Station, *, over: bool) -> None:
    """Nothing is closed over figures that do not add up, nor over a meeting still to come."""
    taken = station.casts.count()
    label = station.name or capfirst(Method(station.method).label)
    place = f"{label} ({station.roll.village.name})"
    tally = station.agreed
    if tally is None:
        last = station.tallies.filter(attempt=station.attempt - 1).last()
        wrong = differences(vote, last, station) if last else []
        if taken or last:
            raise MatterError(
                _("%(place)s: the figures of two people do not agree yet. %(why)s")
                % {"place": place, "why": " ".join(wrong)}
            )
        if not over:
            raise MatterError(_("%(place)s has not been counted yet.") % {"place": place})
        return  # its time is over and nobody came
    if wrong := differences(vote, tally, station):
        raise MatterError(f"{place}: {' '.join(wrong)}")
    if not station.tallies.filter(attempt=tally.attempt).exclude(scan=None).exists():
        raise MatterError(_("%(place)s: attach the scan of the minutes.") % {"place": place})
    if station.method != Method.HANDS:
        if not 3 <= len(station.team) <= 5:
            raise MatterError(
                _("%(place)s: name the counting team of three to five.") % {"place": place}
            )
        if station.witnesses.count() != 2:
            raise MatterError(
                _("%(place)s: name the two households that witnessed the count.") % {"place": place}
            )


def _count(vote: Vote, rolls: list[Roll], on: dt.date) -> Result:
    asked = share(vote.threshold, on)
    voted = {found.roll.pk: found.voted for found in turnout(vote)}
    passed: dict[str, list[bool]] = {key: [] for key in vote.labels}
    villages = []
    for roll in rolls:
        counts, lost = _sums(vote, roll)
        reached = {key: carries(asked, counts[key], roll.count) for key in counts}
        for key, is_reached in reached.items():
            passed[key].append(is_reached)
        villages.append(
            VillageResult(
                roll.village.code, roll.village.name, roll.count, voted[roll.pk], counts, **lost,
                passed=_any(vote, reached),
            )
        )  # fmt: skip
    if vote.threshold_villages:
        wanted = share(vote.threshold_villages, on)
        final = {key: villages_carry(wanted, votes) for key, votes in passed.items()}
    else:
        final = {key: all(votes) for key, votes in passed.items()}
    return Result(
        all=sum(village.all for village in villages),
        voted=sum(village.voted for village in villages),
        counts={key: sum(village.counts[key] for village in villages) for key in vote.labels},
        blank=sum(village.blank for village in villages),
        spoilt=sum(village.spoilt for village in villages),
        missing=sum(village.missing for village in villages),
        share=str(asked),
        share_villages=str(share(vote.threshold_villages, on)) if vote.threshold_villages else "",
        villages_passed=sum(village.passed for village in villages),
        passed=final,
        carried=_any(vote, final),
        on=on.isoformat(),
        villages=villages,
    )


def _any(vote: Vote, reached: dict[str, bool]) -> bool:
    return reached[YES] if YES in reached else any(reached.values())


def _sums(vote: Vote, roll: Roll) -> tuple[dict[str, int], dict[str, int]]:
    counts = dict.fromkeys(vote.labels, 0)
    lost = {"blank": 0, "spoilt": 0, "missing": 0}
    for choice, n in (
        Ballot.objects.filter(vote=vote, roll=roll).values_list("choice").annotate(n=Count("id"))
    ).order_by():
        counts[choice] += n
    for station in roll.stations.exclude(agreed=None).select_related("agreed"):
        tally = station.agreed
        if tally is None:
            continue
        for key in counts:
            counts[key] += tally.counts[key]
        for name in lost:
            lost[name] += getattr(tally, name)
    return counts, lost


@transaction.atomic
def vote_void(*, acting: Actor, vote: Vote, reason: str) -> Vote:
    """End a vote without a count: the meeting was too small, or it cannot be saved. For good."""
    vote = vote_locked(vote)
    lead_check(acting, vote)
    if not vote.is_running:
        raise MatterError(_("This vote has ended."))
    if not clean(reason):
        raise MatterError(_("Say why the vote ends without a count."), field="reason")
    vote.state, vote.void_reason = Vote.State.VOID, clean(reason)[:500]
    vote.closed_at = clock.now()
    vote.save(update_fields=["state", "void_reason", "closed_at"])
    vote_record(vote, acting, "vote.void", {"reason": vote.void_reason})
    return vote
