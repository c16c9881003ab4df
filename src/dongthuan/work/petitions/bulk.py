"""Many petitions at once: model instances into their tables by COPY, in the caller's transaction.

A child of Matter lies in two tables, which `bulk_create` cannot fill; and COPY is several times
faster than INSERT. The instances must be complete: ids from `ids_reserve`, codes from
`codes_reserve`, nothing left to a default of the database.
"""

from __future__ import annotations

import datetime as dt
import json
import secrets
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from functools import cache
from operator import attrgetter
from typing import Any, TypeVar

from django.contrib.postgres.fields import ArrayField
from django.db import connection, models
from django.db.models.base import ModelState
from django.utils import timezone
from psycopg import Connection, sql
from psycopg.types.json import Jsonb

from dongthuan.core.calendar import CalendarError
from dongthuan.core.law import RuleError, deadline
from dongthuan.core.matters.entries import commit
from dongthuan.core.matters.models import (
    Audience,
    Duty,
    DutyState,
    Entry,
    EntryPayload,
    Matter,
    Projection,
    Submission,
)
from dongthuan.core.people.models import Citizen
from dongthuan.core.units.models import Unit
from dongthuan.work.petitions.models import Complaint, Petition

M = TypeVar("M", bound=models.Model)

_CODES = """
INSERT INTO matters_codesequence (unit_id, year, last)
SELECT * FROM unnest(%s::bigint[], %s::smallint[], %s::int[])
ON CONFLICT (unit_id, year) DO UPDATE SET last = matters_codesequence.last + excluded.last
RETURNING unit_id, year, last
"""


@dataclass
class Rows:
    """What is to be written, table by table."""

    citizens: list[Citizen] = field(default_factory=list)
    petitions: list[Petition] = field(default_factory=list)
    complaints: list[Complaint] = field(default_factory=list)
    submissions: list[Submission] = field(default_factory=list)
    duties: list[Duty] = field(default_factory=list)
    entries: list[Entry] = field(default_factory=list)
    payloads: list[EntryPayload] = field(default_factory=list)
    projections: list[Projection] = field(default_factory=list)

    def tables(self) -> list[tuple[type[models.Model], Sequence[models.Model]]]:
        return [
            (Citizen, self.citizens),
            (Matter, self.petitions),
            (Petition, self.petitions),
            (Complaint, self.complaints),
            (Submission, self.submissions),
            (Duty, self.duties),
            (Entry, self.entries),
            (EntryPayload, self.payloads),
            (Projection, self.projections),
        ]

    def __len__(self) -> int:
        return sum(len(rows) for _model, rows in self.tables())


def rows_copy(rows: Rows, raw: Connection[Any] | None = None) -> None:
    """Write everything; `raw` is Django's own connection when another thread does the writing."""
    raw = raw or raw_connection()
    for model, instances in rows.tables():
        if instances:
            _copy(raw, model, instances)


def keys_give(rows: Rows) -> None:
    """Primary keys for the duties and entries; until now an entry's key was its place in the list,
    by which its payload knows it."""
    for duty, key in zip(rows.duties, ids_reserve(Duty, len(rows.duties)), strict=True):
        duty.pk = key
    keys = ids_reserve(Entry, len(rows.entries))
    for payload in rows.payloads:
        payload.entry_id = keys[payload.entry_id]
    for entry, key in zip(rows.entries, keys, strict=True):
        entry.pk = key


@cache
def _defaults(model: type[models.Model]) -> tuple[dict[str, Any], tuple[str, ...]]:
    """What the columns of a model are by default, and those that begin as a list of their own."""
    values, lists = {}, []
    for f in model._meta.concrete_fields:
        if isinstance(f, ArrayField):
            lists.append(f.attname)
        elif not f.generated:
            values[f.attname] = f.get_default()
    return values, tuple(lists)


def drafted(model: type[M], **columns: Any) -> M:
    """An unsaved row, complete but for `columns`; a tenth of the price of calling the model."""
    values, lists = _defaults(model)
    row = model.__new__(model)
    row._state = ModelState()
    row.__dict__.update(values)
    for name in lists:
        row.__dict__[name] = []
    row.__dict__.update(columns)
    return row


def raw_connection() -> Connection[Any]:
    """The driver's connection under Django's, so that COPY joins the open transaction."""
    connection.ensure_connection()
    found: Connection[Any] = connection.connection
    return found


@cache
def _layout(model: type[models.Model]) -> tuple[sql.Composed, Any, tuple[int, ...]]:
    """The COPY statement of a table, a reader of its columns and the places that hold JSON."""
    fields = [f for f in model._meta.local_concrete_fields if not f.generated]
    statement = sql.SQL("COPY {} ({}) FROM STDIN").format(
        sql.Identifier(model._meta.db_table),
        sql.SQL(", ").join([sql.Identifier(str(f.column)) for f in fields]),
    )
    documents = tuple(i for i, f in enumerate(fields) if isinstance(f, models.JSONField))
    return statement, attrgetter(*(f.attname for f in fields)), documents


def _copy(
    raw: Connection[Any], model: type[models.Model], instances: Iterable[models.Model]
) -> None:
    statement, values, documents = _layout(model)
    with raw.cursor() as cursor, cursor.copy(statement) as copy:
        for instance in instances:
            row = values(instance)
            if documents:
                row = list(row)
                for place in documents:
                    # Ready JSON text stays as it is: the generator computes it once for many rows.
                    if not isinstance(row[place], str):
                        row[place] = Jsonb(row[place])
            copy.write_row(row)


def ids_reserve(model: type[models.Model], count: int) -> list[int]:
    """New primary keys from the table's own sequence: nobody else can get them."""
    if not count:
        return []
    table, column = model._meta.db_table, model._meta.pk.column
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT nextval(pg_get_serial_sequence(%s, %s)) FROM generate_series(1, %s)",
            [table, column, count],
        )
        return sorted(row[0] for row in cursor.fetchall())


def codes_reserve(days: Iterable[tuple[Unit, dt.date]]) -> list[str]:
    """A public code for each (unit, day), in the order given; all sequences move in one UPDATE.

    The year in a code is that of the day, as `code_next` writes it.
    """
    wanted = [(unit, day) for unit, day in days]
    counts = Counter((unit.pk, day.year) for unit, day in wanted)
    keys = sorted(counts)
    if not keys:
        return []
    with connection.cursor() as cursor:
        cursor.execute(
            _CODES, [[u for u, _y in keys], [y for _u, y in keys], [counts[k] for k in keys]]
        )
        following = {(u, y): last - counts[(u, y)] for u, y, last in cursor.fetchall()}
    codes = []
    for unit, day in wanted:
        key = (unit.pk, day.year)
        following[key] += 1
        codes.append(f"{unit.code.removesuffix('-ubnd')}-{day:%y}-{following[key]:06d}")
    return codes


# -- drafts: the rows that services write one by one, not yet written ------------------------------


class DutyDraft:
    """Duties with their dates, computed once for each rule, day and set of conditions."""

    def __init__(self, *, now: dt.datetime) -> None:
        self.now = now
        self._known: dict[tuple[str, dt.date, tuple[str, ...]], dict[str, Any] | None] = {}

    def duty(
        self,
        *,
        matter: Matter,
        rule: str,
        anchor: str,
        at: dt.datetime,
        conditions: Sequence[str] = (),
    ) -> Duty | None:
        """The duty of a rule from a moment on, unsaved; None when that day had no such rule."""
        key = (rule, timezone.localdate(at), tuple(sorted(conditions)))
        if key not in self._known:
            self._known[key] = self._compute(*key)
        columns = self._known[key]
        if columns is None:
            return None
        return drafted(
            Duty,
            matter_id=matter.pk,
            unit_id=matter.unit_id,
            path=matter.path,
            rule=rule,
            anchor=anchor,
            anchor_at=at,
            conditions=list(key[2]),
            **columns,
        )

    def _compute(
        self, rule: str, day: dt.date, conditions: tuple[str, ...]
    ) -> dict[str, Any] | None:
        try:
            found = deadline(key=rule, anchor=day, conditions=conditions, now=self.now)
        except (RuleError, CalendarError):
            return None
        if found.due_at:
            raise ValueError(f"{rule} runs by the hour; its anchor must not be kept as a day")
        return {
            "version_from": found.version_from,
            "basis": found.basis[:200],
            "term": found.term[:20],
            "evidence": found.evidence,
            "due_on": found.due_on,
            "steps": json.dumps(found.as_json()["steps"], ensure_ascii=False),
        }


def entry_draft(
    *,
    place: int,
    matter: Matter,
    at: dt.datetime,
    act: str,
    audience: Audience,
    before: str = "",
    after: str = "",
    actor_id: int | None = None,
    actor_label: str = "",
    facts: dict[str, Any] | None = None,
    payload: dict[str, Any] | None = None,
    salt: bytes = b"",
) -> tuple[Entry, EntryPayload | None]:
    """An entry and its payload behind the commitment, as `entry_append` writes them.

    `place`: where it will stand in `Rows.entries`, until `keys_give`.
    """
    salt = salt or (secrets.token_bytes(32) if payload else b"")
    entry = drafted(
        Entry,
        id=place,
        matter_id=matter.pk,
        at=at,
        act=act,
        actor_id=actor_id,
        actor_label=actor_label[:160],
        unit_id=matter.unit_id,
        audience=int(audience),
        before=before,
        after=after,
        facts=facts or {},
        commitment=commit(salt, payload) if payload else None,
    )
    if not payload:
        return entry, None
    return entry, drafted(EntryPayload, entry_id=place, salt=salt, body=payload)


def next_due_settle(matter: Matter, duties: Iterable[Duty]) -> None:
    """The soonest running duty on its matter, as `matter_settle` chooses it."""
    running = [duty for duty in duties if duty.state == DutyState.OPEN]
    first = min(running, key=lambda duty: duty.due_on, default=None)
    matter.next_due_on = first.due_on if first else None
    matter.next_rule = first.rule if first else ""
