"""What pages and the public read of decisions and votes. Nothing here reads what was chosen."""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Q, QuerySet
from django.utils import timezone
from django.utils.translation import get_language

from dongthuan.core import clock
from dongthuan.core.matters import policies
from dongthuan.core.matters.models import Audience, Duty, Entry
from dongthuan.core.matters.selectors import steps_offered
from dongthuan.core.people.actors import Actor, area_of
from dongthuan.core.people.households import OFFICE, households_of, keeps_households
from dongthuan.core.people.models import Household
from dongthuan.core.text import sort_key
from dongthuan.core.units.models import Role, Tier, Unit
from dongthuan.work.decisions.models import (
    AccessCode,
    Cast,
    Decision,
    Method,
    PublishedFile,
    Roll,
    RollLine,
    Station,
    Vote,
)
from dongthuan.work.decisions.voting import Result, Turnout, share, turnout, vote_result
from dongthuan.work.decisions.voting.rights import may_conduct, may_lead

PAGE = 50
HIDDEN = ("proposed", "withdrawn")
RUNNING = ("agreed", "convened", "short", "polling", "redo")


@dataclass(frozen=True)
class Rows:
    """A page of a list; `next`: the cursor of what follows, '' at the end."""

    rows: list[Any]
    next: str


def _cursor(text: str) -> int | None:
    return int(text) if text.isdecimal() and len(text) < 19 else None


def _page(rows: QuerySet[Any], size: int, mark: str = "pk") -> Rows:
    found = list(rows[: size + 1])
    more, found = len(found) > size, found[:size]
    return Rows(found, str(getattr(found[-1], mark)) if more else "")


# -- the desk -------------------------------------------------------------------------------------


def decision_list(
    *, actor: Actor, past: bool = False, after: str = "", size: int = PAGE
) -> Rows:  # fmt: skip
    """Decisions that the actor may see, newest first; `past`: those that have come to an end."""
    rows = Decision.objects.filter(policies.visible_to(actor), closed_at__isnull=not past)
    if cursor := _cursor(after):
        rows = rows.filter(pk__lt=cursor)
    return _page(
        rows.select_related("unit", "village_unit__parent")
        .defer("search_text", "folded", "accented", "text", "proposal")
        .order_by("-pk"),
        size,
    )


def decision_get(*, actor: Actor, code: str) -> Decision | None:
    return (
        Decision.objects.filter(policies.visible_to(actor), code=code)
        .select_related("unit__parent", "village_unit__parent", "front_unit", "place", "replaces")
        .first()
    )


def days_of_force(numbers: Sequence[int]) -> dict[int, dt.date]:
    """Of the decisions with these numbers, those recognised for a later day, with the day."""
    rows = Decision.objects.filter(pk__in=numbers, state="in_force", effective_on__gt=clock.today())
    return {pk: day for pk, day in rows.values_list("pk", "effective_on") if day}


@dataclass
class DecisionView:
    """The page of a decision at the desk."""

    decision: Decision
    duties: list[Duty]
    steps: list[Any]
    votes: list[VoteView] = field(default_factory=list)


def decision_view(*, actor: Actor, code: str) -> DecisionView | None:
    decision = decision_get(actor=actor, code=code)
    if decision is None:
        return None
    duties = list(Duty.objects.filter(matter=decision).order_by("-id")[:100])
    decision.running_rules = {duty.rule for duty in duties if duty.is_running}
    steps = steps_offered(actor=actor, matter=decision)
    return DecisionView(decision, duties, steps, votes_of(matter_id=decision.pk))


@dataclass(frozen=True)
class VoteView:
    """A vote as anybody may know it: turnout while it runs, the count once it is closed."""

    vote: Vote
    turnout: list[Turnout]
    result: Result | None
    files: list[PublishedFile]

    @property
    def online_now(self) -> bool:
        """Whether a household with its code may vote on the portal at this moment."""
        vote = self.vote
        running = vote.opens_at <= clock.now() < vote.closes_at
        return vote.state == Vote.State.OPEN and running and Method.ONLINE in vote.methods

    @property
    def voted(self) -> int:
        return sum(village.voted for village in self.turnout)

    @property
    def all(self) -> int:
        return sum(village.all for village in self.turnout)

    @property
    def needed(self) -> str:
        """The share that the law asks for, in the reader's words."""
        return _share_words(self.vote.threshold, self.vote)

    @property
    def needed_villages(self) -> str:
        key = self.vote.threshold_villages
        return _share_words(key, self.vote) if key else ""

    @property
    def options(self) -> list[tuple[str, int, bool]]:
        """(label, votes, whether it reaches the share), in the order of the ballot."""
        if self.result is None:
            return []
        return [
            (label, self.result.counts[key], self.result.passed[key])
            for key, label in self.vote.labels.items()
        ]


def _share_words(key: str, vote: Vote) -> str:
    asked = share(key, timezone.localdate(vote.closes_at))
    return asked.text_en if get_language() == "en" else asked.text_vi


def vote_view(vote: Vote) -> VoteView:
    files = list(vote.files.defer("body")) if vote.is_closed else []
    return VoteView(vote, turnout(vote), vote_result(vote), files)


def votes_of(*, matter_id: int) -> list[VoteView]:
    """All votes of a matter, the newest first."""
    votes = Vote.objects.filter(matter_id=matter_id).select_related("matter").order_by("-id")
    return [vote_view(vote) for vote in votes[:10]]


def rolls_with_codes(vote: Vote) -> set[int]:
    """The rolls for which codes were printed."""
    rows = AccessCode.objects.filter(line__roll__vote=vote)
    return set(rows.values_list("line__roll_id", flat=True).distinct())


def vote_get(*, actor: Actor, handle: uuid.UUID) -> Vote | None:
    """A vote whose matter the actor may see."""
    vote = Vote.objects.filter(uuid=handle).select_related("matter__unit").first()
    return vote if vote and policies.may_see(actor, vote.matter) else None


@dataclass(frozen=True)
class Console:
    """The working page of a vote: its villages, those in which the actor works, its places."""

    view: VoteView
    leads: bool
    rolls: list[Roll]
    stations: list[StationView]


@dataclass(frozen=True)
class StationView:
    """A place of counting: how many voices were used there, how many people have entered figures,
    whether the actor is one of them."""

    station: Station
    taken: int
    entered: int
    mine: bool = False


def console(*, actor: Actor, handle: uuid.UUID) -> Console | None:
    """None when out of sight, or when the actor works in none of its villages."""
    vote = vote_get(actor=actor, handle=handle)
    if vote is None:
        return None
    rolls = [
        roll
        for roll in vote.rolls.select_related("village")
        if may_conduct(actor, vote.matter, roll.village)
    ]
    if not rolls:
        return None
    stations = list(
        Station.objects.filter(roll__in=rolls).select_related("roll__village", "agreed")
        .prefetch_related("tallies")
    )  # fmt: skip
    taken: dict[int, int] = {}
    for pk in Cast.objects.filter(vote=vote).values_list("station", flat=True):
        taken[pk or 0] = taken.get(pk or 0, 0) + 1
    places = []
    for station in stations:
        by = [t.by_id for t in station.tallies.all() if t.attempt == station.attempt]
        mine = actor.account_id is not None and actor.account_id in by
        places.append(StationView(station, taken.get(station.pk, 0), len(by), mine))
    return Console(vote_view(vote), may_lead(actor, vote), rolls, places)


def station_get(*, actor: Actor, handle: uuid.UUID, station_id: int) -> Station | None:
    vote = vote_get(actor=actor, handle=handle)
    if vote is None:
        return None
    station = (
        Station.objects.filter(pk=station_id, roll__vote=vote)
        .select_related("roll__village", "roll__vote__matter", "agreed")
        .first()
    )
    if station is None or not may_conduct(actor, vote.matter, station.roll.village):
        return None
    return station


def roll_get(*, actor: Actor, handle: uuid.UUID, roll_id: int) -> Roll | None:
    vote = vote_get(actor=actor, handle=handle)
    if vote is None:
        return None
    roll = (
        Roll.objects.filter(pk=roll_id, vote=vote).select_related("village", "vote__matter").first()
    )
    return roll if roll and may_conduct(actor, vote.matter, roll.village) else None


@dataclass(frozen=True)
class Line:
    """A household of the roll with the way by which it has used its voice, or none."""

    line: RollLine
    cast: Cast | None


def lines_page(*, roll: Roll, find: str = "", after: str = "", size: int = 100) -> Rows:
    """Households of a roll by position, narrowed by number or name; two queries."""
    rows = RollLine.objects.filter(roll=roll)
    if find:
        rows = rows.filter(Q(number__iexact=find) | Q(representative__icontains=find))
    if cursor := _cursor(after):
        rows = rows.filter(position__gt=cursor)
    page = _page(rows.order_by("position"), size, "position")
    casts = {
        cast.line_id: cast for cast in Cast.objects.filter(vote=roll.vote_id, line__in=page.rows)
    }
    return Rows([Line(line, casts.get(line.pk)) for line in page.rows], page.next)


# -- households -----------------------------------------------------------------------------------


def villages_kept(actor: Actor) -> list[Unit]:
    """Villages whose register of households the actor keeps."""
    own = Q(pk__in=[])
    for scope in actor.scopes_of(Role.VILLAGE_HEAD):
        own |= Q(path=scope.unit_path)
    for scope in actor.scopes_of(*OFFICE):
        if scope.unit_path.endswith(".ubnd."):
            own |= Q(path__startswith=area_of(scope.unit_path))
    return list(
        Unit.objects.in_force(clock.today())
        .filter(own, tier=Tier.VILLAGE)
        .select_related("parent")
        .order_by("sort_key", "code")
    )


def village_kept(actor: Actor, code: str) -> Unit | None:
    village = (
        Unit.objects.in_force(clock.today())
        .filter(code=code, tier=Tier.VILLAGE)
        .select_related("parent")
        .first()
    )
    return village if village and keeps_households(actor, village) else None


def households_page(*, village: Unit, find: str = "", after: str = "", size: int = 100) -> Rows:
    rows = households_of(village=village)
    if find:
        rows = rows.filter(Q(number__iexact=find) | Q(name_key__contains=sort_key(find))
                           | Q(representative__icontains=find))  # fmt: skip
    if cursor := _cursor(after):
        rows = rows.filter(pk__gt=cursor)
    return _page(rows, size)


def household_kept(actor: Actor, pk: int) -> Household | None:
    household = Household.objects.filter(pk=pk).select_related("village__parent").first()
    return household if household and keeps_households(actor, household.village) else None


# -- the public -----------------------------------------------------------------------------------


def decisions_public(
    *, within: Unit, running: bool = True, after: str = "", size: int = 20
) -> Rows:  # fmt: skip
    """What is being decided (or was) in a village or commune, newest first; one query.

    A village also sees what its whole commune decides.
    """
    rows = Decision.objects.exclude(state__in=HIDDEN)
    if within.tier == Tier.VILLAGE:
        rows = rows.filter(parties__contains=[within.path])
    else:
        rows = rows.filter(path__startswith=within.path)
    rows = rows.filter(state__in=RUNNING) if running else rows.exclude(state__in=RUNNING)
    if cursor := _cursor(after):
        rows = rows.filter(pk__lt=cursor)
    return _page(
        rows.select_related("unit__parent", "village_unit__parent", "place")
        .defer("search_text", "folded", "accented", "signers")
        .order_by("-pk"),
        size,
    )


def decision_public(code: str) -> Decision | None:
    """One decision as everybody may see it, from the Front's agreement on."""
    return (
        Decision.objects.filter(code=code.upper(), projection__listed=True)
        .select_related("unit__parent", "village_unit__parent", "place", "replaces")
        .defer("search_text", "folded", "accented", "signers")
        .first()
    )


# What everybody may follow after the vote; before it the votes themselves tell the course.
FOLLOWED = tuple(
    f"decision.{step}"
    for step in (
        "record", "send", "recognise", "refuse", "ask_redo", "annul", "replace", "withdraw",
        "report", "report_council",
    )
)  # fmt: skip


def decision_course(decision: Decision) -> list[Entry]:
    """Documents, reasons and reports that everybody reads (Điều 20–23), in their order."""
    rows = Entry.objects.filter(matter=decision, act__in=FOLLOWED, audience=Audience.PUBLIC)
    return list(rows.order_by("id")[:100])


def vote_public(handle: uuid.UUID) -> VoteView | None:
    """A vote of any kind, as everybody may see it; none before its matter is public."""
    vote = (
        Vote.objects.filter(uuid=handle, matter__projection__isnull=False)
        .exclude(matter__state="proposed")
        .select_related("matter__projection")
        .first()
    )
    return vote_view(vote) if vote else None


def file_public(handle: uuid.UUID, name: str) -> PublishedFile | None:
    return PublishedFile.objects.filter(
        vote__uuid=handle, vote__matter__projection__isnull=False, name=name
    ).first()


def villages_in_use(commune: Unit) -> Sequence[Unit]:
    """Villages of a commune in which something was put to the people."""
    rows = Unit.objects.within(commune).filter(
        tier=Tier.VILLAGE, pk__in=Roll.objects.values("village")
    )
    return list(rows.order_by("sort_key", "code"))
