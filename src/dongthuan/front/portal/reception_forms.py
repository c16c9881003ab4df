"""The portal's forms for citizen reception: find a session, book it, look a booking up."""

from __future__ import annotations

from typing import Any

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from dongthuan.core.matters.forms import CleanCharField
from dongthuan.core.units.selectors import communes_in_use


class FindForm(forms.Form):
    """GET: the office and the day; both may be empty."""

    unit = forms.ChoiceField(label=_("Office"), required=False)
    day = forms.DateField(
        label=_("Day"), required=False,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )  # fmt: skip

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offices = [(unit.code, unit.label) for unit in communes_in_use(settings.SCOPE)]
        self.fields["unit"].choices = [("", _("all")), *offices]  # type: ignore[attr-defined]


class AboutForm(forms.Form):
    about = CleanCharField(
        label=_("What it is about, in a few words"), min_length=5, max_length=300,
        help_text=_("Do not write a denunciation here: say it at the office, in the sealed form."),
    )  # fmt: skip
    people_count = forms.IntegerField(
        label=_("How many people come"), min_value=1, max_value=1000, initial=1
    )


class BookForm(AboutForm):
    name = CleanCharField(label=_("Full name"), max_length=120)
    phone = CleanCharField(
        label=_("Telephone"), max_length=20, required=False,
        help_text=_("A telephone number or an e-mail address, one of the two is needed: we tell you"
                    " if the day moves."),
    )  # fmt: skip
    email = CleanCharField(label=_("E-mail"), max_length=254, required=False)
    field_order = ("name", "phone", "email", "about", "people_count")


class BookingLookupForm(forms.Form):
    code = CleanCharField(label=_("Code of the booking"), max_length=20)
    secret = CleanCharField(label=_("Secret"), max_length=40)


class ChangeForm(AboutForm):
    """Other words, other people, another session of the same office."""

    reception = forms.TypedChoiceField(label=_("Session"), coerce=int)

    def __init__(self, *args: Any, sessions: list[tuple[int, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["reception"].choices = sessions  # type: ignore[attr-defined]
