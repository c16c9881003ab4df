"""All reads on notes: the lists of a body, one note, one situation note."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Count, Prefetch, Q, QuerySet

from dongthuan.core import clock
from dongthuan.core.matters import policies
from dongthuan.core.matters.kinds import Step
from dongthuan.core.matters.models import Duty, Matter
from dongthuan.core.matters.selectors import steps_for, steps_offered
from dongthuan.core.people.actors import Actor
from dongthuan.work.notes.figures import figures_count
from dongthuan.work.notes.models import InformationNote, Section, SituationNote
from dongthuan.work.notes.rules import PARTNERS, belongs
from dongthuan.work.notes.services import leads

PAGE = 30
HEAVY = ("search_text", "folded", "accented")
VIEWS = ("", "sent", "waiting", "late", "all")


@dataclass
class Rows:
    """One page of a keyset list; `next`: the cursor of the following one."""

    rows: list = field(default_factory=list)
    next: str = ""


def _page(rows: QuerySet[Any], after: str, size: int) -> Rows:
    """Newest first by the row's number; a bad cursor is ignored."""
    if after.isascii() and after.isdecimal() and len(after) < 18:
        rows = rows.filter(pk__lt=int(after))
    found = list(rows.order_by("-pk").defer(*HEAVY)[: size + 1])
    more, found = len(found) > size, found[:size]
    return Rows(found, str(found[-1].pk) if more else "")


def _paths(actor: Actor, name: str) -> Q:
    found = Q(pk__in=[])
    for scope in actor.scopes_of(*PARTNERS):
        found |= Q(**{f"{name}__startswith": scope.unit_path})
    return found


def note_list(*, actor: Actor, view: str = "", after: str = "", size: int = PAGE) -> Rows:
    """Notes to the actor's bodies; `sent`: from them; `waiting`: not acknowledged; `late`; `all`:
    every note in sight. One query."""
    rows = InformationNote.objects.filter(policies.visible_to(actor))
    if view == "sent":
        rows = rows.filter(_paths(actor, "path"))
    elif view != "all":
        rows = rows.filter(_paths(actor, "receiver__path"))
    if view == "waiting":
        rows = rows.filter(state="sent")
    elif view == "late":
        rows = rows.filter(closed_at=None, next_due_on__lt=clock.today())
    return _page(rows.select_related("unit", "receiver", "place"), after, size)


def situation_list(*, actor: Actor, after: str = "", size: int = PAGE) -> Rows:
    """Situation notes in sight, newest first. One query."""
    rows = seen_situations(actor).select_related("author")
    return _page(rows.annotate(parts=Count("sections")), after, size)


def seen_situations(actor: Actor) -> QuerySet[SituationNote]:
    return SituationNote.objects.filter(policies.visible_to(actor))


def note_get(*, actor: Actor, code: str) -> InformationNote | None:
    return (
        InformationNote.objects.filter(policies.visible_to(actor), code=code[:40].upper())
        .select_related("unit__parent", "receiver", "place")
        .first()
    )


@dataclass
class NoteView:
    note: InformationNote
    steps: list[Step]
    duties: list[Duty]
    leads: list[tuple[str, str]]
    children: list[Matter]
    situations: list[SituationNote]


def note_view(*, actor: Actor, code: str) -> NoteView | None:
    """The page of a note; None when out of sight."""
    note = note_get(actor=actor, code=code)
    if note is None:
        return None
    duties = list(Duty.objects.filter(matter=note).order_by("-id")[:20])
    note.running_rules = {duty.rule for duty in duties if duty.is_running}
    return NoteView(
        note=note,
        steps=steps_for(actor=actor, matter=note),
        duties=duties,
        leads=leads(actor, note) if note.state != "withdrawn" else [],
        children=list(
            Matter.objects.filter(policies.visible_to(actor), parent=note)
            .defer(*HEAVY)
            .order_by("pk")[:20]
        ),
        situations=list(
            seen_situations(actor)
            .filter(sections__sources=note)
            .distinct()
            .defer(*HEAVY)
            .order_by("pk")[:10]
        ),
    )


@dataclass
class SituationView:
    """`figures`: frozen once adopted, else counted now. `edits`: the actor writes it."""

    note: SituationNote
    sections: list[Section]
    figures: list[dict[str, Any]]
    steps: list[Step]
    duties: list[Duty]
    edits: bool


def situation_get(*, actor: Actor, code: str) -> SituationNote | None:
    return (
        seen_situations(actor)
        .filter(code=code[:40].upper())
        .select_related("unit__parent", "author__parent")
        .first()
    )


def situation_view(*, actor: Actor, code: str) -> SituationView | None:
    """The page of a situation note; None when out of sight."""
    note = situation_get(actor=actor, code=code)
    if note is None:
        return None
    duties = list(Duty.objects.filter(matter=note).order_by("-id")[:10])
    note.running_rules = {duty.rule for duty in duties if duty.is_running}
    return SituationView(
        note=note,
        sections=sections_of(note, actor),
        figures=note.figures if note.is_adopted else figures_count(note),
        steps=steps_offered(actor=actor, matter=note),
        duties=duties,
        edits=note.state == "draft" and belongs(actor, PARTNERS, note.unit),
    )


def sections_of(note: SituationNote, actor: Actor | None = None) -> list[Section]:
    """Sections with the notes behind them that the actor may see; two queries."""
    seen = InformationNote.objects.defer(*HEAVY).order_by("pk")
    if actor is not None:
        seen = seen.filter(policies.visible_to(actor))
    return list(
        note.sections.select_related("place").prefetch_related(
            Prefetch("sources", seen, to_attr="seen")
        )
    )


def topics_of(sections: Sequence[Section]) -> list[tuple[str, list[Section]]]:
    """Sections under the name of their topic, in the order of the page."""
    groups: dict[str, list[Section]] = defaultdict(list)
    for section in sections:
        groups[str(section.get_topic_display())].append(section)
    return list(groups.items())
