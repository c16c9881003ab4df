"""Forms of consultations at the desk: drafting, text, sheet, papers, counts, hearings, groups."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from dongthuan.core import clock
from dongthuan.core.matters.forms import CleanCharField
from dongthuan.core.units.models import Unit
from dongthuan.work.consultations.hearings import Count
from dongthuan.work.consultations.items import (
    BY_HAND,
    COUNTED,
    FORMS,
    ITEMS,
    SEXES,
    band_choices,
)
from dongthuan.work.consultations.models import Addressee, Cluster, Consultation, Opinion, Question
from dongthuan.work.consultations.opinions import Person
from dongthuan.work.consultations.paper import Sheet

MOST = 1_000_000  # people of one village, with room
CHOOSE = ("", _("— choose —"))
LINES = forms.Textarea(attrs={"rows": 6})
# By names of their own: a field called “forms” hides the module in the body of its class.
Boxes, Several = forms.CheckboxSelectMultiple, forms.MultipleChoiceField


def _day(**options: Any) -> forms.DateField:
    widget = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    return forms.DateField(widget=widget, **options)


class UnitsField(forms.ModelMultipleChoiceField):
    def label_from_instance(self, obj: Unit) -> str:
        return obj.short_name


class OneUnitField(forms.ModelChoiceField):
    def label_from_instance(self, obj: Unit) -> str:
        return obj.name


class DraftingForm(forms.Form):
    """What is asked, by which forms, of whom."""

    unit = OneUnitField(label=_("Office"), queryset=Unit.objects.none(), empty_label=None)
    item = forms.ChoiceField(label=_("Item of Art. 25"), choices=[CHOOSE, *ITEMS])
    title = CleanCharField(label=_("Title, as the public will read it"), max_length=200)
    purpose = CleanCharField(label=_("What is asked and why"), widget=LINES, max_length=10_000)
    forms = Several(label=_("Forms of Art. 26"), choices=FORMS, widget=Boxes)
    villages = UnitsField(
        label=_("Villages asked, if not the whole commune"), required=False,
        queryset=Unit.objects.none(), widget=Boxes,
    )  # fmt: skip
    superior = CleanCharField(
        label=_("Who decides, if not the commune"), max_length=200, required=False
    )

    def __init__(self, *args: Any, units: Any, villages: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["unit"].queryset = units  # type: ignore[attr-defined]
        self.fields["villages"].queryset = villages  # type: ignore[attr-defined]


class TextForm(forms.Form):
    title = CleanCharField(label=_("Title of the text"), max_length=300)
    text = CleanCharField(
        label=_("Text"), widget=forms.Textarea(attrs={"rows": 20}), max_length=200_000,
        help_text=_("An empty line begins a new paragraph; each can be commented on by itself."),
    )  # fmt: skip
    note = CleanCharField(label=_("What changed in this version"), max_length=500, required=False)


class QuestionForm(forms.Form):
    """One more question of the sheet."""

    text = CleanCharField(label=_("Question"), max_length=500)
    type = forms.ChoiceField(label=_("Sort of answer"), choices=Question.Type.choices)
    choices = CleanCharField(
        label=_("Choices"), widget=forms.Textarea(attrs={"rows": 5}), required=False,
        max_length=4_000, help_text=_("One a line; only for one or several answers."),
    )  # fmt: skip
    required = forms.BooleanField(label=_("Must be answered"), required=False)
    only_if = forms.ChoiceField(label=_("Only if, in an earlier question"), required=False)
    show_if = forms.MultipleChoiceField(
        label=_("one of these was answered"), required=False, widget=forms.CheckboxSelectMultiple
    )

    def __init__(self, *args: Any, questions: Sequence[Question], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        usable = [q for q in questions if q.type != Question.Type.TEXT]
        names = [(q.key, f"{q.number}. {q.text}"[:90]) for q in usable]
        answers = [
            (f"{q.key}:{n}", f"{q.number}: {label}") for q in usable for n, label in _labels(q)
        ]
        self.fields["only_if"].choices = [("", _("always asked")), *names]  # type: ignore[attr-defined]
        self.fields["show_if"].choices = answers  # type: ignore[attr-defined]
        if not usable:
            del self.fields["only_if"], self.fields["show_if"]

    def said(self) -> dict[str, Any]:
        """The question in its declared form."""
        data = self.cleaned_data
        key = data.get("only_if") or ""
        mine = [v for v in data.get("show_if") or [] if v.rpartition(":")[0] == key]
        condition = {"question": key, "in": [int(v.rpartition(":")[2]) for v in mine]}
        return {
            "type": data["type"], "text": data["text"], "required": data["required"],
            "choices": data["choices"].splitlines(), "show_if": condition if key else {},
        }  # fmt: skip


def _labels(question: Question) -> list[tuple[int, str]]:
    if question.type == Question.Type.SCALE:
        return [(n, str(n)) for n in range(1, 6)]
    return list(enumerate(question.choices))


class SheetForm(forms.Form):
    """A paper keyed in, with where it came from; answers follow as fields of their own."""

    form = forms.ChoiceField(label=_("How it came"))
    taken_on = _day(label=_("Day of the paper"))
    source = CleanCharField(
        label=_("Where it comes from"), max_length=200,
        help_text=_("For example: suggestion box at the village hall; minutes of the meeting."),
    )  # fmt: skip
    number = CleanCharField(label=_("Number of the sheet"), max_length=40, required=False)
    village = OneUnitField(
        label=_("Village or residential group"), queryset=Unit.objects.none(), required=False,
        empty_label=_("not said"),
    )  # fmt: skip
    band = forms.ChoiceField(
        label=_("Age"), required=False, choices=[("", _("not said")), *band_choices()]
    )
    sex = forms.ChoiceField(label=_("Sex"), required=False, choices=[("", _("not said")), *SEXES])
    text = CleanCharField(label=_("Opinion"), widget=LINES, max_length=5_000, required=False)
    people = forms.IntegerField(
        label=_("For how many people it speaks"), min_value=1, max_value=100_000, initial=1
    )
    papers = forms.FileField(label=_("Scan"), required=False)

    def __init__(
        self, *args: Any, matter: Consultation, questions: Sequence[Question], villages: Any,
        **kwargs: Any,
    ) -> None:  # fmt: skip
        super().__init__(*args, **kwargs)
        chosen = [(k, label) for k, label in FORMS if k in matter.forms and k in BY_HAND]
        self.fields["form"].choices = chosen  # type: ignore[attr-defined]
        self.fields["village"].queryset = villages  # type: ignore[attr-defined]
        self.questions = list(questions)
        for question in self.questions:
            self.fields[question.key] = _answer_field(question)
        self.initial.setdefault("taken_on", clock.today())

    def sheet(self) -> Sheet:
        data = self.cleaned_data
        answers = {question.key: data.get(question.key) for question in self.questions}
        answered = any(value not in (None, "", []) for value in answers.values())
        return Sheet(
            form=data["form"], taken_on=data["taken_on"], source=data["source"],
            number=data["number"], people=data["people"],
            opinions=[(None, data["text"])] if data["text"] else (),
            answers=answers if answered else None,
            person=Person(village=data["village"], band=data["band"], sex=data["sex"]),
        )  # fmt: skip


def _answer_field(question: Question) -> forms.Field:
    label = f"{question.number}. {question.text}"
    if question.type == Question.Type.TEXT:
        return CleanCharField(label=label, required=False, max_length=3_000)
    choices = [(str(n), words) for n, words in _labels(question)]
    if question.type == Question.Type.MULTI:
        boxes = forms.CheckboxSelectMultiple
        return forms.MultipleChoiceField(label=label, choices=choices, required=False, widget=boxes)
    return forms.ChoiceField(label=label, choices=[("", "–"), *choices], required=False)


class ImportForm(forms.Form):
    file = forms.FileField(label=_("Spreadsheet (.xlsx)"))


class TallyForm(forms.Form):
    form = forms.ChoiceField(label=_("Form of Art. 26"))
    village = OneUnitField(
        label=_("Village or residential group"), queryset=Unit.objects.none(),
        empty_label=_("— choose —"),
    )  # fmt: skip
    held_on = _day(label=_("Day of the meeting or ballot"))
    invited = forms.IntegerField(
        label=_("Invited, or sheets handed out"), min_value=0, max_value=MOST
    )
    present = forms.IntegerField(
        label=_("Present, or sheets taken back"), min_value=0, max_value=MOST
    )
    agree = forms.IntegerField(label=_("For"), min_value=0, max_value=MOST)
    disagree = forms.IntegerField(label=_("Against"), min_value=0, max_value=MOST)
    other = forms.IntegerField(label=_("Other"), min_value=0, max_value=MOST, initial=0)
    source = CleanCharField(label=_("Minutes: number and day"), max_length=200)

    def __init__(self, *args: Any, matter: Consultation, villages: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        chosen = [(k, label) for k, label in FORMS if k in matter.forms and k in COUNTED]
        self.fields["form"].choices = chosen  # type: ignore[attr-defined]
        self.fields["village"].queryset = villages  # type: ignore[attr-defined]

    def count(self) -> Count:
        names = ("invited", "present", "agree", "disagree", "other")
        return Count(**{name: self.cleaned_data[name] for name in names})


class AddresseeForm(forms.Form):
    name = CleanCharField(label=_("Full name"), max_length=120)
    address = CleanCharField(label=_("Address"), max_length=300, required=False)
    notice = CleanCharField(label=_("Number and symbol of the notice"), max_length=80)
    notified_on = _day(label=_("Day on which they were told"))
    answer_by = _day(label=_("They may answer until"))


class HearingForm(forms.Form):
    wish = forms.ChoiceField(label=_("What the addressee wished"), choices=Addressee.Wish.choices)
    heard_on = _day(label=_("Day of the statement"), required=False)
    by_proxy = CleanCharField(label=_("Spoke for them"), max_length=160, required=False)
    statement = CleanCharField(
        label=_("What they said"), widget=LINES, max_length=20_000, required=False
    )
    explanation = CleanCharField(
        label=_("How it was taken up or explained"), widget=LINES, max_length=20_000,
        required=False, help_text=_("It stays with the file that is submitted for signature."),
    )  # fmt: skip


class HoldForm(forms.Form):
    hold = forms.ChoiceField(
        label=_("Why it is not shown"), choices=Opinion.Hold.choices, widget=forms.RadioSelect
    )
    note = CleanCharField(
        label=_("Article, or what was found"), max_length=300, required=False,
        help_text=_("A view that somebody dislikes is no reason. It stays counted and answered."),
    )  # fmt: skip


class ClusterForm(forms.Form):
    title = CleanCharField(label=_("What these opinions want, in one line"), max_length=300)


class AnswerForm(forms.Form):
    answer = forms.ChoiceField(
        label=_("Taken up?"), choices=Cluster.Answer.choices, widget=forms.RadioSelect
    )
    reason = CleanCharField(
        label=_("Why, as the public will read it"), widget=LINES, max_length=10_000
    )


class CodesForm(forms.Form):
    village = OneUnitField(
        label=_("Village or residential group"), queryset=Unit.objects.none(), required=False,
        empty_label=_("of no village"),
    )  # fmt: skip
    count = forms.IntegerField(label=_("How many codes"), min_value=1, max_value=5_000)

    def __init__(self, *args: Any, villages: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["village"].queryset = villages  # type: ignore[attr-defined]
