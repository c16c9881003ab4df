"""Places of counting: clusters, who was handed a paper, the figures of two people, reconciled."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from dongthuan.core import clock
from dongthuan.core.law import load_rulebook
from dongthuan.core.matters.errors import MatterError, NotAllowed
from dongthuan.core.matters.models import Audience
from dongthuan.core.matters.services import papers_attach
from dongthuan.core.papers.models import Attachment
from dongthuan.core.people.actors import Actor
from dongthuan.core.people.households import household_count
from dongthuan.core.text import clean
from dongthuan.work.decisions.models import (
    MEETING,
    Cast,
    Method,
    Roll,
    RollLine,
    Station,
    Tally,
    Vote,
)
from dongthuan.work.decisions.voting.rights import conduct_check
from dongthuan.work.decisions.voting.rolls import vote_locked, vote_record

FIGURES = ("issued", "returned", "missing", "valid", "blank", "spoilt")


@dataclass(frozen=True)
class Figures:
    """What a counting team wrote down; `counts` by the key of the option."""

    issued: int
    returned: int
    missing: int
    valid: int
    blank: int
    spoilt: int
    counts: dict[str, int] = field(default_factory=dict)


@dataclass(frozen=True)
class Entered:
    """What became of a tally: 'waiting' for the second person, 'agreed', 'differ' (recount: the
    two are unlike in `fields`) or 'wrong' (both alike, but not adding up: `sentences`)."""

    outcome: str
    fields: tuple[str, ...] = ()
    sentences: tuple[str, ...] = ()


# -- places ---------------------------------------------------------------------------------------


@transaction.atomic
def station_add(
    *, acting: Actor, roll: Roll, method: str, name: str, venue: str = "",
    held_at: dt.datetime | None = None, chair: str = "", dispersed: bool = False,
) -> Station:  # fmt: skip
    """Another meeting of a cluster (Điều 18.3): 200 households or more, or a dispersed village."""
    vote = vote_locked(roll.vote)
    conduct_check(acting, vote.matter, roll.village)
    if not vote.is_running:
        raise MatterError(_("This vote has ended."))
    if not roll.stations.filter(method=method).exists():  # as the village votes
        raise MatterError(_("Choose how votes are given."), field="method")
    if not clean(name):
        raise MatterError(_("Give the cluster a name."), field="name")
    households = roll.count or household_count(village=roll.village)
    enough = load_rulebook().value("dc.cluster_meeting_from", on=clock.today())
    if method in MEETING and not dispersed and not enough.met(households):
        raise MatterError(
            _("A village with fewer than 200 households meets by cluster only if its houses lie"
              " far apart (Art. 18.3); say so."),
            field="dispersed",
        )  # fmt: skip
    return Station.objects.create(
        roll=roll, method=method, name=clean(name)[:120], venue=clean(venue)[:300],
        held_at=held_at, chair=clean(chair)[:160],
    )  # fmt: skip


@transaction.atomic
def station_change(
    *,
    acting: Actor,
    station: Station,
    team: Sequence[str] | None = None,
    witnesses: Sequence[RollLine] | None = None,
    name: str | None = None,
    venue: str | None = None,
    held_at: dt.datetime | None = None,
    chair: str | None = None,
) -> Station:
    """Name who counts (3–5), which two households witness it, where and when."""
    vote, station = _locked(acting, station)
    if not vote.is_running:
        raise MatterError(_("This vote has ended."))
    if team is not None:
        named = [clean(member)[:120] for member in team if clean(member)]
        if station.method != Method.HANDS and not 3 <= len(named) <= 5:
            raise MatterError(_("The counting team has three to five members."), field="team")
        station.team = named
    if witnesses is not None:
        if len({line.pk for line in witnesses}) != 2:
            raise MatterError(_("Two households witness the count."), field="witnesses")
        if any(line.roll_id != station.roll_id for line in witnesses):
            raise MatterError(_("The witnesses are households of this roll."), field="witnesses")
        station.witnesses.set(witnesses)
    for column, value, most in (("name", name, 120), ("venue", venue, 300), ("chair", chair, 160)):
        if value is not None:
            setattr(station, column, clean(value)[:most])
    station.held_at = held_at or station.held_at
    station.save()
    return station


def _locked(acting: Actor, station: Station) -> tuple[Vote, Station]:
    vote = vote_locked(station.roll.vote)
    station = Station.objects.select_related("roll__village").get(pk=station.pk)
    conduct_check(acting, vote.matter, station.roll.village)
    return vote, station


@transaction.atomic
def method_fix(*, acting: Actor, roll: Roll, method: str, in_favour: int, present: int) -> Vote:
    """The meeting votes by show of hands or secret ballot as more than half of those present want
    (Điều 18.4.d of the Law; Decree 59/2023, Điều 3.5.b); before its first voice.

    Each village's meeting fixes its own: commune-wide one may raise hands, another vote in secret.
    """
    vote = vote_locked(roll.vote)
    conduct_check(acting, vote.matter, roll.village)
    if method not in MEETING or not set(vote.methods) & set(MEETING):
        raise MatterError(
            _("A meeting votes by show of hands or by secret ballot."), field="method"
        )
    if not vote.is_running or vote.casts.filter(line__roll=roll).exists():
        raise MatterError(_("The manner is fixed before the first voice is given."))
    if not 0 <= in_favour <= present or 2 * in_favour <= present:
        raise MatterError(
            _("The manner needs more than half of those present: %(yes)d of %(present)d are not.")
            % {"yes": in_favour, "present": present},
            field="in_favour",
        )
    roll.stations.filter(method__in=MEETING).update(method=method)
    held = set(Station.objects.filter(roll__vote=vote).values_list("method", flat=True))
    meeting = [one.value for one in MEETING if one in held]
    vote.methods = meeting + [one for one in vote.methods if one not in MEETING]
    vote.save(update_fields=["methods"])
    vote_record(
        vote, acting, "vote.manner",
        {"village": roll.village.name, "manner": method, "in_favour": in_favour,
         "present": present},
    )  # fmt: skip
    return vote


# -- voices ---------------------------------------------------------------------------------------


@transaction.atomic
def voices_take(*, acting: Actor, station: Station, lines: Sequence[RollLine]) -> list[Cast]:
    """Households are present, or were handed their paper: their voices are used, all or none.

    Raises MatterError naming the household that has used its voice another way already.
    """
    vote, station = _locked(acting, station)
    _check_open(vote, station)
    if any(line.roll_id != station.roll_id for line in lines):
        raise MatterError(_("This household is not in the roll of this vote."), field="lines")
    taken = {
        cast.line_id: cast
        for cast in Cast.objects.filter(vote=vote, line__in=lines).select_related("line")
    }
    if taken:
        raise MatterError(used_sentence(next(iter(taken.values()))), field="lines")
    try:
        with transaction.atomic():
            made = Cast.objects.bulk_create(
                Cast(vote=vote, line=line, method=station.method, station=station) for line in lines
            )
    except IntegrityError:
        raise MatterError(_("This household has already used its voice."), field="lines") from None
    if clock.now() >= vote.closes_at:
        # Ticked from the team's list after the end: a village without a network must not lose
        # its meeting, but everybody sees that it was entered late, and by whom.
        facts = {"method": station.method, "place": station.name, "ticked": len(made)}
        vote_record(vote, acting, "vote.late", {k: v for k, v in facts.items() if v})
    return made


def used_sentence(cast: Cast) -> str:
    """One voice a household over all ways: which way it was used, never for what."""
    return _("Household %(number)s has already used its voice: %(method)s.") % {
        "number": cast.line.number,
        "method": Method(cast.method).label,
    }


@transaction.atomic
def voice_return(*, acting: Actor, station: Station, line: RollLine) -> None:
    """Take back a household that was ticked by mistake; only before the figures are agreed."""
    vote, station = _locked(acting, station)
    _check_open(vote, station)
    gone, _by = Cast.objects.filter(vote=vote, line=line, station=station).delete()
    if not gone:
        raise MatterError(_("This household was not ticked here."), field="lines")
    # A voice that was used and is free again could be used by somebody else: everybody sees how
    # often that happened and by whom, nobody whose household it was.
    facts = {"method": station.method, "place": station.name, "returned": 1}
    vote_record(vote, acting, "vote.returned", {k: v for k, v in facts.items() if v})


def _check_open(vote: Vote, station: Station) -> None:
    if vote.state != Vote.State.OPEN:
        raise MatterError(_("The vote is not open."))
    if station.agreed_id:
        raise MatterError(_("The figures of this place are agreed; nothing is added any more."))


# -- figures --------------------------------------------------------------------------------------


@transaction.atomic
def tally_enter(
    *, acting: Actor, station: Station, figures: Figures, scan: Attachment | None = None
) -> Entered:
    """One of two people enters the figures of a station, each for themselves.

    Alike and adding up: agreed. Unlike, or alike and not adding up: everything is counted and
    entered again; what was entered stays in the record.
    """
    vote, station = _locked(acting, station)
    _check_open(vote, station)
    if acting.account_id is None:
        raise NotAllowed(_("Figures are entered by two people with accounts of their own."))
    _check_figures(vote, figures)
    earlier = list(station.tallies.filter(attempt=station.attempt))
    if any(tally.by_id == acting.account_id for tally in earlier):
        raise MatterError(_("You have entered your figures; a second person enters them now."))
    if earlier and not scan and not any(tally.scan_id for tally in earlier):
        # Agreed figures are not entered again: without it the vote could never be closed.
        raise MatterError(
            _("Attach the scan of the minutes: the first person has not done so."), field="papers"
        )
    if scan:
        papers_attach(
            matter=vote.matter, attachments=[scan], entry_id=None, audience=Audience.OFFICIAL
        )
    tally = Tally.objects.create(
        station=station, attempt=station.attempt, by_id=acting.account_id,
        by_label=acting.label_for(station.roll.village.path, [vote.matter.path])[:160],
        at=clock.now(), scan=scan, counts=figures.counts,
        **{name: getattr(figures, name) for name in FIGURES},
    )  # fmt: skip
    if not earlier:
        return Entered("waiting")
    return _compare(vote, station, earlier[0], tally, acting)


def _compare(vote: Vote, station: Station, first: Tally, tally: Tally, acting: Actor) -> Entered:
    unlike = [name for name in FIGURES if getattr(first, name) != getattr(tally, name)]
    unlike += [key for key in vote.labels if first.counts.get(key) != tally.counts.get(key)]
    sentences = () if unlike else tuple(differences(vote, tally, station))
    if unlike or sentences:
        station.attempt += 1
        station.save(update_fields=["attempt"])
        vote_record(vote, acting, "vote.recount", {"attempt": station.attempt})
        return Entered("differ" if unlike else "wrong", tuple(unlike), sentences)
    station.agreed = tally if tally.scan_id else first
    station.save(update_fields=["agreed"])
    return Entered("agreed")


def _check_figures(vote: Vote, figures: Figures) -> None:
    counts = figures.counts
    if set(counts) != set(vote.labels):
        raise MatterError(_("Enter a figure for every option."), field="counts")
    for number in [*(getattr(figures, name) for name in FIGURES), *counts.values()]:
        if not isinstance(number, int) or not 0 <= number <= 100_000:
            raise MatterError(_("Figures are whole numbers from 0 on."), field="counts")


def differences(vote: Vote, tally: Tally, station: Station) -> list[str]:
    """Sentences that name what does not add up, in itself or with the ticks of the roll; [] if
    everything does. It is looked at before figures stand: then neither they nor ticks change."""
    hands = station.method == Method.HANDS
    found = _hands(vote, tally) if hands else _papers(vote, tally)
    taken = station.casts.count()
    if tally.issued != taken:
        sentence = (
            _("%(issued)d households present, but %(taken)d are ticked in the roll.")
            if hands
            else _("%(issued)d papers issued, but %(taken)d households are ticked in the roll.")
        )
        found.append(sentence % {"issued": tally.issued, "taken": taken})
    return found


def _hands(vote: Vote, tally: Tally) -> list[str]:
    """A show of hands has no papers: who raised a hand is who was present less who did not."""
    total = sum(tally.counts.values())
    if vote.choices_max > 1 or total == tally.valid:
        return _choices(vote, tally)
    return [
        _("The hands add up to %(total)d, but of %(present)d present %(none)d raised none: it must"
          " be %(valid)d.")
        % {"total": total, "present": tally.issued, "none": tally.blank, "valid": tally.valid}
    ]  # fmt: skip


def _papers(vote: Vote, tally: Tally) -> list[str]:
    found = []
    if tally.issued != tally.returned + tally.missing:
        found.append(
            _("Issued %(issued)d is not returned %(returned)d plus missing %(missing)d.")
            % {"issued": tally.issued, "returned": tally.returned, "missing": tally.missing}
        )
    if tally.valid + tally.blank + tally.spoilt != tally.returned:
        found.append(
            _("Valid %(valid)d, blank %(blank)d and spoilt %(spoilt)d do not make up the"
              " %(returned)d returned.")
            % {"valid": tally.valid, "blank": tally.blank, "spoilt": tally.spoilt,
               "returned": tally.returned}
        )  # fmt: skip
    return found + _choices(vote, tally)


def _choices(vote: Vote, tally: Tally) -> list[str]:
    found = []
    counts: dict[str, Any] = tally.counts
    total = sum(counts.values())
    if vote.choices_max == 1 and total != tally.valid:
        found.append(
            _("The options add up to %(total)d, but %(valid)d votes are valid.")
            % {"total": total, "valid": tally.valid}
        )
    if vote.choices_max > 1 and not (
        tally.valid <= total <= tally.valid * vote.choices_max
        and all(count <= tally.valid for count in counts.values())
    ):
        found.append(
            _("The options add up to %(total)d; %(valid)d valid votes of at most %(most)d choices"
              " cannot give that.")
            % {"total": total, "valid": tally.valid, "most": vote.choices_max}
        )  # fmt: skip
    return found
