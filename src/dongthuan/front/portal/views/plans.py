"""Signed coordination plans for everybody: what is promised, how far it is, and why."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from django import forms
from django.conf import settings
from django.db.models import Q
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from dongthuan.core import clock
from dongthuan.core.papers.responses import attachment_response, bytes_response
from dongthuan.core.text import clean
from dongthuan.core.units.models import Unit
from dongthuan.core.units.selectors import unit_by_code
from dongthuan.work.coordination import papers, selectors
from dongthuan.work.coordination.history import years_of
from dongthuan.work.coordination.models import CoordinationPlan, PaperYear, PlanReview
from dongthuan.work.coordination.signing import signatures_of
from dongthuan.work.coordination.template import references

SPAN = 10


class PlanFilter(forms.Form):
    """GET: of which body, of which year."""

    unit = forms.ChoiceField(label=_("Body"), required=False)
    year = forms.ChoiceField(label=_("Year"), required=False)

    def __init__(self, *args: Any, bodies: list[Unit], years: list[int], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        fields: dict[str, Any] = self.fields
        every = ("", _("all"))
        fields["unit"].choices = [every, *((unit.code, unit.label) for unit in bodies)]
        fields["year"].choices = [every, *((str(year), str(year)) for year in years)]


def _bodies(public: Any) -> list[Unit]:
    rows = Unit.objects.filter(pk__in=public.values("unit")).order_by("sort_key", "code")
    return list(rows[:300])


@require_safe
def plans(request: HttpRequest) -> HttpResponse:
    """Plans that both heads have signed, newest first, of a body or a year."""
    scope = unit_by_code(settings.SCOPE)
    public = selectors.plans_public().filter(path__startswith=scope.path)
    form = PlanFilter(request.GET, bodies=_bodies(public), years=selectors.years(public))
    asked = form.cleaned_data if form.is_valid() else {}
    rows = public.filter(unit__code=asked["unit"]) if asked.get("unit") else public
    year = int(asked["year"]) if asked.get("year") else None
    page = selectors.plan_page(rows, year=year, after=request.GET.get("after", "")[:20])
    kept = {name: value for name, value in asked.items() if value}
    more = f"?{urlencode({**kept, 'after': page.next})}" if page.next else ""
    context = {"form": form, "page": page, "pages": {"newer": "", "older": more}}
    return render(request, "portal/plans.html", context)


@require_safe
def plan(request: HttpRequest, code: str) -> HttpResponse:
    """One signed plan: its tasks with light and reason, its meetings, its reviews, its text."""
    view = selectors.plan_public(clean(code)[:40])
    if view is None:
        raise Http404
    context = {"view": view, "plan": view.plan, "today": clock.today()}
    return render(request, "portal/plan.html", context)


@require_safe
def plan_paper(request: HttpRequest, code: str) -> HttpResponseBase:
    """The signed plan as PDF, sealed where a body has a certificate."""
    found = (
        selectors.plans_public()
        .filter(code=clean(code)[:40])
        .select_related("unit__parent", "office", "signed_pdf")
        .first()
    )
    if found is None:
        raise Http404
    if found.signed_pdf:
        return attachment_response(found.signed_pdf, inline_ok=True)
    name = f"ke-hoach-phoi-hop-{found.code}.pdf"
    return bytes_response(name=name, content_type="application/pdf", data=papers.plan_pdf(found))


def _review(code: str) -> PlanReview:
    found = selectors.review_public(clean(code)[:40])
    if found is None:
        raise Http404
    return found


@require_safe
def review(request: HttpRequest, code: str) -> HttpResponse:
    """An adopted review: its figures as they were fixed, every task behind them."""
    found = _review(code)
    context = {
        "review": found, "plan": found.plan, "figures": found.figures,
        "signatures": signatures_of(found),
    }  # fmt: skip
    return render(request, "portal/plan_review.html", context)


@require_safe
def review_paper(request: HttpRequest, code: str) -> HttpResponse:
    found = _review(code)
    return bytes_response(
        name=f"bao-cao-{found.code}.pdf", content_type="application/pdf",
        data=papers.review_pdf(found),
    )  # fmt: skip


@require_safe
def many_years(request: HttpRequest) -> HttpResponse:
    """Years of coordination of a body, each with its source; the seed's numbers beside them."""
    scope = unit_by_code(settings.SCOPE)
    known = Q(pk__in=CoordinationPlan.objects.filter(state="closed").values("unit")) | Q(
        pk__in=PaperYear.objects.values("unit")
    )
    bodies = list(
        Unit.objects.filter(known, path__startswith=scope.path).order_by("sort_key")[:200]
    )
    asked = clean(request.GET.get("unit", ""))[:40]
    body = next((unit for unit in bodies if unit.code == asked), bodies[0] if bodies else None)
    this = clock.today().year
    context = {
        "bodies": bodies,
        "body": body,
        "years": years_of(body, since=this - 2 * SPAN, until=this) if body else None,
        "references": references(),
    }
    return render(request, "portal/plan_years.html", context)
