"""Pages of those who lead: whose they are, and of which area they are asked."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from dongthuan.core.people.actors import Actor
from dongthuan.core.units.models import Unit
from dongthuan.front.desk.access import actor_of
from dongthuan.insight.leadership.selectors import area_within, areas_below, areas_of


class AreaForm(forms.Form):
    """Which area, of those that may be asked for."""

    noi = forms.ChoiceField(label=_("Area"), required=False)

    def __init__(self, *args: Any, areas: list[Unit], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = [(unit.code, unit.label) for unit in areas]
        self.fields["noi"].choices = choices  # type: ignore[attr-defined]


def area_asked(request: HttpRequest) -> tuple[Actor, Unit, list[Unit]]:
    """Who asks, of which area (?noi=), and the areas to choose from.

    403 for whoever leads nothing, 404 for an area that is not theirs.
    """
    actor = actor_of(request)
    areas = areas_of(actor)
    if not areas:
        raise PermissionDenied(
            gettext(
                "This page is for heads, the party committee, the Front, the council and"
                " inspectors."
            )
        )
    area = area_within(areas=areas, code=request.GET.get("noi", "")[:60])
    if area is None:
        raise Http404
    choices = {unit.code: unit for unit in (*areas, area, *areas_below(areas[0]))}
    return actor, area, list(choices.values())
