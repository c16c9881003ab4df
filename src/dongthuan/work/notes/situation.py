"""All writes on situation notes that are no declared step: merging, editing, adopting."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Sequence
from typing import Any

from django.db import transaction
from django.db.models.functions import TruncDate
from django.utils import timezone
from django.utils.translation import gettext as _

from dongthuan.core import clock
from dongthuan.core.clock import noon
from dongthuan.core.law.terms import add_months
from dongthuan.core.matters import policies
from dongthuan.core.matters.creation import matter_create
from dongthuan.core.matters.entries import entry_append
from dongthuan.core.matters.errors import Conflict, MatterError, NotAllowed
from dongthuan.core.matters.indicators import indicator_of
from dongthuan.core.matters.models import Audience, Level, Matter, Projection
from dongthuan.core.matters.services import matter_act
from dongthuan.core.matters.topics import TOPICS
from dongthuan.core.people.actors import Actor
from dongthuan.core.units.models import Unit
from dongthuan.work.notes.models import InformationNote, Period, Section, SituationNote
from dongthuan.work.notes.rules import (
    PARTNERS,
    belongs,
    belongs_check,
    partners_of,
    period_days,
    places_of,
)
from dongthuan.work.notes.wording import facts_checked

MOST_NOTES = 300


def notes_of_period(*, actor: Actor, since: dt.date, until: dt.date) -> list[InformationNote]:
    """Notes in sight that were sent in a period and not taken back, by topic and place."""
    here = timezone.get_default_timezone()
    return list(
        InformationNote.objects.filter(policies.visible_to(actor))
        .exclude(state="withdrawn")
        .annotate(on=TruncDate("opened_at", tzinfo=here))
        .filter(on__gte=since, on__lte=until)
        .select_related("place", "unit", "receiver")
        .defer("search_text", "folded", "accented")
        .order_by("topic", "place__sort_key", "pk")[:MOST_NOTES]
    )


@transaction.atomic
def situation_create(
    *,
    acting: Actor,
    author: Unit,
    period: str,
    year: int,
    number: int,
    receivers: Sequence[Unit] = (),
    keys: Sequence[str] = (),
    is_demo: bool = False,
) -> SituationNote:
    """Begin the note of a month or quarter; the notes of the period in sight are merged into it.

    `keys`: indicators counted for it. Raises NotAllowed, MatterError with its field.
    """
    belongs_check(acting, author)
    since, until = period_days(period, year, number)
    allowed = {unit.pk for unit in partners_of(author)}
    if any(unit.pk not in allowed for unit in receivers):
        raise MatterError(
            _("Choose a partner of your area or of the one above."), field="receivers"
        )
    _keys_check(keys)
    # The lock on the body keeps two people from beginning the same period.
    Unit.objects.select_for_update(no_key=True).get(pk=author.pk)
    taken = SituationNote.objects.filter(
        author=author, period=period, year=year, number=number
    ).exclude(state="dropped")
    if taken.exists():
        raise MatterError(_("There is a note of this period already."), field="number")
    name = {"month": "tháng", "quarter": "quý"}[Period(period)]
    made = matter_create(
        acting=acting, model=SituationNote, kind="situation_note", unit=author,
        title=f"Báo cáo tình hình {name} {number} năm {year}", act="situation_note.begun",
        level=Level.UNIT, parties=[author], listed=False, is_demo=is_demo,
        audience=Audience.PETITIONER, rules=[("note.situation", "period_end", noon(until))],
        author=author, period=period, year=year, number=number, since=since, until=until,
        keys=list(keys), receivers=sorted(unit.path for unit in receivers),
    )  # fmt: skip
    Projection.objects.filter(pk=made.pk).delete()
    merged = _merge(made, notes_of_period(actor=acting, since=since, until=until))
    entry_append(
        matter=made, act="situation_note.merged", acting=acting, audience=Audience.OFFICIAL,
        before="draft", after="draft", facts={"notes": merged},
    )  # fmt: skip
    return made


def month_free(author: Unit) -> tuple[int, int]:
    """Year and month of the note that is next: from the month before on, the first without one."""
    taken = set(
        SituationNote.objects.filter(author=author, period=Period.MONTH)
        .exclude(state="dropped")
        .values_list("year", "number")
    )
    first = add_months(clock.today().replace(day=1), -1)
    months = [add_months(first, n) for n in range(12)]
    free = [(day.year, day.month) for day in months if (day.year, day.month) not in taken]
    return free[0] if free else (first.year, first.month)


def _merge(note: SituationNote, found: Sequence[InformationNote]) -> int:
    """One section a topic and place; what a section holds already is not put in twice."""
    groups: dict[tuple[str, int | None], list[InformationNote]] = defaultdict(list)
    known = set(
        Section.sources.through.objects.filter(section__note=note).values_list(
            "informationnote_id", flat=True
        )
    )
    for one in found:
        if one.pk not in known:
            groups[(one.topic, one.place_id)].append(one)
    for (topic, place_id), notes in groups.items():
        text = "\n".join(f"- {one.facts}" for one in notes)[:10_000]
        section, made = Section.objects.get_or_create(
            note=note, topic=topic, place_id=place_id, defaults={"text": text}
        )
        if not made:
            section.text = f"{section.text}\n{text}"[:10_000]
            section.save(update_fields=["text"])
        section.sources.add(*notes)
    return sum(len(notes) for notes in groups.values())


@transaction.atomic
def situation_merge(*, acting: Actor, note: SituationNote) -> int:
    """Take in what was sent since; how many notes are new. What was edited stays."""
    held = _held(acting, note)
    found = notes_of_period(actor=acting, since=held.since, until=held.until)
    merged = _merge(held, found)
    if merged:  # whoever adopts the older page has not read them
        held.version += 1
        held.save(update_fields=["version"])
    entry_append(
        matter=held, act="situation_note.merged", acting=acting, audience=Audience.OFFICIAL,
        before="draft", after="draft", facts={"notes": merged},
    )  # fmt: skip
    return merged


@transaction.atomic
def situation_edit(
    *, acting: Actor, note: SituationNote, version: int | None, keys: Sequence[str], **texts: str
) -> SituationNote:
    """Write assessment, outlook, proposals and the choice of figures of a draft."""
    held = _held(acting, note, version)
    _keys_check(keys)
    for name in ("assessment", "outlook", "proposals"):
        setattr(held, name, facts_checked(texts.get(name, ""), name, most=10_000))
    held.keys = list(keys)
    _edited(acting, held)
    return held


@transaction.atomic
def section_write(
    *, acting: Actor, note: SituationNote, topic: str, place: Unit | None, text: str
) -> Section | None:
    """Write the words of a topic in a place anew; empty words take the section away."""
    held = _held(acting, note)
    if topic not in dict(TOPICS):
        raise MatterError(_("Choose the topic."), field="topic")
    if place is not None and not places_of(held.author).filter(pk=place.pk).exists():
        raise MatterError(_("Choose a place of your area."), field="place")
    text = facts_checked(text, "text", most=10_000)
    kept = Section.objects.filter(note=held, topic=topic, place=place)
    section = None
    if not text:
        kept.delete()
    else:
        section, _made = Section.objects.update_or_create(
            note=held, topic=topic, place=place, defaults={"text": text}
        )
    _edited(acting, held)
    return section


@transaction.atomic
def situation_adopt(
    *, acting: Actor, note: SituationNote, version: int | None, beside: Sequence[dict[str, Any]]
) -> Matter:
    """Adopt a note with the public figures that the desk has counted at this moment."""
    held = _held(acting, note, version)
    held.beside = list(beside)
    held.save(update_fields=["beside"])
    return matter_act(acting=acting, matter_id=held.pk, step_name="adopt", version=version)


def _keys_check(keys: Sequence[str]) -> None:
    if any(indicator_of(key) is None for key in keys):
        raise MatterError(_("One of the figures is unknown."), field="keys")


def _edited(acting: Actor, held: SituationNote) -> None:
    held.version += 1
    held.save()
    entry_append(
        matter=held, act="situation_note.edited", acting=acting, audience=Audience.OFFICIAL,
        before="draft", after="draft",
    )  # fmt: skip


def _held(acting: Actor, note: SituationNote, version: int | None = None) -> SituationNote:
    """The draft, locked, for the people of the body that writes it."""
    seen = Matter.objects.filter(policies.visible_to(acting), pk=note.pk)
    if not seen.select_for_update().exists():
        raise NotAllowed(_("There is no such matter, or you may not see it."))
    held = SituationNote.objects.select_related("unit", "author").get(pk=note.pk)
    if not belongs(acting, PARTNERS, held.unit):
        raise NotAllowed(_("You write only in the name of your own body."))
    if version is not None and version != held.version:
        raise Conflict(_("The matter was changed meanwhile; look at it again."))
    if held.state != "draft":
        raise MatterError(_("It was adopted; take it back to the draft first."))
    return held
