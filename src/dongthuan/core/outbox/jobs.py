"""What the worker does for the outbox. Running a job twice sends nothing twice."""

from __future__ import annotations

from procrastinate import JobContext, exceptions
from procrastinate.contrib.django import app
from procrastinate.jobs import Status

from dongthuan.core.outbox.delivery import message_deliver
from dongthuan.core.outbox.services import TASK, outbox_purge, outbox_sweep


@app.task(name=TASK)
def send_message(message_id: int) -> None:
    """Bring one message out."""
    message_deliver(message_id=message_id)


@app.periodic(cron="* * * * *")
@app.task(name="outbox.sweep", queueing_lock="outbox.sweep")
def sweep(timestamp: int) -> None:
    """Each minute: put right what dead workers left."""
    outbox_sweep()


@app.periodic(cron="11 4 * * *")
@app.task(name="outbox.purge", queueing_lock="outbox.purge")
def purge(timestamp: int) -> None:
    """Each night: erase addresses and texts that are no longer needed."""
    outbox_purge()


@app.periodic(cron="* * * * *")
@app.task(name="jobs.revive", queueing_lock="jobs.revive", pass_context=True)
async def revive(context: JobContext, timestamp: int) -> None:
    """Each minute: give the jobs of dead workers, of whatever room, to the living."""
    manager = context.app.job_manager
    for job in await manager.get_stalled_jobs():
        try:
            await manager.retry_job(job)
        except exceptions.UniqueViolation:
            # The same job is waiting already; the dead one must not stand in the list for ever.
            await manager.finish_job(job, status=Status.FAILED, delete_job=True)


@app.periodic(cron="29 4 * * *")
@app.task(name="jobs.forget", queueing_lock="jobs.forget", pass_context=True)
async def forget(context: JobContext, timestamp: int) -> None:
    """Each night: drop the rows of jobs done more than three days ago."""
    await context.app.job_manager.delete_old_jobs(nb_hours=72)
