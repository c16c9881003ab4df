"""What the worker does for the room by itself."""

from __future__ import annotations

from procrastinate.contrib.django import app

from dongthuan.core.people.actors import SYSTEM
from dongthuan.work.recommendations.hearings import areas_in_use, hearings_open


# Every morning rather than on one: what is there is left alone, and a worker may have been down.
@app.periodic(cron="31 5 * * *")
@app.task(name="recommendations.half_year", queueing_lock="recommendations.half_year")
def half_year(timestamp: int) -> None:
    """The hearings that are owed in this half-year stand open, each once."""
    for area in areas_in_use():
        hearings_open(acting=SYSTEM, area=area)
