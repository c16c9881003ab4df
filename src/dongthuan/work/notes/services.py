"""All writes on information notes that are no declared step."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from django.db import transaction
from django.utils.translation import gettext as _

from dongthuan.core import clock
from dongthuan.core.matters import policies
from dongthuan.core.matters.creation import matter_create
from dongthuan.core.matters.duties import duties_open
from dongthuan.core.matters.entries import entry_append
from dongthuan.core.matters.errors import MatterError, NotAllowed
from dongthuan.core.matters.kinds import all_kinds, can_open, open_as
from dongthuan.core.matters.models import Audience, Level, Matter, Projection
from dongthuan.core.matters.opening import title_of
from dongthuan.core.matters.services import matter_settle, papers_attach
from dongthuan.core.matters.topics import TOPICS
from dongthuan.core.papers.models import Attachment
from dongthuan.core.people.actors import Actor, area_of
from dongthuan.core.units.models import Unit
from dongthuan.work.notes.models import InformationNote, Source
from dongthuan.work.notes.rules import PARTNERS, belongs, belongs_check, partners_of
from dongthuan.work.notes.wording import facts_checked

# What a note may lead to; kinds whose room is not installed are not offered.
LEADS_TO = ("feedback", "recommendation", "body_recommendation", "hotspot", "coordination_task")


@dataclass(frozen=True, kw_only=True)
class Told:
    """What a note says: a topic in a place, its facts, where they are from, what is proposed."""

    topic: str
    facts: str
    source: str
    learnt_on: dt.date
    place: Unit | None = None
    title: str = ""
    proposal: str = ""
    urgent: bool = False


@transaction.atomic
def note_send(
    *,
    acting: Actor,
    sender: Unit,
    receiver: Unit,
    told: Told,
    copies: Sequence[Unit] = (),
    papers: Sequence[Attachment] = (),
    parent: Matter | None = None,
    is_demo: bool = False,
) -> InformationNote:
    """Send a note to a partner, who owes an acknowledgement and an answer; `copies` read it too.

    Raises NotAllowed, or MatterError with its field; words about a person are refused.
    """
    belongs_check(acting, sender)
    allowed = {unit.pk for unit in partners_of(sender)}
    if receiver.pk not in allowed:
        raise MatterError(_("Choose a partner of your area or of the one above."), field="receiver")
    if any(unit.pk not in allowed for unit in copies):
        raise MatterError(_("Choose a partner of your area or of the one above."), field="copies")
    words = _words(told, sender)
    for paper in papers:  # the name of a file is read as its title
        facts_checked(paper.name.replace("_", " ").replace(".", " "), "papers")
    now = clock.now()
    made = matter_create(
        acting=acting, model=InformationNote, kind="information_note", unit=sender,
        act="information_note.sent", level=Level.PARTNER, place=told.place, topic=told.topic,
        parties=[receiver, *copies], parent=parent, is_demo=is_demo, listed=False,
        audience=Audience.PETITIONER, now=now, receiver=receiver, source=told.source,
        learnt_on=told.learnt_on, urgent=told.urgent,
        facts={"receiver": receiver.name, "copies": [unit.name for unit in copies]},
        title=words["title"], body=words["facts"],
    )  # fmt: skip
    _hide(made)
    made.facts, made.proposal = words["facts"], words["proposal"]
    made.save(update_fields=["facts", "proposal"])
    duties = duties_open(
        matter=made, now=now, owner=receiver, conditions=made.conditions,
        rules=[("note.acknowledge", "received", now), ("note.answer", "received", now)],
    )  # fmt: skip
    matter_settle(matter=made, duties=duties)
    papers_attach(matter=made, attachments=papers, entry_id=None, audience=Audience.PETITIONER)
    return made


def _hide(matter: Matter) -> None:
    """Partners read it, the public does not: no row outside."""
    Projection.objects.filter(pk=matter.pk).delete()


def _words(told: Told, sender: Unit) -> dict[str, str]:
    if told.topic not in dict(TOPICS):
        raise MatterError(_("Choose the topic."), field="topic")
    if told.source not in Source.values:
        raise MatterError(_("Say where it was learnt."), field="source")
    if told.learnt_on > clock.today():
        raise MatterError(_("The day lies in the future."), field="learnt_on")
    if told.place is not None and not told.place.path.startswith(area_of(sender.path)):
        raise MatterError(_("Choose a place of your area."), field="place")
    facts = facts_checked(told.facts, "facts", needed=_("Write what the facts are."))
    return {
        "facts": facts,
        "proposal": facts_checked(told.proposal, "proposal", most=2000),
        "title": facts_checked(told.title, "title", most=200) or title_of(facts),
    }


def leads(acting: Actor, note: InformationNote) -> list[tuple[str, str]]:
    """What the actor may open out of a note: kinds whose rooms are here, for the receiver's people
    and the sender's."""
    if not (belongs(acting, PARTNERS, note.receiver) or belongs(acting, PARTNERS, note.unit)):
        return []
    return [
        (kind.name, str(kind.label))
        for kind in all_kinds()
        if kind.name in LEADS_TO and can_open(kind.name)
    ]


@transaction.atomic
def note_lead(*, acting: Actor, note: InformationNote, kind: str) -> Matter:
    """Open what a note leads to (feedback, recommendation, hot spot, task), as its child.

    It is the receiver who works on feedback; the other rooms decide by the actor's own body.
    """
    seen = Matter.objects.filter(policies.visible_to(acting), pk=note.pk)
    if not seen.select_for_update().exists():
        raise NotAllowed(_("There is no such matter, or you may not see it."))
    held = InformationNote.objects.select_related("unit", "receiver", "place").get(pk=note.pk)
    if kind not in dict(leads(acting, held)):
        raise NotAllowed(_("Your position opens no such matter out of this note."))
    if held.state == "withdrawn":
        raise MatterError(_("The note was taken back."))
    now = clock.now()
    text = f"{held.facts}\n\n{held.proposal}".strip()
    opened = open_as(acting=acting, origin=_as_received(held), kind=kind, text=text, now=now)
    # That something restricted was opened is not told to those who read the note either.
    if opened.level < Level.RESTRICTED:
        entry_append(
            matter=held, act="information_note.led_to", acting=acting,
            audience=Audience.OFFICIAL, before=held.state, after=held.state,
            facts={"code": opened.code, "kind": opened.kind}, at=now,
        )  # fmt: skip
    return opened


def _as_received(note: InformationNote) -> Matter:
    """The note as the receiver holds it: what is opened out of it is the receiver's work."""
    origin: Matter = Matter.objects.select_related("unit", "place").get(pk=note.pk)
    if note.receiver.kind == "people_committee":
        origin.unit, origin.path = note.receiver, note.receiver.path
    return origin


def opener(
    *, acting: Actor, origin: Matter | None, kind: str, text: str, now: dt.datetime, sender: Unit,
    receiver: Unit, topic: str = "", place: Unit | None = None, source: str = Source.OTHER,
) -> InformationNote:  # fmt: skip
    """Another room tells a partner something (`open_as`, `receive_as`)."""
    told = Told(
        topic=topic or (origin.topic if origin else "") or "other", facts=text, source=source,
        learnt_on=clock.today(), place=place or (origin.place if origin else None),
    )  # fmt: skip
    parent = origin if origin is not None and origin.level < Level.RESTRICTED else None
    return note_send(acting=acting, sender=sender, receiver=receiver, told=told, parent=parent)
