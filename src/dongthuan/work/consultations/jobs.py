"""What the worker does for consultations by itself."""

from __future__ import annotations

from procrastinate.contrib.django import app


@app.periodic(cron="* * * * *")
@app.task(name="consultations.opinion_maps", queueing_lock="consultations.opinion_maps")
def opinion_maps(timestamp: int) -> None:
    """Each minute: draw the opinion maps anew whose votes have changed."""
    # scipy takes a second to load, and jobs are read by every command.
    from dongthuan.work.consultations.statements.maps import maps_refresh

    maps_refresh()
