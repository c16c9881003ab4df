"""What the worker does for petitions by itself."""

from __future__ import annotations

from procrastinate.contrib.django import app

from dongthuan.work.petitions.complaints import complaints_overdue_tell


@app.periodic(cron="7 6 * * *")
@app.task(name="petitions.complaints_overdue", queueing_lock="petitions.complaints_overdue")
def complaints_overdue(timestamp: int) -> None:
    """Each morning: whose first complaint is overdue learns that the way up is open."""
    complaints_overdue_tell()
