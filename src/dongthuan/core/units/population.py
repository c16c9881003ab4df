"""Numbers of residents by village, age band and sex: what those who take part stand beside."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable

from django.db import transaction
from django.db.models import Max, QuerySet

from dongthuan.core.units.models import Population, Unit

BANDS = ("18-29", "30-44", "45-59", "60-")


def population_of(*, area: Unit, on: dt.date) -> QuerySet[Population]:
    """The newest count not after a day, of each village in an area; rows by village, band, sex."""
    rows = Population.objects.filter(village__path__startswith=area.path, on__lte=on)
    newest = rows.aggregate(on=Max("on"))["on"]
    return rows.filter(on=newest).select_related("village").order_by("village_id", "band", "sex")


@transaction.atomic
def population_set(
    *,
    village: Unit,
    on: dt.date,
    cells: Iterable[tuple[str, str, int]],
    source: str,
    is_demo: bool = False,
) -> int:
    """Put down a count of (band, sex, people); one of the same day takes the earlier's place."""
    Population.objects.filter(village=village, on=on).delete()
    rows = [
        Population(
            village=village,
            on=on,
            band=band,
            sex=sex,
            people=people,
            source=source[:200],
            is_demo=is_demo,
        )
        for band, sex, people in cells
    ]
    return len(Population.objects.bulk_create(rows))
