"""Forms of supervision at the desk: a board, its members, an inspection, a visit, a finding."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from dongthuan.core import clock
from dongthuan.core.matters.forms import CleanCharField
from dongthuan.core.units.models import Unit
from dongthuan.front.desk.forms import PlaceField
from dongthuan.work.supervision.boards import Elected, Project
from dongthuan.work.supervision.inspections import Seen, Spot
from dongthuan.work.supervision.models import Inspection, Leaf, Member, Severity, Sort, Stands


def _day(**options: Any) -> forms.DateField:
    widget = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    return forms.DateField(widget=widget, **options)


def _lines(label: Any, *, rows: int = 4, most: int = 5000, **options: Any) -> CleanCharField:
    widget = forms.Textarea(attrs={"rows": rows})
    return CleanCharField(label=label, max_length=most, widget=widget, **options)


class BoardForm(forms.Form):
    """What the Front decides when it begins to form a board."""

    front = PlaceField(label=_("Front"), queryset=Unit.objects.none(), empty_label=None)
    sort = forms.ChoiceField(label=_("Which board"), choices=Sort.choices)
    size = forms.IntegerField(
        label=_("Number of members"), min_value=1, max_value=200,
        help_text=_("At least five; an inspection board has a member of every village."),
    )  # fmt: skip
    deputies = forms.IntegerField(
        label=_("Number of deputy heads"), min_value=0, max_value=9, initial=1
    )
    project_name = CleanCharField(
        label=_("Programme or project"), max_length=200, required=False,
        help_text=_("Of an investment supervision board only."),
    )  # fmt: skip
    project_code = CleanCharField(
        label=_("Code of the project here"), max_length=40, required=False
    )
    investor = CleanCharField(label=_("Investor"), max_length=200, required=False)

    def __init__(self, *args: Any, fronts: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["front"].queryset = fronts  # type: ignore[attr-defined]

    def project(self) -> Project:
        data = self.cleaned_data
        return Project(
            name=data["project_name"], code=data["project_code"], investor=data["investor"]
        )


class MemberForm(forms.Form):
    """A member as elected or sent; name and village become public, nothing else is asked."""

    name = CleanCharField(label=_("Full name"), max_length=120)
    stands = forms.ChoiceField(label=_("How the person came"), choices=Stands.choices)
    village = PlaceField(
        label=_("Village or residential group"), queryset=Unit.objects.none(), required=False,
        empty_label=_("— none —"),
    )  # fmt: skip
    elected_on = _day(label=_("Day of the election or sending"))
    document = CleanCharField(
        label=_("Number of the minutes or letter"), max_length=80, required=False
    )
    decision = CleanCharField(
        label=_("Code of the election here"), max_length=40, required=False,
        help_text=_("If the village voted in this system."),
    )  # fmt: skip
    qualified = forms.BooleanField(
        label=_("The person meets the standards of the Law"), required=False
    )

    def __init__(self, *args: Any, villages: Any, standards: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["qualified"].help_text = standards
        self.fields["village"].queryset = villages  # type: ignore[attr-defined]

    def elected(self) -> Elected:
        names = ("name", "stands", "village", "elected_on", "document", "decision")
        return Elected(**{name: self.cleaned_data[name] for name in names})


class LeaveForm(forms.Form):
    left_on = _day(label=_("Last day"))
    reason = CleanCharField(label=_("Reason"), max_length=300)
    document = CleanCharField(label=_("Number and symbol of the document"), max_length=80)


class LeafForm(forms.Form):
    """A plan, a report, or what the People's Committee told the board."""

    sort = forms.ChoiceField(label=_("What it is"), choices=())
    period = forms.ChoiceField(label=_("Period"), choices=Leaf.Period.choices)
    since = _day(label=_("From (day)"))
    until = _day(label=_("To (day)"))
    text = _lines(_("Content"), rows=8, most=10_000)
    document = CleanCharField(
        label=_("Number and symbol of the document"), max_length=80, required=False
    )

    def __init__(self, *args: Any, sorts: list[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["sort"].choices = [  # type: ignore[attr-defined]
            (value, label) for value, label in Leaf.Sort.choices if value in sorts
        ]


class InspectionForm(forms.Form):
    target = CleanCharField(
        label=_("What is inspected"), max_length=300,
        help_text=_("A work, a decision, a body; no person."),
    )  # fmt: skip
    content = _lines(_("Content"))
    starts_on = _day(label=_("First day"))
    ends_on = _day(label=_("Last day"))
    subject = CleanCharField(
        label=_("Code of the decision or project here"), max_length=40, required=False
    )


class FindingForm(forms.Form):
    """The structured finding: all of it, or nothing."""

    what = _lines(_("What was found"))
    norm = CleanCharField(
        label=_("Measured against which clause"),
        max_length=300,
        help_text=_(
            "Of the norm, the design, the decision: for example “drawing 07, section 2-2”."
        ),
    )
    grade = forms.TypedChoiceField(
        label=_("How grave"), coerce=int, choices=Severity.choices, widget=forms.RadioSelect
    )
    recommendation = _lines(_("What the board recommends"))

    def seen(self) -> Seen:
        names = ("what", "norm", "grade", "recommendation")
        return Seen(**{name: self.cleaned_data[name] for name in names})


class SpotForm(forms.Form):
    place = CleanCharField(label=_("Where"), max_length=200)
    village = PlaceField(
        label=_("Village or residential group"), queryset=Unit.objects.none(), required=False,
        empty_label=_("— none —"),
    )  # fmt: skip
    latitude = forms.FloatField(label=_("Latitude"), required=False)
    longitude = forms.FloatField(label=_("Longitude"), required=False)

    def __init__(self, *args: Any, villages: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["village"].queryset = villages  # type: ignore[attr-defined]

    def spot(self) -> Spot:
        names = ("place", "village", "latitude", "longitude")
        return Spot(**{name: self.cleaned_data[name] for name in names})


class PhotosInput(forms.FileInput):
    allow_multiple_selected = True


class VisitForm(SpotForm):
    """On a phone, at the work: photographs first, then where, who, what was seen."""

    photos = forms.Field(
        label=_("Photographs"), required=False,
        widget=PhotosInput(attrs={"accept": "image/*", "multiple": True}),
        help_text=_("Time and place are read from the picture, if it has them."),
    )  # fmt: skip
    on = _day(label=_("Day"))
    time = forms.TimeField(
        label=_("Hour"), widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M")
    )
    members = forms.ModelMultipleChoiceField(
        label=_("Who of the board was there"), queryset=Member.objects.none(),
        widget=forms.CheckboxSelectMultiple,
    )  # fmt: skip
    others = CleanCharField(
        label=_("Who else, as positions"), max_length=300, required=False,
        help_text=_("For example “the contractor's site manager”; no names."),
    )  # fmt: skip
    seen = _lines(_("What was seen"))
    found = forms.BooleanField(label=_("Something was found; write it below"), required=False)
    what = _lines(_("What was found"), required=False)
    norm = CleanCharField(label=_("Measured against which clause"), max_length=300, required=False)
    grade = forms.TypedChoiceField(
        label=_("How grave"), coerce=int, required=False,
        choices=[("", _("— choose —")), *Severity.choices],
    )  # fmt: skip
    recommendation = _lines(_("What the board recommends"), required=False)
    field_order = (
        "photos", "place", "village", "latitude", "longitude", "on", "time", "members", "others",
        "seen", "found",
    )  # fmt: skip

    def __init__(self, *args: Any, inspection: Inspection, **kwargs: Any) -> None:
        now = timezone.localtime(clock.now())
        kwargs["initial"] = {"on": now.date(), "time": f"{now:%H:%M}"} | kwargs.get("initial", {})
        super().__init__(*args, **kwargs)
        own = inspection.board.members.filter(left_on=None).order_by("id")
        self.fields["members"].queryset = own  # type: ignore[attr-defined]

    def at(self) -> dt.datetime:
        moment = dt.datetime.combine(self.cleaned_data["on"], self.cleaned_data["time"])
        return timezone.make_aware(moment, timezone.get_default_timezone())

    def finding(self) -> Seen | None:
        """What was found; a field that was filled in counts even if the box was not ticked."""
        data = self.cleaned_data
        texts = {name: str(data[name]) for name in ("what", "norm", "recommendation")}
        if not data["found"] and not data["grade"] and not any(texts.values()):
            return None
        return Seen(grade=data["grade"] or 0, **texts)


class HintAnswerForm(forms.Form):
    inspection = forms.ModelChoiceField(
        label=_("Looked into by"), queryset=Inspection.objects.none(), required=False,
        empty_label=_("— none —"),
    )  # fmt: skip
    reply = _lines(
        _("Answer"), required=False,
        help_text=_("Leave it empty to record that the board looks into it."),
    )  # fmt: skip

    def __init__(self, *args: Any, inspections: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["inspection"].queryset = inspections  # type: ignore[attr-defined]


class PointForm(forms.Form):
    text = _lines(_("What was asked or recommended"), most=1000)


class AnswerForm(forms.Form):
    answer = _lines(_("Answer"), most=3000)
    due_on = _day(
        label=_("Promised until"), required=False,
        help_text=_("With a day, the answer becomes a promise."),
    )  # fmt: skip
    unit = PlaceField(
        label=_("Who keeps it"), queryset=Unit.objects.none(), required=False,
        empty_label=_("— the People's Committee —"),
    )  # fmt: skip
    document = CleanCharField(
        label=_("Number and symbol of the document"), max_length=80, required=False
    )

    def __init__(self, *args: Any, units: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["unit"].queryset = units  # type: ignore[attr-defined]
