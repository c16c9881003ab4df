"""What the leadership page is asked: which area, which month or days."""

from __future__ import annotations

import datetime as dt
import re
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from dongthuan.core import clock
from dongthuan.core.matters.forms import CleanCharField
from dongthuan.front.desk.leading import AreaForm
from dongthuan.insight.leadership.counting import Period, month_of

_MONTH = re.compile(r"(20\d\d)-(0[1-9]|1[0-2])")
FIRST = dt.date(2014, 1, 1)
LONGEST = 366


class PeriodForm(AreaForm):
    """Both days, or a month, or nothing: then it is the present month."""

    thang = CleanCharField(
        label=_("Month"), required=False, max_length=7,
        widget=forms.TextInput(attrs={"type": "month", "pattern": r"20\d\d-\d\d"}),
        help_text=_("Year and month, as 2026-11."),
    )  # fmt: skip
    tu = forms.DateField(
        label=_("From"), required=False,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        help_text=_("Instead of a month."),
    )  # fmt: skip
    den = forms.DateField(
        label=_("To"), required=False,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )  # fmt: skip

    def clean_thang(self) -> str:
        month: str = self.cleaned_data["thang"]
        if month and not _MONTH.fullmatch(month):
            raise forms.ValidationError(_("Write the month as year and month, such as 2026-11."))
        return month

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean() or {}
        since, until = data.get("tu"), data.get("den")
        if bool(since) != bool(until):
            self.add_error("den" if since else "tu", _("Give both days."))
        elif since and until:
            if since < FIRST or until.year > clock.today().year + 1:
                self.add_error("tu", _("These days lie outside of what is recorded."))
            elif until < since:
                self.add_error("den", _("The last day lies before the first."))
            elif (until - since).days >= LONGEST:
                self.add_error("den", _("At most one year can be counted at once."))
        return data

    def period(self) -> Period:
        """The one asked for; the present month where it was not understood."""
        if not self.is_valid():
            return month_of(clock.today())
        data = self.cleaned_data
        if data.get("tu"):
            return Period(data["tu"], data["den"])
        if month := _MONTH.fullmatch(data.get("thang") or ""):
            return month_of(dt.date(int(month[1]), int(month[2]), 1))
        return month_of(clock.today())
