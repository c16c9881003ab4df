"""Realistic volume for trials and benchmarks: matters with their whole history, by COPY.

Every row is invented and marked `is_demo`. Shares and rhythm follow the reports summed up in the
domain notes: kiến nghị and phản ánh 75–80 %, khiếu nại 14–18 % (land 60–65 % of them), tố cáo
4–6 %; 80 % eligible; communes log-normal (median 35 a year, σ 1.0); 80–95 % in time; a peak before
Tết; 3–10 % near-copies of earlier texts. Histories are walked along the declared steps of
`petitions.kinds`, so states, duties and entries agree as if officials had taken each step.

The same seed on the same day in a like database gives the same rows.
"""

from __future__ import annotations

import time
from collections import Counter
from random import Random
from typing import Any

from django.db import transaction
from django.utils import translation

from dongthuan.core.matters.models import Matter
from dongthuan.generator.errors import GeneratorError
from dongthuan.generator.histories import Histories
from dongthuan.generator.offices import offices_take
from dongthuan.generator.writing import Writing, analyze, indexes_apart, links_trusted
from dongthuan.work.petitions.bulk import keys_give

__all__ = ["GeneratorError", "generate"]

MOST = 20_000_000


def generate(*, matters: int, units: int = 100, seed: int = 1) -> dict[str, Any]:
    """Add so many matters over so many communes; all of it or nothing, in one transaction.

    Returns {summary, matters, units, counts, seconds, matters_per_second, rows_per_second}. In a
    database that already holds matters the new ones join them.
    """
    if not 1 <= matters <= MOST:
        raise GeneratorError(f"The number of matters lies between 1 and {MOST:,}.")
    if not 1 <= units <= 10_000:
        raise GeneratorError("The number of units lies between 1 and 10,000.")
    began = time.monotonic()
    counts: Counter[str] = Counter()
    with translation.override("vi"), transaction.atomic():
        # A second run with the same seed goes on where the first one ended.
        rng = Random(f"{seed}/{Matter.objects.count()}")  # noqa: S311 - invented, no secrets
        offices = offices_take(rng, units)
        making = Histories(rng, offices, matters)
        with indexes_apart(matters), links_trusted(), Writing() as writing:
            while rows := making.chunk():
                counts.update({str(m._meta.model_name): len(r) for m, r in rows.tables()})
                # The connection does one thing at a time: keys are drawn between two copies.
                writing.wait()
                keys_give(rows)
                making.reserve()
                writing.start(rows)
        analyze()
    seconds = time.monotonic() - began
    rows_made = sum(counts.values())
    return {
        "summary": (
            f"{matters:,} matters of {len(offices)} units ({rows_made:,} rows) in {seconds:.1f} s: "
            f"{matters / seconds:,.0f} matters/s, {rows_made / seconds:,.0f} rows/s."
        ),
        "matters": matters,
        "units": len(offices),
        "counts": dict(counts),
        "seconds": round(seconds, 2),
        "matters_per_second": round(matters / seconds, 1),
        "rows_per_second": round(rows_made / seconds, 1),
    }
