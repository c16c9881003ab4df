"""Those who would like to know who denounced: what each of them can do, and that it is not enough.

Another officer, the administrator and the denounced head stand in the tests of the desk; here are
those who come from below: a reader of the database without the role, the running application
without the key, whoever has a copy of everything, and whoever reads the logs.
"""

from __future__ import annotations

import logging
import os
import re
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import psycopg
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import ProgrammingError, connection, transaction

from dongthuan.core.matters.errors import MatterError
from dongthuan.core.units.models import Unit
from dongthuan.work.denunciations import vault
from dongthuan.work.denunciations.services import denunciation_create
from dongthuan.work.denunciations.tests.matters import PASSPHRASE, key_of

# Marked words that stand nowhere else; also as a dump might write them.
MARKS = ("Vết Tên Kín", "0905888777", "vếtnộidungkín", "vettepkin", "vet.ten@vidu.vn")
TABLES = ("setting", "official_key", "matter_key", "wrap", "item")
READER = "dongthuan_test_reader"
APP = "dongthuan_test_app"


def marks_in(text: str) -> list[str]:
    hexed = [mark.encode().hex() for mark in MARKS]
    return [mark for mark in (*MARKS, *hexed) if mark.casefold() in text.casefold()]


def denounce_marked(people: Any) -> Any:
    key_of(people, "sealed")
    paper = SimpleUploadedFile("vettepkin.txt", "vếtnộidungkín trong tệp".encode())
    return denunciation_create(
        acting=people.citizen,
        place=Unit.objects.get(code="21439"),
        letter={"text": "Ông B nhận tiền, vếtnộidungkín.", "whom": "Ông B vếtnộidungkín"},
        identity={"name": "Vết Tên Kín", "phone": "0905888777", "email": "vet.ten@vidu.vn"},
        channel="web",
        uploads=[paper],
    )


@pytest.fixture
def lived(people: Any) -> Any:
    """A denunciation that was answered, read, noted on and worked on."""
    from dongthuan.core.matters.services import matter_note

    receipt = denounce_marked(people)
    matter = receipt.matter
    vault.vault_message(acting=people.sealed, matter=matter, text="Vết Tên Kín có giấy không?")
    thread = vault.vault_thread(receipt=receipt.digits)
    assert thread
    vault.vault_reply(thread=thread, text="Có, vếtnộidungkín. Gọi 0905888777.")
    matter_note(acting=people.sealed, matter_id=matter.pk, text="Đã gặp Vết Tên Kín.")
    vault.vault_read(
        acting=people.sealed, matter=matter, passphrase=PASSPHRASE, reason="kiểm tra ban đầu"
    )
    return receipt


# -- readers of the database ----------------------------------------------------------------------


@pytest.fixture
def roles() -> Iterator[None]:
    """A reader of the public schema, and an application role set up as docs/running.md says."""
    made = f"""
    DO $$ BEGIN
      IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = '{READER}') THEN
        CREATE ROLE {READER} NOLOGIN;
      END IF;
      IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = '{APP}') THEN
        CREATE ROLE {APP} NOLOGIN NOINHERIT;
      END IF;
    EXCEPTION WHEN duplicate_object OR unique_violation THEN NULL;
    END $$;
    GRANT USAGE ON SCHEMA public TO {READER}, {APP};
    GRANT SELECT ON ALL TABLES IN SCHEMA public TO {READER};
    GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA public TO {APP};
    GRANT USAGE, SELECT ON ALL SEQUENCES IN SCHEMA public TO {APP};
    GRANT dongthuan_vault TO {APP};
    """
    with connection.cursor() as cursor:
        cursor.execute(made)
    yield
    with connection.cursor() as cursor:
        cursor.execute("RESET SESSION AUTHORIZATION")


@pytest.mark.parametrize("table", TABLES)
@pytest.mark.parametrize("role", [READER, APP])
def test_neither_a_reader_nor_the_application_by_itself_can_select_from_the_vault(
    people: Any, roles: None, role: str, table: str
) -> None:
    denounce_marked(people)
    with (
        pytest.raises(ProgrammingError, match="permission denied"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(f"SET LOCAL SESSION AUTHORIZATION {role}")
        cursor.execute(f"SELECT count(*) FROM vault.{table}")


def test_a_reader_cannot_take_the_role_of_the_vault(people: Any, roles: None) -> None:
    with (
        pytest.raises(ProgrammingError, match="permission denied"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(f"SET LOCAL SESSION AUTHORIZATION {READER}")
        cursor.execute("SET LOCAL ROLE dongthuan_vault")


def test_the_application_works_in_the_vault_only_inside_its_one_door(
    people: Any, roles: None
) -> None:
    receipt = denounce_marked(people)
    with transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute(f"SET LOCAL SESSION AUTHORIZATION {APP}")
        vault.vault_message(acting=people.sealed, matter=receipt.matter, text="Xin chào.")
        view = vault.vault_read(
            acting=people.sealed, matter=receipt.matter, passphrase=PASSPHRASE, reason="kiểm tra"
        )
        assert view.identity["name"] == "Vết Tên Kín"
        with connection.cursor() as cursor:
            cursor.execute("SELECT current_user")
            assert cursor.fetchone()[0] == APP
            cursor.execute("RESET SESSION AUTHORIZATION")


def test_the_role_of_the_vault_reads_nothing_outside_it(people: Any) -> None:
    from dongthuan.work.denunciations.vault.tables import vault_role

    with pytest.raises(ProgrammingError, match="permission denied"), vault_role() as cursor:
        cursor.execute("SELECT count(*) FROM matters_matter")


def test_an_error_in_the_vault_gives_the_role_back(people: Any) -> None:
    from dongthuan.work.denunciations.vault.tables import vault_role

    with connection.cursor() as cursor:
        cursor.execute("SELECT current_user")
        before = cursor.fetchone()
    with pytest.raises(ZeroDivisionError), vault_role():
        raise ZeroDivisionError
    with connection.cursor() as cursor:
        cursor.execute("SELECT current_user")
        assert cursor.fetchone() == before


def test_whoever_reads_every_table_with_every_right_finds_only_sealed_bytes(lived: Any) -> None:
    """The owner of the whole database, with the key of the server, without a passphrase."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT format('%I.%I', table_schema, table_name) FROM information_schema.tables"
            " WHERE table_schema NOT IN ('pg_catalog', 'information_schema')"
            " AND table_type = 'BASE TABLE'"
        )
        tables = [row[0] for row in cursor.fetchall()]
        assert "vault.item" in tables and "public.matters_entry" in tables
        for table in tables:
            with cursor.copy(f"COPY {table} TO STDOUT") as copy:
                text = b"".join(bytes(block) for block in copy).decode("utf-8", "replace")
            assert not marks_in(text), table
            assert lived.digits not in text, table


def test_the_server_alone_cannot_open_what_it_has_sealed(lived: Any, settings: Any) -> None:
    """All that lies on the server is its SECRET_KEY and the database; neither locks anything."""
    from dongthuan.work.denunciations.vault import crypto
    from dongthuan.work.denunciations.vault.tables import rows

    ((content, seq, sort),) = rows(
        "SELECT content, seq, sort FROM vault.item WHERE matter_id = %s AND sort = 'identity'",
        [lived.matter.pk],
    )
    context = f"item:{lived.matter.pk}:{seq}:{sort}".encode()
    for guess in (settings.SECRET_KEY.encode()[:32], b"\0" * 32, b"1" * 32):
        with pytest.raises(crypto.WrongKey):
            crypto.unseal(guess, content, context=context)


def test_a_row_copied_to_another_matter_opens_nothing(people: Any, lived: Any) -> None:
    """Who may write the tables cannot make an official open one matter under another's name."""
    from dongthuan.work.denunciations.vault.tables import run

    other = denounce_marked(people)
    run(
        "UPDATE vault.wrap SET sealed = (SELECT w.sealed FROM vault.wrap w WHERE w.matter_id = %s"
        " AND w.holder = 'official' LIMIT 1) WHERE matter_id = %s AND holder = 'official'",
        [lived.matter.pk, other.matter.pk],
    )
    with pytest.raises(MatterError):
        vault.vault_read(
            acting=people.sealed, matter=other.matter, passphrase=PASSPHRASE, reason="kiểm tra"
        )


# -- a copy of everything -------------------------------------------------------------------------


def _dump(*options: str) -> str:
    """What pg_dump writes of the test database, committed rows included."""
    known = connection.settings_dict
    embedded = __import__("django.conf", fromlist=["settings"]).settings
    program = str(embedded.LOCAL_DB.bin / "pg_dump") if embedded.EMBEDDED else "pg_dump"
    if not Path(program).exists():
        program = shutil.which("pg_dump") or ""
    env = os.environ | {"PGPASSWORD": str(known["PASSWORD"] or "")}
    done = subprocess.run(
        [
            program, "--host", known["HOST"], "--port", str(known["PORT"] or 5432),
            "--username", known["USER"], *options, known["NAME"],
        ],
        capture_output=True, check=True, env=env,
    )  # fmt: skip
    return done.stdout.decode("utf-8", "replace")


@pytest.mark.django_db(transaction=True)
def test_a_backup_of_all_schemas_has_no_plain_word_and_one_of_the_others_no_trace(
    people: Any,
) -> None:
    receipt = denounce_marked(people)
    whole = _dump()
    assert "vault.item" in whole and receipt.code in whole
    assert not marks_in(whole)
    assert receipt.digits not in whole
    rest = _dump("--exclude-schema=vault")
    assert not re.search(r"\bCOPY vault\.", rest)
    assert not marks_in(rest)


# -- logs -----------------------------------------------------------------------------------------


def test_a_reader_of_all_logs_finds_nothing(people: Any, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    caplog.set_level(logging.DEBUG, logger="django.db.backends")
    connection.force_debug_cursor = True  # as if somebody had turned every statement on
    try:
        receipt = denounce_marked(people)
        with pytest.raises(MatterError):
            vault.vault_read(
                acting=people.sealed,
                matter=receipt.matter,
                passphrase="vếtnộidungkín-sai",
                reason="kiểm tra",
            )
        view = vault.vault_read(
            acting=people.sealed, matter=receipt.matter, passphrase=PASSPHRASE, reason="kiểm tra"
        )
    finally:
        connection.force_debug_cursor = False
    assert "vault.item" in caplog.text
    assert not marks_in(caplog.text)
    assert PASSPHRASE not in caplog.text and receipt.digits not in caplog.text
    for thing in (view, view.items[0], receipt, vault.vault_thread(receipt=receipt.digits)):
        assert not marks_in(repr(thing)) and receipt.digits not in repr(thing)


def test_the_log_of_the_database_server_shows_no_content_even_of_a_failing_statement(
    people: Any,
) -> None:
    """What is handed to the server is already sealed, so whatever it logs is sealed too."""
    receipt = denounce_marked(people)
    from dongthuan.work.denunciations.vault.tables import vault_role

    with pytest.raises(psycopg.Error) as error, vault_role() as cursor:
        cursor.connection.execute(
            "INSERT INTO vault.item SELECT * FROM vault.item WHERE matter_id = %s",
            [receipt.matter.pk],
        )
    assert not marks_in(str(error.value))
