"""All reads of the room: for officials within their sight, for the public what was sent."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Q, QuerySet

from dongthuan.core import clock
from dongthuan.core.matters import policies
from dongthuan.core.matters.kinds import Step
from dongthuan.core.matters.models import Audience, Duty, Entry, Level, Matter
from dongthuan.core.matters.selectors import matching, steps_for
from dongthuan.core.people.actors import Actor
from dongthuan.core.units.models import Unit
from dongthuan.work.recommendations import figures, rules
from dongthuan.work.recommendations.hearing_effects import open_of
from dongthuan.work.recommendations.models import (
    AgendaItem,
    BodyRecommendation,
    Criticism,
    Hearing,
    Point,
    Source,
)

PAGE = 30
HEAVY = ("search_text", "folded", "accented", "fingerprints")
VIEWS = ("drafts", "open", "confirm", "answer", "overdue", "all")


@dataclass
class Rows:
    """One page of a keyset list; `next`: the cursor of the following one."""

    rows: list[Any]
    next: str = ""


def _page(rows: QuerySet[Any], after: str, size: int) -> Rows:
    """Newest first by the row's number; a bad cursor is ignored."""
    if after.isascii() and after.isdecimal() and len(after) < 18:
        rows = rows.filter(pk__lt=int(after))
    names = [name for name in HEAVY if name != "fingerprints" or rows.model is BodyRecommendation]
    found = list(rows.order_by("-pk").defer(*names)[: size + 1])
    more, found = len(found) > size, found[:size]
    return Rows(found, str(found[-1].pk) if more else "")


@dataclass(frozen=True, kw_only=True)
class Wanted:
    """What a list shows. `view`: one of VIEWS or the name of a measure (figures.measures)."""

    view: str = "open"
    unit: str = ""
    source: str = ""
    q: str = ""
    year: int = 0


def _narrow(rows: QuerySet[BodyRecommendation], wanted: Wanted) -> QuerySet[BodyRecommendation]:
    match wanted.view:
        case "drafts":
            rows = rows.filter(state="drafted")
        case "open":
            rows = rows.filter(closed_at=None).exclude(state="drafted")
        case "confirm":
            rows = rows.filter(state__in=["done", "refused"])
        case "answer":
            rows = rows.filter(state="sent")
        case "all":
            pass
        case _:
            one = figures.measure(wanted.view)
            rows = figures.told(rows).filter(one.where) if one else rows.filter(closed_at=None)
    if wanted.unit:
        rows = rows.filter(unit__code=wanted.unit)
    if wanted.source in Source.values:
        rows = rows.filter(source=wanted.source)
    if wanted.year:
        rows = rows.filter(sent_on__year=wanted.year)
    if wanted.q:
        rows = rows.filter(matching(wanted.q))
    return rows


# -- officials ------------------------------------------------------------------------------------


def in_sight(actor: Actor) -> QuerySet[BodyRecommendation]:
    return BodyRecommendation.objects.filter(policies.visible_to(actor))


def recommendation_list(*, actor: Actor, wanted: Wanted, after: str = "", size: int = PAGE) -> Rows:
    """Recommendations in sight, newest first; two queries at most whatever their number."""
    rows = _narrow(in_sight(actor), wanted)
    return _page(rows.select_related("body", "unit", "addressee", "place"), after, size)


def recommendation_get(*, actor: Actor, code: str) -> BodyRecommendation | None:
    return (
        in_sight(actor)
        .filter(code=code[:40].upper())
        .select_related("body__parent", "unit", "addressee", "place")
        .first()
    )


def units_in_sight(actor: Actor) -> list[Unit]:
    """The authorities that owe something in sight, for a filter."""
    owing = in_sight(actor).filter(sent_on__isnull=False).order_by().values("unit")
    return list(Unit.objects.filter(pk__in=owing).order_by("sort_key")[:200])


def drafts_of(*, actor: Actor, ids: list[int]) -> list[BodyRecommendation]:
    """Drafts among the given ones that the actor may see."""
    rows = in_sight(actor).filter(pk__in=ids[:500], state="drafted")
    return list(rows.select_related("body", "addressee").order_by("pk"))


def recommendation_part(*, matter: Matter, inner: bool) -> BodyRecommendation:
    return BodyRecommendation.objects.select_related("body", "addressee").get(pk=matter.pk)


def criticism_part(*, matter: Matter, inner: bool) -> tuple[Criticism, list[Point]]:
    row = Criticism.objects.select_related("drafter", "critic").get(pk=matter.pk)
    return row, list(row.points.all())


def criticism_list(*, actor: Actor, after: str = "", size: int = PAGE) -> Rows:
    rows = Criticism.objects.filter(policies.visible_to(actor))
    return _page(rows.select_related("drafter", "critic"), after, size)


def criticism_get(*, actor: Actor, code: str) -> Criticism | None:
    return (
        Criticism.objects.filter(policies.visible_to(actor), code=code[:40].upper())
        .select_related("drafter", "critic")
        .first()
    )


def hearing_list(*, actor: Actor, after: str = "", size: int = PAGE) -> Rows:
    rows = Hearing.objects.filter(policies.visible_to(actor)).select_related("unit", "front")
    return _page(rows, after, size)


@dataclass
class HearingView:
    """The page of a hearing. `hosts`: the actor is of the body that hears."""

    hearing: Hearing
    steps: list[Step]
    duties: list[Duty]
    agenda: list[AgendaItem]
    open: int
    promises: list[Matter]
    hosts: bool


def hearing_get(*, actor: Actor, code: str) -> Hearing | None:
    return (
        Hearing.objects.filter(policies.visible_to(actor), code=code[:40].upper())
        .select_related("unit", "front")
        .first()
    )


def hearing_view(*, actor: Actor, code: str) -> HearingView | None:
    """Everything on the page of a hearing; None when out of sight."""
    hearing = hearing_get(actor=actor, code=code)
    if hearing is None:
        return None
    duties = list(Duty.objects.filter(matter=hearing).order_by("-id")[:20])
    hearing.running_rules = {duty.rule for duty in duties if duty.is_running}
    return HearingView(
        hearing=hearing,
        steps=steps_for(actor=actor, matter=hearing),
        duties=duties,
        agenda=agenda_of(hearing),
        open=open_of(hearing).count() if hearing.state == "due" else 0,
        promises=promises_of(hearing),
        hosts=rules.belongs(actor, [*rules.OFFICE, "council"], hearing.unit),
    )


def agenda_of(hearing: Hearing) -> list[AgendaItem]:
    rows = hearing.agenda.select_related("recommendation__unit", "recommendation__body")
    return list(rows.defer(*(f"recommendation__{name}" for name in HEAVY)))


def promises_of(matter: Matter) -> list[Matter]:
    return list(Matter.objects.filter(parent=matter, kind="promise").order_by("id")[:100])


# -- the public -----------------------------------------------------------------------------------


def _public() -> QuerySet[BodyRecommendation]:
    return BodyRecommendation.objects.filter(
        sent_on__isnull=False, level__lt=Level.RESTRICTED
    ).select_related("body", "unit", "place")


def recommendations_public(
    *, within: Unit, wanted: Wanted, after: str = "", size: int = PAGE
) -> Rows:
    """What was sent to authorities within a unit, newest first."""
    rows = _public().filter(path__startswith=within.path)
    return _page(_narrow(rows, wanted), after, size)


def units_public(*, within: Unit) -> list[Unit]:
    """Authorities to which something was sent, for a filter."""
    owing = _public().filter(path__startswith=within.path).order_by().values("unit")
    return list(Unit.objects.filter(pk__in=owing).order_by("sort_key")[:200])


def public_rows(*, within: Unit, year: int = 0) -> QuerySet[BodyRecommendation]:
    """What a public scoreboard counts: one place, one year of sending or all."""
    rows = figures.told().filter(path__startswith=within.path)
    return rows.filter(sent_on__year=year) if year else rows


def recommendation_public(code: str) -> BodyRecommendation | None:
    return _public().filter(code=code[:40].upper()).first()


@dataclass
class Story:
    """What the public page of a recommendation shows beside the row itself."""

    duties: list[Duty]
    entries: list[Entry]
    heard: list[AgendaItem]


def story_of(matter: Matter) -> Story:
    return Story(
        duties=list(Duty.objects.filter(matter=matter).order_by("id")[:50]),
        entries=list(
            Entry.objects.filter(matter=matter, audience=Audience.PUBLIC).order_by("id")[:200]
        ),
        heard=list(
            AgendaItem.objects.filter(
                recommendation_id=matter.pk, hearing__state="held"
            ).select_related("hearing")
        )
        if matter.kind == "body_recommendation"
        else [],
    )


def criticisms_public(*, within: Unit, after: str = "", size: int = PAGE) -> Rows:
    rows = Criticism.objects.filter(path__startswith=within.path, level__lt=Level.RESTRICTED)
    return _page(rows.select_related("drafter", "critic"), after, size)


def criticism_public(code: str) -> Criticism | None:
    return (
        Criticism.objects.filter(code=code[:40].upper(), level__lt=Level.RESTRICTED)
        .select_related("drafter", "critic")
        .first()
    )


def hearings_public(*, within: Unit, size: int = 12) -> list[Hearing]:
    rows = Hearing.objects.filter(path__startswith=within.path, level__lt=Level.RESTRICTED)
    return list(rows.select_related("unit", "front").order_by("-year", "-half", "pk")[:size])


def hearing_public(code: str) -> Hearing | None:
    return (
        Hearing.objects.filter(code=code[:40].upper(), level__lt=Level.RESTRICTED)
        .select_related("unit", "front")
        .first()
    )


def waiting_for(actor: Actor) -> dict[str, int]:
    """How many wait in each view of the actor, for the tabs; one query."""
    today = clock.today()
    return in_sight(actor).aggregate(
        drafts=Count("pk", filter=Q(state="drafted")),
        answer=Count("pk", filter=Q(state="sent")),
        confirm=Count("pk", filter=Q(state__in=["done", "refused"])),
        overdue=Count("pk", filter=Q(closed_at=None, next_due_on__lt=today)),
    )
