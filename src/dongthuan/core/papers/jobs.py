"""What the worker does for papers by itself."""

from __future__ import annotations

from procrastinate.contrib.django import app

from dongthuan.core.papers.services import attachments_sweep, orphans_sweep


@app.periodic(cron="17 * * * *")
@app.task(name="papers.sweep", queueing_lock="papers.sweep")
def papers_sweep(timestamp: int) -> None:
    """Each hour: delete what was uploaded and never handed in."""
    attachments_sweep()


@app.periodic(cron="43 3 * * *")
@app.task(name="papers.sweep_orphans", queueing_lock="papers.sweep_orphans")
def papers_sweep_orphans(timestamp: int) -> None:
    """Each night: delete files that no row knows."""
    orphans_sweep()
