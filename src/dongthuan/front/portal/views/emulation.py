"""The gallery of models “Dân vận khéo”: what was done, with which result, who copies it."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django import forms
from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from dongthuan.core.papers.responses import attachment_response
from dongthuan.core.text import clean
from dongthuan.core.units.selectors import communes_in_use, communes_of, unit_by_code
from dongthuan.front.portal.tiles import tiles
from dongthuan.work.emulation import selectors
from dongthuan.work.emulation.models import Field
from dongthuan.work.emulation.selectors import Tally, Wanted

RESULTS = (
    ("", _("all")),
    ("awarded", _("recognised")),
    ("atwork", _("at work")),
    ("copies", _("copies of another model")),
)


class GalleryForm(forms.Form):
    unit = forms.ChoiceField(label=_("Commune or ward"), required=False)
    field = forms.ChoiceField(label=_("Field"), required=False)
    year = forms.ChoiceField(label=_("Year"), required=False)
    result = forms.ChoiceField(label=_("Result"), required=False, choices=RESULTS)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        named = [(unit.code, unit.label) for unit in communes_in_use(settings.SCOPE)]
        years = [(str(year), str(year)) for year in selectors.years()]
        for name, choices in (("unit", named), ("field", Field.choices), ("year", years)):
            self.fields[name].choices = [("", _("all")), *choices]  # type: ignore[attr-defined]


@require_safe
def gallery(request: HttpRequest) -> HttpResponse:
    """Models by field, year, commune and result; the map and its table."""
    form = GalleryForm(request.GET)
    form.is_valid()
    asked = {name: value for name, value in form.cleaned_data.items() if value}
    unit = unit_by_code(asked.get("unit") or settings.SCOPE)
    given = {name: asked.get(name, "") for name in ("field", "year", "result")}
    wanted = Wanted(unit=unit, **given)
    after = request.GET.get("after", "")[:20]
    page = selectors.gallery(wanted=wanted, after=after)
    context = {
        "form": form,
        "page": page,
        "next_url": f"?{urlencode({**asked, 'after': page.next})}" if page.next else "",
        "fields": [] if after else selectors.field_counts(wanted=wanted),
        "map": None if after else _map(wanted),
    }
    return render(request, "portal/emulation.html", context)


def _map(wanted: Wanted) -> dict[str, Any] | None:
    """The communes of the deployment with their counts; None while there is nothing to count."""
    found = selectors.tallies(wanted=wanted)
    units = list(communes_of(settings.SCOPE).order_by("sort_key"))
    rows = [(unit, found[unit.path]) for unit in units if unit.path in found]
    elsewhere = [tally for path, tally in found.items() if path not in {u.path for u in units}]
    if not found:
        return None
    above = Tally(
        sum(one.registered for one in elsewhere), sum(one.awarded for one in elsewhere),
        sum(one.copies for one in elsewhere),
    ) if elsewhere else None  # fmt: skip
    counts = {path: tally.registered for path, tally in found.items()}
    return {"rows": rows, "above": above, **tiles(units, counts)}


@require_safe
def model(request: HttpRequest, code: str) -> HttpResponse:
    """One model: its fields, its numbers, its pictures, the tree of its copies."""
    found = selectors.model_public(clean(code))
    if found is None:
        raise Http404
    context = {"row": found, "tree": selectors.tree_of(found)}
    return render(request, "portal/emulation_model.html", context)


@require_safe
def picture(request: HttpRequest, handle: UUID) -> HttpResponseBase:
    """A picture of a model that is shown."""
    found = selectors.picture_public(handle)
    if found is None:
        raise Http404
    return attachment_response(found.attachment, inline_ok=True)
