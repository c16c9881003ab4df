"""Supervision at the desk: boards, inspections, visits, findings, what citizens told a board."""

from __future__ import annotations

from functools import partial
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.db import transaction
from django.forms import BaseForm
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST, require_safe

from dongthuan.core import clock
from dongthuan.core.matters.errors import MatterError
from dongthuan.core.papers.errors import UploadError
from dongthuan.core.papers.photos import photo_facts
from dongthuan.core.papers.responses import attachment_response
from dongthuan.core.papers.services import attachments_store
from dongthuan.core.people.actors import Actor
from dongthuan.core.units.models import Kind, Role, Unit
from dongthuan.core.units.selectors import villages_of
from dongthuan.front.desk.access import actor_of, official_required
from dongthuan.front.desk.serving import form_show
from dongthuan.front.desk.supervision_forms import (
    BoardForm,
    FindingForm,
    HintAnswerForm,
    InspectionForm,
    LeafForm,
    LeaveForm,
    MemberForm,
    SpotForm,
    VisitForm,
)
from dongthuan.work.supervision import papers, rules, selectors
from dongthuan.work.supervision.boards import (
    board_create,
    leaf_add,
    member_add,
    member_end,
    seat_set,
)
from dongthuan.work.supervision.hints import hint_answer
from dongthuan.work.supervision.inspections import (
    Shot,
    finding_create,
    finding_edit,
    inspection_create,
    visit_record,
)
from dongthuan.work.supervision.models import Board, Finding, Inspection, Member

VIEWS = ("boards", "inspections", "open", "certify", "late")
Refused = (MatterError, UploadError)


def show(form: BaseForm, error: Exception) -> None:
    name = getattr(error, "field", "")
    name = "on" if name == "at" else name  # the moment is asked as day and hour
    form.add_error(name if name in form.fields else None, str(getattr(error, "message", error)))


form_page = partial(form_show, room=("desk:supervision", gettext_lazy("Supervision")))


@require_safe
@official_required
def overview(request: HttpRequest) -> HttpResponse:
    """Boards, inspections, findings: what is open, what waits for the Front, what is overdue."""
    actor, after = actor_of(request), request.GET.get("after", "")[:20]
    view = request.GET.get("xem", "boards")
    view = view if view in VIEWS else "boards"
    if view == "boards":
        page = selectors.board_list(actor=actor, after=after)
    elif view == "inspections":
        page = selectors.inspection_list(actor=actor, after=after)
    else:
        page = selectors.finding_list(actor=actor, view=view, after=after)
    context = {
        "view": view,
        "page": page,
        "next_url": f"?xem={view}&after={page.next}" if page.next else "",
        "fronts": fronts_of(actor).exists(),
        "today": clock.today(),
    }
    return render(request, "desk/supervision_list.html", context)


def fronts_of(actor: Actor) -> Any:
    paths = [scope.unit_path for scope in actor.scopes_of(Role.FRONT)]
    here = Unit.objects.in_force(clock.today()).filter(path__in=paths, kind=Kind.FRONT)
    return here.order_by("sort_key")


# -- a board --------------------------------------------------------------------------------------


@official_required
def board_new(request: HttpRequest) -> HttpResponse:
    """The Front begins to form a board."""
    actor = actor_of(request)
    fronts = fronts_of(actor)
    if not fronts.exists():
        raise Http404
    form, status = BoardForm(request.POST or None, fronts=fronts), 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            names = ("front", "sort", "size", "deputies")
            try:
                made = board_create(
                    acting=actor, project=form.project(),
                    **{name: form.cleaned_data[name] for name in names},
                )  # fmt: skip
                messages.success(request, _("The board is begun. Record its members next."))
                return redirect("desk:board", code=made.code)
            except MatterError as error:
                show(form, error)
    return form_page(
        request,
        form,
        title=_("Form a board"),
        back=reverse("desk:supervision"),
        submit=_("Begin"),
        status=status,
    )


@require_safe
@official_required
def board(request: HttpRequest, code: str) -> HttpResponse:
    """A board: who sits on it, what it lacks, its plans, its inspections."""
    view = selectors.board_view(actor=actor_of(request), code=code)
    if view is None:
        raise Http404
    context = {"view": view, "board": view.board, "today": clock.today()}
    return render(request, "desk/supervision_board.html", context)


def _board(request: HttpRequest, code: str) -> Board:
    found = selectors.board_get(actor=actor_of(request), code=code)
    if found is None:
        raise Http404
    return found


def _directed(request: HttpRequest, code: str) -> Board:
    """A board of the actor's own Front; to others the page does not exist."""
    found = _board(request, code)
    if not fronts_of(actor_of(request)).filter(pk=found.unit_id).exists():
        raise Http404
    return found


def _villages(found: Board) -> Any:
    return villages_of(found.organ.parent or found.organ, clock.today()).order_by("sort_key")


@official_required
def member_new(request: HttpRequest, code: str) -> HttpResponse:
    """One member, as elected or sent."""
    found = _directed(request, code)
    form = MemberForm(
        request.POST or None, villages=_villages(found), standards=rules.standards(found.sort)
    )
    status = 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            try:
                member_add(
                    acting=actor_of(request), board=found, elected=form.elected(),
                    qualified=form.cleaned_data["qualified"],
                )  # fmt: skip
                messages.success(request, _("The member is recorded."))
                return redirect("desk:board", code=found.code)
            except MatterError as error:
                show(form, error)
    return form_page(
        request,
        form,
        title=_("Record a member"),
        back=reverse("desk:board", args=[found.code]),
        submit=_("Save"),
        status=status,
    )


def _member(request: HttpRequest, member_id: int) -> Member:
    member = Member.objects.select_related("board").filter(pk=member_id).first()
    if member is None:
        raise Http404
    _directed(request, member.board.code)
    return member


@official_required
def member_leave(request: HttpRequest, member_id: int) -> HttpResponse:
    """A member leaves within the term; the seat is to be filled again."""
    member = _member(request, member_id)
    form, status = LeaveForm(request.POST or None), 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            try:
                member_end(acting=actor_of(request), member=member, **form.cleaned_data)
                messages.success(request, _("The member has left; the seat is open."))
                return redirect("desk:board", code=member.board.code)
            except MatterError as error:
                show(form, error)
    return form_page(
        request,
        form,
        title=_("A member leaves: %(name)s") % {"name": member.name},
        back=reverse("desk:board", args=[member.board.code]),
        submit=_("Save"),
        status=status,
    )


@require_POST
@official_required
def member_seat(request: HttpRequest, member_id: int) -> HttpResponse:
    """Head, deputy or member, as the meeting of the board chose."""
    member = _member(request, member_id)
    try:
        seat_set(acting=actor_of(request), member=member, seat=request.POST.get("seat", ""))
        said = {"name": member.name, "seat": member.get_seat_display()}
        messages.success(request, _("%(name)s: %(seat)s.") % said)
    except MatterError as error:
        messages.error(request, error.message)
    return redirect("desk:board", code=member.board.code)


@official_required
def leaf_new(request: HttpRequest, code: str) -> HttpResponse:
    """A plan or report of the board; what the People's Committee told it."""
    view = selectors.board_view(actor=actor_of(request), code=code)
    if view is None or not (view.belongs or view.owes):
        raise Http404
    sorts = ["plan", "report"] * view.belongs + ["policy", "results"] * view.owes
    form, status = LeafForm(request.POST or None, sorts=sorts), 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            try:
                leaf_add(acting=actor_of(request), board=view.board, **form.cleaned_data)
                messages.success(request, _("The paper is recorded."))
                return redirect("desk:board", code=view.board.code)
            except MatterError as error:
                show(form, error)
    return form_page(
        request,
        form,
        title=_("Plan, report or information"),
        back=reverse("desk:board", args=[view.board.code]),
        submit=_("Save"),
        status=status,
    )


# -- inspections, visits, findings ----------------------------------------------------------------


@official_required
def inspection_new(request: HttpRequest, code: str) -> HttpResponse:
    """Plan one inspection of a board."""
    view = selectors.board_view(actor=actor_of(request), code=code)
    if view is None or not view.belongs:
        raise Http404
    form, status = InspectionForm(request.POST or None), 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            try:
                made = inspection_create(
                    acting=actor_of(request), board=view.board, **form.cleaned_data
                )
                messages.success(request, _("The inspection is planned."))
                return redirect("desk:inspection", code=made.code)
            except MatterError as error:
                show(form, error)
    lead = _("The inspection board sends its plan five working days before the first day.")
    return form_page(
        request,
        form,
        title=_("Plan an inspection"),
        back=reverse("desk:board", args=[view.board.code]),
        submit=_("Save"),
        status=status,
        lead=lead if view.board.is_ttnd else "",
    )


@require_safe
@official_required
def inspection(request: HttpRequest, code: str) -> HttpResponse:
    """An inspection: its days, its visits with photographs, its findings."""
    view = selectors.inspection_view(actor=actor_of(request), code=code)
    if view is None:
        raise Http404
    context = {"view": view, "inspection": view.inspection, "today": clock.today()}
    return render(request, "desk/supervision_inspection.html", context)


def _own_inspection(request: HttpRequest, code: str) -> Inspection:
    view = selectors.inspection_view(actor=actor_of(request), code=code)
    if view is None or not view.belongs:
        raise Http404
    return view.inspection


@official_required
def visit_new(request: HttpRequest, code: str) -> HttpResponse:
    """On the phone, at the work: photographs, where, who, what; perhaps a finding."""
    found = _own_inspection(request, code)
    form = VisitForm(request.POST or None, villages=_villages(found.board), inspection=found)
    status = 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            try:
                _visited(request, found, form)
                messages.success(request, _visit_told(form))
                return redirect("desk:inspection", code=found.code)
            except Refused as error:
                show(form, error)
    return form_page(
        request,
        form,
        title=_("Record a visit"),
        back=reverse("desk:inspection", args=[found.code]),
        submit=_("Record the visit"),
        status=status,
        multipart=True,
    )


def _visit_told(form: VisitForm) -> str:
    if form.finding() is None:
        return _("The visit is recorded.")
    return _("The visit is recorded. Open the finding below and ask the Front to certify it.")


@transaction.atomic
def _visited(request: HttpRequest, found: Inspection, form: VisitForm) -> None:
    """A photograph of a visit that is refused is not kept."""
    uploads: list[Any] = request.FILES.getlist("photos")
    facts = [photo_facts(upload.read()) for upload in uploads]
    for upload in uploads:
        upload.seek(0)
    stored = attachments_store(uploads=uploads, uploaded_by=request.user)  # type: ignore[arg-type]
    visit_record(
        acting=actor_of(request), inspection=found, at=form.at(), spot=form.spot(),
        members=list(form.cleaned_data["members"]), others=form.cleaned_data["others"],
        seen=form.cleaned_data["seen"], finding=form.finding(),
        shots=[Shot(one, said) for one, said in zip(stored, facts, strict=True)],
    )  # fmt: skip


class _SpotFindingForm(SpotForm, FindingForm):
    field_order = ("what", "place", "village", "latitude", "longitude", "norm", "grade")


@official_required
def finding_new(request: HttpRequest, code: str) -> HttpResponse:
    """A finding out of papers, without a visit."""
    found = _own_inspection(request, code)
    form, status = _SpotFindingForm(request.POST or None, villages=_villages(found.board)), 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            try:
                made = finding_create(
                    acting=actor_of(request), inspection=found, spot=form.spot(), seen=form.seen()
                )
                messages.success(
                    request, _("The finding is a draft. Ask the Front to certify it next.")
                )
                return redirect("desk:matter", code=made.code)
            except MatterError as error:
                show(form, error)
    return form_page(
        request,
        form,
        title=_("Write a finding"),
        back=reverse("desk:inspection", args=[found.code]),
        submit=_("Save"),
        status=status,
    )


def _finding(request: HttpRequest, code: str) -> Finding:
    found = selectors.finding_get(actor=actor_of(request), code=code)
    if found is None:
        raise Http404
    return found


@official_required
def finding_rewrite(request: HttpRequest, code: str) -> HttpResponse:
    """The board writes its draft anew."""
    found = _finding(request, code)
    if found.state != "drafted" or not selectors.reads_hints(actor_of(request), found.board):
        raise Http404
    known = {name: getattr(found, name) for name in ("what", "norm", "grade", "recommendation")}
    known["recommendation"] = found.proposed or found.recommendation
    form, status = FindingForm(request.POST or None, initial=known), 200
    version = request.POST.get("version", "")
    if request.method == "POST":
        status = 422
        if form.is_valid():
            try:
                finding_edit(
                    acting=actor_of(request), finding=found, seen=form.seen(),
                    version=int(version) if version.isdecimal() and len(version) < 9 else 0,
                )  # fmt: skip
                messages.success(request, _("The finding is written anew."))
                return redirect("desk:matter", code=found.code)
            except MatterError as error:
                show(form, error)
    return form_page(
        request,
        form,
        title=_("Write the finding anew"),
        back=reverse("desk:matter", args=[found.code]),
        submit=_("Save"),
        status=status,
        version=found.version,
    )


# -- papers ---------------------------------------------------------------------------------------


def _pdf(name: str, data: bytes) -> HttpResponse:
    response = HttpResponse(data, content_type="application/pdf")
    response["Content-Disposition"] = f'inline; filename="{name}.pdf"'
    return response


@require_safe
@official_required
def plan_paper(request: HttpRequest, code: str) -> HttpResponse:
    found = _own_inspection(request, code)
    return _pdf(f"ke-hoach-{found.code}", papers.plan_pdf(found))


@require_safe
@official_required
def visit_paper(request: HttpRequest, visit_id: int) -> HttpResponse:
    found = selectors.visit_get(actor=actor_of(request), visit_id=visit_id)
    if found is None:
        raise Http404
    return _pdf(f"bien-ban-{found.inspection.code}", papers.visit_pdf(found))


@require_safe
@official_required
def visit_photo(request: HttpRequest, visit_id: int, handle: UUID) -> HttpResponseBase:
    """A photograph of a visit, for the board and its Front."""
    found = selectors.visit_get(actor=actor_of(request), visit_id=visit_id)
    shown = found.photos.filter(attachment__uuid=handle).first() if found else None
    if shown is None:
        raise Http404
    return attachment_response(shown.attachment, inline_ok=True)


@require_safe
@official_required
def finding_paper(request: HttpRequest, code: str) -> HttpResponse:
    found = _finding(request, code)
    drafts = selectors.reads_hints(actor_of(request), found.board)
    return _pdf(f"kien-nghi-{found.code}", papers.finding_pdf(found, drafts=drafts))


# -- what citizens told the board -----------------------------------------------------------------


@require_safe
@official_required
def hints(request: HttpRequest, code: str) -> HttpResponse:
    """What citizens told the board; for the board and its Front."""
    found = _board(request, code)
    if not selectors.reads_hints(actor_of(request), found):
        raise Http404
    page = selectors.hint_list(
        actor=actor_of(request), board=found, after=request.GET.get("after", "")[:20]
    )
    context = {
        "board": found,
        "page": page,
        "next_url": f"?after={page.next}" if page.next else "",
    }
    return render(request, "desk/supervision_hints.html", context)


@official_required
def hint(request: HttpRequest, hint_id: int) -> HttpResponse:
    """One of them: look into it, or answer."""
    found = selectors.hint_get(actor=actor_of(request), hint_id=hint_id)
    if found is None:
        raise Http404
    own = found.board.inspections.order_by("-id")
    form = HintAnswerForm(
        request.POST or None, inspections=own, initial={"inspection": found.inspection_id}
    )
    status = 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            try:
                hint_answer(acting=actor_of(request), hint=found, **form.cleaned_data)
                told = form.cleaned_data["reply"]
                messages.success(
                    request,
                    _("The answer is kept.") if told else _("Recorded: the board looks into it."),
                )
                return redirect("desk:hints", code=found.board.code)
            except MatterError as error:
                show(form, error)
    return form_page(
        request,
        form,
        title=found.code,
        back=reverse("desk:hints", args=[found.board.code]),
        submit=_("Save"),
        status=status,
        hint=found,
        template="desk/supervision_hint.html",
    )
