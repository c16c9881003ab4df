"""A refusal of a service, shown on the form that asked for it."""

from __future__ import annotations

from django.forms import BaseForm


def refusal_show(form: BaseForm, error: Exception) -> None:
    """Put the sentence at the field that it names, or above the form where it names none there."""
    name = getattr(error, "field", "")
    form.add_error(name if name in form.fields else None, str(getattr(error, "message", error)))
