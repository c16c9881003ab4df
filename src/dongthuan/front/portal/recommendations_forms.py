"""GET: which recommendations the public register shows."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from dongthuan.core import clock
from dongthuan.core.matters.forms import CleanCharField
from dongthuan.core.units.models import Unit
from dongthuan.work.recommendations.figures import measures
from dongthuan.work.recommendations.models import Source


class RegisterFilterForm(forms.Form):
    """Place, authority, source, state, year, words."""

    commune = forms.ChoiceField(label=_("Commune or ward"), required=False)
    unit = forms.ChoiceField(label=_("Authority"), required=False)
    source = forms.ChoiceField(
        label=_("Source of the recommendation"),
        required=False,
        choices=[("", _("all")), *Source.choices],
    )
    xem = forms.ChoiceField(label=_("State"), required=False)
    year = forms.IntegerField(
        label=_("Year"), required=False, min_value=2014, max_value=2100,
        widget=forms.NumberInput(attrs={"inputmode": "numeric"}),
    )  # fmt: skip
    q = CleanCharField(label=_("Words"), max_length=100, required=False)

    def __init__(
        self, *args: Any, communes: Sequence[Unit], units: Sequence[Unit], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        for name, rows in (("commune", communes), ("unit", units)):
            field: Any = self.fields[name]
            field.choices = [("", _("all")), *((unit.code, unit.label) for unit in rows)]
        state: Any = self.fields["xem"]
        columns = measures(clock.today())
        state.choices = [("", _("all")), *((one.name, one.label) for one in columns)]
