"""Forms of decisions, votes and registers of households at the desk."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from dongthuan.core.matters.forms import CleanCharField
from dongthuan.core.units.models import Unit
from dongthuan.front.desk.forms import PlaceField
from dongthuan.work.decisions.models import MEETING, Decision, Item, Method, Roll
from dongthuan.work.decisions.voting import Figures

PICKED = forms.CheckboxSelectMultiple


def _area(rows: int) -> forms.Textarea:
    return forms.Textarea(attrs={"rows": rows})


class DecisionField(forms.ModelChoiceField):
    def label_from_instance(self, obj: Decision) -> str:
        return f"{obj.code} – {obj.title}"


class ProposeForm(forms.Form):
    """A proposal: where, which item of Điều 15, what exactly is to be decided."""

    place = PlaceField(
        label=_("For whom"), queryset=Unit.objects.none(), empty_label=_("— choose —"),
        help_text=_("For a commune all its villages vote; the law counts all of them (Art. 21.1)."),
    )  # fmt: skip
    item = forms.ChoiceField(
        label=_("Item of Art. 15"), choices=[("", _("— choose —")), *Item.choices]
    )
    title = CleanCharField(label=_("Title"), max_length=200)
    proposal = CleanCharField(
        label=_("What is to be decided, as it is put to the vote"), max_length=10_000,
        widget=_area(8),
        help_text=_("Everybody reads it: amounts, who pays, until when. No names of persons."),
    )  # fmt: skip
    replaces = DecisionField(
        label=_("Takes the place of"), queryset=Decision.objects.none(), required=False,
        empty_label=_("no earlier decision"),
    )  # fmt: skip

    def __init__(self, *args: Any, places: Any, earlier: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, rows in (("place", places), ("replaces", earlier)):
            self.fields[name].queryset = rows  # type: ignore[attr-defined]
        if places.count() == 1:
            self.fields["place"].initial = places[0].pk
        if not earlier.exists():
            del self.fields["replaces"]


class VoidForm(forms.Form):
    reason = CleanCharField(label=_("Reason"), max_length=500, widget=_area(3))


class RollField(forms.ModelChoiceField):
    def label_from_instance(self, obj: Roll) -> str:
        return obj.village.name


class MannerForm(forms.Form):
    """What a village's meeting has fixed: the manner, and how many of those present wanted it."""

    roll = RollField(label=_("Village"), queryset=Roll.objects.none(), empty_label=None)
    method = forms.ChoiceField(
        label=_("Manner of voting"), choices=[(m.value, m.label) for m in MEETING]
    )
    present = forms.IntegerField(label=_("Households present"), min_value=1, max_value=100_000)
    in_favour = forms.IntegerField(label=_("In favour of it"), min_value=0, max_value=100_000)

    def __init__(self, *args: Any, rolls: Sequence[Roll], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        own = Roll.objects.filter(pk__in=[roll.pk for roll in rolls])
        self.fields["roll"].queryset = (  # type: ignore[attr-defined]
            own.select_related("village", "vote__matter").order_by("village__sort_key")
        )


class ClusterForm(forms.Form):
    """Another meeting of a large or dispersed village (Điều 18.3)."""

    method = forms.ChoiceField(label=_("How votes are given there"))
    name = CleanCharField(label=_("Name of the cluster"), max_length=120)
    venue = CleanCharField(label=_("Place of the meeting"), max_length=300, required=False)
    chair = CleanCharField(
        label=_("Who presides there"), max_length=160, required=False,
        help_text=_("A member of the Front committee or a respected citizen, authorised by the"
                    " village head (Art. 18.3)."),
    )  # fmt: skip
    dispersed = forms.BooleanField(
        label=_("The houses of this village lie far apart"), required=False
    )

    def __init__(self, *args: Any, roll: Roll, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        held = dict.fromkeys(roll.stations.order_by("pk").values_list("method", flat=True))
        choices = [(method, Method(method).label) for method in held]
        self.fields["method"].choices = choices  # type: ignore[attr-defined]


class StationForm(forms.Form):
    """Who counts and who witnesses it; witnesses by their number in the roll."""

    venue = CleanCharField(label=_("Place"), max_length=300, required=False)
    chair = CleanCharField(label=_("Who presides there"), max_length=160, required=False)
    team = CleanCharField(
        label=_("Counting team, one member a line"), max_length=700, widget=_area(5),
        required=False,
        help_text=_("Three to five people."),
    )  # fmt: skip
    witness_one = CleanCharField(
        label=_("First witness: number of the household"), max_length=20, required=False
    )
    witness_two = CleanCharField(
        label=_("Second witness: number of the household"), max_length=20, required=False
    )


class TallyForm(forms.Form):
    """The figures as the counting team wrote them down."""

    def __init__(self, *args: Any, roll: Roll, method: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.keys = list(roll.vote.labels)
        hands = method == Method.HANDS
        names: dict[str, Any] = (
            {"issued": _("Households present"), "blank": _("Raised no hand")}
            if hands
            else {
                "issued": _("Papers issued"), "returned": _("Papers returned"),
                "missing": _("Papers missing"), "valid": _("Valid"), "blank": _("Blank"),
                "spoilt": _("Spoilt"),
            }
        )  # fmt: skip
        self.hands = hands
        for name, label in names.items():
            self.fields[name] = _count(label)
        for key, label in roll.vote.labels.items():
            self.fields[f"for_{key}"] = _count(label)
        if hands:  # as hands are counted: who is there, who raises one, who raised none
            self.order_fields(["issued", *(f"for_{key}" for key in self.keys), "blank"])

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        present, none = data.get("issued"), data.get("blank")
        if self.hands and present is not None and none is not None and none > present:
            self.add_error("blank", _("More raised no hand than were present."))
        return data

    def figures(self) -> Figures:
        """A show of hands has no papers: who is present has returned, the raised are valid."""
        data = self.cleaned_data
        counts = {key: data[f"for_{key}"] for key in self.keys}
        if self.hands:
            present, none = data["issued"], data["blank"]
            return Figures(present, present, 0, present - none, none, 0, counts)
        names = ("issued", "returned", "missing", "valid", "blank", "spoilt")
        return Figures(**{name: data[name] for name in names}, counts=counts)


def _count(label: Any) -> forms.IntegerField:
    return forms.IntegerField(label=label, min_value=0, max_value=100_000)


class HouseholdForm(forms.Form):
    number = CleanCharField(label=_("Number in the village's list"), max_length=20)
    representative = CleanCharField(label=_("Who speaks for the household"), max_length=120)
    address = CleanCharField(label=_("Address"), max_length=300, required=False)


class ImportForm(forms.Form):
    file = forms.FileField(
        label=_("Spreadsheet (.xlsx)"),
        help_text=_("First sheet, one household a line: number, representative, address. A first"
                    " line of headings is left out."),
    )  # fmt: skip
