"""What the worker does for the rounds. Running it twice opens nothing twice."""

from __future__ import annotations

from procrastinate.contrib.django import app

from dongthuan.core import clock
from dongthuan.work.satisfaction.services import rounds_open


@app.periodic(cron="23 * * * *")
@app.task(name="satisfaction.rounds", queueing_lock="satisfaction.rounds")
def rounds(timestamp: int) -> None:
    """Each hour: a quarter that has ended owes its results."""
    rounds_open(now=clock.now())
