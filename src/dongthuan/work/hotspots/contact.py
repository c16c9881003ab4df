"""Going to the people: plan of contact, visits, concerns and answers, promises, incidents.

What is kept is what was asked and answered. With whom a group spoke, and how they stand, is
nowhere: there is no column for it, and the words are refused.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from dongthuan.core import clock
from dongthuan.core.matters.duties import duties_open
from dongthuan.core.matters.errors import MatterError, NotAllowed
from dongthuan.core.matters.models import Duty, DutyState
from dongthuan.core.matters.promises import promise_write
from dongthuan.core.matters.services import matter_settle
from dongthuan.core.matters.topics import TOPICS
from dongthuan.core.people.actors import Actor, area_of
from dongthuan.core.units.models import Tier, Unit, UnitQuerySet
from dongthuan.work.hotspots import rules
from dongthuan.work.hotspots.models import (
    Commitment,
    Concern,
    Group,
    Hotspot,
    Incident,
    Part,
    PlannedContact,
    Seat,
    Talk,
    Visit,
)
from dongthuan.work.hotspots.services import held, noted

MOST_TURNS = 5000


@dataclass(frozen=True, kw_only=True)
class Raised:
    """A concern as it was raised, and the answer if one was given there."""

    topic: str
    text: str
    answer: str = ""


@dataclass(frozen=True, kw_only=True)
class Given:
    """Something promised: what, by whom (a body), until when."""

    what: str
    unit: Unit
    due_on: dt.date


def owners_for(hotspot: Hotspot) -> UnitQuerySet:
    """Bodies that may owe a promise: the organs of the commune and of its province."""
    area = area_of(hotspot.path)
    province = ".".join(area.split(".")[:2]) + "."
    organs = Unit.objects.in_force(clock.today()).filter(tier=Tier.ORGAN)
    here = organs.filter(path__startswith=area)
    above = organs.filter(path__regex=rf"^{province.replace('.', '[.]')}[^0-9.][^.]*[.]$")
    return (here | above).order_by("sort_key")


@transaction.atomic
def contact_plan(
    *,
    acting: Actor,
    hotspot: Hotspot,
    group: Group,
    area: Unit,
    since: dt.date,
    until: dt.date,
    turns: int,
    purpose: str,
) -> PlannedContact:
    """Plan how often a group goes to one of its areas, until when. Raises MatterError."""
    hotspot = held(acting, hotspot)
    rules.lead_check(acting, hotspot)
    _area_check(hotspot, group, area)
    if until < since or (until - since).days > 366:
        raise MatterError(_("The period ends before it begins, or is too long."), field="until")
    if not 1 <= turns <= MOST_TURNS:
        raise MatterError(_("Give the number of turns, one at the least."), field="turns")
    purpose = rules.said(purpose, "purpose", most=300, needed=_("Write what it is for."))
    made = PlannedContact.objects.create(
        hotspot=hotspot, group=group, area=area, since=since, until=until, turns=turns,
        purpose=purpose,
    )  # fmt: skip
    facts = {"group": group.name, "area": area.name, "turns": turns, "to": until.isoformat()}
    noted(acting, hotspot, "planned", facts, purpose)
    return made


def _area_check(hotspot: Hotspot, group: Group, area: Unit) -> None:
    if group.hotspot_id != hotspot.pk:
        raise MatterError(_("Choose a working group of this hot spot."), field="group")
    if not group.areas.filter(pk=area.pk).exists():
        raise MatterError(_("The decision does not give this area to the group."), field="area")


def _of_group_check(acting: Actor, hotspot: Hotspot, group: Group) -> None:
    """Members of the group record its visits; whoever leads may do so too."""
    held_here = [scope.position_id for scope in acting.scopes]
    member = Seat.objects.filter(
        group=group, position__in=held_here, left_on=None, part__in=[Part.GROUP, Part.GROUP_HEAD]
    ).exists()
    if not member and not rules.may_lead(acting, hotspot):
        raise NotAllowed(_("Only the members of the group record its visits."))


@transaction.atomic
def visit_record(
    *,
    acting: Actor,
    hotspot: Hotspot,
    group: Group,
    area: Unit,
    on: dt.date,
    turns: int,
    document: str = "",
    concerns: Sequence[Raised] = (),
    promises: Sequence[Given] = (),
) -> Visit:
    """A day of a group in an area: turns of contact, concerns, answers, promises.

    Raises NotAllowed and MatterError (group, area, on, turns, topic, text, answer, what, due_on,
    document): nothing then is kept. A promise needs the number of the minutes that hold it.
    """
    hotspot = held(acting, hotspot)
    _area_check(hotspot, group, area)
    _of_group_check(acting, hotspot, group)
    _past_check(hotspot, on, "on")
    if not 1 <= turns <= MOST_TURNS:
        raise MatterError(_("Give the number of turns, one at the least."), field="turns")
    if not concerns and not promises:
        raise MatterError(_("Write at least one concern; “none” is one too."), field="text")
    visit = Visit.objects.create(
        hotspot=hotspot, group=group, area=area, on=on, turns=turns, at=clock.now(),
        document=rules.document_said(document, required=False),
    )  # fmt: skip
    said = [_concern(visit, one) for one in concerns]
    for given in promises:
        _promised(acting, hotspot, given, document, visit=visit)
    lines = [f"{one.text}{' → ' + one.answer if one.answer else ''}" for one in said]
    facts = {
        "group": group.name, "area": area.name, "day": on.isoformat(), "turns": turns,
        "concerns": len(said), "promises": len(promises),
    }  # fmt: skip
    noted(acting, hotspot, "visit", facts, "\n".join(lines))
    return visit


def _past_check(hotspot: Hotspot, on: dt.date, field: str) -> None:
    if on > clock.today():
        raise MatterError(_("The day lies in the future."), field=field)
    if on < timezone.localdate(hotspot.opened_at) - dt.timedelta(days=366):
        raise MatterError(_("The day lies long before the hot spot was opened."), field=field)


def _concern(visit: Visit, one: Raised) -> Concern:
    if one.topic not in dict(TOPICS):
        raise MatterError(_("Choose a topic."), field="topic")
    text = rules.said(one.text, "text", needed=_("Write what was asked."))
    answer = rules.said(one.answer, "answer")
    return Concern.objects.create(
        visit=visit, topic=one.topic, text=text, answer=answer,
        answered_on=visit.on if answer else None,
    )  # fmt: skip


def _promised(
    acting: Actor, hotspot: Hotspot, given: Given, document: str, *,
    visit: Visit | None = None, talk: Talk | None = None, sort: str = "",
) -> Commitment:  # fmt: skip
    if not owners_for(hotspot).filter(pk=given.unit.pk).exists():
        raise MatterError(_("Choose a body of this locality or its province."), field="unit")
    what = rules.said(given.what, "what", most=2000, needed=_("Write what was promised."))
    promise = promise_write(
        acting=acting, origin=hotspot, unit=given.unit, what=what, due_on=given.due_on,
        document=document,
    )  # fmt: skip
    kind = sort or (Commitment.Sort.VISIT if visit else Commitment.Sort.TALK)
    return Commitment.objects.create(
        hotspot=hotspot, sort=kind, visit=visit, talk=talk, promise=promise
    )


@transaction.atomic
def concern_answer(*, acting: Actor, concern: Concern, answer: str) -> Concern:
    """Answer later what was asked on a visit. Raises NotAllowed, MatterError (answer)."""
    hotspot = held(acting, concern.visit.hotspot)
    _of_group_check(acting, hotspot, concern.visit.group)
    concern = Concern.objects.select_for_update().get(pk=concern.pk)
    if concern.answered_on:
        raise MatterError(_("This concern was answered already."))
    concern.answer = rules.said(answer, "answer", needed=_("Write the answer."))
    concern.answered_on = clock.today()
    concern.save(update_fields=["answer", "answered_on"])
    noted(acting, hotspot, "answered", {"area": concern.visit.area.name},
          f"{concern.text} → {concern.answer}")  # fmt: skip
    return concern


@transaction.atomic
def incident_record(
    *,
    acting: Actor,
    hotspot: Hotspot,
    at: dt.datetime,
    area: Unit,
    people: int,
    text: str,
    response: str = "",
    grave: bool = False,
) -> Incident:
    """Something happened. A grave one is to be reported at once (rule `hs.incident`)."""
    hotspot = held(acting, hotspot)
    rules.work_check(acting, hotspot)
    if at > clock.now():
        raise MatterError(_("The moment lies in the future."), field="on")
    _past_check(hotspot, timezone.localdate(at), "on")
    if not area.path.startswith(area_of(hotspot.path)):
        raise MatterError(_("The area lies outside the locality."), field="area")
    if not 0 <= people <= 1_000_000:
        raise MatterError(_("Give the number of people."), field="people")
    text = rules.said(text, "text", needed=_("Write what happened."))
    response = rules.said(response, "response")
    made = Incident.objects.create(
        hotspot=hotspot, at=at, area=area, people=people, text=text, response=response, grave=grave
    )
    facts = {"area": area.name, "day": timezone.localdate(at).isoformat(), "people": people}
    noted(acting, hotspot, "incident", facts, "\n".join(filter(None, [text, response])))
    running = Duty.objects.filter(
        matter=hotspot, rule=rules.INCIDENT, state__in=[DutyState.OPEN, DutyState.PAUSED]
    )
    if grave and not running.exists():
        duties_open(matter=hotspot, rules=[(rules.INCIDENT, "event", at)], now=clock.now())
        matter_settle(matter=hotspot)
    return made


@transaction.atomic
def talk_record(
    *,
    acting: Actor,
    hotspot: Hotspot,
    on: dt.date,
    area: Unit,
    venue: str,
    bodies: str,
    people: int,
    text: str,
    document: str,
    agreed: Sequence[Given] = (),
) -> Talk:
    """A talk with the people of an area and its agreed points, each a promise with a day."""
    hotspot = held(acting, hotspot)
    rules.work_check(acting, hotspot)
    _past_check(hotspot, on, "on")
    if not area.path.startswith(area_of(hotspot.path)):
        raise MatterError(_("The area lies outside the locality."), field="area")
    if not 0 <= people <= 1_000_000:
        raise MatterError(_("Give the number of people."), field="people")
    document = rules.document_said(document)
    talk = Talk.objects.create(
        hotspot=hotspot, on=on, area=area, people=people, document=document,
        venue=rules.said(venue, "venue", most=200, needed=_("Write the place.")),
        bodies=rules.said(bodies, "bodies", most=300),
        text=rules.said(text, "text", most=10_000, needed=_("Write what was said.")),
    )  # fmt: skip
    for given in agreed:
        _promised(acting, hotspot, given, document, talk=talk)
    facts = {
        "area": area.name, "day": on.isoformat(), "document": document, "people": people,
        "promises": len(agreed),
    }  # fmt: skip
    noted(acting, hotspot, "talk", facts, talk.text)
    return talk


@transaction.atomic
def measure_decide(*, acting: Actor, hotspot: Hotspot, measure: Given, document: str) -> Commitment:
    """A measure of the steering committee: what, by which body, until when, by which document."""
    hotspot = held(acting, hotspot)
    rules.lead_check(acting, hotspot)
    document = rules.document_said(document)
    made = _promised(acting, hotspot, measure, document, sort=Commitment.Sort.MEASURE)
    facts = {"document": document, "to": measure.due_on.isoformat(), "promise": made.promise.code}
    noted(acting, hotspot, "measure", facts, made.promise.title)
    return made
