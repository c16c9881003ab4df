"""What is asked of the early warning: an area and a day, or one signal of them."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django import forms
from django.http import Http404, HttpRequest
from django.utils.translation import gettext_lazy as _

from dongthuan.core import clock
from dongthuan.core.people.actors import Actor
from dongthuan.core.units.models import Unit
from dongthuan.front.desk.leadership_forms import FIRST
from dongthuan.front.desk.leading import AreaForm, area_asked
from dongthuan.insight.radar.figures import sentence
from dongthuan.insight.radar.selectors import (
    Reading,
    Signal,
    codes_seen,
    reading,
    signal_of,
)


class DayForm(AreaForm):
    """Area and day; without a day it is today."""

    den = forms.DateField(
        label=_("As it was on"), required=False,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )  # fmt: skip

    def clean_den(self) -> dt.date | None:
        day: dt.date | None = self.cleaned_data["den"]
        if day and not FIRST <= day <= clock.today():
            raise forms.ValidationError(_("Choose a day that has come and is on record."))
        return day

    @property
    def day(self) -> dt.date:
        """The day asked for; today where it was not understood."""
        return (self.is_valid() and self.cleaned_data["den"]) or clock.today()


@dataclass(frozen=True)
class Asked:
    actor: Actor
    area: Unit
    form: DayForm

    def query(self, signal: Signal | None = None) -> str:
        said = {"noi": self.area.code, "den": self.form.day.isoformat()}
        if signal is not None:
            said |= {
                "chu_de": signal.topic, "tai": signal.place.code,
                "ngay": str(signal.rise.window.days),
            }  # fmt: skip
        return urlencode(said)

    def reading(self) -> Reading:
        return reading(area=self.area, until=self.form.day)


def asked_of(request: HttpRequest) -> Asked:
    """403 for whoever leads nothing, 404 for an area that is not theirs."""
    actor, area, areas = area_asked(request)
    given = request.GET if request.GET.get("den") else None
    form = DayForm(given, areas=areas, initial={"noi": area.code})
    return Asked(actor, area, form)


@dataclass(frozen=True)
class Named:
    """A signal that an address names, and what a form that begins with it holds."""

    asked: Asked
    signal: Signal

    @property
    def topic(self) -> str:
        return self.signal.topic

    @property
    def title(self) -> str:
        label = self.signal.topic_label
        return f"{label[:1].upper()}{label[1:]}: {self.signal.where}"

    @property
    def initial(self) -> dict[str, Any]:
        return {"topic": self.topic, "place": self.signal.place.pk}

    @property
    def words(self) -> str:
        return sentence(self.signal)

    def codes(self, most: int) -> list[str]:
        """Codes of the matters behind it, of those that its reader may see."""
        return codes_seen(
            actor=self.asked.actor, area=self.asked.area, signal=self.signal, most=most
        )

    def is_of(self, topic: str, place: Unit | None) -> bool:
        return topic == self.topic and place is not None and place.pk == self.signal.place.pk


def signal_asked(request: HttpRequest) -> Named | None:
    """The signal that an address names (?chu_de=&tai=&ngay=), read anew; None without one.

    Nobody can make up a signal: its numbers come from the reading. 404 where there is no such
    signal on that day.
    """
    topic, place, days = (request.GET.get(name, "")[:60] for name in ("chu_de", "tai", "ngay"))
    if not topic or not place:
        return None
    asked = asked_of(request)
    wrong = asked.form.is_bound and not asked.form.is_valid()
    if wrong or not (days.isascii() and days.isdecimal() and len(days) < 4):
        raise Http404
    found = signal_of(asked.reading(), topic=topic, place=place, days=int(days))
    if found is None:
        raise Http404
    return Named(asked, found)
