"""Consultations at the desk: opinions read and grouped, answers, counts, hearings, papers."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_safe

from dongthuan.core.matters.errors import MatterError
from dongthuan.front.desk.access import official_required
from dongthuan.front.desk.consultation_forms import (
    AddresseeForm,
    AnswerForm,
    ClusterForm,
    HearingForm,
    HoldForm,
    TallyForm,
)
from dongthuan.front.desk.consultations import actor_of, answer_form, as_rows, kept, show
from dongthuan.work.consultations import selectors
from dongthuan.work.consultations.clusters import cluster_add, cluster_answer, opinions_cluster
from dongthuan.work.consultations.hearings import addressee_add, hearing_record, tally_set
from dongthuan.work.consultations.models import Consultation
from dongthuan.work.consultations.opinions import opinion_hold, opinions_show
from dongthuan.work.consultations.papers import plan_pdf, synthesis_pdf
from dongthuan.work.consultations.services import villages_of

VIEWS = ("new", "loose", "held", "all")


def _numbers(said: list[str]) -> list[int]:
    return [int(text) for text in said[:500] if text.isdecimal() and len(text) < 18]


@official_required
def opinions(request: HttpRequest, code: str) -> HttpResponse:
    """Opinions to be read, shown, put into groups; fifty at a time."""
    matter = kept(request, code)
    view = request.GET.get("xem", "new")[:20]
    form, status, ids = ClusterForm(), 200, []
    if request.method == "POST":
        ids = _numbers(request.POST.getlist("opinion"))
        try:
            messages.success(request, _acted(request, matter, ids))
            return redirect(f"{request.path}?xem={view}")
        except MatterError as error:
            # What was ticked and typed is still there after a refusal.
            form, status = ClusterForm(request.POST), 422
            form.errors.clear()
            show(form, error)
    page = selectors.opinions_desk(matter, view=view, after=request.GET.get("after", "")[:20])
    context = {
        "matter": matter, "page": page, "view": view, "clusters": list(matter.clusters.all()),
        "pages": {"newer": "", "older": f"?xem={view}&after={page.next}" if page.next else ""},
        "form": form, "ticked": ids, "chosen": _chosen(request),
    }  # fmt: skip
    return render(request, "desk/consultation_opinions.html", context, status=status)


def _chosen(request: HttpRequest) -> int:
    """The group that was chosen in the list, or 0."""
    return next(iter(_numbers([request.POST.get("cluster", "")])), 0)


@transaction.atomic
def _acted(request: HttpRequest, matter: Consultation, ids: list[int]) -> str:
    """Show what was chosen, put it into a group, or form a new group of it; says what was done."""
    given: dict[str, Any] = {"acting": actor_of(request), "consultation_id": matter.pk}
    go = request.POST.get("go", "")
    if go == "show":
        if not ids:
            raise MatterError(_("Choose at least one opinion."))
        count = opinions_show(**given, opinion_ids=ids)
        done = ngettext("%(n)d opinion is shown now.", "%(n)d opinions are shown now.", count)
        return done % {"n": count}
    cluster_id = _chosen(request)
    if go == "new":
        made = cluster_add(**given, title=request.POST.get("title", "")[:400])
        cluster_id = made.pk
        if not ids:
            return _("Group %(n)s is formed.") % {"n": made.number}
    count = opinions_cluster(**given, opinion_ids=ids, cluster_id=cluster_id)
    done = ngettext("%(n)d opinion stands in the group.", "%(n)d opinions stand in the group.",
                    count)  # fmt: skip
    return done % {"n": count}


@official_required
def hold(request: HttpRequest, code: str, opinion_id: int) -> HttpResponse:
    """Keep one opinion from being shown, with its reason."""
    matter = kept(request, code)
    opinion = matter.opinions.filter(pk=opinion_id).first()
    if opinion is None:
        raise Http404
    form = HoldForm(request.POST or None)

    def act() -> HttpResponse:
        opinion_hold(
            acting=actor_of(request), consultation_id=matter.pk, opinion_id=opinion_id,
            **form.cleaned_data,
        )  # fmt: skip
        messages.success(request, _("The opinion is not shown; it stays counted and is answered."))
        return redirect("desk:consultation_opinions", code=code)

    context = {"matter": matter, "opinion": opinion}
    return answer_form(request, form, "desk/consultation_hold.html", context, act)


@official_required
def cluster(request: HttpRequest, code: str, cluster_id: int) -> HttpResponse:
    """A group with its opinions, and the answer to it."""
    matter = kept(request, code)
    found = matter.clusters.filter(pk=cluster_id).first()
    if found is None:
        raise Http404
    initial = {"answer": found.answer, "reason": found.reason}
    form = AnswerForm(request.POST or None, initial=initial)

    def act() -> HttpResponse:
        cluster_answer(
            acting=actor_of(request), consultation_id=matter.pk, cluster_id=found.pk,
            **form.cleaned_data,
        )  # fmt: skip
        messages.success(request, _("The group is answered."))
        return redirect("desk:consultation", code=code)

    page = selectors.opinions_desk(matter, view=str(found.pk), after=request.GET.get("after", ""))
    pages = {"newer": "", "older": f"?after={page.next}" if page.next else ""}
    context = {"matter": matter, "cluster": found, "page": page, "pages": pages}
    return answer_form(request, form, "desk/consultation_cluster.html", context, act)


@official_required
def tally(request: HttpRequest, code: str) -> HttpResponse:
    """Voices counted at a meeting or in a ballot, from the minutes."""
    matter = kept(request, code)
    villages = as_rows(villages_of(matter))
    form = TallyForm(request.POST or None, matter=matter, villages=villages)

    def act() -> HttpResponse:
        data = form.cleaned_data
        names = ("form", "village", "held_on", "source")
        tally_set(
            acting=actor_of(request), consultation_id=matter.pk, count=form.count(),
            **{name: data[name] for name in names},
        )  # fmt: skip
        messages.success(request, _("The count is entered."))
        return redirect("desk:consultation", code=code)

    return answer_form(request, form, "desk/consultation_tally.html", {"matter": matter}, act)


@official_required
def addressee(request: HttpRequest, code: str) -> HttpResponse:
    """A citizen who was told of the draft decision (Điều 27)."""
    matter = kept(request, code)
    form = AddresseeForm(request.POST or None)

    def act() -> HttpResponse:
        addressee_add(acting=actor_of(request), consultation_id=matter.pk, **form.cleaned_data)
        messages.success(request, _("The addressee is entered."))
        return redirect("desk:consultation", code=code)

    return answer_form(request, form, "desk/consultation_addressee.html", {"matter": matter}, act)


@official_required
def hearing(request: HttpRequest, code: str, addressee_id: int) -> HttpResponse:
    """What an addressee said, and how it was explained."""
    matter = kept(request, code)
    row = matter.addressees.select_related("citizen").filter(pk=addressee_id).first()
    if row is None:
        raise Http404
    names = ("wish", "heard_on", "by_proxy", "statement", "explanation")
    initial = {name: getattr(row, name) for name in names}
    form = HearingForm(request.POST or None, initial=initial)

    def act() -> HttpResponse:
        hearing_record(
            acting=actor_of(request), consultation_id=matter.pk, addressee_id=row.pk,
            **form.cleaned_data,
        )  # fmt: skip
        messages.success(request, _("What the addressee said is entered."))
        return redirect("desk:consultation", code=code)

    context = {"matter": matter, "row": row}
    return answer_form(request, form, "desk/consultation_hearing.html", context, act)


@require_safe
@official_required
def synthesis(request: HttpRequest, code: str) -> HttpResponse:
    """The synthesis with its answers as PDF: a draft to sign."""
    return _pdf(synthesis_pdf(kept(request, code)), f"tong-hop-{code}")


@require_safe
@official_required
def plan(request: HttpRequest, code: str) -> HttpResponse:
    """The plan as PDF: a draft to sign, to be sent to the People's Council and the Front."""
    return _pdf(plan_pdf(kept(request, code)), f"ke-hoach-{code}")


def _pdf(data: bytes, name: str) -> HttpResponse:
    response = HttpResponse(data, content_type="application/pdf")
    response["Content-Disposition"] = f'inline; filename="{name}.pdf"'
    return response
