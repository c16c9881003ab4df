"""Rows that many tests begin with: loaded by the services once, copied in afterwards."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from django.db import connection, transaction

from dongthuan.core.units.demo import demo_units_load

UNITS = ("units_unit", "units_unitname", "units_succession", "units_position")
# What the first load in this process wrote, by name and table; copying it takes milliseconds.
_ROWS: dict[str, dict[str, bytes]] = {}


def loaded_once(name: str, tables: Sequence[str], load: Callable[[], None]) -> None:
    """Do what `load` does to empty tables; its change log is written only the first time."""
    with transaction.atomic(), connection.cursor() as cursor:
        if name not in _ROWS:
            load()
            _ROWS[name] = {}
            for table in tables:
                with cursor.copy(f"COPY {table} TO STDOUT") as copy:
                    _ROWS[name][table] = b"".join(bytes(block) for block in copy)
            return
        cursor.execute("SET LOCAL session_replication_role = replica")
        for table, rows in _ROWS[name].items():
            with cursor.copy(f"COPY {table} FROM STDIN") as copy:
                copy.write(rows)
        cursor.execute("SET LOCAL session_replication_role = origin")


def units_of_the_example() -> None:
    """The units of Quảng Ngãi, past and present, and the positions of Đức Phổ."""
    loaded_once("units", UNITS, lambda: demo_units_load(everywhere=False))
