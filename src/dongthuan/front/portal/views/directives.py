"""Directing documents for everybody: what was ordered, of whom, and what became of it."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django import forms
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from dongthuan.core import clock
from dongthuan.core.papers.responses import attachment_response
from dongthuan.core.text import clean
from dongthuan.work.directives import selectors
from dongthuan.work.directives.models import Type


class DirectiveFilter(forms.Form):
    """GET: year, type, who issued it."""

    year = forms.ChoiceField(label=_("Year"), required=False)
    type = forms.ChoiceField(
        label=_("Type of document"), required=False, choices=[("", _("all")), *Type.choices]
    )
    unit = forms.ChoiceField(label=_("Issued by"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        years, issuers = selectors.register_choices(actor=None)
        said: Any = self.fields["year"]
        said.choices = [("", _("all")), *((year, str(year)) for year in years)]
        bodies: Any = self.fields["unit"]
        bodies.choices = [("", _("all")), *((unit.code, unit.label) for unit in issuers)]


@require_safe
def directives(request: HttpRequest) -> HttpResponse:
    """The public register, newest first."""
    form = DirectiveFilter(request.GET)
    asked = form.cleaned_data if form.is_valid() else {}
    wanted = selectors.Wanted(
        year=int(asked.get("year") or 0), type=asked.get("type", ""), unit=asked.get("unit", ""),
        after=request.GET.get("after", "")[:40],
    )  # fmt: skip
    page = selectors.directives_public(wanted=wanted)
    kept = {name: value for name, value in asked.items() if value}
    more = f"?{urlencode({**kept, 'after': page.next})}" if page.next else ""
    context = {"form": form, "rows": page.rows, "next_url": more}
    return render(request, "portal/directives.html", context)


@require_safe
def directive(request: HttpRequest, code: str) -> HttpResponse:
    """One document with the light of each of its orders."""
    found = selectors.directive_public(clean(code)[:40])
    if found is None:
        raise Http404
    context = {"view": found, "directive": found.directive, "today": clock.today()}
    return render(request, "portal/directive.html", context)


@require_safe
def directive_file(request: HttpRequest, code: str, handle: UUID) -> HttpResponseBase:
    """The document itself, where it is public."""
    paper = selectors.paper_public(clean(code)[:40], handle)
    if paper is None:
        raise Http404
    return attachment_response(paper.attachment, inline_ok=True)
