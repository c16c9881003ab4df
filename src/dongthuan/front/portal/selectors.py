"""All reads of the portal that are not search or statistics."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db.models import Q

from dongthuan.core.matters.models import (
    Audience,
    Duty,
    Entry,
    Level,
    Matter,
    Paper,
    Projection,
    Submission,
)
from dongthuan.core.people.models import Account
from dongthuan.core.units.models import Succession, Unit
from dongthuan.work.petitions.joining import origins_of
from dongthuan.work.petitions.kinds import CLASSES
from dongthuan.work.petitions.models import Petition, Regime

LONGEST = 200
# Acts of the petitioners themselves: who reads them must have written them.
OWN_ACTS = (
    "petition.received", "petition.voice", "petitioner.reply", "petitioner.rated",
    "petitioner.rating_changed", "petitioner.reopen_asked",
)  # fmt: skip


# -- what a petitioner reads ----------------------------------------------------------------------


@dataclass(frozen=True)
class OwnView:
    """Everything that was said to one petitioner, and what they said."""

    submission: Submission
    matter: Matter
    entries: list[Entry]
    duties: list[Duty]
    papers: dict[int, list[Paper]]


def own_view(submission: Submission) -> OwnView:
    """What the holder of code and secret may read; three queries. Never what is for officials.

    One more where several letters lie on the matter: what was said on the one that this letter
    came with, before it was joined, is theirs too.
    """
    matter = submission.matter
    matters = _matters(submission)
    entries = [entry for entry in _entries(matters) if _may_read(entry, submission)]
    readable = {entry.pk for entry in entries}
    papers: dict[int, list[Paper]] = {}
    for paper in _papers(matters):
        if paper.entry_id in readable or paper.entry_id is None:
            papers.setdefault(paper.entry_id or 0, []).append(paper)
    duties = list(Duty.objects.filter(matter=matter).order_by("-id")[:LONGEST])
    return OwnView(submission, matter, entries, duties, papers)


def declared_by(submission: Submission) -> str:
    """What the petitioner chose when sending, in words; '' if nothing, and of what is sealed.

    Where several letters lie on a matter it is not told whose choice stands there.
    """
    if submission.matter.is_sealed or submission.matter.submission_count > 1:
        return ""
    chosen = Petition.objects.filter(pk=submission.matter_id).values_list("declared", flat=True)
    return str(dict((*CLASSES, *Regime.choices)).get(chosen.first() or "", ""))


def own_paper(submission: Submission, handle: UUID) -> Paper | None:
    """One file that the petitioner may have."""
    for paper in _papers(_matters(submission)).filter(attachment__uuid=handle)[:1]:
        entry = paper.entry
        if entry is None or _may_read(entry, submission):
            return paper
    return None


def _matters(submission: Submission) -> list[int]:
    """The matter on which a letter lies now, and those on which it lay before."""
    if submission.matter.submission_count <= 1:
        return [submission.matter_id]
    return [submission.matter_id, *origins_of(submission)]


def _entries(matters: list[int]) -> Any:
    return (
        Entry.objects.filter(matter__in=matters, audience__lte=Audience.PETITIONER)
        .select_related("payload", "unit")
        .order_by("-id")[:LONGEST]
    )


def _papers(matters: list[int]) -> Any:
    return (
        Paper.objects.filter(matter__in=matters, audience__lte=Audience.PETITIONER)
        .select_related("attachment", "entry__payload")
        .order_by("id")
    )


def _may_read(entry: Entry, submission: Submission) -> bool:
    """Several people may stand behind one matter; nobody reads what another of them wrote."""
    if entry.audience > Audience.PETITIONER:
        return False
    if entry.act not in OWN_ACTS:
        return True
    payload = getattr(entry, "payload", None)
    if payload is None:
        return submission.matter.submission_count <= 1
    return payload.body.get("submission") == str(submission.uuid)


def own_submissions(account: Account) -> Sequence[Submission]:
    """What was sent while signed in, newest first; sealed matters only by code and secret."""
    return list(
        Submission.objects.filter(citizen__account=account, matter__level__lt=Level.RESTRICTED)
        .select_related("matter__unit")
        .order_by("-id")[:LONGEST]
    )


# -- what everybody reads -------------------------------------------------------------------------


@dataclass(frozen=True)
class PublicDuty:
    """A promise as the public sees it: no text that an official has typed."""

    rule: str
    due_on: Any
    closed_at: Any
    state: str
    basis: str
    evidence: str
    steps: list[dict[str, Any]]
    subject: str = ""


@dataclass(frozen=True)
class PublicMatter:
    projection: Projection
    duties: list[PublicDuty]


def public_matter(code: str) -> PublicMatter | None:
    """A matter as its redacted projection tells it; None when there is none. Two queries."""
    found = (
        Projection.objects.select_related("unit", "place")
        .defer("search_text", "folded", "accented")
        .filter(code=code.upper())
        .first()
    )
    if found is None:
        return None
    duties = Duty.objects.filter(matter_id=found.pk).order_by("-id")[:LONGEST]
    return PublicMatter(found, [_public(duty) for duty in duties])


def _public(duty: Duty) -> PublicDuty:
    return PublicDuty(
        rule=duty.rule,
        due_on=duty.due_on,
        closed_at=duty.closed_at,
        state=duty.state,
        basis=duty.basis,
        evidence=duty.evidence,
        steps=[_plain(step) for step in duty.steps],
        subject=duty.subject,
    )


# What the clock says of pauses and extensions carries the reason that an official typed.
_PAUSED = (
    "%(from)s – %(to)s: tạm dừng theo văn bản, không tính.",
    "%(from)s – %(to)s: clock stopped by a document, not counted.",
)
_TYPED = {
    "pause": _PAUSED,
    "pause_open": _PAUSED,
    "extension": ("%(from)s: gia hạn theo văn bản.", "%(from)s: prolonged by a document."),
}


def _plain(step: dict[str, Any]) -> dict[str, Any]:
    """A line of the clock without reason and document, which may tell of persons."""
    if step["code"] not in _TYPED:
        return step
    days = {"from": _day(step["date"]), "to": _day(step.get("until"))}
    vi, en = _TYPED[step["code"]]
    return {"code": step["code"], "text_vi": vi % days, "text_en": en % days}


def _day(iso: str | None) -> str:
    return f"{dt.date.fromisoformat(iso):%d/%m/%Y}" if iso else "…"


# -- units ----------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Lineage:
    """What a unit came from and what took its place, with day and document."""

    before: list[Succession]
    after: list[Succession]


def lineage(unit: Unit) -> Lineage:
    """One query for both directions."""
    links = list(
        Succession.objects.filter(Q(predecessor=unit) | Q(successor=unit))
        .select_related("predecessor", "successor")
        .order_by("-on", "predecessor__sort_key", "successor__sort_key")
    )
    return Lineage(
        before=[link for link in links if link.successor_id == unit.pk],
        after=[link for link in links if link.predecessor_id == unit.pk],
    )
