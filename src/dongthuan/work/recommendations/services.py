"""All writes on recommendations that are no step: drafting, writing anew, sending many."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, replace

from django.db import transaction
from django.utils.translation import gettext as _

from dongthuan.core import clock
from dongthuan.core.matters import policies
from dongthuan.core.matters.creation import matter_create
from dongthuan.core.matters.entries import entry_append
from dongthuan.core.matters.errors import Conflict, MatterError, NotAllowed
from dongthuan.core.matters.links import matter_link
from dongthuan.core.matters.models import Audience, Level, LinkRole, Matter, Projection
from dongthuan.core.matters.opening import office_of, title_of
from dongthuan.core.matters.services import matter_act, words_check
from dongthuan.core.matters.topics import TOPICS
from dongthuan.core.people.actors import Actor, area_of
from dongthuan.core.text import clean
from dongthuan.core.units.models import Kind, Unit
from dongthuan.core.units.selectors import unit_by_code
from dongthuan.work.recommendations import rules
from dongthuan.work.recommendations.models import BodyRecommendation

MOST_AT_ONCE = 200


@dataclass(frozen=True, kw_only=True)
class Said:
    """What a body recommends: to whom, what, on what grounds, out of which meeting."""

    addressee: Unit
    content: str
    grounds: str = ""
    topic: str = ""
    place: Unit | None = None
    meeting: str = ""
    meeting_on: dt.date | None = None


@transaction.atomic
def recommendation_create(
    *,
    acting: Actor,
    body: Unit,
    source: str,
    said: Said,
    serves: str = "",
    parent: Matter | None = None,
    is_demo: bool = False,
    now: dt.datetime | None = None,
) -> BodyRecommendation:
    """Draft a recommendation; it is the body's own until it is sent.

    `serves` is the code of the plan's task, directive or matter that it belongs to. Out of a
    restricted parent it is restricted too, to the same seats. Raises NotAllowed, MatterError
    (source, body, addressee, content, grounds, topic, place, meeting, serves).
    """
    rules.belongs_check(acting, rules.SIDE, body)
    rules.source_check(body, source)
    said = _checked(body, said)
    restricted = parent is not None and parent.is_restricted
    if parent is not None and restricted:
        words_check(parent, {"content": said.content, "grounds": said.grounds})
    made = matter_create(
        acting=acting, model=BodyRecommendation, kind="body_recommendation", unit=body,
        title=title_of(said.content), act="body_recommendation.drafted", listed=False,
        parent=parent, place=said.place, topic=said.topic, now=now, is_demo=is_demo,
        # Named as parties and a level higher, the body sees it and nobody else does yet.
        parties=rules.partners_of(body), level=Level.RESTRICTED if restricted else Level.UNIT,
        restricted_to=parent.restricted_to if parent and restricted else (),
        audience=Audience.PETITIONER, facts={"source": source, "meeting": said.meeting},
        source=source, body_id=body.pk, addressee=said.addressee, content=said.content,
        grounds=said.grounds, meeting=said.meeting, meeting_on=said.meeting_on,
        fingerprints=rules.prints_of(said.content),
    )  # fmt: skip
    # What is being prepared says nothing to the public but that it is.
    Projection.objects.filter(pk=made.pk).update(title=rules.PREPARING, body="", search_text="")
    if clean(serves):
        _serve(acting, made, serves)
    return made


def _serve(acting: Actor, made: BodyRecommendation, code: str) -> None:
    try:
        matter_link(acting=acting, matter=made, code=code, role=LinkRole.SERVES)
    except MatterError as error:
        raise MatterError(error.message, field="serves") from None


def _checked(body: Unit, said: Said) -> Said:
    rules.addressee_check(body, said.addressee)
    if said.topic and said.topic not in dict(TOPICS):
        raise MatterError(_("Choose a field from the list."), field="topic")
    area = area_of(body.path)
    if said.place is not None and not said.place.path.startswith(area):
        raise MatterError(_("Choose a place of this area."), field="place")
    if said.meeting_on is not None and said.meeting_on > clock.today():
        raise MatterError(_("The day lies in the future."), field="meeting_on")
    needed = _("Write what is recommended, in at least ten letters.")
    return replace(
        said,
        content=rules.said(said.content, "content", most=5000, needed=needed),
        grounds=rules.said(said.grounds, "grounds", most=5000),
        meeting=rules.said(said.meeting, "meeting", most=200),
    )


@transaction.atomic
def recommendation_edit(
    *, acting: Actor, row: BodyRecommendation, source: str, said: Said, version: int
) -> BodyRecommendation:
    """Write a draft anew; what was sent stands as it was sent. Raises as recommendation_create."""
    Matter.objects.select_for_update().filter(pk=row.pk).first()
    row = BodyRecommendation.objects.select_related("body__parent").get(pk=row.pk)
    if not policies.may_see(acting, row):
        raise NotAllowed(_("There is no such matter, or you may not see it."))
    # A body that has ended is followed by the one that took over its drafts.
    row.body = row.body_now
    rules.belongs_check(acting, rules.SIDE, row.body)
    if row.version != version:
        raise Conflict(_("The matter was changed meanwhile; look at it again."))
    if row.state != "drafted":
        raise MatterError(_("Only a draft can be written anew."))
    rules.source_check(row.body, source)
    said = _checked(row.body, said)
    row.source, row.addressee, row.content = source, said.addressee, said.content
    row.grounds, row.topic, row.place = said.grounds, said.topic, said.place
    row.meeting, row.meeting_on = said.meeting, said.meeting_on
    row.title, row.fingerprints = title_of(said.content), rules.prints_of(said.content)
    row.search_text = f"{row.code}\n{row.title}\n{row.content}"[:20_000]
    row.version += 1
    row.save()
    # The words are not in the entry, which the authority will read: they stand there once sent.
    entry_append(
        matter=row, act="body_recommendation.edited", acting=acting,
        audience=Audience.PETITIONER, before="drafted", after="drafted",
        facts={"source": source}, at=clock.now(),
    )  # fmt: skip
    return row


@transaction.atomic
def recommendations_send(
    *,
    acting: Actor,
    ids: Sequence[int],
    document: str,
    session_on: dt.date | None = None,
) -> list[Matter]:
    """Send many drafts under one document: all or none; the first refusal names its matter."""
    if not ids:
        raise MatterError(_("Choose at least one draft."), field="ids")
    if len(ids) > MOST_AT_ONCE:
        raise MatterError(_("At most 200 recommendations can be sent at once."), field="ids")
    rows = {row.pk: row for row in BodyRecommendation.objects.filter(pk__in=ids)}
    done = []
    for pk in sorted(set(ids)):
        data = {"document": document, "session_on": session_on if session_on else None}
        try:
            done.append(matter_act(acting=acting, matter_id=pk, step_name="send", data=data))
        except NotAllowed:
            raise
        except MatterError as error:
            name = rows[pk].code if pk in rows else str(pk)
            raise MatterError(f"{name}: {error.message}", field=error.field) from None
    return done


def recommendation_open(
    *,
    acting: Actor,
    origin: Matter | None,
    kind: str,
    text: str,
    now: dt.datetime,
    body: Unit | None = None,
    source: str = "",
    addressee: Unit | None = None,
    grounds: str = "",
    place: Unit | None = None,
    topic: str = "",
    serves: str = "",
    is_demo: bool = False,
) -> BodyRecommendation:
    """Draft one out of a matter of another room (`open_as`), as its child.

    Without more it is the actor's own body that recommends, to the People's Committee of its area.
    Raises as recommendation_create.
    """
    if origin is not None and (origin.is_sealed or not policies.may_see(acting, origin)):
        raise NotAllowed(_("There is no such matter, or you may not see it."))
    body = body or rules.bodies_of(acting).exclude(kind__in=rules.ORGANISATIONS).first()
    if body is None:
        raise NotAllowed(_("Your position may not do this for that body."))
    source = source or rules.sources_of(body)[0]
    if addressee is None:
        addressee = office_of(unit_by_code(area_of(body.path).rstrip(".").rpartition(".")[2]))
    place = place or (origin.place if origin else None)
    if place is not None and not place.path.startswith(area_of(body.path)):
        place = None
    said = Said(
        addressee=addressee, content=text, grounds=grounds, place=place,
        topic=topic or (origin.topic if origin else ""),
    )  # fmt: skip
    return recommendation_create(
        acting=acting, body=body, source=source, said=said, serves=serves, parent=origin,
        is_demo=is_demo or bool(origin and origin.is_demo), now=now,
    )  # fmt: skip


def front_of(unit: Unit) -> Unit | None:
    """The Front of an authority's area today."""
    return (
        Unit.objects.in_force(clock.today())
        .filter(kind=Kind.FRONT, parent__path=area_of(unit.path))
        .first()
    )
