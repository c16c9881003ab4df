"""What steps of a cycle and of a model change; called inside the engine's transaction."""

from __future__ import annotations

import datetime as dt
from typing import cast

from django.utils.translation import gettext as _

from dongthuan.core import clock
from dongthuan.core.clock import noon
from dongthuan.core.law import load_rulebook
from dongthuan.core.matters.errors import MatterError
from dongthuan.core.matters.kinds import StepContext
from dongthuan.core.matters.models import DutyState, Matter, Projection
from dongthuan.core.matters.services import matter_act
from dongthuan.core.matters.wording import impersonal_check, public_text
from dongthuan.core.people.actors import SYSTEM
from dongthuan.core.text import clean
from dongthuan.work.emulation import scoring
from dongthuan.work.emulation.models import Award, Band, EmulationModel, EmulationYear, Sheet

DAYS = {
    "register_until": "dvk.register",
    "midyear_until": "dvk.midyear",
    "appraise_until": "dvk.appraise",
}


def _cycle(context: StepContext) -> EmulationYear:
    return cast(EmulationYear, context.matter)


def _model(context: StepContext) -> EmulationModel:
    return cast(EmulationModel, context.matter)


# -- the year -------------------------------------------------------------------------------------


def days_check(year: int, register: dt.date, midyear: dt.date, appraise: dt.date) -> None:
    """The three days of a cycle in order; the last one at most a quarter into the next year."""
    if not dt.date(year, 1, 1) <= register:
        raise MatterError(_("The cycle begins in its own year."), field="register_until")
    if not register < midyear:
        raise MatterError(_("The check comes after the registration."), field="midyear_until")
    if not midyear < appraise <= dt.date(year + 1, 3, 31):
        raise MatterError(
            _("The appraisal comes after the check, at the latest in March of the next year."),
            field="appraise_until",
        )


def move(context: StepContext) -> None:
    """New days of the yearly plan; what is already broken stays as it was."""
    cycle = _cycle(context)
    wanted: dict[str, dt.date] = {
        name: context.data[name] for name in DAYS if context.data.get(name)
    }
    if not wanted:
        raise MatterError(_("Give at least one new day."), field="appraise_until")
    for duty in context.duties:
        name = next((name for name, rule in DAYS.items() if rule == duty.rule), "")
        if name not in wanted:
            continue
        if duty.due_on < clock.today():
            raise MatterError(_("The day has passed; it can no longer be moved."), field=name)
        duty.state, duty.closed_at = DutyState.WAIVED, context.now
        duty.reason = str(context.data["reason"])[:300]
        context.opens.append((duty.rule, "event", noon(wanted[name])))
        context.facts[f"{name}_before"] = duty.due_on.isoformat()
    moved = {rule for rule, _name, _at in context.opens}
    if gone := [name for name in wanted if DAYS[name] not in moved]:
        raise MatterError(_("This part of the year is already done."), field=gone[0])
    for name, day in wanted.items():
        setattr(cycle, name, day)
    days_check(cycle.year, cycle.register_until, cycle.midyear_until, cycle.appraise_until)


def convene(context: StepContext) -> None:
    cycle = _cycle(context)
    if not cycle.board_known:
        raise MatterError(_("A board has at least three seats, one of them the chair."))
    cycle.board_document = clean(context.data["document"])[:80]


def conclude(context: StepContext) -> None:
    """The year ends with a result for each model: what was not handed in is closed as such."""
    cycle = _cycle(context)
    left = _left_locked(cycle)
    if any(state in ("submitted", "appraised") for _pk, state in left):
        raise MatterError(_("A model handed in this year has no result yet."))
    cycle.document = clean(context.data["document"])[:80]
    cycle.minutes = public_text(context.data["minutes"], "minutes", most=5000)
    Projection.objects.filter(pk=cycle.pk).update(answer=cycle.minutes)
    # The end that is written after this effect; the models ask for it.
    Matter.objects.filter(pk=cycle.pk).update(state=context.target)
    for pk, _state in left:
        matter_act(acting=SYSTEM, matter_id=pk, step_name="lapse")


def _left_locked(cycle: EmulationYear) -> list[tuple[int, str]]:
    """Open models of the year with their states; nobody hands one in while it is concluded."""
    rows = Matter.objects.select_for_update().filter(
        kind="emulation_model", closed_at=None, pk__in=cycle.models.values("pk")
    )
    return list(rows.order_by("pk").values_list("pk", "state"))


# -- a model --------------------------------------------------------------------------------------


def _year_check(model: EmulationModel) -> None:
    """No board is left that would appraise it: a new year takes the model anew."""
    if not model.year_runs:
        raise MatterError(
            _("The year %(year)d of the movement is concluded; register the model in a new year.")
            % {"year": model.cycle.year}
        )


def guide(context: StepContext) -> None:
    _year_check(_model(context))
    _model(context).guidance = clean(context.data["guidance"])


def begin(context: StepContext) -> None:
    model = _model(context)
    _year_check(model)
    on: dt.date = context.data["on"]
    if on.year < model.cycle.year - 1:
        raise MatterError(_("The work began long before this cycle."), field="on")
    model.begun_on = on


def check(context: StepContext) -> None:
    _year_check(_model(context))
    _model(context).checked = clean(context.data["finding"])


def submit(context: StepContext) -> None:
    model = _model(context)
    _year_check(model)
    if not model.outputs_known:
        raise MatterError(_("Enter first what each output has reached."))
    model.results = public_text(context.data["results"], "results", most=3000)
    impersonal_check(model.results, "results", names=tuple(filter(None, [model.person_name])))


def send_back(context: StepContext) -> None:
    """The appraisal begins anew: what was scored was scored on other figures."""
    Sheet.objects.filter(model=_model(context), conflict=False).delete()


def appraise(context: StepContext) -> None:
    model = _model(context)
    if lacking := scoring.lacking(model):
        raise MatterError(" ".join(lacking))
    sheets = list(Sheet.objects.filter(model=model, conflict=False))
    model.points = sum(sheet.total for sheet in sheets)
    model.scorers = len(sheets)
    model.band = scoring.band_of(model.points, model.scorers, model.cycle.year)
    apart = Sheet.objects.filter(model=model, conflict=True).count()
    context.facts |= {
        "all_points": model.points, "scorers": model.scorers, "band": model.band, "apart": apart,
    }  # fmt: skip


def recognise(context: StepContext) -> None:
    model = _model(context)
    on: dt.date = context.data["on"]
    if model.band == Band.BELOW:
        raise MatterError(_("The points of the board do not reach the mark for recognition."))
    _months_check(model, on)
    _award(context, model)
    Projection.objects.filter(pk=model.pk).update(answer=model.results)


def _months_check(model: EmulationModel, on: dt.date) -> None:
    value = load_rulebook().value("dvk.months", scoring.year_day(model.cycle.year))
    least = int(value.amount)
    if model.begun_on is None or _months(model.begun_on, on) < least:
        raise MatterError(
            _("A model is recognised after at least %(n)d months at work.") % {"n": least},
            field="on",
        )


def _months(since: dt.date, until: dt.date) -> int:
    """Whole months between two days."""
    return (until.year - since.year) * 12 + until.month - since.month - (until.day < since.day)


def _award(context: StepContext, model: EmulationModel) -> None:
    model.award = context.data["level"]
    model.award_document = clean(context.data["document"])[:80]
    model.awarded_on = context.data["on"]


def raise_level(context: StepContext) -> None:
    model = _model(context)
    ranks = list(Award.values)
    if ranks.index(context.data["level"]) <= ranks.index(model.award):
        raise MatterError(_("Choose a level above the present one."), field="level")
    context.facts["level_before"] = model.award
    _award(context, model)


def not_recognise(context: StepContext) -> None:
    model = _model(context)
    model.reason = clean(context.data["reason"])
    _hide(model)


def withdraw(context: StepContext) -> None:
    _hide(_model(context))


def lapse(context: StepContext) -> None:
    """No result was handed in, so none was given: it says nothing about the work."""
    model = _model(context)
    context.facts["year"] = model.cycle.year
    _hide(model)


def _hide(model: EmulationModel) -> None:
    """What was not recognised or was taken back stands in no public list."""
    Projection.objects.filter(pk=model.pk).update(listed=False)
