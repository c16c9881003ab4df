"""Reaching the tables of the vault, and nothing else: the role, and the few statements.

The application's own role cannot read the schema. Inside `vault_role()` the running transaction
takes the role of the vault, which in turn can read nothing outside it, so that the change in the
vault and the Entry beside it commit together or not at all.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any

from django.db import connection, transaction


@contextmanager
def vault_role() -> Iterator[Any]:
    """A cursor in the role of the vault. An error inside undoes the change of role with the rest.

    Not to be nested, and nothing but tables of the vault can be reached within.
    """
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SET LOCAL ROLE dongthuan_vault")
        yield cursor
        cursor.execute("RESET ROLE")


def rows(sql: str, values: Sequence[Any] = ()) -> list[tuple[Any, ...]]:
    """What one statement answers, read in the role of the vault; bytes as bytes."""
    with vault_role() as cursor:
        cursor.execute(sql, values)
        return [tuple(map(_plain, row)) for row in cursor.fetchall()]


def row(sql: str, values: Sequence[Any] = ()) -> tuple[Any, ...] | None:
    found = rows(sql, values)
    return found[0] if found else None


def run(sql: str, values: Sequence[Any] = ()) -> int:
    """Change the vault by one statement; how many rows it touched."""
    with vault_role() as cursor:
        cursor.execute(sql, values)
        return int(cursor.rowcount)


def _plain(value: Any) -> Any:
    return bytes(value) if isinstance(value, memoryview | bytearray) else value
