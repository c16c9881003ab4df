"""The matrix of duties: one duty for each place and form that an item is owed at (Điều 13)."""

from __future__ import annotations

import copy
import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

from django.utils import timezone

from dongthuan.core import clock
from dongthuan.core.matters.duties import duty_settle
from dongthuan.core.matters.models import Duty
from dongthuan.core.units.models import Tier, Unit
from dongthuan.core.units.selectors import units_in_force
from dongthuan.work.disclosure import rules
from dongthuan.work.disclosure.models import Disclosure, Place

HQ_NAME = "Trụ sở HĐND, UBND"
PORTAL_NAME = "Trang công khai trên mạng"
LOUDSPEAKER_NAME = "Hệ thống truyền thanh"


def places_ensure(office: Unit, *, is_demo: bool = False) -> list[Place]:
    """The places of a commune in use today; the first time they are made from its villages.

    The loudspeaker is owed “if any” (khoản 3 Điều 13): it stands there until the office ends it.
    A village that was founded since gets its place.
    """
    there = list(Place.objects.filter(unit=office).select_related("village").order_by("sort", "id"))
    area = office.parent or office
    villages = list(units_in_force(clock.today(), tier=Tier.VILLAGE, within=area))
    missing = [] if there else [
        Place(unit=office, sort="portal", name=PORTAL_NAME, is_demo=is_demo),
        Place(unit=office, sort="hq", name=HQ_NAME, is_demo=is_demo),
        Place(unit=office, sort="loudspeaker", name=LOUDSPEAKER_NAME, is_demo=is_demo),
    ]  # fmt: skip
    have = {place.village_id for place in there}
    missing += [
        Place(unit=office, sort="village", village=village, is_demo=is_demo,
              name=f"Nhà văn hóa {village.name}"[:80])
        for village in villages
        if village.pk not in have
    ]  # fmt: skip
    if missing:
        Place.objects.bulk_create(missing)
        there = list(
            Place.objects.filter(unit=office).select_related("village").order_by("sort", "id")
        )
    return [place for place in there if place.ended_on is None]


def places_owed(item: str, places: Iterable[Place], on: dt.date) -> list[Place]:
    """Of the places of a commune those at which an item must appear."""
    asked = rules.owed(item, on)
    wanted = {"portal": asked.portal, "hq": asked.hq, "village": asked.villages,
              "loudspeaker": asked.loudspeaker}  # fmt: skip
    return [place for place in places if wanted[place.sort]]


@dataclass(frozen=True)
class Promise:
    """One duty to be opened: of a rule, from a moment, for a subject, owed by a unit."""

    rule: str
    anchor: str
    at: dt.datetime
    subject: str = ""
    owner: Unit | None = None


def promises_open(matter: Disclosure, promises: Iterable[Promise], now: dt.datetime) -> list[Duty]:
    """Many like duties in one INSERT: the clock is asked once for each rule and anchor."""
    counted: dict[tuple[str, dt.datetime], Duty] = {}
    duties = []
    for promise in promises:
        key = (promise.rule, promise.at)
        if key not in counted:
            counted[key] = Duty(
                matter_id=matter.pk, rule=promise.rule, anchor=promise.anchor, anchor_at=promise.at
            )
            duty_settle(counted[key], now)
        duty = copy.copy(counted[key])
        duty._state = copy.copy(duty._state)
        owner = promise.owner
        duty.unit_id = owner.pk if owner else matter.unit_id
        duty.path = owner.path if owner else matter.path
        duty.subject = promise.subject[:80]
        duties.append(duty)
    return Duty.objects.bulk_create(duties) if duties else []


def publication_promises(matter: Disclosure, at: dt.datetime) -> list[Promise]:
    """What is owed from the day of the decision: publication at each place (khoản 3 Điều 12)."""
    on = timezone.localdate(at)
    anchor = rules.rules_of(matter.item).get(matter.rule, "decided")
    places = places_owed(matter.item, places_ensure(matter.unit, is_demo=matter.is_demo), on)
    return [Promise(matter.rule, anchor, at, place.name) for place in places]


def relay_promises(matter: Disclosure, at: dt.datetime) -> list[Promise]:
    """From the publication the village heads owe the relay (khoản 4 Điều 13), each at home."""
    if not rules.owed(matter.item, timezone.localdate(at)).relay:
        return []
    villages = (place.village for place in places_ensure(matter.unit) if place.village)
    return [Promise("dc.relay", "published", at, v.name, v) for v in villages]


def villages_of_places(office: Unit) -> list[Unit]:
    """The villages that have a part in a disclosure: they see it and record at their own place."""
    return [place.village for place in places_ensure(office) if place.village]
