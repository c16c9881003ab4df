"""Forms of what comes after closing: at the portal, and at the desk for somebody who speaks."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from dongthuan.core.matters.forms import CleanCharField
from dongthuan.core.matters.models import Channel

SCORES = (
    ("5", _("5 – very good")),
    ("4", _("4 – good")),
    ("3", _("3 – neither good nor bad")),
    ("2", _("2 – bad")),
    ("1", _("1 – very bad")),
)
SPOKEN = [(c.value, c.label) for c in (Channel.COUNTER, Channel.PHONE)]


class RatingForm(forms.Form):
    score = forms.TypedChoiceField(
        label=_("How was it handled?"),
        choices=SCORES,
        coerce=int,
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose a number from 1 to 5.")},
    )
    solved = forms.TypedChoiceField(
        label=_("Is it solved?"),
        choices=(("yes", _("yes, it is solved")), ("no", _("no, it is not solved"))),
        coerce=lambda value: value == "yes",
        widget=forms.RadioSelect,
        error_messages={"required": _("Say whether it is solved.")},
    )
    reason = CleanCharField(
        label=_("Why?"),
        required=False,
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("Only the office reads it; nobody publishes it."),
    )


class ReopenForm(forms.Form):
    reason = CleanCharField(
        label=_("What is not solved?"),
        min_length=10,
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 5}),
        error_messages={
            "required": _("Write what is not solved, in at least ten letters."),
            "min_length": _("Write what is not solved, in at least ten letters."),
        },
    )


def spoken(form: forms.Form) -> forms.Form:
    """The same form where an official writes down what somebody says."""
    form.fields["channel"] = forms.ChoiceField(
        label=_("How it came"), choices=SPOKEN, widget=forms.RadioSelect, initial="counter"
    )
    return form


def rated_before(rating: Any) -> dict[str, Any]:
    """The answers of an earlier rating, to be changed."""
    if rating is None:
        return {}
    return {
        "score": str(rating.score),
        "solved": "yes" if rating.solved else "no",
        "reason": rating.reason,
    }
