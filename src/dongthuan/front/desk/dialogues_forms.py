"""Forms of dialogues at the desk: a plan, whom to invite, a question, its reading, its end."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from dongthuan.core.matters.forms import CleanCharField
from dongthuan.core.units.models import Position, Unit
from dongthuan.front.desk.forms import PlaceField
from dongthuan.front.desk.reception_forms import SeatField
from dongthuan.work.dialogues.models import Invitation, Question, Sort
from dongthuan.work.dialogues.questions import LONGEST, Asker, End

PUBLIC = _("Everybody reads it: no names, no numbers of people.")


def _day(**options: Any) -> forms.DateField:
    widget = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    return forms.DateField(widget=widget, **options)


def _lines(label: Any, *, rows: int = 4, most: int = 3000, **options: Any) -> CleanCharField:
    widget = forms.Textarea(attrs={"rows": rows})
    return CleanCharField(label=label, max_length=most, widget=widget, **options)


class DialogueForm(forms.Form):
    """A dialogue of a head: why, about what, with whom, when and where."""

    host = SeatField(label=_("Who holds it"), queryset=Position.objects.none(), empty_label=None)
    sort = forms.ChoiceField(
        label=_("Why it is held"),
        choices=[choice for choice in Sort.choices if choice[0] != Sort.YEARLY],
    )
    theme = CleanCharField(label=_("What it is about"), max_length=200, help_text=PUBLIC)
    groups = CleanCharField(
        label=_("Who is invited, as groups"), max_length=300, required=False,
        help_text=_("For example “traders of the market; farmers of groups 1 to 3”."),
    )  # fmt: skip
    partners = forms.ModelMultipleChoiceField(
        label=_("Who holds it together with the head"), queryset=Unit.objects.none(),
        required=False, widget=forms.CheckboxSelectMultiple,
    )  # fmt: skip
    on = _day(label=_("Day"), help_text=_("There must be time for the notice before it."))
    time = forms.CharField(label=_("Hour"), max_length=5, help_text=_("For example 19:00."))
    venue = CleanCharField(label=_("Place of the meeting"), max_length=200)
    agenda = _lines(_("Content"))

    def __init__(self, *args: Any, hosts: Any, partners: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["host"].queryset = hosts  # type: ignore[attr-defined]
        self.fields["partners"].queryset = partners  # type: ignore[attr-defined]


class InviteForm(forms.Form):
    """Villages and bodies by a tick, other groups a line each."""

    units = forms.ModelMultipleChoiceField(
        label=_("Villages and bodies"), queryset=Unit.objects.none(), required=False,
        widget=forms.CheckboxSelectMultiple,
    )  # fmt: skip
    whom = _lines(
        _("Others, one on each line"), required=False,
        help_text=_("Groups and bodies, not persons by name."),
    )  # fmt: skip

    def __init__(self, *args: Any, units: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["units"].queryset = units  # type: ignore[attr-defined]

    def lines(self) -> list[str]:
        return [line for line in self.cleaned_data["whom"].splitlines() if line.strip()]


class SentForm(forms.Form):
    """Which invitations went out, and how."""

    invitations = forms.ModelMultipleChoiceField(
        label=_("Invitations that were sent"), queryset=Invitation.objects.none(),
        widget=forms.CheckboxSelectMultiple,
    )  # fmt: skip
    means = forms.ChoiceField(label=_("How they were sent"), choices=Invitation.Means.choices)

    def __init__(self, *args: Any, rows: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["invitations"]
        field.queryset = rows
        field.label_from_instance = lambda row: row.whom


class QuestionForm(forms.Form):
    """A question that came by telephone, on paper or was spoken."""

    channel = forms.ChoiceField(
        label=_("How it came"), widget=forms.RadioSelect, initial="spoken",
        choices=[c for c in Question.Channel.choices if c[0] in ("phone", "paper", "spoken")],
    )  # fmt: skip
    text = _lines(_("The question"), most=LONGEST, help_text=PUBLIC)
    name = CleanCharField(
        label=_("Name of who asks"), max_length=120, required=False,
        help_text=_("Only to tell them of the answer; it is never published."),
    )  # fmt: skip
    phone = CleanCharField(label=_("Telephone"), max_length=20, required=False)
    email = CleanCharField(label=_("E-mail"), max_length=120, required=False)

    def asker(self) -> Asker:
        return Asker(**{name: self.cleaned_data[name] for name in ("name", "phone", "email")})


class ReadForm(forms.Form):
    """Take a question up in public words, join it to a like one, or set it aside."""

    words = _lines(_("Public words"), most=LONGEST, required=False, help_text=PUBLIC)
    into = forms.IntegerField(
        label=_("Or join it to question number"), required=False, min_value=1, max_value=10_000,
        help_text=_("When another one asks the same; both then share one answer."),
    )  # fmt: skip
    ground = forms.ChoiceField(
        label=_("Or set it aside because"), required=False,
        choices=[("", _("— it is taken up —")), *Question.Ground.choices],
    )  # fmt: skip


class JoinForm(forms.Form):
    into = forms.IntegerField(label=_("Join to question number"), min_value=1, max_value=10_000)


class EndForm(forms.Form):
    """The end of a question."""

    outcome = forms.ChoiceField(
        label=_("How it ends"), choices=Question.Outcome.choices, widget=forms.RadioSelect
    )
    answer = _lines(
        _("The answer, the promise, or why not"), most=2000, required=False, help_text=PUBLIC
    )
    by = SeatField(
        label=_("Who answered"), queryset=Position.objects.none(), required=False,
        empty_label=_("— the head who holds it —"),
    )  # fmt: skip
    due_on = _day(label=_("Promised until"), required=False,
                  help_text=_("Of a promise only."))  # fmt: skip
    unit = PlaceField(
        label=_("Who keeps the promise"), queryset=Unit.objects.none(), required=False,
        empty_label=_("— the body of the head —"),
    )  # fmt: skip
    document = CleanCharField(
        label=_("Number and symbol of the document"), max_length=80, required=False,
        help_text=_("Left empty, it is the minutes of the dialogue."),
    )  # fmt: skip

    def __init__(self, *args: Any, seats: Any, units: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["by"].queryset = seats  # type: ignore[attr-defined]
        self.fields["unit"].queryset = units  # type: ignore[attr-defined]

    def end(self) -> End:
        return End(**self.cleaned_data)


class YearForm(forms.Form):
    """GET: the year that is measured."""

    nam = forms.IntegerField(label=_("Year"), required=False, min_value=2019, max_value=2100)
