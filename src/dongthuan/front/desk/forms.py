"""The desk's own forms; those of steps come from the declarations (core.matters.forms)."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from dongthuan.core.matters.forms import CleanCharField
from dongthuan.core.matters.models import Channel
from dongthuan.core.matters.topics import TOPICS
from dongthuan.core.people.models import Account
from dongthuan.core.units.models import Unit
from dongthuan.work.petitions.kinds import CLASSES

COUNTER_CHANNELS = [
    (c.value, c.label) for c in (Channel.COUNTER, Channel.PHONE, Channel.POST, Channel.FORWARDED)
]


class PlaceField(forms.ModelChoiceField):
    def label_from_instance(self, obj: Unit) -> str:
        return obj.name


class RegisterForm(forms.Form):
    """A submission entered for somebody: everything on one page, for a queue at the counter."""

    channel = forms.ChoiceField(
        label=_("How it came"),
        choices=COUNTER_CHANNELS,
        widget=forms.RadioSelect,
        initial="counter",
    )
    text = CleanCharField(
        label=_("What the person says"), widget=forms.Textarea(attrs={"rows": 8}), max_length=20_000
    )
    place = PlaceField(label=_("Where"), queryset=Unit.objects.none(), empty_label=_("— choose —"))
    place_text = CleanCharField(label=_("Place in words"), max_length=200, required=False)
    name = CleanCharField(label=_("Full name"), max_length=120, required=False)
    address = CleanCharField(label=_("Address"), max_length=300, required=False)
    phone = CleanCharField(label=_("Telephone"), max_length=20, required=False)
    email = CleanCharField(label=_("E-mail"), max_length=254, required=False)
    id_number = CleanCharField(
        label=_("ID number"), max_length=14, required=False,
        help_text=_("Only for a person received at the counter (Decree 154/2026, Article 12)."),
    )  # fmt: skip
    people_count = forms.IntegerField(
        label=_("Number of people with this content"), min_value=1, max_value=100_000, initial=1
    )
    written_on = forms.DateField(
        label=_("Date on the letter"), required=False,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )  # fmt: skip
    received_on = forms.DateField(
        label=_("Received on, if not today"), required=False,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )  # fmt: skip
    forwarded_by = CleanCharField(label=_("Forwarded by"), max_length=200, required=False)
    also_sent_to = CleanCharField(
        label=_("Other bodies that got the same letter"), max_length=300, required=False
    )
    title = CleanCharField(label=_("Title in a few words"), max_length=200)
    topic = forms.ChoiceField(label=_("Topic"), choices=[("", _("— choose —")), *TOPICS])
    kind = forms.ChoiceField(
        label=_("What it is, by its content"), required=False,
        # A denunciation is entered on a page of its own.
        choices=[("", _("— decide later —")), *(c for c in CLASSES if c[0] != "denunciation")],
    )  # fmt: skip
    form_token = forms.CharField(widget=forms.HiddenInput, max_length=64, min_length=16)

    def __init__(self, *args: Any, places: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["place"].queryset = places  # type: ignore[attr-defined]


class AssignForm(forms.Form):
    account = forms.ModelChoiceField(label=_("Handler"), queryset=Account.objects.none())
    version = forms.IntegerField(widget=forms.HiddenInput, min_value=1, required=False)

    def __init__(self, *args: Any, officials: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["account"].queryset = officials  # type: ignore[attr-defined]


class NoteForm(forms.Form):
    text = CleanCharField(
        label=_("Note"), widget=forms.Textarea(attrs={"rows": 4}), max_length=10_000
    )
    to_petitioner = forms.BooleanField(label=_("Send it to the petitioner"), required=False)


class SaveFilterForm(forms.Form):
    name = CleanCharField(label=_("Name of the list"), max_length=60)
    query = forms.CharField(widget=forms.HiddenInput, max_length=500, required=False)
