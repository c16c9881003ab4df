"""All reads on units: by code, by place in the tree, by day, by name, along successions.

`on` is a day; left out, it is today in Viet Nam.
"""

from __future__ import annotations

import copy
import datetime as dt
import re
import time
from collections.abc import Iterable
from dataclasses import dataclass

from django.db import transaction
from django.db.models import Case, IntegerField, Q, QuerySet, Value, When
from django.utils import timezone
from django.utils.translation import gettext as _

from dongthuan.core.text import clean, fold, words
from dongthuan.core.units.errors import UnitError
from dongthuan.core.units.models import Kind, Tier, Unit, UnitName, UnitQuerySet, in_force

CACHE_SECONDS = 30
_cache: dict[str, tuple[float, Unit]] = {}


def unit_get(*, code: str, on: dt.date | None = None) -> Unit:
    """The unit with a code; with `on`, only if it is in force that day. Raises UnitError."""
    unit = Unit.objects.filter(code=clean(code)).first()
    if unit is None:
        raise UnitError(_("There is no unit with the code “%(code)s”.") % {"code": clean(code)})
    if on is not None and not unit.in_force_on(on):
        raise UnitError(
            _("%(name)s (%(code)s) was not in force on %(day)s.")
            % {"name": unit.label, "code": unit.code, "day": f"{on:%d/%m/%Y}"}
        )
    return unit


def unit_by_code(code: str) -> Unit:
    """`unit_get` without a query where the answer is fresh; for the hot paths of reading.

    The rule that keeps it safe: inside a transaction it always asks the database, so no write is
    ever based on a remembered row and no uncommitted row is remembered. Outside, a row is at most
    CACHE_SECONDS old, and a change made by this process is seen at once (`units_forget`).
    """
    if transaction.get_connection().in_atomic_block:
        return unit_get(code=code)
    kept = _cache.get(code)
    if kept is None or time.monotonic() - kept[0] > CACHE_SECONDS:
        kept = _cache[code] = (time.monotonic(), unit_get(code=code))
    return copy.copy(kept[1])


def units_forget() -> None:
    """Empty this process's memory of units, now and once more when the transaction commits."""
    _cache.clear()
    transaction.on_commit(_cache.clear)


def units_in_force(
    on: dt.date | None = None, *, tier: str | None = None, within: Unit | None = None
) -> UnitQuerySet:
    """Units in force on a day, of one level, within a unit; in Vietnamese dictionary order."""
    units = Unit.objects.in_force(on or timezone.localdate())
    if tier is not None:
        units = units.filter(tier=tier)
    return units if within is None else units.within(within)


def unit_children(
    unit: Unit, on: dt.date | None = None, *, tier: str | None = None
) -> UnitQuerySet:
    """What lies directly below: communes, villages and organs alike unless `tier` says."""
    return units_in_force(on, tier=tier).filter(parent=unit)


def communes_of(scope_code: str, on: dt.date | None = None) -> UnitQuerySet:
    """The communes, wards and special zones within a unit; a commune is within itself."""
    return units_in_force(on, tier=Tier.COMMUNE, within=unit_by_code(scope_code))


def communes_in_use(scope_code: str) -> UnitQuerySet:
    """The communes within a unit whose People's Committee uses this system."""
    offices = Unit.objects.in_force(timezone.localdate()).filter(kind=Kind.PEOPLE_COMMITTEE)
    return communes_of(scope_code).filter(pk__in=offices.values("parent"))


def villages_of(commune: Unit, on: dt.date | None = None) -> UnitQuerySet:
    return units_in_force(on, tier=Tier.VILLAGE, within=commune)


def unit_successors(unit: Unit, on: dt.date | None = None) -> list[Unit]:
    """Who stands in a unit's place on a day: itself while in force, else along the successions.

    Follows chains (a unit that was split and whose parts were merged later) by one query a step.
    An empty list: nothing has taken over (yet).
    """
    on = on or timezone.localdate()
    if unit.in_force_on(on):
        return [unit]
    found: dict[int, Unit] = {}
    seen, step = {unit.pk}, [unit.pk]
    while step:
        heirs = Unit.objects.filter(succeeds__predecessor__in=step, succeeds__on__lte=on).distinct()
        fresh = [heir for heir in heirs if heir.pk not in seen]
        seen.update(heir.pk for heir in fresh)
        found.update({heir.pk: heir for heir in fresh if heir.in_force_on(on)})
        step = [heir.pk for heir in fresh if heir.pk not in found]
    return sorted(found.values(), key=lambda heir: (heir.sort_key, heir.code))


@dataclass(frozen=True)
class DatedName:
    """What a unit was called, and of what kind it was, on a day."""

    name: str
    kind: str


def names_on(units: Iterable[Unit], on: dt.date) -> dict[int, DatedName]:
    """Names and kinds of units as they were on a day, by primary key; one query."""
    known = {unit.pk: DatedName(unit.name, unit.kind) for unit in units}
    then = UnitName.objects.filter(in_force(on), unit__in=list(known))
    known.update({row.unit_id: DatedName(row.name, row.kind) for row in then})
    return known


def unit_name_on(unit: Unit, on: dt.date) -> DatedName:
    return names_on([unit], on)[unit.pk]


# Kinds as people type them before a name ('TP. Hồ Chí Minh', 'p. Đức Phổ'), without marks.
_TYPED_KIND = re.compile(
    r"(?:thanh pho|thi xa|thi tran|dac khu|phuong|huyen|quan|tinh|xa|tp|tx|tt|p|x)\b\.?\s*(?=\w)"
)


def units_search(
    q: str,
    *,
    on: dt.date | None = None,
    tier: str | None = None,
    within: Unit | None = None,
    former: bool = False,
    limit: int = 20,
) -> QuerySet[Unit]:
    """Units whose names hold every word typed, with or without Vietnamese marks; best first.

    A kind typed before the name puts that kind first and hides no other. `former` also finds
    units that have ended ('Phổ Ninh'): follow them with `unit_successors`.
    """
    typed = " ".join(clean(q)[:200].split())
    kind = _TYPED_KIND.match(fold(typed))
    bare = typed[kind.end() :] if kind else typed
    asked = words(bare)[:8]
    if not asked:
        return Unit.objects.none()
    units = Unit.objects.all() if former else units_in_force(on)
    if tier is not None:
        units = units.filter(tier=tier)
    if within is not None:
        units = units.within(within)
    return (
        units.filter(*(Q(folded__contains=word) for word in asked))
        .annotate(closeness=_closeness(typed, bare))
        .order_by("closeness", "sort_key", "code")[:limit]
    )


def _closeness(typed: str, bare: str) -> Case:
    """0 the very name with its kind; 1 the name; 2 the name but for its marks; 3 and 4 a part of
    the name with and without marks; 5 the words apart."""
    plain = fold(bare)
    return Case(
        When(name__iexact=typed, then=Value(0)),
        When(short_name__iexact=bare, then=Value(1)),
        When(folded=plain, then=Value(2)),
        When(name__icontains=bare, then=Value(3)),
        When(folded__contains=plain, then=Value(4)),
        default=Value(5),
        output_field=IntegerField(),
    )
