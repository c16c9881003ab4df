"""What the worker does for the desk by itself."""

from __future__ import annotations

from procrastinate.contrib.django import app

from dongthuan.front.desk.radar_telling import signals_tell


@app.periodic(cron="43 5 * * *")
@app.task(name="desk.tell_signals", queueing_lock="desk.tell_signals")
def daily(timestamp: int) -> None:
    """Before the day begins: whoever leads learns that the early warning has something new."""
    signals_tell()
