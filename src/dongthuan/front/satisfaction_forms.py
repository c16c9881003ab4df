"""The form that people fill in at a desk or about their commune; the office's own small forms."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from dongthuan.core.matters.forms import CleanCharField
from dongthuan.work.satisfaction import criteria


class RateForm(forms.Form):
    """Every question may be left out; `slip` only where a desk is rated."""

    def __init__(self, *args: Any, subject: str, slip: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.codes = list(criteria.asked(subject))
        for code, question in criteria.asked(subject).items():
            words = criteria.answers(subject, code)
            self.fields[f"q_{code}"] = forms.TypedChoiceField(
                label=question, required=False, coerce=int, empty_value=None,
                choices=[(2, words[0]), (1, words[1]), (0, words[2])], widget=forms.RadioSelect,
                error_messages={"invalid_choice": _("Choose one of the answers shown.")},
            )  # fmt: skip
        self.fields["remark"] = CleanCharField(
            label=_("What should be better?"), required=False, max_length=500,
            widget=forms.Textarea(attrs={"rows": 3}),
            help_text=_("Read by the head when the quarter has ended; never published. Write no"
                        " names. For an answer, send a petition."),
        )  # fmt: skip
        if slip:
            self.fields["slip"] = CleanCharField(
                label=_("Code of your slip, if you have one"),
                required=False,
                max_length=20,
                widget=forms.TextInput(attrs={"autocomplete": "off", "data-from-hash": ""}),
            )

    @property
    def points(self) -> dict[str, int]:
        """The answers given, by code."""
        found = {code: self.cleaned_data.get(f"q_{code}") for code in self.codes}
        return {code: value for code, value in found.items() if value is not None}


class DeskForm(forms.Form):
    unit = forms.TypedChoiceField(label=_("Office"), coerce=int)
    name = CleanCharField(label=_("Name of the desk, as it stands above it"), max_length=120)

    def __init__(self, *args: Any, units: list[Any], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["unit"].choices = [(unit.pk, unit.label) for unit in units]  # type: ignore[attr-defined]


class SlipsForm(forms.Form):
    count = forms.IntegerField(
        label=_("How many slips"), min_value=1, max_value=480, initial=24,
        help_text=_("Ten fit on a sheet. Each gives one answer; nobody can see whose."),
    )  # fmt: skip
