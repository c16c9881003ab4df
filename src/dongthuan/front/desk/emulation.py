"""The movement “Dân vận khéo” at the desk: years, boards, models, points, papers."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from dongthuan.core import clock
from dongthuan.core.matters.errors import MatterError
from dongthuan.core.papers.services import attachment_store
from dongthuan.front.desk.access import actor_of, official_required
from dongthuan.front.desk.emulation_forms import (
    ConflictForm,
    FiguresForm,
    JurorForm,
    ModelForm,
    PictureForm,
    RegisterForm,
    ScoreForm,
    YearForm,
)
from dongthuan.front.desk.serving import form_serve
from dongthuan.work.emulation import papers, scoring, selectors, services
from dongthuan.work.emulation.appraising import conflict_declare, sheet_score
from dongthuan.work.emulation.models import EmulationModel, Juror
from dongthuan.work.emulation.selectors import CycleView, ModelView

VIEWS = ("open", "score", "awarded", "all")


def _crumbs(*more: tuple[str, str]) -> list[tuple[str, str]]:
    return [(reverse("desk:emulation"), "Dân vận khéo"), *more]


def pdf(data: bytes, name: str) -> HttpResponse:
    answer = HttpResponse(data, content_type="application/pdf")
    answer["Content-Disposition"] = f'inline; filename="{name}.pdf"'
    return answer


@require_safe
@official_required
def overview(request: HttpRequest) -> HttpResponse:
    """Years in sight, and models by what they wait for."""
    actor, after = actor_of(request), request.GET.get("after", "")[:20]
    view = request.GET.get("xem", "open")
    view = view if view in VIEWS else "open"
    page = selectors.model_list(actor=actor, view=view, after=after)
    context = {
        "view": view,
        "page": page,
        "next_url": f"?xem={view}&after={page.next}" if page.next else "",
        "cycles": [] if after else selectors.cycle_list(actor=actor),
        "leads": selectors.leads_of(actor).exists(),
        "registers": selectors.cycles_for(actor).exists(),
        "today": clock.today(),
    }
    return render(request, "desk/emulation_list.html", context)


# -- a year and its board -------------------------------------------------------------------------


@official_required
def year_new(request: HttpRequest) -> HttpResponse:
    """Open a year of the movement with its three days."""
    actor = actor_of(request)
    leads = selectors.leads_of(actor)
    if not leads.exists():
        raise Http404
    year = clock.today().year
    first = {"year": year, "lead": leads.first(), **services.customary_days(year)}
    form = YearForm(request.POST or None, leads=leads, initial=first)

    def act(data: dict[str, Any]) -> str:
        made = services.cycle_open(acting=actor, **data)
        return reverse("desk:emulation_year", args=[made.code])

    return form_serve(
        request, form, act, title=_("Open a year of the movement"), submit=_("Open"),
        crumbs=_crumbs(),
        lead=_("The days are those of custom; write those of your own yearly plan."),
    )  # fmt: skip


def _year(request: HttpRequest, code: str) -> CycleView:
    view = selectors.cycle_view(actor=actor_of(request), code=code)
    if view is None:
        raise Http404
    return view


@require_safe
@official_required
def year(request: HttpRequest, code: str) -> HttpResponse:
    """A year: its days, its board, its models."""
    view = _year(request, code)
    context = {"view": view, "cycle": view.cycle, "today": clock.today()}
    return render(request, "desk/emulation_year.html", context)


@official_required
def juror_new(request: HttpRequest, code: str) -> HttpResponse:
    """Give a position a seat on the appraisal board."""
    view = _year(request, code)
    if not view.leads:
        raise Http404
    there = reverse("desk:emulation_year", args=[view.cycle.code])
    form = JurorForm(request.POST or None, positions=selectors.positions_near(view.cycle))

    def act(data: dict[str, Any]) -> str:
        services.juror_add(acting=actor_of(request), cycle=view.cycle, **data)
        return there

    return form_serve(
        request, form, act, title=_("Give a seat on the board"), submit=_("Save"),
        crumbs=_crumbs((there, view.cycle.code)),
        lead=_("The seat belongs to the position, whoever holds it."),
    )  # fmt: skip


@require_POST
@official_required
def juror_end(request: HttpRequest, juror_id: int) -> HttpResponse:
    """Take a seat away, before the board is convened."""
    juror = Juror.objects.select_related("cycle", "position").filter(pk=juror_id).first()
    if juror is None or not _year(request, juror.cycle.code).leads:
        raise Http404
    try:
        services.juror_end(acting=actor_of(request), juror=juror)
    except MatterError as error:
        messages.error(request, error.message)
    return redirect("desk:emulation_year", code=juror.cycle.code)


@require_safe
@official_required
def minutes(request: HttpRequest, code: str) -> HttpResponse:
    """The board's minutes, to sign."""
    view = _year(request, code)
    if not view.leads or view.cycle.state not in ("appraising", "concluded"):
        raise Http404
    return pdf(papers.minutes_pdf(view.cycle), f"bien-ban-{view.cycle.code}")


# -- a model --------------------------------------------------------------------------------------


@official_required
def register(request: HttpRequest) -> HttpResponse:
    """Register a model; `mau` names the recognised one that is copied, whose words come along."""
    actor = actor_of(request)
    cycles, bodies = selectors.cycles_for(actor), selectors.bodies_of(actor)
    origin = _origin(request)
    first = {"cycle": cycles.first(), "registrant": bodies[0] if len(bodies) == 1 else None}
    first |= _words_of(origin) if origin else {}
    form = RegisterForm(request.POST or None, cycles=cycles, bodies=bodies, initial=first)

    def act(data: dict[str, Any]) -> str:
        made = services.model_register(
            acting=actor, cycle=data["cycle"], registrant=data["registrant"],
            registration=form.registration(), copies=origin,
        )  # fmt: skip
        messages.success(request, _("The model is registered."))
        return reverse("desk:emulation_model", args=[made.code])

    return form_serve(
        request, form, act, title=_("Register a model"), submit=_("Register the model"),
        crumbs=_crumbs(), template="desk/emulation_register.html", origin=origin,
        open_years=cycles.exists(),
    )  # fmt: skip


def _origin(request: HttpRequest) -> EmulationModel | None:
    code = request.GET.get("mau", "")[:40]
    found = selectors.model_public(code) if code else None
    return found if found and found.is_recognised else None


def _words_of(model: EmulationModel) -> dict[str, Any]:
    """The words of a registration as a form shows them; a person's name never comes along."""
    names = ("field", "situation", "goal", "content", "beneficiaries", "forces", "resources",
             "timeline", "replication")  # fmt: skip
    first = {name: getattr(model, name) for name in names}
    first |= {"name": model.title, "sort": model.sort}
    for n, output in enumerate(model.outputs.order_by("id"), start=1):
        first |= {
            f"what{n}": output.what, f"measure{n}": output.measure, f"target{n}": output.target,
        }  # fmt: skip
    return first


def _model(request: HttpRequest, code: str) -> ModelView:
    view = selectors.model_view(actor=actor_of(request), code=code)
    if view is None:
        raise Http404
    return view


def _there(view: ModelView) -> str:
    return reverse("desk:emulation_model", args=[view.model.code])


@require_safe
@official_required
def model(request: HttpRequest, code: str) -> HttpResponse:
    """A model: its ten fields, its figures, what the board gave it."""
    view = _model(request, code)
    context = {
        "view": view,
        "model": view.model,
        "average": scoring.average_text(view.model),
        "today": clock.today(),
    }
    return render(request, "desk/emulation_model.html", context)


@official_required
def edit(request: HttpRequest, code: str) -> HttpResponse:
    """Write a registration anew, until the work begins."""
    view = _model(request, code)
    if not view.edits:
        raise Http404
    named = {"person_name": view.model.person_name, "consents": bool(view.model.consented_on)}
    form = ModelForm(request.POST or None, initial=_words_of(view.model) | named)

    def act(data: dict[str, Any]) -> str:
        services.model_edit(
            acting=actor_of(request), model=view.model, registration=form.registration()
        )
        return _there(view)

    return form_serve(
        request, form, act, title=_("Write the registration anew"), submit=_("Save"),
        crumbs=_crumbs((_there(view), view.model.code)),
    )  # fmt: skip


@official_required
def figures(request: HttpRequest, code: str) -> HttpResponse:
    """Enter what each output has reached."""
    view = _model(request, code)
    if not view.owns or view.model.state not in ("running", "checked"):
        raise Http404
    form = FiguresForm(request.POST or None, outputs=view.outputs)

    def act(data: dict[str, Any]) -> str:
        services.outputs_record(
            acting=actor_of(request), model=view.model, achieved=form.achieved()
        )
        return _there(view)

    return form_serve(
        request, form, act, title=_("Enter the figures"), submit=_("Save"),
        crumbs=_crumbs((_there(view), view.model.code)),
    )  # fmt: skip


@official_required
def picture(request: HttpRequest, code: str) -> HttpResponse:
    """Add a photograph with its words."""
    view = _model(request, code)
    if not view.takes_pictures:
        raise Http404
    form = PictureForm(request.POST or None, request.FILES or None)

    @transaction.atomic
    def act(data: dict[str, Any]) -> str:
        stored = attachment_store(upload=data["picture"])
        services.picture_add(
            acting=actor_of(request), model=view.model, attachment=stored, alt=data["alt"]
        )
        return _there(view)

    return form_serve(
        request, form, act, title=_("Add a picture"), submit=_("Add"), multipart=True,
        crumbs=_crumbs((_there(view), view.model.code)),
    )  # fmt: skip


def _seated(request: HttpRequest, code: str) -> ModelView:
    view = _model(request, code)
    if not view.scores:
        raise Http404
    return view


@official_required
def score(request: HttpRequest, code: str) -> HttpResponse:
    """A member of the board gives points, alone; the others' are not shown."""
    view = _seated(request, code)
    first = {f"c{key}": value for key, value in (view.own.points if view.own else {}).items()}
    scale = scoring.criteria(view.model.cycle.year)
    form = ScoreForm(request.POST or None, scale=scale, initial=first)

    def act(data: dict[str, Any]) -> str:
        sheet_score(acting=actor_of(request), model=view.model, points=form.points())
        messages.success(request, _("Your points are kept."))
        return _there(view)

    return form_serve(
        request, form, act, title=_("Score the model"), submit=_("Keep my points"),
        crumbs=_crumbs((_there(view), view.model.code)),
        lead=_("Points are given to the work and its results, never to a person."),
    )  # fmt: skip


@official_required
def conflict(request: HttpRequest, code: str) -> HttpResponse:
    """A member of the board declares an interest and stands aside."""
    view = _seated(request, code)
    form = ConflictForm(request.POST or None)

    def act(data: dict[str, Any]) -> str:
        conflict_declare(acting=actor_of(request), model=view.model, ground=data["ground"])
        return _there(view)

    return form_serve(
        request, form, act, title=_("Declare a conflict of interest"), submit=_("Stand aside"),
        crumbs=_crumbs((_there(view), view.model.code)),
        lead=_("You will not score this model; points that you gave it are struck out."),
    )  # fmt: skip


@require_POST
@official_required
def consent_end(request: HttpRequest, code: str) -> HttpResponse:
    """The person no longer wants the name to be shown: it is erased."""
    view = _model(request, code)
    if not (view.owns or view.leads):
        raise Http404
    try:
        services.consent_withdraw(acting=actor_of(request), model=view.model)
        messages.success(request, _("The name is erased."))
    except MatterError as error:
        messages.error(request, error.message)
    return redirect(_there(view))


@require_safe
@official_required
def paper(request: HttpRequest, code: str) -> HttpResponse:
    """The registration, to sign."""
    view = _model(request, code)
    return pdf(papers.registration_pdf(view.model), f"dang-ky-{view.model.code}")


@require_safe
@official_required
def certificate(request: HttpRequest, code: str) -> HttpResponse:
    """The certificate of a recognised model, to sign."""
    view = _model(request, code)
    if not view.leads or not view.model.is_recognised:
        raise Http404
    return pdf(papers.certificate_pdf(view.model), f"cong-nhan-{view.model.code}")
