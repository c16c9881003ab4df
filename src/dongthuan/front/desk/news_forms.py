"""Forms of news at the desk: an article, its pictures, its links, a correction."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from dongthuan.core.matters.forms import CleanCharField
from dongthuan.core.matters.topics import TOPICS
from dongthuan.front.desk.emulation_forms import PictureForm
from dongthuan.front.desk.forms import PlaceField

NUMBERS = _("Numbers and addresses in it are those of offices, not of people")


class TextForm(forms.Form):
    """Title, lead and text."""

    title = CleanCharField(label=_("Title"), max_length=200)
    lead = CleanCharField(
        label=pgettext_lazy("article", "Lead"), max_length=600, required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("One or two sentences: what is new, for whom."),
    )  # fmt: skip
    body = CleanCharField(
        label=_("Text of the article"), max_length=20_000,
        widget=forms.Textarea(attrs={"rows": 16}),
        help_text=_("An empty line begins a paragraph. “## ” makes a subhead, “- ” a list, "
                    "[words](https://…) a link."),
    )  # fmt: skip
    numbers_public = forms.BooleanField(label=NUMBERS, required=False)


class ArticleForm(TextForm):
    """A draft: in whose name, about what."""

    topic = forms.ChoiceField(
        label=_("Topic"), choices=[("", _("— none —")), *TOPICS], required=False
    )
    field_order = ("unit", "title", "lead", "body", "topic", "numbers_public")

    def __init__(self, *args: Any, units: Any = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if units is not None:
            self.fields["unit"] = PlaceField(
                label=_("In whose name"), queryset=units, empty_label=None
            )
            self.order_fields(self.field_order)


class ArticleEditForm(ArticleForm):
    """A draft written anew: over the version that was read, not over what others wrote since."""

    version = forms.IntegerField(
        required=False, min_value=0, max_value=10**9, widget=forms.HiddenInput
    )


class CorrectionForm(TextForm):
    note = CleanCharField(
        label=_("What is corrected, for everybody to read"), max_length=1000,
        widget=forms.Textarea(attrs={"rows": 3}),
    )  # fmt: skip
    field_order = ("note", "title", "lead", "body", "numbers_public")


class ArticlePictureForm(PictureForm):
    caption = CleanCharField(label=_("Caption"), max_length=300, required=False)


class LinkForm(forms.Form):
    code = CleanCharField(label=_("Code of the matter, disclosure or article"), max_length=32)
