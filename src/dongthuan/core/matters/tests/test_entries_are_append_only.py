"""The database itself refuses to change or remove an entry, whoever asks."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import Error, connection, transaction

from dongthuan.core.matters.entries import payload_erase, payload_holds
from dongthuan.core.matters.models import Entry, EntryPayload


def test_update_is_refused(submit: Any) -> None:
    entry = Entry.objects.get(matter=submit().matter)
    with pytest.raises(Error, match="pgtrigger"), transaction.atomic():
        Entry.objects.filter(pk=entry.pk).update(act="feedback.close")
    assert Entry.objects.get(pk=entry.pk).act == "petition.received"


def test_delete_is_refused(submit: Any) -> None:
    entry = Entry.objects.get(matter=submit().matter)
    EntryPayload.objects.filter(entry=entry).delete()
    with pytest.raises(Error, match="pgtrigger"), transaction.atomic():
        Entry.objects.filter(pk=entry.pk).delete()
    assert Entry.objects.filter(pk=entry.pk).exists()


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE matters_entry SET facts = '{}'",
        "DELETE FROM matters_entry",
        "TRUNCATE matters_entry CASCADE",
    ],
)
def test_plain_sql_is_refused(submit: Any, statement: str) -> None:
    submit()
    EntryPayload.objects.all().delete()
    before = Entry.objects.count()
    with pytest.raises(Error), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)
    assert Entry.objects.count() == before > 0


def test_the_commitment_opens_with_its_payload_and_with_nothing_else(submit: Any) -> None:
    entry = Entry.objects.get(matter=submit().matter)
    assert payload_holds(entry)
    payload = EntryPayload.objects.get(entry=entry)
    payload.body = {**payload.body, "text_sha256": "0" * 64}
    payload.save()
    assert not payload_holds(entry)


def test_erasure_destroys_the_payload_and_leaves_the_entry(people: Any, submit: Any) -> None:
    entry = Entry.objects.get(matter=submit().matter)
    payload_erase(entry=entry, acting=people.head, reason="yêu cầu xóa dữ liệu cá nhân")
    kept = Entry.objects.get(pk=entry.pk)
    assert kept.commitment is not None
    assert not EntryPayload.objects.filter(entry=entry).exists()
    assert Entry.objects.filter(matter=entry.matter, act="payload.erased").count() == 1
