"""What the worker does for the room by itself."""

from __future__ import annotations

from django.conf import settings
from procrastinate.contrib.django import app

from dongthuan.core import clock
from dongthuan.core.people.actors import SYSTEM
from dongthuan.core.units.selectors import communes_in_use
from dongthuan.work.emulation.services import cycles_owed


@app.periodic(cron="27 5 * * *")
@app.task(name="emulation.year", queueing_lock="emulation.year")
def year(timestamp: int) -> None:
    """The year of the movement stands open in every commune, each once."""
    for commune in communes_in_use(settings.SCOPE):
        cycles_owed(acting=SYSTEM, commune=commune, year=clock.today().year)
