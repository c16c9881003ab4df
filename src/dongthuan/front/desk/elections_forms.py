"""The desk's forms for initiatives, conventions and elections."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from dongthuan.core.matters.forms import CleanCharField
from dongthuan.core.units.models import Unit
from dongthuan.work.decisions.conventions.models import ConventionName
from dongthuan.work.decisions.elections.models import Candidate, Grounds, Post, Sort
from dongthuan.work.decisions.initiatives.models import InitiativeItem, Support

CHOOSE = ("", _("— choose —"))
_HEADING = re.compile(r"^#+[ \t]*", re.MULTILINE)


def day_field(**options: Any) -> forms.DateField:
    widget = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    return forms.DateField(widget=widget, **options)


class VillageField(forms.ModelChoiceField):
    def label_from_instance(self, obj: Unit) -> str:
        return obj.label


class VillageForm(forms.Form):
    """Every new matter is of a village."""

    village = VillageField(
        label=_("Village or residential group"), queryset=Unit.objects.none(),
        empty_label=_("— choose —"),
    )  # fmt: skip

    def __init__(self, *args: Any, villages: QuerySet[Unit], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["village"].queryset = villages  # type: ignore[attr-defined]
        if villages.count() == 1:
            self.fields["village"].initial = villages[0].pk


class InitiativeForm(VillageForm):
    item = forms.ChoiceField(label=_("What it is about"), choices=[CHOOSE, *InitiativeItem.choices])
    text = CleanCharField(
        label=_("The proposal"), max_length=5000, widget=forms.Textarea(attrs={"rows": 6})
    )
    name = CleanCharField(label=_("Who proposes it (full name)"), max_length=120)
    address = CleanCharField(label=_("Address"), max_length=300, required=False)
    phone = CleanCharField(label=_("Telephone"), max_length=20, required=False)
    email = CleanCharField(label=_("E-mail"), max_length=254, required=False)


class SupportsForm(forms.Form):
    """Which households signed on one day; the boxes stand in the table of the page."""

    channel = forms.ChoiceField(
        label=_("How it was given"),
        choices=[c for c in Support.Channel.choices if c[0] != Support.Channel.CODE],
    )
    signed_on = day_field(label=_("Day on which it was given"))


class ConventionForm(VillageForm):
    name = forms.ChoiceField(label=_("Name"), choices=ConventionName.choices)
    title = CleanCharField(label=_("Title"), min_length=5, max_length=200)


class DraftForm(forms.Form):
    """The whole draft in one field: a line that begins with # is the heading of a section."""

    text = CleanCharField(
        label=_("The draft"), max_length=200_000, widget=forms.Textarea(attrs={"rows": 24}),
        help_text=_("Begin each section with a line such as: # Điều 1. Vệ sinh chung"),
    )  # fmt: skip

    def clean_text(self) -> str:
        text: str = self.cleaned_data["text"]
        if not text.startswith("#"):
            raise forms.ValidationError(_("Begin with a heading: a line that starts with #."))
        return text

    def sections(self) -> list[tuple[str, str]]:
        """(heading, text) of each section, in order."""
        found = []
        for part in _HEADING.split(self.cleaned_data["text"])[1:]:
            heading, _line, text = part.partition("\n")
            found.append((heading.strip(), text.strip()))
        return found


class CommentForm(forms.Form):
    text = CleanCharField(
        label=_("An opinion on the draft"), min_length=5, max_length=3000,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("Without names: what counts is what is said."),
    )  # fmt: skip


class ElectionForm(VillageForm):
    post = forms.ChoiceField(label=_("Which office"), choices=[CHOOSE, *Post.choices])
    sort = forms.ChoiceField(label=_("Election or dismissal"), choices=Sort.choices)
    held_on = day_field(label=_("Day of the meeting"))
    venue = CleanCharField(label=_("Where"), max_length=300, required=False)
    seats = forms.IntegerField(label=_("How many are elected"), min_value=1, max_value=5, initial=1)
    grounds = forms.ChoiceField(
        label=_("Who asked for the dismissal"), required=False,
        choices=[("", _("no dismissal")), *Grounds.choices],
    )  # fmt: skip
    requested_by = forms.IntegerField(
        label=_("How many households asked for it"), min_value=0, max_value=100_000, required=False
    )
    document = CleanCharField(label=_("Number of the decision"), max_length=80, required=False)

    def __init__(self, *args: Any, posts: Sequence[str], **kwargs: Any) -> None:
        """`posts`: the offices for which the actor may open one."""
        super().__init__(*args, **kwargs)
        offered = [choice for choice in Post.choices if choice[0] in posts]
        self.fields["post"].choices = [CHOOSE, *offered]  # type: ignore[attr-defined]


class CandidateForm(forms.Form):
    name = CleanCharField(label=_("Full name"), min_length=2, max_length=120)
    born = forms.IntegerField(label=_("Year of birth"), min_value=1900, max_value=2100)
    source = forms.ChoiceField(label=_("Brought forward by"), choices=Candidate.Source.choices)

    def __init__(self, *args: Any, listed: bool, dismisses: bool, **kwargs: Any) -> None:
        """Once the Front's list is fixed, names come at the meeting alone (Decree 59, 3.5.b);
        the dismissal of a member of a board is asked for by the Front (Law, Điều 36.2)."""
        super().__init__(*args, **kwargs)
        if dismisses:
            del self.fields["source"]
        elif listed:
            self.fields["source"].choices = [  # type: ignore[attr-defined]
                choice for choice in Candidate.Source.choices if choice[0] != Candidate.Source.FRONT
            ]
