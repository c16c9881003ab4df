"""What the worker does for the API by itself."""

from __future__ import annotations

from procrastinate.contrib.django import app

from dongthuan.core.people.throttle import buckets_sweep


@app.periodic(cron="29 * * * *")
@app.task(name="api.sweep_buckets", queueing_lock="api.sweep_buckets")
def api_sweep_buckets(timestamp: int) -> None:
    """Each hour: throw away counters of attempts that say nothing any more."""
    buckets_sweep()
