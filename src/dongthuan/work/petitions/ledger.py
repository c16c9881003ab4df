"""Importing a reception ledger kept in a spreadsheet: all of it or nothing, every bad row named.

The 13 columns of form 03/TCD (Nghị định 154/2026/NĐ-CP, since 1 July 2026) [P]: 1 number · 2 date
· 3 name, address · 4 ID document · 5 content · 6 type · 7 number of people · 8 body that already
settled it · 9 in competence (x) · 10 guided to · 11 body that accepts, number of the transfer ·
12 result · 13 note. Before that day the form had 12 columns (Thông tư 04/2021/TT-TTCP) [S]; taken
here as the same without column 4, the ID standing with name and address [Ml].

Columns are found by their headings, in any order. What the ledger does not say is not invented:

* “KN” is khiếu nại, as in the form's own list; kiến nghị is “KNg” or written out; “KN/PA” and
  “kiến nghị, phản ánh” together are kiến nghị.
* The state follows the columns: a result that ends the matter (settled, withdrawn, returned,
  stored, not accepted), else guided, else transferred, else accepted, else classified.
* Dates of later steps are taken from the texts where they stand (“… ngày 15/7/2026”). A duty whose
  end is not written is waived with that reason: it counts neither as kept nor as late.
* A denunciation (TC) goes into the vault, row and all: of its content nothing stays outside. It is
  received anew, or closed where the ledger says how it ended; its steps are not invented. What is
  under way owes its check from today, for the ledger does not say what was checked.
* Duties are computed from the day of the row, under the rules of that day. A day without a rule
  or calendar gives no duty. Accepted on an unknown day: the term runs from the day of the row.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import secrets
import uuid
from collections import Counter
from collections.abc import Iterable, Iterator
from contextlib import suppress
from dataclasses import asdict, dataclass, field
from itertools import groupby
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import IntegrityError, connection, transaction
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from psycopg.errors import UniqueViolation

from dongthuan.core import clock
from dongthuan.core.matters.duties import duty_close
from dongthuan.core.matters.errors import MatterError
from dongthuan.core.matters.kinds import receive_as
from dongthuan.core.matters.models import (
    Audience,
    Channel,
    Duty,
    DutyState,
    Entry,
    EntryPayload,
    Matter,
    Projection,
    Submission,
)
from dongthuan.core.matters.opening import office_of, title_of
from dongthuan.core.people.actors import SYSTEM
from dongthuan.core.people.models import Citizen
from dongthuan.core.people.services import citizen_data
from dongthuan.core.spreadsheet import SheetRefused, sheets_read, spreadsheet_bytes
from dongthuan.core.text import fingerprints
from dongthuan.core.units.errors import UnitError
from dongthuan.core.units.models import Tier, Unit
from dongthuan.core.units.selectors import unit_get
from dongthuan.work.petitions.bulk import (
    DutyDraft,
    Rows,
    codes_reserve,
    entry_draft,
    ids_reserve,
    keys_give,
    next_due_settle,
    rows_copy,
)
from dongthuan.work.petitions.ledger_lines import (
    MOST_ROWS,
    Fate,
    Line,
    fate_of,
    lines_read,
    moment_of,
)
from dongthuan.work.petitions.ledger_table import (
    MOST_HEADER,
    LedgerRefused,
    Problem,
    Table,
    refused,
    table_find,
)
from dongthuan.work.petitions.models import Petition
from dongthuan.work.petitions.opening import (
    DENUNCIATION,
    LEVELS,
    public_title,
)

__all__ = ["ImportResult", "LedgerRefused", "Problem", "submissions_import"]

IMPORTED = gettext_lazy("imported, outcome as in the ledger")
FIRST_DUTY = {"complaint": "kn.accept"}
SETTLING_DUTY = {
    "complaint": "kn.settle1",
    "recommendation": "knpa.answer",
    "feedback": "pa.answer",
}


@dataclass
class ImportResult:
    """What an import did, or would do (`dry_run`), or had done before (`already`)."""

    unit: str
    file: str
    sha256: str
    imported: int = 0
    dry_run: bool = False
    already: bool = False
    kinds: dict[str, int] = field(default_factory=dict)
    states: dict[str, int] = field(default_factory=dict)
    duties: dict[str, int] = field(default_factory=dict)
    codes: list[str] = field(default_factory=list)  # the first and the last of each year
    skipped_rows: list[int] = field(default_factory=list)
    skipped_columns: list[str] = field(default_factory=list)

    def as_json(self) -> dict[str, Any]:
        return asdict(self)

    def __str__(self) -> str:
        said = {"file": self.file, "unit": self.unit, "count": self.imported}
        if self.already:
            return _("%(file)s was imported before (%(count)d rows); nothing was changed.") % said
        if self.dry_run:
            text = _("%(file)s is in order: %(count)d rows for %(unit)s; nothing was written.")
        else:
            text = _("%(count)d rows of %(file)s imported for %(unit)s.")
        text %= said
        if self.codes:
            text += " " + _("Codes: %(codes)s.") % {"codes": ", ".join(self.codes)}
        if self.skipped_columns:
            text += " " + _("Columns that were not recognised and not read: %(columns)s.") % {
                "columns": ", ".join(self.skipped_columns)
            }
        if self.skipped_rows:
            text += " " + _("Rows that are no entries, left out: %(rows)s.") % {
                "rows": ", ".join(map(str, self.skipped_rows[:20]))
            }
        return text


def submissions_import(*, path: Path, unit_code: str, dry_run: bool = False) -> ImportResult:
    """Import a ledger for a unit: a territory's code means its People's Committee.

    Each row becomes a matter with its submission, citizen, entry and duties; all in one
    transaction. The same file again changes nothing and says so. Raises LedgerRefused.
    """
    unit, place = _unit(unit_code)
    try:
        data = spreadsheet_bytes(Path(path))
        sheets = sheets_read(data, most_rows=MOST_ROWS + MOST_HEADER)
    except SheetRefused as refusal:
        raise refused(str(refusal)) from None
    sha = hashlib.sha256(data).hexdigest()
    result = ImportResult(unit=unit.name, file=Path(path).name, sha256=sha, dry_run=dry_run)
    table = table_find(sheets)
    lines, result.skipped_rows = lines_read(table)
    result.skipped_columns = table.unknown
    with transaction.atomic():
        if not dry_run:
            _one_at_a_time(unit)
        if before := _imported_before(sha):
            result.already, result.imported = True, before
            return result
        _check_against_unit(table, lines, unit)
        sealed = [line for line in lines if line.kind == DENUNCIATION]
        batch = _batch(
            [line for line in lines if line.kind != DENUNCIATION], unit, place, sha,
            write=not dry_run,
        )  # fmt: skip
        _tell(result, batch, sealed)
        if dry_run:
            with suppress(_Undone), transaction.atomic():
                _seal(table, sealed, unit, place, sha)
                raise _Undone
        else:
            try:
                rows_copy(batch)
                _seal(table, sealed, unit, place, sha)
            except (UniqueViolation, IntegrityError) as error:
                raise refused(
                    _("Somebody is importing the same rows at this moment; try again.")
                ) from error
    return result


class _Undone(Exception):
    """Takes back what a trial has sealed."""


def _seal(table: Table, lines: list[Line], unit: Unit, place: Unit, sha: str) -> None:
    """The rows that denounce, one by one, into the vault; nobody gets a receipt for them."""
    for line in lines:
        fate = fate_of(line, unit)
        try:
            receive_as(
                kind=DENUNCIATION,
                acting=SYSTEM,
                text=line.text,
                now=clock.now(),
                unit=unit,
                place=place,
                channel=Channel.LEDGER,
                received_at=line.received_at,
                people=line.people,
                identity={
                    "name": line.name, "address": line.address, "id_number": line.id_number,
                },
                closed_at=(
                    (moment_of(fate.end) if fate.end else line.received_at)
                    if fate.is_final
                    else None
                ),
                owed_from=None if fate.state == "classified" else clock.now(),
                more=_written(line),
                # No number of the row: with the ledger at hand it would tell which line it was.
                key=f"ledger-{sha}-{secrets.token_hex(8)}",
            )  # fmt: skip
        except MatterError as error:
            raise LedgerRefused([table.problem(line.row, "type", "TC", str(error))]) from None


def _unit(code: str) -> tuple[Unit, Unit]:
    """The organ that owes the answers, and the territory in which the rows happened."""
    try:
        unit = office_of(unit_get(code=code))
    except UnitError as error:
        raise refused(str(error)) from None
    place = unit
    while place.tier == Tier.ORGAN and place.parent is not None:
        place = place.parent
    return unit, place


def _one_at_a_time(unit: Unit) -> None:
    """Two imports for one unit wait for each other, or both would find nothing imported yet."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtext('ledger'), %s)", [unit.pk])


def _imported_before(sha: str) -> int:
    return Submission.objects.filter(idempotency_key__startswith=f"ledger-{sha}-").count()


def _tell(result: ImportResult, batch: Rows, sealed: list[Line]) -> None:
    """Of what was sealed only the number is told, no state and no code."""
    result.imported = len(batch.petitions) + len(sealed)
    result.kinds = dict(Counter(matter.kind for matter in batch.petitions))
    if sealed:
        result.kinds[DENUNCIATION] = len(sealed)
    result.states = dict(Counter(matter.state for matter in batch.petitions))
    result.duties = dict(Counter(str(duty.state) for duty in batch.duties))
    if not result.dry_run:
        codes = sorted(matter.code for matter in batch.petitions)
        for _year, group in groupby(codes, key=lambda code: code.rpartition("-")[0]):
            first, *rest = group
            result.codes.append(f"{first} – {rest[-1]}" if rest else first)


def _check_against_unit(table: Table, lines: list[Line], unit: Unit) -> None:
    """Rows that another file has already brought; what was sealed cannot be compared any more."""
    problems: list[Problem] = []
    days = [line.day for line in lines]
    known = dict(
        Submission.objects.filter(
            channel=Channel.LEDGER,
            matter__unit=unit,
            received_at__range=(moment_of(min(days)), moment_of(max(days))),
        ).values_list("request_digest", "matter__code")
    )
    for line in lines:
        if code := known.get(line.digest(unit)):
            reason = _("this row was imported before from another file, as %(code)s")
            problems.append(table.problem(line.row, "content", line.text, reason % {"code": code}))
    if problems:
        raise LedgerRefused(problems)


# -- making the rows ------------------------------------------------------------------------------


def _batch(lines: list[Line], unit: Unit, place: Unit, sha: str, *, write: bool) -> Rows:
    """Everything to be written. Without `write` no number is drawn from any sequence."""
    batch, draft, now = Rows(), DutyDraft(now=clock.now()), clock.now()
    with translation.override(settings.LANGUAGE_CODE):  # the record speaks one language
        waived = str(IMPORTED)
    codes: Iterable[str] = [""] * len(lines)
    if write:
        codes = codes_reserve((unit, line.day) for line in lines)
    ids = {
        model: iter(ids_reserve(model, len(lines)) if write else range(1, len(lines) + 1))
        for model in (Matter, Citizen, Submission)
    }
    for line, code in zip(lines, codes, strict=True):
        fate = fate_of(line, unit)
        citizen = _citizen(line, place, next(ids[Citizen]))
        matter = _matter(line, fate, unit, place, code, next(ids[Matter]))
        submission = _submission(line, matter, citizen, unit, sha, next(ids[Submission]))
        entry, payload = _entry(line, matter, submission, sha, now, len(batch.entries))
        duties = list(_duties(line, fate, matter, draft, now, waived))
        next_due_settle(matter, duties)
        batch.citizens.append(citizen)
        batch.petitions.append(matter)
        batch.submissions.append(submission)
        batch.entries.append(entry)
        if payload:
            batch.payloads.append(payload)
        batch.duties += duties
        batch.projections.append(_projection(matter, unit, place))
    if write:
        keys_give(batch)
    return batch


def _citizen(line: Line, place: Unit, pk: int) -> Citizen:
    data = citizen_data(name=line.name, address=line.address)
    return Citizen(pk=pk, place_id=place.pk, **data | {"id_number": line.id_number})


def _matter(line: Line, fate: Fate, unit: Unit, place: Unit, code: str, pk: int) -> Petition:
    title = title_of(line.text)
    ended = moment_of(fate.end) if fate.end else None
    closed = fate.state == "closed"
    accepted = fate.outcome == "accept"
    return Petition(
        id=pk,
        matter_ptr_id=pk,
        kind=line.kind,
        code=code,
        title=title,
        state=fate.state,
        unit_id=unit.pk,
        path=unit.path,
        place_id=place.pk,
        level=LEVELS[line.kind],
        channel=Channel.LEDGER,
        opened_at=line.received_at,
        # Where no day is written the row's own day stands: it puts the matter into its period.
        accepted_at=((None if closed else ended) or line.received_at) if accepted else None,
        decided_at=ended if closed else None,
        closed_at=(ended or line.received_at) if fate.is_final else None,
        submission_count=1,
        person_count=line.people,
        search_text=f"{code}\n{title}\n{line.text}",
        outcome=fate.outcome,
        eligible=fate.eligible,
        in_competence=fate.in_competence,
        guided=fate.outcome == "guide",
        transferred_from_id=unit.pk if fate.outcome == "transfer" else None,
        answer=line.result if closed else "",
        decision=line.document if closed else "",
    )


def _submission(
    line: Line, matter: Petition, citizen: Citizen, unit: Unit, sha: str, pk: int
) -> Submission:
    return Submission(
        pk=pk,
        matter_id=matter.pk,
        uuid=uuid.uuid4(),
        channel=Channel.LEDGER,
        text=line.text,
        citizen_id=citizen.pk,
        people_count=line.people,
        received_at=line.received_at,
        fingerprints=fingerprints(line.text),
        idempotency_key=f"ledger-{sha}-{line.row + 1}",
        request_digest=line.digest(unit),
        ledger={"file": sha, "row": line.row + 1, **_written(line)},
    )


def _written(line: Line) -> dict[str, Any]:
    """What the other columns say, as it stands there."""
    kept = ("no", "settled_by", "in_competence", "guided", "accepted", "result", "note")
    return {name: getattr(line, name) for name in kept if getattr(line, name)}


def _entry(
    line: Line, matter: Petition, submission: Submission, sha: str, now: dt.datetime, place: int
) -> tuple[Entry, EntryPayload | None]:
    return entry_draft(
        place=place,
        matter=matter,
        at=now,
        act="petition.imported",
        audience=Audience.PETITIONER,
        after=matter.state,
        facts={
            "channel": Channel.LEDGER.value,
            "people": line.people,
            "file_sha256": sha,
            "row": line.row + 1,
        },
        payload={
            "submission": str(submission.uuid),
            "text_sha256": hashlib.sha256(line.text.encode()).hexdigest(),
        },
    )


def _projection(matter: Petition, unit: Unit, place: Unit) -> Projection:
    return Projection(
        matter_id=matter.pk,
        code=matter.code,
        kind=matter.kind,
        state=matter.state,
        title=public_title(kind=matter.kind, place=place, unit=unit),
        unit_id=unit.pk,
        path=unit.path,
        place_id=place.pk,
        opened_on=timezone.localdate(matter.opened_at),
        closed_on=timezone.localdate(matter.closed_at) if matter.closed_at else None,
    )


def _duties(
    line: Line, fate: Fate, matter: Petition, draft: DutyDraft, now: dt.datetime, waived: str
) -> Iterator[Duty]:
    """What was owed from the row's day on: still running, ended on a known day, or waived."""
    rules = [rule for rule in ("tcd.result_notice", FIRST_DUTY.get(line.kind, "")) if rule]
    for rule in rules:
        duty = draft.duty(matter=matter, rule=rule, anchor="received", at=line.received_at)
        if duty is None:
            continue
        if fate.state != "classified":
            _close_intake(duty, fate, now, waived)
        yield duty
    if fate.outcome == "accept" and matter.accepted_at:
        rule = SETTLING_DUTY[line.kind]
        duty = draft.duty(matter=matter, rule=rule, anchor="now", at=matter.accepted_at)
        if duty is not None:
            if fate.is_final:
                _close_known(duty, fate, now, waived)
            yield duty


def _close_intake(duty: Duty, fate: Fate, now: dt.datetime, waived: str) -> None:
    """The end of a settled matter says nothing of when it was accepted, unless it came in time."""
    if fate.state == "closed" and (fate.end is None or fate.end > duty.due_on):
        duty_close(duty=duty, now=now, state=DutyState.WAIVED, reason=waived, carried=True)
    else:
        _close_known(duty, fate, now, waived)


def _close_known(duty: Duty, fate: Fate, now: dt.datetime, waived: str) -> None:
    if fate.end is None or fate.state == "withdrawn":
        duty_close(duty=duty, now=now, state=DutyState.WAIVED, reason=waived, carried=True)
    else:
        duty_close(duty=duty, now=moment_of(fate.end))
