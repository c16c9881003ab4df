"""Bulk loads beside their ceiling: the same rows by bare COPY into bare tables, indexes after."""

from __future__ import annotations

import re
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from random import Random
from typing import Any

import xlsxwriter
from django.db import connection
from psycopg import sql

TABLES = {
    "people_citizen": "id",
    "matters_matter": "id",
    "petitions_petition": "matter_ptr_id",
    "matters_submission": "id",
    "matters_duty": "id",
    "matters_entry": "id",
    "matters_entrypayload": "entry_id",
    "matters_projection": "matter_id",
}
MOST_TO_COPY = 20_000  # matters; the ceiling of more is that of these, row by row


def generating(matters: int) -> dict[str, Any]:
    from dongthuan.generator import generate

    before = last_keys()
    done = generate(matters=matters)
    made = sum(done["counts"].values())
    bare = bare_copy(before, share=min(1.0, MOST_TO_COPY / matters))
    return result(f"generate {matters:,} matters", made, done["seconds"], *bare)


def importing(unit: Any, rows: int) -> dict[str, Any]:
    from dongthuan.work.petitions.ledger import submissions_import

    before = last_keys()
    with tempfile.TemporaryDirectory() as folder:
        path = ledger(Path(folder) / "so-tiep-cong-dan.xlsx", rows)
        began = time.monotonic()
        done = submissions_import(path=path, unit_code=unit.code)
        seconds = time.monotonic() - began
    if done.imported != rows:
        raise SystemExit(f"of {rows} rows {done.imported} were imported")
    bare_rows, bare_seconds = bare_copy(before, share=1.0)
    return result(f"import {rows:,} ledger rows", bare_rows, seconds, bare_rows, bare_seconds)


def result(
    name: str, rows: int, seconds: float, bare_rows: int, bare_seconds: float
) -> dict[str, Any]:
    ours, bare = rows / seconds, bare_rows / bare_seconds
    return {
        "name": name,
        "seconds": round(seconds, 2),
        "rows": rows,
        "rows_per_second": round(ours),
        "bare_copy_rows_per_second": round(bare),
        "ratio": round(ours / bare, 3),
    }


def ledger(path: Path, rows: int) -> Path:
    """A ledger of form 03/TCD with invented lines."""
    from dongthuan.generator.texts import Writer
    from dongthuan.generator.topics import TOPICS

    rng = Random(rows)
    writer = Writer(rng)
    book = xlsxwriter.Workbook(path, {"constant_memory": True})
    sheet = book.add_worksheet()
    sheet.write_row(0, 0, (
        "STT", "Ngày tiếp", "Họ tên, địa chỉ", "CCCD", "Nội dung đơn", "Loại đơn", "Số người",
        "Cơ quan đã giải quyết", "Thuộc thẩm quyền", "Hướng dẫn", "Cơ quan thụ lý",
        "Theo dõi kết quả giải quyết", "Ghi chú",
    ))  # fmt: skip
    for number in range(1, rows + 1):
        kind, name = rng.choice(("PA", "PA", "PA", "KNg", "KN", "TC")), writer.name()
        place = writer.village()
        sheet.write_row(number, 0, (
            number, f"{rng.randint(1, 28):02}/{rng.randint(1, 10):02}/2026", f"{name}, {place}",
            f"{rng.randrange(10**11, 10**12)}",
            writer.text(kind={"KN": "complaint", "TC": "denunciation"}.get(kind, "feedback"),
                        topic=rng.choice(list(TOPICS)), area="phường", place=place, name=name,
                        year=2026) + f" (dòng {number})",
            kind, 1, "", rng.choice(("x", "")), "", "",
            rng.choice(("", "Đang giải quyết", "Đã trả lời ngày 12/11/2026")), "",
        ))  # fmt: skip
    book.close()
    return path


def last_keys() -> dict[str, int]:
    with connection.cursor() as cursor:
        found = {}
        for table, key in TABLES.items():
            query = sql.SQL("SELECT coalesce(max({}), 0) FROM {}")
            query = query.format(sql.Identifier(key), sql.Identifier(table))
            cursor.execute(query.as_string(connection.connection))
            found[table] = cursor.fetchone()[0]
    return found


def bare_copy(after: dict[str, int], *, share: float) -> tuple[int, float]:
    """(rows, seconds) of writing the newest rows again: COPY, then the same indexes."""
    rows, seconds = 0, 0.0
    for table, key in TABLES.items():
        with rows_of(table, key, after[table], share) as (copied, data, columns):
            began = time.monotonic()
            rebuild(table, data, columns)
            seconds += time.monotonic() - began
            rows += copied
    return rows, seconds


@contextmanager
def rows_of(
    table: str, key: str, after: int, share: float
) -> Iterator[tuple[int, list[bytes], sql.Composable]]:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT column_name FROM information_schema.columns WHERE table_name = %s"
            " AND is_generated = 'NEVER' ORDER BY ordinal_position",
            [table],
        )
        columns = sql.SQL(", ").join(sql.Identifier(row[0]) for row in cursor.fetchall())
        found = {"t": sql.Identifier(table), "k": sql.Identifier(key), "c": columns}
        last = sql.SQL("SELECT max({k}) FROM {t}").format(**found)
        cursor.execute(last.as_string(connection.connection))
        end = after + int((cursor.fetchone()[0] - after) * share)
        query = sql.SQL("COPY (SELECT {c} FROM {t} WHERE {k} > {a} AND {k} <= {z}) TO STDOUT")
        query = query.format(a=after, z=end, **found)
        with cursor.copy(query.as_string(connection.connection)) as copy:
            data = [bytes(block) for block in copy]
    yield sum(block.count(b"\n") for block in data), data, columns


def rebuild(table: str, data: list[bytes], columns: sql.Composable) -> None:
    """The same rows into a new table like the old one; then its indexes; then it goes."""
    with connection.cursor() as cursor:
        cursor.execute(f'DROP TABLE IF EXISTS "bare_{table}"')
        cursor.execute(
            f'CREATE TABLE "bare_{table}" (LIKE "{table}" INCLUDING ALL EXCLUDING INDEXES)'
        )
        query = sql.SQL("COPY {} ({}) FROM STDIN").format(sql.Identifier(f"bare_{table}"), columns)
        with cursor.copy(query.as_string(connection.connection)) as copy:
            for block in data:
                copy.write(block)
        cursor.execute("SELECT indexdef FROM pg_indexes WHERE tablename = %s", [table])
        for (definition,) in cursor.fetchall():
            definition = re.sub(r"INDEX (\w+) ON ", r"INDEX bare_\1 ON ", definition)
            cursor.execute(definition.replace(f"public.{table} ", f'public."bare_{table}" '))
        cursor.execute(f'DROP TABLE "bare_{table}"')
