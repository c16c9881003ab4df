"""What the worker does for disclosure by itself."""

from __future__ import annotations

from procrastinate.contrib.django import app

from dongthuan.work.disclosure.postings import disclosures_settle


@app.periodic(cron="23 0 * * *")
@app.task(name="disclosure.settle", queueing_lock="disclosure.settle")
def settle(timestamp: int) -> None:
    """Each night after midnight: keep or break what had to hang one day more."""
    disclosures_settle()
