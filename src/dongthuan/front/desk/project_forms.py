"""Forms of projects at the desk: a project, its plan, and each part of its dossier."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from dongthuan.core.matters.forms import CleanCharField
from dongthuan.core.units.models import Unit
from dongthuan.front.desk.forms import PlaceField
from dongthuan.work.projects.codes import DocumentType, LinkRole, Sector, Source, WorkType
from dongthuan.work.projects.models import CostLine, Project
from dongthuan.work.projects.services import Fund

CHOOSE = _("— choose —")


def day(label: Any, *, required: bool = True, **options: Any) -> forms.DateField:
    widget = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    return forms.DateField(label=label, required=required, widget=widget, **options)


def money(label: Any, *, required: bool = True, **options: Any) -> forms.IntegerField:
    return forms.IntegerField(
        label=label, required=required, min_value=0, max_value=10**15, **options
    )


def count(label: Any, **options: Any) -> forms.IntegerField:
    return forms.IntegerField(label=label, min_value=0, max_value=100_000, initial=0, **options)


def square_metres(label: Any, *, required: bool = True) -> forms.DecimalField:
    return forms.DecimalField(
        label=label, required=required, min_value=0, max_digits=14, decimal_places=2
    )


def lines(label: Any, most: int, rows: int = 4, **options: Any) -> CleanCharField:
    return CleanCharField(
        label=label, max_length=most, widget=forms.Textarea(attrs={"rows": rows}), **options
    )


class PlacesField(forms.ModelMultipleChoiceField):
    def label_from_instance(self, obj: Unit) -> str:
        return obj.name


class LineField(forms.ModelChoiceField):
    def label_from_instance(self, obj: CostLine) -> str:
        return f"{obj.name} ({obj.get_source_display()})"


class FundsForm(forms.Form):
    """Planned money by source; what is left empty is none."""

    money_state = money(_("From the state budget (đồng)"), required=False)
    money_people = money(
        _("From contributions of the people (đồng)"), required=False,
        help_text=_("Needs a decision of the community (Law on Grassroots Democracy 2022, Art. "
                    "15.1, 21)."),
    )  # fmt: skip
    money_sponsor = money(_("From sponsors (đồng)"), required=False)
    money_other = money(_("From other sources (đồng)"), required=False)
    decision_code = CleanCharField(
        label=_("Code of the community's decision"), max_length=40, required=False
    )

    def funds(self) -> list[Fund]:
        asked = {source: self.cleaned_data.get(f"money_{source}") or 0 for source in Source.values}
        return [Fund(source=source, planned=planned) for source, planned in asked.items()]


class ProjectForm(FundsForm):
    """A new project on one page."""

    unit = PlaceField(label=_("Investor"), queryset=Unit.objects.none(), empty_label=CHOOSE)
    title = CleanCharField(label=_("Name of the project"), max_length=200)
    purpose = lines(_("What it is for"), 5000)
    work_type = forms.ChoiceField(label=_("What is done"), choices=WorkType.choices)
    sector = forms.ChoiceField(label=_("Sector"), choices=Sector.choices)
    villages = PlacesField(
        label=_("Villages concerned"), queryset=Unit.objects.none(), required=False,
        widget=forms.CheckboxSelectMultiple,
    )  # fmt: skip
    location = CleanCharField(label=_("Place in words"), max_length=300, required=False)
    planned_from = day(_("Planned beginning"), required=False)
    planned_to = day(_("Planned end"), required=False)
    design_document = CleanCharField(label=_("Number of the design"), max_length=80, required=False)
    field_order = (
        "unit", "title", "purpose", "work_type", "sector", "villages", "location", "planned_from",
        "planned_to", "design_document",
    )  # fmt: skip

    def __init__(self, *args: Any, units: Any, villages: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["unit"].queryset = units  # type: ignore[attr-defined]
        self.fields["villages"].queryset = villages  # type: ignore[attr-defined]
        if len(units) == 1:
            self.fields["unit"].initial = units[0]

    def plan(self) -> dict[str, Any]:
        names = ("unit", "title", "purpose", "work_type", "sector", "location", "planned_from",
                 "planned_to", "design_document", "decision_code")  # fmt: skip
        return {name: self.cleaned_data[name] for name in names} | {
            "villages": list(self.cleaned_data["villages"])
        }


class PlanForm(FundsForm):
    """What may be corrected of a plan; name, place and term have steps of their own."""

    version = forms.IntegerField(widget=forms.HiddenInput, min_value=1)
    purpose = lines(_("What it is for"), 5000)
    location = CleanCharField(label=_("Place in words"), max_length=300, required=False)
    design_document = CleanCharField(label=_("Number of the design"), max_length=80, required=False)
    field_order = ("version", "purpose", "location", "design_document")

    @staticmethod
    def initial_of(project: Project) -> dict[str, Any]:
        funds: dict[str, int] = {}
        for funding in project.fundings.all():
            name = f"money_{funding.source}"
            funds[name] = funds.get(name, 0) + funding.planned
        return {
            **funds, "version": project.version, "purpose": project.purpose,
            "location": project.location, "design_document": project.design_document,
            "decision_code": project.decision.code if project.decision else "",
        }  # fmt: skip


class PartForm(forms.Form):
    """A part of a dossier; `dossier` is what its choices are taken from."""

    wants_file = False

    def __init__(self, *args: Any, dossier: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.choose(dossier)

    def choose(self, dossier: Any) -> None:
        """Fill choices from the dossier."""


class TaskForm(PartForm):
    what = lines(_("What is to be done"), 2000)
    responsible = PlaceField(
        label=_("Responsible body"), queryset=Unit.objects.none(), empty_label=CHOOSE
    )
    support = CleanCharField(label=_("Who supports it"), max_length=300, required=False)
    due_on = day(_("Until"))
    document = CleanCharField(label=_("Document that assigns it"), max_length=80)

    def choose(self, dossier: Any) -> None:
        self.fields["responsible"].queryset = dossier.bodies  # type: ignore[attr-defined]


class ObstacleForm(PartForm):
    what = lines(_("What stands in the way"), 2000, help_text=_("Everybody may read it: no names."))
    where = CleanCharField(label=_("Where exactly"), max_length=300, required=False)
    raised_by = PlaceField(
        label=_("In the name of"), queryset=Unit.objects.none(), empty_label=CHOOSE
    )

    def choose(self, dossier: Any) -> None:
        self.fields["raised_by"].queryset = dossier.voices  # type: ignore[attr-defined]
        self.fields["raised_by"].initial = dossier.voices.first()


class CostForm(PartForm):
    name = CleanCharField(label=_("Component"), max_length=200)
    source = forms.ChoiceField(label=_("Source"), choices=Source.choices)
    planned = money(_("Planned (đồng)"))
    contracted = money(_("Contracted (đồng)"), required=False)
    measure = CleanCharField(
        label=_("Measure"), max_length=40, required=False, help_text=_("For example m, m², piece.")
    )
    quantity = square_metres(_("Quantity"), required=False)


class PaymentForm(PartForm):
    line = LineField(label=_("Component"), queryset=CostLine.objects.none(), empty_label=CHOOSE)
    paid_on = day(_("Paid on"))
    amount = money(_("Amount (đồng)"))
    payee = CleanCharField(
        label=_("Organisation that was paid"), max_length=200,
        help_text=_("An organisation, never a person."),
    )  # fmt: skip
    document = CleanCharField(label=_("Number of the document"), max_length=80)
    over = forms.BooleanField(label=_("It is right that this goes beyond the plan"), required=False)

    def choose(self, dossier: Any) -> None:
        self.fields["line"].queryset = dossier.project.costs.order_by("id")  # type: ignore[attr-defined]


class ContractForm(PartForm):
    contractor = CleanCharField(label=_("Contractor (an organisation)"), max_length=200)
    what = CleanCharField(label=_("What is to be done"), max_length=300)
    value = money(_("Value (đồng)"))
    signed_on = day(_("Signed on"))
    ends_on = day(_("Ends on"), required=False)
    document = CleanCharField(label=_("Number of the contract"), max_length=80)


class LandForm(PartForm):
    on = day(_("State of (day)"))
    households = count(_("Households concerned"))
    agreed = count(_("Agreed"))
    paid = count(_("Paid"))
    handed_over = count(_("Handed over"))
    area = square_metres(_("Land to be cleared (m²)"))
    area_handed = square_metres(_("Land handed over (m²)"))
    amount = money(_("Compensation approved (đồng)"), initial=0)
    amount_paid = money(_("Compensation paid (đồng)"), initial=0)
    note = CleanCharField(label=_("Note"), max_length=300, required=False)


class PhotoForm(PartForm):
    wants_file = True
    alt = CleanCharField(
        label=_("What the picture shows"), max_length=300,
        help_text=_("For those who cannot see it. No names; no faces that can be known."),
    )  # fmt: skip
    taken_on = day(
        _("Taken on"), required=False,
        help_text=_("Left empty: the day that the picture itself says."),
    )  # fmt: skip
    place = CleanCharField(label=_("Place in words"), max_length=200, required=False)


class DocumentForm(PartForm):
    wants_file = True
    type = forms.ChoiceField(label=_("Type"), choices=DocumentType.choices)
    title = CleanCharField(label=_("Title"), max_length=200)
    number = CleanCharField(
        label=_("Number and symbol of the document"), max_length=80, required=False
    )
    issued_on = day(_("Issued on"), required=False)
    public = forms.BooleanField(
        label=_("Everybody may read it"), required=False, initial=True,
        help_text=_("Otherwise the unit and the partners."),
    )  # fmt: skip


class LinkForm(PartForm):
    code = CleanCharField(label=_("Code of the matter"), max_length=40)
    role = forms.ChoiceField(label=_("What it is to the project"), choices=LinkRole.choices)


class ReverseForm(PartForm):
    reason = lines(_("Reason"), 300, 2)
    document = CleanCharField(label=_("Number of the document"), max_length=80)


class AssignForm(PartForm):
    owner = PlaceField(
        label=_("Responsible body"), queryset=Unit.objects.none(), empty_label=CHOOSE
    )
    until = day(_("To be solved until"))

    def choose(self, dossier: Any) -> None:
        self.fields["owner"].queryset = dossier.bodies  # type: ignore[attr-defined]
