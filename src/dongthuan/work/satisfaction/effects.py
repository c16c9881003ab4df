"""What publishing changes: the figures are frozen on the round, a promise begins if one is made."""

from __future__ import annotations

import hashlib
from typing import Any, cast

from django.utils.translation import gettext as _

from dongthuan.core.matters.entries import canonical
from dongthuan.core.matters.errors import MatterError
from dongthuan.core.matters.models import Projection
from dongthuan.core.matters.promises import promise_open
from dongthuan.core.matters.services import StepContext
from dongthuan.core.matters.wording import public_text
from dongthuan.core.text import clean
from dongthuan.work.satisfaction.figures import figures_of
from dongthuan.work.satisfaction.models import Round


def weak(figures: dict[str, Any]) -> list[str]:
    """Codes of the criteria whose mean stays under 1 point."""
    return [
        code
        for part in (figures["desk"], figures["commune"])
        for code, entry in part["criteria"].items()
        if entry["mean"] < 1
    ]


def publish(context: StepContext) -> None:
    matter = cast(Round, context.matter)
    figures = figures_of(unit=matter.unit, quarter=matter.quarter)
    response = public_text(str(context.data.get("response") or ""), "response", most=2000)
    if weak(figures) and not response:
        raise MatterError(
            _("A criterion stays under 1 point: write what the office will do."), field="response"
        )
    until, document = context.data.get("until"), clean(str(context.data.get("document") or ""))
    if until and not (response and document):
        raise MatterError(
            _("A promise needs its words and the number of the notice that holds it."),
            field="document" if response else "response",
        )
    matter.figures = {**figures, "response": response}
    matter.published_by_id = context.acting.account_id
    context.facts["answers"] = (figures["desk"]["answers"] or 0) + (
        figures["commune"]["answers"] or 0
    )
    context.facts["digest"] = hashlib.sha256(canonical(matter.figures)).hexdigest()[:16]
    Projection.objects.filter(pk=matter.pk).update(answer=response)
    if until:
        promise_open(
            acting=context.acting, origin=matter, unit=matter.unit, what=response, due_on=until,
            document=document,
        )  # fmt: skip
