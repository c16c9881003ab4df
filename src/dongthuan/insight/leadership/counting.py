"""What was promised, kept, late, by unit, area, field and source; and the promises behind a number.

Counted as in `insight.statistics.selectors` (read its head): `kept` and `late` are duties whose
last day lies in the period and before today; `open` and `overdue` are what is owed now. Restricted
and sealed matters are counted for nobody: the same number is then right for everybody who reads
it, and tells nothing of them.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Count, Q, QuerySet
from django.utils.translation import gettext as _

from dongthuan.core import clock
from dongthuan.core.matters import policies
from dongthuan.core.matters.kinds import all_kinds, case_kinds
from dongthuan.core.matters.models import Channel, Duty, DutyState, Level, Matter
from dongthuan.core.matters.topics import TOPICS
from dongthuan.core.people.actors import Actor
from dongthuan.core.units.models import Unit

PAGE = 50
FIGURES = ("due", "kept", "late", "open", "overdue")
NONE = "-"  # the key of what has no place, no field
OWN = "own"  # the key of what nobody brought: the authority's own work has no way in


@dataclass(frozen=True)
class Period:
    """First and last day, both included."""

    since: dt.date
    until: dt.date

    @property
    def before(self) -> Period:
        """The period of the same length that ends the day before; of a month the month before."""
        end = self.since - dt.timedelta(days=1)
        if self.is_month:
            return Period(end.replace(day=1), end)
        return Period(end - (self.until - self.since), end)

    @property
    def is_month(self) -> bool:
        after = self.until + dt.timedelta(days=1)
        return self.since.day == 1 and after.day == 1 and (after - self.since).days <= 31


def month_of(day: dt.date) -> Period:
    """The whole calendar month of a day."""
    first = day.replace(day=1)
    following = (first + dt.timedelta(days=32)).replace(day=1)
    return Period(first, following - dt.timedelta(days=1))


@dataclass
class Row:
    """One unit, area, field or source. `key` names it in addresses."""

    key: str
    label: str
    kept: int = 0
    late: int = 0
    open: int = 0
    overdue: int = 0
    order: Any = field(default="", repr=False)

    @property
    def due(self) -> int:
        return self.kept + self.late

    @property
    def rate(self) -> float | None:
        return self.kept / self.due if self.due else None

    @property
    def numbers(self) -> tuple[int, int, int, int, int]:
        """In the order of FIGURES."""
        return self.due, self.kept, self.late, self.open, self.overdue


@dataclass(frozen=True)
class Block:
    """One table of the page: a dimension and its rows."""

    name: str
    title: str
    rows: list[Row]


# -- dimensions -----------------------------------------------------------------------------------

# name: columns of Duty by which it is grouped
DIMENSIONS: dict[str, tuple[str, ...]] = {
    "unit": ("path",),
    "area": ("matter__place__path",),
    "topic": ("matter__topic",),
    "kind": ("matter__kind", "matter__parent__kind"),
    "channel": ("matter__channel", "matter__kind"),
}


def title_of(dimension: str) -> str:
    return {
        "unit": _("By unit"),
        "area": _("By area"),
        "topic": _("By field"),
        "kind": _("By kind of work and where it was promised"),
        "channel": _("By the way it came"),
    }[dimension]


def blocks(*, area: Unit, period: Period) -> list[Block]:
    """All tables: one query a dimension, and one for the names of the places."""
    cells = {name: _cells(name, area, period) for name in DIMENSIONS}
    keyed = {name: _folded(name, rows, area) for name, rows in cells.items()}
    paths = {key for name in ("unit", "area") for key in keyed[name] if key != NONE}
    places = {unit.path: unit for unit in Unit.objects.filter(path__in=paths)}
    return [Block(name, title_of(name), _named(name, keyed[name], places)) for name in DIMENSIONS]


def _base(area: Unit) -> QuerySet[Duty]:
    """Without those of restricted and sealed matters: their figures would tell of them."""
    return Duty.objects.filter(path__startswith=area.path, matter__level__lt=Level.RESTRICTED)


def _conditions(period: Period) -> dict[str, Q]:
    today = clock.today()
    last = min(period.until, today - dt.timedelta(days=1))
    counted = Q(due_on__gte=period.since, due_on__lte=last)
    kept = counted & Q(state=DutyState.FULFILLED)
    late = counted & Q(state__in=[DutyState.LATE, DutyState.OPEN])
    return {
        "due": kept | late,
        "kept": kept,
        "late": late,
        "open": Q(state__in=[DutyState.OPEN, DutyState.PAUSED]),
        "overdue": Q(state=DutyState.OPEN, due_on__lt=today),
    }


def _cells(dimension: str, area: Unit, period: Period) -> list[dict[str, Any]]:
    wanted = _conditions(period)
    rows: list[Any] = list(
        _base(area)
        .filter(wanted["due"] | wanted["open"])
        .values(*DIMENSIONS[dimension])
        .annotate(**{f"n_{name}": Count("id", filter=wanted[name]) for name in FIGURES[1:]})
        .order_by()
    )
    return rows


def _folded(dimension: str, rows: Iterable[dict[str, Any]], area: Unit) -> dict[str, Row]:
    """Rows by key: an organ with all below it, a village with its groups, one kind once."""
    found: dict[str, Row] = {}
    for cell in rows:
        key = _key(dimension, [cell[column] for column in DIMENSIONS[dimension]], area)
        row = found.setdefault(key, Row(key, key))
        row.kept += cell["n_kept"]
        row.late += cell["n_late"]
        row.open += cell["n_open"]
        row.overdue += cell["n_overdue"]
    return found


def _key(dimension: str, values: list[str | None], area: Unit) -> str:
    if dimension in ("unit", "area"):
        return _below(values[0], area)
    if dimension == "kind" and values[0] == "promise" and values[1]:
        return f"promise:{values[1]}"
    if dimension == "channel" and values[1] not in case_kinds():
        return OWN
    return values[0] or NONE


def _below(path: str | None, area: Unit) -> str:
    """The path cut one step below the area; a path outside it stays whole."""
    if not path:
        return NONE
    if not path.startswith(area.path):
        return path
    rest = path[len(area.path) :].split(".", 1)[0]
    return f"{area.path}{rest}." if rest else path


def _named(dimension: str, rows: dict[str, Row], places: dict[str, Unit]) -> list[Row]:
    name = _NAMES[dimension]
    for row in rows.values():
        row.order, row.label = name(row, places)
    # In the order of the dictionary or of the list: this is no ranking.
    return sorted(rows.values(), key=lambda row: row.order)


def _place(row: Row, places: dict[str, Unit]) -> tuple[Any, str]:
    unit = places.get(row.key)
    if unit is None:
        return (1, ""), _("no place told")
    row.key = unit.code
    return (0, unit.sort_key), unit.label


def _topic(row: Row, places: dict[str, Unit]) -> tuple[Any, str]:
    names = {code: (at, str(label)) for at, (code, label) in enumerate(TOPICS)}
    return names.get(row.key, (len(names), _("not yet told")))


def _kind(row: Row, places: dict[str, Unit]) -> tuple[Any, str]:
    labels = {kind.name: (at, str(kind.label)) for at, kind in enumerate(all_kinds())}
    kind, _colon, origin = row.key.partition(":")
    at, label = labels.get(kind, (len(labels), kind))
    if origin:
        from_at, whence = labels.get(origin, (len(labels), origin))
        return (at, 1 + from_at), _("%(kind)s, from: %(origin)s") % {
            "kind": label,
            "origin": whence,
        }
    return (at, 0), label


def _channel(row: Row, places: dict[str, Unit]) -> tuple[Any, str]:
    values = list(Channel.values)
    if row.key not in values:
        return len(values), _("opened by the authorities themselves")
    return values.index(row.key), str(Channel(row.key).label)


_NAMES: dict[str, Callable[[Row, dict[str, Unit]], tuple[Any, str]]] = {
    "unit": _place,
    "area": _place,
    "topic": _topic,
    "kind": _kind,
    "channel": _channel,
}


# -- behind a number ------------------------------------------------------------------------------


def duties_behind(
    *, area: Unit, period: Period, figure: str, dimension: str = "", key: str = ""
) -> QuerySet[Duty] | None:
    """The promises that a number counts; None for a number that does not exist."""
    if figure not in FIGURES or (dimension and dimension not in DIMENSIONS):
        return None
    duties = _base(area).filter(_conditions(period)[figure])
    if not dimension:
        return duties
    where = _where(dimension, key, area)
    return None if where is None else duties.filter(where)


def _where(dimension: str, key: str, area: Unit) -> Q | None:
    if dimension in ("unit", "area"):
        return _where_place(DIMENSIONS[dimension][0], key, area)
    if dimension == "kind":
        kind, _colon, origin = key.partition(":")
        if origin:
            return Q(matter__kind=kind, matter__parent__kind=origin)
        alone = Q(matter__kind=kind)
        return alone & Q(matter__parent=None) if kind == "promise" else alone
    if dimension == "channel":
        brought = Q(matter__kind__in=case_kinds())
        return ~brought if key == OWN else brought & Q(matter__channel=key)
    return Q(matter__topic="" if key == NONE else key)


def _where_place(column: str, key: str, area: Unit) -> Q | None:
    if key == NONE:
        return Q(**{f"{column}__isnull": True})
    unit = Unit.objects.filter(code=key).first()
    if unit is None:
        return None
    # What lies one step below stands for all of it; the area itself and others only for themselves.
    whole = unit.path != area.path and _below(unit.path, area) == unit.path
    inside = unit.path.startswith(area.path)
    return Q(**{f"{column}__startswith" if whole and inside else column: unit.path})


@dataclass(frozen=True)
class Behind:
    """What stands behind a number: `total` as the page says, `hidden` of it not open to the reader.

    `rows`: Duty (with its matter) or Matter; `next`: the cursor of the next page.
    """

    rows: list[Any]
    total: int
    hidden: int
    next: str = ""


def duties_page(*, actor: Actor, duties: QuerySet[Duty], after: str = "") -> Behind:
    """A page of promises whose matters the actor may see, newest first; three queries."""
    seen = duties.filter(matter__in=Matter.objects.filter(policies.visible_to(actor)).values("pk"))
    rows = _after(seen, after).select_related("matter", "unit")
    return _page(list(rows[: PAGE + 1]), duties.count(), seen.count())


def matters_page(*, actor: Actor, matters: QuerySet[Matter], after: str = "") -> Behind:
    """The same for matters."""
    seen = matters.filter(policies.visible_to(actor))
    rows = _after(seen, after).select_related("unit", "place")
    return _page(list(rows[: PAGE + 1]), matters.count(), seen.count())


def _after(rows: Any, after: str) -> Any:
    if after.isdecimal() and len(after) < 19:
        rows = rows.filter(pk__lt=int(after))
    return rows.order_by("-pk")


def _page(found: list[Any], total: int, seen: int) -> Behind:
    more = str(found[PAGE - 1].pk) if len(found) > PAGE else ""
    return Behind(found[:PAGE], total, total - seen, more)


def label_of(dimension: str, key: str) -> str:
    """A row of a table in words, by its key; one query for a place."""
    if dimension in ("unit", "area"):
        unit = Unit.objects.filter(code=key).first()
        return unit.label if unit else _("no place told")
    _order, label = _NAMES[dimension](Row(key, key), {})
    return label
