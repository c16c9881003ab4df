"""What is published when a vote closes, so that anyone counts it again without our program.

vote.json: question, options, the shares of the law. rolls.json: village, households, hash.
tallies.csv: the agreed figures of each place. ballots.csv: receipt and choice of each online
ballot, by receipt. result.json: what we counted.
"""

from __future__ import annotations

import csv
import hashlib
import io
import json
from collections.abc import Iterable, Sequence
from typing import Any

from django.utils import timezone

from dongthuan.core.law.values import Threshold
from dongthuan.work.decisions.models import Ballot, PublishedFile, Roll, Station, Vote
from dongthuan.work.decisions.voting.thresholds import share

FIGURES = ("issued", "returned", "missing", "valid", "blank", "spoilt")


def files_of(vote: Vote, rolls: Sequence[Roll], result: dict[str, Any]) -> list[PublishedFile]:
    """The files of a vote, not yet saved."""
    return [
        _file(vote, "vote.json", _json(_about(vote))),
        _file(vote, "rolls.json", _json([_roll(roll) for roll in rolls])),
        _file(vote, "tallies.csv", _tallies(vote)),
        _file(vote, "ballots.csv", _ballots(vote)),
        _file(vote, "result.json", _json(result)),
    ]


def _file(vote: Vote, name: str, body: str) -> PublishedFile:
    digest = hashlib.sha256(body.encode()).hexdigest()
    return PublishedFile(vote=vote, name=name, body=body, sha256=digest)


def _json(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, indent=1, sort_keys=True) + "\n"


def _about(vote: Vote) -> dict[str, Any]:
    on = timezone.localdate(vote.closes_at)
    villages = share(vote.threshold_villages, on) if vote.threshold_villages else None
    return {
        "code": vote.matter.code, "question": vote.question, "options": vote.options,
        "choices_max": vote.choices_max, "methods": vote.methods,
        "opens_at": vote.opens_at.isoformat(), "closes_at": vote.closes_at.isoformat(),
        "share": _share(share(vote.threshold, on)),
        "share_of_villages": _share(villages) if villages else None,
    }  # fmt: skip


def _share(threshold: Threshold) -> list[Any]:
    """[">=", 2, 3]: part * 3 >= whole * 2."""
    return [threshold.sign, threshold.amount.numerator, threshold.amount.denominator]


def _roll(roll: Roll) -> dict[str, Any]:
    return {
        "village": roll.village.code, "name": roll.village.name, "households": roll.count,
        "sha256": roll.sha256,
    }  # fmt: skip


def _tallies(vote: Vote) -> str:
    rows = []
    for station in Station.objects.filter(roll__vote=vote, agreed__isnull=False).select_related(
        "roll__village", "agreed"
    ):
        tally = station.agreed
        figures = [getattr(tally, name) for name in FIGURES]
        counts = [tally.counts[key] for key in vote.labels] if tally else []
        rows.append([station.roll.village.code, station.pk, station.method, *figures, *counts])
    return _csv(["village", "place", "method", *FIGURES, *vote.labels], rows)


def _ballots(vote: Vote) -> str:
    rows = (
        Ballot.objects.filter(vote=vote)
        .order_by("receipt")
        .values_list("roll__village__code", "receipt", "choice")
    )
    return _csv(["village", "receipt", "choice"], rows)


def _csv(head: Sequence[str], rows: Iterable[Sequence[Any]]) -> str:
    """Codes, numbers and keys only: nothing in it can be read as a formula."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(head)
    writer.writerows(rows)
    return out.getvalue()
