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
from dongthuan.core.matters.services import code_next, designated_of
from dongthuan.core.people.actors import Actor
from dongthuan.core.text import fingerprints
from dongthuan.core.units.models import Unit
from dongthuan.work.petitions.models import Petition

LEVELS = {
    "petition": Level.UNIT,
    "complaint": Level.UNIT,
    "denunciation": Level.SEALED,
    "recommendation": Level.PARTNER,
    "feedback": Level.PARTNER,
}
SEALED_TITLE = "Đơn tố cáo"
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
    """Title and texts of a matter for the desk's search; nothing of a sealed one."""
    if matter.level == Level.SEALED:
        return ""
    texts = matter.submissions.order_by("id").values_list("text", flat=True)[:20]
    return "\n".join([matter.code, matter.title, *(text[:20_000] for text in texts)])


def projection_open(matter: Matter) -> None:
    """The public row of a matter, with a title that says nothing of its content."""
    Projection.objects.update_or_create(
        pk=matter.pk,
        defaults={
            "code": matter.code,
            "kind": matter.kind,
            "state": matter.state,
            "title": public_title(kind=matter.kind, place=matter.place, unit=matter.unit),
            "unit_id": matter.unit_id,
            "path": matter.path,
            "place_id": matter.place_id,
            "topic": matter.topic,
            "opened_on": timezone.localdate(matter.opened_at),
            "is_demo": matter.is_demo,
        },
    )


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
    sealed = kind == "denunciation"
    designated = designated_of(unit) if sealed else []
    if sealed and not designated:
        raise MatterError(
            _("Nobody at %(name)s may open a denunciation yet; hand it to the higher authority.")
            % {"name": unit.name},
            field="declared",
        )
    code = code_next(unit=unit, on=clock.today(), sealed=sealed)
    title = SEALED_TITLE if sealed else (title_of(text) or code)
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
        designated=designated,
        parent=parent,
        opened_at=received_at,
        next_due_on=soonest[0],
        next_rule=soonest[1],
        submission_count=1,
        person_count=people,
        is_demo=is_demo,
        declared=declared,
        instance=instance,
        search_text="" if sealed else f"{code}\n{title}\n{text}",
    )
    if not sealed:
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
    if kind == "denunciation":
        rules.append(("tc.initial", "received", received_at))
    if kind == "complaint":
        rules.append(("kn.accept", "received", received_at))
    return rules


def part_open(
    *, acting: Actor, whole: Petition, kind: str, text: str, now: dt.datetime
) -> Petition:
    """One part of a split petition as a matter of its own, received when the whole was."""
    matter = matter_open(
        unit=whole.unit,
        place=whole.place,
        kind=kind,
        text=text,
        channel=whole.channel,
        received_at=whole.opened_at,
        people=whole.person_count,
        parent=whole,
        state="classified",
        is_demo=whole.is_demo,
    )
    matter.topic = whole.topic
    matter.save(update_fields=["topic"])
    _linked_submissions(acting, whole, matter, text, now, "petition.part_of")
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
    acting: Actor, origin: Petition, matter: Petition, text: str, now: dt.datetime, act: str
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
            fingerprints=[] if matter.is_sealed else fingerprints(text),
        )
    entry_append(
        matter=matter,
        act=act,
        acting=acting,
        audience=Audience.PETITIONER,
        after=matter.state,
        # An open part never names the sealed letter that it was cut from.
        facts={} if origin.is_sealed and not matter.is_sealed else {"origin": origin.code},
        payload={"text_sha256": hashlib.sha256(text.encode()).hexdigest()},
        at=now,
    )
    duties_open(
        matter=matter,
        rules=first_duties(matter.kind, matter.channel, matter.opened_at),
        conditions=matter.conditions,
        now=now,
    )
