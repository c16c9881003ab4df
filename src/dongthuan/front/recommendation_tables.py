"""The scoreboards of recommendations as one CSV, for the desk and the portal."""

from __future__ import annotations

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from dongthuan.core import clock
from dongthuan.core.tables import table_csv
from dongthuan.work.recommendations import figures
from dongthuan.work.recommendations.models import BodyRecommendation


def board_table(rows: QuerySet[BodyRecommendation]) -> bytes:
    """By authority, then by source, then the sum."""
    columns = figures.measures(clock.today())
    head = [_("by"), _("who"), *(str(one.label) for one in columns), _("median days to answer")]
    total = figures.totals(rows)
    parts = (
        *((_("authority"), line) for line in figures.by_unit(rows)),
        *((_("source"), line) for line in figures.by_source(rows)),
        (_("all"), total),
    )
    return table_csv(
        head,
        [
            [by, line.label, *(line.counts[one.name] for one in columns), line.days]
            for by, line in parts
        ],
    )
