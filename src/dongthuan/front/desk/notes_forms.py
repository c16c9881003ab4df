"""Forms of information notes and situation notes at the desk."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from dongthuan.core.matters.forms import CleanCharField
from dongthuan.core.matters.topics import TOPICS
from dongthuan.core.units.models import Unit
from dongthuan.front.desk.forms import PlaceField
from dongthuan.work.notes.figures import indicator_choices
from dongthuan.work.notes.models import Period, Source
from dongthuan.work.notes.services import Told

CHOOSE = _("— choose —")


def lines(label: Any, *, rows: int = 5, most: int = 5000, **options: Any) -> CleanCharField:
    widget = forms.Textarea(attrs={"rows": rows})
    return CleanCharField(label=label, max_length=most, widget=widget, **options)


class BodyField(forms.ModelChoiceField):
    def label_from_instance(self, obj: Unit) -> str:
        return obj.name


class BodiesField(forms.ModelMultipleChoiceField):
    widget = forms.CheckboxSelectMultiple

    def label_from_instance(self, obj: Unit) -> str:
        return obj.name


def among(units: Sequence[Unit]) -> Any:
    keys = [unit.pk for unit in units]
    return Unit.objects.filter(pk__in=keys).order_by("tier", "sort_key")


class NoteForm(forms.Form):
    """One note; the service refuses names and stances with one sentence."""

    receiver = BodyField(
        label=_("To"), queryset=Unit.objects.none(), empty_label=CHOOSE,
        help_text=_("Who has to acknowledge and answer it."),
    )  # fmt: skip
    topic = forms.ChoiceField(label=_("Topic"), choices=[("", CHOOSE), *TOPICS])
    place = PlaceField(
        label=pgettext_lazy("area", "Place"), queryset=Unit.objects.none(), required=False,
        empty_label=_("— the whole area —"),
    )  # fmt: skip
    source = forms.ChoiceField(
        label=_("Where it was learnt"), choices=[("", CHOOSE), *Source.choices]
    )
    learnt_on = forms.DateField(
        label=_("Day on which it was learnt"),
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )
    facts = lines(
        _("Facts"),
        help_text=_("What happens, where, since when, how many people. No names, no numbers of"
                    " persons, nothing of what anybody thinks."),
    )  # fmt: skip
    proposal = lines(_("Proposed handling"), rows=3, most=2000, required=False)
    urgent = forms.BooleanField(label=_("Urgent"), required=False)
    copies = BodiesField(
        label=_("Copies to"), queryset=Unit.objects.none(), required=False,
        help_text=_("They read it and owe nothing."),
    )  # fmt: skip

    def __init__(self, *args: Any, partners: Sequence[Unit], places: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in ("receiver", "copies"):
            self.fields[name].queryset = among(partners)  # type: ignore[attr-defined]
        self.fields["place"].queryset = places  # type: ignore[attr-defined]

    def told(self) -> Told:
        names = ("topic", "facts", "source", "learnt_on", "place", "proposal", "urgent")
        return Told(**{name: self.cleaned_data[name] for name in names})


class SituationForm(forms.Form):
    """The period, the receivers, the figures that are counted for it."""

    period = forms.ChoiceField(label=_("Period"), choices=Period.choices)
    number = forms.IntegerField(label=_("Month (1–12) or quarter (1–4)"), min_value=1, max_value=12)
    year = forms.IntegerField(label=_("Year"), min_value=2000, max_value=2100)
    receivers = BodiesField(
        label=_("Sent to"), queryset=Unit.objects.none(), required=False,
        help_text=_("Partners of the area and bodies of the one above."),
    )  # fmt: skip
    keys = forms.MultipleChoiceField(
        label=_("Figures"), required=False, widget=forms.CheckboxSelectMultiple,
        help_text=_("Counted by the system, frozen on adoption, with their source."),
    )  # fmt: skip

    def __init__(self, *args: Any, partners: Sequence[Unit], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["receivers"].queryset = among(partners)  # type: ignore[attr-defined]
        self.fields["keys"].choices = indicator_choices()  # type: ignore[attr-defined]


class SituationTextForm(forms.Form):
    """Its own words, and which figures stand in it."""

    version = forms.IntegerField(widget=forms.HiddenInput, min_value=1)
    assessment = lines(_("General assessment"), rows=6, most=10_000, required=False)
    outlook = lines(_("Outlook"), most=10_000, required=False)
    proposals = lines(_("Proposals"), most=10_000, required=False)
    keys = forms.MultipleChoiceField(
        label=_("Figures"), required=False, widget=forms.CheckboxSelectMultiple
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["keys"].choices = indicator_choices()  # type: ignore[attr-defined]


class SectionForm(forms.Form):
    topic = forms.ChoiceField(label=_("Topic"), choices=[("", CHOOSE), *TOPICS])
    place = PlaceField(
        label=pgettext_lazy("area", "Place"), queryset=Unit.objects.none(), required=False,
        empty_label=_("— the whole area —"),
    )  # fmt: skip
    text = lines(
        _("What is to be said"), rows=8, most=10_000, required=False,
        help_text=_("Empty words take the section out of the note."),
    )  # fmt: skip

    def __init__(self, *args: Any, places: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["place"].queryset = places  # type: ignore[attr-defined]


class AdoptForm(forms.Form):
    version = forms.IntegerField(widget=forms.HiddenInput, min_value=1)
