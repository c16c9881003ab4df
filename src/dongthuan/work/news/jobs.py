"""What the worker does for the room by itself."""

from __future__ import annotations

from procrastinate.contrib.django import app

from dongthuan.work.news.services import articles_publish


@app.periodic(cron="* * * * *")
@app.task(name="news.publish", queueing_lock="news.publish")
def publish(timestamp: int) -> None:
    """Each minute: publish what is due."""
    articles_publish()
