"""Opening, pausing, prolonging and closing duties; the due date always comes from the clock."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from typing import Any

from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from dongthuan.core.calendar import CalendarError
from dongthuan.core.law import (
    Deadline,
    Extension,
    LocalTerm,
    Pause,
    Rulebook,
    RuleError,
    deadline,
    load_rulebook,
)
from dongthuan.core.matters.errors import MatterError
from dongthuan.core.matters.levels import levels_in_force
from dongthuan.core.matters.models import Duty, DutyState, Matter
from dongthuan.core.units.models import Unit


def duty_compute(duty: Duty, now: dt.datetime, rulebook: Rulebook | None = None) -> Deadline:
    """The clock's answer for a duty; by the rulebook in use, or by another to see what it does."""
    return deadline(
        key=duty.rule,
        anchor=duty.anchor_at,
        conditions=frozenset(duty.conditions),
        pauses=[
            Pause(
                from_=dt.date.fromisoformat(p["from"]),
                to=dt.date.fromisoformat(p["to"]) if p["to"] else None,
                reason=p["reason"],
                document=p["document"],
            )
            for p in duty.pauses
        ],
        extensions=[
            Extension(term=e["term"], document=e["document"], reason=e["reason"])
            for e in duty.extensions
        ],
        now=now,
        rulebook=rulebook,
        local_term=_term_of(duty.level),
    )


def local_term(*, matter: Matter, rule: str, at: dt.datetime) -> LocalTerm | None:
    """The service level under which a duty would be opened now, for a preview of its date."""
    return _term_of(levels_in_force(matter=matter, rules=[(rule, at)]).get(rule, {}))


def _term_of(said: dict[str, str]) -> LocalTerm | None:
    if not said:
        return None
    since = dt.date.fromisoformat(said["valid_from"])
    return LocalTerm(said["term"], said["document"], said["set_by"], since)


def duty_settle(duty: Duty, now: dt.datetime) -> None:
    """Put the clock's answer on the row: every column that explains the date."""
    try:
        found = duty_compute(duty, now)
    except (RuleError, CalendarError) as error:
        raise MatterError(error.en if get_language() == "en" else error.vi) from None
    answer: dict[str, Any] = found.as_json()
    duty.version_from = found.version_from
    duty.basis = found.basis[:200]
    duty.term = str(found.term)[:20]
    duty.evidence = found.evidence
    duty.due_on = found.due_on
    duty.due_at = found.due_at
    duty.steps = answer["steps"]


def duties_open(
    *,
    matter: Matter,
    rules: Iterable[tuple[str, str, dt.datetime]],
    conditions: Sequence[str] = (),
    now: dt.datetime,
    owner: Unit | None = None,
    subject: str = "",
) -> list[Duty]:
    """Open duties on a matter: (rule, name of the anchor, moment of the anchor). One INSERT.

    `owner` owes them where that is not the matter's unit; `subject` tells like duties apart (each
    place of posting has its own).

    A rule of local practice takes the service level that the unit has set (core.matters.levels);
    it is kept on the duty, so that the date explains itself for ever.
    """
    duties = []
    wanted = list(rules)
    levels = levels_in_force(matter=matter, rules=[(rule, at) for rule, _name, at in wanted])
    for rule, anchor, anchor_at in wanted:
        duty = Duty(
            matter=matter,
            unit_id=owner.pk if owner else matter.unit_id,
            path=owner.path if owner else matter.path,
            rule=rule,
            subject=subject,
            anchor=anchor,
            anchor_at=anchor_at,
            conditions=sorted(conditions),
            level=levels.get(rule, {}),
        )
        duty_settle(duty, now)
        duties.append(duty)
    return Duty.objects.bulk_create(duties) if duties else []


def duty_close(
    *, duty: Duty, now: dt.datetime, state: str = "", reason: str = "", carried: bool = False
) -> None:
    """Close a duty: kept in time or late by the day in Viet Nam, unless a state is given.

    What is already broken is closed as late whatever the state: nobody waives a promise or hands
    it over after its day. Only where it is `carried` on under the same date, or where nobody knows
    when it ended, the given state stands.
    """
    broken = duty_broken(duty, now)
    if broken and not carried:
        state = DutyState.LATE
    duty.state = state or (DutyState.LATE if broken else DutyState.FULFILLED)
    duty.closed_at = now
    duty.reason = reason[:300]


def duty_lasts(duty: Duty) -> bool:
    """Whether it is kept by going on until its day, not by an act before it."""
    return load_rulebook().rule(duty.rule).direction in ("min_duration", "span")


def duty_broken(duty: Duty, now: dt.datetime) -> bool:
    """Whether the term has run out; the clock of a paused duty stands still.

    A time that something must last at the least is not broken by going on longer.
    """
    if duty.state == DutyState.PAUSED or duty_lasts(duty):
        return False
    return now > duty.due_at if duty.due_at else timezone.localdate(now) > duty.due_on


def duty_pause(*, duty: Duty, now: dt.datetime, reason: str, document: str) -> None:
    """Stop the clock from today; the due date is open until it is resumed."""
    duty.state = DutyState.PAUSED
    duty.pauses = [
        *duty.pauses,
        {
            "from": timezone.localdate(now).isoformat(),
            "to": None,
            "reason": reason,
            "document": document,
        },
    ]
    duty_settle(duty, now)


def duty_resume(*, duty: Duty, now: dt.datetime) -> None:
    duty.state = DutyState.OPEN
    duty.pauses = [{**p, "to": p["to"] or timezone.localdate(now).isoformat()} for p in duty.pauses]
    duty_settle(duty, now)


def duty_extend(*, duty: Duty, now: dt.datetime, term: str, reason: str, document: str) -> None:
    """Prolong by a term; MatterError when it has already run out."""
    if duty_broken(duty, now):
        raise MatterError(_("The term has already passed; it can no longer be prolonged."))
    duty.extensions = [
        *duty.extensions,
        {"term": term, "reason": reason, "document": document},
    ]
    duty_settle(duty, now)


def duty_condition(*, duty: Duty, now: dt.datetime, conditions: Sequence[str]) -> None:
    """Count again under other conditions (remote, complex): the decision is in the entry.

    A term that has run out stays as it was.
    """
    if duty_broken(duty, now):
        return
    duty.conditions = sorted(conditions)
    duty_settle(duty, now)


def duty_take_over(*, duty: Duty, earlier: Duty, now: dt.datetime) -> None:
    """Count a duty from the anchor of an earlier one of the same rule: the earlier date stands."""
    duty.anchor, duty.anchor_at = earlier.anchor, earlier.anchor_at
    duty.conditions, duty.level = earlier.conditions, earlier.level
    duty.pauses, duty.extensions = earlier.pauses, earlier.extensions
    duty_settle(duty, now)
    Duty.objects.filter(pk=duty.pk).update(
        **{name: getattr(duty, name) for name in (*CLOCK_COLUMNS, "anchor", "anchor_at", "level")}
    )


def duty_copy(*, duty: Duty, matter: Matter, now: dt.datetime) -> Duty:
    """The same promise on another matter: same rule, anchor and pauses, so the same date."""
    copy = Duty(
        matter=matter,
        unit_id=matter.unit_id,
        path=matter.path,
        rule=duty.rule,
        subject=duty.subject,
        anchor=duty.anchor,
        anchor_at=duty.anchor_at,
        conditions=duty.conditions,
        pauses=duty.pauses,
        extensions=duty.extensions,
        level=duty.level,
    )
    duty_settle(copy, now)
    copy.save()
    return copy


CLOCK_COLUMNS = (
    "pauses", "extensions", "conditions", "version_from", "basis", "term", "evidence", "due_on",
    "due_at", "steps",
)  # fmt: skip
DUTY_COLUMNS = ("state", "closed_at", "reason", *CLOCK_COLUMNS, "unit", "path")
