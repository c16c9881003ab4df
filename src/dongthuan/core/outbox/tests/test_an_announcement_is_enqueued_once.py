from __future__ import annotations

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext

from dongthuan.core.outbox.models import Message

pytestmark = pytest.mark.django_db


def jobs() -> list[tuple]:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT task_name, args FROM procrastinate_jobs"
            " WHERE status = 'todo' AND task_name LIKE 'outbox.%'"
        )
        return cursor.fetchall()


def test_it_takes_two_queries(announce):
    with (
        transaction.atomic(),
        CaptureQueriesContext(
            connection,
        ) as queries,
    ):
        announce("matter-1/received")
    assert len(queries) == 2


def test_the_same_key_is_announced_once(announce):
    first = announce("matter-1/received")
    again = announce("matter-1/received", body="Nội dung khác.")
    assert again is None
    assert Message.objects.get().body == first.body == "Đơn của bà đã được tiếp nhận.\n"
    assert len(jobs()) == 1


def test_the_job_knows_only_the_number_of_the_row(announce):
    message = announce("matter-1/received")
    assert jobs() == [("outbox.send", f'{{"message_id": {message.pk}}}')]


def test_the_language_of_the_moment_is_written_down(announce):
    assert announce("matter-1/received").language == "vi"
    assert announce("matter-2/received", language="en").language == "en"


def test_a_subject_of_several_lines_becomes_one_line(announce):
    assert announce(subject="Tin về\nBcc: ai.do@example.vn").subject == (
        "Tin về Bcc: ai.do@example.vn"
    )


def test_an_unknown_channel_is_refused(announce):
    with pytest.raises(ValueError, match="pigeon"):
        announce(channel="pigeon")
    assert not Message.objects.exists()
