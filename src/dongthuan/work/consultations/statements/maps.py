"""The map of a consultation: its votes as a file, computed by the worker when they change."""

from __future__ import annotations

import csv
import hashlib
import io
import tempfile
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from django.db import connection, transaction
from django.db.models import Max

from dongthuan.core import clock
from dongthuan.core.text import clean
from dongthuan.work.consultations.figures import residents_of
from dongthuan.work.consultations.models import Consultation, Participation
from dongthuan.work.consultations.opinion_map import VERSION, OpinionMap, opinion_map
from dongthuan.work.consultations.opinion_map.projection import extremity
from dongthuan.work.consultations.opinion_map.reading import votes_read
from dongthuan.work.consultations.opinion_map.votes import VotesError
from dongthuan.work.consultations.services import villages_of
from dongthuan.work.consultations.statements.models import MapResult, Statement, StatementVote
from dongthuan.work.consultations.statements.publishing import participants, published
from dongthuan.work.consultations.weighting import rake

FEWEST_WEIGHED = 10
COUNTED = ("open", "closed")
_VOTES = """
COPY (
  SELECT 0, NULL, s.number, v.person, v.value
  FROM (
    SELECT statement_id, value, dense_rank() OVER (ORDER BY voice) AS person
    FROM consultations_statementvote WHERE consultation_id = %s
  ) v JOIN consultations_statement s ON s.id = v.statement_id
  ORDER BY s.number, v.person
) TO STDOUT (FORMAT csv)
"""


def votes_csv(matter: Consultation) -> bytes:
    """All votes in the form of Polis. Participants are numbered anew in the order of pseudonyms,
    which is no order of anything; no time is told, because a time may tell a person.
    """
    out = io.BytesIO(b"")
    out.write(b"timestamp,datetime,comment-id,voter-id,vote\n")
    with connection.cursor() as cursor, cursor.copy(_VOTES, (matter.pk,)) as copy:
        for block in copy:
            out.write(block)
    return out.getvalue()


def statements_csv(matter: Consultation) -> str:
    """comments.csv of Polis: the statements, which of them were taken out, which are about the
    process. Words that were taken out stay out."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(["comment-id", "agrees", "disagrees", "moderated", "is-meta", "comment-body"])
    for one in matter.statements.order_by("number"):
        shown = one.state == Statement.State.SHOWN
        writer.writerow([
            one.number, one.agreed, one.disagreed, 1 if shown else -1,
            "true" if one.about_process else "false", _safe(one.text) if shown else "",
        ])  # fmt: skip
    return out.getvalue()


def _safe(text: str) -> str:
    """A cell that no spreadsheet takes for a formula."""
    text = clean(text)
    return f"'{text}" if text[:1] in "=+-@\t\r" else text


def map_find(matter: Consultation) -> MapResult | None:
    return MapResult.objects.filter(consultation=matter, version=VERSION).first()


def map_compute(matter: Consultation) -> MapResult:
    """Compute the map anew if votes or statements have changed since. One row, the newest map."""
    at = clock.now()
    votes, statements = votes_csv(matter), statements_csv(matter)
    digest = hashlib.sha256(votes + statements.encode()).hexdigest()
    known = map_find(matter)
    if known and known.input_hash == digest:
        known.made_at = at
        known.save(update_fields=["made_at"])
        return known
    found = map_of_files(votes, statements)
    data = published(found, _weights(matter))
    _reach(matter, found)
    made, _new = MapResult.objects.update_or_create(
        consultation=matter,
        version=VERSION,
        defaults={"input_hash": digest, "data": data, "made_at": at},
    )
    return made


def map_of_files(votes: bytes, statements: str) -> OpinionMap:
    """The map of the very files that are published: whoever has them finds the same."""
    with tempfile.TemporaryDirectory() as folder:
        file, comments = Path(folder, "votes.csv"), Path(folder, "comments.csv")
        file.write_bytes(votes)
        comments.write_text(statements, "utf-8")
        return opinion_map(votes_read(file, comments=comments))


def map_participants(matter: Consultation) -> Mapping[str, int]:
    """The groups by number of participant, as the published file gives them."""
    try:
        return participants(map_of_files(votes_csv(matter), statements_csv(matter)))
    except VotesError:
        return {}


def _reach(matter: Consultation, found: OpinionMap) -> None:
    """Extremity for the next draws (rule 13)."""
    reach = extremity(found.projection, found.votes.zeroed).tolist()
    by_number = dict(zip(found.votes.statements, reach, strict=True))
    rows = list(matter.statements.filter(number__in=by_number).only("id", "number", "extremity"))
    for row in rows:
        row.extremity = by_number[row.number]
    with transaction.atomic():
        Statement.objects.bulk_update(rows, ["extremity"], batch_size=1000)


def _weights(matter: Consultation) -> dict[int, float]:
    """Weights by number of participant, for those who said village, age and sex."""
    voices = _ranked(matter)
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


def _ranked(matter: Consultation) -> dict[str, int]:
    """Voice to the number it has in votes.csv. Sorted by the database, so that both agree."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT voice, dense_rank() OVER (ORDER BY voice) FROM"
            " (SELECT DISTINCT voice FROM consultations_statementvote"
            " WHERE consultation_id = %s) v",
            (matter.pk,),
        )
        rows: Iterable[Any] = cursor.fetchall()
    return dict(rows)


def maps_refresh() -> int:
    """Compute every map that is behind its votes; returns how many. Called each minute."""
    newest = dict(
        StatementVote.objects.filter(consultation__state__in=COUNTED)
        .order_by()
        .values_list("consultation")
        .annotate(at=Max("given_at"))
    )
    made = dict(
        MapResult.objects.filter(consultation__in=newest, version=VERSION)
        .exclude(input_hash="")
        .values_list("consultation", "made_at")
    )
    behind = [pk for pk, at in newest.items() if pk not in made or made[pk] <= at]
    for matter in Consultation.objects.filter(pk__in=behind).select_related("unit"):
        map_compute(matter)
    return len(behind)
