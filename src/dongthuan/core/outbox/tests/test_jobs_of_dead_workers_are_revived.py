from __future__ import annotations

from django.db import connection

from dongthuan.core.outbox.models import Message
from dongthuan.core.outbox.tests.conftest import wait_until


def test_a_job_whose_worker_vanished_is_run_by_another(start_worker, announce):
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
    start_worker()
    assert wait_until(lambda: Message.objects.get().state == "sent")
