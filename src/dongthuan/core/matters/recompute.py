"""What a new version of a rule does to the duties that are running.

A duty follows the version that the clock names: by its anchor, or at once where the version is
immediate. `moves_preview` says beforehand which dates would move, `duties_recompute` moves them
when the day has come, each with an Entry on its matter. Both ask the same function, so the one
tells what the other does. A term that had run out before the version began stays broken, and a
paused duty is counted when it is resumed.
"""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from django.db import connection, transaction
from django.db.models import Q
from django.utils import timezone

from dongthuan.core.calendar import CalendarError
from dongthuan.core.clock import noon
from dongthuan.core.law import Deadline, Rulebook, RuleError, load_rulebook
from dongthuan.core.matters import policies
from dongthuan.core.matters.duties import duty_compute, duty_settle
from dongthuan.core.matters.errors import MatterError
from dongthuan.core.matters.models import Audience, Duty, DutyState, Entry, Level, Matter
from dongthuan.core.people.actors import SYSTEM, Actor

BATCH = 1000
ROWS = 200
_FIELDS = ("id", "matter_id", "rule", "anchor_at", "conditions", "pauses", "extensions", "due_on",
           "due_at", "version_from")  # fmt: skip


@dataclass(frozen=True)
class Move:
    """One matter whose due date would move; only those that the reader may see are named."""

    duty_id: int
    code: str
    title: str
    before: dt.date
    after: dt.date


@dataclass
class Preview:
    """Counts over all running duties of the rule, and the first rows that the reader may see.

    `unknown`: duties that the clock cannot count (a year without a calendar). `broken`: their term
    runs out before the version begins, and so they stay. `next`: pass it as `after` to go on.
    """

    open: int = 0
    paused: int = 0
    broken: int = 0
    kept: int = 0
    earlier: int = 0
    later: int = 0
    unknown: int = 0
    rows: list[Move] = field(default_factory=list)
    next: int | None = None

    @property
    def moved(self) -> int:
        return self.earlier + self.later


def moves_preview(
    *, actor: Actor, rule: str, since: dt.date, book: Rulebook, after: int = 0
) -> Preview:
    """What would change if `book` held on `since`; streamed, so that 100,000 duties are no matter.

    Of restricted matters only those in the actor's sight are counted: one duty to report under a
    hot spot's rule would tell that there is one. On the day all of them move.

    Costs: one query per 1,000 duties, and one more where dates move that the page must name.
    """
    hidden = Matter.objects.filter(level=Level.RESTRICTED).exclude(policies.visible_to(actor))
    told = ~Q(matter__in=list(hidden.values_list("pk", flat=True)))
    running = Duty.objects.filter(told, rule=rule)
    found = Preview(
        open=running.filter(state=DutyState.OPEN).count(),
        paused=running.filter(state=DutyState.PAUSED).count(),
        broken=running.filter(state=DutyState.OPEN, due_on__lt=since).count(),
    )
    counted = _Counter(rule, book, noon(since))
    for duties in _batches(rule, since, told):
        moved: list[tuple[Duty, dt.date]] = []
        for duty in duties:
            answer = counted.answer(duty)
            if answer is None:
                found.unknown += 1
            elif answer.due_on != duty.due_on:
                found.earlier += answer.due_on < duty.due_on
                found.later += answer.due_on > duty.due_on
                moved.append((duty, answer.due_on))
        _name(found, actor, moved, after)
    # Newer ones under a version of their own are not asked: nothing of theirs can move.
    found.kept = found.open - found.broken - found.moved - found.unknown
    return found


def _name(found: Preview, actor: Actor, moved: list[tuple[Duty, dt.date]], after: int) -> None:
    wanted = [(duty, new) for duty, new in moved if duty.pk > after]
    if not wanted or found.next is not None:
        return
    ids = [duty.matter_id for duty, _new in wanted]
    seen = {
        matter.pk: matter
        for matter in Matter.objects.filter(policies.visible_to(actor), pk__in=ids).only(
            "code", "title"
        )
    }
    for duty, new in wanted:
        matter = seen.get(duty.matter_id)
        if matter is None:
            continue
        if len(found.rows) == ROWS:
            found.next = found.rows[-1].duty_id
            return
        found.rows.append(Move(duty.pk, matter.code, matter.title, duty.due_on, new))


class _Counter:
    """The clock's answer for many duties: those of the same day and facts share it."""

    def __init__(self, rule: str, book: Rulebook, now: dt.datetime) -> None:
        self.book, self.now = book, now
        self.known: dict[tuple[object, ...], Deadline | None] = {}
        versions = book.rule(rule).versions
        self.by_hour = any(
            term.unit == "h" for v in versions for term in (v.term, *(w.term for w in v.when))
        )

    def answer(self, duty: Duty) -> Deadline | None:
        """The clock's answer, to the day; None where there is none."""
        anchor = duty.anchor_at if self.by_hour else timezone.localdate(duty.anchor_at)
        changes = json.dumps([duty.pauses, duty.extensions]) if _changed(duty) else ""
        key = (anchor, tuple(duty.conditions), changes)
        if key not in self.known:
            try:
                self.known[key] = duty_compute(duty, self.now, self.book)
            except (RuleError, CalendarError):
                self.known[key] = None
        return self.known[key]


def _changed(duty: Duty) -> bool:
    return bool(duty.pauses or duty.extensions)


def _batches(rule: str, since: dt.date, only: Q | None = None) -> Iterator[list[Duty]]:
    """Open duties that a version of that day can touch, by id; keyset, never an offset."""
    last = 0
    while True:
        duties = list(
            Duty.objects.filter(
                only or Q(),
                rule=rule,
                state=DutyState.OPEN,
                due_on__gte=since,
                version_from__lt=since,
                id__gt=last,
            )
            .only(*_FIELDS)
            .order_by("id")[:BATCH]
        )
        if not duties:
            return
        yield duties
        last = duties[-1].pk


# -- when the day has come ------------------------------------------------------------------------


def duties_recompute(*, rule: str, since: dt.date, now: dt.datetime) -> int:
    """Move what the version of `since` moves. Returns how many duties changed; twice changes none.

    One transaction for each batch: matters are locked first, as every act on a matter does. Those
    that keep their version are not even locked.
    """
    changed = 0
    counted = _Counter(rule, load_rulebook(), now)
    for duties in _batches(rule, since):
        answers = [(duty, counted.answer(duty)) for duty in duties]
        ids = [duty.pk for duty, new in answers if new and new.version_from != duty.version_from]
        if ids:
            changed += _recompute(ids, since, now)
    return changed


@transaction.atomic
def _recompute(ids: Sequence[int], since: dt.date, now: dt.datetime) -> int:
    owners = Duty.objects.filter(pk__in=ids).values("matter_id")
    matters = {
        matter.pk: matter
        for matter in Matter.objects.select_for_update().filter(pk__in=owners).order_by("pk")
    }
    moved: list[tuple[Duty, dt.date]] = []
    # Read again behind the lock: somebody may have closed or paused one meanwhile.
    waiting = Duty.objects.filter(
        pk__in=ids, state=DutyState.OPEN, due_on__gte=since, version_from__lt=since
    )
    for duty in waiting.order_by("pk"):
        was = (duty.version_from, duty.due_on)
        try:
            duty_settle(duty, now)
        except MatterError:
            continue  # no calendar for that year yet: counted once there is one
        if duty.version_from != was[0]:
            moved.append((duty, was[1]))
    if moved:
        _save([duty for duty, _was in moved])
        Entry.objects.bulk_create(
            [_entry(matters[duty.matter_id], duty, was, now) for duty, was in moved]
        )
        _settle_matters([duty.matter_id for duty, _was in moved])
    return len(moved)


def _entry(matter: Matter, duty: Duty, was: dt.date, now: dt.datetime) -> Entry:
    """No due date moves without an entry that says by which article."""
    return Entry(
        matter=matter,
        at=now,
        act="duty.recomputed",
        actor_label=SYSTEM.name,
        unit_id=matter.unit_id,
        audience=Audience.PETITIONER,
        before=matter.state,
        after=matter.state,
        facts={
            "rule": {"name": load_rulebook().rule(duty.rule).name_vi, "rule": duty.rule},
            "due_before": was.isoformat(),
            "due_after": duty.due_on.isoformat(),
            "basis": duty.basis,
        },
    )


# One statement for a batch: bulk_update writes a CASE for every column and row, forty times slower.
_SAVE = """
UPDATE matters_duty d SET version_from = x.version_from, basis = x.basis, term = x.term,
  evidence = x.evidence, due_on = x.due_on, due_at = x.due_at, steps = x.steps
FROM jsonb_to_recordset(%s::jsonb) AS x(
  id bigint, version_from date, basis text, term text, evidence text, due_on date,
  due_at timestamptz, steps jsonb
)
WHERE d.id = x.id
"""


def _save(duties: Sequence[Duty]) -> None:
    rows = [
        {
            "id": duty.pk,
            "version_from": duty.version_from.isoformat(),
            "basis": duty.basis,
            "term": duty.term,
            "evidence": duty.evidence,
            "due_on": duty.due_on.isoformat(),
            "due_at": duty.due_at.isoformat() if duty.due_at else None,
            "steps": duty.steps,
        }
        for duty in duties
    ]
    with connection.cursor() as cursor:
        cursor.execute(_SAVE, [json.dumps(rows, ensure_ascii=False)])


_SETTLE = """
UPDATE matters_matter m SET next_due_on = d.due_on, next_rule = d.rule
FROM (
  SELECT DISTINCT ON (matter_id) matter_id, due_on, rule FROM matters_duty
  WHERE state = 'open' AND matter_id = ANY(%s::bigint[]) ORDER BY matter_id, due_on, id
) d
WHERE m.id = d.matter_id
"""


def _settle_matters(ids: Sequence[int]) -> None:
    with connection.cursor() as cursor:
        cursor.execute(_SETTLE, [sorted(set(ids))])
