"""What everybody may ask: what must my commune tell me, did it, when, where is it."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field

from django.db.models import Count, Exists, Max, OuterRef, Q

from dongthuan.core import clock
from dongthuan.core.matters.models import Duty, DutyState
from dongthuan.core.units.models import Kind as UnitKind
from dongthuan.core.units.models import Unit
from dongthuan.work.disclosure import rules
from dongthuan.work.disclosure.models import Disclosure
from dongthuan.work.disclosure.postings import LASTING
from dongthuan.work.disclosure.selectors import HEAVY, Disclosures

PAGE = 20
SHOWN = ("published", "complete", "corrected")


@dataclass
class Cell:
    """One item of one commune. `state`: good (public, nothing broken), bad (overdue, interrupted or
    missing), waiting (owed, still in time), none (nothing to tell)."""

    item: rules.Listed
    public: int = 0
    last: dt.datetime | None = None
    overdue: int = 0
    gaps: int = 0
    late: int = 0
    waiting: int = 0
    missing: bool = False

    @property
    def state(self) -> str:
        if self.overdue or self.gaps or self.missing:
            return "bad"
        if self.public:
            return "good"
        return "waiting" if self.waiting else "none"


@dataclass
class UnitState:
    """The fourteen cells of one People's Committee, and how many are green and red."""

    unit: Unit
    cells: list[Cell] = field(default_factory=list)
    used: bool = False

    @property
    def good(self) -> int:
        return sum(cell.state == "good" for cell in self.cells)

    @property
    def bad(self) -> int:
        return sum(cell.state == "bad" for cell in self.cells)


def disclosure_state(*, within: Unit) -> list[UnitState]:
    """The map of the fourteen items for every People's Committee of a commune within a unit.

    An item that must always hang (4 and 13) and was never disclosed is missing, once a commune
    discloses here at all. Four queries, whatever the number of communes.
    """
    today = clock.today()
    offices = list(
        Unit.objects.in_force(today)
        .filter(kind=UnitKind.PEOPLE_COMMITTEE, path__startswith=within.path)
        .filter(parent__tier="commune")
        .select_related("parent")
        .order_by("parent__sort_key", "code")
    )
    states = {
        office.pk: UnitState(office, [Cell(item) for item in rules.items(today)])
        for office in offices
    }
    cells = {
        (pk, cell.item.code): cell for pk, state in states.items() for cell in state.cells
    }  # fmt: skip
    _publications(cells, states)
    _duties(cells, today)
    for state in states.values():
        for cell in state.cells:
            always = rules.owed(cell.item.code, today).permanent
            cell.missing = state.used and always and not cell.public and not cell.waiting
    return list(states.values())


def _publications(cells: dict[tuple[int, str], Cell], states: dict[int, UnitState]) -> None:
    rows = (
        Disclosure.objects.filter(unit__in=list(states))
        .exclude(state__in=["cancelled", "corrected"])
        .values("unit_id", "item")
        .annotate(shown=Count("pk", filter=Q(published_at__isnull=False)), last=Max("published_at"))
        .order_by()
    )
    for row in rows:
        states[row["unit_id"]].used = True
        if cell := cells.get((row["unit_id"], row["item"])):
            cell.public, cell.last = row["shown"], row["last"]


def _duties(cells: dict[tuple[int, str], Cell], today: dt.date) -> None:
    lasting = list(LASTING.values())
    again = Duty.objects.filter(
        matter=OuterRef("matter"), rule=OuterRef("rule"), subject=OuterRef("subject"),
        id__gt=OuterRef("id"), state__in=[DutyState.OPEN, DutyState.FULFILLED],
    )  # fmt: skip
    owed = Q(state=DutyState.OPEN) & ~Q(rule__in=lasting)
    base = Duty.objects.filter(
        matter__kind="disclosure", matter__disclosure__unit__in={pk for pk, _item in cells}
    ).exclude(matter__state__in=["cancelled", "corrected"])
    rows = (
        base.values("matter__disclosure__unit_id", "matter__disclosure__item")
        .annotate(
            overdue=Count("pk", filter=owed & Q(due_on__lt=today)),
            waiting=Count("pk", filter=owed & Q(due_on__gte=today)),
            late=Count("pk", filter=Q(state=DutyState.LATE)),
        )
        .order_by()
    )
    for row in rows:
        key = (row["matter__disclosure__unit_id"], row["matter__disclosure__item"])
        if cell := cells.get(key):
            cell.overdue, cell.waiting, cell.late = row["overdue"], row["waiting"], row["late"]
    gaps = (
        base.filter(rule__in=lasting, state=DutyState.LATE)
        .filter(~Exists(again))
        .values("matter__disclosure__unit_id", "matter__disclosure__item")
        .annotate(gaps=Count("pk"))
        .order_by()
    )
    for gap in gaps:
        key = (gap["matter__disclosure__unit_id"], gap["matter__disclosure__item"])
        if cell := cells.get(key):
            cell.gaps = gap["gaps"]


def public_list(*, unit: Unit, item: str = "", after: str = "", size: int = PAGE) -> Disclosures:
    """What a People's Committee disclosed, newest first, of an item if asked for; one query."""
    rows = Disclosure.objects.filter(unit=unit, published_at__isnull=False, state__in=SHOWN)
    if item:
        rows = rows.filter(item=item)
    if after.isascii() and after.isdigit() and len(after) < 18:
        rows = rows.filter(id__lt=int(after))
    found = list(
        rows.select_related("unit", "supersedes").defer(*HEAVY).order_by("-id")[: size + 1]
    )
    more, found = len(found) > size, found[:size]
    return Disclosures(found, str(found[-1].pk) if more else "")


def owed_list(*, unit: Unit, item: str) -> list[Disclosure]:
    """What must still be disclosed of an item, soonest due first; one query."""
    return list(
        Disclosure.objects.filter(unit=unit, item=item, published_at=None, closed_at=None)
        .select_related("unit")
        .defer(*HEAVY)
        .order_by("next_due_on", "id")[:50]
    )


def public_get(code: str) -> Disclosure | None:
    """One disclosure as everybody may read it, an outdated one too; None before its publication."""
    return (
        Disclosure.objects.filter(code=code.upper(), published_at__isnull=False, state__in=SHOWN)
        .select_related("unit__parent", "supersedes")
        .first()
    )


def office_public(code: str) -> Unit | None:
    """The People's Committee of a commune by the commune's code ('21439') or its own."""
    wanted = code if code.endswith("-ubnd") else f"{code}-ubnd"
    return (
        Unit.objects.in_force(clock.today())
        .filter(code=wanted, kind=UnitKind.PEOPLE_COMMITTEE, parent__tier="commune")
        .select_related("parent")
        .first()
    )


def corrections_of(found: Disclosure) -> list[Disclosure]:
    """Later versions that are public already."""
    return list(found.corrections.filter(published_at__isnull=False).order_by("id")[:20])
