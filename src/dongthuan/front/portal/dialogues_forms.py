"""The portal's forms for dialogues: find a place and month, ask a question."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from dongthuan.core.matters.forms import CleanCharField
from dongthuan.core.units.selectors import communes_in_use
from dongthuan.work.dialogues.questions import LONGEST, Asker


class PlaceForm(forms.Form):
    """GET: the commune; all of them if none is named."""

    unit = forms.ChoiceField(label=_("Commune or ward"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        places = [(unit.code, unit.label) for unit in communes_in_use(settings.SCOPE)]
        self.fields["unit"].choices = [("", _("all")), *places]  # type: ignore[attr-defined]


class CalendarForm(PlaceForm):
    """GET: the commune and the month, written 2026-11."""

    thang = forms.CharField(
        label=_("Month"), required=False, max_length=7,
        widget=forms.TextInput(attrs={"type": "month"}),
    )  # fmt: skip

    def clean_thang(self) -> dt.date | None:
        try:
            month = dt.date.fromisoformat(f"{self.cleaned_data['thang']}-01")
        except ValueError:
            return None
        return month if 2000 <= month.year <= 2100 else None


class FrequencyForm(PlaceForm):
    nam = forms.IntegerField(label=_("Year"), required=False, min_value=2019, max_value=2100)


class QuestionForm(forms.Form):
    """A question to a head: words, and a way to be told if one likes."""

    text = CleanCharField(
        label=_("Your question or recommendation"), min_length=10, max_length=LONGEST,
        widget=forms.Textarea(attrs={"rows": 5}),
        help_text=_("Without names or numbers of people: an official reads it, then everybody."),
    )  # fmt: skip
    name = CleanCharField(
        label=_("Your name"), max_length=120, required=False,
        help_text=_("Only if you like. It is never published."),
    )  # fmt: skip
    phone = CleanCharField(
        label=_("Telephone"), max_length=20, required=False,
        help_text=_("Only if you want to be told of the answer and of what is promised."),
    )  # fmt: skip
    email = CleanCharField(label=_("E-mail"), max_length=120, required=False)

    def asker(self) -> Asker:
        return Asker(**{name: self.cleaned_data[name] for name in ("name", "phone", "email")})
