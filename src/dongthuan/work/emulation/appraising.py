"""The board at work: each member scores alone, or declares a conflict of interest."""

from __future__ import annotations

from collections.abc import Mapping

from django.db import transaction
from django.utils.translation import gettext as _

from dongthuan.core import clock
from dongthuan.core.matters.entries import entry_append
from dongthuan.core.matters.errors import MatterError, NotAllowed
from dongthuan.core.matters.models import Audience, Matter
from dongthuan.core.people.actors import Actor
from dongthuan.core.text import clean
from dongthuan.work.emulation import scoring
from dongthuan.work.emulation.models import EmulationModel, EmulationYear, Juror, Sheet


def juror_of(actor: Actor, cycle: EmulationYear) -> Juror | None:
    """The seat on the board that the actor holds today, by position."""
    held = [scope.position_id for scope in actor.scopes]
    return (
        cycle.jurors.filter(position_id__in=held, ended=False)
        .select_related("position__unit")
        .order_by("id")
        .first()
    )


def _seat(acting: Actor, model: EmulationModel) -> tuple[EmulationModel, Juror]:
    """The model under its lock, and the actor's seat; before the result is drawn up."""
    Matter.objects.select_for_update().filter(pk=model.pk).first()
    model = EmulationModel.objects.select_related("cycle", "registrant").get(pk=model.pk)
    juror = juror_of(acting, model.cycle)
    if juror is None:
        raise NotAllowed(_("Only members of the appraisal board may do this."))
    if model.state != "submitted" or model.cycle.state != "appraising":
        raise MatterError(_("The board appraises models that were handed in, once convened."))
    return model, juror


@transaction.atomic
def sheet_score(*, acting: Actor, model: EmulationModel, points: Mapping[str, int]) -> Sheet:
    """Score a model, every criterion, in whole points. Raises MatterError (field), NotAllowed.

    A member may score anew until the result is drawn up; the last sheet counts. The record says
    that somebody scored, not how.
    """
    model, juror = _seat(acting, model)
    if scoring.conflicted(juror, model.registrant_now) or _of_the_body(acting, model):
        raise MatterError(
            _("You are of the body whose model this is: declare it, and stand aside.")
        )
    if Sheet.objects.filter(model=model, juror=juror, conflict=True).exists():
        raise MatterError(_("You have declared a conflict of interest; you cannot score it."))
    given = _points_checked(points, model.cycle.year)
    sheet, _made = Sheet.objects.update_or_create(
        model=model, juror=juror, defaults={"points": given, "at": clock.now()}
    )
    _noted(acting, model, "emulation_model.scored")
    return sheet


def _of_the_body(acting: Actor, model: EmulationModel) -> bool:
    """Whether the actor holds another position in the registrant's body: one person, two seats."""
    path = model.registrant_now.path
    return any(scope.unit_path.startswith(path) for scope in acting.scopes)


def _points_checked(points: Mapping[str, int], year: int) -> dict[str, int]:
    scale = {one.key: one for one in scoring.criteria(year)}
    if unknown := sorted(set(points) - set(scale)):
        raise MatterError(_("There is no such criterion."), field=f"c{unknown[0]}")
    for key, one in scale.items():
        given = points.get(key)
        if type(given) is not int or not 0 <= given <= one.most:
            raise MatterError(
                _("Give whole points from 0 to %(most)d.") % {"most": one.most}, field=f"c{key}"
            )
    return {key: points[key] for key in scale}


@transaction.atomic
def conflict_declare(*, acting: Actor, model: EmulationModel, ground: str) -> Sheet:
    """Stand aside from one model; points given before are struck out."""
    model, juror = _seat(acting, model)
    ground = clean(ground)[:300]
    if not ground:
        raise MatterError(_("Say which interest it is."), field="ground")
    sheet, _made = Sheet.objects.update_or_create(
        model=model, juror=juror,
        defaults={"points": {}, "conflict": True, "ground": ground, "at": clock.now()},
    )  # fmt: skip
    _noted(acting, model, "emulation_model.conflict")
    return sheet


def _noted(acting: Actor, model: EmulationModel, act: str) -> None:
    entry_append(
        matter=model, act=act, acting=acting, audience=Audience.OFFICIAL, before=model.state,
        after=model.state, at=clock.now(),
    )  # fmt: skip
