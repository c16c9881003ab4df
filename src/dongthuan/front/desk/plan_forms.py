"""Forms of coordination at the desk: a plan, its clauses, comments, tasks, reviews, paper years."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from dongthuan.core.matters.forms import CleanCharField
from dongthuan.core.matters.indicators import all_indicators
from dongthuan.core.units.models import Unit
from dongthuan.front.desk.forms import PlaceField
from dongthuan.work.coordination.listing import Given
from dongthuan.work.coordination.models import PlanReview, TaskLine
from dongthuan.work.coordination.template import contents

CHOOSE = _("— choose —")


def day(label: Any, *, required: bool = True, **options: Any) -> forms.DateField:
    widget = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    return forms.DateField(label=label, required=required, widget=widget, **options)


def lines(label: Any, most: int, rows: int = 5, **options: Any) -> CleanCharField:
    return CleanCharField(
        label=label, max_length=most, widget=forms.Textarea(attrs={"rows": rows}), **options
    )


def number(label: Any, **options: Any) -> forms.DecimalField:
    return forms.DecimalField(
        label=label, required=False, min_value=0, max_digits=17, decimal_places=2, **options
    )


def content_choices() -> list[tuple[int, str]]:
    return [(one.number, f"{one.number}. {one.label}") for one in contents()]


def within(units: Sequence[Unit]) -> Any:
    return Unit.objects.filter(pk__in=[unit.pk for unit in units]).order_by("tier", "sort_key")


class BodiesField(forms.ModelMultipleChoiceField):
    def label_from_instance(self, obj: Unit) -> str:
        return obj.name


class PlanForm(forms.Form):
    """A new plan: whose, of which year, under which theme."""

    partner = PlaceField(label=_("Partner body"), queryset=Unit.objects.none(), empty_label=None)
    year = forms.IntegerField(label=_("Year"), min_value=2013, max_value=2100)
    theme = CleanCharField(label=_("Theme of the year"), max_length=300, required=False)
    economic_plan = CleanCharField(
        label=_("Socio-economic plan that it stands on"), max_length=300, required=False,
        help_text=_("Number, day and title of the resolution or plan."),
    )  # fmt: skip

    def __init__(self, *args: Any, partners: Sequence[Unit], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["partner"].queryset = within(partners)  # type: ignore[attr-defined]


class HeadForm(forms.Form):
    theme = CleanCharField(label=_("Theme of the year"), max_length=300, required=False)
    economic_plan = CleanCharField(
        label=_("Socio-economic plan that it stands on"), max_length=300, required=False
    )


class GroundForm(forms.Form):
    number = CleanCharField(label=_("Number and symbol of the document"), max_length=80)
    issued_on = day(_("Day"), required=False)
    issuer = CleanCharField(label=_("Issued by"), max_length=200)
    title = CleanCharField(label=_("Title"), max_length=300)


class ClauseForm(forms.Form):
    """A new clause; which content it is, is asked in section III alone."""

    content = forms.TypedChoiceField(
        label=_("Content of coordination"), coerce=int, empty_value=None
    )
    text = lines(_("Clause"), 5000, rows=7)

    def __init__(self, *args: Any, section: int, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if section == 3:
            self.fields["content"].choices = [  # type: ignore[attr-defined]
                ("", CHOOSE), *content_choices()
            ]  # fmt: skip
        else:
            del self.fields["content"]


class ClauseEditForm(forms.Form):
    number = forms.IntegerField(widget=forms.HiddenInput, min_value=1)
    text = lines(_("Clause"), 5000, rows=9)


class CommentForm(forms.Form):
    text = lines(_("Comment"), 2000)


class AnswerForm(forms.Form):
    outcome = forms.ChoiceField(
        label=_("What becomes of it"),
        choices=[("taken", _("taken up")), ("declined", _("not taken up, with a reason"))],
        widget=forms.RadioSelect,
    )
    answer = lines(_("Answer"), 2000, required=False)


class LineForm(forms.Form):
    """A task of the list; measured by what the system counts, or by what the lead reports."""

    content = forms.TypedChoiceField(label=_("Content of coordination"), coerce=int)
    title = lines(_("What is to be done"), 300, rows=2)
    lead = PlaceField(label=_("Lead"), queryset=Unit.objects.none(), empty_label=CHOOSE)
    supports = BodiesField(
        label=_("Supporting bodies"), queryset=Unit.objects.none(), required=False,
        widget=forms.SelectMultiple(attrs={"size": 6}),
    )  # fmt: skip
    place = PlaceField(
        label=_("Place, if it is one"), queryset=Unit.objects.none(), required=False,
        empty_label=_("the whole area"),
    )  # fmt: skip
    due_on = day(_("Due on"))
    bound = forms.ChoiceField(
        label=_("Figure that the system counts"), required=False,
        help_text=_("Then nobody types it: its value is counted from the matters themselves."),
    )  # fmt: skip
    indicator = CleanCharField(
        label=_("Or another indicator"), max_length=200, required=False,
        help_text=_("The lead reports its value with evidence."),
    )  # fmt: skip
    measure = CleanCharField(label=_("Unit of measure"), max_length=40, required=False)
    baseline = number(_("Baseline"))
    target = number(_("Target"))
    better = forms.ChoiceField(
        label=_("Better is"), choices=[("up", _("more")), ("down", _("less"))], initial="up"
    )

    def __init__(self, *args: Any, bodies: Sequence[Unit], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        fields: dict[str, Any] = self.fields
        fields["content"].choices = content_choices()
        fields["lead"].queryset = fields["supports"].queryset = within(bodies)
        fields["place"].queryset = within([u for u in bodies if u.tier == "village"])
        counted = [(one.key, one.label) for one in all_indicators() if one.aim]
        fields["bound"].choices = [("", _("— none, see below —")), *counted]

    def given(self) -> Given:
        return Given(**self.cleaned_data)

    @staticmethod
    def initial_of(line: TaskLine) -> dict[str, Any]:
        names = ("content", "title", "due_on", "bound", "measure", "baseline", "target", "better")
        return {name: getattr(line, name) for name in names} | {
            "lead": line.lead_id, "place": line.place_id,
            "supports": [unit.pk for unit in line.supports.all()],
            "indicator": "" if line.bound else line.indicator,
        }  # fmt: skip


class InspectionForm(forms.Form):
    day = day(_("Day"))
    targets = BodiesField(
        label=_("Bodies inspected"), queryset=Unit.objects.none(),
        widget=forms.SelectMultiple(attrs={"size": 8}),
    )  # fmt: skip
    content = lines(pgettext_lazy("joint inspection", "What is inspected"), 3000)

    def __init__(self, *args: Any, bodies: Sequence[Unit], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["targets"].queryset = within(bodies)  # type: ignore[attr-defined]


class PromiseForm(forms.Form):
    unit = PlaceField(label=_("Who owes it"), queryset=Unit.objects.none(), empty_label=CHOOSE)
    what = lines(_("What was promised"), 2000)
    due_on = day(_("Until"))
    document = CleanCharField(label=_("Number and symbol of the document"), max_length=80)

    def __init__(self, *args: Any, bodies: Sequence[Unit], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["unit"].queryset = within(bodies)  # type: ignore[attr-defined]


class ReviewForm(forms.Form):
    version = forms.IntegerField(widget=forms.HiddenInput, min_value=1)
    results = lines(_("What was reached"), 10_000, rows=7, required=False)
    limits = lines(_("What was not reached"), 10_000, required=False)
    causes = lines(_("Causes"), 10_000, required=False)
    ahead = lines(_("What lies ahead"), 10_000, required=False)

    @staticmethod
    def initial_of(review: PlanReview) -> dict[str, Any]:
        names = ("version", "results", "limits", "causes", "ahead")
        return {name: getattr(review, name) for name in names}


class CarryForm(forms.Form):
    """All open tasks at once into the draft of the next plan."""

    into = CleanCharField(label=_("Code of the plan that takes it on"), max_length=32)
    until = day(_("New day"))
    reason = lines(_("Reason"), 1000, rows=3)


class HandOverForm(forms.Form):
    document = CleanCharField(label=_("Number and symbol of the document"), max_length=80)
    reason = lines(_("Reason"), 1000, rows=3)


class YearsForm(forms.Form):
    """GET: the multi-year review of a body."""

    unit = PlaceField(label=_("Partner body"), queryset=Unit.objects.none(), empty_label=None)
    since = forms.IntegerField(label=_("From (year)"), min_value=1990, max_value=2100)
    until = forms.IntegerField(label=_("To (year)"), min_value=1990, max_value=2100)

    def __init__(self, *args: Any, partners: Sequence[Unit], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["unit"].queryset = within(partners)  # type: ignore[attr-defined]


class PaperYearForm(forms.Form):
    """A year from paper; what the paper does not say is left empty."""

    unit = PlaceField(label=_("Partner body"), queryset=Unit.objects.none(), empty_label=None)
    year = forms.IntegerField(label=_("Year"), min_value=1990, max_value=2100)
    source = CleanCharField(
        label=_("Source document"),
        max_length=300,
        help_text=_("Number, day and title of the document."),
    )
    tasks = forms.IntegerField(
        label=_("Number of tasks"), required=False, min_value=0, max_value=10_000
    )
    done = forms.IntegerField(label=_("Done"), required=False, min_value=0, max_value=10_000)
    meetings = forms.IntegerField(
        label=_("Meetings held"), required=False, min_value=0, max_value=10_000
    )
    summary = lines(_("Summary"), 3000, required=False)

    def __init__(self, *args: Any, partners: Sequence[Unit], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["unit"].queryset = within(partners)  # type: ignore[attr-defined]
