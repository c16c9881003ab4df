"""The map of a consultation: computed by the worker from its votes, published in steps.

While votes can still come in, two published maps a vote apart would tell that vote. So the map that
everybody sees then leaves out the last ten voices or more, and is renewed only when ten more have
come in; the last map, made with the synthesis, therefore also differs from it by ten at least.
The votes themselves are never given out: whoever knows a few of somebody's votes would find their
row, and with it all the others.
"""

from __future__ import annotations

import csv
import datetime as dt
import hashlib
import io
import tempfile
from collections.abc import Iterable, Mapping
from contextlib import suppress
from pathlib import Path
from typing import Any

from django.db import connection, transaction
from django.db.models import Max
from django.utils.dateparse import parse_datetime

from dongthuan.core import clock
from dongthuan.core.tables import table_csv
from dongthuan.work.consultations.figures import residents_of
from dongthuan.work.consultations.models import Consultation, Participation
from dongthuan.work.consultations.opinion_map import VERSION, OpinionMap, opinion_map
from dongthuan.work.consultations.opinion_map.projection import extremity
from dongthuan.work.consultations.opinion_map.reading import votes_read
from dongthuan.work.consultations.opinion_map.votes import VotesError
from dongthuan.work.consultations.services import villages_of
from dongthuan.work.consultations.statements.models import MapResult, Statement, StatementVote
from dongthuan.work.consultations.statements.publishing import published
from dongthuan.work.consultations.weighting import rake

FEWEST_WEIGHED = 10
HELD_BACK = 10  # voices
COUNTED = ("open", "closed")
_VOTES = """
COPY (
  SELECT 0, NULL, s.number, v.person, v.value
  FROM (
    SELECT statement_id, value, dense_rank() OVER (ORDER BY voice) AS person
    FROM consultations_statementvote
    WHERE consultation_id = %s AND given_at < coalesce(%s::timestamptz, 'infinity')
  ) v JOIN consultations_statement s ON s.id = v.statement_id
  ORDER BY s.number, v.person
) TO STDOUT (FORMAT csv)
"""


def votes_csv(matter: Consultation, before: dt.datetime | None = None) -> bytes:
    """The votes given before a moment in the form of Polis, for the computation alone: never given
    out. Participants are numbered in the order of pseudonyms, which is no order of anything.
    """
    out = io.BytesIO(b"")
    out.write(b"timestamp,datetime,comment-id,voter-id,vote\n")
    with connection.cursor() as cursor, cursor.copy(_VOTES, (matter.pk, before)) as copy:
        for block in copy:
            out.write(block)
    return out.getvalue()


def statements_csv(matter: Consultation) -> str:
    """comments.csv of Polis for the computation: which statements were taken out, which are about
    the process."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(["comment-id", "agrees", "disagrees", "moderated", "is-meta", "comment-body"])
    for one in matter.statements.order_by("number"):
        shown = one.state == Statement.State.SHOWN
        writer.writerow([
            one.number, one.agreed, one.disagreed, 1 if shown else -1,
            "true" if one.about_process else "false", "",
        ])  # fmt: skip
    return out.getvalue()


def counts_csv(data: Mapping[str, Any], texts: Mapping[int, str]) -> bytes:
    """What a published map counted, by statement and group: from it anybody computes its shares,
    intervals, tests and rankings again (rules 11 to 13). A row of all people and one for each group
    shown; cells that are kept back are empty.
    """
    names = [group["name"] for group in data["groups"]]
    rows: list[list[Any]] = []
    for row in data["all"]:
        said = [row["n"], row["agree"], row["disagree"], row["passes"]]
        rows.append([row["number"], "", *said, texts.get(row["number"], "")])
        for name, cell in zip(names, row["by"], strict=False):
            n, agree, disagree = cell or (None, None, None)
            passes = n - agree - disagree if n is not None else None
            rows.append([row["number"], name, n, agree, disagree, passes, ""])
    head = ["statement", "group", "voted", "agreed", "disagreed", "passed", "text"]
    return table_csv(head, rows)


def map_find(matter: Consultation) -> MapResult | None:
    return MapResult.objects.filter(consultation=matter, version=VERSION).first()


def map_compute(matter: Consultation, before: dt.datetime | None = None) -> MapResult:
    """Compute the map that is published anew, from the votes given before a moment (None: all).

    One row, the newest map. Raises VotesError where the votes make no map.
    """
    at = clock.now()
    votes, statements = votes_csv(matter, before), statements_csv(matter)
    digest = hashlib.sha256(votes + statements.encode()).hexdigest()
    known = map_find(matter)
    if known and known.input_hash == digest:
        known.made_at = at
        known.data["until"] = before.isoformat() if before else None
        known.save(update_fields=["made_at", "data"])
        return known
    found = map_of_files(votes, statements)
    data = published(found, _weights(matter, before))
    data["until"] = before.isoformat() if before else None
    _reach(matter, found)
    made, _new = MapResult.objects.update_or_create(
        consultation=matter,
        version=VERSION,
        defaults={"input_hash": digest, "data": data, "made_at": at},
    )
    return made


def map_of_files(votes: bytes, statements: str) -> OpinionMap:
    """The map of votes and statements in the form of Polis, by the program that everybody has."""
    with tempfile.TemporaryDirectory() as folder:
        file, comments = Path(folder, "votes.csv"), Path(folder, "comments.csv")
        file.write_bytes(votes)
        comments.write_text(statements, "utf-8")
        return opinion_map(votes_read(file, comments=comments))


def map_whole(matter: Consultation) -> dict[str, Any] | None:
    """What the map of all the votes there are would publish, kept nowhere: for the office, which
    must answer what it brings out. None without votes."""
    if not StatementVote.objects.filter(consultation=matter).exists():
        return None
    try:
        return published(map_of_files(votes_csv(matter), statements_csv(matter)))
    except VotesError:
        return None


def map_final(matter: Consultation) -> None:
    """The last map, of all votes: nothing comes in any more."""
    if StatementVote.objects.filter(consultation=matter).exists():
        with suppress(VotesError):
            map_compute(matter)


def _reach(matter: Consultation, found: OpinionMap) -> None:
    """Extremity for the next draws (rule 13)."""
    reach = extremity(found.projection, found.votes.zeroed).tolist()
    by_number = dict(zip(found.votes.statements, reach, strict=True))
    rows = list(matter.statements.filter(number__in=by_number).only("id", "number", "extremity"))
    for row in rows:
        row.extremity = by_number[row.number]
    with transaction.atomic():
        Statement.objects.bulk_update(rows, ["extremity"], batch_size=1000)


def _weights(matter: Consultation, before: dt.datetime | None) -> dict[int, float]:
    """Weights by number of participant, for those who said village, age and sex."""
    voices = _ranked(matter, before)
    parts = Participation.objects.filter(consultation=matter).exclude(voice="").values_list(
        "voice", "village_id", "band", "sex"
    )  # fmt: skip
    marks = {
        voices[voice]: {"village": str(village), "band": band, "sex": sex}
        for voice, village, band, sex in parts.iterator()
        if voice in voices and village and band and sex
    }
    residents = residents_of(matter, villages_of(matter))
    if len(marks) < FEWEST_WEIGHED or not all(residents.values()):
        return {}
    raked = rake(list(marks.values()), residents)
    return dict(zip(marks, raked.weights, strict=True)) if raked.converged else {}


def _ranked(matter: Consultation, before: dt.datetime | None) -> dict[str, int]:
    """Voice to the number it has in votes.csv. Sorted by the database, so that both agree."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT voice, dense_rank() OVER (ORDER BY voice) FROM"
            " (SELECT DISTINCT voice FROM consultations_statementvote"
            " WHERE consultation_id = %s AND given_at < coalesce(%s::timestamptz, 'infinity')) v",
            (matter.pk, before),
        )
        rows: Iterable[Any] = cursor.fetchall()
    return dict(rows)


def maps_refresh() -> int:
    """Publish every map to which ten voices or more can be added; returns how many. Called each
    minute, while votes come in."""
    newest = dict(
        StatementVote.objects.filter(consultation__state__in=COUNTED)
        .order_by()
        .values_list("consultation")
        .annotate(at=Max("given_at"))
    )
    known = {row.consultation_id: row for row in MapResult.objects.filter(version=VERSION)
             .filter(consultation__in=newest)}  # fmt: skip
    behind = [pk for pk, at in newest.items() if _stale(known.get(pk), at)]
    return sum(
        _step(matter, known.get(matter.pk))
        for matter in Consultation.objects.filter(pk__in=behind).select_related("unit")
    )


def _stale(known: MapResult | None, at: dt.datetime) -> bool:
    return known is None or not known.input_hash or _until(known) <= at


def _until(known: MapResult) -> dt.datetime:
    """Up to when votes are in a map."""
    return parse_datetime(known.data.get("until") or "") or known.made_at


def _step(matter: Consultation, known: MapResult | None) -> bool:
    """Publish a map if ten voices are new in it; after a statement was taken out, the same votes
    once more."""
    before = _held_back(matter)
    if before is None:
        return False
    fresh = StatementVote.objects.filter(consultation=matter, given_at__lt=before)
    if known is not None:
        fresh = fresh.filter(given_at__gte=_until(known))
    if fresh.values("voice").distinct().count() < HELD_BACK:
        if known is None or known.input_hash:
            return False
        before = _until(known)
    try:
        map_compute(matter, before)
    except VotesError:
        return False
    return True


def _held_back(matter: Consultation) -> dt.datetime | None:
    """Votes before this moment are published: ten voices have voted since. None: too few voices."""
    last = (
        StatementVote.objects.filter(consultation=matter)
        .values("voice")
        .annotate(at=Max("given_at"))
        .order_by("-at")
        .values_list("at", flat=True)[HELD_BACK - 1 : HELD_BACK]
    )
    return next(iter(last), None)
