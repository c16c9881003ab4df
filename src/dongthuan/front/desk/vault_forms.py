"""Forms of the vault at the desk. What is typed into them is never kept between pages."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from dongthuan.core.matters.forms import CleanCharField
from dongthuan.core.matters.models import Channel
from dongthuan.core.people.models import Account
from dongthuan.front.denouncing import IDENTITY, DenunciationForm
from dongthuan.front.desk.forms import COUNTER_CHANNELS


def _secret(label: Any, *, help_text: Any = "", new: bool = False) -> forms.CharField:
    """A passphrase: not stripped, not composed, not offered again by the browser."""
    return forms.CharField(
        label=label,
        help_text=help_text,
        max_length=200,
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password" if new else "off"}),
    )


class OpenForm(forms.Form):
    reason = CleanCharField(
        label=_("Why you open it"),
        help_text=_("The head of the unit and the inspector read it; name no person."),
        max_length=300,
    )
    passphrase = _secret(
        _("Passphrase of the vault"),
        help_text=_("The vault's own passphrase, not the password with which you sign in."),
    )


class MessageForm(forms.Form):
    text = CleanCharField(
        label=_("Message to the denouncer"),
        widget=forms.Textarea(attrs={"rows": 5}),
        max_length=20_000,
    )
    once = forms.CharField(widget=forms.HiddenInput, max_length=64)


class KeyForm(forms.Form):
    """Making a key, or a new one for somebody who has forgotten the passphrase."""

    passphrase = _secret(
        _("New passphrase of the vault"),
        help_text=_("At least twelve signs; several words that only you know."),
        new=True,
    )
    again = _secret(_("The same once more"), new=True)

    def clean_again(self) -> str:
        if self.cleaned_data["again"] != self.cleaned_data.get("passphrase"):
            raise forms.ValidationError(_("The two do not agree; type them once more."))
        return self.cleaned_data["again"]


class ChangeForm(forms.Form):
    passphrase = _secret(_("Passphrase of the vault until now"))
    new = _secret(
        _("New passphrase of the vault"),
        help_text=_("At least twelve signs; several words that only you know."),
        new=True,
    )
    fresh = forms.BooleanField(
        label=_("Make a new key too"),
        help_text=_("If somebody may have seen the passphrase or a copy of the database."),
        required=False,
    )


class ReadersForm(forms.Form):
    """Who may open: give, take away, or new keys for the matter."""

    account = forms.ModelChoiceField(
        label=_("Official"),
        queryset=Account.objects.none(),
        required=False,
        empty_label=_("— choose —"),
    )
    passphrase = forms.CharField(
        label=_("Passphrase of the vault"),
        max_length=200,
        strip=False,
        required=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "off"}),
    )

    def __init__(self, *args: Any, accounts: list[Account], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["account"].queryset = Account.objects.filter(  # type: ignore[attr-defined]
            pk__in=[account.pk for account in accounts]
        )


class CounterForm(DenunciationForm):
    """A denunciation on paper or in person, entered by an official who cannot read it again."""

    channel = forms.ChoiceField(
        label=_("How it came"),
        choices=COUNTER_CHANNELS,
        widget=forms.RadioSelect,
        initial=Channel.COUNTER.value,
    )
    id_number = CleanCharField(label=_("ID number"), max_length=14, required=False)
    received_on = forms.DateField(
        label=_("Received on, if not today"),
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )
    forwarded_by = CleanCharField(
        label=_("Forwarded by (a press agency, another body)"), max_length=200, required=False
    )
    identity_names = (*IDENTITY, "id_number")
