"""All writes of the movement that are no step: the year, its board, registration, figures."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from dongthuan.core import clock
from dongthuan.core.clock import noon
from dongthuan.core.law import load_rulebook
from dongthuan.core.matters import policies
from dongthuan.core.matters.creation import matter_create
from dongthuan.core.matters.entries import entry_append
from dongthuan.core.matters.errors import MatterError, NotAllowed
from dongthuan.core.matters.links import matter_link
from dongthuan.core.matters.models import Audience, LinkRole, Matter, Projection
from dongthuan.core.matters.services import matter_act, papers_attach
from dongthuan.core.matters.wording import impersonal_check, public_text
from dongthuan.core.papers.models import Attachment
from dongthuan.core.people.actors import SYSTEM, Actor, area_of
from dongthuan.core.text import clean
from dongthuan.core.units.models import Kind, Position, Role, Tier, Unit
from dongthuan.core.units.selectors import unit_successors
from dongthuan.work.emulation.effects import days_check
from dongthuan.work.emulation.kinds import BODY, LEADS
from dongthuan.work.emulation.models import (
    EmulationModel,
    EmulationYear,
    Field,
    Juror,
    Output,
    Picture,
    Sort,
)
from dongthuan.work.emulation.scoring import year_day

MOST_OUTPUTS = 6
MOST_PICTURES = 8
TEXTS = ("situation", "goal", "content", "beneficiaries", "forces", "resources", "timeline",
         "replication")  # fmt: skip
EDITABLE = ("registered", "guided")
ENDED = ("not_recognised", "withdrawn", "not_handed_in")


def belongs(actor: Actor, roles: Sequence[str], unit: Unit) -> bool:
    """Whether the actor holds one of the roles at the unit, its successor, or one above it."""
    paths = {heir.path for heir in unit_successors(unit, clock.today())} | {unit.path}
    return actor.is_system or any(
        path.startswith(scope.unit_path) for scope in actor.scopes_of(*roles) for path in paths
    )


def _belongs_check(actor: Actor, roles: Sequence[str], unit: Unit) -> None:
    if not belongs(actor, roles, unit):
        raise NotAllowed(_("Your position may not do this for that body."))


# -- the year -------------------------------------------------------------------------------------


def lead_of(commune: Unit) -> Unit | None:
    """The body of a commune that is in charge of the movement, by the rulebook (`dvk.lead`)."""
    choice = load_rulebook().value("dvk.lead", clock.today())
    return (
        Unit.objects.in_force(clock.today())
        .filter(path__startswith=commune.path, kind=Kind(choice.code), tier=Tier.ORGAN)
        .order_by("path")
        .first()
    )


def customary_days(year: int) -> dict[str, dt.date]:
    """The three days that the custom gives a year, by the name of their column."""
    days = {}
    for part in ("register", "midyear", "appraise"):
        code = load_rulebook().value(f"dvk.{part}.until", year_day(year)).code
        month, day = code.split("-")
        days[f"{part}_until"] = dt.date(year, int(month), int(day))
    return days


@transaction.atomic
def cycle_open(
    *, acting: Actor, lead: Unit, year: int, register_until: dt.date, midyear_until: dt.date,
    appraise_until: dt.date, is_demo: bool = False,
) -> EmulationYear:  # fmt: skip
    """Open a year of the movement at the body in charge. Raises MatterError, NotAllowed."""
    _belongs_check(acting, LEADS, lead)
    if lead.kind not in (Kind.MASS_MOBILISATION, Kind.FRONT):
        raise MatterError(_("Choose the body in charge of the movement."), field="lead")
    if not 2009 <= year <= clock.today().year + 1:
        raise MatterError(_("Choose this year or the next."), field="year")
    days_check(year, register_until, midyear_until, appraise_until)
    # The lock on the body keeps two people from opening the same year.
    Unit.objects.select_for_update(no_key=True).get(pk=lead.pk)
    if EmulationYear.objects.filter(unit=lead, year=year).exists():
        raise MatterError(_("This year is already open."), field="year")
    return matter_create(
        acting=acting, model=EmulationYear, kind="emulation_cycle", unit=lead,
        title=f"Phong trào “Dân vận khéo” năm {year} – {lead.short_name}",
        act="emulation_cycle.opened", is_demo=is_demo, year=year, register_until=register_until,
        midyear_until=midyear_until, appraise_until=appraise_until, facts={"year": year},
        rules=[("dvk.register", "event", noon(register_until)),
               ("dvk.midyear", "event", noon(midyear_until)),
               ("dvk.appraise", "event", noon(appraise_until))],
    )  # fmt: skip


def cycles_owed(*, acting: Actor, commune: Unit, year: int) -> EmulationYear | None:
    """Open the customary year of a commune if nobody has; what is there is left alone.

    Once the day of registration has passed nothing is opened by itself: it would be late at birth.
    """
    lead = lead_of(commune)
    days: dict[str, Any] = customary_days(year)
    if lead is None or EmulationYear.objects.filter(unit=lead, year=year).exists():
        return None
    if clock.today() > days["register_until"]:
        return None
    return cycle_open(acting=acting, lead=lead, year=year, **days)


# -- the board ------------------------------------------------------------------------------------


@transaction.atomic
def juror_add(*, acting: Actor, cycle: EmulationYear, position: Position, seat: str) -> Juror:
    """Give a position a seat on the board; before the board is convened."""
    cycle = _cycle_held(acting, cycle)
    if seat not in Juror.Seat.values:
        raise MatterError(_("Choose a seat."), field="seat")
    if position.role == Role.ADMIN or not position.unit.path.startswith(area_of(cycle.path)):
        raise MatterError(_("Choose a position of this area."), field="position")
    held = cycle.jurors.filter(ended=False)
    if seat == Juror.Seat.CHAIR and held.filter(seat=seat).exclude(position=position).exists():
        raise MatterError(_("The board has a chair already."), field="seat")
    if held.count() >= 15:
        raise MatterError(_("A board has at most 15 seats."), field="position")
    juror, _made = Juror.objects.update_or_create(
        cycle=cycle, position=position, defaults={"seat": seat, "ended": False}
    )
    _noted(acting, cycle, "emulation_cycle.juror", {"position": position.title, "seat": seat})
    return juror


@transaction.atomic
def juror_end(*, acting: Actor, juror: Juror) -> Juror:
    """Take a seat away again; before the board is convened."""
    cycle = _cycle_held(acting, juror.cycle)
    juror.ended = True
    juror.save(update_fields=["ended"])
    _noted(acting, cycle, "emulation_cycle.juror_left", {"position": juror.position.title})
    return juror


def _cycle_held(acting: Actor, cycle: EmulationYear) -> EmulationYear:
    Matter.objects.select_for_update().filter(pk=cycle.pk).first()
    cycle = EmulationYear.objects.select_related("unit").get(pk=cycle.pk)
    _belongs_check(acting, LEADS, cycle.unit)
    if cycle.state in ("appraising", "concluded"):
        raise MatterError(_("The board has been convened; its seats stand."))
    return cycle


def _noted(
    acting: Actor, matter: Matter, act: str, facts: dict[str, object] | None = None,
    audience: Audience = Audience.PETITIONER,
) -> int:  # fmt: skip
    return entry_append(
        matter=matter, act=act, acting=acting, audience=audience, before=matter.state,
        after=matter.state, facts=facts, at=clock.now(),
    )  # fmt: skip


# -- registering a model --------------------------------------------------------------------------


@dataclass(frozen=True, kw_only=True)
class Promised:
    """One verifiable output as it is promised."""

    what: str
    measure: str
    target: int


@dataclass(frozen=True, kw_only=True)
class Registration:
    """The ten fields in which a model is registered (law.md §6.6), and what kind it is."""

    name: str
    field: str
    sort: str
    situation: str
    goal: str
    content: str
    beneficiaries: str
    forces: str
    resources: str
    timeline: str
    replication: str
    outputs: Sequence[Promised] = ()
    # Of an individual's model, and only with that person's written consent.
    person_name: str = ""
    consents: bool = False


@transaction.atomic
def model_register(
    *, acting: Actor, cycle: EmulationYear, registrant: Unit, registration: Registration,
    copies: EmulationModel | None = None, is_demo: bool = False,
) -> EmulationModel:  # fmt: skip
    """Register a model in a year of the movement. Raises MatterError with its field, NotAllowed.

    `registrant`: the village, office or organisation of the area whose model it is. `copies`: the
    recognised model that it takes over, wherever that is; the line is kept on both.
    """
    _belongs_check(acting, BODY, registrant)
    Matter.objects.select_for_update().filter(pk=cycle.pk).first()
    cycle = EmulationYear.objects.select_related("unit").get(pk=cycle.pk)
    if not cycle.takes_models:
        raise MatterError(_("The registration of this year is closed."), field="cycle")
    if not registrant.path.startswith(area_of(cycle.path)):
        raise MatterError(_("This body lies outside the area of the movement."), field="registrant")
    if copies is not None and not copies.is_recognised:
        raise MatterError(_("Only a recognised model can be copied."), field="copies")
    columns, outputs = _checked(registration)
    made = matter_create(
        acting=acting, model=EmulationModel, kind="emulation_model", unit=cycle.unit,
        title=columns.pop("name"), body=columns["goal"], act="emulation_model.registered",
        parent=cycle, place=place_of(registrant), parties=(registrant,), is_demo=is_demo,
        cycle=cycle, registrant=registrant, copies=copies,
        root=(copies.root or copies) if copies else None,
        facts={"year": cycle.year, "model_field": columns["field"], "model_sort": columns["sort"],
               **({"copies": copies.code} if copies else {})},
        **columns,
    )  # fmt: skip
    _outputs_write(made, outputs)
    if copies is not None:
        _line_keep(made, copies)
    return made


def _line_keep(made: EmulationModel, origin: EmulationModel) -> None:
    """Both files say that the one copies the other.

    What is copied is public, though its file may lie out of the registrant's sight: the system
    writes the link, the registration's own entry says who copied.
    """
    matter_link(acting=SYSTEM, matter=made, code=origin.code, role=LinkRole.COPIES)
    if origin.state == "recognised":
        matter_act(acting=SYSTEM, matter_id=origin.pk, step_name="spread")


def place_of(registrant: Unit) -> Unit:
    """The territory where a body works: a village itself, an organ's commune or province."""
    place = registrant
    while place.tier == Tier.ORGAN and place.parent is not None:
        place = place.parent
    return place


def _checked(given: Registration) -> tuple[dict[str, Any], list[Promised]]:
    person = " ".join(clean(given.person_name).split())
    if given.field not in Field.values:
        raise MatterError(_("Choose one of the four fields."), field="field")
    if given.sort not in Sort.values:
        raise MatterError(_("Say whose model it is."), field="sort")
    if person and given.sort != Sort.INDIVIDUAL:
        raise MatterError(_("A collective's model names no person."), field="person_name")
    if person and not given.consents:
        raise MatterError(
            _("The name is written down only with that person's consent."), field="consents"
        )
    if len(person) > 120 or any(sign.isdigit() for sign in person):
        raise MatterError(_("A name has letters only, at most 120."), field="person_name")
    names = (person,) if person else ()
    columns: dict[str, Any] = {"name": _said(given.name, "name", 200, names)}
    for name in TEXTS:
        columns[name] = _said(getattr(given, name), name, 3000, names)
    columns |= {
        "field": given.field, "sort": given.sort, "person_name": person,
        "consented_on": clock.today() if person else None,
    }  # fmt: skip
    return columns, _outputs_checked(given.outputs)


def _said(text: str, name: str, most: int, names: tuple[str, ...]) -> str:
    text = public_text(text, name, most=most)
    if not text:
        raise MatterError(_("Fill in this field of the registration."), field=name)
    impersonal_check(text, name, names=names)
    return text


def _outputs_checked(outputs: Sequence[Promised]) -> list[Promised]:
    if not 1 <= len(outputs) <= MOST_OUTPUTS:
        raise MatterError(
            _("Promise between one and %(n)d outputs that can be counted.") % {"n": MOST_OUTPUTS},
            field="outputs",
        )
    return [
        Promised(
            what=_said(one.what, "outputs", 200, ()), target=_figure(one.target),
            measure=_said(one.measure, "outputs", 30, ()),
        )
        for one in outputs
    ]  # fmt: skip


def _figure(number: int) -> int:
    if not 0 <= number < 10**15:
        raise MatterError(_("Write a whole number."), field="outputs")
    return number


def _outputs_write(model: EmulationModel, outputs: Sequence[Promised]) -> None:
    Output.objects.filter(model=model).delete()
    Output.objects.bulk_create(
        Output(model=model, what=one.what, measure=one.measure, target=one.target)
        for one in outputs
    )


@transaction.atomic
def model_edit(
    *, acting: Actor, model: EmulationModel, registration: Registration
) -> EmulationModel:
    """Write the registration anew, until the work begins."""
    model = _model_held(model)
    _belongs_check(acting, BODY, model.registrant_now)
    if model.state not in EDITABLE:
        raise MatterError(_("The work has begun; the registration stands as it is."))
    columns, outputs = _checked(registration)
    model.title = columns.pop("name")[:200]
    for name, value in columns.items():
        setattr(model, name, value)
    model.search_text = f"{model.code}\n{model.title}\n{model.goal}"
    model.version += 1
    model.save()
    _outputs_write(model, outputs)
    Projection.objects.filter(pk=model.pk).update(
        title=model.title, body=model.goal, search_text=model.search_text
    )
    _noted(
        acting,
        model,
        "emulation_model.edited",
        {"model_field": model.field, "model_sort": model.sort},
    )
    return model


def _model_held(model: EmulationModel) -> EmulationModel:
    Matter.objects.select_for_update().filter(pk=model.pk).first()
    return EmulationModel.objects.select_related("cycle", "registrant", "unit").get(pk=model.pk)


@transaction.atomic
def consent_withdraw(*, acting: Actor, model: EmulationModel) -> EmulationModel:
    """The person takes the consent back: the name goes, the model stays (Luật 91/2025/QH15).

    The record never held the name, so nothing else has to be erased.
    """
    model = _model_held(model)
    if not (belongs(acting, BODY, model.registrant_now) or belongs(acting, LEADS, model.unit)):
        raise NotAllowed(_("Your position may not do this for that body."))
    if not model.person_name:
        raise MatterError(_("This model names nobody."))
    model.person_name, model.consented_on = "", None
    model.save(update_fields=["person_name", "consented_on"])
    _noted(acting, model, "emulation_model.consent_ended")
    return model


@transaction.atomic
def outputs_record(
    *, acting: Actor, model: EmulationModel, achieved: Mapping[int, int]
) -> EmulationModel:
    """What each output has reached so far, by the number of its row; while the model works."""
    model = _model_held(model)
    _belongs_check(acting, BODY, model.registrant_now)
    if model.state not in ("running", "checked"):
        raise MatterError(_("Figures are entered while the model is at work."))
    rows = {row.pk: row for row in model.outputs.all()}
    if set(achieved) - set(rows):
        raise MatterError(_("That output is not one of this model."), field="outputs")
    for pk, number in achieved.items():
        rows[pk].achieved = _figure(number)
    Output.objects.bulk_update(rows.values(), ["achieved"])
    figures = [f"{rows[pk].what}: {number}/{rows[pk].target}" for pk, number in achieved.items()]
    _noted(acting, model, "emulation_model.figures", {"figures": figures})
    return model


@transaction.atomic
def picture_add(
    *, acting: Actor, model: EmulationModel, attachment: Attachment, alt: str
) -> Picture:
    """A photograph of the work with the words for those who do not see it; nobody's portrait."""
    model = _model_held(model)
    _belongs_check(acting, BODY, model.registrant_now)
    if not policies.may_see(acting, model) or model.state in ENDED:
        raise NotAllowed(_("There is no such matter, or you may not see it."))
    if attachment.kind != Attachment.Kind.PHOTO:
        raise MatterError(_("Only photographs belong here."), field="picture")
    alt = public_text(alt, "alt", most=300)
    if len(alt) < 5:
        raise MatterError(_("Describe the picture for those who do not see it."), field="alt")
    impersonal_check(alt, "alt", names=(model.person_name,) if model.person_name else ())
    if model.pictures.count() >= MOST_PICTURES:
        raise MatterError(_("A model shows at most %(n)d pictures.") % {"n": MOST_PICTURES})
    entry_id = _noted(acting, model, "emulation_model.picture")
    papers_attach(
        matter=model, attachments=[attachment], entry_id=entry_id, audience=Audience.PETITIONER
    )
    return Picture.objects.create(model=model, attachment=attachment, alt=alt)
