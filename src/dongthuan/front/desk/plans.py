"""Coordination plans at the desk: lists, one plan on one page, its text, its two signatures."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django import forms as django_forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from dongthuan.core import clock
from dongthuan.core.matters.errors import MatterError
from dongthuan.core.matters.services import matter_act
from dongthuan.core.papers.responses import attachment_response, bytes_response
from dongthuan.core.people.actors import area_of
from dongthuan.core.units.models import Unit
from dongthuan.front.desk import plan_forms as forms
from dongthuan.front.desk.access import actor_of, official_required
from dongthuan.front.desk.serving import form_taken
from dongthuan.work.coordination import papers, planning, selectors
from dongthuan.work.coordination.listing import line_add, line_edit, line_remove
from dongthuan.work.coordination.models import (
    Clause,
    ClauseComment,
    CoordinationPlan,
    Ground,
    TaskLine,
)
from dongthuan.work.coordination.sides import bodies_of, side_of
from dongthuan.work.coordination.text import digest_of, plan_lines

Save = Callable[[dict[str, Any]], object]


def plan_seen(request: HttpRequest, code: str) -> CoordinationPlan:
    found = selectors.plan_get(actor=actor_of(request), code=code)
    if found is None:
        raise Http404
    return found


def plan_written(request: HttpRequest, code: str) -> CoordinationPlan:
    """A plan of one of the actor's sides; to others the page does not exist."""
    found = plan_seen(request, code)
    if side_of(actor_of(request), found) is None:
        raise Http404
    return found


def area_bodies(plan: CoordinationPlan) -> list[Unit]:
    return bodies_of(Unit.objects.get(path=area_of(plan.path)))


def form_page(
    request: HttpRequest, form: django_forms.Form, save: Save, *, title: str, back: str,
    submit: str = "", **more: Any,
) -> HttpResponse:  # fmt: skip
    """One form on a page: saved and back, or shown with its refusal."""
    done, status = form_taken(request, form, save, back=back)
    if done is not None:
        return done
    context = {
        "form": form, "title": title, "back_url": back, "submit": submit or _("Save"), **more,
    }  # fmt: skip
    return render(request, "desk/plan_form.html", context, status=status)


def page_of_plan(plan: CoordinationPlan) -> str:
    return reverse("desk:coord_plan", args=[plan.code])


# -- lists ----------------------------------------------------------------------------------------


@require_safe
@official_required
def plans(request: HttpRequest) -> HttpResponse:
    """Plans in sight, newest first, of a year or of all."""
    actor = actor_of(request)
    sight = selectors.plans_sight(actor)
    said = request.GET.get("nam", "")
    year = int(said) if said.isascii() and said.isdecimal() and len(said) == 4 else None
    page = selectors.plan_page(sight, year=year, after=request.GET.get("after", "")[:20])
    kept = f"nam={year}&" if year else ""
    context = {
        "page": page,
        "year": year,
        "years": selectors.years(sight),
        "next_url": f"?{kept}after={page.next}" if page.next else "",
        "may_draft": bool(selectors.partners_of(actor)),
        "today": clock.today(),
    }
    return render(request, "desk/plan_list.html", context)


@official_required
def plan_new(request: HttpRequest) -> HttpResponse:
    """Draft the plan of this year or the next; where both are there, the way to them."""
    actor = actor_of(request)
    partners = selectors.partners_of(actor)
    if not partners:
        raise Http404
    free = [(one, year) for one in partners if (year := planning.year_free(one))]
    if not free:
        ahead = selectors.plans_ahead(actor=actor, partners=partners)
        status = 422 if request.method == "POST" else 200  # the other side was faster
        return render(request, "desk/plan_ahead.html", {"plans": ahead}, status=status)
    first = {"partner": free[0][0].pk, "year": free[0][1]}
    form = forms.PlanForm(request.POST or None, partners=partners, initial=first)

    def save(data: dict[str, Any]) -> str:
        return page_of_plan(planning.plan_create(acting=actor, **data))

    return form_page(
        request, form, save, title=_("Draft a plan"), back=reverse("desk:coord_plans"),
        submit=_("Begin from the template"),
    )  # fmt: skip


# -- one plan -------------------------------------------------------------------------------------


@require_safe
@official_required
def plan(request: HttpRequest, code: str) -> HttpResponse:
    """Everything about a plan on one page, and what the reader may do with it."""
    view = selectors.plan_view(actor=actor_of(request), code=code)
    if view is None:
        raise Http404
    context = {"view": view, "plan": view.plan, "today": clock.today()}
    return render(request, "desk/plan.html", context)


@require_safe
@official_required
def plan_paper(request: HttpRequest, code: str) -> Any:
    """The plan as PDF: the sealed file where a body has sealed it, else printed anew."""
    found = plan_seen(request, code)
    if found.signed_pdf:
        return attachment_response(found.signed_pdf, inline_ok=True)
    return bytes_response(
        name=f"ke-hoach-phoi-hop-{found.code}.pdf", content_type="application/pdf",
        data=papers.plan_pdf(found),
    )  # fmt: skip


@official_required
def plan_sign(request: HttpRequest, code: str) -> HttpResponse:
    """The exact text with its digest, and one button for the head of a side."""
    found, actor = plan_seen(request, code), actor_of(request)
    if side_of(actor, found, heads=True) is None:
        raise Http404
    lines = plan_lines(found)
    return sign_page(request, found, lines, back=page_of_plan(found))


def sign_page(request: HttpRequest, matter: Any, lines: list[str], *, back: str) -> HttpResponse:
    """Read, then sign: of a plan or a review."""
    refused = ""
    if request.method == "POST":
        given = {"digest": request.POST.get("digest", "")[:64]}
        said = request.POST.get("version", "")
        try:
            matter_act(
                acting=actor_of(request), matter_id=matter.pk, step_name="sign", data=given,
                version=int(said) if said.isascii() and said.isdecimal() and len(said) < 9 else 0,
            )  # fmt: skip
            messages.success(request, _("Your signature is recorded."))
            return redirect(back)
        except MatterError as error:
            refused = error.message
    context = {
        "matter": matter, "lines": lines, "digest": digest_of(lines), "back_url": back,
        "refused": refused,
    }  # fmt: skip
    return render(request, "desk/plan_sign.html", context, status=422 if refused else 200)


@official_required
def plan_head(request: HttpRequest, code: str) -> HttpResponse:
    found, actor = plan_written(request, code), actor_of(request)
    first = {"theme": found.theme, "economic_plan": found.economic_plan}
    form = forms.HeadForm(request.POST or None, initial=first)

    def save(data: dict[str, Any]) -> object:
        return planning.head_edit(acting=actor, plan=found, **data)

    return form_page(request, form, save, title=_("Theme and basis"), back=page_of_plan(found))


@official_required
def ground_new(request: HttpRequest, code: str) -> HttpResponse:
    found, actor = plan_written(request, code), actor_of(request)

    def save(data: dict[str, Any]) -> object:
        return planning.ground_add(acting=actor, plan=found, **data)

    form = forms.GroundForm(request.POST or None)
    return form_page(request, form, save, title=_("Add a basis"), back=page_of_plan(found))


@require_POST
@official_required
def ground_drop(request: HttpRequest, ground_id: int) -> HttpResponse:
    ground = Ground.objects.select_related("plan").filter(pk=ground_id).first()
    if ground is None:
        raise Http404
    found = plan_written(request, ground.plan.code)
    return _do(request, found, lambda: planning.ground_remove(
        acting=actor_of(request), ground=ground), _("The basis is out of the plan."))  # fmt: skip


def _do(
    request: HttpRequest, found: CoordinationPlan, act: Callable[[], object], done: str
) -> HttpResponse:
    """One act by a button; what became of it is told on the plan's page."""
    try:
        act()
        messages.success(request, done)
    except MatterError as error:
        messages.error(request, error.message)
    return redirect(page_of_plan(found))


@require_POST
@official_required
def amendment(request: HttpRequest, code: str) -> HttpResponse:
    """Begin an amendment of a plan in force."""
    found = plan_written(request, code)
    try:
        made = planning.amendment_create(acting=actor_of(request), plan=found)
    except MatterError as error:
        messages.error(request, error.message)
        return redirect(page_of_plan(found))
    return redirect(page_of_plan(made))


# -- clauses --------------------------------------------------------------------------------------


@official_required
def clause_new(request: HttpRequest, code: str, section: int) -> HttpResponse:
    found, actor = plan_written(request, code), actor_of(request)
    if not 1 <= section <= 5:
        raise Http404
    form = forms.ClauseForm(request.POST or None, section=section)

    def save(data: dict[str, Any]) -> object:
        return planning.clause_add(acting=actor, plan=found, section=section, **data)

    return form_page(request, form, save, title=_("Add a clause"), back=page_of_plan(found))


def _clause(request: HttpRequest, clause_id: int) -> Clause:
    found = selectors.clause_get(actor=actor_of(request), clause_id=clause_id)
    if found is None:
        raise Http404
    return found


def _own_clause(request: HttpRequest, clause_id: int) -> Clause:
    found = _clause(request, clause_id)
    if side_of(actor_of(request), found.plan) is None:
        raise Http404
    return found


@require_safe
@official_required
def clause(request: HttpRequest, clause_id: int) -> HttpResponse:
    """A clause through all its versions, with what came and went, and what was said of it."""
    found = _clause(request, clause_id)
    side = side_of(actor_of(request), found.plan)
    context = {
        "clause": found,
        "plan": found.plan,
        "changes": selectors.changes_of(found),
        "comments": found.comments.all(),
        "side": side[0] if side else "",
    }
    return render(request, "desk/plan_clause.html", context)


@official_required
def clause_edit(request: HttpRequest, clause_id: int) -> HttpResponse:
    found, actor = _own_clause(request, clause_id), actor_of(request)
    first = {"number": found.number, "text": found.text}
    form = forms.ClauseEditForm(request.POST or None, initial=first)

    def save(data: dict[str, Any]) -> object:
        return planning.clause_edit(acting=actor, clause=found, **data)

    back = reverse("desk:coord_clause", args=[found.pk])
    warn = found.plan.state in ("agreed", "half_signed")
    return form_page(
        request, form, save, title=_("Write the clause anew"), back=back, warn_void=warn
    )


@require_POST
@official_required
def clause_drop(request: HttpRequest, clause_id: int) -> HttpResponse:
    found = _own_clause(request, clause_id)
    return _do(request, found.plan, lambda: planning.clause_remove(
        acting=actor_of(request), clause=found), _("The clause is out of the plan."))  # fmt: skip


@official_required
def comment_new(request: HttpRequest, clause_id: int) -> HttpResponse:
    found, actor = _own_clause(request, clause_id), actor_of(request)

    def save(data: dict[str, Any]) -> object:
        return planning.comment_add(acting=actor, clause=found, **data)

    back = reverse("desk:coord_clause", args=[found.pk])
    form = forms.CommentForm(request.POST or None)
    return form_page(
        request, form, save, title=_("Comment on a clause"), back=back, quote=found.text
    )


@official_required
def comment_answer(request: HttpRequest, comment_id: int) -> HttpResponse:
    """The other side answers; the side that made it takes it back."""
    comment = ClauseComment.objects.select_related("clause").filter(pk=comment_id).first()
    if comment is None:
        raise Http404
    found, actor = _own_clause(request, comment.clause_id), actor_of(request)
    side = side_of(actor, found.plan)
    form = forms.AnswerForm(request.POST or None)
    if side and side[0] == comment.side:
        form.fields["outcome"].choices = [  # type: ignore[attr-defined]
            ("back", _("take the comment back"))
        ]

    def save(data: dict[str, Any]) -> object:
        return planning.comment_answer(acting=actor, comment=comment, **data)

    back = reverse("desk:coord_clause", args=[found.pk])
    return form_page(
        request, form, save, title=_("Answer a comment"), back=back, quote=comment.text
    )


# -- the list of tasks ----------------------------------------------------------------------------


@official_required
def line_new(request: HttpRequest, code: str) -> HttpResponse:
    found, actor = plan_written(request, code), actor_of(request)
    form = forms.LineForm(request.POST or None, bodies=area_bodies(found))

    def save(_data: dict[str, Any]) -> object:
        return line_add(acting=actor, plan=found, given=form.given())

    return form_page(request, form, save, title=_("Add a task"), back=page_of_plan(found))


def _line(request: HttpRequest, line_id: int) -> TaskLine:
    found = (
        TaskLine.objects.select_related("plan", "lead").filter(pk=line_id, removed=False).first()
    )
    if found is None:
        raise Http404
    plan_written(request, found.plan.code)
    return found


@official_required
def line_change(request: HttpRequest, line_id: int) -> HttpResponse:
    line, actor = _line(request, line_id), actor_of(request)
    form = forms.LineForm(
        request.POST or None, bodies=area_bodies(line.plan), initial=forms.LineForm.initial_of(line)
    )

    def save(_data: dict[str, Any]) -> object:
        return line_edit(acting=actor, line=line, given=form.given())

    return form_page(
        request, form, save, title=_("Write the task anew"), back=page_of_plan(line.plan)
    )


@require_POST
@official_required
def line_drop(request: HttpRequest, line_id: int) -> HttpResponse:
    line = _line(request, line_id)
    return _do(
        request, line.plan, lambda: line_remove(acting=actor_of(request), line=line),
        _("The task is out of the plan."),
    )  # fmt: skip
