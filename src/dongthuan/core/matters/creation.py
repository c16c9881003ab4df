"""How every room opens a matter: the row, its projection, its first entry, its first duties."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from typing import Any, TypeVar

from django.db import transaction
from django.utils import timezone

from dongthuan.core import clock
from dongthuan.core.matters.duties import duties_open
from dongthuan.core.matters.entries import entry_append
from dongthuan.core.matters.kinds import kind_of
from dongthuan.core.matters.models import Audience, Channel, Duty, Level, Matter, Projection
from dongthuan.core.matters.services import code_next, matter_settle, papers_attach
from dongthuan.core.papers.models import Attachment
from dongthuan.core.people.actors import Actor
from dongthuan.core.units.models import Unit

M = TypeVar("M", bound=Matter)


@transaction.atomic
def matter_create(
    *,
    acting: Actor,
    model: type[M],
    kind: str,
    unit: Unit,
    title: str,
    act: str,
    state: str = "",
    body: str = "",
    listed: bool = True,
    level: Level | None = None,
    channel: str = Channel.FORWARDED,
    place: Unit | None = None,
    topic: str = "",
    parent: Matter | None = None,
    parties: Sequence[Unit] = (),
    restricted_to: Sequence[int] = (),
    is_demo: bool = False,
    audience: Audience = Audience.PUBLIC,
    facts: dict[str, Any] | None = None,
    payload: dict[str, Any] | None = None,
    rules: Iterable[tuple[str, str, dt.datetime]] = (),
    owner: Unit | None = None,
    papers: Sequence[Attachment] = (),
    now: dt.datetime | None = None,
    **columns: Any,
) -> M:
    """Open a matter of an authority's own work; the caller has authorised and checked the words.

    `title` and `body` are public (the projection shows them; `listed` whether lists and the search
    do): no personal data. `state` is the kind's first one if not given. `rules`: (rule, name of
    the anchor, its moment), owed by `owner` or the unit. `restricted_to`: positions that see a
    restricted matter, of which nothing is public. `columns` are those of `model`.
    """
    now = now or clock.now()
    declared = kind_of(kind)
    state = state or declared.states[0].name
    level = declared.level if level is None else level
    # What is not for everybody leaves no gap among the open codes.
    hidden = level >= Level.RESTRICTED
    code = code_next(unit=unit, on=timezone.localdate(now), sealed=hidden)
    row: Any = model._default_manager.create(
        kind=kind, code=code, title=title[:200], state=state, unit=unit, path=unit.path,
        place=place, topic=topic, level=level,
        channel=channel, parent=parent, parties=sorted({party.path for party in parties}),
        restricted_to=sorted(restricted_to), opened_at=now, is_demo=is_demo,
        search_text=f"{code}\n{title}\n{body}"[:20_000], **columns,
    )  # fmt: skip
    matter: M = row
    if matter.level < Level.RESTRICTED:
        Projection.objects.create(
            matter=matter, code=code, kind=kind, state=state, title=title[:200], body=body,
            unit=unit, path=unit.path, place=place, topic=topic, opened_on=timezone.localdate(now),
            listed=listed, is_demo=is_demo, search_text=f"{code}\n{title}\n{body}"[:20_000],
        )  # fmt: skip
    entry_id = entry_append(
        matter=matter, act=act, acting=acting, audience=audience, after=state, facts=facts,
        payload=payload, at=now,
    )  # fmt: skip
    papers_attach(matter=matter, attachments=papers, entry_id=entry_id, audience=audience)
    duties: list[Duty] = duties_open(matter=matter, rules=rules, now=now, owner=owner)
    matter_settle(matter=matter, duties=duties)
    return matter


@transaction.atomic
def parties_set(*, matter: Matter, parties: Sequence[Unit]) -> None:
    """Name anew which other bodies have a part in a matter; the caller writes the entry."""
    matter.parties = sorted({party.path for party in parties})
    Matter.objects.filter(pk=matter.pk).update(parties=matter.parties)
