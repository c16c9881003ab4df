"""The portal's forms of decisions: which village, which code, which answer."""

from __future__ import annotations

from typing import Any

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from dongthuan.core.matters.forms import CleanCharField
from dongthuan.core.units.selectors import communes_in_use
from dongthuan.work.decisions.models import Vote
from dongthuan.work.decisions.selectors import villages_in_use


class WhereForm(forms.Form):
    """GET: a commune or one of its villages, and whether it is over; all may be empty."""

    unit = forms.ChoiceField(label=_("Commune or village"), required=False)
    xem = forms.ChoiceField(
        label=_("Show"), required=False,
        choices=[("", _("what is being decided")), ("xong", _("what was decided"))],
    )  # fmt: skip

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices: list[tuple[str, Any]] = [("", _("all"))]
        for commune in communes_in_use(settings.SCOPE):
            choices.append((commune.code, commune.label))
            choices += [(v.code, f"– {v.name}") for v in villages_in_use(commune)]
        self.fields["unit"].choices = choices  # type: ignore[attr-defined]


class CodeForm(forms.Form):
    code = CleanCharField(
        label=_("Code on your household's sheet"), max_length=40,
        help_text=_("Sixteen letters and digits in groups of four; small or large letters."),
        widget=forms.TextInput(
            attrs={"autocomplete": "off", "autocapitalize": "characters", "data-from-hash": ""}
        ),
    )  # fmt: skip


class BallotForm(forms.Form):
    choice = forms.ChoiceField(label=_("Your household's answer"), widget=forms.RadioSelect)

    def __init__(self, *args: Any, vote: Vote, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["choice"].choices = list(vote.labels.items())  # type: ignore[attr-defined]
