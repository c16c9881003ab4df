"""Forms of disclosure at the desk: opening, content, postings, plan, places, a counter request."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from dongthuan.core import clock
from dongthuan.core.law import load_rulebook
from dongthuan.core.matters.forms import CleanCharField
from dongthuan.core.matters.selectors import rule_name
from dongthuan.core.units.models import Unit
from dongthuan.front.desk.forms import PlaceField
from dongthuan.work.disclosure import contents, rules
from dongthuan.work.disclosure.models import Disclosure, InfoRequest, Place, PlanRow


def _day(**options: Any) -> forms.DateField:
    widget = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    return forms.DateField(widget=widget, **options)


def _lines(rows: int) -> forms.Textarea:
    return forms.Textarea(attrs={"rows": rows})


def item_choices() -> list[tuple[str, str]]:
    return [(row.code, f"{row.code}. {row.label}") for row in rules.items(clock.today())]


def rule_choices() -> list[tuple[str, str]]:
    """Every rule of time with its name; the item decides which of them apply."""
    named = {rule for item in ("1", "2") for rule in rules.rules_of(item)}
    book = load_rulebook()
    return [(key, rule_name(key)) for key in sorted(named) if key in book]


class DisclosureForm(forms.Form):
    """What must be made public: the item, the document, from when the time counts."""

    unit = PlaceField(label=_("Office"), queryset=Unit.objects.none(), empty_label=None)
    item = forms.ChoiceField(label=_("Item of Art. 11"), choices=item_choices)
    title = CleanCharField(label=_("What is to be disclosed"), max_length=200)
    symbol = CleanCharField(
        label=_("Number and symbol of the document"), max_length=80, required=False
    )
    decided_on = _day(
        label=_("Day of the document"), required=False,
        help_text=_("The time counts from it. Leave it empty for what is only planned."),
    )  # fmt: skip
    expected_on = _day(label=_("Planned day, if there is no document yet"), required=False)
    rule = forms.ChoiceField(label=_("Which time applies"), choices=rule_choices)
    summary = CleanCharField(
        label=_("Text that everybody reads"), required=False, max_length=20_000, widget=_lines(6)
    )

    def __init__(self, *args: Any, units: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["unit"].queryset = units  # type: ignore[attr-defined]
        self.fields["rule"].initial = rules.DEFAULT


class ContentForm(forms.Form):
    """What will be public; the spreadsheet replaces the table that is there."""

    title = CleanCharField(label=_("What is to be disclosed"), max_length=200)
    symbol = CleanCharField(
        label=_("Number and symbol of the document"), max_length=80, required=False
    )
    summary = CleanCharField(
        label=_("Text that everybody reads"), required=False, max_length=20_000, widget=_lines(8)
    )
    content_type = forms.ChoiceField(label=_("What the table holds"), required=False)
    sheet = forms.FileField(
        label=_("Table from a spreadsheet (.xlsx)"), required=False,
        help_text=_("The first row holds the heads. Either all rows are taken or none."),
    )  # fmt: skip
    full_names = forms.BooleanField(
        label=_("Publish names in full (only where a law orders it)"), required=False
    )

    def __init__(self, *args: Any, found: Disclosure, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        kinds = [(kind.code, kind.label) for kind in contents.types_for(found.item)]
        self.fields["content_type"].choices = [  # type: ignore[attr-defined]
            ("", _("— no table —")), *kinds,
        ]  # fmt: skip


class PostingForm(forms.Form):
    """One entry for all places at once; a photograph for each."""

    channel = forms.ChoiceField(label=_("Form of Art. 12"))
    places = forms.MultipleChoiceField(
        label=_("Where"), required=False, widget=forms.CheckboxSelectMultiple
    )
    started_on = _day(label=_("First day"))
    ended_on = _day(
        label=_("Last day, if it is over"), required=False,
        help_text=_("A broadcast ends with its last day on the air."),
    )  # fmt: skip
    reference = CleanCharField(
        label=_("What shows it"), max_length=200, required=False,
        help_text=_("Number of the broadcast log, minutes or letter, or a link."),
    )  # fmt: skip

    def __init__(self, *args: Any, places: Sequence[Place], channels: Sequence[str],
                 **kwargs: Any) -> None:  # fmt: skip
        super().__init__(*args, **kwargs)
        self.offered = {str(place.pk): place for place in places}
        self.fields["channel"].choices = [  # type: ignore[attr-defined]
            (row.code, f"{row.code}) {row.label}")
            for row in rules.channels(clock.today())
            if row.code in channels
        ]
        self.fields["places"].choices = [  # type: ignore[attr-defined]
            (key, place.name) for key, place in self.offered.items()
        ]
        for key, place in self.offered.items():
            self.fields[f"photo_{key}"] = forms.FileField(
                label=_("Photograph: %(place)s") % {"place": place.name}, required=False,
                widget=forms.ClearableFileInput(attrs={"accept": "image/*"}),
            )  # fmt: skip

    def chosen(self) -> list[Place]:
        """The ticked places; where a photograph was given, the place is meant too."""
        data = self.cleaned_data
        return [
            place for key, place in self.offered.items()
            if key in data["places"] or data.get(f"photo_{key}")
        ]  # fmt: skip

    def fields_of_all(self) -> list[forms.BoundField]:
        return [bound for bound in self if not bound.name.startswith("photo_")]

    def photos(self) -> list[forms.BoundField]:
        return [self[f"photo_{key}"] for key in self.offered]

    def photo_refused(self) -> bool:
        return any(name.startswith("photo_") for name in self.errors)


class PlaceForm(forms.Form):
    name = CleanCharField(label=_("Name of the place"), max_length=80)
    unit = PlaceField(label=_("Office"), queryset=Unit.objects.none(), empty_label=None)
    village = PlaceField(
        label=_("Village or residential group"), queryset=Unit.objects.none(), required=False,
        empty_label=_("— at the seat —"),
    )  # fmt: skip

    def __init__(self, *args: Any, units: Any, villages: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["unit"].queryset = units  # type: ignore[attr-defined]
        self.fields["village"].queryset = villages  # type: ignore[attr-defined]


class PlanForm(forms.Form):
    unit = PlaceField(label=_("Office"), queryset=Unit.objects.none(), empty_label=None)
    year = forms.IntegerField(label=_("Year"), min_value=2023, max_value=2100)

    def __init__(self, *args: Any, units: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["unit"].queryset = units  # type: ignore[attr-defined]


class PlanRowForm(forms.Form):
    """One line of a plan (khoản 1 Điều 14): content, time, who is responsible."""

    item = forms.ChoiceField(label=_("Item of Art. 11"), choices=item_choices)
    title = CleanCharField(label=_("What is to be disclosed"), max_length=200)
    period = forms.ChoiceField(label=_("Period"), choices=rules.PERIODS)
    expected_on = _day(label=_("Planned day"))
    officer = CleanCharField(
        label=_("Who is responsible (position)"), max_length=160, required=False
    )

    def __init__(self, *args: Any, row: PlanRow | None = None, **kwargs: Any) -> None:
        if row:
            kwargs["initial"] = {name: getattr(row, name) for name in self.base_fields}
        super().__init__(*args, **kwargs)
        if row and row.item == rules.REGISTER:
            label = rules.item_label(row.item, clock.today())
            self.fields["item"].choices = [(row.item, label)]  # type: ignore[attr-defined]


class CheckForm(forms.Form):
    """Somebody looked at a place on a day."""

    place = forms.ChoiceField(label=_("Where"))
    on = _day(label=_("Day"))
    seen = forms.ChoiceField(
        label=_("Was it there?"), choices=[("yes", _("yes")), ("no", _("no"))],
        widget=forms.RadioSelect,
    )  # fmt: skip
    note = CleanCharField(label=_("Note"), max_length=300, required=False)

    def __init__(self, *args: Any, places: Sequence[Place], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.offered = {str(place.pk): place for place in places}
        self.fields["place"].choices = [  # type: ignore[attr-defined]
            (key, place.name) for key, place in self.offered.items()
        ]


class RequestForm(forms.Form):
    """A request for information at the counter or by post (Điều 24 Luật Tiếp cận thông tin)."""

    unit = PlaceField(label=_("Office"), queryset=Unit.objects.none(), empty_label=None)
    text = CleanCharField(
        label=_("Which information (name of the document, if known)"), max_length=20_000,
        widget=_lines(5),
    )  # fmt: skip
    item = forms.ChoiceField(label=_("Item of Art. 11"), required=False)
    by = forms.ChoiceField(
        label=_("How it is to be supplied"), choices=InfoRequest.By.choices,
        widget=forms.RadioSelect, initial="counter",
    )  # fmt: skip
    purpose = CleanCharField(label=_("Reason and purpose"), max_length=2000, required=False)
    name = CleanCharField(label=_("Full name"), max_length=120)
    address = CleanCharField(label=_("Address"), max_length=300)
    id_number = CleanCharField(label=_("ID number"), max_length=14, required=False)
    phone = CleanCharField(label=_("Telephone"), max_length=20, required=False)
    email = CleanCharField(label=_("E-mail"), max_length=254, required=False)

    def __init__(self, *args: Any, units: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["unit"].queryset = units  # type: ignore[attr-defined]
        self.fields["item"].choices = [  # type: ignore[attr-defined]
            ("", _("— other information —")), *item_choices(),
        ]  # fmt: skip
