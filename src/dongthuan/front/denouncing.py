"""Forms of the denunciation, at the portal and at the counter: nothing is remembered."""

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
from dongthuan.core.people.services import PersonError, citizen_data
from dongthuan.core.units.errors import UnitError
from dongthuan.core.units.models import Tier, Unit
from dongthuan.core.units.selectors import communes_in_use, unit_by_code
from dongthuan.work.denunciations import vault

LETTER = ("whom", "text", "when", "where", "evidence", "protection")
IDENTITY = ("name", "address", "phone", "email")


def _off(**attrs: str) -> dict[str, str]:
    """Browsers shall not offer these words again to the next person at the same device."""
    return {"autocomplete": "off", **attrs}


class DenunciationForm(forms.Form):
    """What Article 23 of the Law on Denunciations 2018 asks of a denunciation in writing.

    Only what happened and where is required: an anonymous one is not processed as a denunciation
    but examined where it can be checked (Article 25).
    """

    unit = CleanCharField(
        label=gettext_lazy("Where the person you denounce works"),
        max_length=60,
        widget=forms.Select(attrs={"data-filter": ""}),
        error_messages={"required": gettext_lazy("Choose the commune, ward or province.")},
    )
    head_denounced = forms.BooleanField(
        label=gettext_lazy("I denounce the head of this authority"),
        help_text=gettext_lazy(
            "Then it goes to the authority above at once; nobody here will see it."
        ),
        required=False,
    )
    whom = CleanCharField(
        label=gettext_lazy("Whom you denounce"),
        help_text=gettext_lazy("Name and position, as far as you know, or the office"),
        max_length=500,
        required=False,
        widget=forms.TextInput(attrs=_off()),
    )
    text = CleanCharField(
        label=gettext_lazy("What they did against the law"),
        min_length=10,
        max_length=TEXT_MAX,
        widget=forms.Textarea(attrs={"rows": 9, **_off()}),
        error_messages={
            "required": gettext_lazy("Write what happened."),
            "min_length": gettext_lazy("Write what it is about, in at least ten letters."),
        },
    )
    when = CleanCharField(
        label=gettext_lazy("When"),
        max_length=500,
        required=False,
        widget=forms.TextInput(attrs=_off()),
    )
    where = CleanCharField(
        label=gettext_lazy("Where it happened"),
        max_length=500,
        required=False,
        widget=forms.TextInput(attrs=_off()),
    )
    evidence = CleanCharField(
        label=gettext_lazy("What can be checked"),
        help_text=gettext_lazy("Papers, witnesses, numbers of decisions, where to look"),
        max_length=5_000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 4, **_off()}),
    )
    name = CleanCharField(
        label=gettext_lazy("Full name"),
        max_length=120,
        required=False,
        widget=forms.TextInput(attrs=_off()),
    )
    address = CleanCharField(
        label=gettext_lazy("Address"),
        max_length=300,
        required=False,
        widget=forms.TextInput(attrs=_off()),
    )
    phone = CleanCharField(
        label=gettext_lazy("Telephone"),
        max_length=20,
        required=False,
        widget=forms.TextInput(attrs=_off(type="tel")),
    )
    email = CleanCharField(
        label=gettext_lazy("E-mail"),
        max_length=254,
        required=False,
        widget=forms.TextInput(attrs=_off(type="email")),
    )
    protection = CleanCharField(
        label=gettext_lazy("What you or your family fear, if anything"),
        help_text=gettext_lazy(
            "You may ask for protection of secrecy, life, health, property, honour and work"
            " (Article 47); you can also do it later."
        ),
        max_length=2_000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3, **_off()}),
    )
    form_token = forms.CharField(widget=forms.HiddenInput, max_length=64)

    place: Unit  # set by clean_unit of a form that is in order
    letter_names: tuple[str, ...] = LETTER
    identity_names: tuple[str, ...] = IDENTITY

    def offer(self) -> None:
        """Fill the list; only pages that show it ask the database for it."""
        province = unit_by_code(settings.SCOPE)
        units = [*communes_in_use(settings.SCOPE), province]
        self.fields["unit"].widget.choices = [  # type: ignore[attr-defined]
            ("", _("— choose —")),
            *((unit.code, unit.label) for unit in units),
        ]

    def clean_unit(self) -> str:
        code = self.cleaned_data["unit"]
        try:
            unit = unit_by_code(code)
            if (
                unit.tier not in (Tier.COMMUNE, Tier.PROVINCE)
                or not unit_by_code(settings.SCOPE).contains(unit)
                or not unit.in_force_on(clock.today())
            ):
                raise UnitError(code)
            office_of(unit)
        except UnitError:
            raise forms.ValidationError(_("Choose one of the places in the list.")) from None
        except MatterError as error:
            raise forms.ValidationError(error.message) from None
        self.place = unit
        return code

    def clean_form_token(self) -> str:
        try:
            vault.form_digits(self.cleaned_data["form_token"])
        except MatterError as error:
            raise forms.ValidationError(error.message) from None
        return self.cleaned_data["form_token"]

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        try:
            citizen_data(**{name: data.get(name, "") for name in self.identity_names})
        except PersonError as error:
            self.add_error(None, str(error))
        return data

    @property
    def letter(self) -> dict[str, str]:
        return {n: self.cleaned_data[n] for n in self.letter_names if self.cleaned_data.get(n)}

    @property
    def identity(self) -> dict[str, str]:
        return {n: self.cleaned_data[n] for n in self.identity_names if self.cleaned_data.get(n)}


class DigitsForm(forms.Form):
    digits = CleanCharField(
        label=gettext_lazy("The sixteen digits of your receipt"),
        help_text=gettext_lazy("Blanks and dashes do not matter"),
        max_length=60,
        # Not a password field: it is copied from a sheet of paper and must be readable.
        widget=forms.TextInput(attrs=_off(inputmode="text", spellcheck="false")),
        error_messages={"required": gettext_lazy("Type the digits.")},
    )


class WriteForm(forms.Form):
    sort = forms.ChoiceField(
        label=gettext_lazy("What it is"),
        choices=(
            ("reply", gettext_lazy("An answer, or something to add")),
            ("protection", gettext_lazy("I ask for protection (for me or my family)")),
            ("withdrawal", gettext_lazy("I withdraw the denunciation, all or a part")),
        ),
        initial="reply",
        widget=forms.RadioSelect,
    )
    text = CleanCharField(
        label=gettext_lazy("Your words"),
        min_length=2,
        max_length=TEXT_MAX,
        widget=forms.Textarea(attrs={"rows": 6, **_off()}),
        error_messages={"required": gettext_lazy("Write what you want to say.")},
    )
    once = forms.CharField(widget=forms.HiddenInput, max_length=64)
