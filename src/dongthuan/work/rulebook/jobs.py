"""What the worker does for the rulebook. Running it twice moves nothing twice."""

from __future__ import annotations

from procrastinate.contrib.django import app

from dongthuan.core import clock
from dongthuan.work.rulebook.services import versions_apply


# Hourly rather than at midnight: the worker's clock is not that of Viet Nam, a worker may have been
# down, and a run that finds nothing costs one query a version.
@app.periodic(cron="7 * * * *")
@app.task(name="rulebook.apply", queueing_lock="rulebook.apply")
def apply(timestamp: int) -> None:
    """Each hour: versions whose day has come take over the running duties."""
    versions_apply(now=clock.now())
