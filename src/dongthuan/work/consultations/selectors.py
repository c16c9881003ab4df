"""All reads on consultations: the public ones, and those of the desk by what the actor may see."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Count, Q, QuerySet, Sum
from django.db.models.functions import Coalesce

from dongthuan.core import clock
from dongthuan.core.matters import policies
from dongthuan.core.matters.kinds import Step, kind_of
from dongthuan.core.matters.models import Duty
from dongthuan.core.matters.selectors import steps_offered
from dongthuan.core.matters.services import step_ready
from dongthuan.core.people.actors import Actor
from dongthuan.core.units.models import Role, Tier, Unit
from dongthuan.work.consultations.models import (
    Addressee,
    Cluster,
    Consultation,
    Draft,
    Opinion,
    Participation,
    Question,
    Tally,
)
from dongthuan.work.consultations.paper import may_key
from dongthuan.work.consultations.services import OFFICE

PAGE, OPINIONS = 20, 50
UNPUBLISHED = ("drafted", "planned")
ANSWERED = ("answered", "decided", "reported")


@dataclass
class Page:
    """One page of a keyset list: rows and the cursor of the next page."""

    rows: list[Any]
    next: str = ""
    first: bool = True


def _number(text: str) -> int | None:
    return int(text) if text.isdecimal() and len(text) < 18 else None


# -- the public -----------------------------------------------------------------------------------


def public() -> QuerySet[Consultation]:
    """Consultations that have been published, with their offices."""
    return Consultation.objects.filter(published_at__isnull=False).select_related(
        "unit__parent", "place"
    )


def open_now(*, within: Unit, size: int = 50) -> list[Consultation]:
    """Those that take opinions today, the first to close first."""
    rows = public().filter(path__startswith=within.path, state="open", closes_on__gte=clock.today())
    return list(rows.order_by("closes_on", "id")[:size])


def ended(*, within: Unit, after: str = "", size: int = PAGE) -> Page:
    """Those that no longer take opinions, the newest first."""
    rows = (
        public()
        .filter(path__startswith=within.path)
        .exclude(state="open", closes_on__gte=clock.today())
    )
    cursor = _number(after)
    if cursor is not None:
        rows = rows.filter(pk__lt=cursor)
    found = list(rows.order_by("-id")[: size + 1])
    more = len(found) > size
    found = found[:size]
    return Page(found, str(found[-1].pk) if more else "", first=cursor is None)


def consultation_public(code: str) -> Consultation | None:
    return public().filter(code=code).first()


@dataclass
class PublicView:
    """All that the public page shows, with a fixed number of queries."""

    matter: Consultation
    drafts: list[Draft]
    draft: Draft | None
    paragraphs: list[Any]
    questions: list[Question]
    tallies: list[Tally]
    clusters: list[Cluster]
    opinions: int = 0
    statements: int = 0


def public_view(matter: Consultation, *, version: int | None = None) -> PublicView:
    """The page of a published consultation; `version`: an earlier version of the text.

    Groups and their answers are public only once they are answered (khoản 3 Điều 28).
    """
    drafts = list(matter.drafts.order_by("number"))
    if matter.state not in ANSWERED:
        # What is rewritten after the closing is shown together with the answers.
        drafts = drafts[:1]
    draft = next((d for d in drafts if d.number == version), drafts[-1] if drafts else None)
    paragraphs = (
        list(
            draft.paragraphs.order_by("number").annotate(
                said=Count("opinions", filter=Q(opinions__state="shown"))
            )
        )
        if draft
        else []
    )
    return PublicView(
        matter=matter,
        drafts=drafts,
        draft=draft,
        paragraphs=paragraphs,
        questions=list(matter.questions.all()),
        tallies=tallies_of(matter),
        clusters=clusters_of(matter) if matter.state in ANSWERED else [],
        opinions=matter.opinions.count(),
        statements=matter.statements.filter(state="shown").count(),
    )


def tallies_of(matter: Consultation) -> list[Tally]:
    rows = Tally.objects.filter(consultation=matter, replaced_at=None)
    return list(rows.select_related("village").order_by("village__sort_key", "held_on", "id"))


def clusters_of(matter: Consultation) -> list[Cluster]:
    """Groups with how many opinions and people stand in each (`opinion_count`, `people_count`)."""
    return list(
        matter.clusters.order_by("number").annotate(
            opinion_count=Count("opinions"), people_count=Coalesce(Sum("opinions__people"), 0)
        )
    )


def opinions_public(
    matter: Consultation, *, paragraph_id: int | None = None, after: str = "", size: int = OPINIONS
) -> Page:
    """Opinions that may be shown, the oldest first; nothing tells from whom they are."""
    rows = Opinion.objects.filter(consultation=matter, state="shown")
    if paragraph_id is not None:
        rows = rows.filter(paragraph_id=paragraph_id)
    cursor = _number(after)
    if cursor is not None:
        rows = rows.filter(pk__gt=cursor)
    found = list(
        rows.select_related("paragraph", "question", "cluster")
        .only("id", "text", "people", "paragraph__number", "paragraph__anchor", "question__number",
              "cluster__number", "cluster__title", "cluster__answer", "consultation_id")
        .order_by("id")[: size + 1]
    )  # fmt: skip
    more = len(found) > size
    found = found[:size]
    return Page(found, str(found[-1].pk) if more else "", first=cursor is None)


def part_opinions(part: Participation) -> list[Opinion]:
    """What one person gave, with what became of it; for whoever holds code and secret."""
    rows = Opinion.objects.filter(part=part).select_related("paragraph", "question", "cluster")
    return list(rows.order_by("id")[:300])


# -- the desk -------------------------------------------------------------------------------------


def works(actor: Actor, matter: Consultation) -> bool:
    """Whether the actor's office keeps this consultation."""
    return actor.is_system or any(
        matter.path.startswith(scope.unit_path) for scope in actor.scopes_of(*OFFICE)
    )


def offices_of(actor: Actor) -> QuerySet[Unit]:
    """The People's Committees for which the actor may consult."""
    paths = [scope.unit_path for scope in actor.scopes_of(*OFFICE)]
    return Unit.objects.in_force(clock.today()).filter(
        path__in=paths, tier=Tier.ORGAN, kind="people_committee"
    )


def consultation_list(*, actor: Actor, after: str = "", size: int = PAGE) -> Page:
    """Those in sight of the actor, the newest first; two queries at any length."""
    rows = Consultation.objects.filter(policies.visible_to(actor)).select_related("unit")
    cursor = _number(after)
    if cursor is not None:
        rows = rows.filter(pk__lt=cursor)
    found = list(rows.order_by("-id")[: size + 1])
    more = len(found) > size
    found = found[:size]
    counts = dict(
        Opinion.objects.filter(consultation__in=found, state="new")
        .order_by()
        .values_list("consultation")
        .annotate(n=Count("id"))
    )
    for row in found:
        row.unread = counts.get(row.pk, 0)  # type: ignore[attr-defined]
    return Page(found, str(found[-1].pk) if more else "", first=cursor is None)


def consultation_get(*, actor: Actor, code: str) -> Consultation | None:
    return (
        Consultation.objects.filter(policies.visible_to(actor), code=code)
        .select_related("unit__parent", "place")
        .first()
    )


@dataclass
class DeskView:
    """The desk's page of a consultation, with a fixed number of queries."""

    matter: Consultation
    duties: list[Duty]
    steps: list[Step]
    waits: list[tuple[str, str]]
    drafts: list[Draft]
    questions: list[Question]
    clusters: list[Cluster]
    tallies: list[Tally]
    addressees: list[Addressee]
    counts: dict[str, int] = field(default_factory=dict)
    keeps: bool = False
    keys: bool = False


def _waits(matter: Consultation) -> list[tuple[str, str]]:
    """The steps that others take next, each with whose position it is."""
    return [
        (str(step.label), ", ".join(str(Role(role).label) for role in step.roles))
        for step in kind_of(matter.kind).steps_from(matter.state)
        if step.target and not step.grave and step_ready(matter, step)
    ]


def desk_view(*, actor: Actor, code: str) -> DeskView | None:
    matter = consultation_get(actor=actor, code=code)
    if matter is None:
        return None
    duties = list(Duty.objects.filter(matter=matter).order_by("-id")[:50])
    matter.running_rules = {duty.rule for duty in duties if duty.is_running}
    keeps = works(actor, matter)
    counts = matter.opinions.aggregate(
        new=Count("id", filter=Q(state="new")),
        held=Count("id", filter=Q(state="held")),
        loose=Count("id", filter=Q(cluster=None)),
        all=Count("id"),
    )
    steps = steps_offered(actor=actor, matter=matter)
    return DeskView(
        matter=matter,
        duties=duties,
        steps=steps,
        waits=[] if steps else _waits(matter),
        drafts=list(matter.drafts.annotate(size=Count("paragraphs"))),
        questions=list(matter.questions.all()),
        clusters=clusters_of(matter),
        tallies=tallies_of(matter),
        # Who is addressed stays with the office that hears them.
        addressees=list(matter.addressees.select_related("citizen")) if keeps else [],
        counts={**counts, "parts": matter.parts.count()},
        keeps=keeps,
        keys=may_key(actor, matter),
    )


def opinions_desk(
    matter: Consultation, *, view: str = "", after: str = "", size: int = OPINIONS
) -> Page:
    """Opinions to work on: 'new' unread, 'loose' in no group, 'held', a group's id, or all."""
    rows = Opinion.objects.filter(consultation=matter)
    if view in ("new", "held"):
        rows = rows.filter(state=view)
    elif view == "loose":
        rows = rows.filter(cluster=None)
    elif view.isdecimal():
        rows = rows.filter(cluster_id=_number(view) or 0)
    cursor = _number(after)
    if cursor is not None:
        rows = rows.filter(pk__gt=cursor)
    found = list(
        rows.select_related("paragraph", "question", "cluster", "part__village")
        .order_by("id")[: size + 1]
    )  # fmt: skip
    more = len(found) > size
    found = found[:size]
    return Page(found, str(found[-1].pk) if more else "", first=cursor is None)


def villages_keyed(actor: Actor, villages: Sequence[Unit]) -> list[Unit]:
    """The villages for which the actor keys papers in: all for the office, else their own."""
    if actor.is_system or actor.scopes_of(*OFFICE):
        return list(villages)
    return [unit for unit in villages if unit.path in actor.unit_paths]
