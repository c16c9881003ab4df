"""Many petitions at once: model instances into their tables by COPY, in the caller's transaction.

A child of Matter lies in two tables, which `bulk_create` cannot fill; and COPY is several times
faster than INSERT. The instances must be complete: ids from `ids_reserve`, codes from
`codes_reserve`, nothing left to a default of the database.
"""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from functools import cache
from operator import attrgetter
from typing import Any

from django.db import connection, models
from psycopg import Connection, sql
from psycopg.types.json import Jsonb

from dongthuan.core.matters.models import (
    Duty,
    Entry,
    EntryPayload,
    Matter,
    Projection,
    Submission,
)
from dongthuan.core.people.models import Citizen
from dongthuan.core.units.models import Unit
from dongthuan.work.petitions.models import Petition

_CODES = """
INSERT INTO matters_codesequence (unit_id, year, last)
SELECT * FROM unnest(%s::bigint[], %s::smallint[], %s::int[])
ON CONFLICT (unit_id, year) DO UPDATE SET last = matters_codesequence.last + excluded.last
RETURNING unit_id, year, last
"""


@dataclass
class Rows:
    """What is to be written, table by table; the order of the fields is the order of writing."""

    citizens: list[Citizen] = field(default_factory=list)
    petitions: list[Petition] = field(default_factory=list)
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
        sql.SQL(", ").join(sql.Identifier(f.column) for f in fields),
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
