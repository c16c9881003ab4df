"""Whether heads talk with the people as often as the rules ask: by seat and year, never by person.

A year counts when it lies wholly in the term of the seat and of its unit, and in the force of one
version of the rule. An area where no dialogue was ever recorded here is not shown as failing.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from django.db.models import Count, Q
from django.utils.translation import get_language

from dongthuan.core import clock
from dongthuan.core.law import load_rulebook
from dongthuan.core.law.values import FactVersion
from dongthuan.core.units.models import Kind, Position, Role, Tier, Unit
from dongthuan.work.dialogues.models import HELD, Chair, Dialogue

_KEYS = {
    (Kind.PEOPLE_COMMITTEE, Role.HEAD, Tier.COMMUNE): "dc.dialogue",
    (Kind.PARTY_COMMITTEE, Role.PARTY, Tier.COMMUNE): "dialogue.party_commune",
    (Kind.PARTY_COMMITTEE, Role.PARTY, Tier.DISTRICT): "dialogue.party_above",
    (Kind.PARTY_COMMITTEE, Role.PARTY, Tier.PROVINCE): "dialogue.party_above",
}


@dataclass(frozen=True)
class Frequency:
    """A seat's year: how many are owed (None: no rule, or no whole year), how many were held."""

    host: Position
    year: int
    owed: int | None
    in_person: int
    by_deputy: int
    asked: str = ""
    basis: str = ""
    evidence: str = ""
    running: bool = False

    @property
    def held(self) -> int:
        return self.in_person + self.by_deputy

    @property
    def standing(self) -> str:
        """met, running (the year is not over), short, or '' where nothing is owed.

        Only what the head led in person is the head's own (as at receptions); a deputy's is
        counted beside it.
        """
        if self.owed is None:
            return ""
        if self.in_person >= self.owed:
            return "met"
        return "running" if self.running else "short"


def frequencies(*, within: Unit, year: int) -> list[Frequency]:
    """Each head's seat within a unit to which a rule applies or which held one; four queries."""
    first, last = dt.date(year, 1, 1), dt.date(year, 12, 31)
    counts = _counts(within, year)
    areas = Dialogue.objects.filter(path__startswith=within.path).values("unit__parent")
    wanted = Q(pk__in=list(counts)) | Q(
        unit__parent__in=areas, role__in=[Role.HEAD, Role.PARTY],
        unit__kind__in=[Kind.PEOPLE_COMMITTEE, Kind.PARTY_COMMITTEE],
    )  # fmt: skip
    seats = (
        Position.objects.filter(wanted, unit__path__startswith=within.path, valid_from__lte=last)
        .exclude(valid_to__lt=first)
        .select_related("unit__parent")
        .order_by("unit__parent__sort_key", "unit__sort_key", "code")
    )
    rows = [_frequency(seat, year, *counts.get(seat.pk, (0, 0))) for seat in seats]
    return [row for row in rows if row.asked or row.held]


def _counts(within: Unit, year: int) -> dict[int, tuple[int, int]]:
    rows = (
        Dialogue.objects.filter(path__startswith=within.path, state__in=HELD, held_at__year=year)
        .values("host")
        .annotate(
            own=Count("pk", filter=Q(chair=Chair.SELF)),
            deputy=Count("pk", filter=Q(chair=Chair.DEPUTY)),
        )
    )
    return {row["host"]: (row["own"], row["deputy"]) for row in rows}


def _frequency(seat: Position, year: int, own: int, deputy: int) -> Frequency:
    running = year >= clock.today().year
    version = _version(seat, year)
    if version is None:
        return Frequency(seat, year, None, own, deputy, running=running)
    asked = version.value
    english = get_language() == "en"
    first, last = dt.date(year, 1, 1), dt.date(year, 12, 31)
    whole = all(
        since <= first and (until is None or until >= last)
        for since, until in (
            (seat.valid_from, seat.valid_to),
            (seat.unit.valid_from, seat.unit.valid_to),
            (version.valid_from, version.valid_to),
        )
    )
    return Frequency(
        seat, year, asked.times if whole else None, own, deputy,  # type: ignore[union-attr]
        asked=asked.text_en if english else asked.text_vi,  # type: ignore[union-attr]
        basis=version.basis_en if english else version.basis_vi,
        evidence=version.evidence, running=running,
    )  # fmt: skip


def _version(seat: Position, year: int) -> FactVersion | None:
    """The version of the rule for a seat that is in force in the year, the latest one."""
    unit = seat.unit
    level = Tier(unit.parent.tier) if unit.parent else Tier.ORGAN
    key = _KEYS.get((Kind(unit.kind), Role(seat.role), level))
    if key is None:
        return None
    last = dt.date(year, 12, 31)
    found = [
        version
        for version in load_rulebook().fact(key).versions
        if version.valid_from <= last
        and (version.valid_to is None or version.valid_to >= dt.date(year, 1, 1))
    ]
    return found[-1] if found else None
