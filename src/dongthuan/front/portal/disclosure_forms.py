"""Forms of disclosure for everybody: which commune, not seen, a request for information."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from dongthuan.core import clock
from dongthuan.core.matters.forms import CleanCharField
from dongthuan.core.units.selectors import communes_in_use
from dongthuan.work.disclosure import rules
from dongthuan.work.disclosure.models import InfoRequest, Place


class CommuneForm(forms.Form):
    """The communes that disclose here, as a list to choose from."""

    unit = CleanCharField(
        label=_("Commune or ward"), max_length=60, required=False,
        widget=forms.Select(attrs={"data-filter": ""}),
    )  # fmt: skip

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offered = [(unit.code, unit.label) for unit in communes_in_use(settings.SCOPE)]
        self.fields["unit"].widget.choices = [  # type: ignore[attr-defined]
            ("", _("— choose —")), *offered,
        ]  # fmt: skip


class AbsenceForm(forms.Form):
    """“I did not see it there”: where and on which day; nobody is asked for a name."""

    place = forms.ChoiceField(label=_("Where you looked"))
    on = forms.DateField(
        label=_("Day"), widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )
    note = CleanCharField(label=_("Note"), max_length=300, required=False)

    def __init__(self, *args: Any, places: Sequence[Place], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["place"].choices = [  # type: ignore[attr-defined]
            (str(place.pk), place.name) for place in places
        ]


class AskForm(forms.Form):
    """What the law asks of a request (khoản 2 Điều 24 Luật Tiếp cận thông tin 2016)."""

    text = CleanCharField(
        label=_("Which information do you ask for?"), max_length=20_000,
        help_text=_("Name the document if you know it."),
        widget=forms.Textarea(attrs={"rows": 5}),
    )  # fmt: skip
    item = forms.ChoiceField(label=_("What it belongs to"), required=False)
    by = forms.ChoiceField(
        label=_("How do you want to get it?"), choices=InfoRequest.By.choices,
        widget=forms.RadioSelect, initial="online",
    )  # fmt: skip
    purpose = CleanCharField(
        label=_("Reason and purpose"),
        max_length=2000,
        required=False,
        help_text=_("The law's form has a place for it (Art. 24.2.d)."),
    )
    name = CleanCharField(label=_("Full name"), max_length=120)
    address = CleanCharField(label=_("Address"), max_length=300)
    id_number = CleanCharField(label=_("ID number"), max_length=14, required=False)
    phone = CleanCharField(label=_("Telephone"), max_length=20, required=False)
    email = CleanCharField(label=_("E-mail"), max_length=254, required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["item"].choices = [  # type: ignore[attr-defined]
            ("", _("— other information —")),
            *((row.code, f"{row.code}. {row.label}") for row in rules.items(clock.today())),
        ]
