"""All reads of the movement: for officials within their sight, for the public what is at work."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Count, Prefetch, Q, QuerySet

from dongthuan.core import clock
from dongthuan.core.matters import policies
from dongthuan.core.matters.kinds import Step
from dongthuan.core.matters.models import Duty
from dongthuan.core.matters.selectors import steps_for
from dongthuan.core.people.actors import Actor, area_of
from dongthuan.core.units.models import Kind, Position, Role, Tier, Unit
from dongthuan.work.emulation import scoring
from dongthuan.work.emulation.appraising import juror_of
from dongthuan.work.emulation.kinds import BODY, LEADS
from dongthuan.work.emulation.models import (
    EmulationModel,
    EmulationYear,
    Field,
    Juror,
    Output,
    Picture,
    Sheet,
)
from dongthuan.work.emulation.services import EDITABLE, ENDED, belongs

PAGE = 24
HEAVY = ("search_text", "folded", "accented")
PUBLIC = ("registered", "guided", "running", "checked", "submitted", "appraised", "recognised",
          "spreading")  # fmt: skip
RECOGNISED = ("recognised", "spreading")
SCORED = ("submitted", "appraised", "not_recognised", *RECOGNISED)


@dataclass
class Rows:
    """One page of a keyset list; `next`: the cursor of the following one."""

    rows: list[Any]
    next: str = ""


def _page(rows: QuerySet[Any], after: str, size: int) -> Rows:
    """Newest first by the row's number; a bad cursor is ignored."""
    if after.isascii() and after.isdecimal() and len(after) < 18:
        rows = rows.filter(pk__lt=int(after))
    found = list(rows.order_by("-pk").defer(*HEAVY)[: size + 1])
    more, found = len(found) > size, found[:size]
    return Rows(found, str(found[-1].pk) if more else "")


# -- officials ------------------------------------------------------------------------------------


def leads_of(actor: Actor) -> QuerySet[Unit]:
    """Bodies in charge of the movement for which the actor speaks."""
    paths = [scope.unit_path for scope in actor.scopes_of(*LEADS)]
    here = Unit.objects.in_force(clock.today()).filter(path__in=paths)
    return here.filter(kind__in=[Kind.MASS_MOBILISATION, Kind.FRONT]).order_by("sort_key")


def bodies_of(actor: Actor) -> QuerySet[Unit]:
    """Villages, offices and organisations in whose name the actor registers a model."""
    within = Q(pk__in=[])
    for scope in actor.scopes_of(*BODY):
        within |= Q(path__startswith=scope.unit_path, tier__in=[Tier.ORGAN, Tier.VILLAGE])
    return Unit.objects.in_force(clock.today()).filter(within).order_by("path")


def cycles_for(actor: Actor) -> QuerySet[EmulationYear]:
    """Years that take registrations, of the areas where the actor's bodies lie."""
    bodies = [scope.unit_path for scope in actor.scopes_of(*BODY)]
    rows = EmulationYear.objects.filter(state="registering")
    near = [
        pk
        for pk, path in rows.values_list("pk", "path")
        if any(body.startswith(area_of(path)) for body in bodies)
    ]
    return rows.filter(pk__in=near).select_related("unit").order_by("-year", "-pk")


def cycle_list(*, actor: Actor) -> list[EmulationYear]:
    """Years in sight, the newest first, with how many models each has."""
    rows = EmulationYear.objects.filter(policies.visible_to(actor)).select_related("unit")
    rows = rows.annotate(
        registered=Count("models"),
        awarded=Count("models", filter=Q(models__state__in=RECOGNISED)),
    )
    return list(rows.order_by("-year", "-pk").defer(*HEAVY)[:30])


def model_list(*, actor: Actor, view: str = "", after: str = "", size: int = PAGE) -> Rows:
    """Models in sight; `view` open, score (what waits for the actor's own points), awarded."""
    rows = EmulationModel.objects.filter(policies.visible_to(actor))
    if view == "open":
        rows = rows.filter(closed_at=None)
    elif view == "awarded":
        rows = rows.filter(state__in=RECOGNISED)
    elif view == "score":
        rows = (
            seated_models(actor)
            .filter(state="submitted", cycle__state="appraising")
            .exclude(sheets__juror__position_id__in=[scope.position_id for scope in actor.scopes])
        )
    return _page(rows.select_related("registrant", "cycle", "place"), after, size)


def seated_models(actor: Actor) -> QuerySet[EmulationModel]:
    """Models handed in to a board on which the actor sits, whichever body the seat is of."""
    held = [scope.position_id for scope in actor.scopes]
    seats = Juror.objects.filter(
        position_id__in=held, ended=False, cycle__state__in=["appraising", "concluded"]
    )
    return EmulationModel.objects.filter(state__in=SCORED, cycle__in=seats.values("cycle"))


@dataclass
class CycleView:
    cycle: EmulationYear
    steps: list[Step]
    duties: list[Duty]
    jurors: list[Juror]
    models: list[EmulationModel]
    leads: bool


def cycle_view(*, actor: Actor, code: str) -> CycleView | None:
    """Everything on the page of a year; None when out of sight."""
    cycle = (
        EmulationYear.objects.filter(policies.visible_to(actor), code=code[:40].upper())
        .select_related("unit__parent")
        .first()
    )
    if cycle is None:
        return None
    duties = list(Duty.objects.filter(matter=cycle).order_by("-id")[:30])
    cycle.running_rules = {duty.rule for duty in duties if duty.is_running}
    models = cycle.models.select_related("registrant", "cycle").defer(*HEAVY).order_by("id")
    return CycleView(
        cycle=cycle,
        steps=steps_for(actor=actor, matter=cycle),
        duties=duties,
        jurors=list(jurors_of(cycle)),
        models=list(models[:300]),
        leads=belongs(actor, LEADS, cycle.unit),
    )


def jurors_of(cycle: EmulationYear) -> QuerySet[Juror]:
    rows = cycle.jurors.filter(ended=False).select_related("position__unit")
    return rows.order_by("id")


def positions_near(cycle: EmulationYear) -> QuerySet[Position]:
    """Positions in force in the area of a year, from which its board is drawn."""
    today = clock.today()
    rows = Position.objects.filter(
        Q(valid_to=None) | Q(valid_to__gte=today), valid_from__lte=today,
        unit__path__startswith=area_of(cycle.path), unit__tier=Tier.ORGAN,
    )  # fmt: skip
    # A system administrator sees no content, so has nothing to appraise.
    return rows.exclude(role=Role.ADMIN).select_related("unit").order_by("unit__path", "title")


@dataclass
class ModelView:
    """The page of a model. `owns`: of the registrant; `leads`: of the body in charge; `seat`: on
    its board; `own`: the actor's sheet; `sheets`: all of them, once the result stands."""

    model: EmulationModel
    steps: list[Step]
    outputs: list[Output]
    pictures: list[Picture]
    sheets: list[Sheet]
    lacking: list[str]
    copies: list[EmulationModel]
    owns: bool
    leads: bool
    edits: bool
    sees: bool = True  # not only as a member of the board
    seat: Juror | None = None
    own: Sheet | None = None
    conflicted: bool = False

    @property
    def takes_pictures(self) -> bool:
        return self.owns and self.model.state not in ENDED

    @property
    def scores(self) -> bool:
        """Whether the board, on which the actor sits, has been convened and appraises it now."""
        appraised = self.model.state == "submitted" and self.model.cycle.state == "appraising"
        return self.seat is not None and appraised


def model_get(*, actor: Actor, code: str) -> EmulationModel | None:
    """A model in sight, or one that the actor has to score."""
    rows = EmulationModel.objects.select_related(
        "cycle__unit", "registrant", "unit__parent", "place", "copies"
    )
    code = code[:40].upper()
    found = rows.filter(policies.visible_to(actor), code=code).first()
    return found or rows.filter(pk__in=seated_models(actor).values("pk"), code=code).first()


def model_view(*, actor: Actor, code: str) -> ModelView | None:
    """Everything on the page of a model; None when out of sight."""
    model = model_get(actor=actor, code=code)
    if model is None:
        return None
    owns, leads = belongs(actor, BODY, model.registrant_now), belongs(actor, LEADS, model.unit)
    seat = juror_of(actor, model.cycle)
    closed = model.points is not None
    sheets = list(
        Sheet.objects.filter(model=model).select_related("juror__position").order_by("juror_id")
    )
    return ModelView(
        model=model,
        steps=steps_for(actor=actor, matter=model),
        outputs=list(model.outputs.order_by("id")),
        pictures=list(model.pictures.select_related("attachment").order_by("id")),
        sheets=sheets if closed and (leads or seat) else [],
        lacking=scoring.lacking(model) if leads and model.state == "submitted" else [],
        copies=list(model.copied_by.select_related("registrant").defer(*HEAVY)[:50]),
        owns=owns,
        leads=leads,
        edits=owns and model.state in EDITABLE,
        sees=policies.may_see(actor, model),
        seat=seat,
        own=next((one for one in sheets if seat and one.juror_id == seat.pk), None),
        conflicted=bool(seat and scoring.conflicted(seat, model.registrant_now)),
    )


# -- everybody ------------------------------------------------------------------------------------


def public_models() -> QuerySet[EmulationModel]:
    """What the gallery may show: nothing that was not recognised or was taken back."""
    return EmulationModel.objects.filter(projection__listed=True, state__in=PUBLIC)


@dataclass(frozen=True)
class Wanted:
    """What the gallery is asked for; empty strings ask for nothing."""

    unit: Unit | None = None
    field: str = ""
    year: str = ""
    result: str = ""  # awarded, atwork, copies


def _wanted(rows: QuerySet[EmulationModel], wanted: Wanted) -> QuerySet[EmulationModel]:
    if wanted.unit is not None:
        rows = rows.filter(path__startswith=wanted.unit.path)
    if wanted.field in Field.values:
        rows = rows.filter(field=wanted.field)
    if wanted.year.isascii() and wanted.year.isdecimal() and len(wanted.year) == 4:
        rows = rows.filter(cycle__year=int(wanted.year))
    if wanted.result == "awarded":
        rows = rows.filter(state__in=RECOGNISED)
    elif wanted.result == "atwork":
        rows = rows.exclude(state__in=RECOGNISED)
    elif wanted.result == "copies":
        rows = rows.exclude(copies=None)
    return rows


FIRST_PICTURE = Prefetch(
    "pictures", Picture.objects.select_related("attachment").order_by("id"), to_attr="shown"
)
OUTPUTS = Prefetch("outputs", Output.objects.order_by("id"), to_attr="figures")


def gallery(*, wanted: Wanted, after: str = "", size: int = PAGE) -> Rows:
    """Models for everybody, the newest first; never by points."""
    rows = _wanted(public_models(), wanted).select_related("registrant", "place", "cycle")
    rows = rows.annotate(copied=Count("copied_by", filter=Q(copied_by__state__in=PUBLIC)))
    return _page(rows.prefetch_related(FIRST_PICTURE, OUTPUTS), after, size)


@dataclass
class Tally:
    registered: int = 0
    awarded: int = 0
    copies: int = 0


def tallies(*, wanted: Wanted) -> dict[str, Tally]:
    """Counts by the path of the commune (or province) where the models are; one query."""
    rows = _wanted(public_models(), wanted).values_list("path", "state", "copies_id")
    found: dict[str, Tally] = {}
    for path, state, copies in rows:
        tally = found.setdefault(area_of(path), Tally())
        tally.registered += 1
        tally.awarded += state in RECOGNISED
        tally.copies += copies is not None
    return found


def years() -> list[int]:
    found = EmulationYear.objects.order_by("-year").values_list("year", flat=True).distinct()
    return list(found[:20])


def field_counts(*, wanted: Wanted) -> list[tuple[str, str, int]]:
    """(value, words, how many) of the four fields; one query."""
    counted = Counter(_wanted(public_models(), wanted).values_list("field", flat=True))
    return [(value, str(label), counted[value]) for value, label in Field.choices]


@dataclass
class Branch:
    """One model in its tree of copies."""

    model: EmulationModel
    below: list[Branch] = field(default_factory=list)


def model_public(code: str) -> EmulationModel | None:
    return (
        public_models()
        .filter(code=code[:40].upper())
        .select_related("registrant", "place", "cycle", "unit", "copies")
        .prefetch_related(FIRST_PICTURE, OUTPUTS)
        .first()
    )


def tree_of(model: EmulationModel) -> Branch | None:
    """The whole line of a model from its first, each with its result; None if it stands alone."""
    root = model.root_id or model.pk
    rows = (
        public_models()
        .filter(Q(pk=root) | Q(root=root))
        .select_related("registrant", "cycle")
        .prefetch_related(OUTPUTS)
        .defer(*HEAVY)
        .order_by("pk")[:300]
    )
    found = {row.pk: Branch(row) for row in rows}
    for branch in found.values():
        above = found.get(branch.model.copies_id or 0)
        if above is not None:
            above.below.append(branch)
    return found.get(root) if len(found) > 1 else None


def picture_public(handle: Any) -> Picture | None:
    return (
        Picture.objects.filter(attachment__uuid=handle, model__in=public_models().values("pk"))
        .select_related("attachment")
        .first()
    )
