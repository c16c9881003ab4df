"""Forms of recommendations at the desk: one draft, many at once, drafts of law, promises."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from dongthuan.core.matters.forms import CleanCharField
from dongthuan.core.matters.topics import TOPICS
from dongthuan.core.units.models import Unit
from dongthuan.core.units.selectors import villages_of
from dongthuan.front.desk.forms import PlaceField
from dongthuan.work.recommendations import rules
from dongthuan.work.recommendations.importing import Line
from dongthuan.work.recommendations.models import Point, Source
from dongthuan.work.recommendations.services import Said

MOST_BYTES = 5 * 1024 * 1024


def _day(**options: Any) -> forms.DateField:
    widget = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    return forms.DateField(widget=widget, **options)


def _lines(label: Any, *, rows: int = 4, most: int = 5000, **options: Any) -> CleanCharField:
    widget = forms.Textarea(attrs={"rows": rows})
    return CleanCharField(label=label, max_length=most, widget=widget, **options)


def _topic() -> forms.ChoiceField:
    return forms.ChoiceField(
        label=_("Field"), choices=[("", _("— none —")), *TOPICS], required=False
    )


class _SourceForm(forms.Form):
    """Who recommends, as whom, to which authority."""

    body = PlaceField(label=_("Body"), queryset=Unit.objects.none(), empty_label=None)
    source = forms.ChoiceField(label=_("In whose name"), choices=())
    addressee = PlaceField(
        label=_("To which authority"), queryset=Unit.objects.none(), empty_label=None
    )

    def __init__(self, *args: Any, bodies: Sequence[Unit], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        pks = [body.pk for body in bodies]
        body: Any = self.fields["body"]
        body.queryset = Unit.objects.filter(pk__in=pks).order_by("path")
        source: Any = self.fields["source"]
        source.choices = rules.sources_for(bodies)
        addressee: Any = self.fields["addressee"]
        addressee.queryset = _authorities(bodies)


def _authorities(bodies: Sequence[Unit]) -> QuerySet[Unit]:
    found = Unit.objects.none()
    for body in {rules.area_of(body.path): body for body in bodies}.values():
        found |= rules.authorities_for(body)
    return found


class RecommendationForm(_SourceForm):
    """One recommendation: what is to be done, and why."""

    content = _lines(
        _("What is recommended"), rows=6,
        help_text=_("Without names or numbers of people: once sent, everybody can read it."),
    )  # fmt: skip
    grounds = _lines(_("Grounds, reasons"), required=False)
    topic = _topic()
    place = PlaceField(
        label=_("Village"), queryset=Unit.objects.none(), required=False,
        empty_label=_("— none —"),
    )  # fmt: skip
    meeting = CleanCharField(
        label=_("Out of which meeting or document"), max_length=200, required=False
    )
    meeting_on = _day(label=_("Day of the meeting"), required=False)
    serves = CleanCharField(
        label=_("Code of the task, directive or matter that it serves"), max_length=40,
        required=False,
    )  # fmt: skip
    field_order = ("body", "source", "addressee", "content")

    def __init__(self, *args: Any, bodies: Sequence[Unit], **kwargs: Any) -> None:
        super().__init__(*args, bodies=bodies, **kwargs)
        area = bodies[0].parent if bodies else None
        while area is not None and area.tier == "organ":
            area = area.parent
        place: Any = self.fields["place"]
        if area is not None and area.tier == "commune":
            place.queryset = villages_of(area).order_by("sort_key")
        else:
            del self.fields["place"]

    def said(self) -> Said:
        data = self.cleaned_data
        names = ("addressee", "content", "grounds", "topic", "meeting", "meeting_on")
        return Said(place=data.get("place"), **{name: data[name] for name in names})


class ReadForm(_SourceForm):
    """The minutes to read: pasted text or a spreadsheet."""

    topic = _topic()
    meeting = CleanCharField(label=_("Meeting or minutes"), max_length=200)
    meeting_on = _day(label=_("Day of the meeting"))
    text = _lines(
        _("Pasted text"), rows=10, most=200_000, required=False,
        help_text=_("One recommendation a line, or an empty line between them."),
    )  # fmt: skip
    sheet = forms.FileField(label=_("Or a filled sheet (.xlsx)"), required=False)

    def clean_sheet(self) -> Any:
        sheet = self.cleaned_data["sheet"]
        if sheet and sheet.size > MOST_BYTES:
            raise forms.ValidationError(_("The file is larger than 5 MB; split it."))
        return sheet

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean() or {}
        if not self.errors and bool(data.get("text")) == bool(data.get("sheet")):
            raise forms.ValidationError(_("Paste the text or choose a file, one of them."))
        return data


class LinesForm(_SourceForm):
    """What was read, line by line, to be corrected before it is written."""

    topic = _topic()
    meeting = CleanCharField(label=_("Meeting or minutes"), max_length=200)
    meeting_on = _day(label=_("Day of the meeting"))
    count = forms.IntegerField(min_value=1, max_value=200, widget=forms.HiddenInput)

    def __init__(self, *args: Any, count: int, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        chosen = [("", _("the one chosen above"))]
        units: Any = self.fields["addressee"]
        chosen += [(unit.code, unit.name) for unit in units.queryset]
        for n in range(count):
            self.fields[f"content_{n}"] = _lines(_("Recommendation %(n)d") % {"n": n + 1}, rows=3)
            self.fields[f"grounds_{n}"] = _lines(
                _("Grounds of %(n)d") % {"n": n + 1}, rows=2, required=False
            )
            # What the sheet named and nobody bears is kept, and refused by the service.
            self.fields[f"to_{n}"] = forms.ChoiceField(
                label=_("Authority of %(n)d") % {"n": n + 1}, choices=chosen, required=False
            )
            self.fields[f"leave_{n}"] = forms.BooleanField(
                label=_("Leave out %(n)d") % {"n": n + 1}, required=False
            )
        self.size = count

    def clean(self) -> dict[str, Any]:
        """A line that is left out need not be right."""
        data: dict[str, Any] = super().clean() or {}
        for n in range(self.size):
            if data.get(f"leave_{n}"):
                for name in ("content", "grounds", "to"):
                    self.errors.pop(f"{name}_{n}", None)
        return data

    def kept(self) -> list[int]:
        return [n for n in range(self.size) if not self.cleaned_data.get(f"leave_{n}")]

    def lines(self) -> list[Line]:
        data = self.cleaned_data
        return [
            Line(content=data[f"content_{n}"], grounds=data[f"grounds_{n}"],
                 addressee=data[f"to_{n}"])
            for n in self.kept()
        ]  # fmt: skip

    def rows(self) -> list[tuple[Any, ...]]:
        names = ("content", "grounds", "to", "leave")
        return [tuple(self[f"{name}_{n}"] for name in names) for n in range(self.size)]


class SendManyForm(forms.Form):
    """One document for many drafts."""

    document = CleanCharField(label=_("Number and symbol of the document"), max_length=80)
    session_on = _day(label=_("Day of the next session"), required=False)

    def __init__(self, *args: Any, session: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not session:
            del self.fields["session_on"]

    def session(self) -> dt.date | None:
        found: dt.date | None = self.cleaned_data.get("session_on")
        return found


class FilterForm(forms.Form):
    """GET: of which authority, from which source, of which year, with which words."""

    xem = forms.CharField(widget=forms.HiddenInput, required=False)
    unit = forms.ChoiceField(label=_("Authority"), required=False)
    source = forms.ChoiceField(
        label=_("Source of the recommendation"),
        required=False,
        choices=[("", _("all")), *Source.choices],
    )
    year = forms.IntegerField(
        label=_("Year"), required=False, min_value=2014, max_value=2100,
        widget=forms.NumberInput(attrs={"inputmode": "numeric"}),
    )  # fmt: skip
    q = CleanCharField(label=_("Words"), max_length=100, required=False)

    def __init__(self, *args: Any, units: Sequence[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        unit: Any = self.fields["unit"]
        unit.choices = [("", _("all")), *units]


class DraftForm(forms.Form):
    """A draft that is announced for social criticism."""

    drafter = PlaceField(label=_("Who drafts"), queryset=Unit.objects.none(), empty_label=None)
    critic = PlaceField(label=_("Who is asked"), queryset=Unit.objects.none(), empty_label=None)
    title = CleanCharField(label=_("Title of the draft"), max_length=200)
    summary = _lines(_("What it is about"), most=10_000)
    submits_on = _day(
        label=_("Day of submission or issue"),
        help_text=_("The draft is owed 15 days before it."),
    )
    topic = _topic()

    def __init__(self, *args: Any, drafters: Any, critics: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["drafter"].queryset = drafters  # type: ignore[attr-defined]
        self.fields["critic"].queryset = critics  # type: ignore[attr-defined]


class PointsForm(forms.Form):
    """Every point of the opinion: taken up or not, and why."""

    def __init__(self, *args: Any, points: Sequence[Point], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.points = points
        for point in points:
            n = point.number
            self.fields[f"taken_{n}"] = forms.ChoiceField(
                label=_("Point %(n)d") % {"n": n}, choices=Point.Taken.choices,
                widget=forms.RadioSelect,
            )  # fmt: skip
            self.fields[f"reason_{n}"] = _lines(
                _("Why, or how, at point %(n)d") % {"n": n}, rows=2, most=3000, required=False
            )
        self.fields["document"] = CleanCharField(
            label=_("Number and symbol of the document"), max_length=80
        )

    def rows(self) -> list[tuple[Any, ...]]:
        return [(p, self[f"taken_{p.number}"], self[f"reason_{p.number}"]) for p in self.points]

    def answers(self) -> dict[int, tuple[str, str]]:
        data = self.cleaned_data
        return {
            p.number: (data.get(f"taken_{p.number}", ""), data.get(f"reason_{p.number}", ""))
            for p in self.points
        }


class PromiseForm(forms.Form):
    """What an authority promised at the hearing."""

    unit = PlaceField(label=_("Who promised"), queryset=Unit.objects.none(), empty_label=None)
    what = _lines(_("What was promised"), most=2000)
    due_on = _day(label=_("By which day"))

    def __init__(self, *args: Any, units: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["unit"].queryset = units  # type: ignore[attr-defined]
