"""The desk's list as a file: CSV that spreadsheets open rightly, without personal data."""

from __future__ import annotations

import csv
from collections.abc import Iterable

from django.http import HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _

from dongthuan.core.matters.kinds import kind_of
from dongthuan.core.matters.models import Level, Matter
from dongthuan.core.matters.selectors import rule_name
from dongthuan.core.tables import harmless


def matters_csv(rows: Iterable[Matter]) -> HttpResponse:
    """One row a matter. Sealed matters are left out: a file goes where no wall follows."""
    response = HttpResponse(content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = 'attachment; filename="vu-viec.csv"'
    response["Cache-Control"] = "no-store"
    response.write("\ufeff")  # so that spreadsheets read it as UTF-8
    writer = csv.writer(response)
    writer.writerow(
        [
            _("code"), _("kind"), _("state"), _("title"), _("unit"), _("place"), _("received on"),
            _("next duty"), _("due on"), _("handler"),
        ]
    )  # fmt: skip
    for matter in rows:
        if matter.level >= Level.RESTRICTED:
            continue
        kind = kind_of(matter.kind)
        writer.writerow(
            [
                matter.code,
                kind.label,
                kind.state(matter.state).label,
                harmless(_title(matter)),
                matter.unit.name,
                matter.place.name if matter.place else "",
                timezone.localdate(matter.opened_at).isoformat(),
                rule_name(matter.next_rule),
                matter.next_due_on or "",
                harmless(matter.handler.name) if matter.handler else "",
            ]
        )
    return response


def _title(matter: Matter) -> str:
    """The title that an official gave; before that it is the beginning of the letter itself."""
    return "" if matter.state == "received" else matter.title
