"""Forms of contributions at the desk: a campaign, a receipt, a sheet of them, a use of funds."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from dongthuan.core import clock
from dongthuan.core.matters.forms import CleanCharField
from dongthuan.core.matters.models import Matter
from dongthuan.core.people.models import Household
from dongthuan.core.units.models import Unit
from dongthuan.front.desk.forms import PlaceField
from dongthuan.work.projects.contributions.ledger import Gift, Spending
from dongthuan.work.projects.contributions.models import (
    MONEY,
    Display,
    Exemption,
    Form,
    Payer,
)
from dongthuan.work.projects.contributions.selectors import GridRow

CHOOSE = _("— choose —")


def _day(**options: Any) -> forms.DateField:
    widget = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    return forms.DateField(widget=widget, **options)


def _money(**options: Any) -> forms.IntegerField:
    options.setdefault("min_value", 1)
    return forms.IntegerField(max_value=10**12, **options)


def _quantity(**options: Any) -> forms.DecimalField:
    return forms.DecimalField(
        min_value=Decimal("0.01"), max_value=10**9, decimal_places=2, required=False, **options
    )


class HomeField(forms.ModelChoiceField):
    def label_from_instance(self, obj: Household) -> str:
        return f"{obj.village.short_name} – {obj.number} – {obj.representative}"


class MatterField(forms.ModelChoiceField):
    def label_from_instance(self, obj: Matter) -> str:
        return f"{obj.code} – {obj.title}"


class VillagesField(forms.ModelMultipleChoiceField):
    def label_from_instance(self, obj: Unit) -> str:
        return obj.short_name


class CampaignForm(forms.Form):
    """What is put before the people; nothing is collected before they have decided."""

    title = CleanCharField(label=_("Title in a few words"), max_length=200)
    purpose = CleanCharField(
        label=_("What it is for, as everybody may read it"), max_length=5000,
        widget=forms.Textarea(attrs={"rows": 4}),
    )  # fmt: skip
    unit = PlaceField(label=_("Office"), queryset=Unit.objects.none(), empty_label=CHOOSE)
    villages = VillagesField(
        label=_("Villages that give"), queryset=Unit.objects.none(),
        widget=forms.CheckboxSelectMultiple,
    )  # fmt: skip
    project = MatterField(
        label=_("Project it serves"), queryset=Matter.objects.none(), required=False,
        empty_label=_("— none —"),
    )  # fmt: skip
    voluntary = forms.BooleanField(
        label=_("Voluntary: no level for a household"), required=False,
        help_text=_("Collecting, spending and keeping it is decided by the people (Art. 15)."),
    )  # fmt: skip
    level_amount = _money(
        label=_("Level for a household (đồng)"), required=False,
        help_text=_("As it is put to the vote. Leave it empty where voluntary."),
    )  # fmt: skip
    starts_on = _day(label=_("First day"))
    ends_on = _day(label=_("Last day"))
    treasurer = CleanCharField(
        label=_("Treasurer (position)"), max_length=160,
        help_text=_("The position, not the person: it is public."),
    )  # fmt: skip

    def __init__(self, *args: Any, units: Any, villages: Any, projects: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["unit"].queryset = units  # type: ignore[attr-defined]
        self.fields["villages"].queryset = villages  # type: ignore[attr-defined]
        self.fields["project"].queryset = projects  # type: ignore[attr-defined]


class BatchForm(forms.Form):
    """A form that writes in the ledger once, however often it is sent."""

    batch = forms.UUIDField(widget=forms.HiddenInput)
    on = _day(label=_("Day"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        known = {"batch": uuid.uuid4(), "on": clock.today()}
        kwargs["initial"] = known | (kwargs.get("initial") or {})
        super().__init__(*args, **kwargs)


RARE = (
    (_("Labour or materials"), ("quantity", "measure", "price")),
    (_("Land that is given"), ("consent", "boundary")),
)


class ReceiptForm(BatchForm):
    """One receipt of any form, from a household or another donor."""

    payer = forms.ChoiceField(label=_("Who gives"), choices=Payer.choices)
    household = HomeField(
        label=_("Household"), queryset=Household.objects.none(), required=False,
        empty_label=_("— none —"),
    )  # fmt: skip
    donor = CleanCharField(
        label=_("Name of the organisation or person"), max_length=160, required=False
    )
    display = forms.ChoiceField(
        label=_("The public list shows"), choices=Display.choices, initial=Display.NUMBER,
        help_text=_("A name only if the donor agrees, here and now."),
    )  # fmt: skip
    form = forms.ChoiceField(label=_("What is given"), choices=Form.choices)
    amount = _money(
        label=_("Amount (đồng)"), required=False,
        help_text=_("Labour days are valued by the rate of the day; land may have no value."),
    )  # fmt: skip
    quantity = _quantity(label=_("How much (days, m², units)"))
    measure = CleanCharField(label=_("Unit of the materials"), max_length=20, required=False)
    price = _money(label=_("Price of one unit (đồng)"), required=False)
    consent = CleanCharField(
        label=_("Land: the donor's written consent (number, day)"), max_length=120, required=False
    )
    boundary = CleanCharField(
        label=_("Land: record of the boundary (number, day)"), max_length=120, required=False
    )
    paid_ref = CleanCharField(
        label=_("Reference of the payment, if any"), max_length=60, required=False
    )
    about = CleanCharField(label=_("Note, public"), max_length=300, required=False)
    field_order = ("on", "payer", "household", "donor", "display", "form", "amount")

    def __init__(self, *args: Any, households: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["household"].queryset = households  # type: ignore[attr-defined]

    def common(self) -> list[forms.BoundField]:
        """The questions that every receipt asks."""
        rare = {name for _title, names in RARE for name in names}
        return [field for field in self.visible_fields() if field.name not in rare]

    def rare(self) -> list[tuple[Any, list[forms.BoundField], bool]]:
        """Groups of questions that few receipts need, and whether each stands open."""
        found = []
        for title, names in RARE:
            fields = [self[name] for name in names]
            asked = self.is_bound and any(one.errors or one.value() for one in fields)
            found.append((title, fields, bool(asked)))
        return found

    def gift(self) -> Gift:
        data = {k: v for k, v in self.cleaned_data.items() if k not in ("batch", "on")}
        data["amount"] = data["amount"] or 0
        return Gift(**data)


class GridForm(BatchForm):
    """Many households on one page: an amount beside each; empty lines are left out."""

    form = forms.ChoiceField(
        label=_("What is given"),
        choices=[(f.value, f.label) for f in (Form.CASH, Form.BANK, Form.LABOUR)],
        help_text=_("For labour write the days, else đồng."),
    )

    def __init__(self, *args: Any, rows: Sequence[GridRow], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.grid = rows
        for row in rows:
            named = {"name": row.household.representative}
            self.fields[f"a{row.household.pk}"] = forms.DecimalField(
                label=_now("Given by %(name)s") % named, required=False,
                min_value=Decimal("0.01"), max_value=10**12, decimal_places=2,
            )  # fmt: skip
            self.fields[f"s{row.household.pk}"] = forms.ChoiceField(
                label=_now("The public list shows of %(name)s") % named, choices=Display.choices,
                required=False, initial=Display.NUMBER,
            )  # fmt: skip

    def lines(self) -> list[tuple[GridRow, Any, Any]]:
        """Each household with its two bound fields, for the page."""
        return [
            (row, self[f"a{row.household.pk}"], self[f"s{row.household.pk}"]) for row in self.grid
        ]

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if data.get("form") in MONEY:
            for row in self.grid:
                name = f"a{row.household.pk}"
                if (amount := data.get(name)) and amount != int(amount):
                    self.add_error(name, _("Amounts are whole đồng."))
        return data

    def gifts(self) -> list[Gift]:
        made = []
        for row in self.grid:
            if said := self.cleaned_data.get(f"a{row.household.pk}"):
                form, money = self.cleaned_data["form"], self.cleaned_data["form"] in MONEY
                made.append(
                    Gift(
                        form=form, household=row.household, amount=int(said) if money else 0,
                        quantity=None if money else said,
                        display=self.cleaned_data.get(f"s{row.household.pk}") or Display.NUMBER,
                    )
                )  # fmt: skip
        return made


class SheetForm(BatchForm):
    sheet = forms.FileField(label=_("The filled sheet (.xlsx)"))


class SpendingForm(BatchForm):
    form = forms.ChoiceField(label=_("What is used"), choices=Form.choices)
    component = CleanCharField(
        label=_("Part of the work"),
        max_length=80,
        help_text=_("The same words for the same part, so that prices can be compared."),
    )
    about = CleanCharField(label=_("What for, as everybody may read it"), max_length=300)
    amount = _money(label=_("Amount (đồng)"))
    quantity = _quantity(label=_("Quantity"))
    measure = CleanCharField(label=_("Unit of measure"), max_length=20, required=False)
    supplier = CleanCharField(label=_("Paid to (not public)"), max_length=160, required=False)
    document = CleanCharField(label=_("Number of the bill"), max_length=80, required=False)
    approved_on = _day(label=_("Approved on"), required=False)
    approval = CleanCharField(label=_("Paper that approved it"), max_length=80, required=False)

    def spending(self) -> Spending:
        data = {k: v for k, v in self.cleaned_data.items() if k not in ("batch", "on")}
        return Spending(**data)


class MoveForm(BatchForm):
    form = forms.ChoiceField(
        label=_("Which way"),
        choices=[(Form.CASH.value, _("from the till to the bank")),
                 (Form.BANK.value, _("from the bank to the till"))],
    )  # fmt: skip
    amount = _money(label=_("Amount (đồng)"))
    document = CleanCharField(label=_("Number of the bank slip"), max_length=80, required=False)


class ReverseForm(forms.Form):
    reason = CleanCharField(
        label=_("Why it is reversed"), max_length=300, help_text=_("It is public.")
    )


class ExemptForm(forms.Form):
    household = HomeField(
        label=_("Household"), queryset=Household.objects.none(), empty_label=CHOOSE
    )
    reason = forms.ChoiceField(label=_("Reason"), choices=[("", CHOOSE), *Exemption.Reason.choices])

    def __init__(self, *args: Any, households: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["household"].queryset = households  # type: ignore[attr-defined]


class RateForm(forms.Form):
    unit = PlaceField(label=_("Office"), queryset=Unit.objects.none(), empty_label=CHOOSE)
    amount = forms.IntegerField(
        label=_("A labour day is worth (đồng)"), min_value=1, max_value=10_000_000
    )
    valid_from = _day(label=_("From"))
    document = CleanCharField(label=_("Document that sets it"), max_length=120)

    def __init__(self, *args: Any, units: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["unit"].queryset = units  # type: ignore[attr-defined]
