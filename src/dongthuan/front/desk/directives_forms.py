"""Forms of directing documents at the desk: one page with as many lines as one adds."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from dongthuan.core.matters.forms import CleanCharField
from dongthuan.core.matters.topics import TOPICS
from dongthuan.core.units.models import Unit
from dongthuan.work.directives.models import Directive, Type
from dongthuan.work.directives.rules import LISTS
from dongthuan.work.directives.services import MOST_LINES, Ordered, Written

CHOOSE = _("— choose —")


def day(label: Any, **options: Any) -> forms.DateField:
    widget = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    return forms.DateField(label=label, required=False, widget=widget, **options)


class UnitsField(forms.ModelMultipleChoiceField):
    def label_from_instance(self, obj: Unit) -> str:
        return obj.name


class DirectiveForm(forms.Form):
    """The document itself; number and day only of one that was signed on paper."""

    type = forms.ChoiceField(label=_("Type of document"), choices=[("", CHOOSE), *Type.choices])
    abstract = CleanCharField(
        label=_("What it is about (abstract)"), max_length=500,
        widget=forms.Textarea(attrs={"rows": 2}),
    )  # fmt: skip
    text = CleanCharField(
        label=_("Text before the orders"), max_length=20_000, required=False,
        widget=forms.Textarea(attrs={"rows": 5}),
    )  # fmt: skip
    topic = forms.ChoiceField(label=_("Topic"), required=False, choices=[("", CHOOSE), *TOPICS])
    signer_title = CleanCharField(label=_("Position of who signs"), max_length=160)
    signer_name = CleanCharField(
        label=_("Name of who signs"), max_length=120, required=False,
        help_text=_("Printed below a document that is issued here."),
    )  # fmt: skip
    is_public = forms.TypedChoiceField(
        label=_("Who may read it"), coerce=lambda value: value == "1", initial="1",
        choices=[("1", _("everybody")), ("0", _("its addressees alone"))],
        widget=forms.RadioSelect,
        help_text=_("A document with a mark of secrecy does not belong here at all."),
    )  # fmt: skip
    symbol = CleanCharField(
        label=_("Number and symbol, if signed on paper"), max_length=60, required=False,
        help_text=_("Leave it empty: then it gets its number here when the head signs."),
    )  # fmt: skip
    signed_on = day(label=_("Day of the signed document"))
    serves = CleanCharField(
        label=_("Code of the plan, task or matter that it serves"), max_length=40, required=False
    )

    def written(self, lines: Sequence[Ordered]) -> Written:
        names = ("type", "abstract", "text", "topic", "signer_title", "signer_name", "is_public",
                 "symbol", "signed_on")  # fmt: skip
        given = {name: self.cleaned_data[name] for name in names if name in self.cleaned_data}
        return Written(**given, lines=lines)

    @staticmethod
    def initial_of(found: Directive) -> dict[str, Any]:
        names = ("type", "abstract", "text", "topic", "signer_title", "signer_name")
        given = {name: getattr(found, name) for name in names}
        return given | {"is_public": "1" if found.is_public else "0"}


class DraftForm(DirectiveForm):
    """A draft written anew: it has no number yet, and its links stand on its page."""

    version = forms.IntegerField(widget=forms.HiddenInput, min_value=1)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in ("symbol", "signed_on", "serves"):
            del self.fields[name]


class LineForm(forms.Form):
    """One line that orders something; an empty one is left out."""

    what = CleanCharField(
        label=_("What has to be done"), max_length=1000, required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
    )  # fmt: skip
    due_on = day(label=_("Until (day)"))
    days = forms.IntegerField(
        label=_("or in so many working days"), required=False, min_value=1, max_value=750
    )
    lists = forms.MultipleChoiceField(
        label=_("Who has to do it"), required=False, choices=LISTS,
        widget=forms.CheckboxSelectMultiple,
    )  # fmt: skip
    units = UnitsField(
        label=_("or single bodies and villages"), queryset=Unit.objects.none(), required=False,
        widget=forms.SelectMultiple(attrs={"size": 6}),
    )  # fmt: skip

    def __init__(self, *args: Any, units: Sequence[Unit], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["units"]
        field.queryset = Unit.objects.filter(pk__in=[unit.pk for unit in units])
        field.choices = [(unit.pk, unit.name) for unit in units]

    @property
    def is_empty(self) -> bool:
        return not any(self.cleaned_data.get(name) for name in self.fields)

    def ordered(self) -> Ordered:
        data = self.cleaned_data
        return Ordered(
            what=data["what"], due_on=data["due_on"], days=data["days"], lists=data["lists"],
            units=list(data["units"]),
        )  # fmt: skip


def line_count(data: Any, least: int) -> int:
    """How many lines the page shows: as many as were sent, one more if that was asked for."""
    said = str(data.get("count", ""))
    count = int(said) if said.isascii() and said.isdecimal() and len(said) < 4 else least
    return max(1, min(count + (1 if data.get("go") == "add" else 0), MOST_LINES))


class ImportForm(forms.Form):
    file = forms.FileField(
        label=_("Register as a spreadsheet (.xlsx)"), widget=forms.FileInput(),
        help_text=_("All lines go in, or none."),
    )  # fmt: skip


class ServeForm(forms.Form):
    code = CleanCharField(label=_("Code of the plan, task or matter"), max_length=40)
