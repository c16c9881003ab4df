"""The portal's forms: propose, support, take back, say what one thinks of a draft."""

from __future__ import annotations

from typing import Any

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from dongthuan.core import clock
from dongthuan.core.matters.forms import CleanCharField
from dongthuan.core.units.models import Tier, Unit
from dongthuan.core.units.selectors import communes_in_use
from dongthuan.work.decisions.conventions.models import Convention
from dongthuan.work.decisions.initiatives.models import InitiativeItem


def villages_in_use() -> list[Unit]:
    """Villages of the communes that use the system, in order; two queries."""
    villages = Unit.objects.in_force(clock.today()).filter(tier=Tier.VILLAGE)
    paths = [unit.path for unit in communes_in_use(settings.SCOPE)]
    rows = villages.filter(parent__path__in=paths).select_related("parent")
    return list(rows.order_by("parent__sort_key", "sort_key", "code"))


def _choices() -> list[tuple[str, str]]:
    return [(unit.code, f"{unit.label}, {unit.parent.label}") for unit in villages_in_use()
            if unit.parent]  # fmt: skip


class VillageFindForm(forms.Form):
    """GET: of which village; all if empty."""

    village = forms.ChoiceField(label=_("Village or residential group"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["village"].choices = [("", _("all")), *_choices()]  # type: ignore[attr-defined]


class ProposeForm(forms.Form):
    village = forms.ChoiceField(label=_("Your village or residential group"))
    item = forms.ChoiceField(
        label=_("What it is about"), choices=[("", _("— choose —")), *InitiativeItem.choices]
    )
    text = CleanCharField(
        label=_("What you propose"), min_length=10, max_length=5000,
        widget=forms.Textarea(attrs={"rows": 6}),
        help_text=_("The village reads it first; then everybody does. Do not name other people."),
    )  # fmt: skip
    name = CleanCharField(
        label=_("Full name"), max_length=120,
        help_text=_("The village must know who proposes; it is not shown to anybody else."),
    )  # fmt: skip
    address = CleanCharField(label=_("Address in the village"), max_length=300, required=False)
    phone = CleanCharField(
        label=_("Telephone"), max_length=20, required=False,
        help_text=_("A telephone number or an e-mail address, one of the two is needed."),
    )  # fmt: skip
    email = CleanCharField(label=_("E-mail"), max_length=254, required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = [("", _("— choose —")), *_choices()]
        self.fields["village"].choices = choices  # type: ignore[attr-defined]


class SupportForm(forms.Form):
    number = CleanCharField(label=_("Number of your household"), max_length=20)
    code = CleanCharField(
        label=_("Code of your household"), max_length=40,
        help_text=_("Both stand on the slip that the village head has handed to your household."),
    )  # fmt: skip
    go = forms.ChoiceField(
        label=_("What you want to do"), initial="support",
        choices=[("support", _("support the initiative")), ("back", _("take the support back"))],
        widget=forms.RadioSelect,
    )  # fmt: skip


class WithdrawForm(forms.Form):
    code = CleanCharField(label=_("Code of the initiative"), max_length=40)
    secret = CleanCharField(label=_("Secret"), max_length=40)
    sure = forms.BooleanField(label=_("I withdraw my initiative for good"))


class OpinionForm(forms.Form):
    section = forms.TypedChoiceField(
        label=_("About which section"), coerce=int, empty_value=None, required=False
    )
    text = CleanCharField(
        label=_("Your opinion"), min_length=5, max_length=3000,
        widget=forms.Textarea(attrs={"rows": 5}),
        help_text=_("Without names; you need not say who you are. Village and commune read it."),
    )  # fmt: skip

    def __init__(self, *args: Any, matter: Convention, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        sections = [(s.pk, s.heading) for s in matter.sections.all()]
        choices = [("", _("the whole draft")), *sections]
        self.fields["section"].choices = choices  # type: ignore[attr-defined]
