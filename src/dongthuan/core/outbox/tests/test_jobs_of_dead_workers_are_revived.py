from __future__ import annotations

import pytest
from django.db import connection

from dongthuan.core.outbox.models import Message
from dongthuan.core.outbox.services import outbox_sweep
from dongthuan.core.outbox.tests.conftest import wait_until


@pytest.fixture
def worker_vanished(start_worker, announce):
    """A message whose job is in the hands of a worker that was last heard of an hour ago."""
    announce()
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO procrastinate_workers (last_heartbeat)"
            " VALUES (now() - interval '1 hour') RETURNING id"
        )
        (gone,) = cursor.fetchone()
        cursor.execute("UPDATE procrastinate_jobs SET status = 'doing', worker_id = %s", [gone])
        # The minute's job, asked for now: the test does not wait for the clock.
        cursor.execute(
            "INSERT INTO procrastinate_jobs (task_name, queue_name, args)"
            " VALUES ('jobs.revive', 'default', '{\"timestamp\": 0}')"
        )


def left_over() -> int:
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM procrastinate_jobs WHERE status IN ('todo', 'doing')")
        return cursor.fetchone()[0]


def test_a_job_whose_worker_vanished_is_run_by_another(start_worker, worker_vanished):
    start_worker()
    assert wait_until(lambda: Message.objects.get().state == "sent")


def test_a_job_that_waits_a_second_time_is_run_once(start_worker, worker_vanished, post_office):
    assert outbox_sweep()["requeued"] == 1
    start_worker()
    assert wait_until(lambda: Message.objects.get().state == "sent" and left_over() == 0)
    assert len(post_office.arrived) == 1
