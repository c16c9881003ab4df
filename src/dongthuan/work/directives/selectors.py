"""All reads on directives: the register, a document with its matrix, what is ordered of a body."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, field

from django.db.models import Count, Q, QuerySet

from dongthuan.core import clock
from dongthuan.core.matters import policies
from dongthuan.core.matters.kinds import Step
from dongthuan.core.matters.links import links_of
from dongthuan.core.matters.models import (
    Audience,
    Entry,
    LinkRole,
    Matter,
    MatterLink,
    Paper,
)
from dongthuan.core.matters.selectors import papers_of, steps_for
from dongthuan.core.people.actors import Actor
from dongthuan.core.units.models import Unit
from dongthuan.work.directives.models import Directive, Line, Order, Type, missed
from dongthuan.work.directives.rules import CARRYING_OUT, ISSUING, belongs, scopes_paths

PAGE = 30
MATRIX_MOST = 4_000
EXPORT_MOST = 5_000
HEAVY = ("search_text", "folded", "accented", "text")
UNSIGNED = ("draft", "dropped")
VIEWS = ("", "drafts", "ended")


@dataclass(frozen=True)
class Wanted:
    """A part of the register: year (0 all), type, issuer by code, view of VIEWS, cursor."""

    year: int = 0
    type: str = ""
    unit: str = ""
    view: str = ""
    after: str = ""


@dataclass
class Progress:
    """How far the orders of a document are."""

    all: int = 0
    done: int = 0
    late: int = 0
    overdue: int = 0
    open: int = 0


@dataclass
class Rows:
    """One page of a keyset list; `next`: the cursor of the following one."""

    rows: list = field(default_factory=list)
    next: str = ""


# -- the register ---------------------------------------------------------------------------------


def _narrow(rows: QuerySet[Directive], wanted: Wanted) -> QuerySet[Directive]:
    if wanted.view == "drafts":
        rows = rows.filter(state="draft")
    elif wanted.view == "ended":
        rows = rows.filter(state__in=["replaced", "cancelled", "done"])
    else:
        rows = rows.exclude(state__in=UNSIGNED)
    if wanted.year:
        rows = rows.filter(year=wanted.year)
    if wanted.type in Type.values:
        rows = rows.filter(type=wanted.type)
    if wanted.unit:
        rows = rows.filter(issuer__code=wanted.unit)
    return rows


def _register(rows: QuerySet[Directive], wanted: Wanted, size: int) -> Rows:
    """Newest document first; two queries, whatever the volume."""
    rows = _narrow(rows, wanted)
    if wanted.view == "drafts":
        rows = rows.order_by("-pk")
    else:
        day, key = _cursor(wanted.after)
        if day:
            rows = rows.filter(Q(signed_on__lt=day) | Q(signed_on=day, pk__lt=key))
        rows = rows.order_by("-signed_on", "-pk")
    found = list(rows.select_related("issuer").defer(*HEAVY)[: size + 1])
    more, found = len(found) > size, found[:size]
    counts = progress_of([row.pk for row in found])
    for row in found:
        row.progress = counts.get(row.pk, Progress())  # type: ignore[attr-defined]
    mark = f"{found[-1].signed_on}_{found[-1].pk}" if more and found[-1].signed_on else ""
    return Rows(found, mark)


def _cursor(text: str) -> tuple[dt.date | None, int]:
    day, _sep, key = text.partition("_")
    if not (key.isascii() and key.isdecimal() and len(key) < 18):
        return None, 0
    try:
        return dt.date.fromisoformat(day), int(key)
    except ValueError:
        return None, 0


def progress_of(keys: Sequence[int]) -> dict[int, Progress]:
    """How far the orders of documents are, by document; one query."""
    today = clock.today()
    done = Q(state="confirmed")
    rows = (
        Order.objects.filter(parent__in=keys)
        .annotate(missed=missed())
        .values("parent_id")
        .annotate(
            all=Count("pk", filter=~Q(state="withdrawn")),
            done=Count("pk", filter=done),
            late=Count("pk", filter=done & Q(missed=True)),
            overdue=Count("pk", filter=Q(closed_at=None, done_on=None, due_on__lt=today)),
            open=Count("pk", filter=Q(closed_at=None)),
        )
        .order_by()
    )
    names = ("all", "done", "late", "overdue", "open")
    return {
        int(row["parent_id"] or 0): Progress(*(int(row[name]) for name in names))  # type: ignore[literal-required]
        for row in rows
    }


def directive_list(*, actor: Actor, wanted: Wanted, size: int = PAGE) -> Rows:
    """A page of the register in the actor's sight."""
    return _register(Directive.objects.filter(policies.visible_to(actor)), wanted, size)


def directives_public(*, wanted: Wanted, size: int = PAGE) -> Rows:
    """A page of what everybody may read."""
    return _register(_public(), wanted, size)


def _public() -> QuerySet[Directive]:
    return Directive.objects.filter(is_public=True).exclude(state__in=UNSIGNED)


def years_of(rows: QuerySet[Directive]) -> list[int]:
    found = rows.exclude(year=None).values_list("year", flat=True).distinct().order_by("-year")
    return [year for year in found[:30] if year]


def register_choices(*, actor: Actor | None) -> tuple[list[int], list[Unit]]:
    """Years and issuers that the register in sight holds (None: the public one)."""
    rows = _public() if actor is None else Directive.objects.filter(policies.visible_to(actor))
    issuers = Unit.objects.filter(pk__in=rows.values("issuer")).order_by("sort_key")
    return years_of(rows), list(issuers[:200])


def register_rows(*, actor: Actor, wanted: Wanted) -> list[Directive]:
    """The register as it is printed: by day and number; at most EXPORT_MOST."""
    rows = _narrow(Directive.objects.filter(policies.visible_to(actor)), wanted)
    found = list(
        rows.select_related("issuer", "replaced_by")
        .defer(*HEAVY)
        .order_by("signed_on", "number", "pk")[:EXPORT_MOST]
    )
    counts = progress_of([row.pk for row in found])
    for row in found:
        row.progress = counts.get(row.pk, Progress())  # type: ignore[attr-defined]
    return found


# -- one document ---------------------------------------------------------------------------------


@dataclass
class Cell:
    """One addressee under one line."""

    order: Order
    tone: str
    words: str


@dataclass
class Matrix:
    """Addressees down, lines across; a cell is None where a line does not concern somebody."""

    lines: list[Line]
    rows: list[tuple[Unit, list[Cell | None]]]
    cut: bool = False


def matrix_of(directive: Directive, lines: Sequence[Line]) -> Matrix:
    """The light of each order; one query, at most MATRIX_MOST orders."""
    orders = list(
        Order.objects.filter(parent=directive)
        .annotate(missed=missed())
        .select_related("unit")
        .defer("search_text", "folded", "accented")
        .order_by("unit__sort_key", "unit_id", "line__number")[: MATRIX_MOST + 1]
    )
    at = {line.pk: n for n, line in enumerate(lines)}
    rows: dict[int, tuple[Unit, list[Cell | None]]] = {}
    for order in orders[:MATRIX_MOST]:
        row = rows.setdefault(order.unit_id, (order.unit, [None] * len(lines)))
        tone, words = order.light
        row[1][at[order.line_id]] = Cell(order, tone, words)
    return Matrix(list(lines), list(rows.values()), cut=len(orders) > MATRIX_MOST)


@dataclass
class DirectiveView:
    """All that the page of a document shows."""

    directive: Directive
    lines: list[Line]
    matrix: Matrix
    progress: Progress
    steps: list[Step]
    papers: list[Paper]
    serves: list[Matter]
    served_by: list[Matter]
    replaces: list[Directive]
    entries: list[Entry]
    edits: bool
    issues: bool


def directive_get(*, actor: Actor, code: str) -> Directive | None:
    return (
        Directive.objects.filter(policies.visible_to(actor), code=code[:40].upper())
        .select_related("unit__parent", "issuer__parent", "document", "replaced_by")
        .first()
    )


def directive_view(*, actor: Actor, code: str) -> DirectiveView | None:
    """The page of a document with its matrix; None when out of sight."""
    found = directive_get(actor=actor, code=code)
    if found is None:
        return None
    lines = list(found.lines.all())
    issues = belongs(actor, ISSUING, found.unit)
    audience = policies.audience_of(actor, found)
    links = links_of(actor=actor, matter=found)
    return DirectiveView(
        directive=found,
        lines=lines,
        matrix=matrix_of(found, lines),
        progress=progress_of([found.pk]).get(found.pk, Progress()),
        steps=steps_for(actor=actor, matter=found),
        papers=list(papers_of(actor=actor, matter=found).select_related("attachment")[:50]),
        serves=_ends(links, found, outward=True),
        served_by=_ends(links, found, outward=False),
        replaces=list(
            Directive.objects.filter(policies.visible_to(actor), replaced_by=found)
            .defer(*HEAVY)
            .order_by("pk")[:20]
        ),
        entries=list(
            Entry.objects.filter(matter=found, audience__lte=audience).order_by("-id")[:50]
        ),
        edits=issues and found.state == "draft",
        issues=issues,
    )


def _ends(links: Sequence[MatterLink], matter: Matter, *, outward: bool) -> list[Matter]:
    return [
        link.other if outward else link.matter
        for link in links
        if link.role == LinkRole.SERVES
        and (link.matter_id if outward else link.other_id) == matter.pk
    ]


# -- orders ---------------------------------------------------------------------------------------

ORDER_VIEWS = ("", "sent", "overdue", "done", "confirm", "time")


def order_list(*, actor: Actor, view: str = "", after: str = "", size: int = PAGE) -> Rows:
    """Orders to the actor's own bodies, soonest first: open, unacknowledged, overdue, done; and
    what the actor's bodies have ordered and must answer: `confirm`, `time`. One query."""
    rows = Order.objects.filter(policies.visible_to(actor))
    if view in ("confirm", "time"):
        mine = Q(pk__in=[])
        for path in scopes_paths(actor, ISSUING):
            mine |= Q(issuer__path__startswith=path)
        rows = rows.filter(mine, closed_at=None)
        rows = rows.filter(state="reported") if view == "confirm" else rows.exclude(
            asked_until=None
        )  # fmt: skip
    else:
        owed = Q(pk__in=[])
        for path in scopes_paths(actor, CARRYING_OUT):
            owed |= Q(path__startswith=path)
        rows = _state(rows.filter(owed), view)
    day, key = _cursor(after)
    if day:
        rows = rows.filter(Q(due_on__gt=day) | Q(due_on=day, pk__gt=key))
    found = list(
        rows.select_related("unit", "parent", "issuer")
        .defer("search_text", "folded", "accented", "parent__search_text", "parent__folded",
               "parent__accented")
        .order_by("due_on", "pk")[: size + 1]
    )  # fmt: skip
    more, found = len(found) > size, found[:size]
    return Rows(found, f"{found[-1].due_on}_{found[-1].pk}" if more else "")


def _state(rows: QuerySet[Order], view: str) -> QuerySet[Order]:
    if view == "done":
        return rows.filter(state__in=["reported", "confirmed"])
    rows = rows.filter(closed_at=None)
    if view == "sent":
        return rows.filter(state="sent")
    if view == "overdue":
        return rows.filter(due_on__lt=clock.today(), done_on=None)
    return rows.exclude(state="reported")


@dataclass
class OrderPart:
    """What the desk's page of an order shows of it alone."""

    order: Order
    line: Line
    directive: Directive


def order_part(*, matter: Matter, inner: bool) -> OrderPart:
    found = (
        Order.objects.select_related("line__directive__issuer", "unit", "issuer")
        .defer("search_text", "folded", "accented")
        .get(pk=matter.pk)
    )
    return OrderPart(found, found.line, found.line.directive)


# -- the public -----------------------------------------------------------------------------------


@dataclass
class PublicView:
    """A document as everybody reads it, with what became of each order."""

    directive: Directive
    lines: list[Line]
    matrix: Matrix
    progress: Progress
    papers: list[Paper]
    entries: list[Entry]


def directive_public(code: str) -> PublicView | None:
    """None for a draft and for what is for its addressees alone."""
    found = (
        _public()
        .filter(code=code[:40].upper())
        .select_related("issuer__parent", "replaced_by", "unit")
        .first()
    )
    if found is None:
        return None
    lines = list(found.lines.all())
    return PublicView(
        directive=found,
        lines=lines,
        matrix=matrix_of(found, lines),
        progress=progress_of([found.pk]).get(found.pk, Progress()),
        papers=list(
            Paper.objects.filter(matter=found, audience=Audience.PUBLIC)
            .select_related("attachment")
            .order_by("id")[:20]
        ),
        entries=list(
            Entry.objects.filter(matter=found, audience__lte=Audience.PETITIONER).order_by("id")[
                :50
            ]
        ),
    )


def paper_public(code: str, handle: object) -> Paper | None:
    """A paper of a public document."""
    return (
        Paper.objects.filter(
            matter__in=_public().filter(code=code[:40].upper()).values("pk"),
            audience=Audience.PUBLIC,
            attachment__uuid=handle,
        )
        .select_related("attachment")
        .first()
    )
