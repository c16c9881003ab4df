"""The portal's forms for consultations: an opinion, the question sheet, a voice, one's own part."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _

from dongthuan.core.matters.forms import CleanCharField
from dongthuan.core.units.models import Unit
from dongthuan.work.consultations.items import SEXES, band_choices
from dongthuan.work.consultations.models import Question
from dongthuan.work.consultations.opinions import Person
from dongthuan.work.consultations.questions import SCALE

NOT_SAID = ("", _("I prefer not to say"))
MARKS = ("village", "band", "sex")
CONTACT = ("email", "phone")


class PersonForm(forms.Form):
    """What a person may say of themselves, and where the answer should be announced."""

    village = forms.ChoiceField(label=_("Village or residential group"), required=False)
    band = forms.ChoiceField(
        label=_("Age"), required=False, choices=[NOT_SAID, *band_choices()],
        help_text=_("Only to see whether all ages and both sexes are heard; never shown with your"
                    " words."),
    )  # fmt: skip
    sex = forms.ChoiceField(
        label=_("Sex"), required=False, choices=[NOT_SAID, *SEXES], widget=forms.RadioSelect
    )
    email = CleanCharField(
        label=_("E-mail"), max_length=254, required=False,
        help_text=_("To be told when your opinion has its answer. It is never shown."),
    )  # fmt: skip
    phone = CleanCharField(label=_("Telephone"), max_length=20, required=False)
    form_token = forms.UUIDField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, villages: Sequence[Unit], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.villages = {str(unit.pk): unit for unit in villages}
        choices = [(pk, unit.short_name) for pk, unit in self.villages.items()]
        self.fields["village"].choices = [NOT_SAID, *choices]  # type: ignore[attr-defined]
        self.initial.setdefault("form_token", uuid.uuid4())

    def person(self) -> Person:
        data = self.cleaned_data
        return Person(
            village=self.villages.get(data["village"]), band=data["band"], sex=data["sex"],
            phone=data["phone"], email=data["email"],
        )  # fmt: skip

    @property
    def token(self) -> str:
        given = self.cleaned_data.get("form_token")
        return f"consultation-{given}" if given else ""


class OpinionForm(PersonForm):
    text = CleanCharField(
        label=_("Your opinion"), widget=forms.Textarea(attrs={"rows": 6}), max_length=5_000,
        help_text=_("Do not name persons and write no telephone numbers: opinions are public."),
    )  # fmt: skip
    field_order = ("text", *MARKS, *CONTACT, "form_token")


class SheetForm(PersonForm):
    """The sheet as one page; conditions are told in words and checked by the service."""

    def __init__(self, *args: Any, questions: Sequence[Question], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.questions = list(questions)
        by_key = {question.key: question for question in questions}
        for question in self.questions:
            self.fields[question.key] = _field(question, condition_words(question, by_key))
        keys = [question.key for question in self.questions]
        self.order_fields([*keys, *MARKS, *CONTACT, "form_token"])

    def answers(self) -> dict[str, Any]:
        return {question.key: self.cleaned_data.get(question.key) for question in self.questions}


def condition_words(question: Question, by_key: dict[str, Question]) -> str:
    """'Only if you answered “No” to question 1.', or nothing."""
    if not question.show_if:
        return ""
    other = by_key[question.show_if["question"]]
    said = [
        other.choices[n] if other.type != Question.Type.SCALE else str(n)
        for n in question.show_if["in"]
    ]
    return _t("Only if you answered %(said)s to question %(n)s.") % {
        "said": " / ".join(f"“{word}”" for word in said),
        "n": other.number,
    }


def _field(question: Question, condition: str) -> forms.Field:
    common: dict[str, Any] = {
        "label": f"{question.number}. {question.text}",
        # Whether it must be answered depends on the answers before it: the service decides.
        "required": question.required and not condition,
        "help_text": condition,
    }
    if question.type == Question.Type.TEXT:
        area = forms.Textarea(attrs={"rows": 4})
        return CleanCharField(widget=area, max_length=3_000, **common)
    if question.type == Question.Type.SCALE:
        ends = {1: _t("1 – lowest"), 5: _t("5 – highest")}
        scale = [(str(n), ends.get(n, str(n))) for n in SCALE]
        return forms.ChoiceField(choices=scale, widget=forms.RadioSelect, **common)
    choices = [(str(n), choice) for n, choice in enumerate(question.choices)]
    if question.type == Question.Type.MULTI:
        boxes = forms.CheckboxSelectMultiple
        return forms.MultipleChoiceField(choices=choices, widget=boxes, **common)
    return forms.ChoiceField(choices=choices, widget=forms.RadioSelect, **common)


class CodeForm(forms.Form):
    code = CleanCharField(
        label=_("One-time code"), max_length=40,
        help_text=_("On the slip that your village handed out, for example KM4TQ-XH7PA."),
    )  # fmt: skip


class PhoneForm(forms.Form):
    phone = CleanCharField(label=_("Telephone"), max_length=20)


class DigitsForm(forms.Form):
    digits = CleanCharField(label=_("Six digits of the message"), max_length=12)
    handle = forms.CharField(widget=forms.HiddenInput, max_length=1_000)


class PartForm(forms.Form):
    code = CleanCharField(label=_("Receipt"), max_length=24)
    secret = CleanCharField(label=_("Secret"), max_length=40)
