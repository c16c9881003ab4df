"""What the worker does for the room by itself."""

from __future__ import annotations

from django.conf import settings
from procrastinate.contrib.django import app

from dongthuan.core import clock
from dongthuan.core.people.actors import SYSTEM
from dongthuan.core.units.selectors import communes_in_use
from dongthuan.work.supervision.gatherings import gatherings_open


# Every morning rather than on one: what is there is left alone, and a worker may have been down.
@app.periodic(cron="23 5 * * *")
@app.task(name="supervision.year", queueing_lock="supervision.year")
def year(timestamp: int) -> None:
    """The conferences that are owed this year stand open, each once."""
    for commune in communes_in_use(settings.SCOPE):
        gatherings_open(acting=SYSTEM, commune=commune, year=clock.today().year)
