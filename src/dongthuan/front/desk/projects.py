"""Projects at the desk: lists by stage, the dossier on one page, each part of it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST, require_safe

from dongthuan.core import clock as moment
from dongthuan.core.matters.errors import MatterError
from dongthuan.core.matters.services import matter_act
from dongthuan.core.papers.errors import UploadError
from dongthuan.core.papers.photos import photo_facts
from dongthuan.core.people.actors import Actor
from dongthuan.core.units.models import Unit
from dongthuan.front.desk import project_forms as forms
from dongthuan.front.desk.access import actor_of, official_required
from dongthuan.front.desk.views import stored_papers
from dongthuan.front.showing import refusal_show
from dongthuan.work.projects import money, record, selectors
from dongthuan.work.projects.kinds import PROJECT
from dongthuan.work.projects.models import Obstacle, Payment, Project
from dongthuan.work.projects.obstacles import obstacle_create, responsible_units
from dongthuan.work.projects.services import notice_acknowledge, project_change, project_create
from dongthuan.work.projects.tasks import task_create


def _seen(request: HttpRequest, code: str) -> Project:
    found = selectors.project_get(actor=actor_of(request), code=code)
    if found is None:
        raise Http404
    return found


@require_safe
@official_required
def projects(request: HttpRequest) -> HttpResponse:
    """Projects in sight by stage, or the late ones."""
    sight = selectors.projects_sight(actor_of(request))
    stage, late = request.GET.get("gd", ""), request.GET.get("tre") == "1"
    stage = stage if stage in PROJECT.by_state else ""
    after = request.GET.get("after", "")[:20]
    page = selectors.project_page(sight, stage=stage, late=late, after=after)
    counts = selectors.stage_counts(sight)
    kept = f"gd={stage}&" if stage else ("tre=1&" if late else "")
    context = {
        "page": page,
        "stage": stage,
        "late": late,
        "stages": [(state, counts.get(state.name, 0)) for state in PROJECT.states],
        "next_url": f"?{kept}after={page.next}" if page.next else "",
        "may_enter": selectors.units_of(actor_of(request)).exists(),
        "today": moment.today(),
    }
    return render(request, "desk/project_list.html", context)


@official_required
def project_new(request: HttpRequest) -> HttpResponse:
    actor = actor_of(request)
    units = selectors.units_of(actor)
    first = units.select_related("parent").first()
    villages = selectors.villages_of(first) if first else Unit.objects.none()
    form = forms.ProjectForm(request.POST or None, units=units, villages=villages)
    status = 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            try:
                made = project_create(acting=actor, funds=form.funds(), **form.plan())
                messages.success(request, _("The draft is kept."))
                return redirect("desk:project", code=made.code)
            except MatterError as error:
                refusal_show(form, error)
    context = {"form": form, "title": _("A new project"), "may": first is not None}
    return render(request, "desk/project_form.html", context, status=status)


@require_safe
@official_required
def project(request: HttpRequest, code: str) -> HttpResponse:
    """Everything about a project on one page, and what the reader may do with it."""
    found = selectors.dossier_view(actor=actor_of(request), code=code)
    if found is None:
        raise Http404
    context = {
        "dossier": found,
        "project": found.project,
        "owed": [duty for duty in found.own_duties if duty.is_running],
        "ended": [duty for duty in found.own_duties if not duty.is_running],
        "cost_chart": selectors.cost_chart(found.costs),
        "land_chart": selectors.land_chart(found.land),
        "parts": [(slug, part) for slug, part in PARTS.items() if part.works and found.works],
        "today": moment.today(),
        "desk": True,
    }
    return render(request, "desk/project.html", context)


@official_required
def project_edit(request: HttpRequest, code: str) -> HttpResponse:
    found = _seen(request, code)
    if not selectors.works_on(actor_of(request), found.unit):
        raise Http404
    form = forms.PlanForm(request.POST or None, initial=forms.PlanForm.initial_of(found))
    status = 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            names = ("purpose", "location", "design_document", "decision_code", "version")
            given = {name: form.cleaned_data[name] for name in names}
            try:
                project_change(acting=actor_of(request), project=found, funds=form.funds(), **given)
                messages.success(request, _("The plan is corrected."))
                return redirect("desk:project", code=code)
            except MatterError as error:
                refusal_show(form, error)
    context = {"form": form, "project": found, "title": _("Correct the plan"), "may": True}
    return render(request, "desk/project_form.html", context, status=status)


# -- the parts of a dossier -----------------------------------------------------------------------


@dataclass
class Choices:
    """What the forms of parts choose from; queries run only where a form asks."""

    project: Project
    actor: Actor

    @property
    def bodies(self) -> Any:
        return Unit.objects.filter(pk__in=[u.pk for u in responsible_units(self.project)])

    @property
    def voices(self) -> Any:
        return selectors.voices_of(self.actor, self.project)


Save = Callable[[HttpRequest, Actor, Project, dict[str, Any]], object]


@dataclass(frozen=True)
class Part:
    """One thing that is added to a dossier; `works`: only by those who work on the project."""

    title: Any
    form: type[forms.PartForm]
    save: Save
    works: bool = True


def _plain(service: Callable[..., object]) -> Save:
    return lambda request, actor, project, data: service(acting=actor, project=project, **data)


def _photo(request: HttpRequest, actor: Actor, project: Project, data: dict[str, Any]) -> object:
    """The day may come from the picture; it is read before the picture is cleaned of it."""
    upload = next(iter(request.FILES.getlist("papers")), None)
    if upload is None:
        raise MatterError(_("Choose a picture."), field="papers")
    said = photo_facts(upload.read()).taken_at
    upload.seek(0)
    day = data["taken_on"] or (said.date() if said else None)
    if day is None:
        raise MatterError(_("The picture does not say its day; write it."), field="taken_on")
    file = stored_papers(request)[0]
    return record.photo_add(
        acting=actor, project=project, file=file, taken_on=day, alt=data["alt"], place=data["place"]
    )


def _document(request: HttpRequest, actor: Actor, project: Project, data: dict[str, Any]) -> object:
    files = stored_papers(request)
    if len(files) > 1:
        raise MatterError(_("Add one file at a time."), field="papers")
    return record.document_add(
        acting=actor, project=project, file=files[0] if files else None, **data
    )


PARTS: dict[str, Part] = {
    "vuong-mac": Part(
        gettext_lazy("Name an obstacle"), forms.ObstacleForm, _plain(obstacle_create), works=False
    ),
    "nhiem-vu": Part(gettext_lazy("Give a task"), forms.TaskForm, _plain(task_create)),
    "chi-phi": Part(gettext_lazy("Add a cost component"), forms.CostForm, _plain(money.cost_add)),
    "chi-tra": Part(
        gettext_lazy("Write down a payment"), forms.PaymentForm, _plain(money.payment_add)
    ),
    "hop-dong": Part(
        gettext_lazy("Write down a contract"), forms.ContractForm, _plain(money.contract_add)
    ),
    "mat-bang": Part(
        gettext_lazy("State of land clearance"), forms.LandForm, _plain(record.land_add)
    ),
    "anh": Part(gettext_lazy("Add a photograph"), forms.PhotoForm, _photo),
    "tai-lieu": Part(gettext_lazy("Add a document"), forms.DocumentForm, _document),
    "lien-ket": Part(gettext_lazy("Link another matter"), forms.LinkForm, _plain(record.link_add)),
}


@official_required
def project_add(request: HttpRequest, code: str, part: str) -> HttpResponse:
    """Add one part; who may not is told what exists only if it is in sight."""
    found, wanted = _seen(request, code), PARTS.get(part)
    if wanted is None or (wanted.works and not selectors.works_on(actor_of(request), found.unit)):
        raise Http404
    choices = Choices(found, actor_of(request))
    if not wanted.works and not choices.voices.exists():
        raise Http404
    return _part(request, found, wanted, choices)


def _part(request: HttpRequest, found: Project, wanted: Part, choices: Choices) -> HttpResponse:
    form = wanted.form(request.POST or None, dossier=choices)
    status = 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            try:
                with transaction.atomic():  # a file of what is refused is not kept
                    wanted.save(request, choices.actor, found, form.cleaned_data)
                messages.success(request, _("Done: %(step)s.") % {"step": wanted.title})
                return redirect("desk:project", code=found.code)
            except (MatterError, UploadError) as error:
                refusal_show(form, error)
    context = {"form": form, "project": found, "title": wanted.title, "may": True}
    return render(request, "desk/project_form.html", context, status=status)


@official_required
def project_reverse(request: HttpRequest, code: str, payment_id: int) -> HttpResponse:
    """Take a wrong payment back by its negative."""
    found = _seen(request, code)
    payment = Payment.objects.filter(project=found, pk=payment_id).first()
    if payment is None or not selectors.works_on(actor_of(request), found.unit):
        raise Http404

    def save(_request: HttpRequest, actor: Actor, project: Project, data: dict[str, Any]) -> object:
        return money.payment_reverse(acting=actor, project=project, payment=payment, **data)

    wanted = Part(_("Reverse a payment"), forms.ReverseForm, save)
    return _part(request, found, wanted, Choices(found, actor_of(request)))


@official_required
def obstacle_assign(request: HttpRequest, code: str) -> HttpResponse:
    """The step “assign” with the bodies of the project to choose from."""
    actor = actor_of(request)
    obstacle = Obstacle.objects.filter(code=code).select_related("parent").first()
    if obstacle is None or obstacle.parent is None:
        raise Http404
    found = _seen(request, obstacle.parent.code)
    if not selectors.works_on(actor, found.unit):
        raise Http404

    def save(
        _request: HttpRequest, actor: Actor, _project: Project, data: dict[str, Any]
    ) -> object:
        given = data | {"owner": data["owner"].code}
        return matter_act(acting=actor, matter_id=obstacle.pk, step_name="assign", data=given)

    wanted = Part(_("Give it to a responsible body"), forms.AssignForm, save)
    return _part(request, found, wanted, Choices(found, actor))


@require_POST
@official_required
def project_acknowledge(request: HttpRequest, code: str) -> HttpResponse:
    """A partner has read the information."""
    actor, found = actor_of(request), _seen(request, code)
    unit = Unit.objects.filter(code=request.POST.get("unit", "")[:40]).first()
    if unit is None:
        raise Http404
    try:
        remark = request.POST.get("remark", "")
        notice_acknowledge(acting=actor, project=found, unit=unit, remark=remark)
        messages.success(request, _("Written down: %(name)s has read it.") % {"name": unit.name})
    except MatterError as error:
        messages.error(request, error.message)
    return redirect("desk:project", code=code)
