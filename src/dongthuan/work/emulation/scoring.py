"""Points of a model: integers all the way, compared by multiplication and never rounded.

The scale, the bands and the quorum are those of the rulebook for the cycle's year, so a model is
judged by the guidance of its own year.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from dongthuan.core import clock
from dongthuan.core.law import load_rulebook
from dongthuan.core.people.models import Appointment
from dongthuan.core.units.models import Unit, in_force
from dongthuan.work.emulation.models import Band, EmulationModel, Juror, Sheet

PREFIX = "dvk.criterion."


@dataclass(frozen=True)
class Criterion:
    key: str
    name_vi: str
    name_en: str
    most: int

    @property
    def name(self) -> str:
        return self.name_en if get_language() == "en" else self.name_vi


def year_day(year: int) -> dt.date:
    """The guidance of a year is that of its first day."""
    return dt.date(year, 1, 1)


def criteria(year: int) -> list[Criterion]:
    """The criteria of a year with their greatest points, in order."""
    book = load_rulebook()
    return [
        Criterion(
            fact.key.removeprefix(PREFIX), fact.name_vi, fact.name_en,
            int(book.value(fact.key, year_day(year)).amount),
        )
        for fact in book.facts()
        if fact.key.startswith(PREFIX) and fact.version(on=year_day(year))
    ]  # fmt: skip


def band_of(points: int, scorers: int, year: int) -> str:
    """The highest band whose mark the average reaches: points >= mark × scorers, exactly."""
    book = load_rulebook()
    for band in (Band.EXCELLENT, Band.GOOD, Band.PASS):
        mark = int(book.value(f"dvk.band.{band}", year_day(year)).amount)
        if scorers and points >= mark * scorers:
            return band.value
    return Band.BELOW.value


def tenths(points: int, scorers: int) -> int:
    """The average in tenths of a point, half upwards: 251 of 3 members are 837."""
    return (points * 20 + scorers) // (2 * scorers)


def average_text(model: EmulationModel) -> str:
    """'83,7': the average as papers write it; '' before the appraisal."""
    if not model.scorers or model.points is None:
        return ""
    whole, rest = divmod(tenths(model.points, model.scorers), 10)
    return f"{whole},{rest}"


def conflicted(juror: Juror, registrant: Unit) -> bool:
    """Whether the seat belongs to the registrant's own body, or to one of which it is a part.

    A village and its commune's office are two bodies; a body and the organ above it are not.
    """
    seat, body = juror.position.unit.path, registrant.path
    return seat.startswith(body) or body.startswith(seat)


def quorum_met(model: EmulationModel, scored: int, apart: int) -> bool:
    seats = model.cycle.jurors.filter(ended=False).count() - apart
    value = load_rulebook().value("dvk.quorum", year_day(model.cycle.year))
    return scored > 0 and bool(value.met(scored, seats))


def lacking(model: EmulationModel) -> list[str]:
    """What must still be there before the board's result can be drawn up."""
    if model.cycle.state != "appraising":
        return [_("The board of the year has not been convened.")]
    jurors = list(
        model.cycle.jurors.filter(ended=False).select_related("position__unit").order_by("id")
    )
    sheets = {sheet.juror_id: sheet for sheet in Sheet.objects.filter(model=model)}
    silent = [
        juror
        for juror in jurors
        if conflicted(juror, model.registrant_now) and juror.pk not in sheets
    ]
    held = set(
        Appointment.objects.filter(
            in_force(clock.today()), position__in=[juror.position_id for juror in silent]
        ).values_list("position_id", flat=True)
    )
    found = [
        _("%(seat)s is of the registrant's body and has not declared it.")
        % {"seat": juror.position.title}
        for juror in silent
        if juror.position_id in held
    ]
    here = [sheets[juror.pk] for juror in jurors if juror.pk in sheets]
    scored = sum(not sheet.conflict for sheet in here)
    # A seat of the registrant's body that nobody holds today cannot declare it: it stands aside.
    if not quorum_met(model, scored, len(here) - scored + len(silent)):
        found.append(_("Too few members of the board have scored this model."))
    return found
