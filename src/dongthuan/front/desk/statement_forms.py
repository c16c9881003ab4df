"""Forms of short statements at the desk: entering, editing, taking out, votes from paper."""

from __future__ import annotations

import re
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _

from dongthuan.core.matters.forms import CleanCharField
from dongthuan.work.consultations.items import BY_HAND, FORMS
from dongthuan.work.consultations.statements.models import Statement

CHOOSE = ("", _("— choose —"))
SENTENCE: dict[str, Any] = {
    "max_length": 200, "widget": forms.Textarea(attrs={"rows": 3}),
    "help_text": _("One sentence on one thing, at most 200 letters, that others can agree or"
                   " disagree with. Name no person."),
}  # fmt: skip
SIGNS = {"+": 1, "-": -1, "0": 0}
_VOTE = re.compile(r"^([0-9]{1,5})([+\-0])$")


class StatementForm(forms.Form):
    text = CleanCharField(label=_("Statement"), **SENTENCE)
    source = CleanCharField(
        label=_("Where it comes from"), max_length=200, required=False,
        help_text=_("For example: meeting of residential group 3, 5 November 2026."),
    )  # fmt: skip
    about_process = forms.BooleanField(
        label=_("It is about the consultation itself, not about its matter"), required=False
    )


class EditForm(forms.Form):
    text = CleanCharField(label=_("Statement"), **SENTENCE)


class OutForm(forms.Form):
    reason = forms.ChoiceField(label=_("Reason"), choices=[CHOOSE, *Statement.Reason.choices])
    note = CleanCharField(
        label=_("Note"), max_length=300, required=False,
        help_text=_("It stays at the desk. An opinion that one does not like is no reason."),
    )  # fmt: skip


class PaperVotesForm(forms.Form):
    """One sheet: the votes as they are read out, “1+ 2- 3 0” without the space."""

    form = forms.ChoiceField(
        label=_("By which form of Art. 26 it came"),
        choices=[CHOOSE, *((letter, name) for letter, name in FORMS if letter in BY_HAND)],
    )
    sheet = CleanCharField(label=_("Number of the sheet"), max_length=40)
    source = CleanCharField(
        label=_("Where and when it was taken"), max_length=200,
        help_text=_("For example: meeting of residential group 3, 5 November 2026."),
    )  # fmt: skip
    votes = CleanCharField(
        label=_("Votes"), max_length=20_000, widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("Number of the statement and + (agree), - (disagree) or 0 (pass), with spaces"
                    " between: 1+ 2- 50"),
    )  # fmt: skip

    def clean_votes(self) -> dict[int, int]:
        votes: dict[int, int] = {}
        for word in re.split(r"[\s,;]+", self.cleaned_data["votes"].strip()):
            found = _VOTE.match(word.replace("\N{MINUS SIGN}", "-").replace("\N{EN DASH}", "-"))
            if found is None:
                raise ValidationError(
                    _t("“%(word)s” is no vote; write for example 3+, 3- or 30.")
                    % {"word": word[:20]}
                )
            number = int(found[1])
            if number in votes:
                raise ValidationError(
                    _t("Statement %(n)s stands twice on this sheet.") % {"n": number}
                )
            votes[number] = SIGNS[found[2]]
        return votes
