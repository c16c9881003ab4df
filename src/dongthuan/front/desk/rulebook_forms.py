"""The forms of the rulebook: a new version of a term or of a fact, and a decision."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from dongthuan.core.law import Fact, Rule
from dongthuan.core.law.rulebook import CONDITIONS, EVIDENCE
from dongthuan.core.matters.forms import CleanCharField

TRANSITIONS = [
    ("anchored", _("cases keep the version of their own anchor")),
    ("immediate", _("takes over running cases on its first day")),
]
VALUE_HINTS = {
    "frequency": _("For example: 2/month, 1/week, 1/6 months."),
    "threshold": _("For example: >= 2/3, > 1/2, >= 5."),
    "choice": _("A short code for programs; the words go below."),
    "form": _("The number of the form; its title goes below."),
    "list": _("One item a line: code | Vietnamese | English."),
    "bands": _("One limit a line: 5-10: 2, then 11-: 5."),
}
WORD_LABELS = {
    "frequency": (_("What is counted (Vietnamese)"), _("What is counted (English)")),
    "threshold": (_("Of what (Vietnamese)"), _("Of what (English)")),
    "choice": (_("In words (Vietnamese)"), _("In words (English)")),
    "form": (_("Title (Vietnamese)"), _("Title (English)")),
}


def _area(rows: int) -> forms.Textarea:
    return forms.Textarea(attrs={"rows": rows})


class VersionForm(forms.Form):
    """What every version has: its day, its basis, how it takes over, how sure it is."""

    valid_from = forms.DateField(
        label=_("First day of force"),
        help_text=_("Tomorrow at the earliest."),
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )
    transition = forms.ChoiceField(
        label=_("Running cases"), choices=TRANSITIONS, widget=forms.RadioSelect
    )
    basis_vi = CleanCharField(label=_("Legal basis (Vietnamese)"), max_length=300)
    basis_en = CleanCharField(
        label=_("Legal basis (English)"),
        help_text=_("Left empty, the Vietnamese one is shown."),
        max_length=300,
        required=False,
    )
    document = CleanCharField(label=_("Number of the document"), max_length=100)
    evidence = forms.ChoiceField(label=_("How sure it is"))
    note_vi = CleanCharField(label=_("Note (Vietnamese)"), max_length=500, required=False)
    note_en = CleanCharField(label=_("Note (English)"), max_length=500, required=False)
    reason = CleanCharField(
        label=_("Why the rule changes"), max_length=500, widget=forms.Textarea(attrs={"rows": 3})
    )
    revision = forms.IntegerField(widget=forms.HiddenInput, required=False, min_value=1)

    def __init__(self, *args: Any, entry: Rule | Fact, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        english = get_language() == "en"
        self.fields["evidence"].choices = [  # type: ignore[attr-defined]
            (mark, f"{mark} – {words[english]}") for mark, words in EVIDENCE.items()
        ]
        if isinstance(entry, Rule):
            first = {} if entry.direction == "on" else self._term_fields(english)
        else:
            first = _value_fields(entry.sort)
        self.fields.update(first)
        self.order_fields([*first, *VersionForm.base_fields])

    @staticmethod
    def _term_fields(english: bool) -> dict[str, forms.Field]:
        codes = "; ".join(f"{code} = {words[english]}" for code, words in CONDITIONS.items())
        return {
            "term": CleanCharField(
                label=_("Term"), max_length=20,
                help_text=_("For example: 30 days, 7 working days, 1 hour, 2 months, 1 year."),
            ),
            "when": CleanCharField(
                label=_("Other terms under conditions"), required=False, max_length=2000,
                widget=_area(3),
                help_text=_("One a line: remote + complex: 60 days. Conditions: %(codes)s.")
                % {"codes": codes},
            ),
            "extension": CleanCharField(
                label=_("Extensions that the law allows"), required=False, max_length=1000,
                widget=_area(2), help_text=_("One a line: complex: 30 days x 1."),
            ),
        }  # fmt: skip


def _value_fields(sort: str) -> dict[str, forms.Field]:
    if sort == "flag":
        choices = [("true", _("yes")), ("false", _("no"))]
        return {"value": forms.ChoiceField(label=_("Value"), choices=choices)}
    many = sort in ("list", "bands")
    fields: dict[str, forms.Field] = {
        "value": CleanCharField(
            label=_("Value"), help_text=VALUE_HINTS[sort], max_length=20_000 if many else 100,
            widget=_area(8) if many else forms.TextInput(),
        )
    }  # fmt: skip
    for name, label in zip(("text_vi", "text_en"), WORD_LABELS.get(sort, ()), strict=False):
        fields[name] = CleanCharField(label=label, max_length=300)
    return fields


class DecisionForm(forms.Form):
    """Approve, or reject with a reason."""

    note = CleanCharField(
        label=_("Reason or remark"), max_length=500, required=False, widget=_area(3),
        help_text=_("Needed for a rejection."),
    )  # fmt: skip
