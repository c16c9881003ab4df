"""Opening matters of petitions: what a new one is called, who owes it, what it owes at first."""

from __future__ import annotations

import datetime as dt
import hashlib

from django.utils import timezone
from django.utils.translation import gettext as _

from dongthuan.core import clock
from dongthuan.core.law import deadline
from dongthuan.core.matters.duties import duties_open
from dongthuan.core.matters.entries import entry_append
from dongthuan.core.matters.errors import MatterError
from dongthuan.core.matters.models import (
    Audience,
    Channel,
    Level,
    Matter,
    Projection,
    Submission,
)
from dongthuan.core.matters.opening import text_checked, title_of
from dongthuan.core.matters.receipts import receipt_secret
from dongthuan.core.matters.services import code_next
from dongthuan.core.people.actors import Actor
from dongthuan.core.people.models import Citizen
from dongthuan.core.text import fingerprints
from dongthuan.core.units.models import Unit
from dongthuan.work.petitions.models import Petition

LEVELS = {
    "petition": Level.UNIT,
    "complaint": Level.UNIT,
    "recommendation": Level.PARTNER,
    "feedback": Level.PARTNER,
}
# By its content a petition may turn out to be one; another room takes it then, whole.
DENUNCIATION = "denunciation"
PUBLIC_KIND = {
    "petition": "Đơn",
    "complaint": "Khiếu nại",
    "recommendation": "Kiến nghị",
    "feedback": "Phản ánh",
}


def public_title(*, kind: str, place: Unit | None, unit: Unit) -> str:
    """The title that the public sees before an official has redacted one."""
    return f"{PUBLIC_KIND[kind]} tại {(place or unit).name}"[:200]


def search_text(matter: Matter) -> str:
    """Title and texts of a matter for the desk's search."""
    texts = matter.submissions.order_by("id").values_list("text", flat=True)[:20]
    return "\n".join([matter.code, matter.title, *(text[:20_000] for text in texts)])


def matter_open(
    *,
    unit: Unit,
    place: Unit | None,
    kind: str,
    text: str,
    channel: str,
    received_at: dt.datetime,
    people: int,
    declared: str = "",
    is_demo: bool = False,
    parent: Matter | None = None,
    state: str = "received",
    instance: int = 1,
) -> Petition:
    """The matter with its next duty already on it, so that no second write is needed."""
    level = LEVELS[kind]
    code = code_next(unit=unit, on=clock.today())
    title = title_of(text) or code
    first = first_duties(kind, channel, received_at)
    soonest = min((deadline(key=rule, anchor=anchor).due_on, rule) for rule, _name, anchor in first)
    matter = Petition.objects.create(
        kind=kind,
        code=code,
        title=title,
        state=state,
        unit=unit,
        path=unit.path,
        place=place,
        level=level,
        channel=channel,
        parent=parent,
        opened_at=received_at,
        next_due_on=soonest[0],
        next_rule=soonest[1],
        submission_count=1,
        person_count=people,
        is_demo=is_demo,
        declared=declared,
        instance=instance,
        search_text=f"{code}\n{title}\n{text}",
    )
    Projection.objects.create(
        matter=matter,
        code=code,
        kind=kind,
        state=state,
        title=public_title(kind=kind, place=place, unit=unit),
        unit_id=unit.pk,
        path=unit.path,
        place_id=matter.place_id,
        opened_on=timezone.localdate(received_at),
        is_demo=is_demo,
    )
    return matter


def first_duties(
    kind: str, channel: str, received_at: dt.datetime
) -> list[tuple[str, str, dt.datetime]]:
    """What is owed from the moment of receipt, whatever the petition turns out to be."""
    rule = "tcd.result_notice" if channel == Channel.COUNTER else "xld.process"
    rules = [(rule, "received", received_at)]
    if kind == "complaint":
        rules.append(("kn.accept", "received", received_at))
    return rules


def part_open(
    *, acting: Actor, whole: Matter, kind: str, text: str, now: dt.datetime, linked: bool = True
) -> Petition:
    """One part of a split petition as a matter of its own, received when the whole was.

    Not `linked`: nothing on the part leads to the whole, which is about to be sealed.
    """
    matter = matter_open(
        unit=whole.unit,
        place=whole.place,
        kind=kind,
        text=text,
        channel=whole.channel,
        received_at=whole.opened_at,
        people=whole.person_count,
        parent=whole if linked else None,
        state="classified",
        is_demo=whole.is_demo,
    )
    matter.topic = whole.topic
    matter.save(update_fields=["topic"])
    _linked_submissions(acting, whole, matter, text, now, "petition.part_of")
    return matter


def opener(
    *,
    acting: Actor,
    origin: Matter,
    kind: str,
    text: str,
    now: dt.datetime,
    unit: Unit | None = None,
    citizen: Citizen | None = None,
) -> Petition:
    """Open a petition out of a matter of another room; `receipt` on it is its secret.

    It is a part of the other one, received when that was; with a `unit` it is a new one of that
    unit, received now from `citizen`. Out of a sealed one nothing follows: neither its people nor
    its day nor a link.
    """
    if not origin.is_sealed and unit is None:
        return part_open(acting=acting, whole=origin, kind=kind, text=text_checked(text), now=now)
    matter = matter_open(
        unit=unit or origin.unit,
        place=origin.place,
        kind=kind,
        text=text_checked(text),
        channel=origin.channel,
        received_at=now,
        people=1,
        parent=None if origin.is_sealed else origin,
        state="classified",
        is_demo=origin.is_demo,
    )
    submission = Submission.objects.create(
        matter=matter,
        channel=matter.channel,
        text=text,
        citizen=None if origin.is_sealed else citizen,
        received_at=now,
        fingerprints=fingerprints(text),
    )
    entry_append(
        matter=matter,
        act="petition.received",
        acting=acting,
        audience=Audience.PETITIONER,
        after=matter.state,
        facts={"channel": str(matter.channel), "people": 1},
        payload={"text_sha256": hashlib.sha256(text.encode()).hexdigest()},
        at=now,
    )
    duties_open(matter=matter, rules=first_duties(kind, matter.channel, now), now=now)
    matter.receipt = receipt_secret(submission)  # type: ignore[attr-defined]
    return matter


def second_complaint_open(
    *, acting: Actor, first: Petition, unit: Unit, text: str, received_on: dt.date
) -> Petition:
    """The second complaint at the higher authority (Điều 33 Luật Khiếu nại 2011)."""
    if unit.pk == first.unit_id:
        raise MatterError(_("The second level is another authority than the first."), field="to")
    moment = dt.datetime.combine(received_on, dt.time(8), timezone.get_default_timezone())
    matter = matter_open(
        unit=unit,
        place=first.place,
        kind="complaint",
        text=text_checked(text),
        channel=Channel.FORWARDED,
        received_at=min(moment, clock.now()),
        people=first.person_count,
        parent=first,
        state="classified",
        instance=2,
        is_demo=first.is_demo,
    )
    matter.topic, matter.conditions = first.topic, [c for c in first.conditions if c == "remote"]
    matter.save(update_fields=["topic", "conditions"])
    _linked_submissions(acting, first, matter, text, clock.now(), "petition.second_of")
    return matter


def _linked_submissions(
    acting: Actor, origin: Matter, matter: Petition, text: str, now: dt.datetime, act: str
) -> None:
    """The people of the origin stand behind the new matter too, each with a receipt."""
    for before in origin.submissions.select_related("citizen").order_by("id"):
        Submission.objects.create(
            matter=matter,
            channel=before.channel,
            text=text,
            citizen=before.citizen,
            people_count=before.people_count,
            received_at=matter.opened_at,
            fingerprints=fingerprints(text),
        )
    entry_append(
        matter=matter,
        act=act,
        acting=acting,
        audience=Audience.PETITIONER,
        after=matter.state,
        # An open part never names the sealed letter that it was cut from.
        facts={"origin": origin.code} if matter.parent_id else {},
        payload={"text_sha256": hashlib.sha256(text.encode()).hexdigest()},
        at=now,
    )
    duties_open(
        matter=matter,
        rules=first_duties(matter.kind, matter.channel, matter.opened_at),
        conditions=matter.conditions,
        now=now,
    )
