"""What happens under a plan in force, at the desk: tasks, events, promises, reviews, many years."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from dongthuan.core import clock
from dongthuan.core.matters.errors import MatterError
from dongthuan.core.matters.models import Duty
from dongthuan.core.matters.selectors import steps_for
from dongthuan.core.papers.responses import bytes_response
from dongthuan.front.desk import plan_forms as forms
from dongthuan.front.desk.access import actor_of, official_required
from dongthuan.front.desk.plans import (
    area_bodies,
    form_page,
    page_of_plan,
    plan_seen,
    plan_written,
    sign_page,
)
from dongthuan.work.coordination import papers, selectors
from dongthuan.work.coordination.carrying import plan_hand_over, tasks_carry
from dongthuan.work.coordination.events import event_promise, inspection_create
from dongthuan.work.coordination.history import Years, paper_year_add, years_of
from dongthuan.work.coordination.models import PlanReview
from dongthuan.work.coordination.reviewing import figures_of, review_create, review_edit
from dongthuan.work.coordination.sides import side_of
from dongthuan.work.coordination.signing import signatures_of
from dongthuan.work.coordination.template import references

DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


@require_safe
@official_required
def task(request: HttpRequest, code: str) -> HttpResponse:
    """A task: its light and why, what is counted and from which matters, what may be done."""
    view = selectors.task_view(actor=actor_of(request), code=code)
    if view is None:
        raise Http404
    context = {"view": view, "row": view.row, "task": view.row.task, "today": clock.today()}
    return render(request, "desk/plan_task.html", context)


@official_required
def inspection_new(request: HttpRequest, code: str) -> HttpResponse:
    found, actor = plan_written(request, code), actor_of(request)
    form = forms.InspectionForm(request.POST or None, bodies=area_bodies(found))

    def save(data: dict[str, Any]) -> object:
        return inspection_create(acting=actor, plan=found, **data)

    title = _("Plan a joint inspection")
    return form_page(request, form, save, title=title, back=page_of_plan(found))


@official_required
def promise_new(request: HttpRequest, code: str) -> HttpResponse:
    """A promise given in a meeting or found to be needed by an inspection."""
    actor = actor_of(request)
    event = selectors.event_get(actor=actor, code=code)
    if event is None or side_of(actor, event) is None:
        raise Http404
    form = forms.PromiseForm(request.POST or None, bodies=area_bodies(event.plan))

    def save(data: dict[str, Any]) -> object:
        return event_promise(acting=actor, event=event, **data)

    return form_page(
        request, form, save, title=_("Write down a promise"), back=page_of_plan(event.plan)
    )


@official_required
def carry(request: HttpRequest, code: str) -> HttpResponse:
    """All that is open goes into the draft of the next plan."""
    found, actor = plan_written(request, code), actor_of(request)
    form = forms.CarryForm(request.POST or None)

    def save(data: dict[str, Any]) -> object:
        into = selectors.plan_get(actor=actor, code=data["into"])
        if into is None:
            raise MatterError(_("There is no such plan, or you may not see it."), field="into")
        return tasks_carry(
            acting=actor, plan=found, into=into, until=data["until"], reason=data["reason"]
        )

    title = _("Carry all open tasks on")
    return form_page(request, form, save, title=title, back=page_of_plan(found))


@official_required
def hand_over(request: HttpRequest, code: str) -> HttpResponse:
    """The plan of a unit that ends goes on in the plans of its successors."""
    found, actor = plan_seen(request, code), actor_of(request)
    if side_of(actor, found, heads=True) is None:
        raise Http404
    form = forms.HandOverForm(request.POST or None)

    def save(data: dict[str, Any]) -> object:
        return plan_hand_over(acting=actor, plan=found, **data)

    title = _("Hand the plan over to the successors")
    return form_page(request, form, save, title=title, back=page_of_plan(found))


# -- reviews --------------------------------------------------------------------------------------


@require_POST
@official_required
def review_new(request: HttpRequest, code: str) -> HttpResponse:
    found = plan_written(request, code)
    sort = request.POST.get("sort", "")[:10]
    try:
        made = review_create(acting=actor_of(request), plan=found, sort=sort)
    except MatterError as error:
        messages.error(request, error.message)
        return redirect(page_of_plan(found))
    return redirect("desk:coord_review", code=made.code)


def _review(request: HttpRequest, code: str) -> PlanReview:
    found = selectors.review_get(actor=actor_of(request), code=code)
    if found is None:
        raise Http404
    return found


@require_safe
@official_required
def review(request: HttpRequest, code: str) -> HttpResponse:
    """A review: its figures with what is behind them, its assessments, its signatures."""
    found, actor = _review(request, code), actor_of(request)
    side = side_of(actor, found)
    context = {
        "review": found,
        "plan": found.plan,
        "figures": figures_of(found),
        "steps": steps_for(actor=actor, matter=found),
        "signatures": signatures_of(found),
        "writes": bool(side) and found.state == "drafted",
        "duties": Duty.objects.filter(matter=found),
        "today": clock.today(),
    }
    return render(request, "desk/plan_review.html", context)


@official_required
def review_text(request: HttpRequest, code: str) -> HttpResponse:
    found, actor = _review(request, code), actor_of(request)
    if side_of(actor, found) is None:
        raise Http404
    form = forms.ReviewForm(request.POST or None, initial=forms.ReviewForm.initial_of(found))

    def save(data: dict[str, Any]) -> object:
        return review_edit(acting=actor, review=found, **data)

    back = reverse("desk:coord_review", args=[found.code])
    return form_page(request, form, save, title=_("Write the assessment"), back=back)


@official_required
def review_sign(request: HttpRequest, code: str) -> HttpResponse:
    found = _review(request, code)
    if side_of(actor_of(request), found, heads=True) is None or not found.signed_text:
        raise Http404
    back = reverse("desk:coord_review", args=[found.code])
    return sign_page(request, found, papers.review_lines(found), back=back)


@require_safe
@official_required
def review_paper(request: HttpRequest, code: str, form: str) -> HttpResponse:
    """The review as PDF or DOCX."""
    found = _review(request, code)
    if form not in ("pdf", "docx"):
        raise Http404
    name = f"bao-cao-{found.code}.{form}"
    if form == "docx":
        return bytes_response(name=name, content_type=DOCX, data=papers.review_docx(found))
    return bytes_response(name=name, content_type="application/pdf", data=papers.review_pdf(found))


# -- many years -----------------------------------------------------------------------------------


def _years(request: HttpRequest) -> tuple[forms.YearsForm, Years | None]:
    partners = selectors.partners_of(actor_of(request))
    this = clock.today().year
    first = {"since": this - 10, "until": this, "unit": partners[0].pk if partners else None}
    form = forms.YearsForm({**first, **request.GET.dict()}, partners=partners)
    if not form.is_valid():
        return form, None
    data = form.cleaned_data
    since, until = sorted((data["since"], data["until"]))
    return form, years_of(data["unit"], since=since, until=until)


@require_safe
@official_required
def many_years(request: HttpRequest) -> HttpResponse:
    """Years of coordination from final reviews and from paper, each with its source."""
    form, found = _years(request)
    context = {
        "form": form, "years": found, "references": references(), "query": request.GET.urlencode(),
        "may_enter": bool(selectors.partners_of(actor_of(request))),
    }  # fmt: skip
    return render(request, "desk/plan_years.html", context)


@require_safe
@official_required
def many_years_paper(request: HttpRequest, form: str) -> HttpResponse:
    _form, found = _years(request)
    if found is None or form not in ("pdf", "docx"):
        raise Http404
    title = f"Tổng kết nhiều năm công tác phối hợp: {found.unit.name}"
    body = [
        f"Tổng số nhiệm vụ theo nguồn ghi số: {found.tasks}; hoàn thành {found.done}; họp"
        f" {found.meetings}. Nhiệm vụ chuyển tiếp được tính một lần ({found.again}).",
        f"Năm chưa có nguồn: {', '.join(map(str, found.missing)) or 'không'}.",
        *[f"Nguồn khác nêu: {one.value} {one.vi} ({one.source})." for one in references()],
    ]
    rows = [row.cells for row in found.rows]
    if form == "docx":
        data = papers.text_docx(title, [*body, *["; ".join(row) for row in rows]])
        return bytes_response(name="tong-ket-nhieu-nam.docx", content_type=DOCX, data=data)
    data = papers.years_pdf(found.unit, title, rows, body)
    return bytes_response(name="tong-ket-nhieu-nam.pdf", content_type="application/pdf", data=data)


@official_required
def paper_year(request: HttpRequest) -> HttpResponse:
    actor = actor_of(request)
    partners = selectors.partners_of(actor)
    if not partners:
        raise Http404
    form = forms.PaperYearForm(
        request.POST or None, partners=partners, initial={"unit": partners[0].pk}
    )

    def save(data: dict[str, Any]) -> object:
        return paper_year_add(acting=actor, **data)

    title = _("Enter a year from paper")
    return form_page(request, form, save, title=title, back=reverse("desk:coord_years"))
