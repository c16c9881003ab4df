"""Forms of citizen reception at the desk: a plan, a session, a turn, a refusal, a conclusion."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from dongthuan.core import clock
from dongthuan.core.matters.forms import CleanCharField
from dongthuan.core.matters.topics import TOPICS
from dongthuan.core.units.models import Position, Unit
from dongthuan.front.desk.forms import PlaceField
from dongthuan.work.receptions import rules
from dongthuan.work.receptions.models import Content, Form, Outcome
from dongthuan.work.receptions.services import Hours, Word

PROMISES = 5
WEEKDAYS = (
    (0, _("Monday")), (1, _("Tuesday")), (2, _("Wednesday")), (3, _("Thursday")), (4, _("Friday")),
)  # fmt: skip


def _day(**options: Any) -> forms.DateField:
    widget = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    return forms.DateField(widget=widget, **options)


def _time(label: Any, initial: dt.time) -> forms.TimeField:
    widget = forms.TimeInput(attrs={"type": "time"}, format="%H:%M")
    return forms.TimeField(label=label, initial=initial, widget=widget)


class SeatField(forms.ModelChoiceField):
    def label_from_instance(self, obj: Position) -> str:
        return obj.label


class HoursForm(forms.Form):
    """What the posted schedule must tell of a session (Điều 24)."""

    starts_at = _time(_("From (hour)"), dt.time(8))
    ends_at = _time(_("To (hour)"), dt.time(11, 30))
    venue = CleanCharField(label=_("Place of reception"), max_length=300)
    attendees = CleanCharField(label=_("Who takes part"), max_length=500, required=False)
    agenda = CleanCharField(label=_("Expected content"), max_length=500, required=False)
    capacity = forms.IntegerField(
        label=_("How many can book"), min_value=1, max_value=500, initial=20
    )

    def hours(self) -> Hours:
        names = ("starts_at", "ends_at", "venue", "attendees", "agenda", "capacity")
        return Hours(**{name: self.cleaned_data[name] for name in names})


class PlanForm(HoursForm):
    """The days of a head for some months, in one go."""

    position = SeatField(
        label=_("Whose days"), queryset=Position.objects.none(), empty_label=_("— choose —")
    )
    month = _day(label=_("First month"), help_text=_("Any day of that month."))
    months = forms.TypedChoiceField(
        label=_("For how long"), coerce=int, initial=3,
        choices=[(1, _("one month")), (3, _("a quarter")), (6, _("half a year")),
                 (12, _("a year"))],
    )  # fmt: skip
    days = CleanCharField(
        label=_("Days of the month"), max_length=60, required=False,
        help_text=_("For example 10, 25. A day off moves to the next working day."),
    )  # fmt: skip
    weekdays = forms.TypedMultipleChoiceField(
        label=_("Or every week on"), coerce=int, choices=WEEKDAYS, required=False,
        widget=forms.CheckboxSelectMultiple,
    )  # fmt: skip
    late = forms.BooleanField(
        label=_("Still plan days that can no longer be posted in time"), required=False
    )
    field_order = ("position", "month", "months", "days", "weekdays")

    def __init__(self, *args: Any, seats: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["position"].queryset = seats  # type: ignore[attr-defined]


class SessionForm(HoursForm):
    """One session: an online or ad-hoc one needs its ground."""

    form = forms.ChoiceField(label=_("What it is"), choices=Form.choices)
    unit = PlaceField(label=_("Office"), queryset=Unit.objects.none(), empty_label=_("— choose —"))
    held_on = _day(label=_("Day"))
    position = SeatField(
        label=_("Whose day"), queryset=Position.objects.none(), required=False,
        empty_label=_("— the assigned officer —"),
    )  # fmt: skip
    ground = forms.ChoiceField(label=_("Ground"), required=False, choices=())
    field_order = ("form", "unit", "held_on", "position", "ground")

    def __init__(self, *args: Any, seats: Any, units: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["position"].queryset = seats  # type: ignore[attr-defined]
        self.fields["unit"].queryset = units  # type: ignore[attr-defined]
        today = clock.today()
        self.fields["ground"].choices = [  # type: ignore[attr-defined]
            ("", _("— none: a head's day or regular reception —")),
            (_("Ad-hoc (Law, Art. 18.3)"), rules.adhoc_grounds(today)),
            (_("Online (Decree 154/2026, Art. 20)"), rules.online_grounds(today)),
        ]


class VisitorForm(forms.Form):
    """Who stands there (Điều 12 Nghị định 154/2026/NĐ-CP)."""

    name = CleanCharField(label=_("Full name"), max_length=120, required=False)
    address = CleanCharField(label=_("Address"), max_length=300, required=False)
    id_number = CleanCharField(label=_("ID number"), max_length=14, required=False)
    phone = CleanCharField(label=_("Telephone"), max_length=20, required=False)

    def visitor(self) -> dict[str, str]:
        return {name: self.cleaned_data[name] for name in ("name", "address", "id_number", "phone")}


class VisitForm(VisitorForm):
    """A turn on one screen: the columns of Mẫu 03/TCD, and the matter made of it."""

    type = forms.ChoiceField(
        label=_("What it is, by its content"), choices=Content.choices, widget=forms.RadioSelect
    )
    content = CleanCharField(
        label=_("What the person says"), required=False, max_length=5000,
        widget=forms.Textarea(attrs={"rows": 6}),
    )  # fmt: skip
    outcome = forms.ChoiceField(
        label=_("What became of it"), required=False, widget=forms.RadioSelect,
        choices=[(o.value, o.label) for o in (Outcome.TAKEN, Outcome.ANSWERED, Outcome.GUIDED)],
    )  # fmt: skip
    people_count = forms.IntegerField(
        label=_("Number of people with this content"), min_value=1, max_value=10_000, initial=1
    )
    representatives = forms.IntegerField(
        label=_("Representatives received"), min_value=0, max_value=100, initial=0,
        help_text=_("5 to 10 people: one or two; more: up to five (Law, Art. 29)."),
    )  # fmt: skip
    case_count = forms.IntegerField(
        label=_("Number of cases"), min_value=1, max_value=50, initial=1
    )
    is_repeat = forms.BooleanField(label=_("Has come with it before"), required=False)
    settled_by = CleanCharField(label=_("Body that already settled it"), max_length=200,
                                required=False)  # fmt: skip
    in_competence = forms.NullBooleanField(
        label=_("In our competence"), required=False,
        widget=forms.Select(choices=[("", _("— not said —")), ("true", _("yes")),
                                     ("false", _("no"))]),
    )  # fmt: skip
    guided_to = CleanCharField(label=_("Guided to"), max_length=200, required=False)
    guide_document = CleanCharField(label=_("Number of the guidance"), max_length=80,
                                    required=False)  # fmt: skip
    accepted_by = CleanCharField(label=_("Body that accepts it"), max_length=200, required=False)
    transfer_document = CleanCharField(label=_("Number of the transfer"), max_length=80,
                                       required=False)  # fmt: skip
    papers = CleanCharField(
        label=_("Papers handed over, one a line"), max_length=2000, required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
    )  # fmt: skip
    note = CleanCharField(label=_("Note"), max_length=500, required=False)
    place = PlaceField(
        label=_("Where"), queryset=Unit.objects.none(), required=False,
        empty_label=_("— choose —"),
    )  # fmt: skip
    title = CleanCharField(label=_("Title in a few words"), max_length=200, required=False)
    topic = forms.ChoiceField(
        label=_("Topic"), choices=[("", _("— choose —")), *TOPICS], required=False
    )

    def __init__(self, *args: Any, places: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["place"].queryset = places  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        """A matter needs a place, a title and a topic; other outcomes do not."""
        data = super().clean() or {}
        taken = data.get("outcome") == Outcome.TAKEN
        if taken and data.get("type") != Content.DENUNCIATION:
            for name in ("place", "title", "topic"):
                if not data.get(name) and name not in self.errors:
                    self.add_error(name, _("A matter that is taken in needs this."))
        return data

    def line(self) -> dict[str, Any]:
        left_out = {"name", "address", "id_number", "phone", "place", "title", "topic"}
        return {k: v for k, v in self.cleaned_data.items() if k not in left_out}


class RefuseForm(VisitorForm):
    ground = forms.ChoiceField(label=_("Ground"), choices=())
    explained = forms.BooleanField(
        label=_("The reason was explained to the citizen on the spot"), required=False
    )
    content = CleanCharField(
        label=_("What the person came about"), required=False, max_length=5000,
        widget=forms.Textarea(attrs={"rows": 3}),
    )  # fmt: skip
    field_order = ("ground", "explained", "content")

    def __init__(self, *args: Any, on: dt.date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["ground"].choices = [  # type: ignore[attr-defined]
            ("", _("— choose —")),
            *((g.code, f"{g.code}. {g.label}") for g in rules.refusal_grounds(on)),
        ]


class FollowForm(forms.Form):
    result = CleanCharField(label=_("Result"), max_length=500)
    transfer_document = CleanCharField(label=_("Number of the transfer"), max_length=80,
                                       required=False)  # fmt: skip


class ConclusionForm(forms.Form):
    """The notice with up to five promises; empty rows are left out."""

    document = CleanCharField(label=_("Number and symbol of the notice"), max_length=80)
    conclusion = CleanCharField(
        label=_("Conclusion, as the public may read it"), max_length=10_000,
        help_text=_("Take out names, addresses and numbers of persons."),
        widget=forms.Textarea(attrs={"rows": 6}),
    )  # fmt: skip
    version = forms.IntegerField(widget=forms.HiddenInput, min_value=1, required=False)

    def __init__(self, *args: Any, units: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for n in range(1, PROMISES + 1):
            self.fields[f"what_{n}"] = CleanCharField(
                label=_("Promise %(n)d") % {"n": n}, max_length=2000, required=False
            )
            self.fields[f"unit_{n}"] = PlaceField(
                label=_("Who keeps it"), queryset=units, required=False,
                empty_label=_("— this office —"),
            )  # fmt: skip
            self.fields[f"due_on_{n}"] = _day(label=_("Until"), required=False)

    def rows(self) -> list[tuple[Any, Any, Any]]:
        """Bound fields of each promise, for the page."""
        return [(self[f"what_{n}"], self[f"unit_{n}"], self[f"due_on_{n}"])
                for n in range(1, PROMISES + 1)]  # fmt: skip

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        for n in range(1, PROMISES + 1):
            if (
                data.get(f"what_{n}")
                and not data.get(f"due_on_{n}")
                and f"due_on_{n}" not in self.errors
            ):
                self.add_error(f"due_on_{n}", _("A promise needs a day."))
        return data

    def words(self, office: Unit) -> list[Word]:
        """What is promised; `office` keeps what names nobody else."""
        data = self.cleaned_data
        return [
            Word(data[f"what_{n}"], data[f"due_on_{n}"], data[f"unit_{n}"] or office, n)
            for n in range(1, PROMISES + 1)
            if data[f"what_{n}"]
        ]


class PromiseForm(forms.Form):
    """A promise of a notice that was issued already."""

    what = CleanCharField(label=_("What the notice promises"), max_length=2000)
    unit = PlaceField(
        label=_("Who keeps it"), queryset=Unit.objects.none(), required=False,
        empty_label=_("— this office —"),
    )  # fmt: skip
    due_on = _day(label=_("Until"))

    def __init__(self, *args: Any, units: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["unit"].queryset = units  # type: ignore[attr-defined]

    def word(self, office: Unit) -> Word:
        data = self.cleaned_data
        return Word(data["what"], data["due_on"], data["unit"] or office)


class PeriodForm(forms.Form):
    unit = PlaceField(label=_("Office"), queryset=Unit.objects.none(), empty_label=None)
    since = _day(label=_("From"))
    until = _day(label=_("To"))

    def __init__(self, *args: Any, units: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["unit"].queryset = units  # type: ignore[attr-defined]


def period_asked(query: Any, units: list[Unit]) -> dict[str, Any]:
    """What a period form is asked with: this year and one's own office unless the link says."""
    today = clock.today()
    return {
        "unit": query.get("unit") or (units[0].pk if units else ""),
        "since": query.get("since") or today.replace(month=1, day=1).isoformat(),
        "until": query.get("until") or today.isoformat(),
    }
