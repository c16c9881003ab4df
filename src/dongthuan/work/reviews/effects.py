"""What steps of a review change beyond the state; called by the engine inside its transaction."""

from __future__ import annotations

from typing import cast

from django.utils.translation import gettext as _

from dongthuan.core.matters.creation import parties_set
from dongthuan.core.matters.errors import MatterError
from dongthuan.core.matters.kinds import StepContext
from dongthuan.core.matters.opening import office_of
from dongthuan.core.matters.promises import promise_write
from dongthuan.core.matters.services import works_for
from dongthuan.core.people.actors import actor_for
from dongthuan.core.text import clean
from dongthuan.core.units.models import Unit
from dongthuan.work.reviews.models import CaseReview
from dongthuan.work.reviews.rules import REVIEWERS


def _review(context: StepContext) -> CaseReview:
    return cast(CaseReview, context.matter)


def assign(context: StepContext) -> None:
    account = context.data["reviewer"]
    if not works_for(account, context.matter):
        raise MatterError(
            _("Whom you chose holds no position today in the unit that owes this matter."),
            field="reviewer",
        )
    if not any(
        context.matter.path.startswith(scope.unit_path)
        for scope in actor_for(account).scopes_of(*REVIEWERS)
    ):  # whoever only receives petitions could take no step of it
        raise MatterError(
            _("Whom you chose has no part in reviews: choose a handler or a head."),
            field="reviewer",
        )
    context.matter.handler = account
    if context.matter.state == "found":  # somebody else looks on; what was found stays
        context.target = "found"


def find(context: StepContext) -> None:
    review = _review(context)
    review.causes = list(context.data["causes"])
    review.hold_up = clean(context.data["hold_up"])
    review.missing = clean(context.data.get("missing") or "")


def promise(context: StepContext) -> None:
    """A measure with its owner and its day: a matter of its own, public."""
    data = context.data
    try:
        made = promise_write(
            acting=context.acting, origin=context.matter, unit=context.matter.unit,
            what=data["what"], due_on=data["until"], document=data["document"],
        )  # fmt: skip
    except MatterError as error:
        field = "until" if error.field == "due_on" else error.field
        raise MatterError(error.message, field=field) from None
    context.facts["promise"] = made.code


def conclude(context: StepContext) -> None:
    _review(context).measures = clean(context.data["measures"])


def refer(context: StepContext) -> None:
    """The next authority above answers; from now on it has a part in the review."""
    review = _review(context)
    review.superior = superior_of(review.unit)
    parties_set(matter=review, parties=[review.superior])
    context.facts["to"] = {"unit": review.superior.code, "name": review.superior.name}


def superior_of(unit: Unit) -> Unit:
    """The People's Committee of the area above; MatterError where there is none here."""
    area = unit.parent.parent if unit.parent else None
    if area is None:
        raise MatterError(_("There is no higher authority in this system to refer to."))
    return office_of(area)
