"""No file of the ledger without its record; the record is never changed."""

from __future__ import annotations

import datetime as dt
import io
from typing import Any

import pytest
from django.db import Error, connection, transaction
from openpyxl import load_workbook

from dongthuan.core import clock
from dongthuan.core.matters.errors import MatterError, NotAllowed
from dongthuan.work.receptions.ledger import ledger_take, takings
from dongthuan.work.receptions.models import LedgerTaking
from dongthuan.work.receptions.tests.conftest import turn

SINCE, UNTIL = dt.date(2026, 7, 1), dt.date(2026, 12, 31)


def take(actor: Any, office: Any, **fields: Any) -> bytes:
    return ledger_take(acting=actor, unit=office, **({"since": SINCE, "until": UNTIL} | fields))


def test_who_took_which_period_is_written_down(people: Any, office: Any, opened: Any) -> None:
    turn(people.intake, opened)
    body = take(people.intake, office)
    assert load_workbook(io.BytesIO(body)).sheetnames == ["Mẫu 03-TCD"]
    [row] = takings(actor=people.head, unit=office)
    assert (row.unit, row.since, row.until, row.lines) == (office, SINCE, UNTIL, 1)
    assert row.account_id == people.intake.account_id
    assert row.label == people.intake.label_for(office.path)
    assert row.at == clock.now()


def test_what_is_refused_leaves_no_trace(people: Any, office: Any) -> None:
    with pytest.raises(NotAllowed):
        take(people.other_intake, office)
    with pytest.raises(MatterError):
        take(people.intake, office, until=SINCE - dt.timedelta(days=1))
    assert not LedgerTaking.objects.exists()


def test_others_do_not_read_who_took_it(people: Any, office: Any) -> None:
    with pytest.raises(NotAllowed):
        takings(actor=people.other_intake, unit=office)


def test_the_record_cannot_be_changed_or_deleted(people: Any, office: Any) -> None:
    take(people.intake, office)
    connection.cursor().execute("SET CONSTRAINTS ALL IMMEDIATE")
    for statement in (
        "UPDATE receptions_ledgertaking SET lines = 0",
        "DELETE FROM receptions_ledgertaking",
        "TRUNCATE receptions_ledgertaking",
    ):
        with pytest.raises(Error, match="pgtrigger"), transaction.atomic():
            connection.cursor().execute(statement)
    assert LedgerTaking.objects.count() == 1


@pytest.mark.parametrize("times", [10, 100])
def test_the_newest_come_first_in_one_query(
    people: Any, office: Any, times: int, django_assert_num_queries: Any
) -> None:
    LedgerTaking.objects.bulk_create(
        LedgerTaking(
            unit=office, since=SINCE, until=UNTIL, lines=n, at=clock.now(),
            account_id=people.intake.account_id, label="",
        )
        for n in range(times)
    )  # fmt: skip
    with django_assert_num_queries(1):
        rows = takings(actor=people.intake, unit=office)
        assert {row.account.name for row in rows} == {people.intake.name}
    assert [row.lines for row in rows] == list(range(times - 1, max(times - 21, -1), -1))
