"""What the worker does for the room by itself."""

from __future__ import annotations

from procrastinate.contrib.django import app

from dongthuan.work.reviews.services import reviews_open


@app.periodic(cron="47 2 * * *")
@app.task(name="reviews.open", queueing_lock="reviews.open")
def nightly(timestamp: int) -> None:
    """Reviews that a rule asks for stand open in the morning, each matter once a year."""
    reviews_open()
