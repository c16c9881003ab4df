"""Forms of hot spots: they take topics, areas, bodies and numbers, and refuse everything else."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from dongthuan.core import clock
from dongthuan.core.matters.errors import MatterError
from dongthuan.core.matters.forms import CleanCharField
from dongthuan.core.matters.topics import TOPICS
from dongthuan.core.units.models import Position, Unit
from dongthuan.front.desk.forms import PlaceField
from dongthuan.work.hotspots import rules
from dongthuan.work.hotspots.contact import Given, Raised
from dongthuan.work.hotspots.models import Group, NoticePart, Part, Seat
from dongthuan.work.hotspots.services import Named

CONCERNS, PROMISES, SEATS = (1, 2, 3), (1, 2), (1, 2, 3, 4)
CHOOSE = [("", _("— choose —")), *TOPICS]
PARTS = [("", _("— choose —"))] + [
    (part.value, part.label) for part in Part if part not in (Part.REPORTER, Part.CONSULTED)
]


def _day(**options: Any) -> forms.DateField:
    widget = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    return forms.DateField(widget=widget, **options)


def _lines(label: Any, *, rows: int = 3, most: int = 3000, **options: Any) -> CleanCharField:
    widget = forms.Textarea(attrs={"rows": rows})
    return CleanCharField(label=label, max_length=most, widget=widget, **options)


def _line(label: Any, most: int = 200, **options: Any) -> CleanCharField:
    return CleanCharField(label=label, max_length=most, **options)


def _document(**options: Any) -> CleanCharField:
    return _line(_("Number and symbol of the document"), 80, **options)


def _number(label: Any, *, least: int = 0, **options: Any) -> forms.IntegerField:
    return forms.IntegerField(label=label, min_value=least, max_value=1_000_000, **options)


def _place(label: Any, *, required: bool = True, **options: Any) -> PlaceField:
    return PlaceField(
        label=label, queryset=Unit.objects.none(), required=required,
        empty_label=_("— choose —"), **options,
    )  # fmt: skip


class PositionField(forms.ModelChoiceField):
    def label_from_instance(self, obj: Position) -> str:
        return obj.label


class PositionsField(forms.ModelMultipleChoiceField):
    def label_from_instance(self, obj: Position) -> str:
        return obj.label


class StrictForm(forms.Form):
    """Takes the fields that it declares and no other: a name or household sent along is refused."""

    ALLOWED = frozenset({"csrfmiddlewaretoken"})

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if unknown := sorted(set(self.data) - set(self.fields) - self.ALLOWED):
            raise forms.ValidationError(
                _now("“%(name)s” is not taken here: no person, household or stance is recorded.")
                % {"name": unknown[0][:40]}
            )
        return cleaned

    def fill(self, **querysets: Any) -> None:
        for name, rows in querysets.items():
            self.fields[name].queryset = rows  # type: ignore[attr-defined]


class OpenForm(StrictForm):
    title = _line(_("Name of the case in a few words"))
    place = _place(pgettext_lazy("area", "Place"))
    topic = forms.ChoiceField(label=_("Topic"), choices=CHOOSE)
    about = _lines(
        _("What happens there"), rows=6,
        help_text=_("Facts and what people ask for; no person, no household, nobody's stance."),
    )  # fmt: skip
    matters = _line(
        _("Codes of matters that it is about"), 2000, required=False,
        help_text=_("Separated by commas. They stay as they are."),
    )  # fmt: skip

    def codes(self) -> list[str]:
        return str(self.cleaned_data["matters"]).replace(",", " ").split()


class MattersForm(StrictForm):
    matters = _line(_("Codes of matters"), 2000, help_text=_("Separated by commas."))

    def codes(self) -> list[str]:
        return str(self.cleaned_data["matters"]).replace(",", " ").split()


class SeatsForm(StrictForm):
    """A decision on seats: who joins, up to four at a time, and who leaves."""

    document = _document()
    decided_on = _day(label=_("Day of the decision"))

    def __init__(self, *args: Any, positions: Any, groups: Any, seats: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["decided_on"].initial = clock.today
        for n in SEATS:
            self.fields[f"position_{n}"] = PositionField(
                label=_("Position %(n)d") % {"n": n}, queryset=positions,
                empty_label=_("— none —"), required=False,
            )  # fmt: skip
            self.fields[f"part_{n}"] = forms.ChoiceField(
                label=_("Part of position %(n)d") % {"n": n}, choices=PARTS, required=False
            )
            self.fields[f"group_{n}"] = forms.ModelChoiceField(
                label=_("Working group of position %(n)d") % {"n": n}, queryset=groups,
                empty_label=_("— none —"), required=False,
            )  # fmt: skip
        if seats:
            self.fields["leaving"] = SeatsField(
                label=_("Who leaves"), queryset=seats, required=False,
                widget=forms.CheckboxSelectMultiple,
            )  # fmt: skip

    def named(self) -> list[Named]:
        data = self.cleaned_data
        return [
            Named(position=data[f"position_{n}"], part=data[f"part_{n}"], group=data[f"group_{n}"])
            for n in SEATS
            if data[f"position_{n}"]
        ]

    def leaving(self) -> list[Seat]:
        return list(self.cleaned_data.get("leaving") or [])


class SeatsField(forms.ModelMultipleChoiceField):
    def label_from_instance(self, obj: Seat) -> str:
        words = f"{obj.position.label} ({obj.get_part_display()})"
        return f"{words}, {obj.group.name}" if obj.group else words


class GroupForm(StrictForm):
    name = _line(_("Name of the working group"), 160)
    tasks = _lines(_("Tasks"))
    areas = forms.ModelMultipleChoiceField(
        label=_("Areas"), queryset=Unit.objects.none(), widget=forms.CheckboxSelectMultiple
    )
    document = _document()
    decided_on = _day(label=_("Day of the decision"))

    def __init__(self, *args: Any, areas: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fill(areas=areas)
        self.fields["decided_on"].initial = clock.today


class InGroupForm(StrictForm):
    """What happens in an area of a working group."""

    group = forms.ModelChoiceField(
        label=_("Working group"), queryset=Group.objects.none(), empty_label=None
    )
    area = _place(_("Area"))

    def __init__(self, *args: Any, groups: Any, areas: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fill(group=groups, area=areas)


class PlanForm(InGroupForm):
    since = _day(label=_("From (day)"))
    until = _day(label=_("To (day)"))
    turns = _number(
        _("Turns of contact"), least=1, help_text=_("How many talks there are to be, in all.")
    )
    purpose = _line(_("What it is for"), 300)


def _given_fields(form: forms.Form, units: Any, count: tuple[int, ...], label: Any) -> None:
    for n in count:
        form.fields[f"what_{n}"] = _lines(label % {"n": n}, rows=2, most=2000, required=False)
        form.fields[f"unit_{n}"] = _place(_("Who keeps it (%(n)d)") % {"n": n}, required=False)
        form.fields[f"unit_{n}"].queryset = units  # type: ignore[attr-defined]
        form.fields[f"due_on_{n}"] = _day(label=_("Until (%(n)d)") % {"n": n}, required=False)


def _given(form: forms.Form, data: dict[str, Any], count: tuple[int, ...]) -> list[Given]:
    """What was promised, whole lines only; a half line is told at the field that lacks."""
    found = []
    for n in count:
        what, unit, due = (data.get(f"{name}_{n}") for name in ("what", "unit", "due_on"))
        if not (what or unit or due):
            continue
        for name, value in (("what", what), ("unit", unit), ("due_on", due)):
            if not value and f"{name}_{n}" not in form.errors:
                form.add_error(f"{name}_{n}", _now("A promise needs what, who and until when."))
        if what and unit and due:
            _said_check(form, f"what_{n}", what)
            found.append(Given(what=what, unit=unit, due_on=due))
    return found


def _said_check(form: forms.Form, name: str, text: str) -> None:
    try:
        rules.said(text, name)
    except MatterError as error:
        form.add_error(name, error.message)


class VisitForm(InGroupForm):
    """On the phone, in the area: how many turns, what was asked, answered, promised."""

    on = _day(label=_("Day"))
    turns = _number(
        _("Turns of contact"), least=1,
        help_text=_("How many talks; with whom is not written down anywhere."),
    )  # fmt: skip

    def __init__(self, *args: Any, units: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["on"].initial = clock.today
        for n in CONCERNS:
            self.fields[f"topic_{n}"] = forms.ChoiceField(
                label=_("Topic of concern %(n)d") % {"n": n}, choices=CHOOSE, required=False
            )
            self.fields[f"text_{n}"] = _lines(
                _("What was asked (%(n)d)") % {"n": n}, required=False
            )
            self.fields[f"answer_{n}"] = _lines(
                _("What was answered (%(n)d)") % {"n": n}, required=False
            )
        _given_fields(self, units, PROMISES, _("What was promised (%(n)d)"))
        self.fields["document"] = _document(
            required=False, help_text=_("Of the minutes; needed where something was promised.")
        )

    def clean(self) -> dict[str, Any]:
        data = super().clean()
        self.concerns = []
        for n in CONCERNS:
            topic, text, answer = (data.get(f"{name}_{n}") for name in ("topic", "text", "answer"))
            if not (topic or text or answer):
                continue
            if not topic and f"topic_{n}" not in self.errors:
                self.add_error(f"topic_{n}", _now("Choose a topic."))
            if not text and f"text_{n}" not in self.errors:
                self.add_error(f"text_{n}", _now("Write what was asked."))
            _said_check(self, f"text_{n}", text or "")
            _said_check(self, f"answer_{n}", answer or "")
            self.concerns.append(Raised(topic=topic or "", text=text or "", answer=answer or ""))
        self.promises = _given(self, data, PROMISES)
        return data


class ConcernForm(StrictForm):
    answer = _lines(_("Answer"), rows=5)


class IncidentForm(StrictForm):
    on = _day(label=_("Day"))
    time = forms.TimeField(
        label=_("Hour"), widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M")
    )
    area = _place(_("Area"))
    people = _number(_("About how many people"), initial=0)
    text = _lines(_("What happened"), rows=5)
    response = _lines(_("What was done at once"), required=False)
    grave = forms.BooleanField(label=_("Grave: to be reported upward at once"), required=False)

    def __init__(self, *args: Any, areas: Any, **kwargs: Any) -> None:
        now = timezone.localtime(clock.now())
        kwargs["initial"] = {"on": now.date(), "time": f"{now:%H:%M}"} | kwargs.get("initial", {})
        super().__init__(*args, **kwargs)
        self.fill(area=areas)

    def at(self) -> dt.datetime:
        moment = dt.datetime.combine(self.cleaned_data["on"], self.cleaned_data["time"])
        return timezone.make_aware(moment, timezone.get_default_timezone())


class TalkForm(StrictForm):
    on = _day(label=_("Day"))
    area = _place(_("Area"))
    venue = _line(_("Place of the meeting"))
    bodies = _line(
        _("Bodies that took part"), 300, required=False,
        help_text=_("Bodies and positions; no names."),
    )  # fmt: skip
    people = _number(_("About how many people"), initial=0)
    text = _lines(pgettext_lazy("talk", "What was said"), rows=6, most=10_000)
    document = _document()

    def __init__(self, *args: Any, areas: Any, units: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fill(area=areas)
        self.fields["on"].initial = clock.today
        _given_fields(self, units, CONCERNS, _("Agreed point (%(n)d)"))

    def clean(self) -> dict[str, Any]:
        data = super().clean()
        self.agreed = _given(self, data, CONCERNS)
        return data


class MeasureForm(StrictForm):
    what = _lines(_("What is to be done"), most=2000)
    unit = _place(_("Who does it"))
    due_on = _day(label=_("Until"))
    document = _document()

    def __init__(self, *args: Any, units: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fill(unit=units)

    def measure(self) -> Given:
        return Given(**{name: self.cleaned_data[name] for name in ("what", "unit", "due_on")})


class RequestForm(StrictForm):
    positions = PositionsField(
        label=_("Who is asked"), queryset=Position.objects.none(),
        widget=forms.CheckboxSelectMultiple,
        help_text=_("They see this hot spot from now on."),
    )  # fmt: skip
    question = _lines(_("What is asked"), rows=6, most=10_000)
    document = _document()

    def __init__(self, *args: Any, positions: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fill(positions=positions)


class OpinionForm(StrictForm):
    opinion = _lines(_("Opinion"), rows=6, most=10_000)
    document = _document()


class NoticeForm(StrictForm):
    title = _line(_("Title"))
    place = _place(pgettext_lazy("area", "Place"), required=False)
    body = _lines(
        _("What may be told"), rows=8, most=10_000,
        help_text=_("Everybody reads it once the head has approved it."),
    )  # fmt: skip

    def __init__(self, *args: Any, areas: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fill(place=areas)


class PartForm(StrictForm):
    sort = forms.ChoiceField(label=_("What it is"), choices=NoticePart.Sort.choices)
    question = _line(_("Question"), 500, required=False)
    text = _lines(_("Update or answer"), rows=5, most=5000)


class ReasonForm(StrictForm):
    reason = _line(_("Reason"), 300)
