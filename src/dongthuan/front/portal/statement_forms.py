"""The portal's form for a short statement."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from dongthuan.core.matters.forms import CleanCharField


class ProposeForm(forms.Form):
    text = CleanCharField(
        label=_("Your statement"), max_length=200,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("One sentence on one thing, at most 200 letters, that others can agree or"
                    " disagree with. Name no person."),
    )  # fmt: skip
