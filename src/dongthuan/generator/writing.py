"""Writing chunk by chunk: a thread of its own, the word indexes built once at the end."""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager

from django.contrib.postgres.indexes import GinIndex
from django.db import connection, models
from psycopg import sql

from dongthuan.core.matters.models import (
    Duty,
    Entry,
    EntryPayload,
    Matter,
    Projection,
    Submission,
)
from dongthuan.core.people.models import Citizen
from dongthuan.work.petitions.bulk import (
    Rows,
    raw_connection,
    rows_copy,
)
from dongthuan.work.petitions.models import Petition

TABLES: tuple[type[models.Model], ...] = (
    Citizen, Matter, Petition, Submission, Duty, Entry, EntryPayload, Projection,
)  # fmt: skip
APART_FROM = 20_000


class Writing:
    """Copies one chunk in a thread while the next is being made: the server has its own core."""

    def __enter__(self) -> Writing:
        self.raw = raw_connection()
        self.pool = ThreadPoolExecutor(1)
        self.running: Future[None] | None = None
        return self

    def start(self, rows: Rows) -> None:
        self.running = self.pool.submit(rows_copy, rows, self.raw)

    def wait(self) -> None:
        if self.running:
            running, self.running = self.running, None
            running.result()

    def __exit__(self, kind: object, *rest: object) -> None:
        try:
            if kind is None:
                self.wait()
        finally:
            self.pool.shutdown(wait=True)


@contextmanager
def indexes_apart(matters: int) -> Iterator[None]:
    """The word indexes are built once at the end, where that is quicker than row by row.

    Dropping and building are part of the transaction: after a failure they stand as before.
    """
    heavy = [
        (model, index)
        for model in TABLES
        for index in model._meta.indexes
        if isinstance(index, GinIndex)
    ]
    if matters < max(APART_FROM, Matter.objects.count() // 2):
        yield
        return
    with connection.schema_editor(atomic=False) as editor:
        for model, index in heavy:
            editor.remove_index(model, index)
    yield
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
    with connection.schema_editor(atomic=False) as editor:
        for model, index in heavy:
            editor.add_index(model, index)


@contextmanager
def links_trusted() -> Iterator[None]:
    """Foreign keys are right by construction; a superuser need not have each checked row by row."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT usesuper FROM pg_user WHERE usename = current_user")
        if not cursor.fetchone()[0]:
            yield
            return
        cursor.execute("SET LOCAL session_replication_role = replica")
        yield
        cursor.execute("SET LOCAL session_replication_role = origin")


def analyze() -> None:
    with connection.cursor() as cursor:
        for model in TABLES:
            table = sql.Identifier(model._meta.db_table)
            cursor.execute(sql.SQL("ANALYZE {}").format(table).as_string(raw_connection()))
