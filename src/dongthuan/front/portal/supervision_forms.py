"""The portal's forms for supervision: find a place, tell a board something."""

from __future__ import annotations

from typing import Any

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from dongthuan.core.matters.forms import CleanCharField
from dongthuan.core.units.selectors import communes_in_use


class WatchFilterForm(forms.Form):
    """GET: the commune, and whether only what is overdue is shown."""

    unit = forms.ChoiceField(label=_("Commune or ward"), required=False)
    late = forms.ChoiceField(
        label=_("Which recommendations"), required=False,
        choices=[("", _("all")), ("1", _("only what is overdue"))],
    )  # fmt: skip

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offices = [(unit.code, unit.label) for unit in communes_in_use(settings.SCOPE)]
        self.fields["unit"].choices = [("", _("all")), *offices]  # type: ignore[attr-defined]


class HintForm(forms.Form):
    """What a citizen tells a board; no name is asked for."""

    text = CleanCharField(
        label=_("What should the board look at?"), min_length=10, max_length=5000,
        widget=forms.Textarea(attrs={"rows": 6}),
        help_text=_("Do not write a denunciation here: it has a sealed form of its own."),
    )  # fmt: skip
    place = CleanCharField(label=_("Where"), max_length=200, required=False)
    contact = CleanCharField(
        label=_("How the board can reach you"), max_length=200, required=False,
        help_text=_("Only if you like. The board and the Front alone read it."),
    )  # fmt: skip


class HintLookupForm(forms.Form):
    code = CleanCharField(label=_("Code"), max_length=20)
    secret = CleanCharField(label=_("Secret"), max_length=40)
