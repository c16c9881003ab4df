"""Projects for everybody: what is built, why, for how much, who does what, how far it is."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django import forms
from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.template.loader import select_template
from django.urls import reverse
from django.utils.http import content_disposition_header
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from dongthuan.core import clock
from dongthuan.core.papers.responses import attachment_response
from dongthuan.core.text import clean
from dongthuan.core.units.errors import UnitError
from dongthuan.core.units.models import Unit
from dongthuan.core.units.selectors import communes_in_use, unit_by_code
from dongthuan.work.projects import oc4ids, selectors
from dongthuan.work.projects.contributions.selectors import contributions_of
from dongthuan.work.projects.kinds import PROJECT

PACKAGE_MOST = 50
PUBLIC_STATES = [state for state in PROJECT.states if state.name != "identification"]


class ProjectFilter(forms.Form):
    """GET: the office, the stage, only late ones."""

    unit = forms.ChoiceField(label=_("Office"), required=False)
    stage = forms.ChoiceField(
        label=_("Stage"), required=False,
        choices=[("", _("all")), *((state.name, state.public) for state in PUBLIC_STATES)],
    )  # fmt: skip
    late = forms.ChoiceField(
        label=_("Time"), required=False, choices=[("", _("all")), ("1", _("only late ones"))]
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offices = [(unit.code, unit.label) for unit in communes_in_use(settings.SCOPE)]
        self.fields["unit"].choices = [("", _("all")), *offices]  # type: ignore[attr-defined]


@require_safe
def projects(request: HttpRequest) -> HttpResponse:
    """Approved projects of an office or of all, newest first."""
    form = ProjectFilter(request.GET)
    asked = form.cleaned_data if form.is_valid() else {}
    within = unit_by_code(asked.get("unit") or settings.SCOPE)
    page = selectors.project_page(
        selectors.projects_public(within), stage=asked.get("stage", ""),
        late=asked.get("late") == "1", after=request.GET.get("after", "")[:20],
    )  # fmt: skip
    kept = {name: value for name, value in asked.items() if value}
    more = f"?{urlencode({**kept, 'after': page.next})}" if page.next else ""
    context = {
        "form": form, "rows": page.rows, "pages": {"newer": "", "older": more}, "within": within,
    }  # fmt: skip
    return render(request, "portal/projects.html", context)


@require_safe
def project(request: HttpRequest, code: str) -> HttpResponse:
    """The public dossier; what people gave is shown by the ledger of contributions."""
    found = _dossier(code)
    context = {
        "dossier": found,
        "project": found.project,
        "cost_chart": selectors.cost_chart(found.costs),
        "land_chart": selectors.land_chart(found.land),
        "contributions": select_template(
            ["portal/contributions_block.html", "portal/_project_people.html"]
        ),
        "campaigns": contributions_of(found.project),
        "today": clock.today(),
    }
    return render(request, "portal/project.html", context)


def _dossier(code: str) -> selectors.Dossier:
    found = selectors.dossier_public(clean(code)[:40])
    if found is None:
        raise Http404
    return found


@require_safe
def project_file(request: HttpRequest, code: str, handle: UUID) -> HttpResponseBase:
    """A public photograph or document."""
    paper = selectors.paper_public(clean(code)[:40], handle)
    if paper is None:
        raise Http404
    return attachment_response(paper.attachment, inline_ok=True)


def _in_scope(code: str) -> Unit:
    scope = unit_by_code(settings.SCOPE)
    try:
        found = unit_by_code(clean(code)[:40]) if code else scope
    except UnitError:
        raise Http404 from None
    if not scope.contains(found):
        raise Http404
    return found


@require_safe
def projects_csv(request: HttpRequest) -> HttpResponse:
    """The list as a table, with the standard's names for its columns."""
    within = _in_scope(request.GET.get("unit", ""))
    answer = HttpResponse(oc4ids.projects_csv(within), content_type="text/csv; charset=utf-8")
    name = f"du-an-{within.code}-{clock.today():%Y-%m-%d}.csv"
    answer["Content-Disposition"] = content_disposition_header(True, name) or ""
    return answer


@require_safe
def projects_json(request: HttpRequest) -> HttpResponse:
    """A package of the newest projects of a unit in OC4IDS; `after` goes on to older ones."""
    within = _in_scope(request.GET.get("unit", ""))
    page = selectors.project_page(
        selectors.projects_public(within), after=request.GET.get("after", "")[:20],
        size=PACKAGE_MOST,
    )  # fmt: skip
    answer = _package([row.code for row in page.rows], within.name, request.get_full_path())
    if page.next:
        query = urlencode({"unit": within.code, "after": page.next})
        answer["Link"] = f'<{settings.PUBLIC_URL}{request.path}?{query}>; rel="next"'
    return answer


@require_safe
def project_json(request: HttpRequest, code: str) -> HttpResponse:
    """One project as a package in OC4IDS."""
    found = _dossier(code)
    path = reverse("portal:project_json", args=[found.project.code])
    return _package([found.project.code], found.project.unit.name, path)


def _package(codes: list[str], publisher: str, path: str) -> JsonResponse:
    updated = oc4ids.updated_of(codes)
    dossiers = [found for code in codes if (found := selectors.dossier_public(code, most=None))]
    made = oc4ids.package(
        [
            oc4ids.project_json(
                found, updated=updated[found.project.code], base_url=settings.PUBLIC_URL
            )
            for found in dossiers
        ],
        publisher=publisher,
        uri=f"{settings.PUBLIC_URL}{path}",
        published=max(updated.values(), default=clock.now()),
    )
    return JsonResponse(made, json_dumps_params={"ensure_ascii": False, "indent": 1})
