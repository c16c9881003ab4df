"""The portal's forms: three short ones to submit, one to look up, one to reply, one to search."""

from __future__ import annotations

from typing import Any

from django import forms
from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from dongthuan.core import clock
from dongthuan.core.matters.errors import MatterError
from dongthuan.core.matters.forms import CleanCharField
from dongthuan.core.matters.opening import TEXT_MAX, office_of
from dongthuan.core.matters.topics import TOPICS
from dongthuan.core.people.services import PersonError, citizen_data, phone_normalise
from dongthuan.core.units.errors import UnitError
from dongthuan.core.units.models import Tier, Unit
from dongthuan.core.units.selectors import (
    communes_in_use,
    communes_of,
    unit_by_code,
    villages_of,
)
from dongthuan.work.petitions.kinds import STATES

DECLARED = (
    ("feedback", gettext_lazy("Feedback (phản ánh): something is wrong and should be put right")),
    (
        "field",
        gettext_lazy("Field report (phản ánh hiện trường): a road, light, drain, waste, noise"),
    ),
    ("recommendation", gettext_lazy("Recommendation (kiến nghị): something should be done better")),
    (
        "complaint",
        gettext_lazy("Complaint (khiếu nại): a decision or act has harmed my own rights"),
    ),
    ("", gettext_lazy("I am not sure: the office decides by what I write")),
)
KINDS = (
    ("feedback", gettext_lazy("Feedback (phản ánh)")),
    ("recommendation", gettext_lazy("Recommendation (kiến nghị)")),
    ("complaint", gettext_lazy("Complaint (khiếu nại)")),
)
PUBLISHED_STATES = ("published", "executing", "closed")


class WhatForm(forms.Form):
    text = CleanCharField(
        label=gettext_lazy("What do you want to say?"),
        help_text=gettext_lazy(
            "Say what happened, when, and what you ask for. You may write without marks."
        ),
        min_length=10,
        max_length=TEXT_MAX,
        widget=forms.Textarea(attrs={"rows": 9, "data-count": ""}),
        error_messages={
            "required": gettext_lazy("Write what it is about."),
            "min_length": gettext_lazy("Write what it is about, in at least ten letters."),
        },
    )
    declared = forms.ChoiceField(
        label=gettext_lazy("You want to send"),
        choices=DECLARED,
        required=False,
        widget=forms.RadioSelect,
        error_messages={"invalid_choice": gettext_lazy("Choose one of the kinds shown.")},
    )


class WhereForm(forms.Form):
    """A commune of this deployment, perhaps a village of it, perhaps the place in words."""

    commune = CleanCharField(
        label=gettext_lazy("Commune or ward"),
        max_length=60,
        widget=forms.Select(attrs={"data-filter": ""}),
        error_messages={"required": gettext_lazy("Choose the commune or ward.")},
    )
    village = CleanCharField(
        label=gettext_lazy("Village or residential group"),
        max_length=60,
        required=False,
        widget=forms.Select(attrs={"data-filter": ""}),
    )
    place_text = CleanCharField(
        label=gettext_lazy("The place in words"),
        help_text=gettext_lazy(
            "For example: beside the culvert in front of the school of Vĩnh Bình"
        ),
        max_length=200,
        required=False,
    )

    place: Unit | None = None

    def offer(self) -> None:
        """Fill the two lists; only pages that show them ask the database for them."""
        empty = [("", _("— choose —"))]
        communes = communes_in_use(settings.SCOPE)
        self.fields["commune"].widget.choices = empty + [(u.code, u.label) for u in communes]
        self.fields["village"].widget.choices = [("", _("— not said —"))]
        chosen = next((u for u in communes if u.code == self["commune"].value()), None)
        villages = [(u.code, u.label) for u in villages_of(chosen)] if chosen else []
        if villages:
            self.fields["village"].widget.choices += villages
        else:
            del self.fields["village"]

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        commune = self._unit("commune", Tier.COMMUNE, unit_by_code(settings.SCOPE))
        if commune is not None:
            try:
                office_of(commune)
            except MatterError as error:
                self.add_error("commune", error.message)
                return data
            self.place = commune
            # A village of the commune chosen before is forgotten when another one is chosen.
            if str(data.get("village", "")).startswith(f"{commune.code}-"):
                self.place = self._unit("village", Tier.VILLAGE, commune) or commune
        return data

    def _unit(self, name: str, tier: str, within: Unit) -> Unit | None:
        code = self.cleaned_data.get(name)
        if not code:
            return None
        try:
            unit = unit_by_code(code)
        except UnitError:
            unit = None
        if (
            unit is None
            or unit.tier != tier
            or not within.contains(unit)
            or not unit.in_force_on(clock.today())
        ):
            self.add_error(name, _("Choose one of the places in the list."))
            return None
        return unit


class WhoForm(forms.Form):
    """Everything may stay empty, save what the law asks of a complaint."""

    name = CleanCharField(
        label=gettext_lazy("Full name"),
        max_length=120,
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
    )
    address = CleanCharField(
        label=gettext_lazy("Address"),
        max_length=300,
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "street-address"}),
    )
    phone = CleanCharField(
        label=gettext_lazy("Telephone"),
        max_length=20,
        required=False,
        widget=forms.TextInput(attrs={"type": "tel", "autocomplete": "tel"}),
    )
    email = CleanCharField(
        label=gettext_lazy("E-mail"),
        max_length=254,
        required=False,
        widget=forms.TextInput(
            attrs={"type": "email", "autocomplete": "email", "inputmode": "email"}
        ),
    )

    def __init__(self, *args: Any, declared: str = "", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.declared = declared
        if declared == "complaint":
            for name in ("name", "address"):
                self.fields[name].required = True
                self.fields[name].error_messages["required"] = _(
                    "A complaint must carry name and address (Article 8 of the Law on Complaints);"
                    " without them, send it as feedback."
                )

    def clean_phone(self) -> str:
        return self._person(lambda: phone_normalise(self.cleaned_data["phone"]))

    def clean_email(self) -> str:
        return self._person(lambda: citizen_data(email=self.cleaned_data["email"])["email"])

    def _person(self, check: Any) -> str:
        try:
            return check()
        except PersonError as error:
            raise forms.ValidationError(str(error)) from None


class LookupForm(forms.Form):
    code = CleanCharField(
        label=gettext_lazy("Code"),
        max_length=40,
        help_text=gettext_lazy("It stands on the receipt, for example 21439-26-000042"),
        widget=forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false"}),
        error_messages={"required": gettext_lazy("Type the code.")},
    )
    secret = CleanCharField(
        label=gettext_lazy("Secret"),
        max_length=40,
        help_text=gettext_lazy(
            "Twelve letters and digits on the receipt; blanks and dashes do not matter"
        ),
        # Not a password field: it is copied from a sheet of paper and must be readable.
        widget=forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false"}),
        error_messages={"required": gettext_lazy("Type the secret.")},
    )


class ReplyForm(forms.Form):
    text = CleanCharField(
        label=gettext_lazy("What do you want to add?"),
        min_length=10,
        max_length=TEXT_MAX,
        widget=forms.Textarea(attrs={"rows": 5, "data-count": ""}),
        error_messages={
            "required": gettext_lazy("Write what you want to add."),
            "min_length": gettext_lazy("Write what it is about, in at least ten letters."),
        },
    )


class VoiceForm(forms.Form):
    """I have the same problem: what one adds oneself; who one is may stay empty."""

    text = CleanCharField(
        label=gettext_lazy("What happened to you?"),
        min_length=10,
        max_length=TEXT_MAX,
        widget=forms.Textarea(attrs={"rows": 6, "data-count": ""}),
        error_messages={
            "required": gettext_lazy("Write what it is about."),
            "min_length": gettext_lazy("Write what it is about, in at least ten letters."),
        },
    )
    name = WhoForm.base_fields["name"]
    phone = WhoForm.base_fields["phone"]
    email = WhoForm.base_fields["email"]
    form_token = forms.CharField(widget=forms.HiddenInput, max_length=64, min_length=16)


class SearchForm(forms.Form):
    """Filters of the public search; a value that is not offered filters nothing."""

    q = CleanCharField(
        label=gettext_lazy("Words"),
        max_length=200,
        required=False,
        widget=forms.TextInput(attrs={"type": "search"}),
    )
    kind = forms.ChoiceField(label=gettext_lazy("Kind"), required=False)
    unit = CleanCharField(
        label=gettext_lazy("Commune or ward"),
        max_length=60,
        required=False,
        widget=forms.Select(attrs={"data-filter": ""}),
    )
    topic = forms.ChoiceField(label=gettext_lazy("Topic"), required=False)
    state = forms.ChoiceField(label=gettext_lazy("State"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        every: list[tuple[str, Any]] = [("", _("all"))]
        states = [(s.name, s.public) for s in STATES if s.name in PUBLISHED_STATES]
        self.fields["kind"].choices = every + list(KINDS)  # type: ignore[attr-defined]
        self.fields["topic"].choices = every + list(TOPICS)  # type: ignore[attr-defined]
        self.fields["state"].choices = every + states  # type: ignore[attr-defined]
        self.fields["unit"].widget.choices = every + [
            (unit.code, unit.label) for unit in communes_of(settings.SCOPE)
        ]

    def wanted(self) -> dict[str, str]:
        """The filters that hold; nothing raises, for a link may be old or mistyped."""
        self.is_valid()
        return {name: self.cleaned_data.get(name) or "" for name in self.fields}
